import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import contracts from '@quancheng/contracts'
import customers from '@quancheng/customers'
import { create } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import notices, { atWork } from '@quancheng/notices'
import { stub } from '@quancheng/notices/testing'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import service from '@quancheng/service'
import survey from '@quancheng/survey'
import journey from '../index.ts'

const gateway = await stub()
const app = await testApp({ modules: [org, customers, processModule, paper, service, automation, notices, survey, sales, quotes, contracts, journey], clock: '2026-11-23T01:00:00Z', worker: true })
const make = (entity: string, input: Record<string, unknown>): Promise<string> => app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id)
const block = await make('unit', { code: 'EAST', name: '华东板块', kind: 'block' })
const role = Object.fromEntries((await app.owner.query<{ id: string; code: string }>('select id, code from role')).rows.map(r => [r.code, r.id]))
const person = (username: string, name: string, code: string) => app.person({ username, name, unitId: block, roleIds: [role[code]!] })
const admin = await person('admin2', '总管', 'admin'), seller = await person('li', '李销', 'sales'), lead = await person('lead', '陈版', 'blockLead')
const settled = async () => { for (let i = 0; i < 3; i++) { await app.worker!.idle(); await atWork(app.runtime).idle() } }
await admin.patch(`/api/notice-settings/${(await admin.get('/api/notice-settings')).body.items[0].id}`, { baseUrl: 'https://fw.example.com' })

let n = 0
/** An order of a new customer, confirmed and delivered in full by its seller. */
async function delivered(customerId?: string): Promise<{ customerId: string; orderId: string; number: string }> {
  const whose = customerId ?? (await seller.post('/api/customers', { name: `云河科技${++n}`, kind: 'company', phone: `1380000010${n}`, unitId: block, ownerId: seller.userId })).body.id as string
  const order = (await seller.post('/api/sales-orders', { customerId: whose, unitId: block, ownerId: seller.userId, orderedOn: '2026-11-23' })).body
  assert.equal((await seller.post('/api/order-lines', { orderId: order.id, item: '显示器', quantity: '2', unitPrice: '1000' })).status, 201)
  const confirmed = await seller.post(`/api/sales-orders/${order.id}/confirm`, {})
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body))
  const done = await seller.post(`/api/sales-orders/${order.id}/deliver`, {})
  assert.ok(done.status < 300, JSON.stringify(done.body))
  await settled()
  return { customerId: whose, orderId: order.id, number: order.number }
}
const asked = async (orderId: string) => (await app.owner.query<{ id: string; token: string; score: number | null }>('select id, token, score from deal_survey where order_id = $1', [orderId])).rows
const say = (token: string, body: Record<string, unknown>) => app.anonymous.post(`/api/public/deal-survey/${token}`, body)

test('CU-10 nobody is asked while the company sends no surveys', async () => {
  const { orderId } = await delivered()
  assert.deepEqual(await asked(orderId), [])
})

test('CU-10 after a deal: the order delivered in full asks its customer by a link; 5, 4, 4, 1 make a mean of 3.50 and 75 %, the 1 opens a follow-up; once an order', async () => {
  assert.equal((await admin.post('/api/notices/channels', { kind: 'sms', name: '短信网关', driver: 'http', url: `${gateway.url}/sms`, key: 'k-secret', sign: '衡川' })).status, 200)
  const tokens: string[] = []
  for (const score of [5, 4, 4, 1]) {
    const { orderId, number } = await delivered()
    const [row] = await asked(orderId)
    tokens.push(row!.token)
    assert.match(gateway.got.at(-1)!.body.text!, new RegExp(`订单${number}已经交付，这次合作您满意吗？一分钟评价：https://fw\\.example\\.com/deal/`))
    const shown = (await app.anonymous.get(`/api/public/deal-survey/${row!.token}`)).body
    assert.deepEqual([shown.number, shown.open, shown.score], [number, true, null])
    assert.equal((await say(row!.token, { score, ...(score === 1 ? { words: '送错型号', tags: ['quality'] } : {}) })).status, 201)
  }
  const figures = (await lead.get('/api/survey/figures?of=deal')).body
  assert.deepEqual([figures.total.count, figures.total.mean, figures.total.satisfied, figures.lines.map((l: { name: string; count: number }) => [l.name, l.count])], [4, '3.50', 75, [['华东板块', 4]]])
  const opens = async (filter: unknown) => (await lead.get(`/api/deal-surveys?count=1&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.total
  assert.deepEqual([await opens(figures.total.filter), await opens({ ...figures.lines[0].filter, score: { gte: 4 } })], [4, 3])
  assert.deepEqual((await lead.get('/api/todos')).body.items.map((t: { title: string; source: string }) => [t.source, t.title.endsWith('客户评 1 分')]), [['成交评价', true]])
  const again = await say(tokens[0]!, { score: 1 })
  assert.deepEqual([again.status, again.body.code], [410, 'DEAL_SURVEY_ANSWERED'])
})

test('CU-10 a customer who orders often is asked once a month; wrong answers, wrong links and late ones are refused in words', async () => {
  const first = await delivered(), second = await delivered(first.customerId)
  assert.equal((await asked(second.orderId)).length, 0)
  const [row] = await asked(first.orderId)
  assert.equal((await say(row!.token, { score: 6 })).body.details.fields[0].message, '评分应为 1 至 5')
  assert.deepEqual([(await say('nonsense', { score: 5 })).body.code, (await app.anonymous.get('/api/public/deal-survey/nonsense')).status], ['DEAL_SURVEY_LINK', 404])
  app.clock!.advance(31 * 24 * 60)
  assert.equal((await say(row!.token, { score: 5 })).body.code, 'DEAL_SURVEY_OVER')
  assert.equal((await asked((await delivered(first.customerId)).orderId)).length, 1, 'a month later they are asked again')
})
