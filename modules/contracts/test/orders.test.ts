import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approve, house, ok, refused, signed } from './house.ts'

const h = await house()
const newOrder = async (contractId?: string, more: Record<string, unknown> = {}) => (await ok(h.li.post('/api/sales-orders', { customerId: h.customerId, unitId: h.unit, ...(contractId ? { contractId } : {}), ...more }), 201)).id as string
const line = (orderId: string, more: Record<string, unknown> = {}) => h.li.post('/api/order-lines', { orderId, productId: h.productId, item: '显示器 27 寸', quantity: '10', unitPrice: '1000.00', ...more })
const order = (id: string) => ok(h.li.get(`/api/sales-orders/${id}`))
const due = async (at: string) => { h.app.clock!.set(at); await h.app.worker!.idle() }
const newCustomer = async (name: string, creditLimit?: string) => (await ok(h.admin.post('/api/customers', { name, kind: 'company', unitId: h.unit, ownerId: h.li.userId, ...(creditLimit ? { creditLimit } : {}) }), 201)).id as string

test('SA-06 a price above the contract’s → 409 with the item and both prices; under and equal → ok; sums follow the lines to the cent', async () => {
  const id = await newOrder(await signed(h))
  assert.deepEqual(await refused(line(id, { unitPrice: '1000.01' }), 'ORDER_PRICE'), { item: '显示器 27 寸', price: '1000.01', contractPrice: '1000.00' })
  const first = await ok(line(id, { unitPrice: '999.99', quantity: '0.333' }), 201)
  assert.equal(first.amount, '333.00')
  await ok(line(id), 201)
  assert.equal((await order(id)).amount, '10333.00')
  await refused(h.li.patch(`/api/order-lines/${first.id}`, { unitPrice: '1200' }), 'ORDER_PRICE')
  await ok(h.li.patch(`/api/order-lines/${first.id}`, { quantity: '1', unitPrice: '1000' }))
  assert.equal((await order(id)).amount, '11000.00')
  await ok(h.li.remove(`/api/order-lines/${first.id}`), 204)
  assert.equal((await order(id)).amount, '10000.00')
  assert.equal((await ok(h.li.post(`/api/sales-orders/${id}/confirm`))).state, 'confirmed')
  await refused(line(id), 'ORDER_STATE')
  await refused(h.li.patch(`/api/sales-orders/${id}`, { customerId: await newCustomer('别家') }), 'ORDER_STATE')
  const [last] = (await ok(h.li.get(`/api/sales-orders/${await newOrder()}/prices?productId=${h.productId}`))).items
  assert.deepEqual([last.unitPrice, last.mine], ['1000.00', true])
})

test('SA-06 beyond the agreed volume it warns, or refuses where the contract says so; without lines or with a contract not in force nothing is confirmed', async () => {
  const contractId = await signed(h), id = await newOrder(contractId)
  await refused(h.li.post(`/api/sales-orders/${id}/confirm`), 'ORDER_EMPTY')
  await ok(line(id, { quantity: '101' }), 201)
  assert.deepEqual((await ok(h.li.post(`/api/sales-orders/${id}/confirm`))).warnings.map((w: Record<string, unknown>) => [w.item, w.agreed, w.quantity]), [['显示器 27 寸', '100.000', '101.000']])
  await ok(h.li.patch(`/api/contracts/${contractId}`, { overVolume: 'refuse' }))
  await refused(line(await newOrder(contractId), { quantity: '1' }), 'ORDER_VOLUME')
  const other = await newOrder(contractId)
  await ok(h.li.post(`/api/contracts/${contractId}/terminate`, { reason: '不做了' }))
  await ok(h.li.post('/api/order-lines', { orderId: other, item: '上门安装', quantity: '1', unitPrice: '200' }), 201)
  await refused(h.li.post(`/api/sales-orders/${other}/confirm`), 'ORDER_CONTRACT')
  await ok(h.li.post(`/api/sales-orders/${other}/cancel`, { reason: '合同终止' }))
  await refused(h.li.post(`/api/sales-orders/${other}/deliver`), 'ORDER_STATE')
})

test('SA-06 no line of nothing, no line beyond all measure, no delivery tomorrow', async () => {
  const id = await newOrder()
  for (const more of [{ quantity: '0' }, { quantity: '999999999999', unitPrice: '99999' }]) assert.equal((await refused(line(id, more), 'INVALID', 400)).fields[0].field, 'quantity')
  await ok(line(id), 201)
  await ok(h.li.post(`/api/sales-orders/${id}/confirm`))
  assert.equal((await refused(h.li.post(`/api/sales-orders/${id}/deliver`, { deliveredOn: '2026-11-23' }), 'INVALID', 400)).fields[0].field, 'deliveredOn')
  const short = await h.li.post(`/api/sales-orders/${id}/cancel`, { reason: 'x' })
  assert.deepEqual([short.status, short.body.message], [400, '填写有误：请写明原因，至少 2 个字'], 'in words, without the name of a parameter')
  await ok(h.li.post(`/api/sales-orders/${id}/cancel`, { reason: '录错了' }))
})

test('CU-08 limit 100 000, open 95 000, order 10 000 → 409 超信用 5 000 → approval: approved it is confirmed, refused it stays a draft with the reason', async () => {
  const customerId = await newCustomer('信达', '100000')
  await ok(h.finance.post('/api/instalments', { customerId, unitId: h.unit, ownerId: h.li.userId, label: '旧款', dueOn: '2026-12-01', amount: '95000' }), 201)
  const make = async () => { const id = await newOrder(undefined, { customerId }); await ok(line(id), 201); return id }
  const id = await make(), told = await refused(h.li.post(`/api/sales-orders/${id}/confirm`), 'ORDER_CREDIT')
  assert.deepEqual([told.over, told.limit, told.open, told.amount], ['5000.00', '100000.00', '95000.00', '10000.00'])
  await ok(h.li.post(`/api/sales-orders/${id}/ask-credit`))
  assert.equal((await order(id)).state, 'approving')
  await refused(h.li.post(`/api/sales-orders/${id}/confirm`), 'ORDER_STATE')
  await approve(h, h.lead, 'salesOrder', id, 'reject', '先收旧款再发货')
  assert.deepEqual([(await order(id)).state, (await order(id)).refusal, (await order(id)).ownerId], ['draft', '先收旧款再发货', h.li.userId])
  await ok(h.li.post(`/api/sales-orders/${id}/ask-credit`))
  await approve(h, h.lead, 'salesOrder', id)
  assert.deepEqual([(await order(id)).state, (await order(id)).overCredit, (await order(id)).refusal], ['confirmed', '5000.00', null])
  const small = await newOrder(undefined, { customerId: await newCustomer('没有额度') })
  await ok(line(small), 201)
  await refused(h.li.post(`/api/sales-orders/${small}/ask-credit`), 'ORDER_WITHIN_CREDIT')
  await ok(h.li.post(`/api/sales-orders/${small}/confirm`))
})

test('CE-02 a plan of 30/60/10; receipts settle the oldest or the chosen, are never changed, and are taken back by one with the opposite sign', async () => {
  const id = await signed(h, { signedOn: '2026-11-20' })
  await refused(h.li.post(`/api/contracts/${id}/plan`, { terms: [{ label: '全款', percent: '90', after: 'sign', days: 0 }] }), 'PLAN_PERCENT', 400)
  const terms = [{ label: '预付款', percent: '30', after: 'sign', days: 0 }, { label: '到货款', percent: '60', after: 'delivery', days: 0 }, { label: '质保金', percent: '10', after: 'delivery', days: 90 }]
  const { items } = await ok(h.li.post(`/api/contracts/${id}/plan`, { terms, deliveryOn: '2026-12-01' }))
  assert.deepEqual(items.map((i: Record<string, string>) => [i.dueOn, i.amount]), [['2026-11-20', '30000.00'], ['2026-12-01', '60000.00'], ['2027-03-01', '10000.00']])
  const open = async () => (await ok(h.li.get(`/api/instalments?sort=dueOn&filter=${encodeURIComponent(JSON.stringify({ contractId: id }))}`))).items.map((i: Record<string, unknown>) => [i.received, i.settledOn])
  assert.equal((await h.li.post('/api/receipts', { contractId: id, amount: '1', receivedOn: '2026-11-22' })).status, 403, 'finance books receipts')
  const first = await ok(h.finance.post('/api/receipts', { contractId: id, amount: '40000', receivedOn: '2026-11-22' }), 201)
  assert.deepEqual(await open(), [['30000.00', '2026-11-22'], ['10000.00', null], ['0.00', null]])
  await ok(h.finance.post('/api/receipts', { instalmentId: items[2].id, amount: '10000', receivedOn: '2026-11-22' }), 201)
  assert.deepEqual(await open(), [['30000.00', '2026-11-22'], ['10000.00', null], ['10000.00', '2026-11-22']])
  await refused(h.li.post(`/api/contracts/${id}/plan`, { terms, deliveryOn: '2026-12-01' }), 'PLAN_PAID')
  await refused(h.li.patch(`/api/instalments/${items[1].id}`, { amount: '9999' }), 'INSTALMENT_PAID')
  assert.ok((await h.finance.patch(`/api/receipts/${first.id}`, { amount: '1' })).status >= 403)
  await refused(h.finance.post('/api/receipts', { contractId: id, amount: '-5', receivedOn: '2026-11-22' }), 'RECEIPT_AMOUNT', 400)
  await refused(h.finance.post('/api/receipts', { contractId: id, amount: '5', receivedOn: '2026-11-23' }), 'INVALID', 400)
  const tooMuch = await refused(h.finance.post('/api/receipts', { instalmentId: items[1].id, amount: '500000', receivedOn: '2026-11-22' }), 'RECEIPT_TOO_MUCH')
  assert.deepEqual([tooMuch.open, tooMuch.fields[0].field], ['50000.00', 'amount'], 'a nought too many; money in advance names no instalment')
  const back = await ok(h.finance.post(`/api/receipts/${first.id}/reverse`, { reason: '记到别家了' }), 201)
  assert.deepEqual(await open(), [['0.00', null], ['0.00', null], ['10000.00', '2026-11-22']])
  await refused(h.finance.post(`/api/receipts/${first.id}/reverse`, { reason: '再来一次' }), 'RECEIPT_REVERSED')
  await refused(h.finance.post(`/api/receipts/${back.id}/reverse`, { reason: '冲销冲销' }), 'RECEIPT_REVERSED')
  const e = await ok(h.li.get(`/api/contracts/${id}/execution`))
  assert.equal(e.paid, '10000.00')
})

test('CE-02 settled on the day when the last of the money came, however late it was booked; what was taken back does not count', async () => {
  const id = await signed(h), i = await ok(h.finance.post('/api/instalments', { contractId: id, label: '尾款', dueOn: '2026-11-30', amount: '300' }), 201)
  const book = async (amount: string, receivedOn: string) => (await ok(h.finance.post('/api/receipts', { instalmentId: i.id, amount, receivedOn }), 201)).id as string
  const settledOn = async () => (await ok(h.finance.get(`/api/instalments/${i.id}`))).settledOn
  // whoever books it works at head office, and the seller's block is none of theirs
  const [role] = await h.app.system(ctx => ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'finance'", [ctx.tenant.id])), away = await h.app.person({ username: 'away', name: '远财', unitId: h.other, roleIds: [role!.id] })
  assert.equal((await ok(away.post('/api/receipts', { instalmentId: i.id, amount: '100', receivedOn: '2026-11-12' }), 201)).ownerId, h.li.userId)
  const wrong = await book('150', '2026-11-21')
  assert.equal(await settledOn(), null)
  await ok(h.finance.post(`/api/receipts/${wrong}/reverse`, { reason: '金额记错' }), 201)
  await book('200', '2026-11-10')
  assert.equal(await settledOn(), '2026-11-12')
})

test('CE-02 due 08-31, today 11-22: in 61–90 by customer and by owner, its rows are those of the list; statement; a reminder once a week until it is paid', async () => {
  const customerId = await newCustomer('旧账公司')
  h.app.clock!.set('2026-08-30T01:00:00Z')
  const i = await ok(h.finance.post('/api/instalments', { customerId, unitId: h.unit, ownerId: h.li.userId, label: '八月款', dueOn: '2026-08-31', amount: '20000' }), 201)
  h.app.clock!.set('2026-11-22T01:00:00Z')
  const c = await ok(h.finance.get('/api/collection')), mine = c.byCustomer.find((r: { key: string }) => r.key === customerId)
  assert.deepEqual([mine.d90, mine.total, mine.count, mine.over], ['20000.00', '20000.00', 1, '0.00'])
  assert.equal(c.byOwner.find((r: { key: string }) => r.key === h.li.userId).d90, '20000.00')
  const bucket = c.buckets.find((b: { key: string }) => b.key === 'd90')
  const rows = (await ok(h.finance.get(`/api/instalments?filter=${encodeURIComponent(JSON.stringify({ customerId, settledOn: { isNull: true }, dueOn: { between: [bucket.from, bucket.to] } }))}`))).items
  assert.deepEqual(rows.map((r: { id: string }) => r.id), [i.id])
  assert.ok(c.months.some((m: { month: string; planned: string }) => m.month === '2026-08' && m.planned === '20000.00'))
  const reminders = async () => (await h.app.owner.query("select count, closed_at from alarm where kind = 'remind' and step_key = $1", [i.id])).rows
  await due('2026-11-22T01:00:01Z')
  assert.deepEqual((await reminders()).map(r => r.count), [1])
  await due('2026-11-28T01:00:00Z')
  assert.deepEqual((await reminders()).map(r => r.count), [1], 'not within the week')
  await due('2026-11-28T16:00:30Z')
  assert.deepEqual((await reminders()).map(r => r.count), [2])
  await ok(h.finance.post('/api/receipts', { instalmentId: i.id, amount: '5000', receivedOn: '2026-11-29' }), 201)
  const s = await ok(h.finance.get(`/api/collection/statement/${customerId}`))
  assert.deepEqual([s.lines.map((l: Record<string, unknown>) => l.balance), s.balance], [['20000.00', '15000.00'], '15000.00'])
  const csv = await h.finance.get(`/api/collection/statement/${customerId}/statement.csv`)
  assert.match(csv.body as string, /2026-08-31,八月款,20000\.00,,20000\.00/)
  assert.equal((await h.finance.get(`/api/collection/statement/${customerId}/statement.pdf`)).raw.subarray(0, 4).toString(), '%PDF')
  await ok(h.finance.post('/api/receipts', { instalmentId: i.id, amount: '15000', receivedOn: '2026-11-29' }), 201)
  assert.ok((await reminders())[0].closed_at)
})
