import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sales, RULE } from './sales.ts'

const s = await sales()
const todo = (to: Record<string, unknown>, more: Record<string, unknown> = {}) => ({ actions: [{ do: 'todo', to, title: '看看', minutes: 60, ...more }] })
const change = (field: string, value: string) => ({ actions: [{ do: 'change', fields: [{ field, value }] }] })

const REFUSED: ReadonlyArray<readonly [what: string, values: Record<string, unknown>, code: string, says: string]> = [
  ['an unknown field in a condition', { tests: [{ field: 'city', op: 'eq', value: 'x' }] }, 'AUTOMATION_FIELD', '条件第 1 行：没有字段“city”'],
  ['a value of the wrong kind', { tests: [{ field: 'amount', op: 'gt', value: '很多' }] }, 'AUTOMATION_VALUE', '“金额”'],
  ['an option that is not there', { tests: [{ field: 'province', op: 'eq', value: '火星' }] }, 'AUTOMATION_VALUE', '“省份”'],
  ['an order of what has none', { tests: [{ field: 'province', op: 'gt', value: '浙江' }] }, 'AUTOMATION_VALUE', '不能比大小'],
  ['bad FEEL', { condition: '金额 >' }, 'AUTOMATION_FEEL', '更多条件'],
  ['an unknown name in FEEL', { condition: '城市 = "杭州"' }, 'AUTOMATION_FIELD', '城市'],
  ['no action', { actions: [] }, 'AUTOMATION_INCOMPLETE', '至少要有一个动作'],
  ['too many actions', { actions: Array.from({ length: 11 }, () => RULE.actions[0]) }, 'AUTOMATION_TOO_MANY', '“动作”最多 10 项'],
  ['an unknown role', todo({ by: 'role', role: 'nobody' }), 'AUTOMATION_ROLE', '动作第 1 个：没有岗位“nobody”'],
  ['a field that names no person', todo({ by: 'field', field: 'province' }), 'AUTOMATION_FIELD', 'province'],
  ['an unknown field in a text', todo({ by: 'role', role: 'salesManager' }, { title: '联系 {城市}' }), 'AUTOMATION_FIELD', '城市'],
  ['a system field', change('createdAt', 'null'), 'AUTOMATION_FIELD', '创建时间'],
  ['a constant of the wrong kind', change('rounds', '"三"'), 'AUTOMATION_VALUE', '“轮次”'],
  ['a required field made empty', change('name', 'null'), 'AUTOMATION_VALUE', '“名称”的值不对，不能为空'],
  ['a process of another record', { actions: [{ do: 'start', process: 'todo' }] }, 'AUTOMATION_PROCESS', 'todo'],
  ['a change of what is gone', { event: 'removed', ...change('level', '"A"') }, 'AUTOMATION_GONE', '修改字段'],
  ['an act without a name', { event: 'act' }, 'AUTOMATION_INCOMPLETE', '动作的名称'],
  ['an entity that nobody opened to rules', { entity: 'secret', tests: [] }, 'AUTOMATION_ENTITY', '密件'],
  ['an entity that is not there', { entity: 'nothing', tests: [] }, 'AUTOMATION_ENTITY', 'nothing'],
]

test('AP-04 what a rule says wrongly is told when it is saved, by a code and the name of the field', async () => {
  for (const [what, values, code, says] of REFUSED) {
    const r = await s.rule(values)
    assert.ok(r.status >= 400, what)
    assert.equal(r.body.code, code, `${what}: ${r.raw.toString()}`)
    assert.ok(r.body.message.includes(says), `${what}: ${r.body.message}`)
  }
  assert.deepEqual((await s.admin.get('/api/automation/rules')).body.items, [])
})

test('a rule does nothing that its editor may not: no other unit, no field hidden from them, no record that they cannot change', async () => {
  assert.equal((await s.rule({}, s.li)).status, 403)
  assert.equal((await s.rule({}, s.local)).body.code, 'AUTOMATION_REACH', 'not for everywhere')
  assert.equal((await s.rule({ unitId: s.units.sales }, s.local)).status, 403, 'not for the unit above')
  const here = { unitId: s.units.hz, name: '杭州组' }
  assert.equal((await s.rule({ ...here, ...change('level', '"A"') }, s.local)).body.code, 'AUTOMATION_REACH', 'who only reads changes nothing')
  for (const bad of [todo({ by: 'role', role: 'salesManager' }, { title: '打 {电话}' }), { condition: '电话 != null' }, { condition: 'old.phone != null' }, { tests: [{ field: 'phone', op: 'notEmpty' }] }]) assert.equal((await s.rule({ ...here, ...bad }, s.local)).body.code, 'AUTOMATION_FIELD_FORBIDDEN')
  const kept = await s.rule(here, s.local)
  assert.equal(kept.status, 201, kept.raw.toString())
  const everywhere = await s.kept({})
  assert.deepEqual((await s.local.get('/api/automation/rules')).body.items.map((r: { name: string }) => r.name), ['杭州组'], 'and sees those of their own unit')
  assert.equal((await s.local.post(`/api/automation/rules/${everywhere}/switch`, { off: true })).status, 404)
  assert.equal((await s.admin.call('PUT', `/api/automation/rules/${kept.body.id}`, { ...RULE, ...here, name: '杭州组二', seen: 1 })).body.version, 2)
  assert.equal((await s.admin.call('PUT', `/api/automation/rules/${kept.body.id}`, { ...RULE, ...here, seen: 1 })).body.code, 'CHANGED_MEANWHILE')
})

test('a try-out says what would be done to a record and does nothing', async () => {
  const id = await s.lead()
  const tried = await s.admin.post('/api/automation/try', { ...RULE, actions: [...RULE.actions, { do: 'change', fields: [{ field: 'level', value: '"A"' }] }], recordId: id })
  assert.deepEqual(tried.body, { label: '澄湖能源', holds: true, steps: ['给 郑销 一个待办“联系新线索 澄湖能源”，时限 120 工作分钟', '把“等级”从 （空） 改为 A'], problem: null })
  assert.deepEqual([(await s.li.get(`/api/leads/${id}`)).body.version, await s.inbox(s.zheng)], [1, []])
  const elsewhere = await s.admin.post('/api/automation/try', { ...RULE, tests: [{ field: 'province', op: 'eq', value: '江苏' }], recordId: id })
  assert.deepEqual([elsewhere.body.holds, elsewhere.body.steps], [false, []])
  const nobody = await s.admin.post('/api/automation/try', { ...RULE, ...todo({ by: 'field', field: 'ownerId' }), recordId: id })
  assert.match(nobody.body.problem, /没有人可以接：字段“负责人”是空的/)
})
