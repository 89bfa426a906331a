import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, meeting, office, span } from './office.ts'

const s = await office({ worker: true })
const ok = <T>(r: { status: number; body: T }): T => { assert.ok(r.status < 300, JSON.stringify(r.body)); return r.body }
type Who = typeof s.lijie
const add = async (who: Who, values: Record<string, unknown>): Promise<string> => ok(await who.post('/api/schedule/events', values)).id
const items = async (who: Who, from: string, to: string, more = ''): Promise<Array<Record<string, any>>> => ok(await who.get(`/api/schedule?${span(from, to)}${more}`)).items
const starts = async (who: Who, title: string, from: string, to: string): Promise<string[]> => (await items(who, from, to)).filter(i => i.title === title).map(i => new Date(new Date(i.from).getTime() + 8 * 3_600_000).toISOString().slice(5, 16))
const bell = async (who: Who): Promise<string[]> => ok(await who.get('/api/alarms')).items.filter((a: { kind: string }) => a.kind === 'notice').map((a: { title: string }) => a.title)

test('CA-01 weekly Mon 09:00 skipping 放假: 2026-10-05 is skipped', async () => {
  await add(s.lijie, meeting('2026-09-21 09:00', '2026-09-21 10:00', { title: '早会', rule: 'FREQ=WEEKLY;BYDAY=MO', skipHolidays: true }))
  assert.deepEqual(await starts(s.lijie, '早会', '2026-09-20', '2026-10-20'), ['09-21T09:00', '09-28T09:00', '10-12T09:00', '10-19T09:00'])
  const { days } = ok(await s.lijie.get(`/api/schedule?${span('2026-09-28', '2026-10-12')}`))
  assert.deepEqual([days['2026-10-05'], days['2026-10-10'], days['2026-10-09']], ['off', 'work', undefined], 'the grid shows holidays and 调休')
})

test('CA-01 a rule without the tick is held on holidays as well', async () => {
  await add(s.zhaoxiu, meeting('2026-09-28 09:00', '2026-09-28 10:00', { title: '值班交接', rule: 'FREQ=WEEKLY;COUNT=2' }))
  assert.deepEqual(await starts(s.zhaoxiu, '值班交接', '2026-09-20', '2026-10-20'), ['09-28T09:00', '10-05T09:00'])
})

test('CA-01 改这一次, 改以后, 改全部', async () => {
  const id = await add(s.wangjian, meeting('2026-11-23 09:00', '2026-11-23 10:00', { title: '复盘', rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=6', attendeeIds: [s.lijie.userId] }))
  const change = (eventId: string, values: Record<string, unknown>) => s.wangjian.patch(`/api/schedule/events/${eventId}`, values)
  const all = (): Promise<string[]> => starts(s.wangjian, '复盘', '2026-11-20', '2027-01-31')
  const once = ok(await change(id, { how: 'this', day: '2026-11-30', startsAt: at('2026-12-01 14:00'), endsAt: at('2026-12-01 15:00') }))
  assert.deepEqual(await all(), ['11-23T09:00', '12-01T14:00', '12-07T09:00', '12-14T09:00', '12-21T09:00', '12-28T09:00'])
  assert.equal((await change(id, { how: 'this', day: '2026-11-30', title: '又改' })).body.code, 'EVENT_DAY', 'that day is an event of its own now')
  // from 14 December on Tuesdays at ten: of the six three have been
  const later = ok(await change(id, { how: 'following', day: '2026-12-14', startsAt: at('2026-12-15 10:00'), endsAt: at('2026-12-15 11:00') }))
  assert.deepEqual(await all(), ['11-23T09:00', '12-01T14:00', '12-07T09:00', '12-15T10:00', '12-22T10:00', '12-29T10:00'])
  ok(await change(later.id, { how: 'all', day: '2026-12-22', startsAt: at('2026-12-22 16:00'), endsAt: at('2026-12-22 16:30') }))
  assert.deepEqual((await all()).slice(3), ['12-15T16:00', '12-22T16:00', '12-29T16:00'])
  assert.equal((await items(s.lijie, '2026-12-01', '2026-12-02')).find(i => i.title === '复盘')!.id, once.id, 'who was asked to the series is asked to the changed day')
  ok(await s.wangjian.remove(`/api/schedule/events/${later.id}?how=this&day=2026-12-22`))
  ok(await s.wangjian.remove(`/api/schedule/events/${id}?how=following&day=2026-12-07`))
  assert.deepEqual(await all(), ['11-23T09:00', '12-01T14:00', '12-15T16:00', '12-29T16:00'])
  ok(await s.wangjian.remove(`/api/schedule/events/${id}`))
  assert.deepEqual(await all(), ['12-15T16:00', '12-29T16:00'], 'the day that was moved goes with its series')
  assert.ok((await bell(s.lijie)).some(t => t.includes('取消了：复盘')))
})

test('CA-01 the reminder comes at its minute, moves with its event, and goes with it', async () => {
  const id = await add(s.qianzhi, meeting('2026-11-23 11:00', '2026-11-23 12:00', { title: '看样机', reminderMinutes: 15, rule: 'FREQ=DAILY;COUNT=3', place: '二楼', attendeeIds: [s.zhaoxiu.userId] }))
  const due = async (): Promise<string[]> => (await s.app.owner.query("select due_at from job where kind = 'schedule.remind' and key = $1", [id])).rows.map(r => r.due_at.toISOString())
  assert.deepEqual(await due(), [at('2026-11-23 10:45')])
  ok(await s.qianzhi.patch(`/api/schedule/events/${id}`, { how: 'all', day: '2026-11-23', startsAt: at('2026-11-23 10:30'), endsAt: at('2026-11-23 11:00') }))
  assert.deepEqual(await due(), [at('2026-11-23 10:15')])
  s.app.clock!.set(at('2026-11-23 10:14'))
  await s.settled()
  assert.ok(!(await bell(s.qianzhi)).some(t => t.startsWith('提醒')))
  s.app.clock!.set(at('2026-11-23 10:15'))
  await s.settled()
  for (const who of [s.qianzhi, s.zhaoxiu]) assert.ok((await bell(who)).includes('提醒：看样机，11-23 10:30 开始，二楼'))
  assert.deepEqual(await due(), [at('2026-11-24 10:15')], 'and then the next one')
  ok(await s.qianzhi.remove(`/api/schedule/events/${id}`))
  assert.deepEqual(await due(), [])
})

test('CA-01 shared to read, shared to keep; what is private stays 忙', async () => {
  const open = await add(s.zhaoxiu, meeting('2026-12-02 09:00', '2026-12-02 10:00', { title: '拆机培训' })), secret = await add(s.zhaoxiu, meeting('2026-12-02 14:00', '2026-12-02 15:00', { title: '看牙', visibility: 'private' }))
  const seen = async (who: Who): Promise<string[]> => (await items(who, '2026-12-02', '2026-12-03', `&view=person&id=${s.zhaoxiu.userId}`)).map(i => `${i.title}/${i.level}`)
  assert.equal((await s.zuoxi.get(`/api/schedule?${span('2026-12-02', '2026-12-03')}&view=person&id=${s.zhaoxiu.userId}`)).body.code, 'CALENDAR_NOT_SHARED')
  ok(await s.zhaoxiu.post('/api/schedule/shares', { personId: s.zuoxi.userId, access: 'read' }))
  assert.deepEqual(await seen(s.zuoxi), ['拆机培训/full', '忙/busy'])
  const change = (id: string) => s.zuoxi.patch(`/api/schedule/events/${id}`, { title: '改了' })
  assert.equal((await change(open)).body.code, 'EVENT_READ_ONLY')
  ok(await s.zhaoxiu.post('/api/schedule/shares', { personId: s.zuoxi.userId, access: 'write' }))
  assert.equal((await change(open)).status, 200)
  assert.equal((await change(secret)).body.code, 'EVENT_READ_ONLY')
  assert.equal((await s.zuoxi.get(`/api/schedule/events/${secret}`)).body.code, 'EVENT_UNKNOWN')
  ok(await s.zuoxi.post('/api/schedule/events', meeting('2026-12-02 16:00', '2026-12-02 17:00', { title: '替他约的', ownerId: s.zhaoxiu.userId })))
  const [share] = ok(await s.zhaoxiu.get('/api/schedule/calendars')).shares
  assert.equal((await s.zuoxi.remove(`/api/schedule/shares/${share.id}`)).status, 404)
  ok(await s.zhaoxiu.remove(`/api/schedule/shares/${share.id}`))
  assert.equal((await change(open)).body.code, 'EVENT_UNKNOWN')
  assert.equal((await s.zuoxi.post('/api/schedule/events', meeting('2026-12-02 16:00', '2026-12-02 17:00', { ownerId: s.zhaoxiu.userId }))).body.code, 'CALENDAR_NOT_SHARED')
})

test('CA-02 free-busy of 5 people 14:00–15:00 → 3 free: one has an event, one an absence; a declined one and one that ends at two do not count', async () => {
  const day = '2026-12-09', five = [s.lijie, s.wangjian, s.zhaoxiu, s.qianzhi, s.zhouzhan]
  await add(s.lijie, meeting(`${day} 14:30`, `${day} 15:30`, { title: '体检', visibility: 'private' }))
  await s.make('absence', { personId: s.wangjian.userId, fromDay: day, untilDay: day, reason: '感冒' })
  const asked = await add(s.sunqu, meeting(`${day} 14:00`, `${day} 15:00`, { title: '大区会', attendeeIds: [s.zhaoxiu.userId] }))
  ok(await s.zhaoxiu.post(`/api/schedule/events/${asked}/answer`, { answer: 'no' }))
  await add(s.qianzhi, meeting(`${day} 13:00`, `${day} 14:00`))
  await add(s.zhouzhan, meeting(`${day} 14:00`, `${day} 15:00`, { title: '记一下', free: true }))
  const answer = ok(await s.zhouzhan.get(`/api/schedule/free-busy?people=${five.map(p => p.userId).join(',')}&from=${encodeURIComponent(at(`${day} 14:00`))}&to=${encodeURIComponent(at(`${day} 15:00`))}`))
  assert.equal(answer.free, 3)
  assert.deepEqual(answer.people.filter((p: { free: boolean }) => !p.free).map((p: any) => [p.name, p.busy.map((b: any) => b.what)]).toSorted(), [['李接', ['忙']], ['王检', ['不在岗']]], 'no titles of what is private, no reasons of an absence')
  assert.ok((await bell(s.sunqu)).some(t => t === '赵修 不参加：大区会，12-09 14:00'))
})

test('CA-02 a booking by a customer takes the person and the thing that it holds; somebody of another region is not known', async () => {
  const person = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'person', name: '赵修', personId: s.zhaoxiu.userId })
  const rule = await s.make('slotRule', { unitId: s.units.HZ01, service: 'onSite', minutes: 60, capacity: 2, starts: '14:00', daysAhead: 20, resourceIds: [person] })
  ok(await s.lijie.post(`/api/slot-rules/${rule}/bookings`, { name: '王五', phone: '13900000031', address: '西湖区', startsAt: at('2026-12-10 14:00') }))
  const ask = (who: Who) => who.get(`/api/schedule/free-busy?people=${s.zhaoxiu.userId}&from=${encodeURIComponent(at('2026-12-10 14:30'))}&to=${encodeURIComponent(at('2026-12-10 14:45'))}`)
  assert.deepEqual(ok(await ask(s.zhouzhan)).people.map((p: any) => [p.known, p.free, p.busy[0].what]), [[true, false, '客户预约']])
  assert.deepEqual(ok(await ask(s.zuoxi)), { people: [{ id: s.zhaoxiu.userId, name: '赵修', unitName: '杭州一站', known: false, free: false, busy: [] }], free: 0, unknown: 1 })
})

test('CA-02 a slot for customers closes while an event holds its room or its person, the station is told why, and it opens again with the event gone', async () => {
  const bench = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'room', name: '体验区' }), person = await s.make('serviceResource', { unitId: s.units.HZ01, kind: 'person', name: '钱质', personId: s.qianzhi.userId })
  const ruleFor = (service: string, resourceId: string) => s.make('slotRule', { unitId: s.units.HZ01, service, minutes: 60, capacity: 3, starts: '09:00 10:00', daysAhead: 30, resourceIds: [resourceId] })
  const [room, visit] = [await ruleFor('bringIn', bench), await ruleFor('pickUp', person)]
  const slot = async (rule: string, when: string) => (ok(await s.lijie.get(`/api/slot-rules/${rule}/slots`)).slots as Array<{ startsAt: string; left: number; why?: string }>).find(x => x.startsAt === at(when))!
  assert.equal((await slot(room, '2026-12-03 09:00')).left, 1)
  const held = await add(s.zhouzhan, meeting('2026-12-03 09:30', '2026-12-03 10:00', { title: '保密的事', resourceId: bench })), away = await add(s.qianzhi, meeting('2026-12-03 10:15', '2026-12-03 10:45', { title: '看牙', visibility: 'private' }))
  assert.deepEqual([(await slot(room, '2026-12-03 09:00')).left, (await slot(room, '2026-12-03 09:00')).why, (await slot(room, '2026-12-03 10:00')).left], [0, '体验区 有日程 12-03 09:30 到 12-03 10:00', 1])
  assert.deepEqual([(await slot(visit, '2026-12-03 10:00')).left, (await slot(visit, '2026-12-03 10:00')).why, (await slot(visit, '2026-12-03 09:00')).left], [0, '钱质 有日程 12-03 10:15 到 12-03 10:45', 1])
  const book = (rule: string, when: string) => s.lijie.post(`/api/slot-rules/${rule}/bookings`, { name: '王五', phone: '13900000032', startsAt: at(when) })
  assert.equal((await book(room, '2026-12-03 09:00')).body.code, 'SLOT_TAKEN')
  ok(await s.zhouzhan.remove(`/api/schedule/events/${held}`))
  ok(await book(room, '2026-12-03 09:00'))
  assert.equal((await s.zhouzhan.post('/api/schedule/events', meeting('2026-12-03 09:30', '2026-12-03 10:00', { resourceId: bench }))).body.code, 'RESOURCE_TAKEN', 'and the other way round')
  ok(await s.qianzhi.remove(`/api/schedule/events/${away}`))
  assert.equal((await slot(visit, '2026-12-03 10:00')).left, 1)
})

test('CA-02 who is where now: the place of what they are at', async () => {
  s.app.clock!.set(at('2026-12-11 10:30'))
  await add(s.lijie, meeting('2026-12-11 10:00', '2026-12-11 11:00', { title: '拜访西湖大厦', kind: 'visit', place: '西湖大厦 12 楼' }))
  const { people } = ok(await s.zhouzhan.get('/api/schedule/now'))
  assert.deepEqual(people.filter((p: any) => !p.free).map((p: any) => [p.name, p.busy[0].what, p.busy[0].place]), [['李接', '拜访西湖大厦', '西湖大厦 12 楼']])
})

test('CA-02 a manager sees 忙 of their people and titles of public events only', async () => {
  for (const [h, visibility] of [['09', 'public'], ['11', 'busy'], ['14', 'private']] as const) await add(s.wangjian, meeting(`2026-12-12 ${h}:00`, `2026-12-12 ${h}:30`, { title: `事 ${visibility}`, visibility }))
  const team = (await items(s.zhouzhan, '2026-12-12', '2026-12-13', `&view=team&id=${s.units.HZ01}`)).filter(i => i.who === '王检')
  assert.deepEqual(team.map(i => [i.title, i.id === null, i.level]), [['事 public', false, 'full'], ['忙', true, 'busy'], ['忙', true, 'busy']])
})

test('a resource is in one place at a time: the second one is told when, two at once do not both get it', async () => {
  await add(s.lijie, meeting('2026-12-14 09:00', '2026-12-14 10:00', { resourceId: s.room, rule: 'FREQ=WEEKLY;COUNT=4' }))
  const refused = await s.wangjian.post('/api/schedule/events', meeting('2026-12-28 09:30', '2026-12-28 11:00', { resourceId: s.room }))
  assert.deepEqual([refused.status, refused.body.code, refused.body.message], [409, 'RESOURCE_TAKEN', '一号会议室 在 12-28 09:30 已被占用'])
  const both = await Promise.all([s.wangjian, s.zhaoxiu].map(w => w.post('/api/schedule/events', meeting('2026-12-15 09:00', '2026-12-15 10:00', { resourceId: s.room }))))
  assert.deepEqual(both.map(r => r.status).toSorted(), [201, 409])
  const seen = await items(s.qianzhi, '2026-12-14', '2026-12-16', `&view=resource&id=${s.room}`)
  assert.equal(seen.length, 2)
  assert.equal((await s.zuoxi.post('/api/schedule/events', meeting('2027-01-05 09:00', '2027-01-05 10:00', { resourceId: s.room }))).body.code, 'INVALID', 'a room of a station that is not theirs')
})

test('a team calendar is planned by its manager and read by its people, not by another station', async () => {
  const values = meeting('2026-12-16 08:30', '2026-12-16 09:00', { title: '站会', unitId: s.units.HZ01, attendeeIds: [s.lijie.userId] })
  assert.equal((await s.zhaoxiu.post('/api/schedule/events', values)).status, 403)
  const id = await add(s.zhouzhan, values)
  assert.deepEqual((await items(s.zhaoxiu, '2026-12-16', '2026-12-17')).filter(i => i.title === '站会').map(i => [i.level, i.unitName]), [['full', '杭州一站']])
  assert.equal((await s.zhaoxiu.patch(`/api/schedule/events/${id}`, { title: 'x' })).body.code, 'EVENT_READ_ONLY')
  const nb = await s.app.person({ username: 'nbo', name: '宁波', unitId: s.units.NB02, roleIds: [s.roleIds.stationManager!] })
  assert.equal((await nb.get(`/api/schedule?${span('2026-12-16', '2026-12-17')}&view=team&id=${s.units.HZ01}`)).body.code, 'CALENDAR_NOT_SHARED')
  assert.equal((await nb.get(`/api/schedule/events/${id}`)).body.code, 'EVENT_UNKNOWN')
})

test('CA-03 an event with tasks, people, place and budget: 6 tasks, 4 done → 67 %', async () => {
  const id = await add(s.zhouzhan, meeting('2026-12-20 09:00', '2026-12-20 17:00', { title: '开放日', kind: 'activity', unitId: s.units.HZ01, place: '一楼大厅', budget: '3000.00', attendeeIds: [s.lijie.userId, s.wangjian.userId] }))
  const todos: Array<{ id: string; taskId: string }> = []
  for (const title of ['订横幅', '发邀请', '备茶点', '布置', '讲解稿', '拍照']) todos.push(ok(await s.zhouzhan.post(`/api/schedule/events/${id}/tasks`, { title, toId: s.lijie.userId })))
  assert.equal((await s.wangjian.post(`/api/schedule/events/${id}/tasks`, { title: 'x' })).body.code, 'EVENT_READ_ONLY')
  for (const t of todos.slice(0, 4)) ok(await s.lijie.post(`/api/tasks/${t.taskId}/complete`, { outcome: 'done' }))
  const page = ok(await s.wangjian.get(`/api/schedule/events/${id}`))
  assert.deepEqual([page.done, page.tasks.length, page.place, page.budget, page.people.length, page.level], [67, 6, '一楼大厅', '3000.00', 2, 'full'])
  const due = (await items(s.lijie, '2026-12-01', '2026-12-31')).filter(i => i.source === '任务到期')
  assert.deepEqual(due.map(i => i.title).toSorted(), ['拍照', '讲解稿'].toSorted(), 'what is still to do stands on the calendar of who has to do it')
  assert.deepEqual((await items(s.zhouzhan, '2026-12-01', '2026-12-31')).filter(i => i.source === '任务到期'), [])
})

test('every wrong thing in the form is refused at its field, in plain words', async () => {
  const wrong = async (values: Record<string, unknown>): Promise<Array<[string, string]>> => { const r = await s.lijie.post('/api/schedule/events', { ...meeting('2026-12-21 09:00', '2026-12-21 10:00'), ...values }); assert.equal(r.body.code, 'INVALID', JSON.stringify(r.body)); return r.body.details.fields.map((f: any) => [f.field, f.message]) }
  assert.deepEqual(await wrong({ title: ' ' }), [['title', '请填写标题']])
  assert.deepEqual(await wrong({ endsAt: at('2026-12-21 09:00') }), [['endsAt', '结束要晚于开始']])
  assert.deepEqual(await wrong({ rule: 'FREQ=HOURLY' }), [['rule', '重复的写法不对']])
  assert.deepEqual(await wrong({ rule: 'FREQ=WEEKLY;BYDAY=TU' }), [['rule', '开始的那天不在重复里：从 2026-12-21 起第一次是 2026-12-22，请改开始的日期']])
  assert.deepEqual(await wrong({ rule: 'FREQ=DAILY;UNTIL=20261201' }), [['rule', '重复的截止日早于开始']])
  assert.deepEqual(await wrong({ rule: 'FREQ=DAILY;UNTIL=99991231' }), [['rule', '重复的截止日最晚到 2200 年']])
  assert.deepEqual(await wrong({ rule: 'FREQ=WEEKLY;INTERVAL=0;BYDAY=MO' }), [['rule', '重复的写法不对']])
  assert.deepEqual(await wrong({ startsAt: '0026-12-21T01:00:00Z' }), [['startsAt', '应在 1900 年到 2200 年之间']])
  assert.deepEqual(await wrong({ endsAt: '9999-12-21T01:00:00Z' }), [['endsAt', '应在 1900 年到 2200 年之间']])
  assert.deepEqual(await wrong({ title: '长'.repeat(10_000) }), [['title', '最多 120 字']])
  assert.deepEqual(await wrong({ attendeeIds: Array.from({ length: 200 }, () => s.lijie.userId) }), [['attendeeIds', '最多 100 人']])
  assert.deepEqual(await wrong({ budget: '-1' }), [['budget', '应是不小于 0 的金额，最多两位小数']])
  assert.deepEqual(await wrong({ reminderMinutes: -5 }), [['reminderMinutes', '不能小于 0']])
  assert.deepEqual(await wrong({ attendeeIds: ['00000000-0000-7000-8000-000000000000'] }), [['attendeeIds', '参加人里有人不存在或已停用']])
  assert.equal((await s.lijie.get(`/api/schedule?${span('2026-01-01', '2027-01-01')}`)).body.code, 'CALENDAR_SPAN')
  assert.equal((await s.wangjian.post(`/api/schedule/events/${await add(s.lijie, meeting('2026-12-21 09:00', '2026-12-21 10:00'))}/answer`, { answer: 'yes' })).body.code, 'EVENT_NOT_ASKED')
})

test('a whole day is from midnight to midnight, wherever in it somebody pointed', async () => {
  await add(s.qianzhi, meeting('2026-12-24 10:00', '2026-12-25 09:00', { title: '盘点', allDay: true }))
  const [found] = (await items(s.qianzhi, '2026-12-24', '2026-12-27')).filter(i => i.title === '盘点')
  assert.deepEqual([found!.from, found!.to, found!.allDay], [at('2026-12-24 00:00'), at('2026-12-26 00:00'), true])
})
