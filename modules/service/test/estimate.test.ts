import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from './station.ts'
import { doStage, openTask, register, rowCounts, ticksOf, walkTo } from './walk.ts'

const s = await station()
const LINES = [{ name: '主板', quantity: 1, price: '260' }, { name: '工时', quantity: 2, price: '30.00' }]

/** A request in 报价 with an estimate, and the customer's link to it. */
async function quoted(o: { validUntil?: string; lines?: typeof LINES } = {}) {
  const r = await register(s)
  await walkTo(s, r.id, 'quote')
  const made = await s.lijie.post(`/api/service-requests/${r.id}/estimate`, { lines: o.lines ?? LINES, ...(o.validUntil ? { validUntil: o.validUntil } : {}) })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const { rows: [{ track_token: token }] } = await s.app.owner.query('select track_token from service_request where id = $1', [r.id])
  const url = `/api/public/track/${token}`
  const answer = (answer: 'accept' | 'decline', more: Record<string, unknown> = {}) => s.app.anonymous.post(`${url}/estimate`, { estimateId: made.body.id, answer, ...more })
  return { ...r, url, estimateId: made.body.id as string, answer }
}
const course = async (id: string) => (await s.zhouzhan.get(`/api/cases/serviceRequest/${id}`)).body.steps as Array<{ nodeId: string; state: string; actorName: string | null; finishedAt: string | null; outcome: string | null; ticked: string[]; comment: string | null }>

test('SP-32 the customer accepts by the link: 报价 finished, 维修 open, the actor is the customer, the time is kept; the second click 410', async () => {
  const q = await quoted()
  const page = (await s.app.anonymous.get(q.url)).body
  assert.deepEqual([page.estimate.open, page.estimate.total, page.estimate.lines.map((l: { amount: string }) => l.amount)], [true, '320.00', ['260.00', '60.00']])
  s.app.clock!.advance(7)
  const yes = await q.answer('accept')
  assert.equal(yes.status, 200, JSON.stringify(yes.body))
  const steps = await course(q.id)
  const quote = steps.find(x => x.nodeId === 'quote')!
  assert.deepEqual([quote.state, quote.actorName, quote.finishedAt, quote.outcome], ['done', '客户 张三', s.app.clock!.now.toISOString(), '客户同意'])
  assert.equal((await openTask(s, q.id)).nodeId, 'repair')
  const { body: row } = await s.zhouzhan.get(`/api/service-requests/${q.id}`)
  assert.deepEqual([row.stage, row.customerAnswer, Number(row.quotedAmount)], ['repair', 'agreed', 320])
  const before = await rowCounts(s)
  const again = await q.answer('accept')
  assert.deepEqual([again.status, again.body.code], [410, 'ESTIMATE_CLOSED'])
  assert.deepEqual([(await q.answer('decline', { reason: '不修了' })).status, await rowCounts(s)], [410, before])
  assert.equal((await s.app.anonymous.get(q.url)).body.estimate.state, 'accepted')
})

test('SP-32 the customer declines with a reason: 退机, the reason stands in the record; without one it is asked for', async () => {
  const q = await quoted()
  assert.deepEqual((await q.answer('decline')).body.code, 'ESTIMATE_REASON')
  assert.equal((await q.answer('decline', { reason: '太贵了' })).status, 200)
  const { body: row } = await s.zhouzhan.get(`/api/service-requests/${q.id}`)
  assert.deepEqual([row.stage, row.customerAnswer], ['returned', 'declined'])
  assert.equal((await course(q.id)).find(x => x.nodeId === 'quote')!.comment, '客户 张三：太贵了')
})

test('SP-32 two clicks at once, and the counter at the same moment: one wins, the others hear that it is answered', async () => {
  for (let i = 0; i < 3; i++) {
    const q = await quoted()
    const task = await openTask(s, q.id)
    const ticked = await ticksOf(s.lijie, task.id)
    const answers = await Promise.all([q.answer('accept'), q.answer('decline', { reason: '不修' }), s.lijie.post(`/api/tasks/${task.id}/complete`, { outcome: 'agree', fields: { quotedAmount: '320', customerAnswer: 'agreed' }, ticked })])
    assert.equal(answers.filter(a => a.status === 200).length, 1, JSON.stringify(answers.map(a => [a.status, a.body.code])))
    assert.ok(answers.filter(a => a.status !== 200).every(a => a.status === 410 || a.status === 409), JSON.stringify(answers.map(a => [a.status, a.body.code])))
    assert.equal((await course(q.id)).filter(x => x.nodeId === 'quote' && x.state === 'done').length, 1)
  }
})

test('SP-32 the counter was faster: the page says so, and the link answers 410', async () => {
  const q = await quoted()
  s.app.clock!.advance(3)
  await doStage(s, q.id)
  assert.deepEqual([(await s.app.anonymous.get(q.url)).body.estimate.open, (await q.answer('accept')).status], [false, 410])
  const { body: kept } = await s.admin.get(`/api/estimates/${q.estimateId}`)
  assert.deepEqual([kept.state, kept.answeredBy, kept.answeredHow, kept.answeredAt], ['accepted', '李接', 'counter', s.app.clock!.now.toISOString()], 'who wrote the answer down, and when')
})

test('SP-32 declined at the counter the estimate keeps the reason; by the link it is the customer’s', async () => {
  const no = await quoted()
  const task = await openTask(s, no.id)
  const declined = await s.lijie.post(`/api/tasks/${task.id}/complete`, { outcome: 'decline', fields: { quotedAmount: '320', customerAnswer: 'declined' }, ticked: await ticksOf(s.lijie, task.id), comment: '客户嫌贵' })
  assert.equal(declined.status, 200, JSON.stringify(declined.body))
  const kept = (await s.admin.get(`/api/estimates/${no.estimateId}`)).body
  assert.deepEqual([kept.state, kept.answeredBy, kept.answeredHow, kept.reason], ['declined', '李接', 'counter', '客户嫌贵'])
  const yes = await quoted()
  await yes.answer('accept')
  assert.deepEqual((({ state, answeredBy, answeredHow }) => [state, answeredBy, answeredHow])((await s.admin.get(`/api/estimates/${yes.estimateId}`)).body), ['accepted', '客户 张三', 'customer'])
})

test('SP-32 while the clerk waits for the customer (待客户) the link works all the same, and the clock stood still meanwhile', async () => {
  const q = await quoted()
  const task = await openTask(s, q.id)
  assert.equal((await s.lijie.post(`/api/tasks/${task.id}/pause`, { reason: '待客户' })).status < 300, true)
  s.app.clock!.advance(120)
  assert.equal((await q.answer('accept')).status, 200)
  assert.equal((await openTask(s, q.id)).nodeId, 'repair')
})

test('SP-32 another estimate replaces the first: yes to the one that was seen before is refused, and nothing moves', async () => {
  const q = await quoted()
  const second = await s.lijie.post(`/api/service-requests/${q.id}/estimate`, { lines: [{ name: '整机', quantity: 1, price: '999.99' }] })
  const before = await rowCounts(s)
  assert.deepEqual([(await q.answer('accept')).body.code, await rowCounts(s)], ['ESTIMATE_OTHER', before])
  assert.equal((await s.app.anonymous.post(`${q.url}/estimate`, { estimateId: second.body.id, answer: 'accept' })).status, 200)
  assert.equal(Number((await s.zhouzhan.get(`/api/service-requests/${q.id}`)).body.quotedAmount), 999.99)
})

test('SP-32 an estimate is good until the end of its last day', async () => {
  s.app.clock!.set('2026-11-24T02:00:00Z')
  const q = await quoted({ validUntil: '2026-11-24' })
  s.app.clock!.set('2026-11-24T16:00:01Z')
  assert.deepEqual([(await s.app.anonymous.get(q.url)).body.estimate.state, (await q.answer('accept')).body.code], ['expired', 'ESTIMATE_EXPIRED'])
  s.app.clock!.set('2026-11-24T15:59:00Z')
  assert.equal((await q.answer('accept')).status, 200)
})

test('SP-32 number and code of the voucher are the customer as well as its QR code is: they see the estimate and answer it, once', async () => {
  const q = await quoted()
  const { rows: [row] } = await s.app.owner.query('select number, track_code from service_request where id = $1', [q.id])
  const byCode = await s.app.anonymous.post('/api/public/track', { number: row.number, code: row.track_code })
  assert.deepEqual([byCode.status, byCode.body.estimate.id, byCode.body.estimate.open, byCode.body.estimate.total], [200, q.estimateId, true, '320.00'])
  const answer = (code: string) => s.app.anonymous.post('/api/public/track/estimate', { number: row.number.toLowerCase(), code, estimateId: q.estimateId, answer: 'accept' })
  const before = await rowCounts(s)
  assert.deepEqual([(await answer(row.track_code === '0000' ? '0001' : '0000')).status, await rowCounts(s)], [404, before])
  assert.equal((await answer(row.track_code)).status, 200)
  assert.equal((await course(q.id)).find(x => x.nodeId === 'quote')!.actorName, '客户 张三')
  assert.deepEqual([(await answer(row.track_code)).status, (await q.answer('accept')).status], [410, 410])
})

test('SP-32 a code is guessed at twenty times a day, from however many addresses: then only the link opens that request', async () => {
  s.app.clock!.advance(10)
  const q = await quoted()
  const { rows: [row] } = await s.app.owner.query('select number, track_code from service_request where id = $1', [q.id])
  const track = (code: string) => s.app.anonymous.post('/api/public/track', { number: row.number, code })
  const wrong = row.track_code === '0000' ? '0001' : '0000'
  // ten from one address; then its own limit has passed, and ten more
  const statuses = []
  for (let i = 0; i < 20; i++) { if (i === 10) s.app.clock!.advance(6); statuses.push((await track(wrong)).status) }
  assert.deepEqual([...new Set(statuses)], [404])
  s.app.clock!.advance(6)
  const refused = await track(row.track_code)
  assert.deepEqual([refused.status, refused.body.details.minutes], [429, 1440])
  assert.equal((await s.app.anonymous.get(q.url)).status, 200)
  s.app.clock!.advance(1440)
  assert.equal((await track(row.track_code)).status, 200)
})

test('SP-32 strangers try links ten times', async () => {
  s.app.clock!.advance(10)
  const q = await quoted()
  const tries = []
  for (let i = 0; i < 11; i++) tries.push((await s.app.anonymous.post('/api/public/track/nobody/estimate', { estimateId: q.estimateId, answer: 'accept' })).status)
  assert.deepEqual(tries, [...Array(10).fill(404), 429])
})

test('SP-32 who may write an estimate: the post of 报价 in its own station, only in 报价, with lines that add up', async () => {
  const r = await register(s)
  const write = (who = s.lijie, lines: unknown = LINES) => who.post(`/api/service-requests/${r.id}/estimate`, { lines })
  assert.equal((await write()).body.code, 'ESTIMATE_NO_QUOTE')
  await walkTo(s, r.id, 'quote')
  assert.equal((await write(s.zhaoxiu)).status, 403)
  for (const lines of [[], [{ name: '主板', quantity: 1, price: '-1' }], [{ name: '主板', quantity: 0, price: '1' }], [{ name: '主板', quantity: 1, price: '0.001' }], [{ name: '', quantity: 1, price: '1' }]]) assert.equal((await write(s.lijie, lines)).status, 400, JSON.stringify(lines))
  const cents = await write(s.lijie, [{ name: '螺丝', quantity: 3, price: '0.10' }, { name: '胶', quantity: 1, price: '0.2' }])
  assert.equal(cents.body.total, '0.50')
})
