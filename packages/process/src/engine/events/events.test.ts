import assert from 'node:assert/strict'
import { test } from 'node:test'
import { harness } from '../../harness/index.ts'
import { event, flows, model, on, script, tag } from '../testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const SUB = (inner: string, id = 'sub', attributes = '') => event('subProcess', id, attributes, inner)

test('a message is taken by whoever waits for its name, and by nobody twice', async () => {
  const h = await harness(model(FRAME + event('intermediateCatchEvent', 'wait', '', on.message('m1')) + flows('s -> wait\nwait -> e')))
  h.start()
  assert.deepEqual(h.waiting(), ['wait'])
  assert.equal(h.message('M2'), false)
  assert.equal(h.message('M1', { vars: { paid: true } }), true)
  assert.equal(h.message('M1'), false)
  assert.equal(h.state, 'completed')
  assert.deepEqual(h.variables(), { paid: true })
  assert.deepEqual(h.executed(), ['s', 'wait', 'e'])
})

test('a message meant for another order is not taken', async () => {
  for (const attribute of ['qc:correlationKey="= order"', '']) {
    const roots = '<bpmn:message id="mz" name="Paid"><bpmn:extensionElements><zeebe:subscription correlationKey="=order"/></bpmn:extensionElements></bpmn:message>'
    const h = await harness(model(FRAME + event('intermediateCatchEvent', 'wait', attribute, on.message('mz')) + flows('s -> wait\nwait -> e'), undefined, roots))
    h.start({ order: 7 })
    h.start({ order: 8 })
    assert.equal(h.message('Paid', { key: 9 }), false)
    assert.equal(h.message('Paid', { key: 8 }), true)
    assert.deepEqual(h.instances().map((i) => i.state), ['running', 'completed'])
  }
})

test('timers: duration, date and the order of what is due', async () => {
  const timer = (id: string, definition: string) => event('intermediateCatchEvent', id, '', definition)
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork join') + timer('long', on.timer('PT2H')) + timer('date', on.timer('2026-01-01T01:00:00Z', 'timeDate')) + timer('month', on.timer('= limit'))
    + flows('s -> fork\nfork -> long\nfork -> date\nfork -> month\nlong -> join\ndate -> join\nmonth -> join\njoin -> e')))
  h.start({ limit: 'P1M' })
  h.clock.advance('PT90M')
  assert.deepEqual(h.executed().filter((id) => ['long', 'date', 'month'].includes(id)), ['date'])
  h.clock.set('2026-01-31T23:59:59Z')
  assert.deepEqual(h.waiting(), ['month'])
  h.clock.set('2026-02-01')
  assert.equal(h.state, 'completed')
})

test('a cycle timer on a task comes again and again until the task is done, or its count is used up', async () => {
  const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + tag('task', 'nag') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', 'attachedToRef="a" cancelActivity="false"', on.timer('R3/PT1H', 'timeCycle')) + flows('s -> a\na -> e\nb -> nag\nnag -> e2')))
  h.start()
  h.clock.advance('PT2H30M')
  assert.equal(h.executed().filter((id) => id === 'nag').length, 2)
  h.clock.advance('P1D')
  assert.equal(h.executed().filter((id) => id === 'nag').length, 3)
  h.complete('a')
  assert.equal(h.state, 'completed')
  assert.deepEqual(h.timers(), [])
})

test('a timer start begins an instance at each of its times', async () => {
  const h = await harness(model(event('startEvent', 's', '', on.timer('R2/2026-01-02T08:00:00Z/P1D', 'timeCycle')) + tag('endEvent', 'e') + flows('s -> e')))
  assert.equal(h.state, 'none')
  h.clock.set('2026-01-02T08:00:00Z')
  assert.equal(h.instances().length, 1)
  h.clock.advance('P10D')
  assert.equal(h.instances().length, 2)
})

test('a signal is heard by all who wait, in every instance, and thrown ones within the instance too', async () => {
  const h = await harness(model(FRAME + tag('parallelGateway', 'fork') + event('intermediateThrowEvent', 'shout', '', on.signal('g1')) + event('intermediateCatchEvent', 'hear', '', on.signal('g1')) + tag('endEvent', 'e2')
    + flows('s -> fork\nfork -> shout\nfork -> hear\nshout -> e\nhear -> e2')))
  h.start()
  assert.equal(h.state, 'completed')
  const w = await harness(model(FRAME + event('intermediateCatchEvent', 'hear', '', on.signal('g1')) + flows('s -> hear\nhear -> e')))
  w.start()
  w.start()
  assert.equal(w.signal('G2'), 0)
  assert.equal(w.signal('G1'), 2)
  assert.deepEqual(w.instances().map((i) => i.state), ['completed', 'completed'])
})

test('message, signal and conditional starts begin instances; several start events each begin alone', async () => {
  const start = (id: string, definition: string) => event('startEvent', id, '', definition)
  const h = await harness(model(start('byMessage', on.message('m1')) + start('bySignal', on.signal('g1')) + start('byCondition', on.condition('stock < 5')) + tag('startEvent', 'byHand') + tag('exclusiveGateway', 'x') + tag('endEvent', 'e')
    + flows('byMessage -> x\nbySignal -> x\nbyCondition -> x\nbyHand -> x\nx -> e')))
  h.message('M1', { vars: { from: 'm' } })
  h.signal('G1')
  h.change({ stock: 3 })
  h.change({ stock: 9 })
  h.start()
  h.start({}, { at: 'bySignal' })
  assert.deepEqual(h.executed().filter((id) => id.startsWith('by')), ['byMessage', 'bySignal', 'byCondition', 'byHand', 'bySignal'])
  assert.throws(() => h.start({}, { at: 'x' }))
})

test('a conditional event happens when its condition becomes true, at once if it is true already', async () => {
  const h = await harness(model(FRAME + tag('userTask', 'work', 'qc:role="r"') + tag('parallelGateway', 'fork join') + event('intermediateCatchEvent', 'cold', '', on.condition('temperature < 5')) + flows('s -> fork\nfork -> cold\nfork -> work\ncold -> join\nwork -> join\njoin -> e')))
  h.start({ temperature: 20 })
  h.change({ temperature: 10 })
  assert.deepEqual(h.waiting(), ['cold', 'work'])
  h.complete('work', { temperature: 3 })
  assert.equal(h.state, 'completed')
  h.start({ temperature: 1 })
  assert.deepEqual(h.waiting(), ['work'])
})

test('a conditional boundary that does not interrupt fires each time the condition becomes true anew', async () => {
  const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + tag('task', 'alarm') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', 'attachedToRef="a" cancelActivity="false"', on.condition('load > 90')) + flows('s -> a\na -> e\nb -> alarm\nalarm -> e2')))
  h.start({ load: 10 })
  for (const load of [95, 96, 50, 99]) h.change({ load })
  assert.equal(h.executed().filter((id) => id === 'alarm').length, 2)
  assert.deepEqual(h.waiting(), ['a'])
})

test('boundary events: message and signal, interrupting or not', async () => {
  for (const [definition, send] of [[on.message('m1'), 'message'], [on.signal('g1'), 'signal']] as const) {
    for (const interrupting of [true, false]) {
      const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + tag('task', 'aside') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', `attachedToRef="a" cancelActivity="${interrupting}"`, definition) + flows('s -> a\na -> e\nb -> aside\naside -> e2')))
      h.start()
      if (send === 'message') h.message('M1')
      else h.signal('G1')
      assert.ok(h.executed().includes('aside'))
      assert.deepEqual(h.waiting(), interrupting ? [] : ['a'])
      assert.deepEqual(h.executed('cancelled'), interrupting ? ['a'] : [])
      if (!interrupting) {
        if (send === 'message') h.message('M1')
        else h.signal('G1')
        assert.equal(h.executed().filter((id) => id === 'aside').length, 2, 'it may happen again')
        h.complete('a')
      }
      assert.equal(h.state, 'completed')
      assert.deepEqual(h.subscriptions(), [])
    }
  }
})

test('an error goes to the innermost catcher of its code, and to one for all codes where none names it', async () => {
  const inner = (code: string) => tag('startEvent', 'is') + event('endEvent', 'ie', '', on.error(code)) + flows('is -> ie', 'i')
  const xml = (code: string, outer: string) => model(FRAME + tag('task', 'named any far') + tag('endEvent', 'e2 e3 e4')
    + SUB(tag('startEvent', 'os') + tag('endEvent', 'oe') + SUB(inner(code), 'deep') + (outer === 'near' ? event('boundaryEvent', 'bn', 'attachedToRef="deep"', on.error('E1')) + tag('endEvent', 'oe2') + tag('task', 'near') : '') + flows(`os -> deep\ndeep -> oe${outer === 'near' ? '\nbn -> near\nnear -> oe2' : ''}`, 'o'))
    + event('boundaryEvent', 'b1', 'attachedToRef="sub"', on.error('E1')) + event('boundaryEvent', 'b2', 'attachedToRef="sub"', on.error())
    + flows('s -> sub\nsub -> e\nb1 -> named\nb2 -> any\nnamed -> e2\nany -> e3\nany -> far\nfar -> e4'))
  const taken = async (code: string, outer = '') => {
    const h = await harness(xml(code, outer))
    h.start()
    assert.equal(h.state, 'completed')
    return h.executed().filter((id) => ['near', 'named', 'any'].includes(id))
  }
  assert.deepEqual(await taken('E1'), ['named'])
  assert.deepEqual(await taken('E2'), ['any'])
  assert.deepEqual(await taken('E1', 'near'), ['near'])
})

test('an error that nobody catches fails the instance, and nothing of it is left', async () => {
  const h = await harness(model(FRAME.replace('id="e"', 'id="ok"') + event('endEvent', 'e', '', on.error('E1')) + tag('parallelGateway', 'fork') + tag('userTask', 'a b', 'qc:role="r"') + flows('s -> fork\nfork -> a\nfork -> b\na -> e\nb -> ok')))
  h.start()
  h.complete('a')
  assert.equal(h.state, 'failed')
  assert.deepEqual(h.waiting(), [])
  assert.deepEqual(h.incidents().map((i) => [i.kind, i.nodeId, i.code]), [['error', 'e', 'E1']])
})

test('work on a task may end in an error of the model', async () => {
  const h = await harness(model(FRAME + '<bpmn:serviceTask id="pay" qc:handler="pay"/>' + tag('userTask', 'repair', 'qc:role="r"') + event('boundaryEvent', 'b', 'attachedToRef="pay"', on.error('E1')) + flows('s -> pay\npay -> e\nb -> repair\nrepair -> e')))
  h.start()
  h.error('pay', 'E1', { why: 'no money' })
  assert.deepEqual(h.waiting(), ['repair'])
  assert.equal(h.variables()['why'], 'no money')
})

test('an escalation need not interrupt, need not be caught, and the thrower goes on', async () => {
  const inner = tag('startEvent', 'is') + event('intermediateThrowEvent', 'tell', '', on.escalation('X1')) + tag('userTask', 'work', 'qc:role="r"') + tag('endEvent', 'ie') + flows('is -> tell\ntell -> work\nwork -> ie', 'i')
  const xml = (boundary: string) => model(FRAME + SUB(inner) + tag('task', 'boss') + tag('endEvent', 'e2') + boundary + flows(`s -> sub\nsub -> e${boundary ? '\nb -> boss' : '\ne -> boss'}\nboss -> e2`.replace('\ne -> boss\nboss -> e2', '')))
  const soft = await harness(xml(event('boundaryEvent', 'b', 'attachedToRef="sub" cancelActivity="false"', on.escalation('X1'))))
  soft.start()
  assert.deepEqual([soft.waiting(), soft.executed().includes('boss')], [['work'], true])
  const hard = await harness(xml(event('boundaryEvent', 'b', 'attachedToRef="sub"', on.escalation())))
  hard.start()
  assert.deepEqual([hard.waiting(), hard.state], [[], 'completed'])
  const none = await harness(model(FRAME + SUB(inner) + flows('s -> sub\nsub -> e')))
  none.start()
  assert.deepEqual(none.waiting(), ['work'])
})

test('a person escalates a task; an escalation end event tells the scope around it', async () => {
  const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + tag('userTask', 'boss', 'qc:role="r"') + event('boundaryEvent', 'b', 'attachedToRef="a" cancelActivity="false"', on.escalation('X1')) + tag('endEvent', 'e2') + flows('s -> a\na -> e\nb -> boss\nboss -> e2')))
  h.start()
  h.escalate('a', 'X1')
  h.escalate('a', 'X2')
  assert.deepEqual(h.waiting(), ['a', 'boss'])
  const w = await harness(model(FRAME + SUB(tag('startEvent', 'is') + event('endEvent', 'ie', '', on.escalation('X1')) + flows('is -> ie', 'i')) + tag('task', 'boss') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', 'attachedToRef="sub" cancelActivity="false"', on.escalation('X1')) + flows('s -> sub\nsub -> e\nb -> boss\nboss -> e2')))
  w.start()
  assert.ok(w.executed().includes('boss') && w.executed().includes('e') && w.state === 'completed')
})

test('an event subprocess that interrupts replaces what runs; only the first one fires', async () => {
  const handler = (id: string, definition: string, attributes = '') => SUB(event('startEvent', `${id}s`, attributes, definition) + tag('userTask', `${id}t`, 'qc:role="r"') + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id), id, 'triggeredByEvent="true"')
  const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + handler('one', on.message('m1')) + handler('two', on.signal('g1')) + flows('s -> a\na -> e')))
  h.start()
  h.message('M1')
  assert.deepEqual(h.waiting(), ['onet'])
  assert.equal(h.signal('G1'), 0)
  assert.equal(h.message('M1'), false)
  h.complete('onet')
  assert.equal(h.state, 'completed')
  assert.deepEqual(h.executed('cancelled'), ['a'])
})

test('an event subprocess that does not interrupt runs beside, as often as it is called, also inside a subprocess', async () => {
  const handler = SUB(event('startEvent', 'hs', 'isInterrupting="false"', on.message('m1')) + tag('userTask', 'ht', 'qc:role="r"') + tag('endEvent', 'he') + flows('hs -> ht\nht -> he', 'h'), 'handler', 'triggeredByEvent="true"')
  for (const nested of [false, true]) {
    const core = tag('startEvent', nested ? 'is' : 's') + tag('userTask', 'a', 'qc:role="r"') + tag('endEvent', nested ? 'ie' : 'e') + handler + flows(nested ? 'is -> a\na -> ie' : 's -> a\na -> e', 'c')
    const h = await harness(model(nested ? FRAME + SUB(core) + flows('s -> sub\nsub -> e') : core))
    h.start()
    h.message('M1')
    h.message('M1')
    assert.deepEqual(h.waiting(), ['a', 'ht', 'ht'])
    h.complete('a')
    assert.equal(h.state, 'running')
    h.complete('ht')
    h.complete('ht')
    assert.equal(h.state, 'completed')
  }
})

test('error and escalation event subprocesses catch what is thrown in their scope', async () => {
  const handler = (id: string, definition: string, interrupting: boolean) => SUB(event('startEvent', `${id}s`, `isInterrupting="${interrupting}"`, definition) + tag('task', `${id}t`) + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id), id, 'triggeredByEvent="true"')
  const h = await harness(model(tag('startEvent', 's') + event('intermediateThrowEvent', 'warn', '', on.escalation('X1')) + event('endEvent', 'fail', '', on.error('E1')) + handler('esc', on.escalation('X1'), false) + handler('err', on.error('E1'), true) + tag('userTask', 'a', 'qc:role="r"') + flows('s -> warn\nwarn -> a\na -> fail')))
  h.start()
  h.complete('a')
  assert.equal(h.state, 'completed')
  assert.deepEqual(h.executed().filter((id) => id.endsWith('t')), ['esct', 'errt'])
})

test('a timer event subprocess fires on time, a cycle again', async () => {
  const handler = SUB(event('startEvent', 'hs', 'isInterrupting="false"', on.timer('R2/PT1H', 'timeCycle')) + tag('task', 'nag') + tag('endEvent', 'he') + flows('hs -> nag\nnag -> he', 'h'), 'handler', 'triggeredByEvent="true"')
  const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + handler + flows('s -> a\na -> e')))
  h.start()
  h.clock.advance('P1D')
  assert.equal(h.executed().filter((id) => id === 'nag').length, 2)
  h.complete('a')
  assert.equal(h.state, 'completed')
})

test('a link leads on at its target', async () => {
  const h = await harness(model(FRAME + event('intermediateThrowEvent', 'out', '', on.link('L')) + event('intermediateCatchEvent', 'in', '', on.link('L')) + tag('task', 'a') + flows('s -> out\nin -> a\na -> e')))
  h.start()
  assert.deepEqual(h.executed(), ['s', 'out', 'in', 'a', 'e'])
})

test('multiple events: one of several suffices; parallel multiple: all are needed', async () => {
  const xml = (parallel: boolean) => model(FRAME + event('intermediateCatchEvent', 'wait', `parallelMultiple="${parallel}"`, on.message('m1') + on.signal('g1') + on.timer('PT1H')) + flows('s -> wait\nwait -> e'))
  const any = await harness(xml(false))
  any.start()
  any.signal('G1')
  assert.equal(any.state, 'completed')
  assert.deepEqual([any.timers(), any.subscriptions()], [[], []])
  const all = await harness(xml(true))
  all.start()
  all.signal('G1')
  all.signal('G1')
  all.message('M1')
  assert.equal(all.state, 'running')
  all.clock.advance('PT1H')
  assert.equal(all.state, 'completed')
})

test('a parallel multiple start begins with the first trigger and goes on with the last; boundaries and event subprocesses alike', async () => {
  const start = (parallel: boolean) => model(event('startEvent', 's', `parallelMultiple="${parallel}"`, on.message('m1') + on.signal('g1')) + tag('endEvent', 'e') + flows('s -> e'))
  const any = await harness(start(false))
  any.signal('G1')
  any.message('M1')
  assert.deepEqual(any.instances().map((i) => i.state), ['completed', 'completed'])
  const all = await harness(start(true))
  all.message('M1')
  assert.deepEqual([all.state, all.waiting()], ['running', ['s']])
  all.signal('G1')
  assert.deepEqual(all.instances().map((i) => i.state), ['completed'])
  const boundary = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + tag('task', 'aside') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', 'attachedToRef="a" cancelActivity="false" parallelMultiple="true"', on.message('m1') + on.signal('g1')) + flows('s -> a\na -> e\nb -> aside\naside -> e2')))
  boundary.start()
  for (const times of [1, 2]) {
    boundary.signal('G1')
    boundary.message('M1')
    assert.equal(boundary.executed().filter((id) => id === 'aside').length, times)
  }
  const handler = SUB(event('startEvent', 'hs', 'isInterrupting="false" parallelMultiple="true"', on.message('m1') + on.signal('g1')) + tag('task', 'ht') + tag('endEvent', 'he') + flows('hs -> ht\nht -> he', 'h'), 'handler', 'triggeredByEvent="true"')
  const sub = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + handler + flows('s -> a\na -> e')))
  sub.start()
  for (const times of [1, 2]) {
    sub.message('M1')
    sub.signal('G1')
    assert.equal(sub.executed().filter((id) => id === 'ht').length, times)
  }
})

test('a conditional event subprocess starts when its condition becomes true', async () => {
  for (const interrupting of [true, false]) {
    const handler = SUB(event('startEvent', 'hs', `isInterrupting="${interrupting}"`, on.condition('stock < 5')) + tag('userTask', 'order', 'qc:role="r"') + tag('endEvent', 'he') + flows('hs -> order\norder -> he', 'h'), 'handler', 'triggeredByEvent="true"')
    const h = await harness(model(FRAME + tag('userTask', 'a', 'qc:role="r"') + handler + flows('s -> a\na -> e')))
    h.start({ stock: 9 })
    h.change({ stock: 4 })
    h.change({ stock: 3 })
    assert.deepEqual(h.waiting(), interrupting ? ['order'] : ['a', 'order'])
  }
})

test('an event that throws several things throws them all', async () => {
  const h = await harness(model(FRAME + event('intermediateThrowEvent', 'tell', '', on.message('m1') + on.signal('g1')) + flows('s -> tell\ntell -> e')))
  h.start()
  assert.deepEqual(h.sent().map((t) => [t.kind, t.name]), [['message', 'M1'], ['signal', 'G1']])
  assert.deepEqual(h.executed(), ['s', 'tell', 'e'])
})

test('terminate inside a subprocess ends only that, and the process goes on', async () => {
  const h = await harness(model(FRAME + SUB(tag('startEvent', 'is') + tag('parallelGateway', 'fork') + tag('userTask', 'x', 'qc:role="r"') + event('endEvent', 'kill', '', on.terminate) + tag('endEvent', 'ie') + flows('is -> fork\nfork -> x\nfork -> kill\nx -> ie', 'i')) + tag('userTask', 'after', 'qc:role="r"') + flows('s -> sub\nsub -> after\nafter -> e')))
  h.start()
  assert.deepEqual(h.waiting(), ['after'])
})

test('a message thrown by one process begins or continues another', async () => {
  const a = model(FRAME + event('intermediateThrowEvent', 'order', '', on.message('m1')) + event('intermediateCatchEvent', 'goods', '', on.message('m2')) + flows('s -> order\norder -> goods\ngoods -> e'), 'id="buyer" isExecutable="true"')
  const b = model(event('startEvent', 'bs', '', on.message('m1')) + tag('userTask', 'pack', 'qc:role="r"') + event('endEvent', 'be', '', on.message('m2')) + flows('bs -> pack\npack -> be'), 'id="seller" isExecutable="true"')
  const h = await harness([a, b])
  h.start()
  assert.deepEqual(h.waiting(), ['goods', 'pack'])
  h.complete('pack')
  assert.deepEqual(h.instances().map((i) => [i.processId, i.state]), [['buyer', 'completed'], ['seller', 'completed']])
})

test('a throw event without a trigger merely leaves a mark', async () => {
  const h = await harness(model(FRAME + tag('intermediateThrowEvent', 'mark') + script('a', '1 + 1', 'qc:resultVariable="two"') + flows('s -> mark\nmark -> a\na -> e')))
  h.start()
  assert.deepEqual([h.executed(), h.variables()], [['s', 'mark', 'a', 'e'], { two: 2 }])
})

test('a message or signal may have a name that the variables make', async () => {
  const roots = '<bpmn:message id="mx" name="paid-${order}"/><bpmn:signal id="gx" name="= &quot;done-&quot; + string(order)"/>'
  const xml = model(tag('startEvent', 's') + tag('endEvent', 'e') + event('intermediateCatchEvent', 'c', '', on.message('mx')) + event('intermediateThrowEvent', 't', '', on.signal('gx')) + flows('s -> c\nc -> t\nt -> e'), undefined, roots)
  const h = await harness(xml)
  h.start({ order: 7 })
  assert.equal(h.message('paid-8'), false)
  assert.equal(h.message('paid-7'), true)
  assert.deepEqual(h.sent().map((x) => x.name), ['done-7'])
  await assert.rejects(harness(model(event('startEvent', 's', '', on.message('mx')) + tag('endEvent', 'e') + flows('s -> e'), undefined, roots)), /启动流程，它的消息名称不能是表达式/)
})
