import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { BpmnModdle } from 'bpmn-moddle'
import { compileProcess, qcModdle } from '@quancheng/process'
import { approverText, readApprovers } from './approvers.ts'
import { camundaPrefix, camundaText, handed, withHanded } from './calls.ts'
import { list, ref } from './elements.ts'
import { fileOf, known, meaning, meant, refOf, type RootKind } from './roots.ts'
import type { Bo } from './types.ts'
import { variablesAt } from './variables.ts'

type Settable = Bo & { set: (name: string, value: unknown) => void }
const moddle = new (BpmnModdle as unknown as new (o: object) => { fromXML: (xml: string) => Promise<{ rootElement: Bo }>; toXML: (bo: Bo, o: object) => Promise<{ xml: string }> })({ qc: qcModdle })

const open = async (body: string, roots = '', attributes = '') => {
  const { rootElement } = await moddle.fromXML(`<?xml version="1.0"?><bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" ${attributes} id="d" targetNamespace="t">${roots}<bpmn:process id="p" isExecutable="true">${body}</bpmn:process></bpmn:definitions>`)
  const all = (scope: Bo): Bo[] => list(scope, 'flowElements').flatMap(e => [e, ...all(e)])
  const find = (id: string): Bo => all(list(rootElement, 'rootElements').find(e => e.$type === 'bpmn:Process')!).find(e => e.id === id)!
  return { file: rootElement, find, write: async () => (await moddle.toXML(rootElement, {})).xml }
}
const flow = (...ids: string[]) => ids.slice(1).map((to, i) => `<bpmn:sequenceFlow id="f${i}" sourceRef="${ids[i]}" targetRef="${to}" />`).join('')

function mean(owner: Bo, kind: RootKind, name: string): void {
  const { rootElements, target } = meaning(owner, kind, name)
  ;(fileOf(owner) as Settable).set('rootElements', rootElements)
  ;(owner as Settable).set(refOf(kind), target)
}

test('a message that is named becomes one of the file, is shared by name, and goes when nobody means it any more', async () => {
  const { file, find, write } = await open(`<bpmn:startEvent id="s" /><bpmn:receiveTask id="a" /><bpmn:receiveTask id="b" /><bpmn:endEvent id="e" />${flow('s', 'a', 'b', 'e')}`)
  const [a, b] = [find('a'), find('b')]
  mean(a, 'Message', '已付款')
  mean(b, 'Message', '已付款')
  assert.deepEqual([known(a, 'Message'), meant(b, 'Message'), list(file, 'rootElements').length], [['已付款'], '已付款', 2])
  const process = await compileProcess(await write())
  assert.deepEqual(Object.values(process.nodes).flatMap(n => (n.type === 'receiveTask' ? n.triggers.map(t => t.on === 'message' && t.name) : [])), ['已付款', '已付款'])
  mean(b, 'Message', '已发货')
  assert.deepEqual(known(a, 'Message').toSorted(), ['已付款', '已发货'].toSorted(), 'the first still means the old one')
  mean(a, 'Message', '')
  assert.deepEqual([known(a, 'Message'), meant(a, 'Message')], [['已发货'], ''])
})

test('errors are told apart by their code', async () => {
  const { find, write } = await open(`<bpmn:startEvent id="s" /><bpmn:userTask id="u" /><bpmn:boundaryEvent id="x" attachedToRef="u"><bpmn:errorEventDefinition id="ed" /></bpmn:boundaryEvent><bpmn:endEvent id="e" />${flow('s', 'u', 'e')}<bpmn:sequenceFlow id="g" sourceRef="x" targetRef="e" />`)
  mean(ref(find('x'), 'eventDefinitions') ?? list(find('x'), 'eventDefinitions')[0]!, 'Error', 'NO_STOCK')
  assert.match(await write(), /<bpmn:error id="Error_1" name="NO_STOCK" errorCode="NO_STOCK"/)
  assert.equal((await compileProcess(await write())).nodes['x']?.type, 'boundaryEvent')
})

test('what a call hands over is read by the engine as it was chosen: all, some, nothing', async () => {
  const { file, find, write } = await open(`<bpmn:startEvent id="s" /><bpmn:callActivity id="c" calledElement="other"><bpmn:extensionElements><qc:output name="x" value="1" /></bpmn:extensionElements></bpmn:callActivity><bpmn:endEvent id="e" />${flow('s', 'c', 'e')}`)
  const call = find('c') as Settable
  const compiled = async () => { const n = (await compileProcess(await write())).nodes['c']!; return n.type === 'callActivity' ? [n.passIn, n.passOut, n.callIn.map(m => m.to), n.callOut.map(m => `${m.to} ${m.from.text}`)] : [] }
  assert.deepEqual([handed(call, 'in').all, await compiled()], [true, [true, true, [], []]])
  const { declare } = camundaPrefix(call)
  for (const [name, uri] of Object.entries(declare!)) (file as Settable).set(name, uri)
  const put = (next: Parameters<typeof withHanded>[1]) => call.set('extensionElements', withHanded(call, next))
  put({ in: { all: false, rows: [{ name: 'amount', value: 'price * 2' }] }, out: { all: true, rows: [{ name: 'score', value: 'points' }] } })
  assert.deepEqual(await compiled(), [false, true, ['amount'], ['score =points']])
  assert.deepEqual([handed(call, 'in'), handed(call, 'out')], [{ all: false, rows: [{ name: 'amount', value: 'price * 2' }] }, { all: true, rows: [{ name: 'score', value: 'points' }] }])
  put({ in: { all: false, rows: [] }, out: { all: false, rows: [] } })
  assert.deepEqual([await compiled(), handed(call, 'in').all], [[false, false, [], []], false])
  put({ in: { all: true, rows: [] }, out: { all: true, rows: [] } })
  assert.deepEqual(list(ref(call, 'extensionElements')!, 'values').map(v => v.$type), ['qc:Output'], 'what it had besides stays')
})

test('several posts are written as other modellers read them, under the prefix that the file has', async () => {
  const task = `<bpmn:startEvent id="s" /><bpmn:userTask id="u" /><bpmn:endEvent id="e" />${flow('s', 'u', 'e')}`
  const plain = await open(task), flowable = await open(task.replace('id="u"', 'id="u" fl:candidateGroups="a,b"'), '', 'xmlns:fl="http://camunda.org/schema/1.0/bpmn"')
  assert.deepEqual([camundaPrefix(flowable.find('u')), camundaText(flowable.find('u'), 'candidateGroups')], [{ prefix: 'fl', declare: null }, 'a,b'])
  const { prefix, declare } = camundaPrefix(plain.find('u'))
  for (const [name, uri] of Object.entries(declare!)) (plain.file as Settable).set(name, uri)
  ;(plain.find('u') as Settable).set(`${prefix}:candidateGroups`, 'hr,finance')
  const node = (await compileProcess(await plain.write())).nodes['u']!
  assert.equal(node.type === 'userTask' && node.task.people?.candidateGroups?.text, '"hr,finance"')
})

test('approvers are read and written entry by entry', () => {
  const who = 'role:hr,field:managerId,user:li.jie,starter,starter.manager'
  assert.deepEqual(readApprovers(who).map(w => w.by), ['role', 'field', 'user', 'starter', 'manager'])
  assert.equal(readApprovers(who).map(approverText).join(','), who)
})

test('an expression is offered what is known where it stands: the record, what was filled in before, the round it is in; not what comes later', async () => {
  const { find } = await open(`<bpmn:startEvent id="s" />
    <bpmn:userTask id="ask" name="询价"><bpmn:extensionElements><qc:field name="price" label="单价" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:scriptTask id="sum" name="合计" qc:resultVariable="total"><bpmn:script>price * 2</bpmn:script></bpmn:scriptTask>
    <bpmn:subProcess id="sub"><bpmn:userTask id="each"><bpmn:multiInstanceLoopCharacteristics qc:collection="people" qc:elementVariable="person" /></bpmn:userTask></bpmn:subProcess>
    <bpmn:userTask id="late"><bpmn:extensionElements><qc:field name="paidOn" label="付款日" /></bpmn:extensionElements></bpmn:userTask>
    <bpmn:endEvent id="e" />${flow('s', 'ask', 'sum', 'sub', 'late', 'e')}`)
  const entity = { name: 'order', label: '订单', fields: [{ name: 'number', label: '单号', type: 'text', required: false, target: null, options: [] }] }
  const names = (id: string) => variablesAt(find(id), entity).map(v => v.name)
  assert.deepEqual(names('ask'), ['number', 'outcome'])
  assert.deepEqual(names('sum').toSorted(), ['number', 'outcome', 'price'])
  const inside = names('each')
  assert.deepEqual(['person', 'loopCounter', 'price', 'total', 'number'].filter(n => !inside.includes(n)), [])
  assert.ok(!inside.includes('paidOn'))
  assert.ok(names('f4').includes('paidOn'), 'the flow behind a step can ask what the step was told')
})

test('the panel’s words are there for every key in both languages', () => {
  const source = readFileSync(new URL('../panel/texts-rarer.ts', import.meta.url), 'utf8')
  assert.deepEqual([...source.matchAll(/\['([^']*)', '([^']*)'\]/g)].filter(m => !m[1] || !m[2]).map(m => m[0]), [])
})
