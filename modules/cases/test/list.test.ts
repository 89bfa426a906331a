import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, type Row } from './house.ts'

const h = await house()
const labels = (rows: readonly Row[]): string[] => rows.map(r => r.label).toSorted()
/** Monday to Friday, Shanghai. */
const at = (text: string): void => h.app.clock!.set(`${text}+08:00`)

at('2026-11-20T17:00:00')
const friday = await h.parcel('甲')
at('2026-11-23T09:00:00')
const monday = await h.parcel('乙')
const ningbo = await h.parcel('丙', h.units.NB)
const taken = (await h.rows(h.an)).find(r => r.label === '乙')!
await h.an.post(`/api/tasks/${taken.stepId}/claim`)
await h.an.post(`/api/tasks/${taken.stepId}/tick`, { item: 'weigh' })
await h.an.post(`/api/tasks/${taken.stepId}/complete`, {})
const abroad = await h.parcel('外国', null, h.app.tenantIds[1]!)

test('ageing is business time: what came in on Friday at 17:00 is one hour and a half old on Monday at 09:30', async () => {
  at('2026-11-23T09:30:00')
  const [row] = (await h.rows(h.an)).filter(r => r.label === '甲')
  assert.deepEqual([row!.ageMinutes, row!.minutesLeft, row!.lateness], [90, 150, 'ok'])
  const line = (await h.steps(h.an)).steps.find((l: { node: string }) => l.node === 'take')
  assert.deepEqual([line.open, line.oldestMinutes, line.ages], [1, 90, { within: 1 }])
})

test('a step with a standard is within it, warned of, late, or late by as much again; one without is as old as it is', async () => {
  const kinds = async (): Promise<Record<string, unknown>> => Object.fromEntries((await h.steps(h.an)).steps.map((l: { node: string; ages: unknown }) => [l.node, l.ages]))
  // four hours of Friday's 17:00: until Monday 13:30; warned of at 80 %, Monday 11:12
  at('2026-11-23T11:12:00')
  assert.deepEqual(await kinds(), { take: { warn: 1 }, check: { day: 1 } })
  at('2026-11-23T13:30:01')
  assert.deepEqual(await kinds(), { take: { late: 1 }, check: { day: 1 } })
  // four working hours more
  at('2026-11-23T17:29:00')
  assert.deepEqual((await kinds())['take'], { late: 1 })
  at('2026-11-23T17:31:00')
  assert.deepEqual(await kinds(), { take: { twice: 1 }, check: { day: 1 } })
  at('2026-11-24T10:00:00')
  assert.deepEqual((await kinds())['check'], { days: 1 })
  at('2026-11-27T10:00:00')
  assert.deepEqual((await kinds())['check'], { more: 1 })
})

test('every figure of the overview opens as many rows', async () => {
  at('2026-11-24T10:00:00')
  const view = await h.steps(h.wu)
  assert.equal(view.totals.open, (await h.rows(h.wu)).length)
  assert.equal(view.totals.late, (await h.rows(h.wu, '&age=overdue')).length)
  for (const line of view.steps) {
    const node = `&node=${encodeURIComponent(line.node)}`
    assert.equal((await h.rows(h.wu, node)).length, line.open, line.node)
    for (const [age, n] of Object.entries(line.ages)) assert.equal((await h.rows(h.wu, `${node}&age=${age}`)).length, n, `${line.node} ${age}`)
    assert.equal((await h.rows(h.wu, `${node}&flag=unassigned`)).length, line.unassigned)
    assert.equal((await h.rows(h.wu, `${node}&flag=incident`)).length, line.incident)
  }
  assert.equal((await h.wu.get('/api/case-list?key=parcel&count=true')).body.total, view.totals.open)
})

test('a station sees its own cases, the region’s head all of them, another company none, and nobody without the right anything', async () => {
  assert.deepEqual([labels(await h.rows(h.an)), labels(await h.rows(h.ning)), labels(await h.rows(h.wu))], [['乙', '甲'], ['丙'], ['丙', '乙', '甲']])
  assert.deepEqual(labels(await h.rows(h.wu, `&unitId=${h.units.NB}`)), ['丙'])
  assert.deepEqual(labels(await h.rows(h.an, `&unitId=${h.units.east}`)), ['乙', '甲'])
  assert.deepEqual(labels(await h.rows(h.abroad)), ['外国'])
  assert.equal((await h.steps(h.ning)).totals.open, 1)
  for (const url of ['/api/case-list?key=parcel', '/api/case-list/steps?key=parcel', '/api/case-list/processes', '/api/case-list/file?key=parcel', `/api/case-pages/${friday.caseId}`]) assert.equal((await h.outsider.get(url)).status, 403, url)
  assert.equal((await h.cleaner.get('/api/case-list?key=parcel')).status, 403, 'may look at processes, not at parcels')
  assert.equal((await h.app.anonymous.get('/api/case-list?key=parcel')).status, 401)
})

test('a case of another station or company has no page; one’s own has its steps, its acts, and for operators its variables', async () => {
  for (const id of [ningbo.caseId, abroad.caseId, monday.recordId]) assert.equal((await h.an.get(`/api/case-pages/${id}`)).status, 404)
  const page = (await h.an.get(`/api/case-pages/${monday.caseId}`)).body
  assert.deepEqual([page.label, page.steps.map((s: { name: string; state: string }) => `${s.name} ${s.state}`), page.current, page.done.includes('take'), page.variables], ['乙', ['收件 done', '检查 waiting'], ['check'], true, null])
  const open = page.steps.find((s: { state: string }) => s.state === 'waiting').id
  assert.equal(page.acts[open].claim, true)
  assert.deepEqual([page.can.cancel, (await h.wu.get(`/api/case-pages/${monday.caseId}`)).body.can.cancel], [false, true])
  assert.deepEqual((await h.wu.get(`/api/case-pages/${monday.caseId}`)).body.variables !== null, true)
})

test('the list is found by person, text and state, and turned page by page without losing or doubling a row', async () => {
  for (let n = 0; n < 7; n++) await h.parcel(`页${n}`)
  const all: string[] = []
  for (let after = ''; ;) {
    const page: { items: Row[]; next: string | null } = (await h.an.get(`/api/case-list?key=parcel&limit=2&sort=-label${after && `&after=${after}`}`)).body
    all.push(...page.items.map(r => r.label))
    if (!page.next) break
    after = page.next
  }
  assert.deepEqual(all.toSorted(), labels(await h.rows(h.an)))
  assert.equal(new Set(all).size, 9)
  for (const sort of ['since', '-since', 'due', '-due', 'started', 'label']) {
    const first = (await h.an.get(`/api/case-list?key=parcel&limit=5&sort=${sort}`)).body, second = (await h.an.get(`/api/case-list?key=parcel&limit=5&sort=${sort}&after=${first.next}`)).body
    assert.equal(new Set([...first.items, ...second.items].map((r: Row) => r.id)).size, 9, sort)
  }
  assert.deepEqual(labels(await h.rows(h.an, `&q=${encodeURIComponent('页3')}`)), ['页3'])
  assert.deepEqual(labels(await h.rows(h.an, `&person=${h.an.userId}`)), [])
  const [row] = await h.rows(h.an, `&q=${encodeURIComponent('页3')}`)
  await h.an.post(`/api/tasks/${row!.stepId}/claim`)
  assert.deepEqual(labels(await h.rows(h.an, `&person=${h.an.userId}`)), ['页3'])
  await h.wu.post(`/api/cases/${row!.caseId}/cancel`, { reason: '客户不寄了' })
  assert.deepEqual([labels(await h.rows(h.an, '&state=cancelled')), labels(await h.rows(h.an, '&state=ended')), await h.rows(h.an, '&state=completed'), labels(await h.rows(h.ning, '&state=ended'))], [['页3'], ['页3'], [], []])
})

test('a case of no record is seen by its post, by operators, and by nobody else', async () => {
  const begun = await h.wu.post('/api/processes/clean/start', { variables: { room: '101' }, label: '101 室' })
  assert.equal(begun.status, 201, JSON.stringify(begun.body))
  const of = async (who: typeof h.wu): Promise<string[]> => (await who.get('/api/case-list?key=clean')).body.items.map((r: Row) => r.label)
  assert.deepEqual([await of(h.wu), await of(h.cleaner), await of(h.an)], [['101 室'], ['101 室'], []])
  const page = (await h.cleaner.get(`/api/case-pages/${begun.body.caseId}`)).body
  assert.deepEqual([page.recordId, page.current, page.variables, page.can.urge], [null, ['sweep'], null, false])
  assert.equal((await h.an.get(`/api/case-pages/${begun.body.caseId}`)).status, 404)
  assert.deepEqual((await h.wu.get(`/api/case-pages/${begun.body.caseId}`)).body.variables, { room: '101' })
})

test('what is asked wrongly is told, and nothing is guessed', async () => {
  for (const query of ['key=parcel&age=old', 'key=parcel&state=gone', 'key=parcel&unitId=7', 'key=parcel&person=an', 'key=parcel&sort=name', 'key=parcel&limit=1000', 'key=parcel&after=xyz', '', 'key=parcel&version=x', `key=parcel&after=${Buffer.from('["1; drop table","x"]').toString('base64url')}`]) {
    assert.equal((await h.an.get(`/api/case-list?${query}`)).status, 400, query)
  }
  assert.equal((await h.an.get('/api/case-list?key=unknown')).body.code, 'PROCESS_UNKNOWN')
  assert.equal((await h.an.get('/api/case-list?key=parcel&version=99')).body.code, 'PROCESS_UNKNOWN')
})

test('the file has what is seen, a formula in a name stays text', async () => {
  await h.parcel('=1+1')
  const r = await h.an.get('/api/case-list/file?key=parcel&node=take&sort=label')
  assert.match(String(r.headers['content-type']), /text\/csv/)
  const lines = String(r.body).trim().split('\r\n')
  assert.equal(lines.length - 1, (await h.rows(h.an, '&node=take')).length)
  assert.ok(!lines.some(l => l.startsWith('=')), lines.join('\n'))
})
