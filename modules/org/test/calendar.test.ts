import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addBusinessMinutes, defineModule, read, update, verifyAudit, type Ctx, type OutboxEvent } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import { org, tenantCalendar } from '../index.ts'

const heard: OutboxEvent[] = []
const listening = defineModule({
  name: 'listening', label: ['听', 'Listening'],
  listeners: [{ name: 'test.calendar', event: 'calendar.update', run: (_ctx, e) => { heard.push(e); return Promise.resolve() } },
    { name: 'test.calendar.warn', event: 'calendar.warn', run: (_ctx, e) => { heard.push(e); return Promise.resolve() } }],
})

const app: TestApp = await testApp({ modules: [org, listening], clock: '2026-10-31T15:59:00Z', worker: true, tenants: 2 })
const roleId = async (code: string): Promise<string> => (await app.system(ctx => ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = $2', [ctx.tenant.id, code])))[0]!.id
const admin = await app.person({ username: 'admin', roleIds: [await roleId('admin')] })
const clerk = await app.person({ username: 'clerk', roleIds: [await roleId('receptionist')] })
const id = (await admin.get('/api/calendars')).body.items[0].id as string

/** An upload as a browser sends it. */
const upload = (who: Caller, url: string, name: string, text: string) => {
  const boundary = 'qc-test-boundary'
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${text}\r\n--${boundary}--\r\n`
  return app.server.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${who.token}`, 'content-type': `multipart/form-data; boundary=${boundary}` } })
}
const dueOf = async (start: string, minutes: number) => (await clerk.get(`/api/calendars/due?start=${encodeURIComponent(start)}&minutes=${minutes}`)).body

test('SP-06 a new tenant works by the State Council calendar of 2025 and 2026', async () => {
  const year = (await clerk.get(`/api/calendars/${id}/year?year=2026`)).body
  assert.deepEqual([year.known, year.off, year.work, year.days.length], [true, 33, 6, 365])
  const day = (date: string) => year.days.find((d: { date: string }) => d.date === date)
  assert.deepEqual(day('2026-10-10'), { date: '2026-10-10', weekday: 6, kind: 'work', workday: true })
  assert.deepEqual(day('2026-10-01'), { date: '2026-10-01', weekday: 4, kind: 'off', workday: false })
  assert.equal((await dueOf('2026-09-18T17:00:00+08:00', 240)).due, '2026-09-20T04:00:00.000Z')
  assert.equal((await dueOf('2026-09-18 17:00', 240)).code, 'INVALID')
})

test('SP-06 the runtime answers with the calendar of the tenant, from memory until it changes', async () => {
  const [first, second] = await app.system(async ctx => [await ctx.runtime.calendar!(ctx), await tenantCalendar(ctx)])
  assert.equal(first, second)
  const other = await app.system(ctx => tenantCalendar(ctx), app.tenantIds[1])
  assert.notEqual(other, first)
})

test('SP-06 a day set off moves due times at once, is in the history, and tells those who recompute', async () => {
  assert.equal((await dueOf('2026-12-24T17:30:00+08:00', 60)).due, '2026-12-25T01:30:00.000Z')
  assert.equal((await clerk.post(`/api/calendars/${id}/day`, { date: '2026-12-25', kind: 'off' })).status, 403)
  assert.deepEqual((await admin.post(`/api/calendars/${id}/day`, { date: '2026-12-25', kind: 'off' })).body, { date: '2026-12-25', kind: 'off', workday: false })
  assert.equal((await dueOf('2026-12-24T17:30:00+08:00', 60)).due, '2026-12-28T01:30:00.000Z')
  const [entry] = (await admin.get(`/api/calendars/${id}/history`)).body
  assert.equal(entry.act, 'setDay')
  assert.deepEqual(entry.note, { date: '2026-12-25', kind: 'off' })
  await app.worker!.idle()
  assert.ok(heard.some(e => e.event === 'calendar.update' && e.recordId === id))
  const before = (await admin.get(`/api/calendars/${id}`)).body.version
  await admin.post(`/api/calendars/${id}/day`, { date: '2026-12-25', kind: 'off' })
  assert.equal((await admin.get(`/api/calendars/${id}`)).body.version, before, 'the same again writes nothing')
  assert.equal((await admin.post(`/api/calendars/${id}/day`, { date: '2026-12-25', kind: null })).body.workday, true)
  assert.equal((await dueOf('2026-12-24T17:30:00+08:00', 60)).due, '2026-12-25T01:30:00.000Z')
  assert.equal((await admin.post(`/api/calendars/${id}/day`, { date: '2026-02-30', kind: 'off' })).body.code, 'INVALID')
})

test('SP-06 a change that is rolled back leaves no calendar behind', async () => {
  const day = async (): Promise<string> => app.system(async ctx => addBusinessMinutes(await tenantCalendar(ctx), new Date('2026-12-24T09:30:00Z'), 60).due.toISOString())
  const before = await day()
  const change = async (ctx: Ctx, date: string): Promise<void> => {
    const calendar = ctx.entities.get('calendar'), { days } = await read(ctx, calendar, id) as unknown as { days: object }
    await update(ctx, calendar, id, { days: { ...days, [date]: 'off' } })
  }
  await assert.rejects(app.system(async ctx => {
    await change(ctx, '2026-12-25')
    assert.notEqual(addBusinessMinutes(await tenantCalendar(ctx), new Date('2026-12-24T09:30:00Z'), 60).due.toISOString(), before)
    throw new Error('refused')
  }), /refused/)
  assert.equal(await day(), before)
  await app.system(ctx => change(ctx, '2026-12-31'))
  assert.equal(await day(), before)
  await app.system(async ctx => {
    const calendar = ctx.entities.get('calendar'), { days } = await read(ctx, calendar, id) as unknown as { days: Record<string, unknown> }
    delete days['2026-12-31']
    await update(ctx, calendar, id, { days })
  })
})

test('SP-06 a file with a wrong row is refused with its rows, and nothing is stored', async () => {
  const before = (await admin.get(`/api/calendars/${id}`)).body
  const bad = await upload(admin, `/api/calendars/${id}/import`, '2027.json', '{"2027-01-01":"off","2027-13-01":"off","2027-01-02":"maybe"}')
  assert.equal(bad.statusCode, 422)
  assert.equal(bad.json().code, 'CALENDAR_FILE')
  assert.deepEqual(bad.json().details.problems.map((p: { row: number }) => p.row), [2, 3])
  assert.deepEqual((await admin.get(`/api/calendars/${id}`)).body, before)
  assert.equal((await upload(clerk, `/api/calendars/${id}/import`, '2027.json', '{"2027-01-01":"off"}')).statusCode, 403)
})

test('SP-06 from 1 November on 日历未维护 2027 年 is raised once, and goes when the year is imported and confirmed', async () => {
  assert.deepEqual((await clerk.get('/api/calendars/warnings')).body.items, [])
  app.clock!.set('2026-11-01T00:10:00Z')
  await app.worker!.idle()
  const { items } = (await clerk.get('/api/calendars/warnings')).body
  assert.equal(items.length, 1)
  assert.equal(items[0].message, '日历未维护 2027 年')
  assert.equal(items[0].raisedAt, '2026-11-01T00:10:00.000Z')
  app.clock!.set('2026-11-02T00:10:00Z')
  await app.worker!.idle()
  assert.equal(heard.filter(e => e.event === 'calendar.warn' && e.recordId === id).length, 1, 'the next day it is not raised again')
  const next = await app.system(ctx => ctx.query<{ due_at: Date }>("select due_at from job where tenant_id = $1 and kind = 'calendar.watch'", [ctx.tenant.id]))
  assert.deepEqual(next.map(j => j.due_at.toISOString()), ['2026-11-02T16:05:00.000Z'], 'one look a day, soon after midnight')

  assert.deepEqual(await dueOf('2026-12-31T17:00:00+08:00', 120).then(d => [d.due, d.tentative]), ['2027-01-01T02:00:00.000Z', true])
  const ics = 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:元旦 休\r\nDTSTART;VALUE=DATE:20270101\r\nDTEND;VALUE=DATE:20270104\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
  const done = await upload(admin, `/api/calendars/${id}/import`, '2027.ics', ics)
  assert.deepEqual(done.json(), { years: [2027], added: 3, changed: 0, unchanged: 0 })
  assert.deepEqual((await admin.post(`/api/calendars/${id}/confirm-year`, { year: 2027 })).body, { knownYears: [2025, 2026, 2027] })
  assert.deepEqual(await dueOf('2026-12-31T17:00:00+08:00', 120).then(d => [d.due, d.tentative]), ['2027-01-04T02:00:00.000Z', false])
  assert.deepEqual((await clerk.get('/api/calendars/warnings')).body.items, [])
})

test('SP-06 shifts that overlap and zones that do not exist are refused in Chinese; the default calendar stays', async () => {
  const wrong = await admin.patch(`/api/calendars/${id}`, { shifts: [['09:00', '12:00'], ['11:00', '18:00']] })
  assert.deepEqual([wrong.status, wrong.body.code, wrong.body.message], [400, 'CALENDAR_INVALID', '业务日历不对：业务日历的班次互相重叠'])
  assert.equal((await admin.patch(`/api/calendars/${id}`, { shifts: ['09:00'] })).body.code, 'CALENDAR_INVALID')
  assert.equal((await admin.patch(`/api/calendars/${id}`, { timeZone: 'Asia/Nowhere' })).body.code, 'CALENDAR_INVALID')
  for (const wrong of [{ workdays: ['1'] }, { workdays: [8] }, { days: ['2027-01-01'] }, { days: { '2027-02-30': 'off' } }, { days: { '2027-01-01': 'maybe' } }, { knownYears: ['2027'] }]) {
    assert.equal((await admin.patch(`/api/calendars/${id}`, wrong)).body.code, 'CALENDAR_INVALID', JSON.stringify(wrong))
  }
  assert.equal((await admin.patch(`/api/calendars/${id}`, { isDefault: false })).body.code, 'FIELD_READ_ONLY')
  assert.equal((await admin.remove(`/api/calendars/${id}`)).body.code, 'CALENDAR_DEFAULT')
})

test('SP-06 a whole year saved at once, as the calendar page does, takes its reminder away too', async () => {
  app.clock!.set('2027-11-01T01:00:00Z')
  await app.worker!.idle()
  assert.deepEqual((await clerk.get('/api/calendars/warnings')).body.items.map((w: { year: number; raisedAt: string }) => [w.year, w.raisedAt]), [[2028, '2027-11-01T01:00:00.000Z']])
  const { days, version } = (await admin.get(`/api/calendars/${id}`)).body
  const saved = await admin.patch(`/api/calendars/${id}`, { days: { '2028-01-03': 'off', ...days }, knownYears: [2025, 2026, 2027, 2028], version })
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
  assert.deepEqual((await clerk.get('/api/calendars/warnings')).body.items, [])
  const [stored] = await app.system(ctx => ctx.query<{ warnings: unknown[] }>('select warnings from calendar where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))
  assert.deepEqual(stored!.warnings, [])
  assert.equal((await admin.patch(`/api/calendars/${id}`, { days: {}, version })).body.code, 'CHANGED_MEANWHILE')
})

test('SP-06 another calendar can become the default: a desk that never closes', async () => {
  const made = await admin.post('/api/calendars', { name: '全天值守', shifts: [['00:00', '24:00']], workdays: [1, 2, 3, 4, 5, 6, 7] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal((await admin.post(`/api/calendars/${made.body.id}/make-default`)).status, 200)
  assert.equal((await dueOf('2026-11-21T10:00:00+08:00', 1440)).due, '2026-11-22T02:00:00.000Z')
  const { items } = (await admin.get('/api/calendars')).body
  assert.deepEqual(items.map((c: { name: string; isDefault: boolean }) => [c.name, c.isDefault]), [['中国标准日历', false], ['全天值守', true]])
  assert.equal((await app.system(ctx => verifyAudit(ctx))).ok, true)
})
