import { EMPTY_STATE, applyEffects, completeTask, start, throwError } from '../engine/index.ts'
import type { Effects, EngineEnv, InstanceState, NewStep, StartOptions, Thrown, TimerToArm } from '../engine/index.ts'
import type { CompiledProcess } from '../model/index.ts'
import { clockDue } from './clock.ts'
import type { HarnessIncident, HarnessOptions, HarnessState } from './types.ts'
import { BpmnError } from './types.ts'

export interface Instance {
  id: string
  process: CompiledProcess
  state: InstanceState
  how: HarnessState
  /** the live steps as they were opened */
  steps: Map<string, NewStep>
}

/** A timer of an instance, or (instanceId null) of a process that begins by one. */
export interface Armed { instanceId: string | null; processId: string; due: Date; order: number; timer: TimerToArm }

/** Everything the harness remembers. */
export interface World {
  options: HarnessOptions
  processes: Map<string, CompiledProcess>
  instances: Map<string, Instance>
  armed: Armed[]
  trace: { nodeId: string; what: 'entered' | 'completed' | 'cancelled' }[]
  incidents: HarnessIncident[]
  sent: Thrown[]
  /** thrown, and not yet handed to whom they concern */
  outbox: { thrown: Thrown; from: string }[]
  now: Date
  next: number
}

const AT_MOST = 2_000

export function envOf(world: World): EngineEnv {
  return {
    newId: () => `s${(world.next += 1)}`,
    processOf: (key) => world.processes.get(key) ?? null,
    ...(world.options.decide ? { decide: world.options.decide } : {}),
    trace: (event) => void world.trace.push(event),
  }
}

export function begin(world: World, process: CompiledProcess, variables: Record<string, unknown>, options: StartOptions): Instance {
  const instance: Instance = { id: `i${world.instances.size + 1}`, process, state: EMPTY_STATE, how: 'running', steps: new Map() }
  if (world.instances.size >= AT_MOST) throw new Error('instances begin instances without end')
  // nothing is kept of an instance whose start was refused
  const effects = start(process, variables, envOf(world), options)
  world.instances.set(instance.id, instance)
  apply(world, instance, effects)
  return instance
}

/** What a store does in a transaction. */
export function apply(world: World, instance: Instance, effects: Effects): void {
  // through JSON after each act, as through a database: nothing may hide in memory
  instance.state = JSON.parse(JSON.stringify(applyEffects(instance.state, effects))) as InstanceState
  for (const step of [...effects.finishedSteps, ...effects.cancelledSteps]) instance.steps.delete(step.id)
  for (const step of effects.newSteps) instance.steps.set(step.id, step)
  const cancelled = new Set(effects.timersToCancel)
  world.armed = world.armed.filter((a) => a.instanceId !== instance.id || !cancelled.has(a.timer.stepId))
  for (const timer of effects.timersToArm) arm(world, instance.process.id, instance.id, timer)
  const at = (nodeId: string) => ({ instanceId: instance.id, nodeId })
  for (const s of effects.stuck) world.incidents.push({ kind: 'stuck', ...at(s.nodeId), code: null, message: `“${s.name}”还缺分支，走不下去` })
  for (const i of effects.incidents) world.incidents.push({ kind: 'error', ...at(i.nodeId), code: i.code, message: i.message })
  for (const thrown of effects.thrown) {
    world.sent.push(thrown)
    world.outbox.push({ thrown, from: instance.id })
  }
  if (!effects.end) return
  instance.how = effects.end.how
  world.armed = world.armed.filter((a) => a.instanceId !== instance.id)
}

export function arm(world: World, processId: string, instanceId: string | null, timer: TimerToArm): void {
  const due = timer.clock === 'business' && timer.at === undefined && world.options.businessDue ? world.options.businessDue(world.now, timer) : clockDue(world.now, timer)
  world.armed.push({ instanceId, processId, due, order: (world.next += 1), timer })
}

/** Service tasks whose program is known are done at once, one after the other, until none is left. */
export function runHandlers(world: World, tried: Set<string>): boolean {
  for (const instance of world.instances.values()) {
    for (const step of instance.steps.values()) {
      const handler = step.kind === 'service' && step.handler !== null ? world.options.handlers?.[step.handler] : undefined
      if (!handler || tried.has(step.id)) continue
      tried.add(step.id)
      if (tried.size > AT_MOST) throw new Error('service tasks without end')
      runHandler(world, instance, step, handler)
      return true
    }
  }
  return false
}

function runHandler(world: World, instance: Instance, step: NewStep, handler: NonNullable<HarnessOptions['handlers']>[string]): void {
  try {
    const variables = handler({ ...step.local, ...step.input }, instance.state.variables) ?? {}
    apply(world, instance, completeTask(instance.process, instance.state, step.id, { variables }, envOf(world)))
  } catch (error) {
    if (error instanceof BpmnError) {
      return apply(world, instance, throwError(instance.process, instance.state, step.id, { code: error.code, variables: error.variables }, envOf(world)))
    }
    world.incidents.push({ kind: 'handler', instanceId: instance.id, nodeId: step.nodeId, code: null, message: error instanceof Error ? error.message : String(error) })
  }
}
