import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEffects, completeTask, deliverMessage, start, EMPTY_STATE, ProcessError, type InstanceState } from '../engine/index.ts'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { compileProcess, type CompiledProcess } from '../model/index.ts'
import { migrateState, planMigration, type MappingAsked, type PendingTimer } from './index.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="clerk" ${attributes}`, inner)
const inside = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`
const multi = (sequential = false) => `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`
const compiled = (elements: string) => compileProcess(model(elements))
const line = (...ids: string[]) => flows(ids.slice(1).map((id, i) => `${ids[i]} -> ${id}`).join('\n'))

let n = 0
const env = { newId: () => `x${(n += 1)}` }
/** The case after it has been begun and these tasks done. */
function after(process: CompiledProcess, ...done: string[]): InstanceState {
  let state = applyEffects(EMPTY_STATE, start(process, { no: 7 }, env))
  for (const id of done) state = applyEffects(state, completeTask(process, state, state.steps.find((s) => s.nodeId === id)!.id, {}, env))
  return state
}
async function moved(before: string, now: string, o: { done?: string[]; asked?: MappingAsked; timers?: (s: InstanceState) => PendingTimer[] } = {}) {
  const [from, to] = [await compiled(before), await compiled(now)]
  const plan = planMigration(from, to, o.asked), state = after(from, ...(o.done ?? []))
  const result = migrateState(from, to, plan, state, { ...env, ...(o.timers ? { timers: o.timers(state) } : {}) })
  return { from, to, plan, state, result, codes: result.ok ? [] : result.problems.map((p) => `${p.code} ${p.nodeId}`), at: result.ok ? applyEffects(result.migration.state, result.migration.effects) : null }
}
const at = (s: InstanceState | null) => s?.steps.map((x) => x.nodeId).toSorted()

test('MG-02 counterparts are found by id, else by a name that occurs once; a person overrules both', async () => {
  const [from, to] = [await compiled(FRAME + user('a', 'name="接待"').replace('name="a"', '') + user('b').replace('name="b"', 'name="维修"') + user('c') + line('s', 'a', 'b', 'c', 'e')), await compiled(FRAME + user('a') + user('repair').replace('name="repair"', 'name="维修"') + user('d') + line('s', 'a', 'repair', 'd', 'e'))]
  assert.deepEqual(planMigration(from, to).nodes.map((x) => [x.id, x.to, x.how]), [['a', 'a', 'id'], ['b', 'repair', 'name'], ['c', null, 'none']])
  assert.deepEqual(planMigration(from, to, { c: 'd', a: null }).mapping, { b: 'repair', c: 'd' })
  for (const wrong of [{ nowhere: 'a' }, { a: 'nowhere' }, { a: 'constructor' }] as MappingAsked[]) assert.throws(() => planMigration(from, to, wrong), (e) => e instanceof ProcessError && e.code === 'NODE_UNKNOWN')
})

test('MG-03 a step without a counterpart keeps its case where it is and is named; a case that is elsewhere goes', async () => {
  const [before, now] = [FRAME + user('a') + user('b') + line('s', 'a', 'b', 'e'), FRAME + user('b') + line('s', 'b', 'e')]
  assert.deepEqual((await moved(before, now)).codes, ['NODE_MISSING a'])
  const { result } = await moved(before, now)
  assert.equal(!result.ok && result.problems[0]!.message, '“a”在新版本里没有对应的环节')
  assert.deepEqual(at((await moved(before, now, { done: ['a'] })).at), ['b'])
  assert.deepEqual(at((await moved(before, now, { asked: { a: 'b' } })).at), ['b'])
})

test('MG-04 another kind, another level, one task for several: refused by element', async () => {
  const plain = FRAME + user('a') + line('s', 'a', 'e')
  const receive = FRAME + event('receiveTask', 'a', 'messageRef="m1"', '') + line('s', 'a', 'e')
  assert.deepEqual((await moved(plain, receive)).codes, ['NODE_MISSING a'])
  assert.deepEqual((await moved(plain, receive, { asked: { a: 'a' } })).codes, ['KIND_DIFFERS a'])
  const sub = FRAME + event('subProcess', 'sub', '', tag('startEvent', 'is') + user('a') + tag('endEvent', 'ie') + flows('is -> a\na -> ie', 'i')) + line('s', 'sub', 'e')
  assert.deepEqual((await moved(plain, sub)).codes, ['NESTING_DIFFERS a'])
  assert.deepEqual((await moved(sub, plain)).codes.toSorted(), ['NESTING_DIFFERS a', 'NODE_MISSING sub'])
  assert.deepEqual((await moved(plain, FRAME + user('a', '', multi()) + line('s', 'a', 'e'))).codes, ['LOOP_DIFFERS a'])
  assert.deepEqual((await moved(FRAME + user('a', '', multi()) + line('s', 'a', 'e'), FRAME + user('a', '', multi(true)) + line('s', 'a', 'e'))).codes, ['LOOP_DIFFERS a'])
})

const fork = (ids: string[]) => FRAME + tag('parallelGateway', 'f') + tag('parallelGateway', 'j') + ids.map((id) => user(id)).join('') + user('z') + flows(['s -> f', ...ids.flatMap((id) => [`f -> ${id}`, `${id} -> j`]), 'j -> z', 'z -> e'].join('\n'))
test('MG-05 a join that would wait for ever, or a branch that would do things twice, is seen before the case goes', async () => {
  const [two, three, row] = [fork(['a', 'b']), fork(['a', 'b', 'c']), FRAME + user('a') + user('b') + user('z') + line('s', 'a', 'b', 'z', 'e')]
  assert.deepEqual((await moved(two, three)).codes, ['JOIN_STARVED a'])
  assert.deepEqual((await moved(two, three, { done: ['a'] })).codes, ['JOIN_STARVED j'])
  assert.deepEqual((await moved(three, two, { done: ['c'], asked: { c: null } })).codes, ['JOIN_DIFFERS j'])
  assert.deepEqual((await moved(two, row)).codes.toSorted(), ['BRANCHES_DIFFER a', 'BRANCHES_DIFFER b'])
  assert.deepEqual((await moved(two, row, { done: ['a'] })).codes, ['NODE_MISSING j'])
  assert.deepEqual((await moved(row, two)).codes, ['JOIN_STARVED a'])
  assert.deepEqual(at((await moved(row, two, { done: ['a', 'b'] })).at), ['z'])
  const { at: there, to } = await moved(two, fork(['b', 'a']), { done: ['a'] })
  const end = completeTask(to, there!, there!.steps[0]!.id, {}, env)
  assert.deepEqual(end.newSteps.map((s) => s.nodeId), ['z'], 'the token at the join counts for the branch it came from')
})

const timed = (task: string, ...timers: [string, string][]) => FRAME + user(task) + timers.map(([id, time]) => event('boundaryEvent', id, `attachedToRef="${task}" cancelActivity="false"`, on.timer(time)) + user(`${id}x`) + flows(`${id} -> ${id}x\n${id}x -> e`, id)).join('') + line('s', task, 'e')
test('MG-06 timers: the same goes on, another time counts from where it began, a new one from now, one that is gone ends, one that has happened does not come again', async () => {
  const pending = (s: InstanceState) => ['t1', 't2', 't3'].map((nodeId) => ({ ownerId: s.steps[0]!.id, nodeId }))
  const { result, state } = await moved(timed('a', ['t1', 'PT1H'], ['t2', 'PT2H'], ['t3', 'PT3H'], ['t4', 'PT4H']), timed('b', ['t1', 'PT1H'], ['t2', 'PT5H'], ['t4', 'PT9H'], ['t5', 'PT6H']), { asked: { a: 'b' }, timers: pending })
  assert.ok(result.ok)
  const m = result.migration, ownerId = state.steps[0]!.id
  assert.deepEqual([m.timersMoved, m.timersGone.map((t) => t.nodeId), m.timersReset.map((t) => [t.timer.nodeId, t.timer.stepId, t.timer.duration, t.was]), m.effects.timersToArm.map((t) => [t.nodeId, t.stepId])],
    [[], ['t2', 't3'], [['t2', ownerId, 'PT5H', 't2']], [['t5', ownerId]]])
  const other = await moved(timed('a', ['t1', 'PT1H']), timed('a', ['u1', 'PT1H']), { asked: { t1: 'u1' }, timers: pending })
  assert.deepEqual(other.result.ok && other.result.migration.timersMoved, [{ ownerId: other.state.steps[0]!.id, from: 't1', to: 'u1' }])
})

const heard = (message: string, key: string) => FRAME + user('a') + event('boundaryEvent', 'b', 'attachedToRef="a"', on.message(message)) + user('x') + event('receiveTask', 'r', `messageRef="${message}" qc:correlationKey="= ${key}"`, '') + flows('s -> a\na -> r\nr -> e\nb -> x\nx -> e')
test('MG-07 what is awaited under another name or key is awaited anew; what is the same goes on', async () => {
  const same = await moved(heard('m1', 'no'), heard('m1', 'no'))
  assert.deepEqual(same.at!.waits, same.state.waits)
  const { at: there, to, state } = await moved(heard('m1', 'no'), heard('m2', 'no'))
  assert.deepEqual([state.waits!.map((w) => w.name), there!.waits!.map((w) => w.name)], [['M1'], ['M2']])
  assert.equal(deliverMessage(to, there!, { name: 'M1' }, env).ignored, true)
  assert.deepEqual(deliverMessage(to, there!, { name: 'M2' }, env).newSteps.map((s) => s.nodeId), ['x'])
  const keyed = await moved(heard('m1', 'no'), heard('m1', 'no + 1'), { done: ['a'] })
  assert.deepEqual([keyed.state.waits!.map((w) => w.key), keyed.at!.waits!.map((w) => w.key)], [['7'], ['8']])
})

test('MG-08 a new event subprocess begins to listen, one that is gone does not any more', async () => {
  const sub = (id: string, message: string) => event('subProcess', id, 'triggeredByEvent="true"', event('startEvent', `${id}s`, 'isInterrupting="false"', on.message(message)) + user(`${id}t`) + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id))
  const base = FRAME + user('a') + line('s', 'a', 'e')
  const plus = await moved(base, base + sub('on', 'm1'))
  assert.deepEqual(plus.at!.waits!.map((w) => [w.nodeId, w.name]), [['ons', 'M1']])
  const minus = await moved(base + sub('on', 'm1') + sub('of', 'm2'), base + sub('of', 'm2'))
  assert.deepEqual(minus.at!.waits!.map((w) => w.nodeId), ['ofs'])
})

test('MG-09 rounds of a multi-instance, a subprocess inside and what is collected so far go over as they stand', async () => {
  const m = (id: string) => FRAME + event('subProcess', 'sub', '', `${multi()}${tag('startEvent', 'is') + user(id) + user('last') + tag('endEvent', 'ie') + flows(`is -> ${id}\n${id} -> last\nlast -> ie`, 'i')}`) + user('z') + line('s', 'sub', 'z', 'e')
  const { at: there, to, state } = await moved(m('one'), m('uno'), { asked: { one: 'uno' }, done: ['one', 'one'] })
  assert.deepEqual([at(state), at(there)], [['last', 'last', 'one'], ['last', 'last', 'uno']])
  let s = there!
  for (let i = 0; s.steps.some((x) => x.nodeId !== 'z') && i < 9; i++) s = applyEffects(s, completeTask(to, s, s.steps[0]!.id, {}, env))
  assert.deepEqual(at(s), ['z'])
})

test('MG-10 approvals whose votes cannot be converted, other calls, and what may have to be undone are refused; a program is asked anew', async () => {
  const approval = (mode: string) => FRAME + user('a', '', inside(`<qc:approval mode="${mode}" who="role:boss" approve="yes" reject="no"/><qc:outcome id="yes" label="同意"/><qc:outcome id="no" label="驳回"/>`)) + line('s', 'a', 'e')
  assert.deepEqual((await moved(approval('all'), approval('any'))).codes, ['APPROVAL_DIFFERS a'])
  assert.deepEqual((await moved(approval('all'), FRAME + user('a') + line('s', 'a', 'e'))).codes, ['APPROVAL_DIFFERS a'])
  assert.deepEqual((await moved(approval('all'), approval('all'))).codes, [])
  const undo = (handler: string) => FRAME + user('a') + user('b') + event('boundaryEvent', 'c', 'attachedToRef="a"', on.compensate()) + (handler ? script('undo', '1', 'isForCompensation="true"') + '<bpmn:association id="as" sourceRef="c" targetRef="undo"/>' : '') + line('s', 'a', 'b', 'e')
  assert.deepEqual((await moved(undo('x'), FRAME + user('a') + user('b') + line('s', 'a', 'b', 'e'), { done: ['a'] })).codes, ['UNDO_MISSING a'])
  const service = (handler: string) => FRAME + event('serviceTask', 'a', `qc:handler="${handler}"`, inside('<qc:input name="nr" value="no"/>')) + line('s', 'a', 'e')
  const { result } = await moved(service('old'), service('new'))
  assert.deepEqual(result.ok && result.migration.services.map((s) => [s.handler, s.input]), [['new', { nr: 7 }]])
})

test('MG-11 an inclusive join that need not wait in the new version goes on at once', async () => {
  const forked = (more: string, lines: string) => FRAME + tag('parallelGateway', 'f') + tag('inclusiveGateway', 'j') + user('a') + user('b') + more + user('z') + flows(`s -> f\nf -> a\nf -> b\na -> j\nj -> z\nz -> e\n${lines}`)
  const { codes, at: there } = await moved(forked('', 'b -> j'), forked(user('q'), 'f -> q\nq -> j\nb -> e'), { done: ['a'] })
  assert.deepEqual([codes, at(there)], [[], ['b', 'z']])
})
