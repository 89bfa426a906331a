import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileProcess } from '../model/index.ts'
import { EMPTY_STATE, applyEffects, completeTask, fireJoin, fireTimer, start } from './index.ts'
import type { Effects } from './index.ts'
import { bpmn, flows, play, tag } from './testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const passed = (effects: Effects) => effects.history.map((h) => `${h.nodeId}:${h.what}`)
const boundary = (id: string, host: string, duration: string, attributes = '', clock = '') =>
  `<bpmn:boundaryEvent id="${id}" name="${id}" attachedToRef="${host}" ${attributes}><bpmn:timerEventDefinition ${clock}>
    <bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`

test('a sequence is walked task by task and ends once', async () => {
  const p = await play(bpmn(FRAME + tag('userTask', 'a b', 'qc:role="qc"') + flows('s -> a\na -> b\nb -> e')), { x: 1 })
  assert.deepEqual(p.effects().variables, { x: 1 })
  assert.deepEqual(p.effects().newSteps.map((n) => [n.id, n.nodeId, n.kind, n.role, n.stage]), [['s1', 'a', 'user', 'qc', 'a']])
  assert.equal(p.effects().stage, 'a')
  p.complete('a', null, { y: 2 })
  assert.deepEqual(p.effects().finishedSteps, [{ id: 's1', nodeId: 'a', outcome: null }])
  assert.deepEqual(p.effects().variables, { y: 2 })
  assert.equal(p.effects().tokenDelta, 0)
  p.complete('b')
  assert.deepEqual(p.effects().end, { how: 'completed', nodeId: 'e', name: 'e' })
  assert.equal(p.effects().stage, 'e')
  assert.equal(p.effects().tokenDelta, -1)
  assert.deepEqual(p.state(), { steps: [], joins: [], variables: { x: 1, y: 2 } })
})

test('a done step cannot be done again, and nothing else can be answered than what is declared', async () => {
  const p = await play(bpmn(`${FRAME}<bpmn:userTask id="a"><bpmn:extensionElements><qc:outcome id="y" label="Y"/><qc:outcome id="n" label="N"/></bpmn:extensionElements></bpmn:userTask>${flows('s -> a\na -> e')}`))
  assert.throws(() => p.complete('a'), { code: 'OUTCOME_REQUIRED' })
  assert.throws(() => p.complete('a', 'z'), (e: { code?: string; params?: unknown }) => e.code === 'OUTCOME_UNKNOWN' && JSON.stringify(e.params).includes('"allowed":["y","n"]'))
  p.complete('a', 'y')
  assert.throws(() => p.complete('a', 'y'), { code: 'STEP_NOT_ACTIVE' })
})

test('an exclusive gateway takes the first flow that holds, else the default, else refuses', async () => {
  const xml = (withDefault: boolean) => bpmn(`${FRAME}<bpmn:exclusiveGateway id="g" ${withDefault ? 'default="f4"' : ''}/>${tag('userTask', 'big mid small')}
    ${flows('s -> g\ng -> big [amount > 100]\ng -> mid [amount > 10]\ng -> small\nbig -> e\nmid -> e\nsmall -> e')}`)
  for (const [amount, task] of [[500, 'big'], [50, 'mid'], [5, 'small'], [null, 'small'], ['500', 'small']] as const) {
    assert.deepEqual((await play(xml(true), { amount })).waiting(), [task])
  }
  const none = bpmn(FRAME + tag('exclusiveGateway', 'g') + tag('endEvent', 'e2') + flows('s -> g\ng -> e [a = 1]\ng -> e2 [a = 2]'))
  await assert.rejects(play(none, { a: 3 }), { code: 'NO_PATH' })
})

test('the default flow is the last resort even where it is drawn first', async () => {
  const xml = bpmn(`${FRAME}<bpmn:exclusiveGateway id="g" default="f2"/>${tag('userTask', 'usual special')}${flows('s -> g\ng -> usual\ng -> special [vip = true]\nusual -> e\nspecial -> e')}`)
  assert.deepEqual((await play(xml, { vip: true })).waiting(), ['special'])
  assert.deepEqual((await play(xml)).waiting(), ['usual'])
})

test('conditions of one call share one allowance of work', async () => {
  const heavy = 'count(for i in 1..30000 return i) = 0'
  const p = play(bpmn(`${FRAME}<bpmn:exclusiveGateway id="g" default="f5"/>${tag('endEvent', 'x y z')}${flows(`s -> g\ng -> x [${heavy}]\ng -> y [${heavy}]\ng -> z [${heavy}]\ng -> e`)}`))
  await assert.rejects(p, { code: 'FEEL_TOO_COMPLEX' })
})

test('an exclusive gateway that merges passes every token through', async () => {
  const p = await play(bpmn(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'merge') + tag('userTask', 'a b t') + flows('s -> fork\nfork -> a\nfork -> b\na -> merge\nb -> merge\nmerge -> t\nt -> e')))
  p.complete('a')
  p.complete('b')
  assert.deepEqual(p.waiting(), ['t', 't'])
  p.complete('t')
  assert.equal(p.effects().end, null)
  p.complete('t')
  assert.equal(p.effects().end?.how, 'completed')
})

test('the outcome of a task steers the gateways behind it, and is forgotten at the next task', async () => {
  const outcomes = '<bpmn:extensionElements><qc:outcome id="go" label="去"/><qc:outcome id="stop" label="停"/></bpmn:extensionElements>'
  const xml = bpmn(`${FRAME}<bpmn:userTask id="a">${outcomes}</bpmn:userTask>${tag('task', 'note')}<bpmn:exclusiveGateway id="g" default="f4"/>${tag('userTask', 'b')}${tag('exclusiveGateway', 'h')}${tag('endEvent', 'e2')}
    ${flows('s -> a\na -> note\ng -> b [outcome = "go"]\ng -> e\nnote -> g\nb -> h\nh -> e2 [outcome = null]\nh -> e [outcome = "go"]')}`)
  const p = await play(xml)
  assert.deepEqual(passed(p.complete('a', 'go')), ['note:passed', 'g:passed'])
  p.complete('b')
  assert.equal(p.effects().end?.nodeId, 'e2')
  const q = await play(xml)
  q.complete('a', 'stop')
  assert.equal(q.effects().end?.nodeId, 'e')
})

test('an outcome with a target takes that flow and no other', async () => {
  const p = await play(bpmn(`${FRAME}<bpmn:userTask id="a"><bpmn:extensionElements><qc:outcome id="b" label="B" target="b"/><qc:outcome id="c" label="C" target="c"/></bpmn:extensionElements></bpmn:userTask>${tag('userTask', 'b c')}${flows('s -> a\na -> b\na -> c\nb -> e\nc -> e')}`))
  p.complete('a', 'c')
  assert.deepEqual(p.waiting(), ['c'])
})

test('flows leaving a task: all that hold, the default only where none does', async () => {
  const xml = bpmn(`${FRAME}<bpmn:userTask id="a" default="f4"/>${tag('userTask', 'x y z')}${flows('s -> a\na -> x [v > 1]\na -> y [v > 2]\na -> z\nx -> e\ny -> e\nz -> e')}`)
  for (const [v, expected] of [[3, ['x', 'y']], [2, ['x']], [1, ['z']]] as const) {
    const p = await play(xml)
    p.complete('a', null, { v })
    assert.deepEqual(p.waiting(), expected)
  }
})

const FORK = FRAME + tag('parallelGateway', 'fork join') + tag('userTask', 'a b c t')
test('a parallel join waits for every branch and goes on once', async () => {
  const p = await play(bpmn(FORK + flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> join\nb -> join\nc -> join\njoin -> t\nt -> e')))
  assert.deepEqual(p.waiting(), ['a', 'b', 'c'])
  p.complete('b')
  assert.deepEqual(p.effects().joins, [{ scopeId: null, nodeId: 'join', flowId: 'f6', delta: 1 }])
  assert.deepEqual(passed(p.effects()), ['join:waiting'])
  p.complete('c')
  p.complete('a')
  assert.deepEqual(p.waiting(), ['t'])
  assert.deepEqual(p.effects().joins, [{ scopeId: null, nodeId: 'join', flowId: 'f6', delta: -1 }, { scopeId: null, nodeId: 'join', flowId: 'f7', delta: -1 }])
  assert.equal(p.effects().tokenDelta, -2)
  p.complete('t')
  assert.equal(p.effects().end?.how, 'completed')
})

test('a branch that arrives twice neither opens the join nor loses its second token', async () => {
  const p = await play(bpmn(`${FRAME}${tag('parallelGateway', 'fork join')}${tag('exclusiveGateway', 'm')}${tag('userTask', 'a b t')}${boundary('again', 'a', 'PT1H', 'cancelActivity="false"')}
    ${flows('s -> fork\nfork -> a\nfork -> b\na -> m\nagain -> m\nm -> join\nb -> join\njoin -> t\nt -> e')}`))
  p.fire('again')
  p.complete('a')
  assert.deepEqual(p.waiting(), ['b'])
  assert.deepEqual(p.state().joins.map((j) => [j.flowId, j.count]), [['f6', 2]])
  p.complete('b')
  assert.deepEqual(p.waiting(), ['t'])
  assert.deepEqual(p.state().joins.map((j) => [j.flowId, j.count]), [['f6', 1]])
  p.complete('t')
  assert.equal(p.effects().end, null)
  assert.deepEqual(p.effects().stuck, [{ nodeId: 'join', name: 'join', missingFlows: ['f7'] }])
})

test('a join that can never be complete is reported as stuck, not as an end', async () => {
  const p = await play(bpmn(`${FRAME}${tag('exclusiveGateway', 'x')}${tag('parallelGateway', 'join')}${tag('userTask', 'a b')}${flows('s -> x\nx -> a [v = 1]\nx -> b [v = 2]\na -> join\nb -> join\njoin -> e')}`), { v: 1 })
  p.complete('a')
  assert.equal(p.effects().end, null)
  assert.deepEqual(p.effects().stuck[0]?.missingFlows, ['f5'])
})

test('deferred joins only add, so that two callers with the same old state do not disturb each other', async () => {
  const process = await compileProcess(bpmn(FRAME + tag('parallelGateway', 'fork join') + tag('userTask', 'a b t') + flows('s -> fork\nfork -> a\nfork -> b\na -> join\nb -> join\njoin -> t\nt -> e')))
  let n = 0
  const env = { newId: () => `s${(n += 1)}`, joins: 'defer' as const }
  const old = applyEffects(EMPTY_STATE, start(process, {}, env))
  const one = completeTask(process, old, 's1', {}, env)
  const two = completeTask(process, old, 's2', {}, env)
  assert.deepEqual([...one.joins, ...two.joins].map((j) => [j.flowId, j.delta]), [['f4', 1], ['f5', 1]])
  const both = applyEffects(applyEffects(old, one), two)
  assert.throws(() => fireJoin(process, applyEffects(old, one), { scopeId: null, nodeId: 'join' }, env), { code: 'JOIN_NOT_READY' })
  const after = applyEffects(both, fireJoin(process, both, { scopeId: null, nodeId: 'join' }, env))
  assert.deepEqual(after.steps.map((s) => s.nodeId), ['t'])
  assert.deepEqual(after.joins, [])
})

test('an interrupting timer takes the task away and goes its own way', async () => {
  const p = await play(bpmn(FRAME + tag('userTask', 'a late') + boundary('due', 'a', 'PT48H') + flows('s -> a\na -> e\ndue -> late\nlate -> e')))
  assert.deepEqual(p.effects().timersToArm, [{ id: 's2', stepId: 's1', nodeId: 'due', interrupting: true, clock: 'clock', duration: 'PT48H', months: 0, days: 2, minutes: 0 }])
  p.fire('due')
  assert.deepEqual(p.waiting(), ['late'])
  assert.deepEqual(p.effects().cancelledSteps, [{ id: 's1', nodeId: 'a', reason: 'interrupted', by: 'due' }])
  assert.deepEqual(p.effects().timersToCancel, ['s1'])
  assert.throws(() => p.complete('a'), { code: 'STEP_NOT_ACTIVE' })
})

test('a timer that comes too late changes nothing', async () => {
  const p = await play(bpmn(FRAME + tag('userTask', 'a b') + boundary('due', 'a', 'PT48H') + flows('s -> a\na -> b\ndue -> e\nb -> e')))
  p.complete('a')
  assert.deepEqual(p.effects().timersToCancel, ['s1'])
  const late = fireTimer(p.process, p.state(), { stepId: 's1', nodeId: 'due' }, { newId: () => 'x' })
  assert.equal(late.ignored, true)
  assert.deepEqual(applyEffects(p.state(), late), p.state())
  assert.throws(() => fireTimer(p.process, p.state(), { stepId: p.state().steps[0]!.id, nodeId: 'due' }, { newId: () => 'x' }), { code: 'NODE_UNKNOWN' })
})

test('a non-interrupting timer leaves the task alone and both must end', async () => {
  const p = await play(bpmn(FRAME + tag('userTask', 'a remind') + boundary('due', 'a', 'P2D', 'cancelActivity="false"', 'qc:clock="business"') + flows('s -> a\na -> e\ndue -> remind\nremind -> e')))
  assert.deepEqual(p.effects().timersToArm.map((t) => [t.clock, t.days, t.minutes, t.interrupting]), [['business', 2, 0, false]])
  p.fire('due')
  assert.deepEqual(p.waiting(), ['a', 'remind'])
  assert.deepEqual(p.effects().timersToCancel, [])
  p.complete('a')
  assert.equal(p.effects().end, null)
  p.complete('remind')
  assert.equal(p.effects().end?.how, 'completed')
})

test('a timer length may be computed, and a senseless one refuses the step', async () => {
  const xml = bpmn(FRAME + tag('userTask', 'a') + boundary('due', 'a', '= if level = "vip" then "PT4H" else limit') + flows('s -> a\na -> e\ndue -> e'))
  assert.equal((await play(xml, { level: 'vip' })).effects().timersToArm[0]?.minutes, 240)
  assert.equal((await play(xml, { limit: 'P1M' })).effects().timersToArm[0]?.months, 1)
  await assert.rejects(play(xml, { limit: 'soon' }), { code: 'TIMER_VALUE' })
  await assert.rejects(play(xml), { code: 'TIMER_VALUE' })
})

test('a terminate end takes everything with it, waiting joins and new steps too', async () => {
  const p = await play(bpmn(`${tag('startEvent', 's')}<bpmn:endEvent id="e" name="e"><bpmn:terminateEventDefinition/></bpmn:endEvent>${tag('parallelGateway', 'fork join both')}${tag('userTask', 'a b c d')}${boundary('due', 'b', 'PT1H')}
    ${flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> join\nb -> join\njoin -> d\nd -> e\ndue -> e\nc -> both\nboth -> d\nboth -> e')}`))
  p.complete('a')
  const effects = p.complete('c')
  assert.deepEqual(effects.end, { how: 'terminated', nodeId: 'e', name: 'e' })
  assert.deepEqual(effects.newSteps, [])
  assert.deepEqual(effects.cancelledSteps, [{ id: 's2', nodeId: 'b', reason: 'terminated', by: 'e' }])
  assert.deepEqual(effects.timersToCancel, ['s2'])
  assert.deepEqual(p.state().joins, [])
  assert.deepEqual(p.state().steps, [])
})

test('cancelling from outside leaves nothing behind', async () => {
  const p = await play(bpmn(FORK + flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> join\nb -> join\nc -> join\njoin -> t\nt -> e')))
  p.complete('a')
  assert.deepEqual(p.cancel().end, { how: 'cancelled', nodeId: null, name: null })
  assert.deepEqual([p.state().steps, p.state().joins], [[], []])
  assert.equal(p.all.reduce((sum, e) => sum + e.tokenDelta, 0), 0)
})

test('a service task waits for its handler with its inputs evaluated', async () => {
  const p = await play(bpmn(`${FRAME}<bpmn:serviceTask id="mail" qc:handler="send-mail"><bpmn:extensionElements><qc:input name="to" value="= 客户.邮箱"/><qc:input name="n" value="1 + 1"/></bpmn:extensionElements></bpmn:serviceTask>${flows('s -> mail\nmail -> e')}`), { 客户: { 邮箱: 'a@b.cn' } })
  const [step] = p.effects().newSteps
  assert.deepEqual([step?.kind, step?.handler, step?.input, step?.task], ['service', 'send-mail', { to: 'a@b.cn', n: 2 }, null])
  p.complete('mail', null, { sent: true })
  assert.equal(p.effects().end?.nodeId, 'e')
})

test('a circle of automatic nodes is stopped', async () => {
  const xml = bpmn(FRAME + tag('exclusiveGateway', 'g h') + flows('s -> g\ng -> h\nh -> g [stop = null]\nh -> e [stop = true]'))
  await assert.rejects(play(xml), { code: 'INSTANCE_LOOP' })
  assert.equal((await play(xml, { stop: true })).effects().end?.how, 'completed')
  const flood = bpmn(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'm') + flows('s -> m\nm -> fork\nfork -> m\nfork -> m\nfork -> e'))
  await assert.rejects(play(flood), { code: 'INSTANCE_LOOP' })
})

test('the same calls give the same effects, and the state given is not touched', async () => {
  const p = await play(bpmn(FORK + flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> join\nb -> join\nc -> join\njoin -> t\nt -> e')), { v: [1] })
  const before = JSON.stringify(p.state())
  const once = () => completeTask(p.process, p.state(), 's1', { variables: { w: 1 } }, { newId: () => 'n' })
  assert.deepEqual(once(), once())
  assert.equal(JSON.stringify(p.state()), before)
  assert.deepEqual(JSON.parse(JSON.stringify(once())), once())
})
