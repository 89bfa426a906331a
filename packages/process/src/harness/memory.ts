import {
  cancel, changeVariables, completeTask, deliverMessage, deliverSignal, escalate, fireTimer, startActivity, startableActivities, throwError,
} from '../engine/index.ts'
import type { Effects, EngineEnv, InstanceState, Thrown, TimerToArm } from '../engine/index.ts'
import { parseDuration } from '../feel/index.ts'
import { ProcessModelError, checkProcesses, cycleOf } from '../model/index.ts'
import type { CompiledProcess, TimerSpec, Trigger } from '../model/index.ts'
import { after, instantOf } from './clock.ts'
import type { Armed, Instance, World } from './instances.ts'
import { apply, arm, begin, envOf, runHandlers } from './instances.ts'
import type { Harness, HarnessOptions, HarnessTask } from './types.ts'

/** The same, answering at once. */
export type MemoryHarness = { [K in keyof Harness]: Harness[K] extends (...args: infer A) => infer R ? (...args: A) => Awaited<R> : Harness[K] }
  & { clock: { now: () => Date; set: (to: string | Date) => void; advance: (by: string | number) => void } }

type Variables = Record<string, unknown>

/** Compiles the models (all executable processes in them) and drives them in memory. ProcessModelError: the first model refused. */
export async function harness(xml: string | readonly string[], options: HarnessOptions = {}): Promise<MemoryHarness> {
  const processes: CompiledProcess[] = []
  for (const file of typeof xml === 'string' ? [xml] : xml) {
    for (const checked of await checkProcesses(file, options.everyProcess ? { everyProcess: true } : {})) {
      if (!checked.process) throw new ProcessModelError(checked)
      processes.push(checked.process)
    }
  }
  return drive(processes, options)
}

const TIMERS_AT_MOST = 10_000

export function drive(processes: readonly CompiledProcess[], options: HarnessOptions = {}): MemoryHarness {
  const world: World = {
    options, processes: new Map(processes.map((p) => [p.id, p])), instances: new Map(), armed: [], trace: [], incidents: [], sent: [], outbox: [],
    now: instantOf(options.now ?? '2026-01-01T00:00:00Z'), next: 0,
  }
  const tried = new Set<string>()
  for (const process of processes) armStarts(world, process)

  const running = (): Instance[] => [...world.instances.values()].filter((i) => i.how === 'running')
  const instanceOf = (id?: string): Instance | undefined => (id === undefined ? world.instances.values().next().value : world.instances.get(id))

  /** Programs run and messages arrive until nothing moves. */
  function settle(): void {
    for (;;) {
      const out = world.outbox.shift()
      if (out) handOn(world, out.thrown, out.from)
      else if (!runHandlers(world, tried)) return
    }
  }
  function act(instance: Instance, how: (process: CompiledProcess, state: InstanceState, env: EngineEnv) => Effects): boolean {
    const effects = how(instance.process, instance.state, envOf(world))
    apply(world, instance, effects)
    return !effects.ignored
  }
  function stepOf(taskOrNodeId: string): { instance: Instance; stepId: string } | null {
    for (const instance of running()) if (instance.steps.has(taskOrNodeId)) return { instance, stepId: taskOrNodeId }
    for (const instance of running()) {
      const step = instance.state.steps.find((s) => s.nodeId === taskOrNodeId)
      if (step) return { instance, stepId: step.id }
    }
    for (const instance of running()) for (const step of instance.steps.values()) if (step.name === taskOrNodeId) return { instance, stepId: step.id }
    return null
  }
  function need(taskOrNodeId: string): { instance: Instance; stepId: string } {
    const found = stepOf(taskOrNodeId)
    if (!found) throw new Error(`nothing waits at ${taskOrNodeId}; waiting: ${waiting().join(', ') || 'nothing'}`)
    return found
  }
  const startables = () => running().flatMap((instance) => startableActivities(instance.process, instance.state, envOf(world)).map((s) => ({ instance, ...s })))
  const waiting = (): string[] => running().flatMap((i) => i.state.steps.map((s) => s.nodeId)).toSorted()

  function startActivityAt(nodeId: string): void {
    const found = startables().find((s) => s.nodeId === nodeId || `start:${s.scopeId}:${s.nodeId}` === nodeId)
    if (!found) throw new Error(`${nodeId} cannot be started now`)
    act(found.instance, (p, s, env) => startActivity(p, s, { scopeId: found.scopeId, nodeId: found.nodeId }, env))
  }

  function fireDue(until: Date): void {
    for (let fired = 0; ; fired += 1) {
      if (fired > TIMERS_AT_MOST) throw new Error('timers without end')
      const next = world.armed.filter((a) => a.due <= until).toSorted((a, b) => a.due.getTime() - b.due.getTime() || a.order - b.order)[0]
      if (!next) break
      world.armed = world.armed.filter((a) => a !== next)
      if (next.due > world.now) world.now = next.due
      fire(world, next)
      settle()
    }
    world.now = until
  }

  return {
    start(variables = {}, { at, process } = {}) {
      const chosen = process !== undefined ? world.processes.get(process)
        : at !== undefined ? processes.find((p) => p.starts.some((s) => s.id === at)) : processes[0]
      if (!chosen) throw new Error(`no process ${process ?? at ?? ''}`)
      const instance = begin(world, chosen, variables, { at: at ?? null })
      settle()
      return instance.id
    },
    tasks: () => [
      ...running().flatMap((instance) => [...instance.steps.values()].filter((s) => s.kind !== 'event').map((s): HarnessTask => ({
        id: s.id, nodeId: s.nodeId, name: s.name, kind: s.kind, instanceId: instance.id, processId: instance.process.id,
        role: s.role, outcomes: s.task?.outcomes.map((o) => o.id) ?? [], handler: s.handler, input: s.input, local: { ...s.local }, people: s.people ?? null,
      }))),
      // once each; whoever wants one again calls startActivity
      ...startables().filter((s) => !s.ran).map((s): HarnessTask => ({
        id: `start:${s.scopeId}:${s.nodeId}`, nodeId: s.nodeId, name: s.name, kind: 'startable', instanceId: s.instance.id, processId: s.instance.process.id,
        role: null, outcomes: [], handler: null, input: null, local: {}, people: null,
      })),
    ],
    waiting,
    complete(taskOrNodeId, variables = {}, outcome = null) {
      if (!stepOf(taskOrNodeId) && startables().some((s) => s.nodeId === taskOrNodeId || `start:${s.scopeId}:${s.nodeId}` === taskOrNodeId)) {
        startActivityAt(taskOrNodeId)
        taskOrNodeId = taskOrNodeId.split(':').at(-1)!
        if (!stepOf(taskOrNodeId)) return settle()
      }
      const { instance, stepId } = need(taskOrNodeId)
      act(instance, (p, s, env) => completeTask(p, s, stepId, { variables, outcome }, env))
      settle()
    },
    message(name, { key = null, vars = {} } = {}) {
      const taken = deliver(world, { kind: 'message', name, key: key === null ? null : String(key), nodeId: '', variables: vars })
      settle()
      return taken
    },
    signal(name, variables = {}) {
      const heard = spread(world, { kind: 'signal', name, key: null, nodeId: '', variables }, null)
      settle()
      return heard
    },
    error(taskOrNodeId, code, variables = {}) {
      const { instance, stepId } = need(taskOrNodeId)
      act(instance, (p, s, env) => throwError(p, s, stepId, { code, variables }, env))
      settle()
    },
    escalate(taskOrNodeId, code, variables = {}) {
      const { instance, stepId } = need(taskOrNodeId)
      act(instance, (p, s, env) => escalate(p, s, stepId, { code, variables }, env))
      settle()
    },
    change(variables, instanceId) {
      for (const instance of running()) if (instanceId === undefined || instance.id === instanceId) act(instance, (p, s, env) => changeVariables(p, s, variables, env))
      if (instanceId === undefined) startByCondition(world, variables)
      settle()
    },
    startActivity(nodeId) {
      startActivityAt(nodeId)
      settle()
    },
    cancel(instanceId) {
      const instance = instanceOf(instanceId)
      if (instance) act(instance, (p, s, env) => cancel(p, s, env))
    },
    clock: { now: () => world.now, set: (to) => fireDue(instantOf(to)), advance: (by) => fireDue(after(world.now, by)) },
    executed: (what = 'completed') => world.trace.filter((t) => t.what === what).map((t) => t.nodeId),
    variables: (instanceId) => ({ ...instanceOf(instanceId)?.state.variables }),
    get state() {
      return instanceOf()?.how ?? 'none'
    },
    stateOf: (instanceId) => world.instances.get(instanceId)?.how ?? 'none',
    instances: () => [...world.instances.values()].map((i) => ({ id: i.id, processId: i.process.id, state: i.how })),
    incidents: () => world.incidents,
    sent: () => world.sent,
    subscriptions: () => running().flatMap((i) => i.state.waits ?? []),
    timers: () => world.armed.map(({ timer, due }) => ({ nodeId: timer.nodeId, due, timer })),
  }
}

function handOn(world: World, thrown: Thrown, from: string): void {
  if (thrown.kind === 'message') deliver(world, thrown)
  else spread(world, thrown, from)
}

/** A message goes to one: the first that waits for it, else a process that begins with it. */
function deliver(world: World, m: Thrown): boolean {
  for (const instance of world.instances.values()) {
    if (instance.how !== 'running') continue
    const effects = deliverMessage(instance.process, instance.state, { name: m.name, key: m.key, variables: m.variables }, envOf(world))
    if (effects.ignored) continue
    apply(world, instance, effects)
    return true
  }
  return startBy(world, (t) => t.on === 'message' && t.name === m.name, m.variables, true) > 0
}

/** A signal goes to all; whoever threw it has heard it already. */
function spread(world: World, s: Thrown, from: string | null): number {
  let heard = 0
  // a start that needs several triggers: an instance that has the others takes this one, and no second begins
  const taken = new Set<string>()
  for (const instance of world.instances.values().toArray()) {
    if (instance.how !== 'running' || instance.id === from) continue
    const effects = deliverSignal(instance.process, instance.state, { name: s.name, variables: s.variables }, envOf(world))
    if (effects.ignored) continue
    for (const step of instance.state.steps) taken.add(`${instance.process.id}/${step.nodeId}`)
    apply(world, instance, effects)
    heard += 1
  }
  return heard + startBy(world, (t) => t.on === 'signal' && t.name === s.name, s.variables, false, taken)
}

function startBy(world: World, matches: (t: Trigger) => boolean, variables: Variables, one: boolean, taken: ReadonlySet<string> = new Set()): number {
  let begun = 0
  for (const process of world.processes.values()) {
    for (const at of process.starts) {
      const happened = at.triggers.findIndex(matches)
      if (happened < 0 || (at.all && taken.has(`${process.id}/${at.id}`))) continue
      begin(world, process, variables, { at: at.id, happened })
      begun += 1
      if (one) return begun
    }
  }
  return begun
}

function startByCondition(world: World, variables: Variables): void {
  startBy(world, (t) => t.on === 'conditional' && t.condition.evaluate(variables) === true, variables, false)
}

/** Processes that begin by a timer. */
function armStarts(world: World, process: CompiledProcess): void {
  for (const start of process.starts) {
    // where all must happen, a time alone begins nothing: the instance that another trigger begins waits for it
    if (start.all && start.triggers.some((t) => t.on !== 'timer')) continue
    for (const trigger of start.triggers) if (trigger.on === 'timer') armStart(world, process, start.id, trigger.timer, undefined)
  }
}

function armStart(world: World, process: CompiledProcess, nodeId: string, spec: TimerSpec, left: number | null | undefined): void {
  const text = spec.text ?? String(spec.expression?.evaluate({}) ?? '')
  const cycle = spec.kind === 'cycle' ? cycleOf(text) : null
  const interval = cycle?.interval ?? (spec.kind === 'date' ? 'PT0S' : text)
  const duration = parseDuration(interval)
  if (!duration || (left !== undefined && left !== null && left < 0)) return
  const timer: TimerToArm = {
    id: '', stepId: '', nodeId, interrupting: true, clock: spec.clock, duration: interval, months: duration.months, days: 0, minutes: duration.ms / 60_000,
    ...(spec.kind === 'date' ? { at: text } : cycle?.from && left === undefined ? { at: cycle.from } : {}),
    ...(cycle ? { repeat: left !== undefined ? left : cycle.times === null ? null : cycle.times - 1 } : {}),
  }
  arm(world, process.id, null, timer)
}

function fire(world: World, { instanceId, processId, timer }: Armed): void {
  if (instanceId === null) {
    const process = world.processes.get(processId)!
    begin(world, process, {}, { at: timer.nodeId })
    const spec = process.starts.find((s) => s.id === timer.nodeId)?.triggers.find((t) => t.on === 'timer')
    if (spec && timer.repeat !== undefined && timer.repeat !== 0) armStart(world, process, timer.nodeId, spec.timer, timer.repeat === null ? null : timer.repeat - 1)
    return
  }
  const instance = world.instances.get(instanceId)!
  if (instance.how !== 'running') return
  apply(world, instance, fireTimer(instance.process, instance.state, { stepId: timer.stepId, nodeId: timer.nodeId, ...(timer.repeat === undefined ? {} : { repeat: timer.repeat }) }, envOf(world)))
}
