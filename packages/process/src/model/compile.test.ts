import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bpmn, event, flows, on, tag } from '../engine/testing.ts'
import { MODEL_LIMITS, ProcessModelError, checkProcess, compileProcess } from './index.ts'

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const SIMPLE = FRAME + tag('userTask', 't', 'qc:role="qc"') + flows('s -> t\nt -> e')

/** `code@elementId`, sorted */
async function problems(xml: string): Promise<string[]> {
  const checked = await checkProcess(xml)
  assert.equal(checked.process === null, checked.problems.length > 0)
  for (const { message } of [...checked.problems, ...checked.warnings]) assert.match(message, /[\u4e00-\u9fff]/)
  return checked.problems.map((p) => `${p.code}@${p.elementId}`).toSorted()
}

async function warnings(xml: string, options = {}): Promise<string[]> {
  const checked = await checkProcess(xml, options)
  assert.deepEqual(checked.problems, [])
  return checked.warnings.map((p) => `${p.code}@${p.elementId}`).toSorted()
}

const task = (inner: string, attributes = 'qc:role="qc"') =>
  bpmn(`${FRAME}<bpmn:userTask id="t" ${attributes}><bpmn:extensionElements>${inner}</bpmn:extensionElements></bpmn:userTask>${flows('s -> t\nt -> e')}`)

test('a simple process compiles to a frozen graph that survives JSON', async () => {
  const process = await compileProcess(bpmn(SIMPLE))
  assert.deepEqual(process.nodes['t']?.incoming, ['f1'])
  assert.deepEqual(process.nodes['t']?.outgoing, ['f2'])
  assert.equal(process.startId, 's')
  assert.ok(Object.isFrozen(process.nodes['t']) && Object.isFrozen(process.flows))
  assert.equal(JSON.parse(JSON.stringify(process)).nodes.t.task.role, 'qc')
  assert.deepEqual(process.warnings, [])
})

test('an element that is not executed is refused with its id, whatever it is', async () => {
  for (const element of ['choreographyTask', 'subChoreography', 'callChoreography']) {
    const xml = bpmn(FRAME + tag(element, 'x') + flows('s -> x\nx -> e'))
    assert.deepEqual(await problems(xml), ['ELEMENT_UNSUPPORTED@x'], element)
  }
})

test('an executed element that lacks what it needs is refused with its id', async () => {
  const cases: [string, string, string[]][] = [
    ['serviceTask', '', ['HANDLER_MISSING@x']],
    ['businessRuleTask', '', ['HANDLER_MISSING@x']],
    ['callActivity', '', ['CALL_INVALID@x']],
    ['adHocSubProcess', '', ['START_MISSING@x']],
    ['intermediateCatchEvent', '', ['EVENT_INVALID@x']],
    ['scriptTask', 'scriptFormat="groovy"', ['SCRIPT_LANGUAGE@x']],
    ['serviceTask', 'camunda:class="org.Doer"', ['HANDLER_MISSING@x']],
    ['serviceTask', 'camunda:expression="${bean.run()}"', ['HANDLER_MISSING@x']],
    ['serviceTask', 'camunda:topic="${topic}"', ['HANDLER_MISSING@x']],
    ['callActivity', 'calledElement="${which}"', ['CALL_INVALID@x']],
  ]
  for (const [element, attributes, expected] of cases) {
    const inner = element === 'scriptTask' ? '<bpmn:script>println 1</bpmn:script>' : ''
    assert.deepEqual(await problems(bpmn(FRAME + event(element, 'x', attributes, inner) + flows('s -> x\nx -> e'))), expected, element)
  }
})

test('an event in a place where BPMN does not allow it is refused', async () => {
  const cases: [string, string[]][] = [
    ...['error', 'escalation', 'compensate', 'cancel', 'link', 'terminate'].map((kind): [string, string[]] => [event('startEvent', 's', '', `<bpmn:${kind}EventDefinition name="l"/>`) + tag('endEvent', 'e') + flows('s -> e'), ['EVENT_INVALID@s']]),
    ...['timer', 'conditional', 'link'].map((kind): [string, string[]] => [tag('startEvent', 's') + event('endEvent', 'e', '', definition(kind)) + flows('s -> e'), ['EVENT_INVALID@e']]),
    [tag('startEvent', 's') + event('endEvent', 'e', '', on.cancel) + flows('s -> e'), ['EVENT_INVALID@e']],
    ...['error', 'escalation'].map((kind): [string, string[]] => [FRAME + event('intermediateCatchEvent', 'c', '', definition(kind)) + flows('s -> c\nc -> e'), ['EVENT_INVALID@c']]),
    [FRAME + event('intermediateThrowEvent', 'c', '', definition('timer')) + flows('s -> c\nc -> e'), ['EVENT_INVALID@c']],
    [SIMPLE + event('boundaryEvent', 'b', 'attachedToRef="t"', on.cancel) + '<bpmn:sequenceFlow id="x" sourceRef="b" targetRef="e"/>', ['BOUNDARY_INVALID@b']],
    [SIMPLE + event('boundaryEvent', 'b', 'attachedToRef="t"', on.compensate()), ['COMPENSATION_INVALID@b']],
    [SIMPLE + event('boundaryEvent', 'b', 'attachedToRef="t"', ''), ['EVENT_INVALID@b']],
    [FRAME + event('intermediateThrowEvent', 'l', '', on.link('nowhere')) + flows('s -> l\nl -> e').replace(/<bpmn:sequenceFlow id="f2".*/, ''), ['LINK_INVALID@l', 'NODE_UNREACHABLE@e']],
    [FRAME + event('eventBasedGateway', 'g', '', '') + tag('task', 't') + flows('s -> g\ng -> t\nt -> e'), ['GATEWAY_INVALID@t']],
    [FRAME + tag('complexGateway', 'g') + tag('parallelGateway', 'f') + flows('s -> f\nf -> g\nf -> g\ng -> e'), ['GATEWAY_INVALID@g']],
    [FRAME + event('subProcess', 'x', '', event('startEvent', 'is', '', on.timer('PT1H'))) + flows('s -> x\nx -> e'), ['EVENT_INVALID@is', 'NODE_UNREACHABLE@is']],
    [SIMPLE + event('subProcess', 'x', 'triggeredByEvent="true"', tag('startEvent', 'is')), ['EVENT_INVALID@is']],
    [FRAME + event('task', 't', '', '<bpmn:standardLoopCharacteristics/>') + flows('s -> t\nt -> e'), ['LOOP_INVALID@t']],
    [FRAME + event('task', 't', '', '<bpmn:multiInstanceLoopCharacteristics/>') + flows('s -> t\nt -> e'), ['MULTI_INVALID@t']],
    [FRAME + event('subProcess', 'x', '', tag('startEvent', 'is') + tag('task', 't')) + '<bpmn:sequenceFlow id="over" sourceRef="is" targetRef="e"/>' + flows('s -> x\nx -> e'), ['FLOW_DANGLING@over']],
  ]
  for (const [elements, expected] of cases) assert.deepEqual(await problems(bpmn(elements)), expected, elements)
})

const definition = (kind: string) => ({ timer: on.timer('PT1H'), conditional: on.condition('x = 1'), link: on.link('l'), error: on.error(), escalation: on.escalation() })[kind] ?? ''

test('all problems are told at once, each at its element', async () => {
  const xml = bpmn(`${FRAME}${tag('userTask', 'loop')}${tag('exclusiveGateway', 'g')}${tag('choreographyTask', 'or')}${tag('serviceTask', 'svc')}
    <bpmn:userTask id="multi"><bpmn:multiInstanceLoopCharacteristics/></bpmn:userTask>
    ${flows('s -> g\ng -> loop [a >> b]\ng -> or [nope(1)]\nor -> multi\nloop -> svc\nsvc -> e\nmulti -> e')}`)
  assert.deepEqual(await problems(xml), [
    'ELEMENT_UNSUPPORTED@or', 'FEEL_SYNTAX@f2', 'FEEL_UNKNOWN_FUNCTION@f3', 'HANDLER_MISSING@svc', 'MULTI_INVALID@multi',
  ])
  await assert.rejects(compileProcess(xml), (e: unknown) => e instanceof ProcessModelError && e.code === 'PROCESS_INVALID' && e.problems.length === 5)
})

test('the graph must hang together', async () => {
  const cases: [string, string[]][] = [
    [FRAME + flows('s -> gone'), ['FLOW_DANGLING@f1']],
    [tag('startEvent', 's') + tag('userTask', 't') + flows('s -> t'), ['END_MISSING@p']],
    [tag('endEvent', 'e') + tag('userTask', 't') + flows('t -> e'), ['START_MISSING@p']],
    [SIMPLE + tag('userTask', 'island'), ['NODE_UNREACHABLE@island']],
    [SIMPLE + tag('userTask', 'a b') + '<bpmn:sequenceFlow id="x" sourceRef="a" targetRef="b"/><bpmn:sequenceFlow id="y" sourceRef="b" targetRef="a"/>', ['NODE_UNREACHABLE@a', 'NODE_UNREACHABLE@b']],
    [SIMPLE + '<bpmn:sequenceFlow id="x" sourceRef="t" targetRef="s"/>', ['START_INCOMING@s']],
    [SIMPLE + '<bpmn:sequenceFlow id="x" sourceRef="e" targetRef="t"/>', ['END_OUTGOING@e']],
    [SIMPLE + tag('userTask', 't'), ['ID_DUPLICATE@t']],
    [FRAME + tag('parallelGateway', 'g') + flows('s -> g\ng -> e [x > 1]'), ['CONDITION_UNUSED@f2']],
    [FRAME + '<bpmn:exclusiveGateway id="g" default="f1"/>' + flows('s -> g\ng -> e'), ['DEFAULT_INVALID@g']],
    [FRAME + '<bpmn:userTask id="t" startQuantity="0"/>' + flows('s -> t\nt -> e'), ['FEATURE_UNSUPPORTED@t']],
    [FRAME + '<bpmn:userTask/>' + flows('s -> e'), ['ID_MISSING@p']],
  ]
  for (const [elements, expected] of cases) assert.deepEqual(await problems(bpmn(elements)), expected, elements)
})

test('a file that is no process, an attack or too large is refused unread', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>${bpmn(SIMPLE)}`
  assert.deepEqual(await problems(bomb), ['XML_DOCTYPE@null'])
  assert.deepEqual(await problems('<!doctype html><html/>'), ['XML_DOCTYPE@null'])
  assert.deepEqual(await problems(bpmn(SIMPLE) + ' '.repeat(MODEL_LIMITS.bytes)), ['XML_TOO_LARGE@null'])
  assert.deepEqual(await problems(bpmn('<bpmn:task/>'.repeat(MODEL_LIMITS.elements))), ['MODEL_TOO_LARGE@null'])
  assert.deepEqual(await problems(''), ['XML_INVALID@null'])
  assert.deepEqual(await problems('<html></html>'), ['XML_INVALID@null'])
  assert.deepEqual(await problems(bpmn(SIMPLE).slice(0, -30)), ['XML_INVALID@null'])
  assert.deepEqual(await problems(bpmn(SIMPLE, 'id="p" isExecutable="false"')), ['PROCESS_NONE@p'])
  assert.deepEqual(await problems(bpmn(`${SIMPLE}</bpmn:process><bpmn:process id="q" isExecutable="true">`)), ['PROCESS_SEVERAL@q'])
  assert.deepEqual(await problems(bpmn(`${SIMPLE}<bpmn:teleport id="z"/>`)), ['ELEMENT_UNKNOWN@null'])
})

test('doubts that do not stop a process are warnings', async () => {
  assert.deepEqual(await warnings(bpmn(SIMPLE + tag('startEvent', 's2') + '<bpmn:sequenceFlow id="x" sourceRef="s2" targetRef="t"/>')), ['START_SEVERAL@s2'])
  assert.deepEqual(await warnings(bpmn(SIMPLE, 'id="p"')), ['PROCESS_NOT_MARKED@p'])
  assert.deepEqual(await warnings(bpmn(SIMPLE), { roles: ['engineer'] }), ['ROLE_UNKNOWN@t'])
  assert.deepEqual(await warnings(bpmn(FRAME + tag('userTask', 't') + flows('s -> t\nt -> e'))), ['ROLE_MISSING@t'])
  assert.deepEqual(await warnings(bpmn(FRAME + '<bpmn:serviceTask id="x" qc:handler="mail"/>' + flows('s -> x\nx -> e')), { handlers: [] }), ['HANDLER_UNKNOWN@x'])
  const gateway = (lines: string) => bpmn(FRAME + tag('exclusiveGateway', 'g') + tag('endEvent', 'e2') + flows(lines))
  assert.deepEqual(await warnings(gateway('s -> g\ng -> e [a > 1]\ng -> e2 [a < 1]')), ['GATEWAY_NO_DEFAULT@g'])
  assert.deepEqual(await warnings(gateway('s -> g\ng -> e [a > 1]\ng -> e2')), ['CONDITION_MISSING@f3'])
  assert.deepEqual(await warnings(bpmn(`${FRAME}${tag('userTask', 't', 'qc:role="qc"')}${tag('userTask', 'u', 'qc:role="qc"')}${flows('s -> t\nt -> e\nt -> u')}`)), ['NODE_DEAD_END@u'])
  const foreign = bpmn(FRAME + '<bpmn:userTask id="t" qc:role="qc" xmlns:camunda="urn:c" camunda:assignee="kermit"/>' + flows('s -> t\nt -> e'))
  assert.deepEqual(await warnings(foreign), ['FOREIGN_EXTENSION@t'])
})

test('conditions that answer every outcome of the task before need no default', async () => {
  const xml = (outcomes: string) => bpmn(`${FRAME}${tag('exclusiveGateway', 'g')}<bpmn:userTask id="t" qc:role="qc"><bpmn:extensionElements>
    ${outcomes.split(' ').map((o) => `<qc:outcome id="${o}" label="${o}"/>`).join('')}</bpmn:extensionElements></bpmn:userTask>
    ${flows('s -> t\nt -> g\ng -> e [outcome = "yes"]\ng -> t [outcome = "no"]')}`)
  assert.deepEqual(await warnings(xml('yes no')), [])
  assert.deepEqual(await warnings(xml('yes no perhaps')), ['GATEWAY_NO_DEFAULT@g'])
})

test('the qc extension of a user task is read in full', async () => {
  const process = await compileProcess(bpmn(`<bpmn:extensionElements><qc:binding entity="serviceRequest" stageField="stage"/></bpmn:extensionElements>
    <bpmn:laneSet id="ls"><bpmn:lane id="l" name="检验" qc:role="inspector"><bpmn:flowNodeRef>t</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>${FRAME}
    <bpmn:userTask id="t" name="检验" qc:assign="previous:t" qc:stage="inspecting"><bpmn:documentation>检验机器</bpmn:documentation><bpmn:extensionElements>
      <qc:guide>先断电</qc:guide><qc:standard minutes="60" clock="business" warn="50" pauseReasons="待客户,待件" remind="30"/>
      <qc:field name="serialNo" readonly="true"/><qc:field name="result" label="结论" required="true" outcomes="ok"/>
      <qc:item id="power" label="通电测试" required="true"/><qc:script id="hello" required="true">您好</qc:script><qc:script>再见</qc:script>
      <qc:outcome id="ok" label="完成" target="e"/><qc:outcome id="no" label="拒修" danger="true" confirm="确定？" requiresComment="true"/>
    </bpmn:extensionElements></bpmn:userTask>${flows('s -> t\nt -> e')}`))
  assert.deepEqual(process.binding, { entity: 'serviceRequest', stageField: 'stage' })
  assert.deepEqual(process.roles, ['inspector'])
  const node = process.nodes['t']
  assert.equal(node?.type === 'userTask' && node.stage, 'inspecting')
  assert.deepEqual(node?.type === 'userTask' && node.task, {
    role: 'inspector', assign: { rule: 'previous', nodeId: 't' }, guide: '先断电', approval: null,
    standard: { minutes: 60, clock: 'business', warnPercent: 50, pauseReasons: ['待客户', '待件'], remindMinutes: [30] },
    fields: [{ name: 'serialNo', label: null, required: false, readonly: true, outcomes: null }, { name: 'result', label: '结论', required: true, readonly: false, outcomes: ['ok'] }],
    items: [{ id: 'power', label: '通电测试', required: true, outcomes: null }],
    script: [{ id: 'hello', text: '您好', required: true, outcomes: null }, { id: 'script2', text: '再见', required: false, outcomes: null }],
    outcomes: [
      { id: 'ok', label: '完成', flowId: 'f2', danger: false, confirm: null, requiresComment: false, gate: null },
      { id: 'no', label: '拒修', flowId: null, danger: true, confirm: '确定？', requiresComment: true, gate: null },
    ],
  })
})

test('mistakes in the qc extension are refused, misspelt names among them', async () => {
  const cases: [string, string[]][] = [
    ['<qc:outcome id="a" label="A"/><qc:outcome id="a" label="B"/>', ['OUTCOME_DUPLICATE@t']],
    ['<qc:outcome id="a"/>', ['QC_INVALID@t']],
    ['<qc:outcome id="a" label="A" target="nowhere"/>', ['OUTCOME_TARGET@t']],
    ['<qc:outcome id="a" label="A" requires-comment="true"/>', ['QC_UNKNOWN@t']],
    ['<qc:item id="i" label="I" outcomes="zz"/>', ['OUTCOME_UNDECLARED@t']],
    ['<qc:item id="i" label="I"/><qc:script id="i">x</qc:script>', ['QC_INVALID@t']],
    ['<qc:field required="true"/>', ['QC_INVALID@t']],
    ['<qc:field name="a"/><qc:field name="a"/>', ['QC_INVALID@t']],
    ['<qc:standard minutes="-5"/>', ['QC_INVALID@t']],
    ['<qc:standard minutes="ten"/>', ['QC_INVALID@t']],
    ['<qc:standard minutes="5" clock="lunar"/>', ['QC_INVALID@t']],
    ['<qc:standard minutes="5" warn="180"/>', ['QC_INVALID@t']],
    ['<qc:standard minutes="5"/><qc:standard minutes="6"/>', ['QC_INVALID@t']],
    ['<qc:binding entity="x"/>', ['QC_INVALID@t']],
    ['<qc:magic/>', ['QC_UNKNOWN@null']],
  ]
  for (const [inner, expected] of cases) assert.deepEqual(await problems(task(inner)), expected, inner)
  assert.deepEqual(await problems(task('', 'qc:role="qc" qc:assign="nobody"')), ['ASSIGN_INVALID@t'])
  assert.deepEqual(await problems(task('', 'qc:role="qc" qc:asign="pool"')), ['QC_UNKNOWN@t'])
})

test('conditions and timers of other dialects are refused, not guessed', async () => {
  const condition = (body: string, language = '') => bpmn(`${FRAME}<bpmn:exclusiveGateway id="g" default="d"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="g"/>
    <bpmn:sequenceFlow id="d" sourceRef="g" targetRef="e"/><bpmn:sequenceFlow id="c" sourceRef="g" targetRef="e"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" ${language}>${body}</bpmn:conditionExpression></bpmn:sequenceFlow>`)
  assert.deepEqual(await problems(condition('${amount > 1}')), [])
  assert.deepEqual(await problems(condition('${bean.check(amount)}')), ['CONDITION_LANGUAGE@c'])
  assert.deepEqual(await problems(condition('${amount > 1}', 'language="groovy"')), ['CONDITION_LANGUAGE@c'])
  assert.deepEqual(await problems(condition('amount > 1', 'language="javascript"')), ['CONDITION_LANGUAGE@c'])
  assert.deepEqual(await problems(condition('= amount > 1', 'language="https://www.omg.org/spec/DMN/20191111/FEEL/"')), [])
  const timer = (inner: string, attributes = 'attachedToRef="t"') => bpmn(`${SIMPLE}<bpmn:boundaryEvent id="b" ${attributes}><bpmn:timerEventDefinition>${inner}</bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:sequenceFlow id="x" sourceRef="b" targetRef="e"/>`)
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>PT5M</bpmn:timeDuration>')), [])
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>= 期限</bpmn:timeDuration>')), [])
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>5 minutes</bpmn:timeDuration>')), ['TIMER_INVALID@b'])
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>= 5 +</bpmn:timeDuration>')), ['FEEL_SYNTAX@b'])
  assert.deepEqual(await problems(timer('<bpmn:timeCycle>R/PT5M</bpmn:timeCycle>')), [])
  assert.deepEqual(await problems(timer('<bpmn:timeCycle>0 0 8 * * ?</bpmn:timeCycle>')), ['TIMER_INVALID@b'])
  assert.deepEqual(await problems(timer('<bpmn:timeCycle>R/PT0S</bpmn:timeCycle>')), ['TIMER_INVALID@b'])
  assert.deepEqual(await problems(timer('<bpmn:timeCycle>R/PT0.001S</bpmn:timeCycle>')), ['TIMER_INVALID@b'], 'a thousand times a second, for ever')
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>P99999999999999Y</bpmn:timeDuration>')), ['TIMER_INVALID@b'], 'a day that no calendar has')
  assert.deepEqual(await problems(timer('<bpmn:timeDate>2026-02-30</bpmn:timeDate>')), ['TIMER_INVALID@b'])
  assert.deepEqual(await problems(timer('<bpmn:timeDuration>PT5M</bpmn:timeDuration>', 'attachedToRef="none"')), ['BOUNDARY_INVALID@b', 'REFERENCE_UNRESOLVED@b'])
})

test('an element may be called constructor without harm', async () => {
  const process = await compileProcess(bpmn(FRAME + tag('userTask', 'constructor __proto__', 'qc:role="qc"') + flows('s -> constructor\nconstructor -> __proto__\n__proto__ -> e')))
  assert.equal(process.nodes['constructor']?.type, 'userTask')
  assert.equal(process.nodes['__proto__']?.type, 'userTask')
  assert.equal(process.nodes['toString'], undefined)
})

test('an approval is read with its mode, its share and whom it asks; what makes no sense is refused', async () => {
  const task = (attributes: string, outcomes = '<qc:outcome id="approve" label="同意" /><qc:outcome id="reject" label="驳回" />') => bpmn(tag('startEvent', 's') + tag('endEvent', 'e')
    + `<bpmn:userTask id="t" name="审批"><bpmn:extensionElements><qc:approval ${attributes} />${outcomes}</bpmn:extensionElements></bpmn:userTask>` + flows('s -> t\nt -> e'))
  const node = (await compileProcess(task('mode="all" share="2/3" veto="true" who="role:director, field:managerId, starter.manager, starter, user:wuzong"'))).nodes.t
  assert.ok(node?.type === 'userTask')
  assert.deepEqual(node.task.approval, { mode: 'all', share: 2 / 3, veto: true, approve: 'approve', reject: 'reject', who: [{ by: 'role', role: 'director' }, { by: 'field', field: 'managerId' }, { by: 'manager' }, { by: 'starter' }, { by: 'user', username: 'wuzong' }] })
  const problems = async (xml: string) => (await checkProcess(xml)).problems.map(p => p.message)
  assert.deepEqual(await problems(task('mode="most" who="starter"')), ['“审批”的审批方式应为 all（会签）、any（或签）或 sequence（依次）'])
  assert.deepEqual(await problems(task('mode="any" share="1/2" who="starter"')), ['“审批”的审批只有会签（mode="all"）可以写通过比例和一票否决'])
  assert.deepEqual(await problems(task('share="1.5" who="starter"')), ['“审批”的审批通过比例应为 0 到 1 之间的数、分数（2/3）或百分数（66%）'])
  assert.match((await problems(task('who="boss"')))[0]!, /^“审批”的审批人（who）应为/)
  assert.deepEqual(await problems(task('who="starter"', '<qc:outcome id="approve" label="同意" />')), ['“审批”的审批需要办理结果“reject”（qc:outcome）'])
})

test('work that other engines do by themselves is a program’s of that kind, with the same fields; a time that is none is refused', async () => {
  const FLOWABLE = 'xmlns:flowable="http://flowable.org/bpmn"'
  const mail = bpmn(FRAME + `<bpmn:serviceTask id="m" ${FLOWABLE} flowable:type="mail"><bpmn:extensionElements><flowable:field name="to" expression="\${customer.mail}"/><flowable:field name="subject"><flowable:expression>订单 \${number}</flowable:expression></flowable:field><flowable:field name="charset" stringValue="utf-8"/></bpmn:extensionElements></bpmn:serviceTask>` + flows('s -> m\nm -> e'))
  const node = (await compileProcess(mail)).nodes['m']
  assert.ok(node?.type === 'serviceTask')
  assert.deepEqual([node.handler, Object.fromEntries(node.args.map((a) => [a.name, a.value.evaluate({ customer: { mail: 'a@b.cn' }, number: 7 })]))], ['mail', { to: 'a@b.cn', subject: '订单 7', charset: 'utf-8' }])
  const dated = async (due: string) => (await checkProcess(bpmn(FRAME + `<bpmn:userTask id="t" qc:role="r" ${FLOWABLE} flowable:dueDate="${due}"/>` + flows('s -> t\nt -> e')))).problems.map((p) => `${p.code}@${p.elementId}`)
  for (const good of ['${by}', '= by', 'P3D', '2026-05-01', '2026-05-01T09:00:00+08:00']) assert.deepEqual(await dated(good), [], good)
  for (const bad of ['tomorrow', '2026-13-01', '${bean.due()}']) assert.equal((await dated(bad)).length, 1, bad)
})

test('data of XPath, BPMN’s own default language, is read by its name', async () => {
  const condition = (text: string) => bpmn(FRAME + '<bpmn:exclusiveGateway id="g" default="d"/><bpmn:sequenceFlow id="a" sourceRef="s" targetRef="g"/><bpmn:sequenceFlow id="d" sourceRef="g" targetRef="e"/>'
    + `<bpmn:sequenceFlow id="c" sourceRef="g" targetRef="e"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"><![CDATA[${text}]]></bpmn:conditionExpression></bpmn:sequenceFlow>`)
  const flow = (await compileProcess(condition("bpmn:getDataObject('状态') = 'yes' and not(bpmn:getDataObject('done'))"))).flows['c']!
  assert.deepEqual([flow.condition!.evaluate({ 状态: 'yes', done: false }), flow.condition!.evaluate({ 状态: 'no', done: false })], [true, false])
  assert.deepEqual((await checkProcess(condition("count(/a/b) > 'x'"))).problems.map((p) => p.elementId), ['c'])
})
