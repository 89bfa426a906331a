import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { endPrograms, line, newFolder, person, program, until, type Person } from './programs.testing.ts'
import { comes, company, moves, PASSWORD } from './station-day.testing.ts'

after(endPrograms)

interface Request { id: string; number: string; stage: string; startedAt: string; updatedAt: string; version: number }
const requestsOf = async (p: Person): Promise<Request[]> => {
  const r = await p.get<{ items: Request[] }>('/api/service-requests?limit=200&sort=number')
  assert.equal(r.status, 200, JSON.stringify(r.body))
  return r.body.items.map(({ id, number, stage, startedAt, updatedAt, version }) => ({ id, number, stage, startedAt, updatedAt, version }))
}
/** Everything that two places must agree on about a request: its stages with their times, who did them, and its record. */
const courseOf = async (p: Person, id: string): Promise<unknown> => {
  const c = await p.get<{ steps: Array<Record<string, unknown>> }>(`/api/cases/serviceRequest/${id}`)
  return c.body.steps.map(s => [s.id, s.nodeId, s.state, s.enteredAt, s.startedAt, s.finishedAt, s.assigneeId])
}

test('SP-15 a station works a day without its network; when the line is back, head office has the same twenty numbers and times, whatever is killed meanwhile', async () => {
  let hq = await program(await newFolder())
  const secret = /密码 (\S+)/.exec(hq.lines.join('\n'))![1]!
  let admin = await person(hq.url, 'admin', secret)
  const c = await company(admin)
  // two requests are under way when the station gets its node, one of another station
  const before = await person(hq.url, 'lijie', PASSWORD), ningbo = await person(hq.url, 'ningbo', PASSWORD)
  const old = await comes(before, { lineId: c.lineId, unitId: c.hz })
  const foreign = await comes(ningbo, { lineId: c.lineId, unitId: c.nb })

  const wire = await line(hq.url)
  const made = await admin.post<{ id: string; code: string }>('/api/nodes', { unitId: c.hz })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const folder = await newFolder()
  let station = await program(folder, { args: ['--join', wire.url, made.body.code] })
  let clerk = await person(station.url, 'lijie', PASSWORD)
  assert.deepEqual((await requestsOf(clerk)).map(r => r.id), [old], 'the station has its own request and nobody else’s')
  assert.deepEqual(await courseOf(clerk, old), await courseOf(admin, old))
  await assert.rejects(person(station.url, 'ningbo', PASSWORD), /SIGN_IN_FAILED/, 'a shop has nobody’s password but its own people’s')

  // what is the station's is written nowhere else
  const refused = await before.post(`/api/service-requests/${old}/move`, { to: '检验', fields: {}, ticked: [] })
  assert.equal((refused.body as { code: string }).code, 'OWNED_BY_STATION', JSON.stringify(refused.body))
  assert.equal(((await before.post('/api/service/desk/register', { unitId: c.hz, customer: { name: '甲', phone: '13911110000' }, device: { productLineId: c.lineId, model: 'X1', serialNo: 'SN90001' }, request: { faultDescription: '响' } })).body as { code: string }).code, 'OWNED_BY_STATION')
  assert.equal(((await clerk.post('/api/product-lines', { code: 'XX', name: '站里建的' })).body as { code: string }).code, 'OWNED_BY_HEAD_OFFICE')

  // the line is cut; a day's work
  wire.cut()
  const ids: string[] = []
  for (let i = 0; i < 20; i++) ids.push(await comes(clerk, { lineId: c.lineId, unitId: c.hz }))
  for (const id of ids) for (let i = 0; i < 3; i++) await moves(clerk, id)
  const there = (await requestsOf(clerk)).filter(r => r.id !== old)
  assert.equal(there.length, 20)
  assert.equal(new Set(there.map(r => r.number)).size, 20)
  assert.equal((await requestsOf(admin)).filter(r => r.number.startsWith('HZ01')).length, 1, 'head office has heard of none')
  // 20 registered, 60 moved on: a transaction each
  await until(() => clerk.get<{ station: { cutSince: string | null; waiting: number } }>('/api/nodes/here'), r => r.body.station.cutSince !== null && r.body.station.waiting >= 80)
  // a photograph and a word on the record, here and there
  const photo = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 31) % 256))
  assert.equal(await clerk.upload(`/api/service-requests/${ids[0]}/attachments`, '外观.png', photo), 201)
  assert.equal((await admin.post(`/api/service-requests/${old}/comments`, { text: '本部：请优先' })).status, 201)
  // meanwhile head office changes something that the station must come to know, and both change one customer
  const { body: customers } = await clerk.get<{ items: Array<{ id: string; name: string }> }>('/api/customers?limit=50')
  const [{ body: hqCustomers }] = [await admin.get<{ items: Array<{ id: string; name: string; version: number }> }>('/api/customers?limit=50')]
  const shared = hqCustomers.items.find(x => customers.items.some(y => y.id === x.id))!
  assert.equal((await admin.post('/api/product-lines', { code: 'PR', name: '打印机' })).status, 201)
  assert.equal((await admin.patch(`/api/customers/${shared.id}`, { name: '本部改的', version: shared.version })).status, 200)
  assert.equal((await clerk.patch(`/api/customers/${shared.id}`, { name: '站里改的', version: shared.version })).status, 200)

  // the line comes back and breaks in the middle of the sending; then head office's machine loses its power, then the station's
  wire.mend(400_000)
  await until(async () => (await requestsOf(admin)).length, n => n > 2)
  const port = Number(new URL(hq.url).port)
  await hq.kill()
  wire.mend()
  hq = await program(hq.dataDir, { port })
  await station.kill()
  station = await program(folder)
  admin = await person(hq.url, 'admin', secret)
  clerk = await person(station.url, 'lijie', PASSWORD)

  // within ten seconds of a whole line, head office has the same
  const same = (a: Request[], b: Request[]): boolean => JSON.stringify(a) === JSON.stringify(b)
  const all = await requestsOf(clerk)
  await until(async () => (await requestsOf(admin)).filter(r => r.number.startsWith('HZ01')), got => same(got, all), 10_000)
  for (const id of ids) assert.deepEqual(await courseOf(admin, id), await courseOf(clerk, id))
  assert.equal((await requestsOf(admin)).filter(r => r.id === foreign).length, 1)

  // the customer that both changed: the later stands at both, the other is on the page
  await until(async () => (await clerk.get<{ name: string }>(`/api/customers/${shared.id}`)).body.name, n => n === '站里改的')
  await until(async () => (await admin.get<{ name: string }>(`/api/customers/${shared.id}`)).body.name, n => n === '站里改的')
  const nodes = await admin.get<{ conflicts: Array<{ recordId: string; winner: string; fields: Array<{ name: string; lost: unknown }> }>; items: Array<{ state: string }> }>('/api/nodes')
  const conflict = nodes.body.conflicts.find(x => x.recordId === shared.id)!
  assert.equal(conflict.winner, 'station')
  assert.deepEqual(conflict.fields.map(x => [x.name, x.lost]), [['name', '本部改的']])
  // what head office made came down
  await until(async () => (await clerk.get<{ items: unknown[] }>('/api/product-lines')).body.items.length, n => n === 2)
  await until(async () => (await clerk.get<{ items: Array<{ text: string }> }>(`/api/service-requests/${old}/comments`)).body.items.map(x => x.text).join(), n => n === '本部：请优先')
  const { body: files } = await admin.get<{ items: Array<{ id: string }> }>(`/api/service-requests/${ids[0]}/attachments`)
  assert.deepEqual(await admin.download(`/api/attachments/${files.items[0]!.id}`), photo)
  // both records stand whole
  for (const p of [admin, clerk]) { const v = await p.get<{ ok: boolean; broken: unknown[] }>('/api/audit/verify'); assert.deepEqual(v.body.broken, [], JSON.stringify(v.body)) }
  // what somebody does at head office for the station's case is done at the station, and comes back as theirs
  interface Step { id: string; state: string; assigneeId: string | null }
  const openOf = async (p: Person): Promise<Step> => (await p.get<{ steps: Step[] }>(`/api/cases/serviceRequest/${ids[1]}`)).body.steps.find(x => ['waiting', 'active'].includes(x.state))!
  const passed = await (await person(hq.url, 'lijie', PASSWORD)).post<{ code: string }>(`/api/tasks/${(await openOf(admin)).id}/claim`)
  assert.equal(passed.body.code, 'RELAYED', JSON.stringify(passed.body))
  const claimed = await until(() => openOf(admin), x => x.assigneeId !== null)
  assert.deepEqual(await openOf(clerk), claimed)
  // and a line that is whole carries one act within the same ten seconds
  const one = await comes(clerk, { lineId: c.lineId, unitId: c.hz })
  await until(async () => (await requestsOf(admin)).some(r => r.id === one), Boolean, 10_000)
  // a node that was taken back is heard no more, and head office writes again
  assert.equal((await admin.post(`/api/nodes/${made.body.id}/take-back`)).status, 204)
  await until(() => clerk.get<{ station: { error: string | null } }>('/api/nodes/here'), r => r.body.station.error?.startsWith('NODE_UNKNOWN') ?? false)
  await station.stop()
  await hq.stop()
})
