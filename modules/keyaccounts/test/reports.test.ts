import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { atWork } from '@quancheng/notices'
import { mailStub } from '@quancheng/notices/testing'
import { readPdf } from '@quancheng/paper/testing'
import { world } from './fixture.ts'

const w = await world()

test('SA-18 on the 1st at 06:00 every account of tier ≤ 3 gets a PDF and a CSV; the total is the sum of its orders; run again, the files have the same hash', async () => {
  const key = await w.customer({ name: '核心客户', annualPurchase: '20000000' }), small = await w.customer({ name: '小客户', annualPurchase: '1000' })
  await w.orders([{ customerId: key, amount: 19_000_000, on: '2026-02-01' }, { customerId: key, amount: 1200.5, on: '2026-11-03', lines: [{ item: '杭州–西安', place: '杭州', quantity: '10', amount: '1200.50' }] }, { customerId: key, amount: 99.5, on: '2026-11-20', lines: [{ item: '杭州–北京', place: '宁波', quantity: '1', amount: '99.50' }] }, { customerId: key, amount: 5000, on: '2026-11-21', state: 'draft' }, { customerId: small, amount: 10, on: '2026-11-20' }])
  for (const id of [key, small]) await w.admin.post(`/api/customers/${id}/join-programme`)
  w.at('2026-12-01 05:59')
  await w.idle()
  assert.equal((await w.admin.get('/api/key-reports')).body.items.length, 0)
  w.at('2026-12-01 06:00')
  await w.idle()
  const rows = (await w.admin.get('/api/key-reports')).body.items
  assert.deepEqual(rows.map((r: Record<string, unknown>) => [r.customerId, r.kind, r.period, r.spend, r.orders, r.places]), [[key, 'month', '2026-11', '1300.00', 2, 2]])
  const files = await w.app.owner.query('select name, content, encode(sha256, \'hex\') as sum from attachment where record_id = $1 order by name', [rows[0].id])
  assert.deepEqual(files.rows.map(f => f.name), ['核心客户-月报-2026-11.csv', '核心客户-月报-2026-11.pdf'])
  assert.deepEqual(files.rows.map(f => f.sum), [rows[0].csvHash, rows[0].pdfHash])
  assert.match(readPdf(files.rows[1].content).text, /1300\.00/)
  // as if it had never been made: the same figures make the same bytes, a day later
  await w.app.owner.query('delete from attachment where record_id = $1', [rows[0].id])
  await w.app.owner.query('delete from key_report')
  w.at('2026-12-02 10:00')
  assert.deepEqual((await w.admin.post('/api/key-accounts/reports', { day: '2026-12-01' })).body, { asked: 1 })
  await w.idle()
  const again = (await w.admin.get('/api/key-reports')).body.items[0]
  assert.deepEqual([again.pdfHash, again.csvHash], [rows[0].pdfHash, rows[0].csvHash])
})

test('SA-18 the report is mailed to the people named, once, with a link to its files; who cannot be mailed, and why, stands on the report', async () => {
  const post = await mailStub()
  const [setting] = (await w.admin.get('/api/notice-settings')).body.items
  assert.equal((await w.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })).status, 200)
  const make = (entity: string, input: Record<string, unknown>): Promise<string> => w.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), input)).id)
  const named = await w.customer({ name: '寄送客户', annualPurchase: '20000000', mail: 'company@example.com' }), plain = await w.customer({ name: '自己的邮箱', annualPurchase: '20000000', mail: 'own@example.com' }), silent = await w.customer({ name: '没有邮箱', annualPurchase: '20000000' })
  const off = await w.customer({ name: '不要通知', annualPurchase: '20000000', mail: 'off@example.com' })
  await w.orders([named, plain, silent, off].flatMap(customerId => [{ customerId, amount: 19_000_000, on: '2026-03-01' }, { customerId, amount: 300, on: '2026-11-10' }]))
  for (const id of [named, plain, silent, off]) assert.equal((await w.admin.post(`/api/customers/${id}/join-programme`)).status, 201)
  await make('noticeChoice', { customerId: off, off: true })
  const li = await make('contact', { customerId: named, name: '李采购', mail: 'li@example.com' }), wang = await make('contact', { customerId: named, name: '王财务' }), gone = await make('contact', { customerId: named, name: '赵前任', mail: 'zhao@example.com', until: '2026-01-31' })
  const other = await make('contact', { customerId: plain, name: '外人', mail: 'x@example.com' })
  const [standing] = (await w.admin.get(`/api/customer-standings?filter=${encodeURIComponent(JSON.stringify({ customerId: named }))}`)).body.items
  const wrong = await w.admin.patch(`/api/customer-standings/${standing.id}`, { reportToIds: [li, other] })
  assert.deepEqual([wrong.status, wrong.body.details.fields[0].message], [400, '外人不是这个客户的联系人'])
  assert.equal((await w.admin.patch(`/api/customer-standings/${standing.id}`, { reportToIds: [li, wang, gone] })).status, 200)
  const settled = async () => { for (let i = 0; i < 3; i++) { await w.idle(); await atWork(w.app.runtime).idle() } }
  const ask = async () => { assert.equal((await w.admin.post('/api/key-accounts/reports', { day: '2026-12-01' })).status, 202); await settled() }
  const of = async (customerId: string) => (await w.admin.get(`/api/key-reports?filter=${encodeURIComponent(JSON.stringify({ customerId }))}`)).body.items[0] as { id: string; sentTo: string }
  await ask()
  assert.equal((await of(plain)).sentTo, '没有寄：没有可用的邮件渠道', 'before there is a mail server')
  assert.equal((await w.admin.post('/api/notices/channels', { kind: 'mail', name: '邮件', host: '127.0.0.1', port: post.port, secure: 'none', from: '衡川服务 <service@example.com>' })).status, 200)
  await ask()
  assert.deepEqual(await Promise.all([named, plain, silent, off].map(async id => (await of(id)).sentTo)), ['李采购；没有寄：王财务没有填邮箱', '自己的邮箱', '没有寄：没有邮箱没有填邮箱', '没有寄：客户不要通知'])
  assert.deepEqual(post.mails.map(m => m.to[0]).toSorted(), ['li@example.com', 'own@example.com'])
  await ask()
  assert.equal(post.mails.length, 2, 'the same report is mailed once')
  // the link leads to the files that hang on the report
  const { rows: [told] } = await w.app.owner.query("select text from customer_notice where event = 'keyReport' and customer_id = $1", [named])
  const token = /\/report\/([\w-]+)/.exec(told.text)![1]!
  const shown = await w.app.anonymous.get(`/api/public/key-reports/${token}`)
  assert.deepEqual([shown.status, shown.body.customer, shown.body.spend, shown.body.id], [200, '寄送客户', '300.00', undefined])
  const csv = await w.app.anonymous.get(`/api/public/key-reports/${token}/csv`)
  assert.match(Buffer.from(csv.body.content, 'base64').toString(), /300\.00/)
  assert.equal((await w.app.anonymous.get('/api/public/key-reports/nobodysToken00/pdf')).status, 404)
  // other figures are another report, and another mail
  await w.orders([{ customerId: named, amount: 50, on: '2026-11-11' }])
  await ask()
  assert.deepEqual(post.mails.map(m => m.to[0]).filter(to => to === 'li@example.com').length, 2)
})
