import { EMPTY_STATE, applyEffects, completeTask, deliverMessage, deliverSignal, fireTimer, start, startActivity, startableActivities } from '../engine/index.ts'
import type { Effects, EngineEnv, InstanceState, NewStep, TimerToArm, Wait } from '../engine/index.ts'
import { clockDue } from '../harness/clock.ts'
import type { CompiledNode, CompiledProcess } from '../model/index.ts'
import { arrivalsOf } from './arrivals.ts'
import { likelyDuration, roleOf } from './defaults.ts'
import { drawn } from './distributions.ts'
import { heapOf } from './heap.ts'
import { change, levelOf } from './level.ts'
import { isFree, nextOf, poolOf, type Pool, type Work } from './pools.ts'
import { chosen, streamOf, type Random } from './random.ts'
import { resultOf, type Cases } from './result.ts'
import { likelyShares, withShares } from './shares.ts'
import { standardOf, tallyOf, type Tally } from './tally.ts'
import type { SimulationEnv, SimulationInput, SimulationResult } from './types.ts'
import { SimulationError } from './types.ts'
import { ALWAYS } from './work-time.ts'

interface Case {
  no: number
  state: InstanceState
  how: 'running' | 'finished' | 'failed'
  startedAt: number
  works: Map<string, Work>
  timers: { stepId: string; live: boolean }[]
  steps: number
  /** how often each step was drawn for */
  draws: Map<string, number>
}

const MOST = { steps: 200_000, ofCase: 1_000 }
const MINUTE = 60_000

/**
 * Discrete-event simulation (Law, “Simulation Modeling and Analysis”, ch. 1) of a compiled process: the pure engine moves the tokens, queues of
 * people per role decide when work begins, chance how long it takes and how it ends. The same input gives the same result, to the last digit.
 * SimulationError: it would not come to an end within `env.most`.
 */
export function simulate(process: CompiledProcess, input: SimulationInput, env: SimulationEnv): SimulationResult {
  const most = env.most ?? MOST
  const from = Date.parse(input.from)
  const { workTime } = env
  const until = input.days === null ? Infinity : workTime.add(from, input.days * workTime.dayMinutes)
  if (input.cases === null && input.days === null) throw new SimulationError('SIMULATION_ENDLESS', '请给出案例数或天数')

  let now = from, business = 0, order = 0, ids = 0, steps = 0, acts = 0
  const running = new Set<Case>(), unattended = new Set(input.unattended)
  const events = heapOf<{ at: number; order: number; run: () => void }>((a, b) => a.at < b.at || (a.at === b.at && a.order < b.order))
  const later = (at: number, run: () => void): void => events.push({ at, order: (order += 1), run })
  const pools = new Map<string, Pool>()
  const tallies = new Map<string, Tally>()
  const cases: Cases = { started: 0, finished: 0, failed: 0, business: [], clock: [], ends: new Map(), problems: new Map(), inProgress: levelOf(true) }

  const clockOf = (always: boolean): number => (always ? (now - from) / MINUTE : business)
  const timeOf = (always: boolean) => (always ? ALWAYS : workTime)

  // chance at the gateways is drawn for the case that moves
  let gatewayDraw: Random = () => 0.5
  const shared = new Map<CompiledProcess, CompiledProcess>()
  const root = withShares(process, (id) => input.gateways[id], () => gatewayDraw())
  shared.set(process, root)
  const sharesIn = (called: CompiledProcess): CompiledProcess => {
    const known = shared.get(called) ?? withShares(called, (id) => input.gateways[`${called.id}/${id}`], () => gatewayDraw())
    shared.set(called, known)
    return known
  }
  const processOf = (key: string): CompiledProcess | null => { const called = env.processOf?.(key); return called ? sharesIn(called) : null }
  const engine: EngineEnv = { newId: () => `s${(ids += 1)}`, budget: 1_000, processOf, ...(env.refOf ? { refOf: env.refOf } : {}), ...(env.decide ? { decide: env.decide } : {}) }

  const tooLarge = () => new SimulationError('SIMULATION_TOO_LARGE', `推演超过 ${most.steps} 步，请减少案例数或天数`)

  function draw(c: Case, what: string, key: string): Random {
    const name = `${what}/${key}`, nth = c.draws.get(name) ?? 0
    c.draws.set(name, nth + 1)
    return streamOf(input.seed, c.no, name, nth)
  }

  /** One act of the engine on one case; what it refuses ends the case and is told. */
  function act(c: Case, at: { key: string; name: string } | null, how: () => Effects): void {
    // a timer that comes again and again opens no step
    if ((acts += 1) > 3 * most.steps) throw tooLarge()
    gatewayDraw = draw(c, 'gateways', '')
    let effects: Effects
    try { effects = how() } catch (error) {
      const { code, message } = error as { code?: unknown; message?: string }
      if (typeof code !== 'string') throw error
      return fail(c, at, code, message ?? code)
    }
    if (!effects.ignored) apply(c, effects)
  }

  function fail(c: Case, at: { key: string; name: string } | null, code: string, message: string): void {
    const key = `${at?.key ?? ''}\u0000${code}\u0000${message}`
    const problem = cases.problems.get(key) ?? { key: at?.key ?? null, name: at?.name ?? null, code, message, cases: 0 }
    problem.cases += 1
    cases.problems.set(key, problem)
    cases.failed += 1
    close(c, 'failed')
  }

  function close(c: Case, how: 'finished' | 'failed'): void {
    c.how = how
    for (const work of c.works.values()) over(c, work, 'cancelled')
    for (const timer of c.timers) timer.live = false
    running.delete(c)
    c.state = EMPTY_STATE
    c.draws.clear()
    change(cases.inProgress, -1, business, business)
  }

  function apply(c: Case, effects: Effects): void {
    c.state = applyEffects(c.state, effects)
    const done = new Set(effects.finishedSteps.map((s) => s.id))
    for (const s of [...effects.finishedSteps, ...effects.cancelledSteps]) {
      const work = c.works.get(s.id)
      if (work) over(c, work, done.has(s.id) ? 'done' : 'cancelled')
    }
    if (effects.timersToCancel.length) {
      const gone = new Set(effects.timersToCancel)
      for (const timer of c.timers) if (gone.has(timer.stepId)) timer.live = false
      c.timers = c.timers.filter((t) => t.live)
    }
    for (const timer of effects.timersToArm) arm(c, timer)
    for (const step of effects.newSteps) {
      enter(c, step)
      if (c.how !== 'running') return
    }
    for (const wait of effects.waits) expect(c, wait)
    const error = effects.incidents[0]
    if (effects.end?.how === 'failed' && error) return fail(c, { key: error.nodeId, name: process.nodes[error.nodeId]?.name ?? error.nodeId }, error.code ?? 'ERROR', error.message)
    if (effects.end) return finish(c, effects.end)
    // somebody starts, once each, what an ad-hoc subprocess offers
    const next = c.state.scopes ? startableActivities(root, c.state, engine).find((s) => !s.ran) : undefined
    if (next) act(c, { key: next.nodeId, name: next.name }, () => startActivity(root, c.state, { scopeId: next.scopeId, nodeId: next.nodeId }, engine))
  }

  function finish(c: Case, end: NonNullable<Effects['end']>): void {
    const key = end.nodeId ?? ''
    const known = cases.ends.get(key) ?? { nodeId: end.nodeId, name: end.name, cases: 0 }
    known.cases += 1
    cases.ends.set(key, known)
    cases.finished += 1
    cases.business.push(workTime.between(c.startedAt, now))
    cases.clock.push((now - c.startedAt) / MINUTE)
    close(c, 'finished')
  }

  function arm(c: Case, timer: TimerToArm): void {
    const mine = { stepId: timer.stepId, live: true }
    c.timers.push(mine)
    const onBusiness = timer.clock === 'business' && timer.at === undefined && timer.months === 0
    const due = onBusiness ? workTime.add(now, timer.days * workTime.dayMinutes + timer.minutes) : clockDue(new Date(now), timer).getTime()
    later(Math.max(now, due), () => {
      if (!mine.live || c.how !== 'running') return
      c.timers = c.timers.filter((t) => t !== mine)
      act(c, nameOf(c, timer.nodeId), () => fireTimer(root, c.state, { stepId: timer.stepId, nodeId: timer.nodeId, ...(timer.repeat === undefined ? {} : { repeat: timer.repeat }) }, engine))
    })
  }

  /** The process whose nodes are in a scope. */
  function within(c: Case, scopeId: string | null): CompiledProcess {
    for (let id = scopeId; id !== null;) {
      const scope = c.state.scopes?.find((s) => s.id === id)
      if (!scope) break
      if (scope.called !== undefined) return processOf(scope.called) ?? root
      id = scope.parentId
    }
    return root
  }
  const keyIn = (p: CompiledProcess, nodeId: string): string => (p === root ? nodeId : `${p.id}/${nodeId}`)
  const nameOf = (c: Case, nodeId: string): { key: string; name: string } => ({ key: nodeId, name: root.nodes[nodeId]?.name ?? nodeId })
  const minutesFor = (c: Case, key: string, node: CompiledNode): number => drawn(input.durations[key] ?? likelyDuration(node), draw(c, 'minutes', key))

  function poolFor(node: CompiledNode): Pool | null {
    if (node.type !== 'userTask') return null
    const role = roleOf(node.task)
    const known = pools.get(role) ?? poolOf(role, input.staff[role] ?? { number: role === '' ? null : 1 }, input.discipline)
    pools.set(role, known)
    return known
  }

  function enter(c: Case, step: NewStep): void {
    const where = within(c, step.scopeId), node = where.nodes[step.nodeId]!, key = keyIn(where, step.nodeId)
    steps += 1
    c.steps += 1
    if (steps > most.steps) throw tooLarge()
    if (c.steps > most.ofCase) return fail(c, { key, name: node.name }, 'CASE_ENDLESS', `一件案例走了 ${most.ofCase} 步还没有结束`)
    const pool = poolFor(node)
    const awaits = pool !== null && unattended.has(key)
    const tally = tallies.get(key) ?? tallyOf(key, node, step.kind, pool ? pool.role : null, pool ? pool.always : true)
    tallies.set(key, tally)
    const standard = standardOf(node)
    const work: Work = {
      id: step.id, key, pool: awaits ? null : pool, state: 'waiting', entered: clockOf(tally.always), started: NaN, enteredAt: now, order: (order += 1),
      due: standard ? timeOf(standard.clock === 'clock').add(now, standard.minutes) : Infinity,
    }
    c.works.set(work.id, work)
    tally.entered += 1
    if (pool && !awaits) {
      change(pool.queue, 1, clockOf(pool.always), business)
      change(tally.queue, 1, clockOf(tally.always), business)
      pool.waiting.push(work)
      owners.set(work, c)
      serve(pool)
    } else if (awaits || step.kind === 'service') {
      work.started = work.entered
      work.state = 'working'
      later(timeOf(tally.always).add(now, minutesFor(c, key, node)), () => complete(c, work))
    }
  }
  const owners = new WeakMap<Work, Case>()

  /** Whoever is free takes the next; beyond closing time the work goes on the next morning. */
  function serve(pool: Pool): void {
    while (isFree(pool)) {
      const work = nextOf(pool)
      if (!work) return
      const c = owners.get(work)!, tally = tallies.get(work.key)!
      work.state = 'working'
      work.started = clockOf(pool.always)
      change(pool.queue, -1, work.started, business)
      change(tally.queue, -1, work.started, business)
      change(pool.busy, 1, work.started, business)
      tally.waits.push(work.started - work.entered)
      pool.waits.push(work.started - work.entered)
      later(timeOf(pool.always).add(now, minutesFor(c, work.key, tally.node)), () => complete(c, work))
    }
  }

  function complete(c: Case, work: Work): void {
    if (work.state === 'over' || c.how !== 'running') return
    const { node } = tallies.get(work.key)!
    let outcome: string | null = null
    if (node.type === 'userTask' && node.task.outcomes.length) {
      const shares = Object.entries(input.outcomes[work.key] ?? {}).map(([value, weight]) => ({ value, weight }))
      const likely = (): { value: string; weight: number }[] => Object.entries(likelyShares(node.task.outcomes)).map(([value, weight]) => ({ value, weight }))
      const random = draw(c, 'outcome', work.key)
      outcome = chosen(shares, random) ?? chosen(likely(), random) ?? null
    }
    const variables = weighted(c, `results/${work.key}`, input.results[work.key] ?? {})
    act(c, { key: work.key, name: node.name }, () => completeTask(root, c.state, work.id, { outcome, variables }, engine))
  }

  function weighted(c: Case, what: string, of: SimulationInput['variables']): Record<string, unknown> {
    return Object.fromEntries(Object.entries(of).flatMap(([name, values]) => {
      const value = chosen(values, draw(c, what, name))
      return value === undefined ? [] : [[name, value] as const]
    }))
  }

  /** A step is over; whoever worked on it is free. */
  function over(c: Case, work: Work, how: 'done' | 'cancelled'): void {
    const tally = tallies.get(work.key)!, at = clockOf(tally.always), { pool } = work
    c.works.delete(work.id)
    const was = work.state
    work.state = 'over'
    tally[how] += 1
    if (how === 'done') {
      tally.totals.push(at - work.entered)
      tally.works.push(Number.isNaN(work.started) ? at - work.entered : at - work.started)
    }
    if (now > work.due) tally.late += 1
    if (!pool) return
    if (was === 'working') {
      change(pool.busy, -1, at, business)
      serve(pool)
    } else {
      change(pool.queue, -1, at, business)
      change(tally.queue, -1, at, business)
    }
  }

  /** What comes from outside: a message, a signal, something that becomes true. At the edge of an activity only where a time was given for it. */
  function expect(c: Case, wait: Wait): void {
    if (wait.on === 'timer') return
    const where = within(c, wait.scopeId), node = where.nodes[wait.nodeId], key = keyIn(where, wait.nodeId)
    if (!node) return
    // elsewhere a condition becomes true by its variables alone
    if (wait.on === 'conditional' && (wait.was || c.state.steps.find((s) => s.id === wait.ownerId)?.nodeId !== wait.nodeId)) return
    if (node.type !== 'catchEvent' && node.type !== 'receiveTask' && !input.durations[key]) return
    later(now + minutesFor(c, key, node) * MINUTE, () => {
      if (c.how !== 'running' || !c.state.waits?.some((w) => w.id === wait.id)) return
      act(c, { key, name: node.name }, () => {
        const variables = weighted(c, `results/${key}`, input.results[key] ?? {})
        if (wait.on === 'message') return deliverMessage(root, c.state, { name: wait.name ?? '', key: wait.key, variables, ...(wait.ownerId === null ? {} : { stepId: wait.ownerId }) }, engine)
        if (wait.on === 'signal') return deliverSignal(root, c.state, { name: wait.name ?? '', variables }, engine)
        return completeTask(root, c.state, wait.ownerId ?? '', { variables }, engine)
      })
    })
  }

  function begin(): void {
    const c: Case = { no: cases.started, state: EMPTY_STATE, how: 'running', startedAt: now, works: new Map(), timers: [], steps: 0, draws: new Map() }
    cases.started += 1
    running.add(c)
    change(cases.inProgress, 1, business, business)
    const variables = weighted(c, 'start', input.variables)
    const by = root.starts.find((s) => !s.triggers.length) ?? root.starts[0]
    act(c, null, () => start(root, variables, engine, by && root.starts.length > 1 ? { at: by.id } : by?.triggers.length ? { at: by.id } : {}))
    come()
  }
  const next = arrivalsOf(input.arrivals, workTime, streamOf(input.seed, 'arrivals'))
  function come(): void {
    if (input.cases !== null && cases.started >= input.cases) return
    const at = next(now)
    if (at !== null && at <= until) later(at, begin)
  }

  come()
  for (let event = events.peek(); event && event.at <= until; event = events.peek()) {
    events.pop()
    if (event.at > now) {
      now = event.at
      business = workTime.between(from, now)
    }
    event.run()
    // without a horizon, what is left of timers of closed cases is nobody's business
    if (until === Infinity && cases.started === input.cases && cases.finished + cases.failed === cases.started) break
  }
  if (until !== Infinity) {
    now = until
    business = workTime.between(from, now)
  }
  if (!cases.started) throw new SimulationError('SIMULATION_NO_CASES', '这段时间里没有案例到来，请把到达调多一些')
  // not done, and already too late
  for (const c of running) for (const work of c.works.values()) if (now > work.due) tallies.get(work.key)!.late += 1
  return resultOf({ input, workTime, from, now, business, pools: [...pools.values()], tallies: [...tallies.values()], cases, order: Object.keys(process.nodes) })
}
