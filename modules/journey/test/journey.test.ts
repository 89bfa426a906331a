import assert from 'node:assert/strict'
import { test } from 'node:test'
import { journeys, world } from './world.ts'

const w = await world()
const desk = await w.person('zhou', '周站长', 'stationManager', w.station)
const installed = await w.admin.post('/api/journeys/install', { key: 'aviation' })
const aviation = installed.body.id as string
const repair = (await journeys(w.admin)).items.find(j => j.key === 'repair')!.id

interface Point { id: string; code: string; name: string; phase: string; state: string; department: string; standard: string; measure: string; score: number | null; gap: number | null; volume: number; rated: number; rows: Array<{ plural: string; filter: unknown; scored: unknown; count: number }> }
const map = async (id: string, query = '') => (await w.admin.get(`/api/journeys/${id}/map${query}`)).body as { phases: Array<{ name: string; points: Point[] }>; worst: Point[] }
const post = (input: Record<string, unknown>, who = w.admin) => who.post('/api/touch-events/post', input)
const points = new Map((await map(aviation)).phases.flatMap(p => p.points).map(p => [p.code, p]))

test('TP-01 the template has 36 points in 5 phases, each with owner department, standard and measure; it is installed on request and once', async () => {
  assert.equal(installed.status, 201, JSON.stringify(installed.body))
  const { phases } = await map(aviation), all = phases.flatMap(p => p.points)
  assert.deepEqual([all.length, phases.map(p => p.name)], [36, ['旅行前', '飞行前', '客舱中', '飞行后', '旅行后']])
  for (const p of all) assert.ok(p.department && p.standard && p.measure, p.code)
  const again = await w.admin.post('/api/journeys/install', { key: 'aviation' })
  assert.deepEqual([again.status, again.body.code], [409, 'TEMPLATE_THERE'])
  const own = (await map(repair)).phases
  assert.deepEqual([own.map(p => p.name), own.flatMap(p => p.points).length], [['送修前', '到站', '在修', '取机', '取机后'], 18])
  assert.equal((await desk.post('/api/journeys/install', { key: 'aviation' })).status, 403)
})

test('TP-02 5 events from 4 channels are one line of the customer, and the points that should have come and did not are marked', async () => {
  const id = await w.customer({ name: '旅客甲', phone: '13800138001' })
  const events = [['A02', 'web', '2026-11-10T02:00:00Z'], ['A03', 'phone', '2026-11-10T03:00:00Z'], ['A06', 'web', '2026-11-10T04:00:00Z'], ['A11', 'desk', '2026-11-20T01:00:00Z'], ['A18', 'onSite', '2026-11-20T03:00:00Z']] as const
  for (const [point, channel, at] of events) assert.equal((await post({ point, channel, at, ...(channel === 'web' ? { phone: '13800138001' } : { customerId: id }) })).status, 201)
  const { items } = (await w.admin.get(`/api/customers/${id}/journeys`)).body as { items: Array<{ name: string; events: number; channels: number; gaps: number; points: Point[] }> }
  assert.deepEqual(items.map(l => [l.name, l.events, l.channels]), [['旅客旅程', 5, 4]])
  const state = (s: string): string => items[0]!.points.filter(p => p.state === s).map(p => p.code).join(' ')
  assert.deepEqual([state('done'), state('gap'), items[0]!.gaps], ['A02 A03 A06 A11 A18', 'A01 A04 A05 A08 A09 A10 A16 A17', 8])
  assert.match(state('skipped'), /^A07 A12/)
  assert.match(state('ahead'), /^A19 .*A36$/)
})

test('TP-02 what the program records anyway is on the line without a second row, seen as far as the reader may see it', async () => {
  const id = await w.customer({ name: '送修客户', phone: '13800138002' })
  const line = await w.make('productLine', { name: '笔记本', code: 'NB' })
  const [request] = await w.rows('serviceRequest', [{ number: 'HZ01-20261118-0001', startedAt: new Date('2026-11-18T01:00:00Z'), stage: 'collected', endedAt: new Date('2026-11-20T08:00:00Z'), unitId: w.station, productLineId: line, customerId: id, customerName: '送修客户', model: 'T14', source: 'kiosk' }])
  await w.rows('surveyAnswer', [{ requestId: request, score: 4, unitId: w.station, customerId: id, answeredAt: new Date('2026-11-21T02:00:00Z') }])
  const lines = async (who = w.admin) => (await who.get(`/api/customers/${id}/journeys`)).body.items as Array<{ name: string; occasion: string; gaps: number; points: Point[] }>
  const [mine] = await lines()
  assert.deepEqual([mine!.name, mine!.occasion, mine!.points.filter(p => p.state === 'done').map(p => p.code), mine!.points.filter(p => p.state === 'gap').map(p => p.code)], ['送修旅程', request, ['R05', 'R15', 'R16'], ['R06', 'R08', 'R10', 'R13']])
  assert.equal((await w.app.owner.query('select 1 from touch_event where customer_id = $1', [id])).rowCount, 0)
  const r16 = (await map(repair)).phases.flatMap(p => p.points).find(p => p.code === 'R16')!
  assert.deepEqual([r16.volume, r16.score, r16.gap, r16.rows.map(r => [r.plural, r.count])], [1, 4, -0.5, [['survey-answers', 1]]])
  assert.deepEqual((await lines(desk))[0]!.points.filter(p => p.state === 'done').map(p => p.code), ['R05', 'R15', 'R16'])
})

test('TP-02 the same event told twice is one; wrong things are refused at their field; nobody changes what was posted', async () => {
  const id = await w.customer({ name: '旅客乙' })
  const first = await post({ point: 'a02', channel: 'web', customerId: id, key: 'web-1' }), second = await post({ point: 'A02', channel: 'web', customerId: id, key: 'web-1' })
  assert.deepEqual([second.body.id, second.body.again], [first.body.id, true])
  const refused = async (input: Record<string, unknown>) => { const r = await post({ point: 'A02', channel: 'web', customerId: id, ...input }); return [r.status, r.body.code, r.body.details?.fields?.[0]?.field ?? null] }
  assert.deepEqual(await refused({ point: 'Z99' }), [422, 'POINT_UNKNOWN', null])
  assert.deepEqual(await refused({ customerId: null }), [400, 'INVALID', 'customerId'])
  assert.deepEqual(await refused({ at: '2027-01-01T00:00:00Z' }), [400, 'INVALID', 'at'])
  assert.equal((await refused({ score: 6 }))[2], 'score')
  assert.equal((await refused({ channel: 'pigeon' }))[2], 'channel')
  const points = (await w.admin.get('/api/touch-points?limit=1')).body.items
  assert.equal((await w.admin.patch(`/api/touch-points/${points[0].id}`, { source: 'pigeonPost' })).body.details.fields[0].field, 'source')
  assert.ok([404, 405].includes((await w.admin.patch(`/api/touch-events/${first.body.id}`, { text: 'x', version: 1 })).status))
  assert.equal((await post({ point: 'A02', channel: 'web', customerId: id }, desk)).status, 201)
  const sales = await w.person('nobody', '路人', 'hr', w.hq)
  assert.equal((await post({ point: 'A02', channel: 'web', customerId: id }, sales)).status, 403)
})

test('TP-03 the preference 靠窗, set at the call, is shown at the issue of the ticket and on the cabin list', async () => {
  const id = await w.customer({ name: '旅客丙', phone: '13800138003' }), other = await w.customer({ name: '旅客丁' })
  const occasion = 'QC101/2026-11-25'
  const call = await post({ point: 'A03', channel: 'phone', phone: '13800138003', occasion, preferences: [{ topic: '座位', value: '靠窗' }] })
  assert.deepEqual([call.status, call.body.customerId, call.body.offer, call.body.ask], [201, id, [{ topic: '座位', value: '靠窗' }], ['餐食']])
  await post({ point: 'A03', channel: 'phone', customerId: other, occasion })
  const issue = await post({ point: 'A06', channel: 'desk', customerId: id, occasion })
  assert.deepEqual([issue.body.offer, issue.body.ask], [[{ topic: '座位', value: '靠窗' }], ['餐食']])
  const cabin = async () => (await w.admin.get(`/api/touch-points/${points.get('A18')!.id}/expected?occasion=${encodeURIComponent(occasion)}`)).body.items as Array<{ name: string; lastPoint: string; offer: unknown[]; ask: string[] }>
  assert.deepEqual((await cabin()).map(p => [p.name, p.lastPoint, p.offer, p.ask]).toSorted(), [['旅客丁', '电话咨询', [], ['座位', '餐食', '称呼']], ['旅客丙', '出票', [{ topic: '座位', value: '靠窗' }], ['餐食', '称呼']]].toSorted())
  await post({ point: 'A18', channel: 'onSite', customerId: id, occasion })
  assert.deepEqual((await cabin()).map(p => p.name), ['旅客丁'], 'who has been there is not expected any more')
  assert.equal((await w.admin.get(`/api/customers/${id}/head`)).body.preferences[0].value, '靠窗')
  assert.equal((await w.admin.get(`/api/customers/${id}/timeline`)).body.items.length, 3)
})

test('TP-04 36 points with a standard of 4.5: 值机排队 has 3.6, a gap of −0.9 of 420 who said so, and is the first of the worst five; the figure opens its rows', async () => {
  const at = new Date('2026-11-15T02:00:00Z')
  const give = (code: string, scores: readonly number[]) => w.rows('touchEvent', scores.map(score => ({ pointId: points.get(code)!.id, channel: 'desk', at, score, unitId: w.hq })))
  const many = (n: number, score: number): number[] => Array.from({ length: n }, () => score)
  await give('A10', [...many(252, 4), ...many(168, 3)])
  for (const code of points.keys()) if (code !== 'A10') await give(code, code === 'A21' ? [...many(6, 4), ...many(4, 3)].concat(many(10, 5)) : many(4, 5))
  const { phases, worst } = await map(aviation)
  assert.equal(phases.flatMap(p => p.points).filter(p => p.rated > 0).length, 36)
  assert.deepEqual([worst[0]!.name, worst[0]!.score, worst[0]!.gap, worst[0]!.rated], ['值机排队', 3.6, -0.9, 420])
  assert.deepEqual(worst.map(p => p.code), ['A10', 'A21'], 'no point that keeps its standard is called bad')
  const [posted] = worst[0]!.rows, rows = posted && { ...posted, filter: posted.scored }
  const list = (await w.admin.get(`/api/${rows!.plural}?count=true&limit=1&filter=${encodeURIComponent(JSON.stringify(rows!.filter))}`)).body
  assert.equal(list.total, 420)
  assert.equal((await map(aviation, '?from=2026-11-16&until=2026-11-16')).worst.length, 0)
  assert.equal((await w.admin.get(`/api/journeys/${aviation}/map?from=2026-11-16&until=2026-11-15`)).body.details.fields[0].field, 'until')
})
