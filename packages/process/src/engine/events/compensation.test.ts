import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harness } from '../../harness/index.ts'
import { event, flows, model, on, script, tag } from '../testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="r" ${attributes}`, inner)
/** An activity that can be undone: its compensation event, handler and association. */
const undoable = (id: string, activity = tag('task', id), handler = script(`un${id}`, `{ log: concatenate(if log = null then [] else log, ["${id}"]) }`, 'isForCompensation="true"')) =>
  activity + event('boundaryEvent', `c${id}`, `attachedToRef="${id}"`, on.compensate()) + handler + `<bpmn:association id="as${id}" associationDirection="One" sourceRef="c${id}" targetRef="un${id}"/>`

test('compensation undoes what was completed, last things first, then the process goes on', async () => {
  const h = await harness(model(FRAME + undoable('a') + undoable('b') + undoable('never') + event('intermediateThrowEvent', 'undo', '', on.compensate()) + tag('task', 'after') + tag('exclusiveGateway', 'x') + flows('s -> a\na -> b\nb -> x\nx -> never [go = true]\nx -> undo [go = null]\nnever -> undo\nundo -> after\nafter -> e')))
  h.start()
  assert.deepEqual([h.state, h.variables()['log']], ['completed', ['b', 'a']])
  assert.deepEqual(h.executed(), ['s', 'a', 'b', 'x', 'unb', 'una', 'undo', 'after', 'e'])
})

test('compensation of one activity leaves the others as they are; twice does nothing the second time', async () => {
  const h = await harness(model(FRAME + undoable('a') + undoable('b') + event('intermediateThrowEvent', 'undo', '', on.compensate('a')) + event('intermediateThrowEvent', 'again', '', on.compensate('a')) + flows('s -> a\na -> b\nb -> undo\nundo -> again\nagain -> e')))
  h.start()
  assert.deepEqual([h.state, h.variables()['log']], ['completed', ['a']])
})

test('people may be the ones who undo; the throw waits for them, unless told not to', async () => {
  for (const wait of [true, false]) {
    const h = await harness(model(FRAME + undoable('a', tag('task', 'a'), user('una', 'isForCompensation="true"')) + event('intermediateThrowEvent', 'undo', '', on.compensate('', `waitForCompletion="${wait}"`)) + user('after') + flows('s -> a\na -> undo\nundo -> after\nafter -> e')))
    h.start()
    assert.deepEqual(h.waiting(), wait ? ['una'] : ['after', 'una'])
    h.complete('una')
    h.complete('after')
    assert.equal(h.state, 'completed')
  }
})

test('a compensation end event ends the process only when all is undone', async () => {
  const h = await harness(model(tag('startEvent', 's') + undoable('a', tag('task', 'a'), user('una', 'isForCompensation="true"')) + event('endEvent', 'undo', '', on.compensate()) + flows('s -> a\na -> undo')))
  h.start()
  assert.deepEqual([h.state, h.waiting()], ['running', ['una']])
  h.complete('una')
  assert.equal(h.state, 'completed')
})

test('a completed subprocess is undone from within, with the variables it had', async () => {
  const inner = tag('startEvent', 'is') + undoable('x') + undoable('y') + tag('endEvent', 'ie') + flows('is -> x\nx -> y\ny -> ie', 'i')
  const h = await harness(model(FRAME + undoable('a') + event('subProcess', 'sub', '', inner) + event('endEvent', 'undo', '', on.compensate()) + tag('exclusiveGateway', 'g') + flows('s -> a\na -> sub\nsub -> g\ng -> undo [v = null]\ng -> e [v = 1]')))
  h.start()
  assert.deepEqual([h.state, h.variables()['log']], ['completed', ['y', 'x', 'a']])
})

test('a compensation event subprocess undoes its subprocess in its own way', async () => {
  const handler = event('subProcess', 'handler', 'triggeredByEvent="true"', event('startEvent', 'hs', '', on.compensate()) + script('first', '{ log: ["own"] }') + event('intermediateThrowEvent', 'rest', '', on.compensate()) + tag('endEvent', 'he') + flows('hs -> first\nfirst -> rest\nrest -> he', 'h'))
  const inner = tag('startEvent', 'is') + undoable('x') + undoable('y') + tag('endEvent', 'ie') + handler + flows('is -> x\nx -> y\ny -> ie', 'i')
  const h = await harness(model(FRAME + event('subProcess', 'sub', '', inner) + event('intermediateThrowEvent', 'undo', '', on.compensate()) + flows('s -> sub\nsub -> undo\nundo -> e')))
  h.start()
  assert.deepEqual([h.state, h.variables()['log']], ['completed', ['own', 'y', 'x']])
})

test('each round of a multi-instance is undone with its own element', async () => {
  const multi = '<bpmn:multiInstanceLoopCharacteristics isSequential="true" qc:collection="list" qc:elementVariable="item"/>'
  const un = script('unbook', '{ log: concatenate(if log = null then [] else log, [item]) }', 'isForCompensation="true"')
  const h = await harness(model(FRAME + undoable('book', event('task', 'book', '', multi), un) + event('intermediateThrowEvent', 'undo', '', on.compensate('book')) + flows('s -> book\nbook -> undo\nundo -> e')))
  h.start({ list: ['飞机', '酒店'] })
  assert.deepEqual([h.state, h.variables()['log']], ['completed', ['酒店', '飞机']])
})

test('a cancelled transaction stops what runs, undoes what was done, and is left through its cancel event', async () => {
  const inner = tag('startEvent', 'is') + tag('parallelGateway', 'fork') + undoable('x') + user('decide') + user('other') + event('endEvent', 'stop', '', on.cancel) + tag('endEvent', 'ie') + flows('is -> x\nx -> fork\nfork -> decide\nfork -> other\ndecide -> stop\nother -> ie', 'i')
  const h = await harness(model(FRAME + event('transaction', 'tx', '', inner) + event('boundaryEvent', 'b', 'attachedToRef="tx"', on.cancel) + user('apologise') + flows('s -> tx\ntx -> e\nb -> apologise\napologise -> e')))
  h.start()
  h.complete('decide')
  assert.deepEqual([h.waiting(), h.variables()['log']], [['apologise'], ['x']])
  assert.ok(h.executed('cancelled').includes('other'))
})

test('what was interrupted was not completed, and is not undone', async () => {
  const h = await harness(model(FRAME + undoable('a', user('a')) + event('boundaryEvent', 't', 'attachedToRef="a"', on.timer('PT1H')) + event('intermediateThrowEvent', 'undo', '', on.compensate()) + flows('s -> a\na -> undo\nt -> undo\nundo -> e')))
  h.start()
  h.clock.advance('PT1H')
  assert.deepEqual([h.state, h.variables()['log']], ['completed', undefined])
})
