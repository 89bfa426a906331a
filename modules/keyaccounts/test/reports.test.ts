import assert from 'node:assert/strict'
import { test } from 'node:test'
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
