import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEffects, compileProcess, completeTask, EMPTY_STATE, start, type CompiledProcess, type InstanceState } from '@quancheng/process'
import { blankXml } from '../templates/blank.ts'
import { renamed, TEMPLATES, templateXml } from '../templates/index.ts'
import { FORMS } from '../templates/form-specs.ts'
import { OFFICE } from '../templates/office-specs.ts'
import { PRODUCT } from '../templates/product-specs.ts'
import { SERVICE } from '../templates/service-specs.ts'
import { toXml } from '../templates/spec.ts'

/** Does every open task with the outcome that `choose` names, until nothing is open: the end reached, and the tasks in their order. */
function walk(process: CompiledProcess, choose: (nodeId: string, outcomes: string[], nth: number) => string, variables: Record<string, unknown> = {}): { end: string | null; done: string[] } {
  let next = 0
  const env = { newId: () => `s${(next += 1)}` }, done: string[] = []
  let effects = start(process, variables, env)
  let state: InstanceState = applyEffects(EMPTY_STATE, effects)
  for (let rounds = 0; rounds < 100; rounds += 1) {
    if (effects.end) return { end: effects.end.nodeId, done }
    const step = state.steps[0]
    assert.ok(step, `${process.name} has no open task and no end`)
    const node = process.nodes[step.nodeId]!
    assert.equal(node.type, 'userTask')
    const outcomes = node.type === 'userTask' ? node.task.outcomes.map(o => o.id) : []
    effects = completeTask(process, state, step.id, { outcome: choose(step.nodeId, outcomes, done.filter(d => d === step.nodeId).length) }, env)
    done.push(step.nodeId)
    state = applyEffects(state, effects)
  }
  return assert.fail(`${process.name} does not come to an end`)
}

test('the fifteen templates are there', () => {
  assert.deepEqual(TEMPLATES.map(t => t.name).toSorted(), ['维修', '报修', '请假', '费用', '出差', '折扣', '权限变更', '采购', '合同审批', '客户投诉', '商机阶段', '常规产品', '新产品开发', '重要订单项目', '新投资'].toSorted())
})

for (const template of TEMPLATES) {
  test(`template ${template.name} compiles without a problem, its drawing is complete, and it runs from start to end`, async () => {
    const xml = templateXml(template.id)
    const process = await compileProcess(xml)
    assert.equal(process.name, template.name)
    assert.deepEqual(process.warnings.filter(w => w.code !== 'ROLE_MISSING'), [])
    for (const id of [...Object.keys(process.nodes), ...Object.keys(process.flows), ...process.lanes.map(l => l.id)]) assert.ok(xml.includes(`bpmnElement="${id}"`), `${id} is not drawn`)
    for (const node of Object.values(process.nodes)) if (node.type === 'userTask') {
      assert.ok(node.task.standard, `${node.name} has no standard`)
      assert.ok(node.task.outcomes.length > 0, `${node.name} has no outcome`)
      assert.ok(process.lanes.some(l => l.nodeIds.includes(node.id)), `${node.name} is in no lane`)
    }
    assert.equal(process.nodes[walk(process, (_, [first]) => first!).end!]!.type, 'endEvent')
    // every other outcome of every task leads on as well: taken the first time, the ordinary one afterwards
    for (const node of Object.values(process.nodes)) if (node.type === 'userTask') for (const other of node.task.outcomes.slice(1)) {
      const way = walk(process, (nodeId, [first], nth) => (nodeId === node.id && nth === 0 ? other.id : first!), { percent: 80, days: 5, amount: 9000, budget: 20000 })
      assert.ok(way.end, `${node.name} – ${other.label} ends nowhere`)
    }
  })
}

test('常规产品 goes through its eight steps in their order', async () => {
  const process = await compileProcess(templateXml('standard-product'))
  const { done, end } = walk(process, (_, [first]) => first!)
  assert.deepEqual(done.map(id => process.nodes[id]!.name), ['客户', '销售', '订单', '采购', '生产', '物流', '交付', '售后'])
  assert.equal(end, 'closed')
})

test('请假: a long leave needs the personnel’s consent, a short one does not; a refusal ends it', async () => {
  const process = await compileProcess(templateXml('leave'))
  assert.deepEqual(walk(process, (_, [first]) => first!, { days: 2 }).done, ['apply', 'approve', 'return'])
  assert.deepEqual(walk(process, (_, [first]) => first!, { days: 5 }).done, ['apply', 'approve', 'hr', 'return'])
  const refused = walk(process, (id, [first]) => (id === 'approve' ? 'reject' : first!), { days: 5 })
  assert.deepEqual([refused.end, refused.done], ['rejected', ['apply', 'approve']])
})

test('the committed files are what the specifications give', () => {
  for (const spec of [...SERVICE, ...OFFICE, ...PRODUCT, ...FORMS]) assert.equal(templateXml(spec.id), toXml(spec), `${spec.id}: run modules/designer/templates/make.ts`)
})

test('what is made from a template or from nothing has its own id and name', async () => {
  const copy = await compileProcess(renamed(templateXml('leave'), 'leave', 'leave-2', '年假 <& "远程">'))
  assert.deepEqual([copy.id, copy.name], ['leave-2-process', '年假 <& "远程">'])
  const blank = await compileProcess(blankXml('survey', '问卷'))
  assert.deepEqual([blank.id, blank.name, walk(blank, (_, [first]) => first!).end], ['survey-process', '问卷', 'end'])
})
