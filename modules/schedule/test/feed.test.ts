import assert from 'node:assert/strict'
import { test } from 'node:test'
import { happenings, readIcs } from './ics-reader.ts'
import { at, meeting, office, span } from './office.ts'

const s = await office()
const get = async (path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string; etag: string; type: string }> => {
  const r = await s.app.server.inject({ method: 'GET', url: path, headers })
  return { status: r.statusCode, body: r.body, etag: String(r.headers.etag ?? ''), type: String(r.headers['content-type'] ?? '') }
}
const renew = async (): Promise<string> => (await s.lijie.post('/api/schedule/feed')).body.path
const unfold = (text: string): string[] => text.replaceAll('\r\n ', '').split('\r\n')

test('CA-04 GET /cal/tok.ics → valid VCALENDAR with 3 VEVENT', async () => {
  const weekly = (await s.lijie.post('/api/schedule/events', meeting('2026-09-21 09:00', '2026-09-21 10:00', { title: '早会', rule: 'FREQ=WEEKLY;BYDAY=MO', skipHolidays: true, reminderMinutes: 15 }))).body.id
  await s.lijie.post('/api/schedule/events', meeting('2026-11-25 00:00', '2026-11-25 12:00', { title: '盘点; 一, 二', allDay: true, note: '第一行\n第二行' }))
  await s.zhouzhan.post('/api/schedule/events', meeting('2026-11-26 08:30', '2026-11-26 09:00', { title: '站会', unitId: s.units.HZ01 }))
  await s.wangjian.post('/api/schedule/events', meeting('2026-11-26 08:30', '2026-11-26 09:00', { title: '别人的' }))
  const path = await renew(), feed = await get(path), lines = unfold(feed.body)
  assert.deepEqual([feed.status, feed.type], [200, 'text/calendar; charset=utf-8'])
  assert.equal(lines.filter(l => l === 'BEGIN:VEVENT').length, 3)
  assert.equal(lines.filter(l => l === 'END:VEVENT').length, 3)
  for (const line of ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VTIMEZONE', `UID:${weekly}@main.quancheng`, 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'EXDATE;TZID=Asia/Shanghai:20261005T090000', 'TRIGGER:-PT15M', 'DTSTART;VALUE=DATE:20261125', 'SUMMARY:盘点\\; 一\\, 二', 'DESCRIPTION:第一行\\n第二行']) assert.ok(lines.includes(line), line)
  assert.ok(!feed.body.includes('别人的'))
  if (process.env['QC_ICS_OUT']) await (await import('node:fs/promises')).writeFile(process.env['QC_ICS_OUT'], feed.body)
})

test('CA-04 another program reads from the feed exactly what the calendar shows: every kind of rule, holidays, days moved and left out, long and odd texts', async () => {
  const who = s.zhaoxiu, make = async (title: string, from: string, to: string, more: Record<string, unknown> = {}): Promise<string> => { const r = await who.post('/api/schedule/events', meeting(from, to, { title, ...more })); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.id }
  const daily = await make('晨检', '2026-09-25 08:30', '2026-09-25 08:45', { rule: 'FREQ=DAILY;COUNT=40', skipHolidays: true })
  await make('两周一次', '2026-09-28 10:00', '2026-09-28 11:00', { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH' })
  await make('月底', '2026-09-30 17:00', '2026-09-30 18:00', { rule: 'FREQ=MONTHLY;BYMONTHDAY=-1' })
  await make('第二个周二', '2026-10-13 14:00', '2026-10-13 15:00', { rule: 'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20261208' })
  await make('三十一号', '2026-10-31 16:00', '2026-10-31 17:00', { rule: 'FREQ=MONTHLY' })
  await make('整天', '2026-10-12 00:00', '2026-10-12 12:00', { allDay: true, rule: 'FREQ=WEEKLY;COUNT=3' })
  await make(`逗号, 分号; 反斜线\\ 表情😀 ${'很长的标题'.repeat(18)}`, '2026-10-20 09:00', '2026-10-20 10:00', { note: '第一行\r\nATTACH:http://x\n'.repeat(40), place: 'a'.repeat(120) })
  for (const [how, day, values] of [['this', '2026-10-15', { startsAt: at('2026-10-16 15:00'), endsAt: at('2026-10-16 15:15') }]] as const) assert.equal((await who.patch(`/api/schedule/events/${daily}`, { how, day, ...values })).status, 200)
  assert.equal((await who.remove(`/api/schedule/events/${daily}?how=this&day=2026-10-14`)).status, 200)
  const { body: { path } } = await who.post('/api/schedule/feed'), calendar = readIcs((await get(path)).body)
  const shown: string[] = []
  for (const [from, to] of [['2026-09-20', '2026-10-20'], ['2026-10-20', '2026-11-19'], ['2026-11-19', '2026-12-19']] as const) {
    const { items } = (await who.get(`/api/schedule?${span(from, to)}`)).body
    shown.push(...items.filter((i: { source: unknown }) => i.source === null).map((i: { from: string; title: string }) => `${new Date(new Date(i.from).getTime() + 8 * 3_600_000).toISOString().slice(0, 16)} ${i.title}`))
  }
  const sorted = shown.toSorted((a, b) => (a < b ? -1 : 1))
  assert.deepEqual(happenings(calendar, '2026-09-20', '2026-12-19').toSorted((a, b) => (a < b ? -1 : 1)), sorted)
  assert.ok(sorted.length > 50 && !sorted.some(line => line.startsWith('2026-10-01') && line.endsWith('晨检')), `${sorted.length} times, none on the holiday`)
})

test('CA-04 what has not changed is not sent again; a change has the same UID and a higher SEQUENCE', async () => {
  const path = await renew(), first = await get(path), id = /UID:([^@]+)@/.exec(first.body)![1]!
  assert.equal((await get(path, { 'if-none-match': first.etag })).status, 304)
  const day = await s.lijie.patch(`/api/schedule/events/${id}`, { how: 'this', day: '2026-11-30', startsAt: at('2026-11-30 15:00'), endsAt: at('2026-11-30 16:00') })
  assert.equal(day.status, 200)
  const next = await get(path, { 'if-none-match': first.etag }), lines = unfold(next.body)
  assert.equal(next.status, 200)
  assert.equal(lines.filter(l => l === `UID:${id}@main.quancheng`).length, 2, 'the series and the day that replaces one of it')
  assert.ok(lines.includes('RECURRENCE-ID;TZID=Asia/Shanghai:20261130T090000') && lines.includes('SEQUENCE:1') && lines.includes('DTSTART;TZID=Asia/Shanghai:20261130T150000'))
  assert.ok(!lines.some(l => l.startsWith('EXDATE') && l.includes('20261130')), 'a day that is replaced is not left out')
})

test('CA-04 only its hash is kept; a renewed address stops the one before, a stopped one answers nothing, and so does that of somebody who has left', async () => {
  const old = await renew(), fresh = await renew()
  const kept = JSON.stringify((await s.app.owner.query("select token_hash from calendar_feed union all select payload::text from audit where entity = 'calendarFeed'")).rows)
  assert.ok(!kept.includes(fresh.slice(5, -4).split('.')[1]!))
  assert.deepEqual([(await get(old)).status, (await get(fresh)).status], [404, 200])
  await s.lijie.post('/api/schedule/feed/stop')
  assert.equal((await get(fresh)).status, 404)
  const again = await renew()
  await s.app.owner.query('update "user" set off = true where id = $1', [s.lijie.userId])
  assert.equal((await get(again)).status, 404)
  await s.app.owner.query('update "user" set off = false where id = $1', [s.lijie.userId])
})

test('CA-04 guessing is limited: after twenty wrong addresses even the right one waits, and what is no address at all is 404', async () => {
  const path = await renew(), wrong = (n: number): string => `${path.slice(0, path.indexOf('.') + 1)}${String(n).padStart(43, 'A')}.ics`
  assert.equal((await get('/cal/x.ics')).status, 404)
  assert.equal((await get('/cal/x')).status, 404)
  const seen = new Set<number>()
  for (let n = 0; n < 25; n++) seen.add((await get(wrong(n))).status)
  assert.deepEqual([...seen].toSorted(), [404, 429])
  assert.equal((await get(path)).status, 429)
})
