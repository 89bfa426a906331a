import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fail, registerErrors } from '@quancheng/kernel'
import { registerPriceGuard } from '../index.ts'
import { shop } from './shop.ts'

registerErrors({ TEST_HQ: [403, '须总部', 'Head office only'] })
const s = await shop({ worker: true })
const { sun, li, lead, other, boss } = s.who
const post = (who: typeof sun, id: string, what: string, body: unknown = {}) => who.post(`/api/quotes/${id}/${what}`, body)

test('SA-04 v1 of ¥100 000 with 8 % off goes to approval since 5 % is free; the lead sees list price, discount and margin, and says yes', async () => {
  const id = await s.draft({ discount: '8' })
  const before = (await sun.get(`/api/quotes/${id}/sheet`)).body
  assert.deepEqual([before.quote.listAmount, before.quote.amount, before.verdict.ask.map((x: any) => [x.rate, x.limit])], ['100000.00', '92000.00', [['8.00', '5.00']]])
  assert.deepEqual([before.margin, before.quote.margin], [null, undefined])
  const sent = await post(sun, id, 'submit')
  assert.deepEqual([sent.status, sent.body.state, sent.body.over], [200, 'approving', [{ item: '笔记本 X1', rate: '8.00', limit: '5.00' }]])
  assert.equal((await s.row(id)).state, 'approving')
  const task = await s.task(lead, id)
  assert.equal(await s.task(other, id), null)
  const seen = (await lead.get(`/api/quotes/${id}/sheet`)).body
  assert.deepEqual([seen.quote.listAmount, seen.quote.amount, seen.quote.rate, seen.margin], ['100000.00', '92000.00', '8.00', { amount: '32000.00', rate: '34.78', listRate: '40.00' }])
  assert.equal((await lead.post(`/api/tasks/${task}/complete`, { outcome: 'approve' })).status, 200)
  assert.equal((await s.row(id)).state, 'approved')
})

test('SA-04 v2 keeps v1 readable and says what is different', async () => {
  const id = await s.draft({ discount: '5' })
  assert.deepEqual((await post(sun, id, 'submit')).body, { state: 'approved', caseId: null, over: [] })
  const first = (await post(sun, id, 'send')).body
  const v2 = (await post(sun, id, 'new-version')).body
  assert.equal(v2.revision, 2, JSON.stringify(v2))
  const put = await sun.call('PUT', `/api/quotes/${v2.id}/lines`, { discount: '0', lines: [{ productId: s.laptop, quantity: '12' }, { productId: s.cable, quantity: '3', discount: '10' }] })
  assert.deepEqual([put.status, put.body.quote.amount, put.body.quote.number === (await s.row(id)).number], [200, '120000.14', true])
  assert.deepEqual([put.body.difference.revision, put.body.difference.added.map((l: any) => l.item), put.body.difference.changed.map((c: any) => c.fields), put.body.difference.amount], [1, ['电源线'], [['quantity', 'amount']], { before: '95000.00', after: '120000.14', difference: '25000.14' }])
  const old = (await sun.get(`/api/quotes/${id}/sheet`)).body
  assert.deepEqual([old.quote.state, old.quote.amount, old.lines.length, old.versions.length], ['replaced', '95000.00', 1, 2])
  // the customer's link to it shows it still, and takes no answer
  const page = (await s.app.anonymous.get(`/api/public/quote/${first.token}`)).body
  assert.deepEqual([page.state, page.open, page.amount, page.lines.length], ['replaced', false, '95000.00', 1])
  assert.equal((await s.app.anonymous.post(`/api/public/quote/${first.token}`, { answer: 'accept' })).body.code, 'QUOTE_REPLACED')
  assert.equal((await post(sun, id, 'new-version')).status, 409)
})

test('SA-04 the customer accepts by the link; the second click is told 410; nothing of it can be changed any more', async () => {
  const id = await s.draft()
  await post(sun, id, 'submit')
  const { token } = (await post(sun, id, 'send')).body
  const page = (await s.app.anonymous.get(`/api/public/quote/${token}`)).body
  assert.deepEqual([page.open, page.amount, page.customer, page.lines[0].item], [true, '100000.00', '澄湖能源', '笔记本 X1'])
  assert.equal(JSON.stringify(page).includes('listPrice') || JSON.stringify(page).includes('margin'), false)
  const pdf = await s.app.anonymous.get(`/api/public/quote/${token}/quote.pdf`)
  assert.deepEqual([pdf.status, pdf.raw.subarray(0, 4).toString()], [200, '%PDF'])
  assert.equal((await s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'decline' })).body.code, 'QUOTE_REASON')
  const yes = await s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'accept' })
  assert.deepEqual([yes.status, yes.body.state], [200, 'accepted'], yes.raw.toString())
  const again = await s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'decline', reason: '太贵' })
  assert.deepEqual([again.status, again.body.code], [410, 'QUOTE_CLOSED'])
  const row = await s.row(id)
  assert.deepEqual([row.state, row.answered_by], ['accepted', '客户'])
  assert.equal((await sun.call('PUT', `/api/quotes/${id}/lines`, { lines: [] })).body.code, 'QUOTE_STATE')
  assert.equal((await sun.patch(`/api/quotes/${id}`, { title: '别的' })).body.code, 'QUOTE_LOCKED')
  assert.equal((await sun.patch(`/api/quote-lines/${(await s.lines(id))[0]!.id}`, { quantity: '1' })).body.code, 'QUOTE_LOCKED')
  assert.equal((await s.app.anonymous.get('/api/public/quote/nothing-like-it')).status, 404)
})

test('SA-04 asked for again it is the same link; a quote that was brought in as sent gets one when it is asked for', async () => {
  const id = await s.draft()
  await post(sun, id, 'submit')
  const { page } = (await post(sun, id, 'send')).body
  assert.deepEqual([(await post(sun, id, 'send')).body.page, (await sun.get(`/api/quotes/${id}/link`)).body.page], [page, page])
  await s.app.system(ctx => ctx.query('update quote set link_token = null where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))
  const made = (await post(sun, id, 'send')).body
  assert.deepEqual([made.page !== page, (await s.app.anonymous.get(`/api/public${made.page}`)).body.open, (await s.row(id)).state], [true, true, 'sent'])
})

test('SA-04 two clicks at once: one answer counts', async () => {
  const id = await s.draft()
  await post(sun, id, 'submit')
  const { token } = (await post(sun, id, 'send')).body
  const both = await Promise.all([s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'accept' }), s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'decline', reason: '不要了' })])
  assert.deepEqual(both.map(r => r.status).toSorted(), [200, 410])
})

test('SA-04 each act in its own state only: 409 with a code everywhere else', async () => {
  const id = await s.draft({ discount: '8' })
  for (const [what, code] of [['send', 'QUOTE_STATE'], ['withdraw', 'QUOTE_STATE'], ['new-version', 'QUOTE_STATE']] as const) { const r = await post(sun, id, what); assert.deepEqual([r.status, r.body.code], [409, code], what) }
  assert.equal((await post(sun, id, 'answer', { answer: 'accept' })).body.code, 'QUOTE_STATE')
  await post(sun, id, 'submit')
  assert.equal((await post(sun, id, 'submit')).body.code, 'QUOTE_STATE')
  assert.equal((await post(sun, id, 'withdraw')).body.state, 'draft')
  assert.equal((await s.row(id)).state, 'draft')
  await post(sun, id, 'submit')
  assert.equal((await lead.post(`/api/tasks/${await s.task(lead, id)}/complete`, { outcome: 'reject', comment: '最多六个点' })).status, 200)
  assert.equal((await s.row(id)).state, 'draft')
  const empty = await sun.post('/api/quotes', { title: '空的', customerId: s.customer })
  assert.equal((await post(sun, empty.body.id, 'submit')).body.code, 'QUOTE_EMPTY')
  assert.equal((await post(li, id, 'submit')).status, 404)
})

test('SA-04 below the lowest price nothing can be written, beyond 20 % nothing handed in; a price cut by hand counts as discount', async () => {
  const id = await s.draft()
  const put = (body: Record<string, unknown>) => sun.call('PUT', `/api/quotes/${id}/lines`, body)
  assert.equal((await put({ lines: [{ productId: s.laptop, quantity: '10', unitPrice: '6999.99' }] })).body.code, 'QUOTE_FLOOR')
  assert.equal((await put({ lines: [{ productId: s.laptop, quantity: '10', discount: '20' }], discount: '15' })).body.code, 'QUOTE_FLOOR')
  assert.equal((await sun.patch(`/api/quotes/${id}`, { discount: '31' })).body.code, 'QUOTE_FLOOR')
  assert.equal((await sun.post('/api/quote-lines', { quoteId: id, productId: s.laptop, item: 'x', quantity: '1', unitPrice: '1' })).body.code, 'QUOTE_FLOOR')
  assert.equal((await put({ lines: [{ productId: s.laptop, quantity: '10', unitPrice: '7900' }] })).status, 200)
  const most = await post(sun, id, 'submit')
  assert.deepEqual([most.status, most.body.code, most.body.details.lines], [409, 'QUOTE_MOST', [{ item: '笔记本 X1', rate: '21.00', limit: '20.00' }]])
  for (const [body, words] of [[{ lines: [{ quantity: '0', item: 'x', unitPrice: '1' }] }, '数量应大于 0'], [{ lines: [{ quantity: '1', item: 'x', unitPrice: '1,0,a' }] }, '单价'], [{ lines: [{ quantity: '1', item: '安装' }] }, '请填单价'], [{ lines: [{ quantity: '1' }] }, '请选产品或写名称'], [{ lines: [], discount: '101' }, '0 到 100']] as const) {
    const r = await put(body as never)
    assert.equal(r.status, 400)
    assert.match(r.raw.toString(), new RegExp(words))
  }
})

test('SA-04 a sum that no offer has is refused by its line, and a last day in the past at its field', async () => {
  const id = await s.draft()
  const huge = await sun.call('PUT', `/api/quotes/${id}/lines`, { lines: [{ item: '安装', quantity: '1', unitPrice: '10' }, { productId: s.laptop, quantity: '999999999', unitPrice: '10000' }] })
  assert.deepEqual([huge.status, huge.body.code, huge.body.details.line], [400, 'QUOTE_LINE', 2])
  const past = await sun.patch(`/api/quotes/${id}`, { validUntil: '2026-11-21' })
  assert.deepEqual([past.status, past.body.details.fields[0].field], [400, 'validUntil'])
  assert.equal((await sun.patch(`/api/quotes/${id}`, { validUntil: '2026-11-22' })).status, 200)
  assert.equal((await sun.post('/api/quotes', { title: '过期的', customerId: s.customer, validUntil: '2020-01-01' })).status, 400)
})

test('SA-04 a line written by the plain interface is priced and added up by the same rule', async () => {
  const id = await s.draft({ discount: '5', lines: [] })
  const made = await sun.post('/api/quote-lines', { quoteId: id, productId: s.laptop, item: '笔记本', quantity: '2', unitPrice: '10000' })
  assert.deepEqual([made.status, made.body.listPrice, made.body.amount], [201, '10000.00', '20000.00'])
  assert.deepEqual([(await s.row(id)).list_amount, (await s.row(id)).amount], ['20000.00', '19000.00'])
})

test('SA-04 a sent quote ends by itself after its last day, and the link says so', async () => {
  const id = await s.draft({ quote: { validUntil: '2026-11-23' } })
  await post(sun, id, 'submit')
  const { token } = (await post(sun, id, 'send')).body
  s.app.clock!.set('2026-11-23T15:59:00Z')
  assert.equal((await s.app.anonymous.get(`/api/public/quote/${token}`)).body.open, true)
  s.app.clock!.set('2026-11-23T16:00:00Z')
  const late = await s.app.anonymous.post(`/api/public/quote/${token}`, { answer: 'accept' })
  assert.deepEqual([late.status, late.body.code], [410, 'QUOTE_EXPIRED'])
  await s.app.worker!.idle()
  assert.equal((await s.row(id)).state, 'expired')
  assert.equal((await s.app.anonymous.get(`/api/public/quote/${token}`)).body.state, 'expired')
})

test('SA-04 nobody approves their own: the lead\'s own discount goes to the group\'s management', async () => {
  const made = await lead.post('/api/quotes', { title: '自己的', customerId: s.customer })
  await lead.call('PUT', `/api/quotes/${made.body.id}/lines`, { lines: [{ productId: s.laptop, quantity: '1', discount: '8' }] })
  assert.equal((await post(lead, made.body.id, 'submit')).body.state, 'approving')
  assert.equal(await s.task(lead, made.body.id), null)
  assert.ok(await s.task(boss, made.body.id))
})

test('SA-21 pricing a quote while 员工人数 is empty is refused: 409 missing ["员工人数"]', async () => {
  const customer = await s.make('customer', { name: '空白客户', kind: 'company', accountType: 'enterprise', unitId: s.unit.north, ownerId: sun.userId })
  for (const q of await s.app.system(ctx => ctx.query<{ id: string }>("select id from checklist_question where tenant_id = $1 and customer_field is null", [ctx.tenant.id]))) await s.make('checklistAnswer', { customerId: customer, questionId: q.id, value: '是', at: '2026-11-22T01:00:00Z' })
  const quote = await sun.post('/api/quotes', { title: '还不能报', customerId: customer })
  assert.equal(quote.status, 201)
  const put = await sun.call('PUT', `/api/quotes/${quote.body.id}/lines`, { lines: [{ productId: s.laptop, quantity: '1' }] })
  assert.deepEqual([put.status, put.body.code, put.body.details.missing], [409, 'QUOTE_MISSING_ANSWERS', ['员工人数']])
  assert.equal((await sun.get(`/api/quotes/${quote.body.id}/price?productId=${s.laptop}`)).status, 409)
  assert.equal((await sun.patch(`/api/customers/${customer}`, { staffCount: 120 })).status, 200)
  assert.equal((await sun.call('PUT', `/api/quotes/${quote.body.id}/lines`, { lines: [{ productId: s.laptop, quantity: '1' }] })).status, 200)
})

test('SA-15 a price that is not the book\'s is held against the guards, by whichever road; the book\'s own price is not', async () => {
  const asked: unknown[] = []
  const id = await s.draft()
  registerPriceGuard(s.app.runtime, async (ctx, act) => { if (act.recordId !== id) return; asked.push(act.changes.map(c => [c.item, c.listPrice, c.unitPrice, c.discount]), act.discount); if (ctx.user?.id === sun.userId) fail('TEST_HQ') })
  for (const r of [await sun.call('PUT', `/api/quotes/${id}/lines`, { lines: [{ productId: s.laptop, quantity: '10', unitPrice: '9900' }] }), await sun.patch(`/api/quotes/${id}`, { discount: '1' }), await sun.patch(`/api/quote-lines/${(await s.lines(id))[0]!.id}`, { unitPrice: '9900' })]) assert.deepEqual([r.status, r.body.code, r.body.message], [403, 'TEST_HQ', '须总部'])
  assert.equal((await sun.call('PUT', `/api/quotes/${id}/lines`, { lines: [{ productId: s.laptop, quantity: '11' }] })).status, 200)
  assert.deepEqual(JSON.parse(JSON.stringify(asked).replaceAll('"0.00"', '"0"')), [[['笔记本 X1', '10000.00', '9900.00', '0']], '0', [['笔记本 X1', '10000.00', '10000.00', '0']], '1.00', [['笔记本 X1', '10000.00', '9900.00', '0']], '0'])
})
