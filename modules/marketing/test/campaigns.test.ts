import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storeMany } from '@quancheng/kernel'
import { mailStub, stub } from '@quancheng/notices/testing'
import { register, walkTo } from '@quancheng/service/testing'
import { market, ok } from './market.ts'

const m = await market(), post = await mailStub(), gateway = await stub()
await m.channel({ kind: 'sms', driver: 'http', url: `${gateway.url}/sms`, key: 'k' })
await m.channel({ kind: 'mail', host: '127.0.0.1', port: post.port, secure: 'none', from: '衡川服务 <service@example.com>' })
const wecomId = await m.channel({ kind: 'wecom', webhook: `${gateway.url}/cgi-bin/webhook/send?key=wk-1` })

const of = (customers: string[]) => m.segment({ field: { id: { in: customers } } })
const rows = async (sql: string, values: unknown[]): Promise<any[]> => (await m.app.owner.query(sql, values)).rows
const sends = (id: string): Promise<any[]> => rows('select s.*, n.state as notice, n.text, n.error, n.channel from campaign_send s left join customer_notice n on n.id = s.notice_id where s.campaign_id = $1 order by s.at, s.position', [id])
const start = async (id: string): Promise<void> => { ok(await m.market.post(`/api/campaigns/${id}/start`)); await m.settled() }
const tokenOf = async (id: string, customerId: string): Promise<string> => (await rows('select token from campaign_member where campaign_id = $1 and customer_id = $2', [id, customerId]))[0].token
const visitor = (token: string, what = '') => `/api/public/campaigns/${token}${what}`
const bodyOf = (mail: string): string => {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  return /Content-Transfer-Encoding: base64/i.test(mail) ? Buffer.from(body.replaceAll(/\s/g, ''), 'base64').toString() : Buffer.from(body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString()
}

test('MK-02 stage 1 SMS, no reply 3 days → stage 2 call task at the owner; who replied gets none', async () => {
  const silent = await m.customer(), answers = await m.customer()
  for (const c of [silent, answers]) await m.consents(c)
  const id = await m.campaign({ segmentId: await of([silent, answers]) }, [{ channel: 'sms', text: '{{客户}}您好，换新优惠 {{链接}}' }, { kind: 'task', afterDays: 3, subject: '电话问{{客户}}是否换新', text: '问是否换新' }])
  await start(id)
  const first = await sends(id)
  assert.deepEqual(first.map(s => [s.position, s.kind, s.notice, s.channel]), [[1, 'message', 'sent', 'sms'], [1, 'message', 'sent', 'sms']])
  const link = `https://fw.example.com/c/${await tokenOf(id, answers)}`
  assert.ok(gateway.got.some(g => g.body.text?.includes(link)), 'the link is in the text')
  ok(await m.app.anonymous.post(visitor(await tokenOf(id, answers), '/answer'), { words: '想换 X1' }))
  m.app.clock!.advance(3 * 1440 - 5)
  await m.settled()
  assert.equal((await sends(id)).length, 2, 'not before the third day is over')
  m.app.clock!.advance(10)
  await m.settled()
  const calls = await rows("select customer_id, owner_id, kind, state, subject from engagement where customer_id = any($1)", [[silent, answers]])
  assert.deepEqual(calls.map(c => [c.customer_id, c.owner_id, c.kind, c.state]), [[silent, m.jia.userId, 'call', 'planned']])
  assert.match(calls[0].subject, /^电话问客户\d+是否换新$/)
  assert.deepEqual((await rows('select state from campaign_member where campaign_id = $1 order by state', [id])).map(r => r.state), ['done', 'responded'])
})

test('MK-02 event 待取机 → care message to that customer, once a request; paused: nothing goes, resumed: what waited goes', async () => {
  const id = await m.campaign({ trigger: 'stage', triggerStage: 'pickup', purpose: 'service' }, [{ channel: 'sms', text: '{{客户}}您好，设备已修好，取机时可免费清洁' }])
  await start(id)
  const r = await register(m)
  await walkTo(m, r.id, 'pickup')
  await m.settled()
  const care = await sends(id)
  assert.deepEqual(care.map(s => [s.kind, s.notice]), [['message', 'sent']])
  assert.match(care[0].text, /^张三您好，设备已修好/)
  ok(await m.market.post(`/api/campaigns/${id}/pause`))
  const other = await register(m)
  await walkTo(m, other.id, 'pickup')
  await m.settled()
  assert.equal((await sends(id)).length, 1)
  ok(await m.market.post(`/api/campaigns/${id}/end`))
  assert.equal((await m.market.post(`/api/campaigns/${id}/resume`)).body.code, 'CAMPAIGN_STATE')
})

test('MK-02 a schedule: nothing before its moment, and in quiet hours it waits for the morning; paused in the night, it waits for who resumes it', async () => {
  const c = await m.customer()
  await m.consents(c)
  // 22:30 in Hangzhou on the day of the check
  const startAt = new Date(m.app.runtime.now().getTime() + 86_400_000)
  startAt.setUTCHours(14, 30, 0, 0)
  const id = await m.campaign({ segmentId: await of([c]), startAt: startAt.toISOString() }, [{ channel: 'sms' }])
  await start(id)
  assert.equal((await sends(id)).length, 0)
  m.app.clock!.set(new Date(startAt.getTime() + 60_000).toISOString())
  await m.settled()
  assert.deepEqual((await sends(id)).map(s => s.notice), ['waiting'])
  ok(await m.market.post(`/api/campaigns/${id}/pause`))
  m.app.clock!.advance(12 * 60)
  await m.settled()
  assert.deepEqual((await sends(id)).map(s => s.notice), ['waiting'])
  ok(await m.market.post(`/api/campaigns/${id}/resume`))
  await m.settled()
  assert.deepEqual((await sends(id)).map(s => s.notice), ['sent'])
})

test('MK-08 no consent → not told; unsub by the link in the message → never again, by no campaign', async () => {
  const never = await m.customer(), yes = await m.customer(), byMail = await m.customer({ mail: 'w@example.com' })
  await m.consents(yes)
  await m.consents(byMail, { channel: 'mail' })
  const segmentId = await of([never, yes, byMail]), steps = [{ text: '{{客户}}您好' }]
  const id = await m.campaign({ segmentId }, steps)
  await start(id)
  const by = new Map((await sends(id)).map(s => [s.customer_id, s]))
  assert.deepEqual([by.get(never).outcome, by.get(never).reason, by.get(yes).notice, by.get(yes).channel, by.get(byMail).channel], ['skipped', '没有同意或已退订', 'sent', 'sms', 'mail'])
  const token = await tokenOf(id, yes)
  assert.ok(by.get(yes).text.includes(`https://fw.example.com/c/${token}`), 'each message carries the way out')
  assert.match(bodyOf(post.mails.at(-1)!.data), /查看或退订：https:\/\/fw\.example\.com\/c\//)
  ok(await m.app.anonymous.post(visitor(token, '/leave')))
  const again = await m.campaign({ segmentId }, steps)
  await start(again)
  assert.equal((await sends(again)).find(s => s.customer_id === yes).outcome, 'skipped')
  const f = await m.figures(id)
  assert.deepEqual([f.sent.value, f.delivered.value, f.skipped.value, f.left.value], ['2', '2', '1', '2'])
  assert.equal((await m.app.anonymous.get(visitor('nonsense'))).status, 404)
})

test('MK-08 somebody who opts out while the message waits for the morning does not get it', async () => {
  const c = await m.customer()
  await m.consents(c)
  m.app.clock!.set('2026-12-10T15:00:00Z')
  const id = await m.campaign({ segmentId: await of([c]) }, [{ channel: 'sms' }])
  await start(id)
  await m.consents(c, { given: 'no' })
  m.app.clock!.set('2026-12-11T02:00:00Z')
  await m.settled()
  assert.deepEqual((await sends(id)).map(s => [s.notice, s.error]), [['dropped', '已经过时']])
})

test('MK-08 21st WeCom message in a minute waits; a minute later it goes', async () => {
  const customers: string[] = []
  for (let i = 0; i < 21; i++) {
    const c = await m.customer()
    await m.consents(c)
    await m.app.system(async ctx => { await storeMany(ctx, ctx.entities.get('noticeChoice'), [{ draft: { customerId: c, channels: ['wecom'], botId: wecomId } }]) })
    customers.push(c)
  }
  const id = await m.campaign({ segmentId: await of(customers) }, [{ channel: 'wecom' }])
  await start(id)
  const states = async (): Promise<Record<string, number>> => { const n: Record<string, number> = {}; for (const s of await sends(id)) n[s.notice] = (n[s.notice] ?? 0) + 1; return n }
  assert.deepEqual(await states(), { sent: 20, waiting: 1 })
  m.app.clock!.advance(1)
  await m.settled()
  m.app.clock!.advance(1)
  await m.settled()
  assert.deepEqual(await states(), { sent: 21 })
})

test('MK-08 never twice to one person for one step, also when the program dies before it has noted what it did', async () => {
  const c = await m.customer()
  await m.consents(c)
  const id = await m.campaign({ segmentId: await of([c]) }, [{ channel: 'sms' }])
  await start(id)
  // as after a crash that lost the member's progress: the step is due again
  await m.app.owner.query("update campaign_member set state = 'active', position = 1, next_at = now() - interval '10 years' where campaign_id = $1", [id])
  const before = gateway.got.length
  ok(await m.market.post(`/api/campaigns/${id}/pause`))
  ok(await m.market.post(`/api/campaigns/${id}/resume`))
  await m.settled()
  assert.deepEqual([gateway.got.length, (await sends(id)).length], [before, 1])
  await assert.rejects(m.app.owner.query('insert into campaign_send (tenant_id, id, version, created_at, updated_at, ext, campaign_id, member_id, customer_id, position, kind, outcome, at) select tenant_id, gen_random_uuid(), 1, now(), now(), \'{}\', campaign_id, member_id, customer_id, position, kind, outcome, now() from campaign_send where campaign_id = $1', [id]), /unique/)
})

test('MK-04 a response becomes one lead with its campaign, at the customer’s owner; a second word is added to it', async () => {
  const c = await m.customer()
  await m.consents(c)
  const id = await m.campaign({ segmentId: await of([c]) }, [{ channel: 'sms' }])
  await start(id)
  const token = await tokenOf(id, c)
  ok(await m.app.anonymous.post(visitor(token, '/open')), 204)
  ok(await m.app.anonymous.post(visitor(token, '/answer'), { words: '请来电' }))
  ok(await m.app.anonymous.post(visitor(token, '/answer'), { words: '下午方便' }))
  const leads = await rows('select owner_id, source, needs, phone from lead where campaign_id = $1', [id])
  assert.deepEqual(leads.map(l => [l.owner_id, l.source, l.needs]), [[m.jia.userId, 'campaign', '请来电\n下午方便']])
  const f = await m.figures(id)
  assert.deepEqual([f.opened.value, f.responded.value, f.leads.value], ['1', '1', '1'])
  const wrong = await m.app.anonymous.post(visitor(token, '/answer'), { words: '', phone: '12' })
  assert.deepEqual([wrong.status, wrong.body.details.fields[0].field], [400, 'phone'])
})

test('MK-05 preference 靠窗 → offer text differs; a variable that nobody fills is refused at its step', async () => {
  const window = await m.customer(), aisle = await m.customer(), none = await m.customer()
  for (const c of [window, aisle, none]) await m.consents(c)
  await m.app.system(async ctx => { await storeMany(ctx, ctx.entities.get('preference'), [[window, '靠窗'], [aisle, '靠过道']].map(([customerId, value]) => ({ draft: { customerId, topic: '座位', value } }))) })
  const id = await m.campaign({ segmentId: await of([window, aisle, none]), offer: '8 折' }, [{ text: '{{客户}}您好，{{座位=靠窗：为您留好靠窗的座位|座位任您选}}，{{特价}}。{{退订}}' }])
  await start(id)
  const text = new Map((await sends(id)).map(s => [s.customer_id, s.text]))
  assert.match(text.get(window), /为您留好靠窗的座位，8 折。https:/)
  assert.match(text.get(aisle), /座位任您选，8 折/)
  assert.match(text.get(none), /座位任您选/)
  const r = await m.market.post(`/api/campaigns/${await m.campaign({ segmentId: await of([none]) }, [{}])}/plan`, { trigger: 'time', segmentId: await of([none]), controlPercent: 0, purpose: 'marketing', steps: [{ kind: 'message', afterDays: 0, text: '{{客户}}{{年龄}}' }] })
  assert.deepEqual([r.status, r.body.details.fields[0].field], [400, 'steps.0.text'])
})

test('MK-05 rule 笔记本→延保 is shown at 待取机, and at no other stage; best-sellers by interest', async () => {
  await m.app.system(async ctx => { await storeMany(ctx, ctx.entities.get('crossSell'), [{ draft: { name: '延保两年', productLineId: m.lineId, stage: 'pickup', words: '{{客户}}，今天办延保 {{特价}} 元', price: '199.00', position: 10 } }]) })
  const r = await register(m)
  await walkTo(m, r.id, 'repair')
  assert.deepEqual(ok(await m.zhouzhan.get(`/api/service-requests/${r.id}/offers`)).items, [])
  await walkTo(m, r.id, 'pickup')
  const [offer] = ok(await m.zhouzhan.get(`/api/service-requests/${r.id}/offers`)).items
  assert.deepEqual([offer.name, offer.words, offer.price], ['延保两年', '张三，今天办延保 199.00 元', '199.00'])
  const reader = await m.customer()
  await m.app.system(async ctx => { await storeMany(ctx, ctx.entities.get('preference'), [{ draft: { customerId: reader, topic: '兴趣', value: '摄影' } }]) })
  await m.order(reader, '300', { $line: { item: '存储卡', quantity: '3' } })
  await m.order(reader, '900', { $line: { item: '移动硬盘' } })
  await m.order(await m.customer(), '50', { $line: { item: '鼠标', quantity: '9' } })
  assert.deepEqual(ok(await m.market.get(`/api/best-sellers?topic=${encodeURIComponent('兴趣')}&value=${encodeURIComponent('摄影')}`)).items.map((i: any) => i.item), ['存储卡', '移动硬盘'])
})
