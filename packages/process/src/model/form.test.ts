import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bpmn, flows, tag } from '../engine/testing.ts'
import { checkProcess, compileProcess, type UserTaskSpec } from './index.ts'

const task = (inner: string) => bpmn(`${tag('startEvent', 's') + tag('endEvent', 'e')}<bpmn:userTask id="t" name="填单" qc:role="qc"><bpmn:extensionElements>${inner}</bpmn:extensionElements></bpmn:userTask>${flows('s -> t\nt -> e')}`)
const specOf = async (inner: string): Promise<UserTaskSpec> => { const n = (await compileProcess(task(inner))).nodes['t']; assert.ok(n?.type === 'userTask'); return n.task }
const refused = async (inner: string) => (await checkProcess(task(inner))).problems.map(p => `${p.code}@${p.elementId} ${p.message}`)

test('a form from before says nothing more than it did: no sections, no widths, no conditions', async () => {
  const { fields, layout } = await specOf('<qc:field name="days" required="true" outcomes="a"/><qc:item id="i" label="打勾"/><qc:outcome id="a" label="甲"/>')
  assert.deepEqual(fields, [{ name: 'days', label: null, required: true, readonly: false, outcomes: ['a'] }])
  assert.equal(layout, undefined)
})

test('sections, help, width, type, options, default and condition are read; the order of the file is the order of the form', async () => {
  const spec = await specOf(`<qc:guide>说明</qc:guide><qc:section id="a" label="基本"/><qc:field name="kind" type="choice" options="甲|乙 | 丙" help="选一个" width="half"/><qc:script>您好</qc:script><qc:item id="i" label="打勾"/>
    <qc:section id="b" label="其他"/><qc:field name="why" type="text" width="full" default='"无"' visibleWhen='kind = "丙"'/>`)
  assert.deepEqual(spec.layout, [{ part: 'section', id: 'a', label: '基本' }, { part: 'field', id: 'kind' }, { part: 'script', id: 'script1' }, { part: 'item', id: 'i' }, { part: 'section', id: 'b', label: '其他' }, { part: 'field', id: 'why' }])
  const [kind, why] = spec.fields
  assert.deepEqual([kind!.type, kind!.options, kind!.help, kind!.width], ['choice', ['甲', '乙', '丙'], '选一个', 'half'])
  assert.deepEqual([why!.initial?.text, why!.visibleWhen?.variables, why!.visibleWhen?.evaluate({ kind: '丙' })], ['"无"', ['kind'], true])
})

test('what makes no sense on a form is refused, with the field’s name', async () => {
  const cases: Array<[string, string]> = [
    ['<qc:field name="x" label="天数" width="wide"/>', 'QC_INVALID@t “填单”的字段“天数”的宽度“wide”无效，应为 half 或 full'],
    ['<qc:field name="x" type="money"/>', 'QC_INVALID@t “填单”的字段“x”的类型“money”无效，应为 text、number、date、boolean、choice 之一'],
    ['<qc:field name="x" type="choice"/>', 'QC_INVALID@t “填单”的字段“x”没有选项'],
    ['<qc:field name="x" type="text" options="a|b"/>', 'QC_INVALID@t “填单”的字段“x”有选项，类型却不是 choice'],
    ['<qc:field name="x" type="choice" options="a|a"/>', 'QC_INVALID@t “填单”的字段“x”的选项“a”重复'],
    ['<qc:field name="x" readonly="true" default="1"/>', 'QC_INVALID@t “填单”的字段“x”是只读的，不能有默认值'],
    ['<qc:section id="a" label="甲"/><qc:section id="a" label="乙"/>', 'QC_INVALID@t “填单”的 qc:Section“a”重复'],
    ['<qc:section id="a"/>', 'QC_INVALID@t “填单”的 qc:Section 缺少 label'],
  ]
  for (const [inner, expected] of cases) assert.deepEqual(await refused(inner), [expected], inner)
  assert.match((await refused('<qc:field name="x" visibleWhen="a &gt;"/>'))[0]!, /^FEEL_SYNTAX@t “填单”的字段“x”的显示条件有误/)
  assert.match((await refused('<qc:field name="x" default="nope(1)"/>'))[0]!, /^FEEL_UNKNOWN_FUNCTION@t “填单”的字段“x”的默认值有误/)
  assert.match((await refused('<qc:field name="x" visiblewhen="a"/>'))[0]!, /^QC_UNKNOWN@t/)
  assert.match((await refused('<qc:secton id="a" label="x"/>'))[0]!, /^QC_UNKNOWN@/)
})
