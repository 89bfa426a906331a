import assert from 'node:assert/strict'
import { test } from 'node:test'
import approvals from '@quancheng/approvals'
import automation from '@quancheng/automation'
import { create } from '@quancheng/kernel'
import notices from '@quancheng/notices'
import sales from '@quancheng/sales'
import { station } from '@quancheng/service/testing'
import survey from '@quancheng/survey'
import quotes from '../index.ts'

// a gateway that refuses: what counts is what was written to be told
process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1'
const s = await station({ worker: true, modules: [automation, approvals, survey, sales, notices, quotes] })
const [setting] = (await s.admin.get('/api/notice-settings')).body.items
await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
for (const channel of [{ kind: 'sms', name: '短信', url: 'http://127.0.0.1:9/send', secret: 'x' }, { kind: 'mail', name: '邮件', host: '127.0.0.1', port: 9, secure: 'none', from: 'fw@example.com' }]) assert.ok((await s.admin.post('/api/notices/channels', channel)).status < 300)
const make = (entity: string, values: Record<string, unknown>): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id)
const told = async (to: string): Promise<Array<{ event: string; channel: string; text: string }>> => (await s.app.owner.query('select event, channel, text from customer_notice where "to" = $1 order by created_at, id', [to])).rows
const ready = async (values: Record<string, unknown>): Promise<string> => {
  const id = await make('quote', { title: '十台笔记本', unitId: s.units.HZ01, ...values })
  assert.equal((await s.admin.call('PUT', `/api/quotes/${id}/lines`, { lines: [{ item: '笔记本 X1', quantity: '10', unitPrice: '9200' }] })).status, 200)
  assert.equal((await s.admin.post(`/api/quotes/${id}/submit`)).body.state, 'approved')
  return id
}

test('SA-04 sent: the customer is told once, with the sum, the last day and a link that opens the quote; by mail where there is no telephone; the contact’s own telephone before the customer’s', async () => {
  const customerId = await make('customer', { name: '澄湖能源', kind: 'company', unitId: s.units.HZ01, phone: '13900000081' })
  const contactId = await make('contact', { customerId, name: '吕工', phone: '13900000082' })
  const id = await ready({ customerId, validUntil: '2027-01-05' })
  const sent = await s.admin.post(`/api/quotes/${id}/send`)
  assert.deepEqual([sent.status, sent.body.told], [200, 1], JSON.stringify(sent.body))
  assert.equal((await s.admin.post(`/api/quotes/${id}/send`)).body.told, 0, 'asked for again: the same link, nobody told twice')
  const [notice, ...more] = await told('13900000081')
  assert.deepEqual([notice!.event, notice!.channel, more.length], ['quoteSent', 'sms', 0])
  assert.match(notice!.text, /^澄湖能源您好，给您的报价单BJ\d+-\d+，共¥92000\.00，有效期至1月5日，/)
  const link = /https:\/\/fw\.example\.com(\/quote\/[\w-]+)/.exec(notice!.text)![1]!
  assert.equal((await s.app.anonymous.get(`/api/public${link}`)).body.amount, '92000.00')

  assert.equal((await s.admin.post(`/api/quotes/${await ready({ customerId, contactId })}/send`)).body.told, 1)
  assert.match((await told('13900000082'))[0]!.text, /^吕工您好/)
  const byMail = await make('customer', { name: '明湖科技', kind: 'company', unitId: s.units.HZ01, mail: 'mh@example.com' })
  await s.admin.post(`/api/quotes/${await ready({ customerId: byMail })}/send`)
  assert.deepEqual((await told('mh@example.com')).map(n => n.channel), ['mail'])
})

test('CU-17 what the customer likes stands beside the quote, the newest of each topic', async () => {
  const customerId = await make('customer', { name: '偏好公司', kind: 'company', unitId: s.units.HZ01 })
  await make('preference', { customerId, topic: '付款', value: '月结' })
  await make('preference', { customerId, topic: '付款', value: '季结' })
  const { preferences } = (await s.admin.get(`/api/quotes/${await ready({ customerId })}/sheet`)).body
  assert.deepEqual(preferences.map((p: { topic: string; value: string }) => [p.topic, p.value]), [['付款', '季结']])
})
