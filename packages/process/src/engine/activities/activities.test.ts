import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BpmnError, harness } from '../../harness/index.ts'
import { event, flows, model, on, script, tag } from '../testing.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const line = (...ids: string[]) => flows(['s', ...ids, 'e'].slice(0, -1).map((id, i) => `${id} -> ${[...ids, 'e'][i]}`).join('\n'))
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="r" ${attributes}`, inner)
const inside = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`
const sub = (id: string, attributes = '', inner = '') => event('subProcess', id, attributes, tag('startEvent', `${id}s`) + user(`${id}t`) + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id) + inner)

test('scripts compute variables with FEEL; a context sets several; other languages are refused elsewhere', async () => {
  const h = await harness(model(FRAME + script('a', 'x * 2', 'qc:resultVariable="y"') + script('b', '{ z: y + 1, 天: date("2026-01-01") }') + '<bpmn:scriptTask id="c" camunda:resultVariable="w"><bpmn:script>z = 7</bpmn:script></bpmn:scriptTask>'
    + `<bpmn:scriptTask id="d">${inside('<zeebe:script expression="=count([1,2])" resultVariable="n"/>')}</bpmn:scriptTask>` + line('a', 'b', 'c', 'd')))
  h.start({ x: 3 })
  assert.deepEqual(h.variables(), { x: 3, y: 6, z: 7, 天: '2026-01-01', w: true, n: 2 })
})

test('a service task is done by its program, or by hand; what a program throws is an error of the model', async () => {
  const xml = model(FRAME + `<bpmn:serviceTask id="a">${inside('<zeebe:taskDefinition type="mail"/><zeebe:taskHeaders><zeebe:header key="k" value="v"/></zeebe:taskHeaders><zeebe:ioMapping><zeebe:input source="=customer.mail" target="mail.to"/><zeebe:input source="谢谢" target="mail.subject"/><zeebe:output source="=sent" target="mailed"/></zeebe:ioMapping>')}</bpmn:serviceTask>`
    + '<bpmn:serviceTask id="b" camunda:type="external" camunda:topic="book"/>' + user('broken') + event('boundaryEvent', 'bo', 'attachedToRef="b"', on.error('E1')) + line('a', 'b') + flows('bo -> broken\nbroken -> e', 'x'))
  const asked: unknown[] = []
  const h = await harness(xml, { handlers: { mail: (input) => { asked.push(input); return { sent: true } } } })
  h.start({ customer: { mail: 'a@b.cn' } })
  assert.deepEqual(asked, [{ mail: { to: 'a@b.cn', subject: '谢谢' } }])
  assert.deepEqual(h.variables(), { customer: { mail: 'a@b.cn' }, mailed: true })
  assert.deepEqual(h.tasks().map((t) => [t.nodeId, t.kind, t.handler]), [['b', 'service', 'book']])
  h.complete('b')
  assert.equal(h.state, 'completed')
  const f = await harness(xml, { handlers: { mail: () => {}, book: () => { throw new BpmnError('E1') } } })
  f.start()
  assert.deepEqual(f.waiting(), ['broken'])
})

test('a business rule task asks the decision that the product provides', async () => {
  const xml = model(FRAME + '<bpmn:businessRuleTask id="a" qc:decision="discount" qc:resultVariable="percent"/>' + `<bpmn:businessRuleTask id="b">${inside('<zeebe:calledDecision decisionId="limit" resultVariable="max"/>')}</bpmn:businessRuleTask>` + line('a', 'b'))
  const h = await harness(xml, { decide: (decision, variables) => (decision === 'discount' ? Number(variables['amount']) / 10 : 99) })
  h.start({ amount: 50 })
  assert.deepEqual(h.variables(), { amount: 50, percent: 5, max: 99 })
  const none = await harness(xml)
  assert.throws(() => none.start(), { code: 'DECISION_UNKNOWN' })
})

test('a send task sends its message with what is mapped into it; a receive task waits for one', async () => {
  const h = await harness(model(FRAME + `<bpmn:sendTask id="a" messageRef="m1" qc:correlationKey="= order">${inside('<qc:input name="sum" value="= amount * 2"/>')}</bpmn:sendTask><bpmn:receiveTask id="b" messageRef="m2"/>` + line('a', 'b')))
  h.start({ order: 5, amount: 4 })
  assert.deepEqual(h.sent(), [{ kind: 'message', name: 'M1', key: '5', nodeId: 'a', variables: { sum: 8 } }])
  assert.deepEqual(h.tasks().map((t) => [t.nodeId, t.kind]), [['b', 'receive']])
  h.message('M2', { vars: { got: 1 } })
  assert.deepEqual([h.state, h.variables()['got']], ['completed', 1])
})

test('an instantiating receive task begins the process with its message', async () => {
  const h = await harness(model(tag('endEvent', 'e') + '<bpmn:receiveTask id="r" instantiate="true" messageRef="m1"/>' + user('a') + flows('r -> a\na -> e')))
  h.message('M1', { vars: { x: 1 } })
  assert.deepEqual([h.waiting(), h.executed(), h.variables()], [['a'], ['r'], { x: 1 }])
})

test('a subprocess is done when all its tokens are used up, and one token leaves it', async () => {
  const inner = tag('startEvent', 'is') + tag('parallelGateway', 'fork') + user('x') + user('y') + tag('endEvent', 'ie1 ie2') + flows('is -> fork\nfork -> x\nfork -> y\nx -> ie1\ny -> ie2', 'i')
  const h = await harness(model(FRAME + event('subProcess', 'sub', '', inner) + user('after') + line('sub', 'after')))
  h.start()
  h.complete('x')
  assert.deepEqual(h.waiting(), ['y'])
  h.complete('y')
  assert.deepEqual(h.waiting(), ['after'])
  assert.deepEqual(h.executed(), ['s', 'is', 'fork', 'x', 'ie1', 'y', 'ie2', 'sub'])
})

test('a subprocess without a start event begins everywhere where no flow leads', async () => {
  const h = await harness(model(FRAME + event('subProcess', 'sub', '', user('x') + user('y')) + line('sub')))
  h.start()
  assert.deepEqual(h.waiting(), ['x', 'y'])
  h.complete('y')
  h.complete('x')
  assert.equal(h.state, 'completed')
})

test('a boundary event on a subprocess takes all that is inside away', async () => {
  const h = await harness(model(FRAME + sub('outer', '', '') .replace(/<bpmn:userTask id="outert".*?<\/bpmn:userTask>/, sub('outert')) + tag('endEvent', 'late') + event('boundaryEvent', 'b', 'attachedToRef="outer"', on.timer('PT1H')) + line('outer') + flows('b -> late', 'x')))
  h.start()
  assert.deepEqual(h.waiting(), ['outertt'])
  h.clock.advance('PT1H')
  assert.deepEqual([h.waiting(), h.state], [[], 'completed'])
  assert.deepEqual(h.executed('cancelled'), ['outertt', 'outert', 'outer'])
})

test('a called process has its own variables, and hands back what is mapped', async () => {
  const child = model(FRAME + script('c', '{ y: x + 1, secret: 1 }') + user('t') + line('c', 't'), 'id="child" isExecutable="true"')
  const call = (inner: string, attributes = 'calledElement="child"') => model(FRAME + `<bpmn:callActivity id="call" ${attributes}>${inner}</bpmn:callActivity>` + line('call'))
  const run = async (xml: string) => {
    const h = await harness([xml, child])
    h.start({ x: 1, a: 10 })
    assert.deepEqual(h.waiting(), ['t'])
    h.complete('t', { z: 5 })
    assert.equal(h.state, 'completed')
    assert.deepEqual(h.executed(), ['s', 's', 'c', 't', 'e', 'call', 'e'])
    return h.variables()
  }
  assert.deepEqual(await run(call('')), { x: 1, a: 10, y: 2, secret: 1, z: 5 })
  assert.deepEqual(await run(call(inside('<camunda:in source="a" target="x"/><camunda:out source="y" target="result"/>'))), { x: 1, a: 10, result: 11 })
  assert.deepEqual(await run(call(inside('<zeebe:calledElement processId="child" propagateAllChildVariables="false"/>'), '')), { x: 1, a: 10 })
  const lost = await harness(call(''))
  assert.throws(() => lost.start(), { code: 'PROCESS_UNKNOWN' })
})

test('an error in a called process is caught where it was called; a call that calls itself is stopped', async () => {
  const child = model(tag('startEvent', 's') + event('endEvent', 'e', '', on.error('E1')) + line(), 'id="child" isExecutable="true"')
  const h = await harness([model(FRAME + tag('callActivity', 'call', 'calledElement="child"') + user('repair') + event('boundaryEvent', 'b', 'attachedToRef="call"', on.error('E1')) + line('call') + flows('b -> repair\nrepair -> e', 'x')), child])
  h.start()
  assert.deepEqual(h.waiting(), ['repair'])
  const self = await harness(model(FRAME + tag('callActivity', 'call', 'calledElement="p"') + line('call')))
  assert.throws(() => self.start(), { code: 'SCOPE_DEPTH' })
})

test('a global task is called like a process', async () => {
  const h = await harness(model(FRAME + tag('callActivity', 'call', 'calledElement="gt"') + line('call'), undefined, '<bpmn:globalScriptTask id="gt" name="gt"><bpmn:script>{ done: true }</bpmn:script></bpmn:globalScriptTask>'))
  h.start()
  assert.deepEqual([h.state, h.variables()], ['completed', { done: true }])
})

test('a loop goes on as long as its condition holds, asked before or after, at most so often', async () => {
  const loop = (inner: string, attributes = '') => model(FRAME + event('scriptTask', 'a', 'qc:resultVariable="n"', `<bpmn:standardLoopCharacteristics ${attributes}>${inner}</bpmn:standardLoopCharacteristics><bpmn:script>n + 1</bpmn:script>`) + line('a'))
  const condition = '<bpmn:loopCondition xsi:type="bpmn:tFormalExpression">n &lt; 3</bpmn:loopCondition>'
  const result = async (xml: string, n: number) => {
    const h = await harness(xml)
    h.start({ n })
    assert.equal(h.state, 'completed')
    return h.variables()['n']
  }
  assert.equal(await result(loop(condition), 0), 3)
  assert.equal(await result(loop(condition), 9), 10)
  assert.equal(await result(loop(condition, 'testBefore="true"'), 9), 9)
  assert.equal(await result(loop(condition, 'loopMaximum="2"'), 0), 2)
  assert.equal(await result(loop('', 'loopMaximum="4"'), 0), 4)
  const people = await harness(model(FRAME + user('a', '', '<bpmn:standardLoopCharacteristics><bpmn:loopCondition xsi:type="bpmn:tFormalExpression">again = true</bpmn:loopCondition></bpmn:standardLoopCharacteristics>') + line('a')))
  people.start()
  people.complete('a', { again: true })
  assert.deepEqual(people.tasks().map((t) => t.local['loopCounter']), [2])
  people.complete('a', { again: false })
  assert.equal(people.state, 'completed')
})

const multi = (attributes: string, inner: string) => `<bpmn:multiInstanceLoopCharacteristics ${attributes}>${inner}</bpmn:multiInstanceLoopCharacteristics>`
const cardinality = (n: string) => `<bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${n}</bpmn:loopCardinality>`

test('several at once or one after the other, by number or by list', async () => {
  for (const sequential of [false, true]) {
    const h = await harness(model(FRAME + user('a', '', multi(`isSequential="${sequential}" camunda:collection="people" camunda:elementVariable="person"`, '')) + line('a')))
    h.start({ people: ['甲', '乙', '丙'] })
    assert.deepEqual(h.tasks().map((t) => t.local['person']), sequential ? ['甲'] : ['甲', '乙', '丙'])
    for (let i = 0; i < 3; i += 1) h.complete('a')
    assert.equal(h.state, 'completed')
    assert.equal(h.executed().filter((id) => id === 'a').length, 3)
  }
  const n = await harness(model(FRAME + user('a', '', multi('', cardinality('= 1 + 1'))) + line('a')))
  n.start()
  assert.equal(n.tasks().length, 2)
})

test('a list may come from a data object, and results are gathered in its order', async () => {
  const data = '<bpmn:dataObject id="do" name="items" isCollection="true"/><bpmn:dataObjectReference id="dr" dataObjectRef="do"/>'
  const io = '<bpmn:ioSpecification><bpmn:dataInput id="in" isCollection="true"/><bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification><bpmn:dataInputAssociation><bpmn:sourceRef>dr</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>'
  const h = await harness(model(FRAME + data + user('a', '', io + multi('qc:outputCollection="answers" qc:outputElement="= answer"', '<bpmn:loopDataInputRef>in</bpmn:loopDataInputRef><bpmn:inputDataItem id="item"/>')) + line('a')))
  h.start({ items: [1, 2] })
  const [one, two] = h.tasks()
  assert.deepEqual([one?.local['item'], two?.local['item']], [1, 2])
  h.complete(two!.id, { answer: 'second' })
  h.complete(one!.id, { answer: 'first' })
  assert.deepEqual(h.variables()['answers'], ['first', 'second'])
})

test('enough is enough: the rest of a multi-instance is taken away', async () => {
  const completion = '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${nrOfCompletedInstances / nrOfInstances >= 0.5}</bpmn:completionCondition>'
  const h = await harness(model(FRAME + user('a', '', multi('', cardinality('4') + completion)) + user('after') + line('a', 'after')))
  h.start()
  h.complete('a')
  assert.equal(h.waiting().length, 3)
  h.complete('a')
  assert.deepEqual(h.waiting(), ['after'])
})

test('a multi-instance of none passes; too many or nonsense is refused', async () => {
  const h = await harness(model(FRAME + user('a', '', multi('', cardinality('n'))) + line('a')))
  h.start({ n: 0 })
  assert.deepEqual([h.state, h.executed()], ['completed', ['s', 'e']])
  assert.throws(() => h.start({ n: 1e6 }), { code: 'MULTI_TOO_MANY' })
  assert.throws(() => h.start({ n: 'many' }), { code: 'MULTI_VALUE' })
})

test('a multi-instance subprocess keeps its rounds apart, and its boundary belongs to the whole', async () => {
  const inner = tag('startEvent', 'is') + user('x') + event('endEvent', 'ie', '', '') + flows('is -> x\nx -> ie', 'i')
  const h = await harness(model(FRAME + event('subProcess', 'sub', '', multi('qc:collection="list" qc:elementVariable="item"', '') + inner) + tag('endEvent', 'stop') + event('boundaryEvent', 'b', 'attachedToRef="sub"', on.message('m1')) + line('sub') + flows('b -> stop', 'x')))
  h.start({ list: ['a', 'b'] })
  assert.equal(h.tasks().length, 2)
  h.complete('x')
  assert.deepEqual(h.waiting(), ['x'])
  h.message('M1')
  assert.deepEqual([h.state, h.executed().includes('stop')], ['completed', true])
})

test('a multi-instance tells its boundary of each round (none), of the first (one), of chosen ones (complex), or nothing (all)', async () => {
  const signal = '<bpmn:signalEventDefinition id="told" signalRef="g1"/>'
  const complex = '<bpmn:complexBehaviorDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">nrOfCompletedInstances = 2</bpmn:condition><bpmn:event><bpmn:signalEventDefinition signalRef="g1"/></bpmn:event></bpmn:complexBehaviorDefinition>'
  for (const [attributes, inner, times] of [['behavior="None" noneBehaviorEventRef="told"', '', 3], ['behavior="One" oneBehaviorEventRef="told"', '', 1], ['behavior="Complex"', complex, 1], ['', '', 0]] as const) {
    const h = await harness(model(FRAME + event('task', 'a', '', multi(attributes, cardinality('3') + inner)) + tag('task', 'count') + tag('endEvent', 'e2') + event('boundaryEvent', 'b', 'attachedToRef="a" cancelActivity="false"', on.signal('g1')) + line('a') + flows('b -> count\ncount -> e2', 'x'), undefined, signal))
    h.start()
    assert.deepEqual([h.state, h.executed().filter((id) => id === 'count').length], ['completed', times], attributes)
  }
})

test('start quantity gathers tokens, completion quantity multiplies them', async () => {
  const h = await harness(model(FRAME + tag('task', 'many', 'completionQuantity="3"') + user('each') + tag('task', 'gather', 'startQuantity="3"') + user('last') + line('many', 'each', 'gather', 'last')))
  h.start()
  assert.deepEqual(h.waiting(), ['each', 'each', 'each'])
  h.complete('each')
  h.complete('each')
  assert.deepEqual(h.waiting(), ['each'])
  h.complete('each')
  assert.deepEqual(h.waiting(), ['last'])
})

test('in an ad-hoc subprocess people start what they want, until its condition holds', async () => {
  const adhoc = (attributes: string, inner: string, condition: string) => model(FRAME + event('adHocSubProcess', 'ad', attributes, inner + (condition && `<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">${condition}</bpmn:completionCondition>`)) + user('after') + line('ad', 'after'))
  const h = await harness(adhoc('', user('x') + user('y'), 'enough = true'))
  h.start()
  assert.deepEqual(h.tasks().map((t) => [t.nodeId, t.kind]), [['x', 'startable'], ['y', 'startable']])
  h.startActivity('x')
  h.startActivity('x')
  h.startActivity('y')
  assert.deepEqual(h.waiting(), ['x', 'x', 'y'])
  h.complete('x')
  h.complete('x', { enough: true })
  assert.deepEqual(h.waiting(), ['after'], 'what still ran is taken away')
  const kept = await harness(adhoc('cancelRemainingInstances="false"', user('x') + user('y'), 'enough = true'))
  kept.start()
  kept.startActivity('x')
  kept.startActivity('y')
  kept.complete('x', { enough: true })
  assert.deepEqual(kept.waiting(), ['y'])
  kept.complete('y')
  assert.deepEqual(kept.waiting(), ['after'])
  const one = await harness(adhoc('ordering="Sequential"', user('x') + user('y'), ''))
  one.start()
  one.startActivity('y')
  assert.throws(() => one.startActivity('x'))
  one.complete('y')
  one.complete('x')
  assert.deepEqual(one.waiting(), ['after'], 'without a condition, everything once')
})

test('automatic activities of an ad-hoc subprocess are done once each, in order where it says so', async () => {
  for (const ordering of ['Sequential', 'Parallel']) {
    const h = await harness(model(FRAME + event('adHocSubProcess', 'ad', `ordering="${ordering}"`, script('x', '{ n: 1 }') + script('y', '{ n: n + 1 }') + script('z', '{ n: n + 1 }') + '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">n = 2</bpmn:completionCondition>') + line('ad')))
    h.start()
    assert.deepEqual([h.state, h.variables()], ['completed', { n: 2 }], ordering)
  }
})

test('data inputs and outputs of BPMN itself are variables of the activity', async () => {
  const assign = (kind: 'Input' | 'Output', from: string, to: string) => `<bpmn:data${kind}Association id="da${kind}"><bpmn:targetRef>x${kind}</bpmn:targetRef><bpmn:assignment><bpmn:from xsi:type="bpmn:tFormalExpression">${from}</bpmn:from><bpmn:to xsi:type="bpmn:tFormalExpression">${to}</bpmn:to></bpmn:assignment></bpmn:data${kind}Association>`
  const io = '<bpmn:ioSpecification><bpmn:dataInput id="xInput"/><bpmn:dataOutput id="xOutput"/><bpmn:inputSet/><bpmn:outputSet/></bpmn:ioSpecification>'
  const h = await harness(model(FRAME + user('a', '', io + assign('Input', 'price * 2', 'double') + assign('Output', 'double + 1', 'result')) + line('a')))
  h.start({ price: 5 })
  assert.deepEqual(h.tasks()[0]?.local, { double: 10 })
  h.complete('a')
  assert.deepEqual(h.variables(), { price: 5, result: 11 })
})

test('what Camunda models say of people is handed on', async () => {
  const h = await harness(model(FRAME + event('userTask', 'a', 'camunda:assignee="${boss}" camunda:candidateGroups="sales, support" camunda:formKey="f1"', '')
    + event('userTask', 'b', '', inside('<zeebe:assignmentDefinition assignee="=boss" candidateUsers="=[&quot;x&quot;]"/><zeebe:formDefinition formId="f2"/>')) + line('a', 'b')))
  h.start({ boss: '王' })
  assert.deepEqual([h.tasks()[0]?.role, h.tasks()[0]?.people], ['sales', { assignee: '王', candidateUsers: [], candidateGroups: ['sales', 'support'], dueDate: null, formKey: 'f1' }])
  h.complete('a')
  assert.deepEqual(h.tasks()[0]?.people, { assignee: '王', candidateUsers: ['x'], candidateGroups: [], dueDate: null, formKey: 'f2' })
})

test('the outcome of a task with mapped variables still steers the gateway behind it', async () => {
  const outcomes = inside('<qc:outcome id="yes" label="是"/><qc:outcome id="no" label="否"/><qc:output name="seen" value="= true"/>')
  const h = await harness(model(FRAME + user('a', '', outcomes) + '<bpmn:exclusiveGateway id="g" default="f4"/>' + user('good') + flows('s -> a\na -> g\ng -> good [outcome = "yes"]\ng -> e\ngood -> e')))
  h.start()
  h.complete('a', {}, 'yes')
  assert.deepEqual([h.waiting(), h.variables()], [['good'], { seen: true }])
})
