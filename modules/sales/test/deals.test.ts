import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { deploy } from '@quancheng/process'
import { missingAnswers, weighted } from '../index.ts'
import { company } from './company.ts'

const c = await company({ worker: true })
const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }
let seq = 0
const customer = (more: Record<string, unknown> = {}): Promise<string> => c.make('customer', { name: `单位${++seq}`, kind: 'company', unitId: c.units.A, ownerId: c.jia.userId, ...more })
const deal = async (customerId: string, more: Record<string, unknown> = {}): Promise<any> => ok(await c.jia.post('/api/opportunities', { name: '办公电脑', customerId, amount: '100000', closeOn: '2027-01-31', ...more }), 201)
const move = (id: string, to: string, who = c.jia, more: Record<string, unknown> = {}) => who.post(`/api/opportunities/${id}/move`, { to, ...more })
const row = async (id: string): Promise<any> => ok(await c.market.get(`/api/opportunities/${id}`))
const filter = (f: unknown): string => `filter=${encodeURIComponent(JSON.stringify(f))}`

test('SA-02 stage 3 of 5 → weighted ¥ = amount × the stage’s %; every change has who, when, old and new', async () => {
  const d = await deal(await customer())
  assert.deepEqual([d.stage, d.chance, d.outcome, d.ownerId, d.unitId], ['qualify', 10, 'open', c.jia.userId, c.units.A])
  ok(await move(d.id, '需求确认'))
  ok(await move(d.id, '报价'))
  const now = await row(d.id)
  assert.deepEqual([now.stage, now.chance, weighted(now.amount, now.chance)], ['quote', 40, '40000.00'])
  const lane = ok(await c.jia.get('/api/opportunities/pipeline')).lanes.find((l: any) => l.stage === 'quote')
  assert.deepEqual([lane.count, lane.amount, lane.weighted, lane.cards[0].id], [1, '100000.00', '40000.00', d.id])
  ok(await c.jia.patch(`/api/opportunities/${d.id}`, { amount: '120000' }))
  const log = ok(await c.jia.get(`/api/opportunities/${d.id}/history`))
  const text = JSON.stringify(log)
  assert.ok(text.includes('120000') && text.includes('100000') && text.includes('销售甲'), text.slice(0, 600))
})

test('SA-02 the administrator’s own percentages count from the next change of stage', async () => {
  const [s] = ok(await c.market.get(`/api/stage-chances?${filter({ stage: 'needs' })}`)).items
  ok(await c.market.patch(`/api/stage-chances/${s.id}`, { chance: 33 }))
  const d = await deal(await customer())
  ok(await move(d.id, 'needs'))
  assert.equal((await row(d.id)).chance, 33)
})

test('SA-03 需求确认→报价 with the 客户检查单 3 of 8 filled → 409 missing 5, by their names; filled in, it goes on', async () => {
  const id = await customer({ accountType: 'enterprise', staffCount: 300 })
  const d = await deal(id)
  ok(await move(d.id, '需求确认'))
  ok(await c.jia.post(`/api/customers/${id}/checklist`, { answers: { POLICY: '年度招标', HQ: '杭州' } }))
  const no = await move(d.id, '报价')
  assert.deepEqual([no.status, no.body.code, no.body.details.missing], [409, 'ACTIVITY_UNFINISHED', ['谁用高端机型', '只要最低价', '近期计划', '远期计划', '分支机构计划']])
  assert.deepEqual([no.body.details.missing.length, (await row(d.id)).stage], [5, 'needs'])
  // going back and giving up ask for nothing
  ok(await move(d.id, '初步接触', c.jia, { comment: '需求变了' }))
  ok(await move(d.id, '需求确认'))
  const wrong = await c.jia.post(`/api/customers/${id}/checklist`, { answers: { LOWEST: '也许', STAFF: '很多' } })
  assert.deepEqual([wrong.status, wrong.body.details.fields.map((f: any) => f.field)], [400, ['LOWEST', 'STAFF']])
  ok(await c.jia.post(`/api/customers/${id}/checklist`, { answers: { TOPUSERS: '总经理', LOWEST: '否', NEARPLAN: '换新', FARPLAN: '扩建', BRANCHES: '宁波设分公司' } }))
  ok(await move(d.id, '报价'))
  assert.equal((await row(d.id)).stage, 'quote')
})

test('SA-03 no jump: from 初步接触 to 签约 → 409 with what is allowed; 丢单 asks why', async () => {
  const d = await deal(await customer())
  const jump = await move(d.id, 'sign')
  assert.deepEqual([jump.status, jump.body.code, jump.body.details.allowed], [409, 'MOVE_NOT_ALLOWED', ['需求确认', '丢单']])
  assert.deepEqual((await move(d.id, 'lost')).body.details.missing, ['丢单原因'])
  ok(await move(d.id, 'lost', c.jia, { fields: { lostReason: 'price', lostTo: '某某电脑' }, comment: '差两个点' }))
  const end = await row(d.id)
  assert.deepEqual([end.outcome, end.stage, end.chance, end.lostReason, end.lostTo, end.closedAt !== null], ['lost', 'lost', 0, 'price', '某某电脑', true])
  assert.equal((await move(d.id, 'needs')).body.code, 'DEAL_CLOSED')
})

test('SA-03 a deal brought in at a stage begins there; its owner’s successor works on; won at the end with its day', async () => {
  const id = await c.make('opportunity', { name: '带来的单', customerId: await customer(), amount: '5000', closeOn: '2027-02-01', stage: 'sign', ownerId: c.jia.userId, unitId: c.units.A })
  assert.equal((await row(id)).chance, 80)
  assert.equal((await move(id, 'won', c.yi)).status, 404)
  ok(await c.headA.patch(`/api/opportunities/${id}`, { ownerId: c.yi.userId }))
  assert.equal((await move(id, 'won', c.jia)).status, 404)
  ok(await move(id, 'won', c.yi))
  assert.deepEqual([(await row(id)).outcome, (await row(id)).closedAt], ['won', '2026-11-23T01:02:10.000Z'])
})

test('SA-03 the head of the block may move it for the owner; a colleague may not', async () => {
  const d = await deal(await customer())
  assert.equal((await move(d.id, 'needs', c.bing)).status, 404)
  ok(await move(d.id, 'needs', c.headA))
  assert.equal((await row(d.id)).ownerId, c.jia.userId)
})

test('SA-21 a quote with 员工人数 empty → missing ["员工人数"]: the field of the customer is the answer', async () => {
  const id = await customer({ accountType: 'global500' })
  ok(await c.jia.post(`/api/customers/${id}/checklist`, { answers: { POLICY: '统采', TOPUSERS: '高管', LOWEST: '是', HQ: '上海', NEARPLAN: '无', FARPLAN: '无', BRANCHES: '三家' } }))
  const ask = (): Promise<string[]> => c.app.system(ctx => missingAnswers(ctx, id, 'pricing'))
  assert.deepEqual(await ask(), ['员工人数'])
  ok(await c.jia.post(`/api/customers/${id}/checklist`, { answers: { STAFF: '1200' } }))
  assert.deepEqual([await ask(), ok(await c.jia.get(`/api/customers/${id}`)).staffCount], [[], 1200])
  assert.deepEqual(await c.app.system(async ctx => missingAnswers(ctx, await customer(), 'pricing')), [], 'an ordinary customer is not asked')
})

test('CU-15 add 拜访 to a deal → shows at contact, account and deal; the next action becomes a calendar item', async () => {
  const customerId = await customer(), contactId = await c.make('contact', { customerId, name: '王经理' })
  const d = await deal(customerId, { contactId })
  ok(await c.jia.post('/api/engagements', { opportunityId: d.id, kind: 'visit', subject: '上门演示', result: '认可方案', state: 'done', nextStep: '送样机', nextAt: '2026-11-26T02:00:00Z' }), 201)
  for (const f of [{ contactId }, { customerId }, { opportunityId: d.id }]) assert.equal(ok(await c.jia.get(`/api/engagements?${filter(f)}`)).items[0]?.subject, '上门演示', JSON.stringify(f))
  assert.deepEqual([(await row(d.id)).nextAt, (await row(d.id)).followedAt], ['2026-11-26T02:00:00.000Z', '2026-11-23T01:02:10.000Z'])
  const sources = c.app.runtime.services.get('schedule.agenda') as Array<{ name: string; items(ctx: unknown, q: unknown): Promise<any[]> }>
  const items = await c.app.system(ctx => sources.find(s => s.name === 'sales.next')!.items(ctx, { personIds: [c.jia.userId], from: new Date('2026-11-26T00:00:00Z'), to: new Date('2026-11-27T00:00:00Z') }))
  assert.deepEqual(items.map((i: any) => [i.title, i.personId]), [[`送样机 · 单位${seq}`, c.jia.userId]])
})

test('CU-15 an action is about somebody: one about nobody is refused at its field', async () => {
  const r = await c.jia.post('/api/engagements', { kind: 'call', subject: '打了个电话', state: 'done' })
  assert.deepEqual([r.status, r.body.details.fields[0].field], [400, 'customerId'])
})

test('SA-23 负责人甲 assigns → a task at 销售甲; the feedback comes back to the one who gave it', async () => {
  const d = await deal(await customer())
  assert.equal((await c.jia.post('/api/engagements', { opportunityId: d.id, subject: '替我跑一趟', state: 'planned', ownerId: c.yi.userId })).status, 403)
  const given = ok(await c.headA.post('/api/engagements', { opportunityId: d.id, kind: 'visit', subject: '本周拜访总经理', state: 'planned', at: '2026-11-25T02:00:00Z', ownerId: c.jia.userId }), 201)
  assert.equal(given.assignedById, c.headA.userId)
  const mine = ok(await c.jia.get('/api/tasks')).items.filter((t: any) => t.label === '本周拜访总经理' || t.title === '本周拜访总经理' || JSON.stringify(t).includes('本周拜访总经理'))
  assert.equal(mine.length, 1)
  ok(await c.jia.patch(`/api/engagements/${given.id}`, { state: 'done', result: '总经理同意试用' }))
  assert.equal(ok(await c.jia.get('/api/tasks')).items.filter((t: any) => JSON.stringify(t).includes('本周拜访总经理')).length, 0)
  const heard = ok(await c.headA.get(`/api/alarms?${filter({ kind: 'notice' })}`)).items.find((a: any) => a.recordId === given.id)
  assert.equal(heard.title, '销售甲 反馈“本周拜访总经理”：总经理同意试用')
})

test('CU-12 吴总 sends 3 prospects to 华东 → 孙区 gets 3 tasks, 资源倾斜 is marked', async () => {
  const ids = await Promise.all(['潜一', '潜二', '潜三'].map(name => c.make('customer', { name, kind: 'company', standing: 'prospect', potential: 'a', unitId: c.units.hq })))
  const no = await c.jia.post('/api/prospects/hand-out', { customerIds: ids, unitId: c.units.east })
  assert.equal(no.status, 403)
  assert.deepEqual(ok(await c.wuzong.post('/api/prospects/hand-out', { customerIds: ids, unitId: c.units.east })).count, 3)
  const tasks = ok(await c.sunqu.get('/api/tasks')).items.filter((t: any) => JSON.stringify(t).includes('跟进潜在客户'))
  assert.equal(tasks.length, 3)
  const rows = ok(await c.market.get(`/api/prospects?${filter({ handedUnitId: c.units.east })}`)).items
  assert.deepEqual(rows.map((r: any) => [r.favoured, r.handedToId]), Array.from({ length: 3 }, () => [true, c.sunqu.userId]))
  const old = await c.make('customer', { name: '老客户', unitId: c.units.hq })
  assert.equal((await c.wuzong.post('/api/prospects/hand-out', { customerIds: [old], unitId: c.units.east })).body.code, 'PROSPECT_NONE')
})

test('CU-13 POST form with honeypot → 202 and no lead; without → lead source=官网, campaign=C1; the same telephone again is the same lead', async () => {
  const campaignId = await c.make('campaign', { code: 'C1', name: '秋季活动', unitId: c.units.hq })
  const form = await c.make('leadForm', { name: '官网', unitId: c.units.A, campaignId, asks: ['company', 'needs'], consent: '同意贵公司与我联系', origins: 'https://www.example.com' })
  const { token } = ok(await c.market.get(`/api/lead-forms/${form}`))
  const path = `/api/public/lead-forms/${token}/leads`, who = { name: '网友', phone: '13700001111', company: '网上公司', consent: true }
  const leads = async (): Promise<any[]> => ok(await c.market.get(`/api/leads?${filter({ phone: '13700001111' })}`)).items
  const bot = await c.app.anonymous.post(path, { ...who, website: 'http://spam' })
  assert.deepEqual([bot.status, (await leads()).length], [202, 0])
  assert.deepEqual([(await c.app.anonymous.post(path, { ...who, shownAt: c.app.clock!.now.getTime() - 500 })).status, (await leads()).length], [202, 0])
  assert.deepEqual([(await c.app.anonymous.post(path, { ...who, consent: undefined })).body.code], ['LEAD_CONSENT'])
  assert.deepEqual([(await c.app.anonymous.post(path, who, { origin: 'https://evil.example' })).body.code], ['LEAD_ORIGIN'])
  const good = await c.app.anonymous.post(path, who, { origin: 'https://www.example.com' })
  assert.deepEqual([good.status, good.headers['access-control-allow-origin'], good.body], [202, 'https://www.example.com', bot.body])
  const [l] = await leads()
  assert.deepEqual([l.$labels.source ?? l.source, l.campaignId, l.$labels.campaignId, l.unitId, l.state], ['web', campaignId, 'C1 秋季活动', c.units.A, 'pool'])
  const kept = ok(await c.market.get(`/api/leads/${l.id}`))
  assert.deepEqual([kept.consent, kept.consentAt !== null], ['同意贵公司与我联系', true])
  ok(await c.app.anonymous.post(path, { ...who, needs: '再问一次价格' }), 202)
  assert.deepEqual([(await leads()).length, ok(await c.market.get(`/api/leads/${l.id}`)).needs], [1, '再问一次价格'])
  assert.equal((await c.app.anonymous.post(path, { ...who, phone: 'abc' })).status, 400)
})

test('CU-13 the page has no script; what is wrong stands at its field and what was typed stays; too many from one address are refused', async () => {
  const form = await c.make('leadForm', { name: '展会', unitId: c.units.A })
  const { token } = ok(await c.market.get(`/api/lead-forms/${form}`))
  const page = await c.app.anonymous.get(`/lead-form/${token}`)
  assert.ok(page.status === 200 && !String(page.body).includes('<script') && String(page.headers['content-security-policy']).includes('frame-ancestors *'))
  const send = (body: string) => c.app.anonymous.call('POST', `/lead-form/${token}`, body, { 'content-type': 'application/x-www-form-urlencoded' })
  const wrong = await send('name=%3Cb%3E&phone=12')
  assert.equal(wrong.status, 400)
  assert.ok(String(wrong.body).includes('value="&lt;b&gt;"') && String(wrong.body).includes('phone-wrong'), String(wrong.body))
  assert.ok(String((await send('name=%E8%B5%B5&phone=13700002222')).body).includes('已收到'))
  assert.equal((await c.app.anonymous.get('/lead-form/nothing')).status, 404)
  for (const origins of ['www.example.com', 'https://www.example.com/page', 'https://a.example\nnot a site']) assert.equal((await c.market.post('/api/lead-forms', { name: '错', unitId: c.units.A, origins })).body.details?.fields?.[0].field, 'origins', origins)
  let last = 200
  for (let i = 0; i < 12; i++) last = (await send('name=x&phone=13700002222')).status
  assert.equal(last, 429)
})

test('SA-03 with a gate at a stage’s end it waits 待审批 for the head of the block, and goes on when they agree', async () => {
  const xml = readFileSync(new URL('../processes/opportunity.bpmn', import.meta.url), 'utf8').replace('label="进入商务谈判"', 'label="进入商务谈判" gate="opportunity-gate"')
  await c.app.system(async ctx => { await deploy(ctx, 'opportunity', xml) })
  const d = await deal(await customer())
  ok(await move(d.id, '需求确认'))
  ok(await move(d.id, '报价'))
  const asked = ok(await move(d.id, '商务谈判'))
  assert.ok(asked.pending.gate)
  assert.deepEqual([(await row(d.id)).stage, ok(await c.jia.get(`/api/opportunities/${d.id}/step`)).step.pending], ['quote', true])
  for (const who of [c.jia, c.headA]) assert.deepEqual([(await move(d.id, '商务谈判', who)).body.code], ['GATE_PENDING'])
  const vote = ok(await c.headA.get('/api/tasks')).items.find((t: any) => t.recordId === d.id)
  ok(await c.headA.post(`/api/tasks/${vote.id}/complete`, { outcome: 'approve' }))
  assert.deepEqual([(await row(d.id)).stage, (await row(d.id)).ownerId], ['negotiate', c.jia.userId])
})
