import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, register } from '@quancheng/service/testing'
import { stub } from './stub.ts'
import { world } from './world.ts'

const w = await world(), gateway = await stub()
const ask = (which: Record<string, unknown>, who = w.lijie) => who.post('/api/service/phone/code', which)
const tell = (which: Record<string, unknown>, code: string, who = w.lijie) => who.post('/api/service/phone/check', { ...which, code })
const state = async (which: Record<string, string>, who = w.lijie) => (await who.get(`/api/service/phone?${new URLSearchParams(which).toString()}`)).body
/** The digits as the telephone shows them. */
const arrived = async (to: string): Promise<string> => { await w.settled(); return /\d{6}/.exec(gateway.got.findLast(g => g.body.to === to)!.body.text!)![0] }
const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const customerOf = async (id: string) => (await w.zhouzhan.get(`/api/customers/${(await w.zhouzhan.get(`/api/service-requests/${id}`)).body.customerId}`)).body
const setting = (await w.admin.get('/api/paper-settings')).body.items[0]
const rule = async (voucherPhone: string) => assert.equal((await w.admin.patch(`/api/paper-settings/${setting.id}`, { voucherPhone })).status, 200)
const print = (id: string) => w.lijie.post('/api/prints', { entity: 'serviceRequest', recordId: id, paper: 'voucher', by: 'browser' })

test('SP-22 without a channel for messages the counter is told so, and 必须 holds nobody up', async () => {
  const refused = await ask({ phone: '13800000001' })
  assert.deepEqual([refused.status, refused.body.code], [409, 'PHONE_CODE_NO_SMS'])
  assert.match(refused.body.message, /可以不验证继续办理/)
  assert.deepEqual([(await state({ phone: '13800000001' })).sms, (await state({ phone: '13800000001' })).rule], [null, 'remind'])
  await rule('must')
  assert.equal((await print((await register(w)).id)).status, 201)
  await rule('remind')
  await w.channel({ kind: 'sms', driver: 'http', url: `${gateway.url}/sms` })
})

test('SP-22 a code goes to the telephone that was typed, late in the evening too, and is in no record of ours', async () => {
  at(w, '2026-11-23 22:30:00')
  const sent = await ask({ phone: '139 0000 1111' })
  assert.deepEqual([sent.status, sent.body.sms, sent.body.left], [200, 'sends', 4])
  const code = await arrived('13900001111')
  const [notice] = await w.rows("event = 'phoneCode'")
  assert.deepEqual([notice!.state, notice!.to_shown, notice!.request_id], ['sent', '139****1111', null])
  assert.ok(notice!.text.includes('●●●●●●') && notice!.text.includes('杭州一站'), notice!.text)
  const { rows: kept } = await w.app.owner.query("select row_to_json(t)::text as t from customer_notice t union all select row_to_json(t)::text from phone_code t union all select payload::text from job union all select row_to_json(t)::text from audit t where entity = 'customerNotice'")
  assert.ok(kept.length > 2 && kept.every(r => !new RegExp(`(?<!\\d)${code}(?!\\d)`).test(r.t)), 'the digits stand nowhere')
  const missed = await tell({ phone: '13900001111' }, wrong(code))
  assert.deepEqual([missed.status, missed.body.code, missed.body.details.left], [400, 'PHONE_CODE_WRONG', 4])
  assert.equal((await tell({ phone: '13900001111' }, '12a')).status, 400)
  const right = await tell({ phone: '13900001111' }, code)
  assert.deepEqual([right.status, right.body.proven], [200, true])
  at(w, '2026-11-24 09:00:00')
})

test('SP-22 who was not a customer yet is marked as they are registered; another telephone takes the mark away', async () => {
  await ask({ phone: '13900002222' })
  assert.equal((await tell({ phone: '13900002222' }, await arrived('13900002222'))).status, 200)
  const { id } = (await w.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body
  const r = await w.lijie.post('/api/service/desk/register', { customer: { name: '李四', phone: '13900002222' }, device: { productLineId: w.lineId, model: 'X1', serialNo: 'SP22P1' }, request: { id, faultDescription: '坏了' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  const customer = await customerOf(id)
  assert.deepEqual([customer.phoneProvenAt.slice(0, 10), customer.$labels.phoneProvenById], ['2026-11-24', '李接'])
  assert.equal((await state({ requestId: id }, w.zhaoxiu)).proven, true, 'whoever works on the request sees it')
  assert.equal((await w.lijie.patch(`/api/customers/${customer.id}`, { phoneProvenAt: null })).status, 405, 'nobody writes it by hand')
  assert.equal((await w.lijie.patch(`/api/customers/${customer.id}`, { name: '李四四' })).status, 200)
  assert.ok((await customerOf(id)).phoneProvenAt)
  assert.equal((await w.lijie.patch(`/api/customers/${customer.id}`, { phone: '13900002223' })).status, 200)
  assert.deepEqual([(await customerOf(id)).phoneProvenAt, (await customerOf(id)).phoneProvenById], [null, null])
  assert.deepEqual([(await state({ requestId: id })).proven, (await state({ requestId: id })).other, (await ask({ requestId: id })).body.code], [false, true, 'PHONE_OTHER'])
})

test('SP-22 must: no voucher before the proof, from the printer or the browser; reminded or not asked it prints', async () => {
  const { id } = await register(w)
  await w.app.owner.query('update customer set phone_proven_at = null')
  await rule('must')
  const refused = await print(id)
  assert.deepEqual([refused.status, refused.body.code], [409, 'PHONE_UNPROVEN'])
  assert.equal((await w.lijie.get(`/api/service-requests/${id}/paper`)).body.unproven, true)
  assert.equal((await w.lijie.post('/api/prints', { entity: 'serviceRequest', recordId: id, paper: 'label', by: 'browser' })).status, 201, 'the label stays inside')
  for (const soft of ['none', 'remind']) { await rule(soft); assert.equal((await print(id)).status, 201, soft) }
  await rule('must')
  assert.equal((await ask({ requestId: id })).status, 200)
  assert.equal((await tell({ requestId: id }, await arrived('13800000001'))).body.proven, true)
  assert.equal((await print(id)).status, 201)
  assert.equal((await w.lijie.get(`/api/service-requests/${id}/paper`)).body.unproven, false)
  const [share] = (await w.zhouzhan.get('/api/service/suspects')).body.phones
  assert.deepEqual([share.name, share.proven >= 1, share.customers > share.proven], ['杭州一站', true, true])
  await rule('remind')
})

test('SP-22 five guesses, ten minutes, once a minute, five a day for a number, and only the last code is good', async () => {
  const phone = '13900003333'
  const code = async (): Promise<string> => { const r = await ask({ phone }); assert.equal(r.status, 200, JSON.stringify(r.body)); return arrived(phone) }
  const first = await code()
  const soon = await ask({ phone })
  assert.deepEqual([soon.status, soon.body.code, soon.body.details.seconds], [429, 'PHONE_CODE_SOON', 60])
  for (let i = 4; i >= 0; i--) assert.equal((await tell({ phone }, wrong(first))).body.details.left, i)
  assert.equal((await tell({ phone }, first)).body.code, 'PHONE_CODE_TRIES', 'the right one comes too late')
  w.app.clock!.advance(1)
  const second = await code()
  w.app.clock!.advance(10)
  assert.equal((await tell({ phone }, second)).body.code, 'PHONE_CODE_OVER')
  const third = await code()
  w.app.clock!.advance(1)
  const fourth = await code()
  if (third !== fourth) assert.equal((await tell({ phone }, third)).body.code, 'PHONE_CODE_WRONG')
  w.app.clock!.advance(1)
  await code()
  w.app.clock!.advance(1)
  assert.equal((await ask({ phone })).body.code, 'PHONE_CODE_DAY')
  w.app.clock!.advance(24 * 60)
  assert.equal((await tell({ phone }, await code())).status, 200)
})

test('SP-22 a code that its gateway takes only later is a new one, and either will do; one that is over is not sent any more', async () => {
  const phone = '13900004444'
  gateway.answers.push({ hang: true })
  assert.equal((await ask({ phone })).status, 200)
  const first = await arrived(phone)
  w.app.clock!.advance(1)
  assert.notEqual((await w.rows(`"to" = '${phone}'`))[0]!.state, 'failed')
  await arrived(phone)
  assert.equal((await tell({ phone }, first)).status, 200)
  const late = '13900005555', before = gateway.got.length
  gateway.answers.push({ status: 503 })
  await ask({ phone: late })
  await w.settled()
  w.app.clock!.advance(30)
  await w.settled()
  assert.equal(gateway.got.length, before + 1)
  assert.deepEqual((await w.rows(`"to" = '${late}'`)).map(n => [n.state, n.error]), [['dropped', '已经过时']])
})

test('SP-22 a land line takes no messages, who does not work at the counter sends none, and the words of the code must name it', async () => {
  assert.equal((await ask({ phone: '0571-88880001' })).body.code, 'PHONE_NO_MESSAGES')
  assert.equal((await ask({ phone: '138' })).status, 400)
  assert.equal((await ask({})).body.code, 'PHONE_MISSING')
  for (const who of [w.zhaoxiu, w.zuoxi]) {
    assert.equal((await ask({ phone: '13900006666' }, who)).status, 403)
    assert.equal((await who.get('/api/service/phone?phone=13900006666')).status, 403)
  }
  const templates = (await w.admin.get('/api/notice-templates?limit=100')).body.items as Array<{ id: string; event: string; family: string }>
  const own = templates.filter(t => t.event === 'phoneCode'), other = templates.find(t => t.event === 'pickup')!
  assert.deepEqual(own.map(t => t.family), ['sms'])
  assert.equal((await w.admin.patch(`/api/notice-templates/${own[0]!.id}`, { text: '您好' })).body.code, 'NOTICE_CODE')
  assert.equal((await w.admin.patch(`/api/notice-templates/${other.id}`, { text: '您好{验证码}' })).body.code, 'NOTICE_CODE')
  assert.equal((await w.admin.patch(`/api/notice-templates/${own[0]!.id}`, { text: '{验证码}（{服务站}）' })).status, 200)
})
