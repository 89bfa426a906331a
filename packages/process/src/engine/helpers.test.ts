import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileProcess } from '../model/index.ts'
import { findMove, missingForCompletion, missingParts, nextMoves, plannedPath } from './index.ts'
import { bpmn, flows, tag } from './testing.ts'

const FRAME = tag('startEvent', 's') + '<bpmn:endEvent id="refused" name="拒绝"/><bpmn:endEvent id="done" name="完成"/>'
const task = (id: string, name: string, inner: string) => `<bpmn:userTask id="${id}" name="${name}" qc:role="qc"><bpmn:extensionElements>${inner}</bpmn:extensionElements></bpmn:userTask>`
const outcome = (id: string, label: string, more = '') => `<qc:outcome id="${id}" label="${label}" ${more}/>`

const APPROVAL = bpmn(`${FRAME}
  ${task('apply', '申请', '<qc:standard minutes="30"/>')}
  ${task('manager', '经理审批', outcome('no', '驳回', 'danger="true" requiresComment="true"') + outcome('yes', '同意') + outcome('back', '退回修改'))}
  ${task('director', '总监审批', outcome('yes', '同意'))}<bpmn:serviceTask id="book" qc:handler="book"/>
  <bpmn:exclusiveGateway id="g" default="f6"/><bpmn:exclusiveGateway id="h" default="f8"/>
  ${flows(`s -> apply
    apply -> manager
    manager -> g
    g -> refused [outcome = "no"]
    g -> apply [outcome = "back"]
    g -> h
    h -> director [amount > 5000]
    h -> book
    director -> book
    book -> done`)}`)

test('next moves follow gateways and service tasks to where the next person or the end is', async () => {
  const process = await compileProcess(APPROVAL)
  const names = (amount: number) => nextMoves(process, 'manager', { amount }).map((m) => [m.outcome, m.label, m.target.name, m.target.end ?? false])
  assert.deepEqual(names(100), [['no', '驳回', '拒绝', true], ['yes', '同意', '完成', true], ['back', '退回修改', '申请', false]])
  assert.deepEqual(names(9000), [['no', '驳回', '拒绝', true], ['yes', '同意', '总监审批', false], ['back', '退回修改', '申请', false]])
  const [no] = nextMoves(process, 'manager', {})
  assert.deepEqual([no?.danger, no?.requiresComment, no?.confirm], [true, true, null])
  assert.deepEqual(nextMoves(process, 'apply', {}).map((m) => [m.outcome, m.label, m.target]), [[null, '完成', { nodeId: 'manager', name: '经理审批' }]])
  assert.deepEqual(nextMoves(process, 'g', {}), [])
})

test('a move may be asked for by outcome, by target or by name', async () => {
  const moves = nextMoves(await compileProcess(APPROVAL), 'manager', { amount: 1 })
  for (const wanted of ['no', 'refused', '拒绝', '驳回']) assert.equal(findMove(moves, wanted)?.outcome, 'no', wanted)
  assert.equal(findMove(moves, 'director'), null)
  assert.equal(findMove(moves, '总监审批'), null)
})

test('a move that no condition allows is not offered', async () => {
  const process = await compileProcess(bpmn(`${FRAME}${task('t', '办', outcome('a', 'A') + outcome('b', 'B'))}${tag('exclusiveGateway', 'g')}${flows('s -> t\nt -> g\ng -> done [outcome = "a" and 额度 > 1]\ng -> refused [outcome = "b"]')}`))
  assert.deepEqual(nextMoves(process, 't', {}).map((m) => m.outcome), ['b'])
  assert.deepEqual(nextMoves(process, 't', { 额度: 5 }).map((m) => m.outcome), ['a', 'b'])
})

test('a fork offers all its branches, and a join is looked through', async () => {
  const process = await compileProcess(bpmn(`${FRAME.replace('<bpmn:endEvent id="refused" name="拒绝"/>', '')}${tag('parallelGateway', 'fork join')}${tag('userTask', 'a b c d', 'qc:role="qc"')}${flows('s -> a\na -> fork\nfork -> b\nfork -> c\nb -> join\nc -> join\njoin -> d\nd -> done')}`))
  assert.deepEqual(nextMoves(process, 'a', {})[0]?.targets.map((t) => t.nodeId), ['b', 'c'])
  assert.deepEqual(nextMoves(process, 'b', {})[0]?.target, { nodeId: 'd', name: 'd' })
  assert.deepEqual(plannedPath(process, {}).map((s) => s.nodeId), ['a', 'b', 'c', 'd', 'done'])
})

test('the planned path takes the first harmless outcome and does not walk a loop twice', async () => {
  const process = await compileProcess(APPROVAL)
  assert.deepEqual(plannedPath(process, { amount: 9000 }).map((s) => s.name), ['申请', '经理审批', '总监审批', '完成'])
  assert.deepEqual(plannedPath(process, { amount: 1 }).map((s) => [s.nodeId, s.standard?.minutes ?? null, s.end ?? false]), [['apply', 30, false], ['manager', null, false], ['done', null, true]])
})

test('what is missing is told by label, only as far as the outcome demands it', async () => {
  const process = await compileProcess(bpmn(`${FRAME}${task('t', '接待', `<qc:field name="phone" required="true"/><qc:field name="fault" label="故障" required="true" outcomes="go"/><qc:field name="memo"/>
    <qc:item id="look" label="外观检查" required="true" outcomes="go"/><qc:item id="extra" label="附件"/><qc:script id="hi" required="true">您好</qc:script>${outcome('go', '送检')}${outcome('no', '拒修', 'requiresComment="true"')}`)}${flows('s -> t\nt -> done\nt -> refused')}`))
  const node = process.nodes['t']
  assert.ok(node?.type === 'userTask')
  const missing = (outcome: string | null, fields: Record<string, unknown>, ticked: string[], comment?: string) =>
    missingForCompletion(node.task, { outcome, fields, ticked, comment: comment ?? null, labels: { phone: '电话' } })
  assert.deepEqual(missing('go', {}, []), ['外观检查', '您好', '电话', '故障'])
  assert.deepEqual(missing('go', { phone: '138', fault: ' ' }, ['hi', 'look']), ['故障'])
  assert.deepEqual(missing('go', { phone: 0, fault: false }, ['hi', 'look']), [])
  assert.deepEqual(missing('no', { phone: '138' }, ['hi']), ['说明'])
  assert.deepEqual(missing('no', { phone: '138' }, ['hi'], '无法修'), [])
  assert.deepEqual(missing(null, {}, []), ['外观检查', '您好', '电话', '故障'])
  assert.deepEqual(missingParts(node.task, { outcome: 'no', fields: { phone: [] }, ticked: ['hi'] }).map((m) => `${m.kind}:${m.id}`), ['field:phone', 'comment:comment'])
})

test('moves lead out of a subprocess, over a called process, and to what waits for an event', async () => {
  const inner = `${tag('startEvent', 'is')}${task('in', '里面', outcome('on', '继续') + outcome('off', '停', 'target="deep"'))}<bpmn:endEvent id="ie"/>${task('deep', '深处', '')}${flows('is -> in\nin -> ie\nin -> deep\ndeep -> ie', 'i')}`
  const process = await compileProcess(bpmn(`${FRAME}<bpmn:subProcess id="sub">${inner}</bpmn:subProcess><bpmn:callActivity id="call" calledElement="other"/><bpmn:receiveTask id="wait" name="等回音"/>${flows('s -> sub\nsub -> call\ncall -> wait\nwait -> done').replace('</bpmn:sequenceFlow>', '</bpmn:sequenceFlow>')}`.replace('<bpmn:endEvent id="refused" name="拒绝"/>', '')))
  assert.deepEqual(nextMoves(process, 'in', {}).map((m) => [m.outcome, m.targets.map((t) => t.nodeId)]), [['on', ['deep']], ['off', ['deep']]])
  assert.deepEqual(nextMoves(process, 'deep', {}).map((m) => m.target), [{ nodeId: 'wait', name: '等回音' }])
  assert.deepEqual(plannedPath(process, {}).map((s) => [s.nodeId, s.end ?? false]), [['in', false], ['deep', false], ['wait', false], ['done', true]])
})
