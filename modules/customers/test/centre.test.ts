import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, verifyAudit } from '@quancheng/kernel'
import { fixture } from './fixture.ts'

const { app, units, as, make } = await fixture({ worker: true })
const admin = await as('admin', 'admin', 'HQ')
const lijie = await as('lijie', 'receptionist', 'HZ01')
const company = (name: string, more: Record<string, unknown> = {}): Promise<string> => make('customer', { name, kind: 'company', unitId: units.HQ, ...more })

test('CU-04 the type 政府 brings the team 政府组 and its list of what matters', async () => {
  const team = await make('unit', { code: 'GOV', name: '政府组', kind: 'department', parentId: units.HQ })
  assert.equal((await admin.post('/api/account-type-profiles', { accountType: '政府', teamId: team, focus: '公文往来\n按时限答复' })).status, 201)
  const id = await company('某市政府', { accountType: 'government' })
  const { body } = await admin.get(`/api/customers/${id}/head`)
  assert.deepEqual(body.profile, { team: { id: team, name: '政府组' }, focus: ['公文往来', '按时限答复'] })
  assert.equal((await admin.get(`/api/customers/${await company('别的公司')}/head`)).body.profile, null)
})

test('CU-05 the head office below its own branch is refused as 环; a tree of 50 is one call', async () => {
  const top = await company('总部'), js = await company('江苏分公司', { parentId: top }), nj = await company('南京营业部', { parentId: js })
  const refused = await admin.patch(`/api/customers/${top}`, { parentId: js })
  assert.deepEqual([refused.status, refused.body.code], [409, 'TREE_CYCLE'])
  assert.match(refused.body.message, /环/)
  assert.equal((await admin.patch(`/api/customers/${top}`, { parentId: nj })).body.code, 'TREE_CYCLE')
  assert.equal((await admin.patch(`/api/customers/${top}`, { parentId: top })).body.code, 'TREE_CYCLE')
  for (let i = 4; i <= 50; i++) await company(`网点 ${String(i).padStart(2, '0')}`, { parentId: i % 2 ? js : nj })
  const line = await make('productLine', { code: 'NB', name: '笔记本' })
  await make('device', { customerId: nj, productLineId: line, model: 'X1' })
  const { status, body } = await admin.get(`/api/customers/${nj}/tree`)
  assert.equal(status, 200)
  assert.equal(body.nodes.length, 50)
  assert.deepEqual([body.nodes[0].name, body.nodes[0].depth, body.nodes[1].name, Math.max(...body.nodes.map((n: { depth: number }) => n.depth))], ['总部', 0, '江苏分公司', 3])
})

test('CU-07 two 张三 with 13800000001 are one suggestion; merged they are one and both ids answer, the old one with 301; undone they are two again, exactly', async () => {
  const a = await make('customer', { name: '张三', phone: '13800000001', unitId: units.HZ01 }), b = await make('customer', { name: '张三', phone: '13800000001', address: '文一路 1 号', unitId: units.HZ01 })
  const line = await make('productLine', { code: 'PAD', name: '平板' })
  const da = await make('device', { customerId: a, productLineId: line, model: 'T1' }), db = await make('device', { customerId: b, productLineId: line, model: 'T2' })
  await lijie.post(`/api/customers/${b}/comments`, { text: '喜欢下午来电' })
  const suggested = (await admin.get('/api/customer-doubles')).body.items.filter((d: { a: { name: string } }) => d.a.name === '张三')
  assert.equal(suggested.length, 1)
  assert.deepEqual([suggested[0].why, [suggested[0].a.id, suggested[0].b.id].toSorted()], [['phone'], [a, b].toSorted()])
  assert.equal((await admin.get('/api/customer-doubles/known?phone=138 0000 0001')).body.items.length, 2, '可能已有')
  const before = [(await admin.get(`/api/customers/${a}`)).body, (await admin.get(`/api/customers/${b}`)).body]

  assert.equal((await lijie.post(`/api/customers/${a}/merge`, { mergedId: b })).body.code, 'FORBIDDEN')
  const merged = await admin.post(`/api/customers/${a}/merge`, { mergedId: b, reason: '同一个人' })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  assert.equal(merged.body.rows, 2, 'a device and a comment')
  const list = async () => (await admin.get(`/api/customers?q=${encodeURIComponent('张三')}`)).body.items.map((r: { id: string }) => r.id)
  assert.deepEqual(await list(), [a])
  assert.deepEqual((await admin.get('/api/search?q=13800000001')).body.items.map((h: { id: string }) => h.id), [a])
  const old = await app.server.inject({ method: 'GET', url: `/api/customers/${b}?fields=name`, headers: { authorization: `Bearer ${admin.token}` } })
  assert.deepEqual([old.statusCode, old.headers.location], [301, `/api/customers/${a}?fields=name`])
  const one = (await admin.get(`/api/customers/${a}`)).body
  assert.equal(one.address, '文一路 1 号', 'what the survivor had not came along')
  const devices = async (id: string) => (await admin.get(`/api/devices?sort=model&filter=${encodeURIComponent(JSON.stringify({ customerId: id }))}`)).body.items.map((d: { id: string }) => d.id)
  assert.deepEqual(await devices(a), [da, db])
  assert.equal((await admin.get(`/api/customers/${a}/comments`)).body.items.length, 1)
  assert.equal((await admin.patch(`/api/customers/${b}`, { note: 'x' })).body.code, 'CUSTOMER_MERGED')
  assert.deepEqual((await admin.get(`/api/customers/${a}/head`)).body.mergedFrom.map((m: { id: string }) => m.id), [b])
  assert.deepEqual([(await admin.get(`/api/customers/${a}/history`)).body[0].act, (await admin.get(`/api/customers/${b}/history`)).body[0].act], ['merge', 'mergedInto'])
  assert.equal((await admin.get('/api/customer-doubles')).body.items.some((d: { a: { name: string } }) => d.a.name === '张三'), false)

  const late = await make('device', { customerId: a, productLineId: line, model: 'T3' })
  assert.deepEqual((await admin.post(`/api/customer-merges/${merged.body.id}/undo`, {})).body, { left: 0, kept: [] })
  assert.deepEqual((await list()).toSorted(), [a, b].toSorted())
  assert.deepEqual([await devices(a), await devices(b)], [[da, late], [db]], 'what was made since stays with the survivor')
  const still = ({ version, updatedAt, updatedBy, $labels, ...rest }: Record<string, unknown>) => { void [version, updatedAt, updatedBy, $labels]; return rest }
  assert.deepEqual([(await admin.get(`/api/customers/${a}`)).body, (await admin.get(`/api/customers/${b}`)).body].map(still), before.map(still))
  assert.equal((await admin.get(`/api/customers/${b}/comments`)).body.items.length, 1)
  assert.equal((await admin.post(`/api/customer-merges/${merged.body.id}/undo`, {})).body.code, 'UNMERGE_DONE')
  assert.equal((await app.system(ctx => verifyAudit(ctx))).ok, true)
})

test('CU-07 a value is chosen field by field; one that changed since stays when the merge is undone; merged on, it can’t be undone; two companies that are not one are not suggested again', async () => {
  const a = await company('云启科技有限公司', { taxNumber: '91330100MA1', industry: '软件' }), b = await company('云启科技股份有限公司', { industry: '互联网', mail: 'b@example.com', parentId: null }), c = await company('恒川设备')
  const pair = (await admin.get(`/api/customer-doubles?customerId=${a}`)).body.items
  assert.deepEqual([pair.length, pair[0].why], [1, ['name']])
  assert.equal((await admin.post('/api/customer-doubles/dismiss', { a, b })).status, 204)
  assert.equal((await admin.get(`/api/customer-doubles?customerId=${a}`)).body.items.length, 0)
  const { id } = (await admin.post(`/api/customers/${a}/merge`, { mergedId: b, choices: { industry: 'merged', mail: 'survivor' } })).body
  const one = (await admin.get(`/api/customers/${a}`)).body
  assert.deepEqual([one.industry, one.mail, one.name], ['互联网', null, '云启科技有限公司'])
  const on = (await admin.post(`/api/customers/${c}/merge`, { mergedId: a })).body
  assert.equal((await app.server.inject({ method: 'GET', url: `/api/customers/${b}`, headers: { authorization: `Bearer ${admin.token}` } })).headers.location, `/api/customers/${c}`, 'the way stays one step long')
  assert.equal((await admin.post(`/api/customer-merges/${id}/undo`, {})).body.code, 'UNMERGE_LATER')
  assert.equal((await admin.post(`/api/customer-merges/${on.id}/undo`, {})).status, 200)
  await admin.patch(`/api/customers/${a}`, { industry: '云计算' })
  assert.deepEqual((await admin.post(`/api/customer-merges/${id}/undo`, {})).body, { left: 0, kept: ['行业'] })
  assert.equal((await admin.get(`/api/customers/${a}`)).body.industry, '云计算')
  const person = await make('customer', { name: '李四', unitId: units.HZ01 })
  assert.deepEqual([(await admin.post(`/api/customers/${a}/merge`, { mergedId: person })).body.code, (await admin.post(`/api/customers/${a}/merge`, { mergedId: a })).body.code], ['MERGE_KIND', 'MERGE_SAME'])
})

test('CU-07 a parent that becomes one with its child leaves the tree whole; a grandparent would make a ring', async () => {
  const top = await company('甲'), mid = await company('乙', { parentId: top }), low = await company('丙', { parentId: mid })
  assert.equal((await admin.post(`/api/customers/${low}/merge`, { mergedId: top })).body.code, 'TREE_CYCLE')
  assert.equal((await admin.post(`/api/customers/${mid}/merge`, { mergedId: top })).status, 200)
  const tree = (await admin.get(`/api/customers/${low}/tree`)).body.nodes.map((n: { name: string; depth: number }) => [n.name, n.depth])
  assert.deepEqual(tree, [['乙', 0], ['丙', 1]])
})

test('CU-07 companies of one tree bear alike names and are not proposed as one, a stranger of that name is; the same tax number is told even within a tree', async () => {
  const group = await company('北辰物流集团'), below = await company('北辰物流有限公司', { parentId: group, taxNumber: '91330100MA2NB' })
  const pairs = async () => (await admin.get(`/api/customer-doubles?customerId=${below}`)).body.items.map((d: { a: { id: string }; b: { id: string }; why: string[] }) => [d.a.id === below ? d.b.id : d.a.id, d.why.join()])
  assert.deepEqual(await pairs(), [])
  const stranger = await company('北辰物流股份有限公司')
  assert.deepEqual(await pairs(), [[stranger, 'name']])
  await admin.patch(`/api/customers/${group}`, { taxNumber: '91330100MA2NB' })
  assert.deepEqual((await pairs()).toSorted(), [[stranger, 'name'], [group, 'taxNumber,name']].toSorted())
})

test('CU-14 a hundred customers make a hundred on every axis, and each figure opens its rows', async () => {
  const region = await make('unit', { code: 'ZQ', name: '西南大区', kind: 'region', parentId: units.QC })
  const tiers = ['ordinary', 'silver', 'gold', 'diamond'], provinces = ['四川', '云南', null]
  await app.system(async ctx => { for (let i = 0; i < 100; i++) await create(ctx, ctx.entities.get('customer'), { name: `统计 ${i}`, kind: i % 3 ? 'company' : 'person', tier: tiers[i % 4], unitId: region, ...(provinces[i % 3] ? { province: provinces[i % 3] } : {}) }) })
  const { body } = await admin.get(`/api/customer-statistics?unitId=${region}`)
  assert.equal(body.total, 100)
  for (const axis of body.axes) assert.deepEqual([axis.key, axis.total, axis.rows.reduce((n: number, r: { count: number }) => n + r.count, 0)], [axis.key, 100, 100])
  assert.deepEqual(body.axes.map((a: { key: string }) => a.key), ['tier', 'level', 'accountType', 'kind', 'province', 'unitId', 'ownerId', 'createdAt'])
  for (const axis of body.axes) for (const r of axis.rows) assert.equal((await admin.get(`/api/customers?count=1&limit=1&filter=${encodeURIComponent(JSON.stringify(r.filter))}`)).body.total, r.count, `${axis.key} ${r.label}`)
})

test('CU-17 偏好=靠窗 is on the customer’s page; the newest of a topic counts, one that no longer holds is gone', async () => {
  const id = await make('customer', { name: '王五', unitId: units.HZ01 })
  await lijie.post('/api/preferences', { customerId: id, topic: '座位', value: '过道' })
  const seat = (await lijie.post('/api/preferences', { customerId: id, topic: '座位', value: '靠窗', learnedFrom: '来电' })).body
  const shown = async () => (await lijie.get(`/api/customers/${id}/head`)).body.preferences.map((p: { topic: string; value: string }) => [p.topic, p.value])
  assert.deepEqual(await shown(), [['座位', '靠窗']])
  await lijie.patch(`/api/preferences/${seat.id}`, { off: true })
  assert.deepEqual(await shown(), [['座位', '过道']])
})

test('CU-22 the newest consent counts, by channel; all that is kept about a person is exported with a reason, and the history says so', async () => {
  const id = await make('customer', { name: '赵六', phone: '13800000066', unitId: units.HZ01 })
  const { hasConsent } = await import('../index.ts')
  const agreed = (channel: 'sms' | 'mail') => app.system(ctx => hasConsent(ctx, id, 'marketing', channel))
  assert.equal(await agreed('sms'), false, 'nobody asked')
  await lijie.post('/api/consents', { customerId: id, purpose: '营销', channel: 'any', evidence: '签字单 17 号' })
  assert.equal(await agreed('sms'), true)
  app.clock!.advance(1)
  const late = await lijie.post('/api/consents', { customerId: id, purpose: 'marketing', channel: 'sms', given: 'no', evidence: '短信回复 T' })
  assert.deepEqual([await agreed('sms'), await agreed('mail')], [false, true])
  assert.equal((await lijie.patch(`/api/consents/${late.body.id}`, { given: 'yes' })).status, 405)
  assert.equal((await lijie.post(`/api/customers/${id}/personal-data`, { reason: '本人要求' })).body.code, 'FORBIDDEN')
  assert.equal((await admin.post(`/api/customers/${id}/personal-data`, {})).status, 400)
  const { body } = await admin.post(`/api/customers/${id}/personal-data`, { reason: '本人来函要求' })
  assert.deepEqual([body.customer['名称'], body.customer['电话'], body.parts.map((p: { entity: string; rows: unknown[] }) => [p.entity, p.rows.length])], ['赵六', '13800000066', [['consent', 2]]])
  assert.match(body.text, /电话：13800000066[\s\S]*签字单 17 号/)
  const [entry] = (await admin.get(`/api/customers/${id}/history`)).body
  assert.deepEqual([entry.act, entry.reason], ['exportPerson', '本人来函要求'])
})

test('what is told as known has happened: a birthday, a consent, a preference of tomorrow are refused at their field', async () => {
  const customerId = await make('customer', { name: '钱八', unitId: units.HZ01 })
  const wrong = async (path: string, body: Record<string, unknown>) => { const r = await lijie.post(path, body); return [r.status, r.body.details?.fields?.[0]?.field, r.body.details?.fields?.[0]?.message] }
  assert.deepEqual(await wrong('/api/customers', { name: '未出生', birthday: '2026-12-01' }), [400, 'birthday', '不能在将来'])
  assert.deepEqual(await wrong('/api/consents', { customerId, purpose: 'marketing', given: 'yes', evidence: '签字', at: '2027-01-01T00:00:00Z' }), [400, 'at', '不能在将来'])
  assert.deepEqual(await wrong('/api/preferences', { customerId, topic: '座位', value: '靠窗', learnedAt: '2027-01-01T00:00:00Z' }), [400, 'learnedAt', '不能在将来'])
})

test('CU-22 who is erased is erased with the records that were merged into this one, and that merge can’t be undone', async () => {
  const a = await make('customer', { name: '孙七', phone: '13800000077', unitId: units.HZ01 }), b = await make('customer', { name: '孙七七', phone: '13800000077', unitId: units.HZ01 })
  const { id } = (await admin.post(`/api/customers/${a}/merge`, { mergedId: b })).body
  assert.equal((await admin.post(`/api/customers/${a}/erase`, { reason: '本人要求' })).status, 200)
  await app.worker!.idle()
  const { rows } = await app.owner.query('select name, phone from customer where id = any($1)', [[a, b]])
  assert.deepEqual(rows, [{ name: '已删除', phone: null }, { name: '已删除', phone: null }])
  assert.equal((await admin.post(`/api/customer-merges/${id}/undo`, {})).body.code, 'UNMERGE_ERASED')
})
