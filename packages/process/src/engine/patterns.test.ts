import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harness } from '../harness/index.ts'
import { event, flows, model, on, tag } from './testing.ts'

/**
 * The twenty control-flow patterns of van der Aalst, ter Hofstede, Kiepuszewski and Barros (Workflow Patterns, Distributed and Parallel
 * Databases 14, 2003), each as a small model. BPMN has no milestone and no interleaved routing of its own: they are built from parts.
 */
const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const users = (ids: string) => tag('userTask', ids, 'qc:role="r"')
const multi = (inner: string, attributes = '') => `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`
const open = async (elements: string, variables: Record<string, unknown> = {}) => {
  const h = await harness(model(elements))
  h.start(variables)
  return h
}
const ended = (h: { state: string; incidents: () => unknown[] }) => assert.deepEqual([h.state, h.incidents()], ['completed', []])

test('WCP-01 sequence: one after the other', async () => {
  const h = await open(FRAME + users('a b') + flows('s -> a\na -> b\nb -> e'))
  assert.deepEqual(h.waiting(), ['a'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
  h.complete('b')
  ended(h)
})

test('WCP-02 and WCP-03 parallel split and synchronisation: all at once, and on when all are done', async () => {
  const h = await open(FRAME + tag('parallelGateway', 'fork join') + users('a b c') + flows('s -> fork\nfork -> a\nfork -> b\na -> join\nb -> join\njoin -> c\nc -> e'))
  assert.deepEqual(h.waiting(), ['a', 'b'])
  h.complete('b')
  assert.deepEqual(h.waiting(), ['a'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['c'])
})

test('WCP-04 and WCP-05 exclusive choice and simple merge: one of several, then on without waiting', async () => {
  const xml = FRAME + '<bpmn:exclusiveGateway id="x" default="f3"/>' + tag('exclusiveGateway', 'm') + users('a b c') + flows('s -> x\nx -> a [v = 1]\nx -> b\na -> m\nb -> m\nm -> c\nc -> e')
  for (const [v, first] of [[1, 'a'], [2, 'b']] as const) {
    const h = await open(xml, { v })
    assert.deepEqual(h.waiting(), [first])
    h.complete(first)
    assert.deepEqual(h.waiting(), ['c'])
  }
})

test('WCP-05 a merge reached by two tokens lets both through', async () => {
  const h = await open(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'm') + users('c') + flows('s -> fork\nfork -> m\nfork -> m\nm -> c\nc -> e'))
  assert.deepEqual(h.waiting(), ['c', 'c'])
})

test('WCP-06 and WCP-07 multi-choice and structured synchronising merge: some of several, on when these are done', async () => {
  const h = await open(FRAME + tag('inclusiveGateway', 'split join') + users('a b c d') + flows('s -> split\nsplit -> a [x > 0]\nsplit -> b [x > 1]\nsplit -> c [x > 2]\na -> join\nb -> join\nc -> join\njoin -> d\nd -> e'), { x: 2 })
  assert.deepEqual(h.waiting(), ['a', 'b'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
  h.complete('b')
  assert.deepEqual(h.waiting(), ['d'])
})

test('WCP-08 multi-merge: each branch that comes goes on for itself', async () => {
  const h = await open(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'm') + users('a b c') + flows('s -> fork\nfork -> a\nfork -> b\na -> m\nb -> m\nm -> c\nc -> e'))
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b', 'c'])
  h.complete('b')
  assert.deepEqual(h.waiting(), ['c', 'c'])
  h.complete('c')
  h.complete('c')
  ended(h)
})

test('WCP-09 structured discriminator: the first goes on, the others are only taken up', async () => {
  const h = await open(FRAME + tag('parallelGateway', 'fork') + event('complexGateway', 'd', '', '<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">activationCount >= 1</bpmn:activationCondition>'.replace('>=', '&gt;=')) + users('a b c t') + flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> d\nb -> d\nc -> d\nd -> t\nt -> e'))
  h.complete('b')
  assert.deepEqual(h.waiting(), ['a', 'c', 't'])
  h.complete('a')
  h.complete('c')
  assert.deepEqual(h.waiting(), ['t'])
  h.complete('t')
  ended(h)
})

test('WCP-10 arbitrary cycles: loops with several ways in and out', async () => {
  const h = await open(FRAME + tag('exclusiveGateway', 'j1 j2 x1 x2') + users('a b c') + flows('s -> j1\nj1 -> a\na -> j2\nj2 -> b\nb -> x1\nx1 -> j1 [to = "a"]\nx1 -> c [to = "c"]\nc -> x2\nx2 -> j2 [to = "b"]\nx2 -> e [to = "end"]'))
  for (const [task, to] of [['a', ''], ['b', 'a'], ['a', ''], ['b', 'c'], ['c', 'b'], ['b', 'c'], ['c', 'end']] as const) h.complete(task, { to })
  ended(h)
})

test('WCP-11 implicit termination: over when nothing is left to do', async () => {
  const h = await open(tag('startEvent', 's') + tag('endEvent', 'e1 e2') + tag('parallelGateway', 'fork') + users('a b') + flows('s -> fork\nfork -> a\nfork -> b\na -> e1\nb -> e2'))
  h.complete('a')
  assert.equal(h.state, 'running')
  h.complete('b')
  ended(h)
})

test('WCP-12 multiple instances without synchronisation: each goes its own way', async () => {
  const h = await open(FRAME + tag('task', 'spawn', 'completionQuantity="3"') + users('a') + flows('s -> spawn\nspawn -> a\na -> e'))
  assert.deepEqual(h.waiting(), ['a', 'a', 'a'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['a', 'a'])
})

test('WCP-13 multiple instances known when the model is drawn', async () => {
  const h = await open(FRAME + event('userTask', 'a', 'qc:role="r"', multi('<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality>')) + users('b') + flows('s -> a\na -> b\nb -> e'))
  for (let i = 0; i < 3; i += 1) h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
})

test('WCP-14 multiple instances known when they begin', async () => {
  const h = await open(FRAME + event('userTask', 'a', 'qc:role="r"', multi('', 'qc:collection="list" qc:elementVariable="x"')) + users('b') + flows('s -> a\na -> b\nb -> e'), { list: [1, 2] })
  h.complete('a')
  assert.deepEqual(h.waiting(), ['a'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
})

test('WCP-15 multiple instances not known beforehand: as many as turn out to be needed', async () => {
  const h = await open(FRAME + event('adHocSubProcess', 'ad', 'cancelRemainingInstances="false"', users('a') + '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">enough = true</bpmn:completionCondition>') + users('b') + flows('s -> ad\nad -> b\nb -> e'))
  h.startActivity('a')
  h.startActivity('a')
  h.complete('a')
  h.startActivity('a')
  h.complete('a', { enough: true })
  assert.deepEqual(h.waiting(), ['a'])
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
})

test('WCP-16 deferred choice: the world decides, and the other ways are closed', async () => {
  const h = await open(FRAME + tag('eventBasedGateway', 'g') + event('intermediateCatchEvent', 'one', '', on.message('m1')) + event('intermediateCatchEvent', 'two', '', on.message('m2')) + users('a b') + flows('s -> g\ng -> one\ng -> two\none -> a\ntwo -> b\na -> e\nb -> e'))
  h.message('M2')
  assert.deepEqual(h.waiting(), ['b'])
  assert.equal(h.message('M1'), false)
})

test('WCP-17 interleaved parallel routing: in any order, but only one at a time', async () => {
  const h = await open(FRAME + event('adHocSubProcess', 'ad', 'ordering="Sequential"', users('a b c')) + users('d') + flows('s -> ad\nad -> d\nd -> e'))
  for (const id of ['c', 'a', 'b']) {
    h.startActivity(id)
    assert.throws(() => h.startActivity(id))
    h.complete(id)
  }
  assert.deepEqual(h.waiting(), ['d'])
})

test('WCP-18 milestone: possible only while the case is in a certain state', async () => {
  // while `open` waits, a change may be asked for as often as wanted; afterwards no more
  const h = await open(FRAME + users('open late') + tag('task', 'change') + tag('endEvent', 'changed') + event('boundaryEvent', 'ask', 'attachedToRef="open" cancelActivity="false"', on.message('m1')) + flows('s -> open\nopen -> late\nlate -> e\nask -> change\nchange -> changed'))
  assert.equal(h.message('M1'), true)
  h.complete('open')
  assert.equal(h.message('M1'), false)
  assert.deepEqual(h.waiting(), ['late'])
})

test('WCP-19 cancel activity: one piece of work is taken away', async () => {
  const h = await open(FRAME + users('a b') + event('boundaryEvent', 'stop', 'attachedToRef="a"', on.signal('g1')) + flows('s -> a\na -> e\nstop -> b\nb -> e'))
  h.signal('G1')
  assert.deepEqual([h.waiting(), h.executed('cancelled')], [['b'], ['a']])
})

test('WCP-20 cancel case: all of it is taken away', async () => {
  const h = await open(tag('startEvent', 's') + event('endEvent', 'kill', '', on.terminate) + tag('endEvent', 'e') + tag('parallelGateway', 'fork') + users('a b') + flows('s -> fork\nfork -> a\nfork -> b\na -> kill\nb -> e'))
  h.complete('a')
  assert.deepEqual([h.waiting(), h.state], [[], 'terminated'])
  const outside = await open(FRAME + users('a') + flows('s -> a\na -> e'))
  outside.cancel()
  assert.equal(outside.state, 'cancelled')
})
