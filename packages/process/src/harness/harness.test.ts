import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bpmn, event, flows, model, on, tag } from '../engine/testing.ts'
import { harness } from './index.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')

test('a stranger plays a process through: tasks by id, node or name, with answers and variables', async () => {
  const h = await harness(bpmn(FRAME + '<bpmn:userTask id="a" name="审批" qc:role="boss"><bpmn:extensionElements><qc:outcome id="yes" label="是"/><qc:outcome id="no" label="否"/></bpmn:extensionElements></bpmn:userTask>' + tag('userTask', 'b c', 'qc:role="r"') + flows('s -> a\na -> b\nb -> c\nc -> e')))
  assert.equal(h.state, 'none')
  const id = h.start({ amount: 5 })
  assert.deepEqual(h.tasks().map((t) => [t.nodeId, t.name, t.role, t.kind]), [['a', '审批', 'boss', 'user']])
  assert.throws(() => h.complete('a'), { code: 'OUTCOME_REQUIRED' })
  h.complete('审批', { seen: true }, 'yes')
  h.complete(h.tasks()[0]!.id)
  h.complete('c')
  assert.throws(() => h.complete('c'), /nothing waits at c/)
  assert.deepEqual([h.stateOf(id), h.variables(id), h.executed()], ['completed', { amount: 5, seen: true }, ['s', 'a', 'b', 'c', 'e']])
})

test('a model that cannot run is refused with all its reasons', async () => {
  await assert.rejects(harness(bpmn(FRAME + tag('serviceTask', 'a') + flows('s -> a\na -> e'))), { code: 'PROCESS_INVALID' })
})

test('a program that breaks leaves its task and an incident', async () => {
  const h = await harness(bpmn(FRAME + '<bpmn:serviceTask id="a" qc:handler="x"/>' + flows('s -> a\na -> e')), { handlers: { x: () => { throw new Error('disk full') } } })
  h.start()
  assert.deepEqual([h.state, h.waiting(), h.incidents().map((i) => [i.kind, i.nodeId, i.message])], ['running', ['a'], [['handler', 'a', 'disk full']]])
})

test('timers fire in the order in which they are due, and one may bring the next', async () => {
  const wait = (id: string, duration: string) => event('intermediateCatchEvent', id, '', on.timer(duration))
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + wait('x', 'PT3H') + wait('y', 'PT1H') + wait('z', 'PT1H') + tag('endEvent', 'ee') + flows('s -> fork\nfork -> x\nfork -> y\nx -> e\ny -> z\nz -> ee')))
  h.start()
  assert.deepEqual(h.timers().map((t) => [t.nodeId, t.due.toISOString()]), [['x', '2026-01-01T03:00:00.000Z'], ['y', '2026-01-01T01:00:00.000Z']])
  h.clock.advance('P1D')
  assert.deepEqual(h.executed().filter((id) => 'xyz'.includes(id)), ['y', 'z', 'x'])
  assert.equal(h.clock.now().toISOString(), '2026-01-02T00:00:00.000Z')
})

test('processes that call each other up without end are stopped', async () => {
  const h = await harness(model(event('startEvent', 's', '', on.signal('g1')) + event('endEvent', 'e', '', on.signal('g1')) + flows('s -> e')))
  assert.throws(() => h.signal('G1'), /without end/)
})
