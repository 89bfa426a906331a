import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, storeMany } from '@quancheng/kernel'
import { stub } from '@quancheng/notices/testing'
import { signBody } from '@quancheng/notices'
import { market, ok } from './market.ts'

const m = await market(), gateway = await stub()
const channelId = await m.channel({ kind: 'sms', driver: 'http', url: `${gateway.url}/sms`, key: 'k-1' })
const make = (entity: string, values: Record<string, unknown>): Promise<string> => m.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id)
const rows = async (sql: string, values: unknown[]): Promise<any[]> => (await m.app.owner.query(sql, values)).rows
const of = (customers: string[]) => m.segment({ field: { id: { in: customers } } })
const start = async (id: string): Promise<void> => { ok(await m.market.post(`/api/campaigns/${id}/start`)); await m.settled() }

const productId = await make('product', { code: 'PX1', name: '笔记本 PX1', productLineId: m.lineId })
const book = await make('priceBook', { code: 'STD', name: '标准价', validFrom: '2026-01-01', standard: true })
await make('price', { priceBookId: book, productId, unitPrice: '10000', floorPrice: '8000' })

test('MK-02 a campaign’s special price: quotes to its target group take it while it runs, to others and after its end not; below the lowest price of the book it is refused', async () => {
  const inIt = await m.customer({ ownerId: m.market.userId }), held = await m.customer(), other = await m.customer()
  const id = await m.campaign({ segmentId: await of([inIt, held]), controlPercent: 50 }, [{ kind: 'task', text: '电话' }])
  const low = await m.market.post('/api/campaign-prices', { campaignId: id, productId, price: '7999' })
  assert.deepEqual([low.status, low.body.details.fields[0].field, low.body.details.fields[0].message], [400, 'price', '不能低于价格表的最低价 8000.00'])
  ok(await m.market.post('/api/campaign-prices', { campaignId: id, productId, price: '8800' }), 201)
  const quoteFor = async (customerId: string): Promise<string> => ok(await m.market.post('/api/quotes', { title: '一台笔记本', customerId, unitId: m.units.hq, ownerId: m.market.userId }), 201).id
  const price = async (customerId: string): Promise<[string, string]> => { const r = ok(await m.market.get(`/api/quotes/${await quoteFor(customerId)}/price?productId=${productId}`)); return [r.unitPrice, r.book] }
  assert.deepEqual(await price(inIt), ['10000.00', '标准价'], 'not before it has begun')
  await start(id)
  const [target, control] = (await rows('select customer_id from campaign_audience where campaign_id = $1 order by held_out', [id])).map(r => r.customer_id)
  assert.deepEqual([await price(target), await price(control), await price(other)], [['8800.00', '活动特价 换新活动'], ['10000.00', '标准价'], ['10000.00', '标准价']])
  // the price guard: what is sold at a special price is not cut further
  const quote = await quoteFor(target), put = (line: Record<string, unknown>, discount?: string) => m.market.call('PUT', `/api/quotes/${quote}/lines`, { lines: [{ productId, quantity: '2', ...line }], ...(discount ? { discount } : {}) })
  assert.equal(ok(await put({})).lines[0].unitPrice, '8800.00')
  for (const no of [await put({ discount: '5' }), await put({ unitPrice: '8700' }), await put({}, '1')]) assert.deepEqual([no.status, no.body.code], [409, 'CAMPAIGN_PRICE'])
  const [p] = await rows('select id from campaign_price where campaign_id = $1', [id])
  ok(await m.market.patch(`/api/campaign-prices/${p.id}`, { further: true }))
  ok(await put({ discount: '1' }))
  ok(await m.market.post(`/api/campaigns/${id}/end`))
  assert.deepEqual(await price(target), ['10000.00', '标准价'])
  assert.equal((await m.jia.post('/api/campaign-prices', { campaignId: id, productId, price: '9000' })).status, 403)
})

let n = 0
const sms = (from: string, text: string, o: { id?: string, key?: string, ago?: number, channel?: string } = {}) => {
  const body = JSON.stringify({ id: o.id ?? `mo${++n}`, from, text }), seconds = Math.floor(m.app.runtime.now().getTime() / 1000) - (o.ago ?? 0)
  return m.app.anonymous.post(`/api/hooks/sms/${o.channel ?? channelId}`, JSON.parse(body), { 'x-timestamp': String(seconds), 'x-signature': signBody(o.key ?? 'k-1', seconds, body) })
}

test('MK-08 an SMS reply TD is consent withdrawn: never told again; MK-02 another reply is a response and becomes the lead, so that stage 2 does not call', async () => {
  const silent = await m.customer(), leaves = await m.customer({ phone: '13500000001' }), answers = await m.customer({ phone: '13500000002' })
  for (const c of [silent, leaves, answers]) await m.consents(c)
  const segmentId = await of([silent, leaves, answers]), id = await m.campaign({ segmentId }, [{ channel: 'sms', text: '{{客户}}您好，换新优惠' }, { kind: 'task', afterDays: 3, text: '问是否换新' }])
  await start(id)
  assert.deepEqual(ok(await sms('+8613500000001', '退订。')), { taken: true, meaning: 'leave' })
  assert.deepEqual(ok(await sms('13500000002', '想换一台，周末来', { id: 'once' })), { taken: true, meaning: 'answer' })
  assert.deepEqual(ok(await sms('13500000002', '想换一台，周末来', { id: 'once' })), { taken: false, meaning: 'answer' })
  assert.deepEqual(ok(await sms('13599999999', '你好')), { taken: true, meaning: 'none' })
  for (const wrong of [await sms('13500000002', 'x', { key: 'other' }), await sms('13500000002', 'x', { channel: m.units.hq })]) assert.deepEqual([wrong.status, wrong.body.code], [401, 'REPLY_SIGNATURE'])
  assert.equal((await sms('13500000002', 'x', { ago: 400 })).body.code, 'REPLY_TIME')
  const leads = await rows('select owner_id, needs, source from lead where campaign_id = $1', [id])
  assert.deepEqual(leads, [{ owner_id: m.jia.userId, needs: '想换一台，周末来', source: 'campaign' }])
  const f = await m.figures(id)
  assert.deepEqual([f.responded.value, f.leads.value, f.left.value], ['1', '1', '1'])
  m.app.clock!.advance(3 * 1440 + 10)
  await m.settled()
  assert.deepEqual((await rows('select customer_id from engagement where customer_id = any($1)', [[silent, leaves, answers]])).map(r => r.customer_id), [silent])
  const again = await m.campaign({ segmentId }, [{ channel: 'sms' }])
  await start(again)
  assert.deepEqual((await rows("select outcome, reason from campaign_send where campaign_id = $1 and customer_id = $2", [again, leaves])), [{ outcome: 'skipped', reason: '没有同意或已退订' }])
  assert.deepEqual(ok(await m.market.get('/api/campaign-replies')).items.map((r: any) => r.meaning), ['none', 'answer', 'leave'])
})

test('MK-05 the customer’s page offers what goes with its devices, its campaigns with their prices, and what others of the same interest buy most', async () => {
  const me = await m.customer({ ownerId: m.jia.userId }), like = await m.customer({ ownerId: m.jia.userId })
  await m.app.system(async ctx => {
    await storeMany(ctx, ctx.entities.get('preference'), [me, like].map(customerId => ({ draft: { customerId, topic: '兴趣', value: '摄影' } })))
    await storeMany(ctx, ctx.entities.get('crossSell'), [{ draft: { name: '延保两年', productLineId: m.lineId, stage: 'pickup', words: '{{客户}}，可办延保', price: '199.00', position: 10 } }])
  })
  await make('device', { customerId: me, productLineId: m.lineId, model: 'X1', serialNo: 'SN-MK05' })
  await m.order(like, '300', { $line: { item: '存储卡', quantity: '3' } })
  await m.order(me, '900', { $line: { item: '移动硬盘' } })
  const id = await m.campaign({ segmentId: await of([me]), offer: '满千减百' }, [{ kind: 'task', text: '电话' }], { name: '摄影季' })
  ok(await m.market.post('/api/campaign-prices', { campaignId: id, productId, price: '9000' }), 201)
  await start(id)
  const got = ok(await m.market.get(`/api/customers/${me}/offers`))
  assert.deepEqual(got.campaigns.map((c: any) => [c.name, c.offer, c.prices.map((p: any) => [p.product, p.price])]), [['摄影季', '满千减百', [['笔记本 PX1', '9000.00']]]])
  const name = (await rows('select name from customer where id = $1', [me]))[0].name
  assert.deepEqual(got.offers.map((o: any) => [o.name, o.words]), [['延保两年', `${name}，可办延保`]])
  assert.deepEqual(got.interests.map((i: any) => [i.topic, i.value, i.items.map((x: any) => [x.item, Number(x.quantity), x.bought])]), [['兴趣', '摄影', [['存储卡', 3, false], ['移动硬盘', 1, true]]]])
})
