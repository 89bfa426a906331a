import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { EMPTY_STATE, applyEffects, compileProcess, completeTask, findMove, missingForCompletion, nextMoves, plannedPath, start } from '@quancheng/process'
import type { CompiledProcess, InstanceState, UserTaskSpec } from '@quancheng/process'

const ROLES = ['receptionist', 'inspector', 'engineer', 'qc', 'storekeeper', 'stationManager', 'regionManager', 'hq', 'agent']

const read = async (file: string): Promise<CompiledProcess> =>
  compileProcess(await readFile(new URL(file, import.meta.url), 'utf8'), { roles: ROLES })
const repair = await read('repair.bpmn')
const partsSale = await read('parts-sale.bpmn')

function task(process: CompiledProcess, id: string): UserTaskSpec {
  const node = process.nodes[id]
  assert.ok(node?.type === 'userTask')
  return node.task
}

/** Walks outcomes one after the other; the answer is every stage passed, the last one being where it rests or ended. */
function walk(process: CompiledProcess, outcomes: string[]): string[] {
  let next = 0
  const env = { newId: () => `s${(next += 1)}` }
  const first = start(process, {}, env)
  const stages = [first.stage ?? '']
  let state: InstanceState = applyEffects(EMPTY_STATE, first)
  for (const outcome of outcomes) {
    assert.equal(state.steps.length, 1)
    const effects = completeTask(process, state, state.steps[0]!.id, { outcome }, env)
    state = applyEffects(state, effects)
    assert.deepEqual(effects.stuck, [])
    assert.equal(effects.end !== null, state.steps.length === 0)
    stages.push(effects.stage ?? '')
  }
  return stages
}

test('SP-02 维修 has eight states from 待接待 to 已取机, in this order', () => {
  assert.deepEqual(plannedPath(repair, {}).map((s) => s.name), ['待接待', '接待', '检验', '报价', '维修', '质检', '待取机', '已取机'])
  assert.deepEqual(plannedPath(repair, {}).map((s) => s.stage), ['waiting', 'reception', 'inspect', 'quote', 'repair', 'quality', 'pickup', 'collected'])
})

test('SP-02 配件销售 has no 报价: 检验 leads to 维修', () => {
  assert.deepEqual(plannedPath(partsSale, {}).map((s) => s.name), ['待接待', '接待', '检验', '维修', '质检', '待取机', '已取机'])
  assert.deepEqual(nextMoves(partsSale, 'inspect', {}).map((m) => m.target.name), ['维修', '转修', '退机'])
})

test('SP-02 every outcome of 维修 leads where the rules say', () => {
  const table: Record<string, string[]> = {
    waiting: ['开始接待→接待'],
    reception: ['送检→检验', '拒修→拒修'],
    inspect: ['需报价→报价', '免费维修（在保）→维修', '转修→转修', '退机→退机'],
    quote: ['客户同意→维修', '客户拒绝→退机'],
    repair: ['修好→质检', '重新报价→报价', '转修→转修', '退机→退机'],
    quality: ['合格→待取机', '不合格→维修'],
    pickup: ['已取机→已取机'],
  }
  for (const [id, moves] of Object.entries(table)) {
    assert.deepEqual(nextMoves(repair, id, {}).map((m) => `${m.label}→${m.target.name}`), moves)
  }
  const ends = Object.values(repair.nodes).filter((n) => n.type === 'endEvent').map((n) => `${n.id}:${n.name}`)
  assert.deepEqual(ends.toSorted(), ['collected:已取机', 'refused:拒修', 'returned:退机', 'transferred:转修'])
})

test('SP-02 the ways through 维修, with every outcome taken', () => {
  const toInspect = ['waiting', 'reception', 'inspect']
  const ways: [string[], string[]][] = [
    [['begin', 'refuse'], ['waiting', 'reception', 'refused']],
    [['begin', 'inspect', 'transfer'], [...toInspect, 'transferred']],
    [['begin', 'inspect', 'return'], [...toInspect, 'returned']],
    [['begin', 'inspect', 'quote', 'decline'], [...toInspect, 'quote', 'returned']],
    [['begin', 'inspect', 'free', 'transfer'], [...toInspect, 'repair', 'transferred']],
    [['begin', 'inspect', 'free', 'return'], [...toInspect, 'repair', 'returned']],
    [['begin', 'inspect', 'free', 'requote', 'agree', 'fixed', 'fail', 'fixed', 'pass', 'collect'], [...toInspect, 'repair', 'quote', 'repair', 'quality', 'repair', 'quality', 'pickup', 'collected']],
  ]
  for (const [outcomes, stages] of ways) assert.deepEqual(walk(repair, outcomes), stages)
  assert.deepEqual(walk(partsSale, ['begin', 'inspect', 'repair', 'fixed', 'pass', 'collect']), [...toInspect, 'repair', 'quality', 'pickup', 'collected'])
})

const RECEPTION_FIELDS = { customerId: 'c1', deviceId: 'd1', serialNo: 'PF1ABCD', faultDescription: '不开机' }
const RECEPTION_TICKS = ['appearance', 'serialChecked', 'backupNotice', 'greeting', 'backup', 'duration']

test('SP-04 接待 with 外观检查 open cannot go to 维修: missing and allowed are told', () => {
  const moves = nextMoves(repair, 'reception', {})
  assert.equal(findMove(moves, '维修'), null)
  assert.deepEqual(moves.map((m) => m.target.name), ['检验', '拒修'])
  const ticked = RECEPTION_TICKS.filter((id) => id !== 'appearance')
  for (const outcome of [null, 'inspect']) {
    assert.deepEqual(missingForCompletion(task(repair, 'reception'), { fields: RECEPTION_FIELDS, ticked, outcome }), ['外观检查'])
  }
  assert.deepEqual(missingForCompletion(task(repair, 'reception'), { fields: RECEPTION_FIELDS, ticked: RECEPTION_TICKS, outcome: 'inspect' }), [])
})

test('SP-04 拒修 needs no 外观检查, but a reason', () => {
  const input = { fields: { customerId: 'c1', faultDescription: '进液' }, ticked: ['greeting'], outcome: 'refuse' }
  assert.deepEqual(missingForCompletion(task(repair, 'reception'), input), ['说明'])
  assert.deepEqual(missingForCompletion(task(repair, 'reception'), { ...input, comment: '非本品牌' }), [])
})

test('SP-03 serial number is filled in at 接待 and read only afterwards', () => {
  const serial = (id: string) => task(repair, id).fields.find((f) => f.name === 'serialNo')
  assert.equal(serial('reception')?.required, true)
  for (const id of ['inspect', 'repair', 'quality']) assert.equal(serial(id)?.readonly, true, id)
})

test('SP-06 time standards are those of the shipped table', () => {
  const standards = Object.values(repair.nodes).flatMap((n) => (n.type === 'userTask' && n.task.standard ? [[n.id, n.task.standard.minutes, n.task.standard.clock, n.task.standard.warnPercent]] : []))
  assert.deepEqual(standards, [
    ['waiting', 30, 'clock', 50], ['reception', 15, 'business', 80], ['inspect', 60, 'business', 80], ['quote', 450, 'business', 80],
    ['repair', 240, 'business', 80], ['quality', 30, 'business', 80], ['pickup', 30 * 24 * 60, 'clock', 80],
  ])
  assert.deepEqual(task(repair, 'repair').standard?.pauseReasons, ['待件', '待客户'])
  assert.deepEqual(task(repair, 'pickup').standard?.remindMinutes, [1440, 4320, 10080])
})

test('SP-16 every stage belongs to a known post', () => {
  for (const process of [repair, partsSale]) assert.deepEqual(process.warnings, [])
  const roles = Object.values(repair.nodes).flatMap((n) => (n.type === 'userTask' ? [`${n.id}:${n.task.role}`] : []))
  assert.deepEqual(roles, ['waiting:receptionist', 'reception:receptionist', 'inspect:inspector', 'quote:receptionist', 'repair:engineer', 'quality:qc', 'pickup:receptionist'])
  assert.deepEqual(task(repair, 'reception').assign, { rule: 'completer' })
})

test('SP-21 接待 shows five script lines, three must be ticked', () => {
  const { script } = task(repair, 'reception')
  assert.deepEqual([script.length, script.filter((s) => s.required).length], [5, 3])
  const missing = missingForCompletion(task(repair, 'reception'), { fields: RECEPTION_FIELDS, ticked: RECEPTION_TICKS.filter((id) => id !== 'backup'), outcome: 'inspect' })
  assert.equal(missing.length, 1)
  assert.match(missing[0]!, /数据/)
})
