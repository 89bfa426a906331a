import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compileProcess, parseBpmn } from '@quancheng/process'
import { describe } from '../rules/describe.ts'
import { doubts } from '../rules/doubts.ts'
import { difference, type Difference } from '../rules/difference.ts'
import { namesIn, spoken } from '../rules/spoken.ts'
import { durationWords } from '../rules/words.ts'
import { templateXml } from '../templates/index.ts'

const of = async (xml: string) => describe((await parseBpmn(xml)).definitions!)
const between = async (a: string, b: string): Promise<Difference> => difference(await of(a), await of(b))
const told = (d: Difference): string[] => d.changes.map(c => `${c.what} ${c.kind} ${c.name}${c.details.map(x => `｜${x.text} ${x.before ?? '–'} → ${x.after ?? '–'}`).join('')}`)
const leave = readFileSync(new URL('./sample.bpmn', import.meta.url), 'utf8'), repair = templateXml('repair')

test('the same model has no difference, however its file is written', async () => {
  assert.deepEqual(await between(leave, leave), { changes: [], moved: [] })
  assert.deepEqual((await between(leave, leave.replaceAll('\n', '\n '))).changes, [])
})

test('a step that was only moved on the paper is told apart from one that was changed', async () => {
  const { changes, moved } = await between(leave, leave.replace(/(bpmnElement="hr"><dc:Bounds x=")\d+/, '$1999'))
  assert.deepEqual([changes, moved], [[], ['hr']])
})

test('a renamed step is one change: the flows around it only show its new name', async () => {
  assert.deepEqual(told(await between(leave, leave.replace('name="上级审批"', 'name="经理审批"'))), ['changed 环节 经理审批｜名称 上级审批 → 经理审批'])
  assert.deepEqual(told(await between(leave, leave.replace('id="lane-hr" name="人事"', 'id="lane-hr" name="人力"'))), ['changed 泳道 人力｜名称 人事 → 人力'])
})

test('what is added and removed is named with its kind, and what of a step was added, changed and removed in words', async () => {
  const changed = leave.replace('<qc:outcome id="return" label="退回修改" requiresComment="true" />', '').replace('label="已安排代班"', 'label="代班人已确认"').replace('minutes="450" clock="business" warn="80" remind="240"', 'minutes="120" clock="clock" warn="80"')
  assert.deepEqual(told(await between(leave, changed)), ['changed 环节 上级审批｜时间标准：分钟数 450 → 120｜时间标准：计时 工作时间 → 自然时间｜时间标准：提醒（分钟） 240 → –｜必做事项“代班人已确认”：文字 已安排代班 → 代班人已确认｜去掉办理结果“退回修改” 须写说明 → –'])
  const without = leave.replace(/<bpmn:endEvent id="withdrawn"[\s\S]*?<\/bpmn:endEvent>/, '').replace(/<bpmn:sequenceFlow id="again-withdrawn"[\s\S]*?<\/bpmn:sequenceFlow>/, '')
  assert.deepEqual(told(await between(leave, without)), ['removed 连线 撤回', 'removed 结束 已撤回'].toSorted((a, b) => told0(a) - told0(b)))
  assert.deepEqual(told(await between(without, leave)).map(t => t.split(' ')[0]), ['added', 'added'])
})
/** Elements go in the order of the file: nodes before flows. */
const told0 = (line: string): number => (line.includes('连线') ? 1 : 0)

test('the default flow, the condition, the timer and the post are told as what they are', async () => {
  assert.deepEqual(told(await between(leave, leave.replace('default="long-return"', 'default="long-hr"'))), ['changed 分支（择一） 超过三天？｜默认连线 不超过 → 超过'])
  assert.deepEqual(told(await between(repair, repair.replace('>P1D<', '>PT4H<'))), ['changed 边界事件 超过一天｜事件 定时 计时 工作时间 时长 1 天 → 定时 计时 工作时间 时长 4 小时'])
  assert.deepEqual(told(await between(leave, leave.replace('qc:role="hq"', 'qc:role="hr"'))), ['changed 泳道 人事｜岗位 hq → hr'])
})

test('durations are said in words, and what is none stays as it was written', () => {
  const cases = { PT48H: '48 小时', P1D: '1 天', P1DT2H30M: '1 天 2 小时 30 分钟', P2W: '2 周', '= days': '= days', '': '' }
  for (const [iso, words] of Object.entries(cases)) assert.equal(durationWords(iso), words)
})

test('what is hardly meant is told: a result that no step has, a parallel gateway that waits for what comes round', async () => {
  assert.deepEqual(doubts(await compileProcess(leave)), [])
  assert.deepEqual(doubts(await compileProcess(leave.replace('outcome = "return"', 'outcome = "send-back"'))).map(d => [d.elementId, d.code, d.message]), [['decided-revise', 'OUTCOME_NEVER', '条件里的结果“send-back”，前面的环节没有（有：agree、return、reject）']])
  const product = templateXml('new-product')
  assert.deepEqual(doubts(await compileProcess(product)), [])
  const stuck = product.replace(/<bpmn:sequenceFlow id="frozen-prototype"[^>]*>/, tag => tag.replace('targetRef="prototype"', 'targetRef="develop"')).replace('<bpmn:incoming>frozen-prototype</bpmn:incoming>', '')
  assert.deepEqual(doubts(await compileProcess(stuck)).map(d => [d.elementId, d.code]), [['develop', 'JOIN_WAITS_FOREVER']])
})

test('a complaint names the elements as the drawing does', async () => {
  const names = await namesIn(leave)
  assert.equal(spoken({ elementId: 'long-hr', code: 'FEEL_SYNTAX', message: '“long-hr”的表达式有误' }, names).message, '“超过”的表达式有误')
  assert.equal(spoken({ elementId: null, code: 'ROLE_UNKNOWN', message: '没有角色“sales”' }, names).message, '没有角色“sales”')
})
