import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, tag } from '../engine/testing.ts'
import { settled } from '../testing/settled.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'
import { startFor } from './start-for.ts'

/* What a designed form means on the server: conditions, defaults, declared variables. */

const Order = defineEntity('order', {
  label: ['订单', 'Order'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), amount: f.money(['金额', 'Amount']), reason: f.text(['原因', 'Reason']), kind: f.choice(['种类', 'Kind'], { a: ['甲', 'A'], b: ['乙', 'B'] }), secret: f.integer(['底价', 'Floor']), stage: f.text(['阶段', 'Stage'], { readOnly: true }) },
  display: ['title'], list: ['title'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const orders = defineModule({ start: runtime => { runtime.calendar = () => Promise.resolve(calendar) }, name: 'orders', label: ['订单', 'Orders'], entities: [Order] })
const app = await testApp({ modules: [processModule, orders], clock: '2026-11-23T01:00:00Z', worker: true })
const GRANTS = { 'process:start': ['all'], 'order:read': ['all'], 'order:create': ['all'], 'order:move': ['all'], 'process:operate': ['all'] }
const li = await app.person({ username: 'li', roles: [{ code: 'clerk', grants: GRANTS, fields: { 'order.secret': 'none' } }] })

const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const publish = (key: string, form: string, bound = false) => app.system((ctx: Ctx) => deploy(ctx, key, model(FRAME + event('userTask', 't', 'qc:role="clerk"', `<bpmn:extensionElements>${form}</bpmn:extensionElements>`) + flows('s -> t\nt -> e'), `id="p-${key}" name="${key}" isExecutable="true"`).replace(/(<bpmn:process[^>]*>)/, `$1${bound ? '<bpmn:extensionElements><qc:binding entity="order" stageField="stage"/></bpmn:extensionElements>' : ''}`)))
const taskOf = async (caseId: string): Promise<string> => (await app.owner.query("select id from process_step where instance_id = $1 and node_id = 't'", [caseId])).rows[0].id
async function free(key: string, variables: Record<string, unknown> = {}): Promise<string> {
  const r = await li.post(`/api/processes/${key}/start`, { variables })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  await settled(app)
  return taskOf(r.body.caseId)
}
async function bound(key: string, values: Record<string, unknown>, seed: Record<string, unknown> = {}): Promise<{ task: string; id: string }> {
  const made = await li.post('/api/orders', values)
  assert.equal(made.status, 201, JSON.stringify(made.body))
  if (Object.keys(seed).length) await app.owner.query('update "order" set secret = $2 where id = $1', [made.body.id, seed.secret])
  const begun = await app.system(ctx => startFor(ctx, key, 'order', made.body.id))
  await settled(app)
  return { id: made.body.id, task: await taskOf(begun.caseId) }
}
const variables = async (task: string) => (await app.owner.query('select i.variables from process_instance i join process_step s on s.instance_id = i.id where s.id = $1', [task])).rows[0].variables
const complete = (task: string, fields: Record<string, unknown> = {}) => li.post(`/api/tasks/${task}/complete`, { fields })
interface Shown { name: string; type: string; hidden?: boolean; visibleWhen?: string; suggested?: unknown; width?: string; help?: string; options?: unknown }
const shown = async (task: string) => { const r = (await li.get(`/api/tasks/${task}`)).body; assert.ok(r.form, JSON.stringify(r)); return { ...r, of: (name: string): Shown => r.form.find((x: Shown) => x.name === name) } }

test('a hidden required field is not demanded; shown it is; sent while it is hidden it is refused and nothing is stored', async () => {
  await publish('hide', '<qc:section id="a" label="付款"/><qc:field name="amount" width="half"/><qc:field name="reason" required="true" help="超过一千要说明" visibleWhen="amount &gt; 1000"/>', true)
  const { task, id } = await bound('hide', { title: '一', amount: '5.00' })
  const seen = await shown(task)
  assert.deepEqual([seen.layout, seen.of('amount').width, seen.of('reason').hidden, seen.of('reason').visibleWhen, seen.of('reason').help, seen.scope], [[{ part: 'section', id: 'a', label: '付款' }, { part: 'field', id: 'amount' }, { part: 'field', id: 'reason' }], 'half', true, 'amount > 1000', '超过一千要说明', { amount: 5 }])
  assert.deepEqual(seen.moves[0].missing, [])
  const sent = await complete(task, { reason: '没有' })
  assert.deepEqual([sent.status, sent.body.code, sent.body.message], [409, 'FIELD_HIDDEN', '“原因”现在不在表单上，不能填写'])
  assert.equal((await li.post(`/api/tasks/${task}/save`, { fields: { reason: '没有' } })).body.code, 'FIELD_HIDDEN')
  const more = await complete(task, { amount: '2000.00' })
  assert.deepEqual([more.body.code, more.body.details.missing], ['ACTIVITY_UNFINISHED', ['原因']])
  assert.equal((await complete(task, { amount: '2000.00', reason: '大单' })).status, 200)
  assert.deepEqual([(await li.get(`/api/orders/${id}`)).body.reason], ['大单'])
  const small = await bound('hide', { title: '二', amount: '5.00' })
  assert.equal((await complete(small.task)).status, 200, 'what is not on the form is not demanded')
})

test('a condition on what the reader may not know is worked out for them, and its value stays with the server', async () => {
  await publish('floor', '<qc:field name="reason" visibleWhen="secret &gt; 10"/>', true)
  const { task } = await bound('floor', { title: '三' }, { secret: 99 })
  const seen = await shown(task)
  assert.deepEqual([seen.of('reason').hidden, seen.of('reason').visibleWhen, seen.scope], [undefined, undefined, {}])
  const low = await shown((await bound('floor', { title: '四' }, { secret: 1 })).task)
  assert.equal(low.of('reason').hidden, true)
})

test('a default is seen on the form and holds on every road, also where nobody opened it; who clears the field has answered', async () => {
  await publish('begin', '<qc:field name="amount" default="12.5 * 2"/><qc:field name="reason" required="true" default=\'"常规"\'/>', true)
  const one = await bound('begin', { title: '五' })
  const seen = await shown(one.task)
  assert.deepEqual([seen.of('amount').suggested, seen.of('reason').suggested, seen.moves[0].missing], [25, '常规', []])
  assert.equal((await complete(one.task)).status, 200)
  const stored = (await li.get(`/api/orders/${one.id}`)).body
  assert.deepEqual([stored.amount, stored.reason], ['25.00', '常规'])
  const two = await bound('begin', { title: '六', reason: '急' })
  assert.equal((await shown(two.task)).of('reason').suggested, undefined)
  assert.deepEqual((await complete(two.task, { reason: null })).body.details?.missing, ['原因'])
  assert.equal((await complete(two.task, { amount: null })).status, 200)
  assert.deepEqual([(await li.get(`/api/orders/${two.id}`)).body.amount, (await li.get(`/api/orders/${two.id}`)).body.reason], [null, '急'])
})

test('the type of a record’s field is its own: a form that says another is not published', async () => {
  await assert.rejects(publish('typed', '<qc:field name="amount" type="text"/>', true), /“amount”是订单的字段，类型由它决定/)
})

test('variables are what their form declares, complaints come all at once at their fields, and what is kept is what conditions read', async () => {
  await publish('vars', `<qc:field name="days" label="天数" type="number" required="true"/><qc:field name="from" label="开始" type="date"/><qc:field name="paid" label="带薪" type="boolean"/><qc:field name="colour" label="颜色" type="choice" options="红|蓝"/>
    <qc:field name="why" label="理由" type="text" required="true" visibleWhen="days &gt; 3"/>`)
  const task = await free('vars')
  const seen = await shown(task)
  assert.deepEqual(seen.form.map((x: Shown) => x.type), ['decimal', 'date', 'boolean', 'choice', 'text'])
  assert.deepEqual([seen.of('colour').options, seen.of('why').hidden, seen.moves[0].missing], [[{ value: '红', label: '红' }, { value: '蓝', label: '蓝' }], true, ['天数']])
  const wrong = await complete(task, { days: '三', from: '2026-02-30', paid: '也许', colour: '绿' })
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.details.fields.map((x: { field: string; message: string }) => `${x.field} ${x.message}`)], [400, 'INVALID', ['days 应为数字', 'from 应为日期，例如 2026-11-22', 'paid 应为“是”或“否”', 'colour 只能是：红、蓝']])
  assert.equal((await complete(task, { days: '2', why: '没有' })).body.code, 'FIELD_HIDDEN')
  assert.deepEqual((await complete(task, { days: '5' })).body.details.missing, ['理由'])
  assert.equal((await li.post(`/api/tasks/${task}/save`, { fields: { days: '5', why: '探亲' } })).status, 200)
  assert.equal((await complete(task, { days: '2', from: '2026-12-01', paid: true, colour: '蓝' })).status, 200)
  assert.deepEqual(await variables(task), { days: 2, from: '2026-12-01', paid: true, colour: '蓝' }, 'what was kept of a field that has gone becomes no variable')
})

test('a variable without a declared type stays as it was before there were types', async () => {
  await publish('loose', '<qc:field name="x"/>')
  const task = await free('loose', { x: 5 })
  assert.equal((await shown(task)).of('x').type, 'decimal')
  assert.equal((await complete(task, { x: '7' })).status, 200)
  assert.deepEqual(await variables(task), { x: 7 })
})
