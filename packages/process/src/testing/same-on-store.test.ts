import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { event, flows, model, on, script, tag } from '../engine/testing.ts'
import { BpmnError, type HarnessOptions } from '../harness/index.ts'
import { processModule } from '../store/module.ts'
import { sameOnBoth, type Act } from './compare.ts'

/*
 * One scenario, two worlds: in memory and in the database. After every act both must show the same waiting elements, the same course and the
 * same variables, so that nothing that the engine remembers is lost on the way through the rows.
 */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, frame], clock: '2026-01-01T00:00:00Z', worker: true })

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const line = (...ids: string[]) => flows(['s', ...ids, 'e'].slice(0, -1).map((id, i) => `${id} -> ${[...ids, 'e'][i]}`).join('\n'))
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="r" ${attributes}`, inner)
const inside = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`
const sub = (id: string, attributes = '', inner = '') => event('subProcess', id, attributes, tag('startEvent', `${id}s`) + user(`${id}t`) + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id) + inner)

const same = (xml: string | readonly string[], acts: readonly Act[], options: HarnessOptions = {}) => sameOnBoth(app, xml, acts, options)

test('ST-01 scripts compute variables, and what they set is kept with the case', async () => {
  const { variables } = await same(model(FRAME + script('a', 'x * 2', 'qc:resultVariable="y"') + user('t') + script('b', '{ z: y + 1, 天: date("2026-01-01") }') + line('a', 't', 'b')), [h => h.start({ x: 3 }), h => h.complete('t', { x: 9 })])
  assert.deepEqual(variables, { x: 9, y: 6, z: 7, 天: '2026-01-01' })
})

test('ST-02 a service task is done by its program with what the model hands it; an error that the model catches goes its way', async () => {
  const xml = model(FRAME + `<bpmn:serviceTask id="a">${inside('<zeebe:taskDefinition type="mail"/><zeebe:ioMapping><zeebe:input source="=customer.mail" target="to"/><zeebe:output source="=sent" target="mailed"/></zeebe:ioMapping>')}</bpmn:serviceTask>`
    + '<bpmn:serviceTask id="b" camunda:type="external" camunda:topic="book"/>' + user('broken') + event('boundaryEvent', 'bo', 'attachedToRef="b"', on.error('E1')) + line('a', 'b') + flows('bo -> broken\nbroken -> e', 'x'))
  const end = await same(xml, [h => h.start({ customer: { mail: 'a@b.cn' } }), h => h.complete('broken')], { handlers: { mail: input => ({ sent: input['to'] }), book: () => { throw new BpmnError('E1', { why: 'full' }) } } })
  assert.deepEqual([end.state, end.variables['mailed'], end.variables['why']], ['completed', 'a@b.cn', 'full'])
})

test('ST-03 a subprocess with two branches and a time limit around it', async () => {
  const inner = tag('startEvent', 'is') + tag('parallelGateway', 'fork') + user('x') + user('y') + tag('endEvent', 'ie1 ie2') + flows('is -> fork\nfork -> x\nfork -> y\nx -> ie1\ny -> ie2', 'i')
  const xml = model(FRAME + event('subProcess', 'sub', '', inner) + user('after') + user('late') + event('boundaryEvent', 'b', 'attachedToRef="sub"', on.timer('PT1H')) + line('sub', 'after') + flows('b -> late\nlate -> e', 'x'))
  await same(xml, [h => h.start(), h => h.complete('x'), h => h.complete('y'), h => h.complete('after')])
  const { cancelled } = await same(xml, [h => h.start(), h => h.complete('x'), h => h.clock.advance('PT2H'), h => h.complete('late')])
  assert.deepEqual(cancelled, ['y', 'sub'])
})

test('ST-04 a called process has its own variables, its own version, and hands back what is mapped', async () => {
  const child = model(FRAME + script('c', '{ y: x + 1, secret: 1 }') + user('t') + line('c', 't'), 'id="child" isExecutable="true"')
  const parent = model(FRAME + `<bpmn:callActivity id="call" calledElement="child">${inside('<camunda:in source="a" target="x"/><camunda:out source="y" target="result"/>')}</bpmn:callActivity>` + user('after') + line('call', 'after'), 'id="parent" isExecutable="true"')
  const { variables } = await same([parent, child], [h => h.start({ x: 1, a: 10 }), h => h.complete('t', { z: 5 }), h => h.complete('after')])
  assert.deepEqual(variables, { x: 1, a: 10, result: 11 })
})

test('ST-05 a sequential and a parallel multi-instance keep the element, the counter and the results of each round', async () => {
  const loop = (sequential: boolean) => model(FRAME + user('a', '', inside('<zeebe:loopCharacteristics inputCollection="=people" inputElement="who" outputCollection="answers" outputElement="=answer"/>').replace(/^/, '<bpmn:multiInstanceLoopCharacteristics' + (sequential ? ' isSequential="true">' : '>')) + '</bpmn:multiInstanceLoopCharacteristics>') + line('a'))
  for (const sequential of [true, false]) {
    const { variables, state } = await same(loop(sequential), [h => h.start({ people: ['甲', '乙', '丙'] }), h => h.complete('a', { answer: 1 }), h => h.complete('a', { answer: 2 }), h => h.complete('a', { answer: 3 })])
    assert.deepEqual([state, variables['answers']], ['completed', [1, 2, 3]])
  }
})

test('ST-06 an event gateway goes the way of what comes first, by key, and takes the other off', async () => {
  const xml = model(FRAME + tag('eventBasedGateway', 'g') + event('intermediateCatchEvent', 'm', 'qc:correlationKey="= order"', on.message('m1')) + event('intermediateCatchEvent', 't', '', on.timer('P1M')) + user('paid') + user('reminded') + flows('s -> g\ng -> m\ng -> t\nm -> paid\nt -> reminded\npaid -> e\nreminded -> e'))
  await same(xml, [h => h.start({ order: 7 }), h => h.clock.advance('P1M'), h => h.complete('reminded')])
  await same(xml, [h => h.start({ order: 7 }), async h => assert.equal(await h.message('M1', { key: 8 }), false), h => h.message('M1', { key: 7, vars: { sum: 3 } }), h => h.complete('paid')])
})

test('ST-07 event subprocesses start by message and by timer again and again, and an interrupting one takes all away', async () => {
  const es = (id: string, interrupting: boolean, inner: string) => event('subProcess', id, 'triggeredByEvent="true"', event('startEvent', `${id}s`, interrupting ? '' : 'isInterrupting="false"', inner) + user(`${id}t`) + tag('endEvent', `${id}e`) + flows(`${id}s -> ${id}t\n${id}t -> ${id}e`, id))
  const cycle = '<bpmn:timerEventDefinition><bpmn:timeCycle>R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>'
  const xml = model(FRAME + user('work') + es('ask', false, on.message('m1')) + es('nudge', false, cycle) + es('stop', true, on.signal('g1')) + line('work'))
  await same(xml, [h => h.start(), h => h.message('M1'), h => h.clock.advance('PT1H'), h => h.complete('askt'), h => h.clock.advance('PT3H'), h => h.signal('G1'), h => h.complete('stopt')])
})

test('ST-08 compensation undoes what was done, after the case has been read from its rows again', async () => {
  const xml = model(FRAME + user('book') + event('boundaryEvent', 'cb', 'attachedToRef="book"', '<bpmn:compensateEventDefinition/>') + user('unbook', 'isForCompensation="true"') + '<bpmn:association id="as" associationDirection="One" sourceRef="cb" targetRef="unbook"/>'
    + user('decide') + event('intermediateThrowEvent', 'undo', '', '<bpmn:compensateEventDefinition/>') + line('book', 'decide', 'undo'))
  const { executed } = await same(xml, [h => h.start(), h => h.complete('book', { ref: 'B1' }), h => h.complete('decide'), h => h.complete('unbook')])
  assert.ok(executed.includes('unbook'))
})

test('ST-09 a conditional event happens when a variable makes it true, an escalation is told and the work goes on', async () => {
  const condition = '<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression">n &gt; 3</bpmn:condition></bpmn:conditionalEventDefinition>'
  const xml = model(FRAME + user('work') + user('check') + user('told') + event('boundaryEvent', 'cond', 'attachedToRef="work" cancelActivity="false"', condition) + event('boundaryEvent', 'esc', 'attachedToRef="work" cancelActivity="false"', on.escalation('X1')) + line('work') + flows('cond -> check\ncheck -> e\nesc -> told\ntold -> e', 'x'))
  await same(xml, [h => h.start({ n: 1 }), h => h.change({ n: 2 }), h => h.change({ n: 4 }), h => h.escalate('work', 'X1'), h => h.complete('check'), h => h.complete('told'), h => h.complete('work')])
})

test('ST-10 an error that nothing catches fails the case, and a person is asked', async () => {
  const { state, incidents } = await same(model(FRAME + user('a') + line('a')), [h => h.start(), h => h.error('a', 'E9')])
  assert.deepEqual([state, incidents], ['failed', ['error a E9']])
})

test('ST-11 inclusive and complex gateways remember what has arrived', async () => {
  const xml = model(FRAME + tag('inclusiveGateway', 'fork join') + user('a b c') .replace('id="a b c"', 'id="a"') + user('b') + user('c') + flows('s -> fork\nfork -> a [n > 0]\nfork -> b [n > 1]\nfork -> c [n > 2]\na -> join\nb -> join\nc -> join\njoin -> e'))
  await same(xml, [h => h.start({ n: 2 }), h => h.complete('b'), h => h.complete('a')])
})

test('ST-12 messages and signals that a case throws reach others, and begin processes', async () => {
  const sender = model(FRAME + `<bpmn:sendTask id="send" messageRef="m1" qc:correlationKey="= order">${inside('<qc:input name="sum" value="= amount * 2"/>')}</bpmn:sendTask>` + event('intermediateThrowEvent', 'sig', '', on.signal('g1')) + line('send', 'sig'), 'id="sender" isExecutable="true"')
  const waiter = model(FRAME + '<bpmn:receiveTask id="get" messageRef="m1" qc:correlationKey="= no"/>' + line('get'), 'id="waiter" isExecutable="true"')
  const listener = model(event('startEvent', 's', '', on.signal('g1')) + tag('endEvent', 'e') + user('heard') + line('heard'), 'id="listener" isExecutable="true"')
  await same([sender, waiter, listener], [h => h.start({ no: 5 }, { process: 'waiter' }), h => h.start({ order: 5, amount: 4 }, { process: 'sender' }), h => h.complete('heard')])
})

test('ST-13 a process begins by its timer, so often as it says', async () => {
  const cycle = '<bpmn:timerEventDefinition><bpmn:timeCycle>R2/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>'
  await same(model(event('startEvent', 's', '', cycle) + tag('endEvent', 'e') + user('a') + line('a')), [h => h.clock.advance('PT1H'), h => h.clock.advance('PT5H'), h => h.complete('a')])
})

test('ST-14 a subprocess inside a called process, interrupted from outside, leaves nothing behind', async () => {
  const child = model(FRAME + sub('deep') + line('deep'), 'id="child" isExecutable="true"')
  const parent = model(FRAME + tag('callActivity', 'call', 'calledElement="child"') + user('repair') + event('boundaryEvent', 'b', 'attachedToRef="call"', on.error('E1')) + line('call') + flows('b -> repair\nrepair -> e', 'x'), 'id="parent" isExecutable="true"')
  const { waiting } = await same([parent, child], [h => h.start(), h => h.error('deept', 'E1')])
  assert.deepEqual(waiting, ['repair'])
})

test('ST-15 ad-hoc activities are started when somebody wants them', async () => {
  const xml = model(FRAME + event('adHocSubProcess', 'ad', '', user('x') + user('y') + '<bpmn:completionCondition xsi:type="bpmn:tFormalExpression">enough = true</bpmn:completionCondition>') + line('ad'))
  await same(xml, [h => h.start(), h => h.complete('x'), h => h.complete('y', { enough: true })])
})

test('ST-16 business rule tasks ask the decision that the product provides', async () => {
  const xml = model(FRAME + '<bpmn:businessRuleTask id="a" qc:decision="discount" qc:resultVariable="percent"/>' + user('t') + line('a', 't'))
  const { variables } = await same(xml, [h => h.start({ amount: 50 }), h => h.complete('t')], { decide: (_, v) => Number(v['amount']) / 10 })
  assert.equal(variables['percent'], 5)
})
