import assert from 'node:assert/strict'
import { test } from 'node:test'
import { event, flows, model, on, tag } from '../engine/testing.ts'
import { clockDue } from '../harness/index.ts'
import { compileProcess } from '../model/index.ts'
import { walk, type Move, type Walk } from './index.ts'

const OUTCOMES = '<bpmn:extensionElements><qc:outcome id="yes" label="同意"/><qc:outcome id="no" label="驳回" danger="true"/></bpmn:extensionElements>'
const XML = model(tag('startEvent', 's') + tag('endEvent', 'e ended') + `<bpmn:userTask id="a" name="审批" qc:role="boss">${OUTCOMES}</bpmn:userTask>` + event('boundaryEvent', 't', 'attachedToRef="a" cancelActivity="false"', on.timer('PT2H')) + tag('userTask', 'remind', 'qc:role="r"')
  + tag('exclusiveGateway', 'x', 'default="f4"') + event('intermediateCatchEvent', 'm', '', on.message('m1')) + tag('endEvent', 'ee')
  + flows('s -> a\na -> x\nx -> m [outcome = "yes" and amount > 5]\nx -> ended\nm -> e\nt -> remind\nremind -> ee'))
const process = await compileProcess(XML)
const go = (moves: Move[], variables: Record<string, unknown> = { amount: 9 }): Walk => walk(process, { variables }, moves, { now: new Date('2026-01-05T01:00:00Z'), businessDue: clockDue })
const offer = (w: Walk, onWhat: string, label: string | null = null): Move => w.offers.find((o) => o.on === onWhat && (label === null || o.label === label))!.move

test('a process is walked step by step: outcomes by their labels, timers, messages, until the end', () => {
  const first = go([])
  assert.deepEqual(first.tokens.map((x) => [x.nodeId, x.name, x.role, x.kind]), [['a', '审批', 'boss', 'user']])
  assert.deepEqual(first.offers.map((o) => [o.on, o.nodeId, o.label, o.danger, o.due]), [['outcome', 'a', '同意', false, null], ['outcome', 'a', '驳回', true, null], ['timer', 't', null, false, '2026-01-05T03:00:00.000Z']])
  const reminded = go([offer(first, 'timer')])
  assert.deepEqual([reminded.tokens.map((x) => x.nodeId), reminded.now], [['a', 'remind'], '2026-01-05T03:00:00.000Z'])
  const moves = [offer(first, 'timer'), offer(reminded, 'outcome', '同意')]
  const waiting = go(moves)
  assert.deepEqual(waiting.offers.map((o) => [o.on, o.label]), [['done', null], ['message', 'M1']])
  const done = go([...moves, offer(waiting, 'message'), offer(waiting, 'done')])
  assert.deepEqual([done.end?.how, done.tokens, done.offers, done.history.map((h) => [h.name, h.label])], ['completed', [], [], [[null, null], ['t', null], ['审批', '同意'], ['m', 'M1'], ['remind', null]]])
})

test('leaving out the last move undoes it: the same moves lead to the same place', () => {
  const moves = [offer(go([]), 'outcome', '同意')]
  assert.deepEqual(go(moves), go(moves))
  assert.deepEqual(go(moves.slice(0, -1)), go([]))
})

test('variables can be changed on the way, and steer what follows', () => {
  const move = offer(go([]), 'outcome', '同意')
  assert.equal(go([{ do: 'set', variables: { amount: 1 } }, move]).end?.nodeId, 'ended')
  assert.equal(go([move]).end, null)
  assert.deepEqual(go([{ do: 'set', variables: { amount: 1 } }]).variables, { amount: 1 })
})

test('a move that is not possible any more is told, and the walk stands where it stood', () => {
  const move = offer(go([]), 'outcome', '驳回')
  const twice = go([move, move])
  assert.deepEqual([twice.refused?.move, twice.end?.nodeId], [1, 'ended'])
  assert.equal(go([{ do: 'timer', timer: 'nonsense' }]).refused?.code, 'MOVE_GONE')
})

test('an error that somebody waits for can be thrown', async () => {
  const xml = model(tag('startEvent', 's') + tag('endEvent', 'e bad') + '<bpmn:serviceTask id="pay" name="付款" qc:handler="h"/>' + event('boundaryEvent', 'b', 'attachedToRef="pay"', on.error('E1')) + flows('s -> pay\npay -> e\nb -> bad'))
  const other = await compileProcess(xml)
  const at = (moves: Move[]) => walk(other, { variables: {} }, moves, { now: new Date(0), businessDue: clockDue })
  const error = at([]).offers.find((o) => o.on === 'error')!
  assert.deepEqual([error.label, at([error.move]).end?.nodeId], ['E1', 'bad'])
})
