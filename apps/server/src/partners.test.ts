import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp, type Caller } from '@quancheng/kernel/testing'
import { modules } from './modules.ts'

const app = await testApp({ clock: '2026-11-23T01:02:10Z', modules })
const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }
const make = (entity: string, input: Record<string, unknown>): Promise<string> => app.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get(entity), input)).id)
const filtered = (plural: string, f: Record<string, unknown>): string => `/api/${plural}?filter=${encodeURIComponent(JSON.stringify(f))}`

/** Whatever a partner may not know has this word in its name. */
const SECRET = '秘'
const group = await make('unit', { code: 'GROUP', name: '秘集团', kind: 'group' })
const block = await make('unit', { code: 'BKA', name: '板块A', kind: 'block', parentId: group })
const station = await make('unit', { code: 'HZ01', name: '杭州站', kind: 'station', parentId: group })
const [p1, p2] = [await make('unit', { code: 'P1', name: '伙伴一', kind: 'partner', parentId: block }), await make('unit', { code: 'P2', name: '秘伙伴二', kind: 'partner', parentId: block })]
const roles = await app.system(async ctx => Object.fromEntries((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])).map(r => [r.code, r.id])))
const person = (username: string, name: string, unitId: string, ...codes: string[]): Promise<Caller> => app.person({ username, name, unitId, roleIds: codes.map(c => roles[c]!) })
const an = await person('an', '伙伴安', p1, 'partner'), bo = await person('bo', '秘伙伴波', p2, 'partner')
const lead = await person('fuze', '秘负责人', block, 'blockLead'), seller = await person('jia', '秘销售', block, 'sales'), head = await person('zhan', '秘站长', station, 'stationManager')
await make('leadRule', { name: '秘规则', position: 1, provinces: '浙江', unitId: block, method: 'turn', personIds: [an.userId, bo.userId] })
await make('customer', { name: '秘客户', kind: 'company', unitId: block, ownerId: seller.userId })
const product = await app.system(async ctx => (await ctx.query<{ id: string }>('select id from product_line where tenant_id = $1 limit 1', [ctx.tenant.id]))[0]?.id ?? (await create(ctx, ctx.entities.get('productLine'), { code: 'PC', name: '电脑' })).id)
const request = (model: string): Promise<string> => app.system(async ctx => (await storeNew(ctx, ctx.entities.get('serviceRequest'), { startedAt: ctx.now(), stage: 'repair', unitId: station, productLineId: product, customerName: model, ownerId: head.userId, model })).id as string)
let seq = 0
const newLead = async (name: string): Promise<any> => ok(await lead.post('/api/leads', { name, phone: `138111${String(10000 + ++seq)}`, province: '浙江' }), 201)

const mine = await newLead('伙伴的线索'), theirs = await newLead('秘线索')

test('CU-18 a rule gives leads to partners’ people in turn; Partner P1 lists leads → only P1’s; P2’s id → 404', async () => {
  assert.deepEqual([mine.ownerId, theirs.ownerId, mine.unitId], [an.userId, bo.userId, block])
  assert.deepEqual(ok(await an.get('/api/leads?count=1')).items.map((l: any) => l.id), [mine.id])
  assert.equal((await an.get(`/api/leads/${theirs.id}`)).status, 404)
  for (const at of ['comments', 'attachments', 'history', 'related', 'mentionable']) assert.equal((await an.get(`/api/leads/${theirs.id}/${at}`)).status, 404, at)
  assert.equal((await an.patch(`/api/leads/${theirs.id}`, { needs: '改' })).status, 404)
  assert.equal((await an.post(`/api/leads/${theirs.id}/see`, {})).status, 404)
  assert.deepEqual(ok(await bo.get('/api/leads')).items.map((l: any) => l.id), [theirs.id])
})

test('CU-18 who gave the lead sees how it goes: opened, followed up, given back into the block’s pool', async () => {
  ok(await an.post(`/api/leads/${mine.id}/see`, {}))
  ok(await an.post('/api/engagements', { leadId: mine.id, kind: 'visit', subject: '上门拜访', state: 'done', result: '要二十台' }), 201)
  const now = ok(await lead.get(`/api/leads/${mine.id}`))
  assert.deepEqual([now.state, now.$labels.ownerId, Boolean(now.readAt)], ['working', '伙伴安', true])
  assert.deepEqual(ok(await lead.get(filtered('engagements', { leadId: mine.id }))).items.map((e: any) => [e.subject, e.result]), [['上门拜访', '要二十台']])
  const own = ok(await an.post('/api/leads', { name: '伙伴自己找的', source: 'partner' }), 201)
  assert.deepEqual([own.ownerId, own.unitId, own.state], [an.userId, p1, 'assigned'])
  assert.equal(ok(await lead.get(`/api/leads/${own.id}`)).$labels.unitId, ok(await lead.get(`/api/units/${p1}`)).code + ' 伙伴一')
  ok(await an.post(`/api/leads/${own.id}/give-back`, { reason: '没有意向' }))
  assert.equal((await an.get(`/api/leads/${own.id}`)).status, 404)
})

test('CU-18 own requests: one that was shared with the partner, until its day; the others are 404', async () => {
  const [given, other] = [await request('伙伴的电脑'), await request('秘电脑')]
  assert.deepEqual(ok(await an.get('/api/service-requests')).items, [])
  ok(await head.post(`/api/service-requests/${given}/shares`, { unitId: p1, until: '2026-11-30', reason: '合作伙伴送修' }), 201)
  assert.deepEqual(ok(await an.get('/api/service-requests')).items.map((r: any) => r.model), ['伙伴的电脑'])
  assert.deepEqual([(await an.get(`/api/service-requests/${other}`)).status, (await bo.get(`/api/service-requests/${given}`)).status], [404, 404])
  assert.ok([403, 404].includes((await an.patch(`/api/service-requests/${given}`, { appearance: '改' })).status))
  // what the block is given is not its partners'
  ok(await head.post(`/api/service-requests/${other}/shares`, { unitId: block }), 201)
  assert.equal((await an.get(`/api/service-requests/${other}`)).status, 404)
})

test('CU-18 what the house says among itself stays there: comments, mentions, the record of changes', async () => {
  ok(await lead.post(`/api/leads/${mine.id}/comments`, { text: '秘：价格底线九折' }), 201)
  assert.deepEqual(ok(await an.get(`/api/leads/${mine.id}/mentionable`)).items, [])
  assert.equal((await an.post(`/api/leads/${mine.id}/comments`, { text: '您好', mentions: [lead.userId] })).body.code, 'MENTION_UNREADABLE')
  ok(await an.post(`/api/leads/${mine.id}/comments`, { text: '客户要样机' }), 201)
  assert.deepEqual(ok(await an.get(`/api/leads/${mine.id}/comments`)).items.map((c: any) => c.text), ['客户要样机'])
  ok(await lead.post(`/api/leads/${mine.id}/comments`, { text: '样机周五到', mentions: [an.userId] }), 201)
  assert.deepEqual(ok(await an.get(`/api/leads/${mine.id}/comments`)).items.map((c: any) => c.text), ['样机周五到', '客户要样机'])
  // who spoke to them can be answered by name
  assert.deepEqual(ok(await an.get(`/api/leads/${mine.id}/mentionable`)).items.map((p: any) => p.id), [lead.userId])
  ok(await an.post(`/api/leads/${mine.id}/comments`, { text: '收到', mentions: [lead.userId] }), 201)
  assert.ok(ok(await an.get(`/api/leads/${mine.id}/history`)).every((h: any) => h.actor === an.userId))
})

test('CU-18 a role that would reach everywhere reaches a partner’s people no further than their own unit', async () => {
  const wide = await person('wide', '伙伴宽', p1, 'marketing', 'hq')
  ok(await an.post('/api/leads', { name: '伙伴又找的', source: 'partner' }), 201)
  const seen = ok(await wide.get('/api/leads?limit=200')).items
  assert.ok(seen.length > 0 && seen.every((l: any) => l.unitId === p1), JSON.stringify(seen))
  assert.deepEqual(ok(await wide.get('/api/users')).items.map((u: any) => u.unitId).filter((u: string) => u !== p1), [])
  assert.equal((await wide.get(`/api/leads/${theirs.id}`)).status, 404)
})

test('CU-18 all lists and reads of the program, asked by a partner: refused, or nothing of the house in them', async () => {
  const lists = app.runtime.metadata.base.all().filter(e => !e.internal).flatMap(e => [`/api/${e.plural}?count=1&limit=200`, `/api/${e.plural}/export`, `/api/${e.plural}/aggregate?group=id&measures=count`])
  const reads = app.runtime.actions.filter(a => a.method === 'GET' && a.permission !== 'public').map(a => a.path.replace(/:entity\b/, 'lead').replace(/:(recordId|id)\b/, theirs.id).replace(/:[a-zA-Z]+/g, 'x'))
  const open: string[] = []
  for (const path of [...lists, ...reads, '/api/search?q=秘', '/api/search?q=伙伴', '/api/session', '/api/calendars', '/api/audit/export']) {
    const r = await an.get(encodeURI(path)), text = JSON.stringify(r.body ?? '')
    assert.ok([200, 400, 403, 404].includes(r.status), `${path} ${r.status} ${text}`)
    if (r.status !== 200) continue
    open.push(path.split('?')[0]!)
    // the names of roles and rules are no people; whatever else is the house's has the word
    if (path !== '/api/session') assert.ok(!text.replace('样机周五到', '').includes(SECRET), `${path}: ${text.slice(0, 600)}`)
  }
  assert.ok(open.includes('/api/leads') && open.includes('/api/meta'))
  const lots = new Set(open.map(p => p.split('/')[2]))
  assert.deepEqual([...lots].toSorted(), ['alarms', 'engagements', 'leads', 'meta', 'products', 'saved-views', 'search', 'service-requests', 'session'])
})
