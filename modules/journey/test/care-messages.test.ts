import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atWork } from '@quancheng/notices'
import { stub } from '@quancheng/notices/testing'
import { world } from './world.ts'

const w = await world({ worker: true }), gateway = await stub()
const owner = await w.person('lisi', '李四', 'sales', w.hq)
await w.admin.patch(`/api/notice-settings/${(await w.admin.get('/api/notice-settings')).body.items[0].id}`, { baseUrl: 'https://fw.example.com' })
const channel = await w.admin.post('/api/notices/channels', { kind: 'sms', name: '短信网关', driver: 'http', url: `${gateway.url}/sms`, key: 'k-secret', sign: '衡川' })
const settled = async () => { for (let i = 0; i < 3; i++) { await w.app.worker!.idle(); await atWork(w.app.runtime).idle() } }
const morning = async (wall: string) => { w.at(wall); await settled() }
const customer = async (name: string, phone: string | null, birthday: string, consent?: { purpose: string; given: string }) => {
  const id = await w.customer({ name, birthday, ownerId: owner.userId, ...(phone ? { phone } : {}) })
  if (consent) await w.make('consent', { customerId: id, channel: 'sms', evidence: '到店签字', at: new Date('2026-11-01T01:00:00Z'), ...consent })
  return id
}
const plan = async (input: Record<string, unknown>) => { const r = await w.admin.post('/api/care-plans', { name: '生日祝福', trigger: 'birthday', days: 0, toId: owner.userId, title: '给 {客户} 送祝福', way: 'message', by: 'sms', ...input }); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.id as string }
const acts = async (planId: string) => (await w.app.owner.query<{ name: string; outcome: string; reason: string | null; todo: boolean }>('select c.name, a.outcome, a.reason, a.todo_id is not null as todo from care_act a join customer c on c.id = a.customer_id where a.plan_id = $1 order by c.name', [planId])).rows.map(r => [r.name, r.outcome, r.reason, r.todo])
const carry = async () => { await w.app.system(async ctx => { await (await import('../store/care.ts')).careJob(ctx) }); await settled() }

test('CU-09 a plan tells the customer itself: whoever agreed gets the message, whoever did not or wants none gets nothing, and where no message can reach it is a to-do; ran twice, it is told once', async () => {
  assert.equal(channel.status, 200, JSON.stringify(channel.body))
  await customer('甲同意', '13800000001', '1980-11-25', { purpose: 'marketing', given: 'yes' })
  await customer('乙没问过', '13800000002', '1981-11-25')
  await customer('丙没有电话', null, '1982-11-25', { purpose: 'marketing', given: 'yes' })
  const off = await customer('丁退订', '13800000004', '1983-11-25', { purpose: 'marketing', given: 'yes' })
  await w.make('noticeChoice', { customerId: off, off: true })
  const id = await plan({ text: '{客户}，{日期}生日快乐' })
  await morning('2026-11-25 07:00')
  assert.deepEqual(await acts(id), [['丁退订', 'skipped', '客户不要通知', false], ['丙没有电话', 'todo', '没有可用的渠道或地址', true], ['乙没问过', 'skipped', '客户没有同意', false], ['甲同意', 'message', null, false]].toSorted((a, b) => String(a[0]) < String(b[0]) ? -1 : 1))
  // seven in the morning is within the quiet hours: it waits for eight
  assert.equal(gateway.got.length, 0)
  await morning('2026-11-25 08:00')
  assert.equal(gateway.got.length, 1)
  assert.match(gateway.got[0]!.body.text!, /^甲同意，11 月 25 日生日快乐\n不想再收到：https:\/\/fw\.example\.com\/n\//)
  await carry()
  await morning('2026-11-26 09:00')
  assert.equal(gateway.got.length, 1)
  assert.deepEqual((await acts(id)).length, 4)
})

test('CU-09 a message about the customer’s own matter goes to whoever has not refused, without a word of marketing; who says no while it waits for the morning is not told', async () => {
  const before = gateway.got.length
  await customer('戊没问过', '13800000005', '1984-12-01')
  await customer('己不要服务消息', '13800000006', '1984-12-01', { purpose: 'service', given: 'no' })
  const late = await customer('庚后来拒绝', '13800000007', '1984-12-01')
  const id = await plan({ name: '生日提醒', purpose: 'service', text: '{客户}，会员日到了' })
  await morning('2026-12-01 07:00')
  w.at('2026-12-01 07:30')
  await w.make('consent', { customerId: late, purpose: 'service', channel: 'any', given: 'no', at: new Date('2026-11-30T23:30:00Z'), evidence: '来电' })
  await morning('2026-12-01 08:00')
  assert.deepEqual(gateway.got.slice(before).map(g => g.body.text), ['戊没问过，会员日到了'])
  assert.deepEqual((await acts(id)).map(r => [r[0], r[1]]), [['己不要服务消息', 'skipped'], ['庚后来拒绝', 'message'], ['戊没问过', 'message']].toSorted((a, b) => a[0]! < b[0]! ? -1 : 1))
  assert.deepEqual((await w.app.owner.query("select state, error from customer_notice where customer_id = $1", [late])).rows, [{ state: 'dropped', error: '已经过时' }])
})

test('CU-09 a plan that sends a message needs its words; a place that is not known is told at its field', async () => {
  const wrong = async (input: Record<string, unknown>) => (await w.admin.post('/api/care-plans', { name: '错', trigger: 'birthday', days: 0, toId: owner.userId, title: '做', way: 'message', ...input })).body.details.fields[0]
  assert.deepEqual([(await wrong({})).field, (await wrong({ text: '   ' })).field, (await wrong({ text: '{姓名}好' })).message, (await wrong({ text: '好', title: '给{name}' })).field], ['text', 'text', '只能写 {客户} 和 {日期}，不认识 {姓名}', 'title'])
})
