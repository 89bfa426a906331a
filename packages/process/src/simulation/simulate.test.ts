import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaCalendar, compileCalendar } from '@quancheng/kernel'
import { bpmn, event, flows, model, on, tag } from '../engine/testing.ts'
import { compileProcess } from '../model/index.ts'
import { ALWAYS, defaultsOf, simulate, workTimeOf, type SimulationInput, type SimulationResult } from './index.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const FROM = '2026-01-05T01:00:00Z'
const round = '<bpmn:extensionElements><qc:standard minutes="60" clock="clock"/><qc:outcome id="yes" label="是"/><qc:outcome id="no" label="否" danger="true"/></bpmn:extensionElements>'
const user = (id: string, role: string, inner = '') => `<bpmn:userTask id="${id}" name="${id}" qc:role="${role}">${inner}</bpmn:userTask>`

async function run(xml: string, o: Partial<SimulationInput>, calendar = false, steps = 400_000): Promise<SimulationResult> {
  const process = await compileProcess(xml)
  const base = defaultsOf(process, { from: FROM, seed: 7 })
  return simulate(process, { ...base, days: null, cases: 200, ...o, durations: { ...base.durations, ...o.durations }, staff: { ...base.staff, ...o.staff } }, { workTime: calendar ? workTimeOf(compileCalendar(chinaCalendar())) : ALWAYS, most: { steps, ofCase: 1000 } })
}
const within = (actual: number, expected: number, share: number, what: string): void => assert.ok(Math.abs(actual - expected) <= share * expected, `${what}: ${actual}, theory says ${expected}`)

const QUEUE = bpmn(FRAME + user('a', 'r') + flows('s -> a\na -> e'))

test('one server, arrivals and work at random: M/M/1 as theory has it', async () => {
  // λ = 6 an hour, μ = 10 an hour, ρ = 0.6: Lq = ρ²/(1−ρ) = 0.9 cases, Wq = Lq/λ = 9 min, W = 15 min (Kleinrock 1975, 3.2)
  const r = await run(QUEUE, { cases: 60_000, arrivals: { kind: 'poisson', perHour: 6 }, durations: { a: { kind: 'exponential', mean: 6 } }, staff: { r: { number: 1 } } })
  const [a] = r.steps, [role] = r.roles
  within(role!.utilisation!, 0.6, 0.02, 'utilisation')
  within(a!.queue.mean, 0.9, 0.06, 'queue')
  within(a!.waiting.mean!, 9, 0.06, 'waiting')
  within(r.cases.throughput.clock.mean!, 15, 0.05, 'time in the system')
  // the time in the system is exponential with mean 15: p95 = 15 ln 20
  within(r.cases.throughput.clock.p95!, 15 * Math.log(20), 0.06, 'p95')
})

test('three servers: the queue is Erlang’s C', async () => {
  // a = λ/μ = 2.4 Erlang, c = 3: C = (aᶜ/c!)(c/(c−a)) / (Σ aᵏ/k! + (aᶜ/c!)(c/(c−a))); Wq = C/(cμ − λ) (Erlang 1917)
  const a = 2.4, last = (a ** 3 / 6) * (3 / (3 - a)), C = last / (1 + a + a * a / 2 + last), wq = (C / (3 * 5 - 12)) * 60
  const r = await run(QUEUE, { cases: 80_000, arrivals: { kind: 'poisson', perHour: 12 }, durations: { a: { kind: 'exponential', mean: 12 } }, staff: { r: { number: 3 } } })
  within(r.roles[0]!.utilisation!, 0.8, 0.02, 'utilisation')
  within(r.steps[0]!.waiting.mean!, wq, 0.08, 'waiting')
})

test('work of a constant length halves the queue: M/D/1', async () => {
  // Pollaczek–Khinchine: Wq = ρ/(2μ(1−ρ)) = 0.7/(2·(1/6)·0.3) min
  const r = await run(QUEUE, { cases: 60_000, arrivals: { kind: 'poisson', perHour: 7 }, durations: { a: { kind: 'fixed', minutes: 6 } }, staff: { r: { number: 1 } } })
  within(r.steps[0]!.waiting.mean!, 7, 0.06, 'waiting')
})

test('Little’s law holds at every step, and for the process as a whole', async () => {
  const r = await run(bpmn(FRAME + user('a', 'r') + user('b', 'q', round) + tag('exclusiveGateway', 'x') + flows('s -> a\na -> b\nb -> x\nx -> a [outcome = "no"]\nx -> e default').replace('<bpmn:exclusiveGateway id="x"', '<bpmn:exclusiveGateway default="f5" id="x"')),
    { cases: 8_000, arrivals: { kind: 'poisson', perHour: 4 }, durations: { a: { kind: 'lognormal', median: 8, p80: 14 }, b: { kind: 'triangular', min: 2, mode: 5, max: 20 } }, outcomes: { b: { yes: 3, no: 1 } }, staff: { r: { number: 1 }, q: { number: 1 } } })
  for (const step of r.steps) within(step.queue.mean, (step.entered / r.minutes.clock) * step.waiting.mean!, 1e-6, step.key)
  within(r.cases.inProgress.mean, (r.cases.started / r.minutes.business) * r.cases.throughput.business.mean!, 1e-6, 'cases in progress')
  within(r.steps[0]!.entered / r.cases.started, 4 / 3, 0.03, 'one in four comes back')
})

test('no case is lost: begun are those that finished, failed or are still on the way; likewise at every step', async () => {
  const r = await run(QUEUE, { cases: null, days: 5, arrivals: { kind: 'poisson', perHour: 12 }, durations: { a: { kind: 'fixed', minutes: 6 } }, staff: { r: { number: 1 } } })
  assert.ok(r.cases.open > 50, 'twelve an hour are too many for one who does ten')
  assert.equal(r.cases.started, r.cases.finished + r.cases.failed + r.cases.open)
  const [a] = r.steps
  assert.deepEqual([a!.entered, a!.open], [a!.done + a!.cancelled + a!.open, r.cases.open])
  assert.equal(r.roles[0]!.utilisation! > 0.97, true)
  assert.deepEqual([r.bottleneck!.key, r.bottleneck!.share], ['a', 1])
})

test('the same seed gives the same result to the last digit, another seed another', async () => {
  const again = () => run(QUEUE, { cases: 500 })
  assert.deepEqual(await again(), await again())
  assert.notDeepEqual((await again()).cases.throughput, (await run(QUEUE, { cases: 500, seed: 8 })).cases.throughput)
})

test('with more people the same cases come with the same work: two runs differ by what was changed', async () => {
  const o = { cases: 300, arrivals: { kind: 'poisson', perHour: 6 } as const, durations: { a: { kind: 'lognormal', median: 8, p80: 16 } as const } }
  const one = await run(QUEUE, { ...o, staff: { r: { number: 1 } } }), two = await run(QUEUE, { ...o, staff: { r: { number: 2 } } })
  assert.equal(one.steps[0]!.working.mean!.toFixed(3), two.steps[0]!.working.mean!.toFixed(3))
  assert.ok(two.cases.throughput.clock.p80! < one.cases.throughput.clock.p80!)
})

test('parallel branches take as long as the longer one; each of several instances is a piece of work', async () => {
  const fork = bpmn(FRAME + tag('parallelGateway', 'f j') + user('a', 'r') + user('b', 'q') + flows('s -> f\nf -> a\nf -> b\na -> j\nb -> j\nj -> e'))
  const r = await run(fork, { cases: 50, arrivals: { kind: 'interval', minutes: 60 }, durations: { a: { kind: 'fixed', minutes: 10 }, b: { kind: 'fixed', minutes: 25 } } })
  assert.deepEqual([r.cases.finished, r.cases.throughput.clock.max, r.steps.map((s) => [s.key, s.done])], [50, 25, [['a', 50], ['b', 50]]])
  const many = bpmn(FRAME + user('a', 'r', '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>') + flows('s -> a\na -> e'))
  const m = await run(many, { cases: 20, arrivals: { kind: 'interval', minutes: 60 }, durations: { a: { kind: 'fixed', minutes: 10 } }, staff: { r: { number: 1 } } })
  assert.deepEqual([m.steps[0]!.entered, m.cases.throughput.clock.max, m.steps[0]!.queue.max], [60, 30, 2])
})

test('a timer takes work away from the queue, and sends the case on its way', async () => {
  const xml = model(FRAME + user('a', 'r') + event('boundaryEvent', 't', 'attachedToRef="a"', on.timer('PT20M')) + user('chief', 'boss') + flows('s -> a\na -> e\nt -> chief\nchief -> e'))
  const r = await run(xml, { cases: 200, arrivals: { kind: 'interval', minutes: 10 }, durations: { a: { kind: 'fixed', minutes: 15 }, chief: { kind: 'fixed', minutes: 1 } }, staff: { r: { number: 1 }, boss: { number: 1 } } })
  const [a, chief] = r.steps
  assert.equal(r.cases.finished, 200)
  assert.ok(a!.cancelled > 20 && a!.cancelled === chief!.done, `${a!.cancelled} were taken away, ${chief!.done} went to the chief`)
  assert.ok(a!.total.max! <= 20)
})

test('messages come after the time given for them; an event gateway goes on with what is first', async () => {
  const xml = model(FRAME + tag('eventBasedGateway', 'g') + event('intermediateCatchEvent', 'answer', '', on.message('m1')) + event('intermediateCatchEvent', 'patience', '', on.timer('PT1H')) + flows('s -> g\ng -> answer\ng -> patience\nanswer -> e\npatience -> e'))
  const r = await run(xml, { cases: 2000, arrivals: { kind: 'interval', minutes: 1 }, durations: { answer: { kind: 'exponential', mean: 60 } } })
  // the mean of an exponential time cut at its mean: 60 (1 − 1/e)
  within(r.cases.throughput.clock.mean!, 60 * (1 - Math.exp(-1)), 0.05, 'waiting for an answer')
})

test('people work in the hours of the calendar: what is begun at closing time is done the next morning', async () => {
  const r = await run(QUEUE, { cases: 1, from: '2026-01-05T09:50:00Z', arrivals: { kind: 'interval', minutes: 5 }, durations: { a: { kind: 'fixed', minutes: 30 } } }, true)
  assert.deepEqual([r.cases.throughput.business.max, r.cases.throughput.clock.max, r.to], [30, 15 * 60 + 30, '2026-01-06T01:25:00.000Z'])
  const always = await run(QUEUE, { cases: 1, from: '2026-01-05T09:50:00Z', arrivals: { kind: 'interval', minutes: 5 }, durations: { a: { kind: 'fixed', minutes: 30 } }, staff: { r: { number: 1, hours: 'always' } } }, true)
  assert.equal(always.cases.throughput.clock.max, 30)
})

test('nobody comes in an hour without arrivals', async () => {
  const perHour = Array.from({ length: 24 }, (_, h) => (h === 10 ? 30 : 0))
  const r = await run(QUEUE, { cases: null, days: 3, arrivals: { kind: 'profile', perHour }, durations: { a: { kind: 'fixed', minutes: 0.1 } } }, true)
  assert.ok(r.cases.started > 60 && r.cases.started < 125, String(r.cases.started))
})

test('a standard is broken by whoever takes longer, waiting included, and by whoever is not done in time', async () => {
  const xml = bpmn(FRAME + user('a', 'r', round) + flows('s -> a\na -> e'))
  const r = await run(xml, { cases: 3, arrivals: { kind: 'interval', minutes: 1 }, durations: { a: { kind: 'fixed', minutes: 25 } }, staff: { r: { number: 1 } } })
  assert.deepEqual([r.steps[0]!.standard, r.steps[0]!.late], [{ minutes: 60, clock: 'clock' }, 1])
})

test('a step at which somebody else is awaited takes its time and keeps nobody busy', async () => {
  const xml = bpmn(FRAME + user('a', 'r') + user('pickup', 'r') + flows('s -> a\na -> pickup\npickup -> e'))
  const o = { cases: 40, arrivals: { kind: 'interval', minutes: 20 } as const, durations: { a: { kind: 'fixed', minutes: 10 } as const, pickup: { kind: 'fixed', minutes: 600 } as const }, staff: { r: { number: 1 } } }
  const r = await run(xml, { ...o, unattended: ['pickup'] })
  assert.deepEqual([r.cases.throughput.clock.max, r.steps[1]!.waiting.count, r.steps[1]!.working.mean, r.roles[0]!.queue.max], [610, 0, 600, 1])
})

test('whose time is up first may come first', async () => {
  const std = (minutes: number) => `<bpmn:extensionElements><qc:standard minutes="${minutes}" clock="clock"/></bpmn:extensionElements>`
  const xml = bpmn(FRAME + tag('parallelGateway', 'f j') + user('slow', 'r', std(500)) + user('fast', 'r', std(20)) + flows('s -> f\nf -> slow\nf -> fast\nslow -> j\nfast -> j\nj -> e'))
  const o = { cases: 200, arrivals: { kind: 'poisson', perHour: 4 } as const, durations: { slow: { kind: 'fixed', minutes: 9 } as const, fast: { kind: 'fixed', minutes: 5 } as const }, staff: { r: { number: 1 } } }
  const late = async (discipline: 'fifo' | 'due') => (await run(xml, { ...o, discipline })).steps.map((s) => s.late)
  const [fifo, due] = [await late('fifo'), await late('due')]
  assert.ok(fifo[1]! > due[1]!, `${fifo} against ${due}`)
})

test('chance decides at a gateway whose conditions ask for what the simulation does not know', async () => {
  const xml = bpmn(FRAME + tag('exclusiveGateway', 'x') + user('a', 'r') + user('b', 'r') + user('c', 'r') + flows('s -> x\nx -> a [amount > 5000]\nx -> b [amount > 100]\nx -> c\na -> e\nb -> e\nc -> e'))
  const r = await run(xml, { cases: 6000, arrivals: { kind: 'interval', minutes: 60 }, gateways: { x: { f2: 0.2, f3: 0.5, f4: 0.3 } } })
  for (const [i, share] of [0.2, 0.5, 0.3].entries()) within(r.steps[i]!.entered / 6000, share, 0.06, r.steps[i]!.key)
  const known = await run(xml, { cases: 4000, gateways: {}, variables: { amount: [{ value: 9000, weight: 1 }, { value: 10, weight: 3 }] }, arrivals: { kind: 'interval', minutes: 60 } })
  assert.deepEqual(known.steps.map((s) => s.key), ['a', 'c'])
  within(known.steps[0]!.entered / 4000, 0.25, 0.08, 'amounts above')
})

test('what the engine refuses is told, and the case counts as failed', async () => {
  const xml = bpmn(FRAME + tag('exclusiveGateway', 'x') + user('a', 'r') + flows('s -> x\nx -> a [amount > 5000]\na -> e'))
  const r = await run(xml, { cases: 10, gateways: {} })
  assert.deepEqual([r.cases.failed, r.cases.finished, r.problems.map((p) => [p.code, p.cases])], [10, 0, [['NO_PATH', 10]]])
})

test('a simulation without end is refused: too many steps, a case that goes round, timers that come for ever', async () => {
  await assert.rejects(run(QUEUE, { cases: 500_000, durations: { a: { kind: 'fixed', minutes: 0 } } }, false, 5_000), { code: 'SIMULATION_TOO_LARGE' })
  const loop = bpmn(FRAME + user('a', 'r', round) + tag('exclusiveGateway', 'x', 'default="f4"') + flows('s -> a\na -> x\nx -> a [outcome = "no"]\nx -> e'))
  const r = await run(loop, { cases: 3, outcomes: { a: { no: 1 } } })
  assert.deepEqual([r.cases.failed, r.problems[0]!.code], [3, 'CASE_ENDLESS'])
  const ticking = model(FRAME + tag('receiveTask', 'a', 'messageRef="m1"') + event('boundaryEvent', 't', 'attachedToRef="a" cancelActivity="false"', on.timer('R/PT1H', 'timeCycle')) + tag('endEvent', 'ee') + flows('s -> a\na -> e\nt -> ee'))
  await assert.rejects(run(ticking, { cases: 1, durations: { a: { kind: 'fixed', minutes: 1e9 } } }, false, 5_000), { code: 'SIMULATION_TOO_LARGE' })
})

test('the series of a chart has the averages of its spans, however long the run', async () => {
  const r = await run(QUEUE, { cases: 3000 })
  assert.ok(r.series.at.length <= 121 && r.series.at.length > 40)
  const mean = r.series.roles[0]!.busy.reduce((sum, v, i) => sum + v * Math.min(r.series.width, r.minutes.business - i * r.series.width), 0) / r.minutes.business
  within(mean, r.roles[0]!.busy, 0.01, 'busy')
})
