import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harness } from '../../harness/index.ts'
import { event, flows, model, on, tag } from '../testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const users = (ids: string) => tag('userTask', ids, 'qc:role="r"')
const count = (list: readonly string[], id: string) => list.filter((x) => x === id).length

const OR = FRAME + tag('inclusiveGateway', 'split join') + users('a b c t') + flows('s -> split\nsplit -> a [x > 1]\nsplit -> b [x > 2]\nsplit -> c [x > 3]\na -> join\nb -> join\nc -> join\njoin -> t\nt -> e')

test('an inclusive split takes all flows that hold, and its join waits for just those, once', async () => {
  for (const [x, expected] of [[2, ['a']], [3, ['a', 'b']], [4, ['a', 'b', 'c']]] as const) {
    const h = await harness(model(OR))
    h.start({ x })
    assert.deepEqual(h.waiting(), expected)
    for (const [i, task] of expected.entries()) {
      assert.equal(h.waiting().includes('t'), false, `${i} of ${expected.length}`)
      h.complete(task)
    }
    assert.deepEqual(h.waiting(), ['t'])
    h.complete('t')
    assert.equal(h.state, 'completed')
  }
  const none = await harness(model(OR))
  assert.throws(() => none.start({ x: 0 }), { code: 'NO_PATH' })
})

test('an inclusive split without a flow that holds takes the default, and only then', async () => {
  const h = await harness(model(OR.replace('<bpmn:inclusiveGateway id="split"', '<bpmn:inclusiveGateway default="f4" id="split"')))
  h.start({ x: 0 })
  assert.deepEqual(h.waiting(), ['c'])
  h.start({ x: 9 })
  assert.deepEqual(h.waiting(), ['a', 'b', 'c'])
})

test('an inclusive join waits for a token that may still come by an exclusive choice, and no longer', async () => {
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'x') + tag('inclusiveGateway', 'join') + users('a b t') + tag('endEvent', 'away') + flows('s -> fork\nfork -> a\nfork -> b\na -> join\nb -> x\nx -> join [go = true]\nx -> away [go = false]\njoin -> t\nt -> e')))
  h.start()
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
  h.complete('b', { go: false })
  assert.deepEqual(h.waiting(), ['t'])
})

test('an inclusive join in a loop waits neither for itself nor for ever', async () => {
  const h = await harness(model(FRAME + tag('inclusiveGateway', 'join') + tag('exclusiveGateway', 'x') + users('a') + flows('s -> join\njoin -> a\na -> x\nx -> join [again = true]\nx -> e [again = false]')))
  h.start()
  h.complete('a', { again: true })
  assert.deepEqual(h.waiting(), ['a'])
  h.complete('a', { again: false })
  assert.equal(h.state, 'completed')
})

test('an inclusive join does not wait for what can as well come by a flow that has its token', async () => {
  // a token at `m` can come by either flow, so it holds nothing up (condition 2 of table 13.3)
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + tag('exclusiveGateway', 'm') + tag('inclusiveGateway', 'join') + users('a b') + tag('userTask', 't', 'qc:role="r"') + flows('s -> fork\nfork -> a\nfork -> b\na -> join\nb -> m\nm -> a [v = 1]\nm -> join [v = 2]\njoin -> t\nt -> e')))
  h.start()
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b', 't'])
})

test('an inclusive join waits for a boundary event that may still happen', async () => {
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + tag('inclusiveGateway', 'join') + users('a b t') + tag('endEvent', 'other') + event('boundaryEvent', 'late', 'attachedToRef="b"', on.timer('PT1H')) + flows('s -> fork\nfork -> a\nfork -> b\na -> join\nb -> other\nlate -> join\njoin -> t\nt -> e')))
  h.start()
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b'])
  h.clock.advance('PT1H')
  assert.deepEqual(h.waiting(), ['t'])
})

const discriminator = (activation: string) => FRAME + tag('parallelGateway', 'fork') + event('complexGateway', 'd', '', `<bpmn:activationCondition xsi:type="bpmn:tFormalExpression">${activation}</bpmn:activationCondition>`) + users('a b c t')
  + flows('s -> fork\nfork -> a\nfork -> b\nfork -> c\na -> d\nb -> d\nc -> d\nd -> t\nt -> e')

test('a complex gateway goes on once so many have come, takes the late ones up, and can do it again', async () => {
  for (const [activation, needed] of [['activationCount &gt;= 1', 1], ['activationCount &gt;= 2', 2], ['activationCount = 3', 3]] as const) {
    const h = await harness(model(discriminator(activation)))
    h.start()
    const order = ['b', 'c', 'a']
    for (const [i, id] of order.entries()) {
      h.complete(id)
      assert.equal(count(h.executed(), 'd') > 0, i + 1 >= needed, `${activation}, ${i + 1} come`)
    }
    assert.deepEqual(h.waiting(), ['t'])
    h.complete('t')
    assert.equal(h.state, 'completed')
    assert.deepEqual(h.incidents(), [])
  }
})

test('a complex gateway may say something else at its reset', async () => {
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + '<bpmn:complexGateway id="d"><bpmn:activationCondition xsi:type="bpmn:tFormalExpression">activationCount &gt;= 1</bpmn:activationCondition></bpmn:complexGateway>' + users('a b first all') + tag('endEvent', 'e2')
    + flows('s -> fork\nfork -> a\nfork -> b\na -> d\nb -> d\nd -> first [waitingForStart = true]\nd -> all [waitingForStart = false]\nfirst -> e\nall -> e2')))
  h.start()
  h.complete('a')
  assert.deepEqual(h.waiting(), ['b', 'first'])
  h.complete('b')
  assert.deepEqual(h.waiting(), ['all', 'first'])
})

test('after an event gateway the first event decides, and nothing waits for the others any more', async () => {
  const xml = model(FRAME + tag('eventBasedGateway', 'g') + event('intermediateCatchEvent', 'paid', '', on.message('m1')) + event('intermediateCatchEvent', 'late', '', on.timer('P3D')) + '<bpmn:receiveTask id="cancelled" messageRef="m2"/>' + tag('task', 'ship remind stop') + tag('endEvent', 'e2 e3')
    + flows('s -> g\ng -> paid\ng -> late\ng -> cancelled\npaid -> ship\nlate -> remind\ncancelled -> stop\nship -> e\nremind -> e2\nstop -> e3'))
  const taken = async (what: (h: Awaited<ReturnType<typeof harness>>) => void) => {
    const h = await harness(xml)
    h.start()
    assert.deepEqual(h.waiting(), ['g'])
    what(h)
    assert.equal(h.state, 'completed')
    assert.deepEqual([h.subscriptions(), h.timers()], [[], []])
    return h.executed().filter((id) => ['ship', 'remind', 'stop'].includes(id))
  }
  assert.deepEqual(await taken((h) => h.message('M1')), ['ship'])
  assert.deepEqual(await taken((h) => h.clock.advance('P4D')), ['remind'])
  assert.deepEqual(await taken((h) => h.message('M2')), ['stop'])
})

test('an instantiating event gateway begins the process with one of its events, or waits for all of them', async () => {
  const xml = (type: string) => model(`<bpmn:eventBasedGateway id="g" instantiate="true" eventGatewayType="${type}"/>` + event('intermediateCatchEvent', 'one', '', on.message('m1')) + event('intermediateCatchEvent', 'two', '', on.message('m2')) + tag('endEvent', 'e') + flows('g -> one\ng -> two\none -> e\ntwo -> e'))
  const first = await harness(xml('Exclusive'))
  first.message('M2')
  assert.deepEqual([first.state, first.executed()], ['completed', ['two', 'e']])
  const all = await harness(xml('Parallel'))
  all.message('M2')
  assert.deepEqual([all.state, all.waiting()], ['running', ['one']])
  all.message('M1')
  assert.deepEqual([all.state, all.instances().length], ['completed', 1])
})

test('a fork fed into one branch of a join only waits, and is told as stuck', async () => {
  const h = await harness(model(FRAME + tag('exclusiveGateway', 'x') + tag('parallelGateway', 'join') + users('a b') + flows('s -> x\nx -> a [v = 1]\nx -> b [v = 2]\na -> join\nb -> join\njoin -> e')))
  h.start({ v: 1 })
  h.complete('a')
  assert.equal(h.state, 'running')
  assert.deepEqual(h.incidents().map((i) => [i.kind, i.nodeId]), [['stuck', 'join']])
})
