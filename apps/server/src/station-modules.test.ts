import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import automation from '@quancheng/automation'
import dispatch from '@quancheng/dispatch'
import insight from '@quancheng/insight'
import { AppError, catalogFor, create, hereOf, newId, REFUSED, type Refused } from '@quancheng/kernel'
import knowledge from '@quancheng/knowledge'
import node from '@quancheng/node'
import notices, { atWork } from '@quancheng/notices'
import parts from '@quancheng/parts'
import { register, station, take } from '@quancheng/service/testing'
import survey from '@quancheng/survey'
import voice from '@quancheng/voice'

/*
 * What customers and colleagues do at head office about a station that has its own node; and what comes from the station. The node itself is played: it
 * sends what its log would say, and is asked what it would be given (docs/adr/0029).
 */

type Row = Record<string, string | null>
type Answer = { status: number; body: any }

process.env.QUANCHENG_NOTICE_HOSTS = '127.0.0.1'
async function headOffice() {
  const s = await station({ worker: true, modules: [automation, parts, survey, notices, dispatch, knowledge, insight, voice, node] })
  const { schema, columns } = await catalogFor(s.app.runtime)
  const call = (what: string, body: Record<string, unknown>, token?: string): Promise<Answer> =>
    s.app.anonymous.call('POST', `/api/sync/${what}`, { version: s.app.runtime.version, schema, now: s.app.clock!.now.toISOString(), ...body }, token ? { authorization: `Bearer ${token}` } : {})
  const rowsOf = async (table: string, where: string, values: unknown[]): Promise<Row[]> =>
    (await s.app.owner.query(`select ${columns.get(table)!.map(c => `"${c}"::text`).join(', ')} from "${table}" where ${where}`, values)).rows
  /** A row of the table with what the database puts in by itself. */
  const blank = async (table: string): Promise<Row> => {
    const { rows } = await s.app.owner.query<{ c: string; d: string | null }>("select column_name as c, column_default as d from information_schema.columns where table_schema = 'public' and table_name = $1", [table])
    return Object.fromEntries(rows.map(r => [r.c, /^'(.*)'::/.exec(r.d ?? '')?.[1] ?? null]))
  }
  const make = (entity: string, values: Record<string, unknown>): Promise<string> => s.app.system(async ctx => (await create(ctx, ctx.entities.get(entity), values)).id)
  const settled = async (): Promise<void> => { for (let i = 0; i < 3; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } }
  const join = async () => {
    const { body: made } = await s.admin.post('/api/nodes', { unitId: s.units.HZ01 }), { body: joined } = await call('join', { code: made.code })
    assert.equal((await call('ready', {}, joined.secret)).status, 200)
    return { id: made.id as string, token: joined.secret as string }
  }
  let lsn = 0x100
  const push = (token: string, changes: unknown[]): Promise<Answer> => call('push', { waiting: 0, transactions: [{ lsn: `0/${(lsn++).toString(16).toUpperCase()}`, at: s.app.clock!.now.toISOString(), changes }] }, token)
  /** What is still being written anywhere on the database server holds back what a station is told (ADR 0029), the tests beside this one too. */
  const told = async (): Promise<void> => {
    const { rows: [now] } = await s.app.owner.query('select pg_snapshot_xmax(pg_current_snapshot())::text as x')
    while (!(await s.app.owner.query('select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as ok', [now.x])).rows[0].ok) await delay(50)
  }
  const pull = async (token: string) => (await told(), await call('pull', { after: { xid: '0', id: 0 } }, token)).body as { changes: Array<{ table: string; row: Row | null }>; commands: Array<{ action: string; input: Record<string, unknown>; userId: string | null }> }
  return { s, blank, rowsOf, make, settled, join, push, pull }
}
const received = (r: Answer): void => assert.deepEqual([r.status, r.body.code, r.body.message], [202, 'RELAYED', '已收到，正在通知维修站；站里联网后办理'], JSON.stringify(r.body))

test('SP-15 what customers do at head office about a station with a node is kept for it: a booking, a complaint, a rating, a verdict', async () => {
  const { s, make, join, pull, rowsOf, settled } = await headOffice()
  const ruleId = await make('slotRule', { unitId: s.units.HZ01, service: 'bringIn', minutes: 60, capacity: 2, daysAhead: 2 })
  const t = await take(s)
  assert.equal((await s.lijie.post(`/api/service-requests/${t.id}/call`, { counter: '3' })).status, 200)
  await s.lijie.post(`/api/service-requests/${t.id}/move`, { to: '接待' })
  const guest = { service: 'bringIn', startsAt: new Date('2026-11-23T15:30:00+08:00').toISOString(), name: '李四', phone: '13900000009', productLineId: s.lineId }
  const early = await s.app.anonymous.post('/api/public/book/HZ01', guest)
  assert.equal(early.status, 201, JSON.stringify(early.body))
  // a complaint that waits for the customer’s verdict
  const c = (await s.lijie.post('/api/complaints/register', { unitId: s.units.HZ01, category: 'speed', words: '修了两周', customerName: '张三', phone: '13900000071' })).body
  const LIJIE = s.lijie.userId
  for (const [who, to, fields] of [[s.zhouzhan, '处理', { handlerId: LIJIE }], [s.lijie, '回复客户', { result: '已加急' }], [s.lijie, '客户意见', { replyBy: 'phone', reply: '明天修好' }]] as const) assert.equal((await who.post(`/api/complaints/${c.id}/move`, { to, fields })).status, 200)
  const link = (await s.lijie.get(`/api/complaints/${c.id}/link`)).body.link as string
  const n = await join()
  const before = (await s.app.owner.query('select (select count(*) from booking) + (select count(*) from complaint) + (select count(*) from counter_rating) + (select count(*) from feedback) as n')).rows[0].n

  received(await s.app.anonymous.post('/api/public/book/HZ01', { ...guest, phone: '13900000010' }))
  received(await s.app.anonymous.post(`/api/public/booking/${early.body.url.split('/').at(-1)}/cancel`, {}))
  received(await s.app.anonymous.post('/api/public/voice', { kind: 'complaint', station: 'HZ01', category: 'attitude', words: '前台态度不好', name: '王五', phone: '13900000011' }))
  received(await s.app.anonymous.post('/api/public/rate/HZ01/3', { ticket: t.number, score: 2, words: '慢' }))
  received(await s.app.anonymous.post(`/api/public${link}`, { satisfied: true }))
  received(await s.zhouzhan.post('/api/complaints/register', { unitId: s.units.HZ01, category: 'speed', words: '电话里说的', customerName: '赵六' }))
  received(await s.lijie.post(`/api/slot-rules/${ruleId}/bookings`, { ...guest, phone: '13900000012' }))
  assert.equal((await s.app.anonymous.post('/api/public/voice', { kind: 'complaint', station: 'NB02', category: 'attitude', words: '前台态度不好', name: '王五', phone: '13900000011' })).status, 201, 'a station without a node as ever')
  await settled()
  assert.equal((await s.app.owner.query('select (select count(*) from booking) + (select count(*) from complaint) + (select count(*) from counter_rating) + (select count(*) from feedback) as n')).rows[0].n, before + 1, 'nothing is written twice')

  const { commands } = await pull(n.token)
  assert.deepEqual(commands.map(x => [x.action, x.userId]), [['bookByPage', null], ['cancelByLink', null], ['sendVoice', null], ['ratingGiven', null], ['voiceSay', null], ['registerComplaint', s.zhouzhan.userId], ['staffBook', s.lijie.userId]])
  assert.deepEqual([commands[0]!.input.phone, commands[0]!.input.startsAt, commands[3]!.input.ticket, commands[4]!.input.satisfied], ['13900000010', guest.startsAt, t.number, true])
  // head office’s own jobs leave the station’s bookings alone: their time passes, nobody is 未到 here, nobody is reminded
  s.app.clock!.advance(8 * 60)
  await settled()
  assert.deepEqual((await rowsOf('booking', 'unit_id = $1', [s.units.HZ01])).map(b => b.state), ['booked'])
  assert.equal((await s.app.owner.query("select count(*)::int as n from job where dead")).rows[0].n, 0)
  // slots are set up at either place, and go to the station
  const opened = await s.admin.patch(`/api/slot-rules/${ruleId}`, { capacity: 3, version: 1 })
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.ok((await pull(n.token)).changes.some(x => x.table === 'slot_rule' && x.row?.capacity === '3'))
})

test('SP-15 a complaint made at the station comes up, its answer tells nobody a second time here, and it is no event for anybody who listens here', async () => {
  const { s, blank, join, push, rowsOf, settled } = await headOffice()
  const [setting] = (await s.admin.get('/api/notice-settings')).body.items
  await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' })
  assert.ok((await s.admin.post('/api/notices/channels', { kind: 'sms', name: '短信', url: 'http://127.0.0.1:9/send', secret: 'x' })).status < 300)
  const c = (await s.lijie.post('/api/complaints/register', { unitId: s.units.HZ01, category: 'speed', words: '修了两周', customerName: '张三', phone: '13900000071' })).body
  const n = await join()
  const [mine] = await rowsOf('complaint', 'id = $1', [c.id])
  const made = { ...mine!, id: newId(), number: 'TS-HZ01-20261123-900', track_code: '1234' }
  const events = async (): Promise<number> => (await s.app.owner.query('select count(*)::int as n from outbox')).rows[0].n
  await settled()
  const before = await events()
  const pushed = await push(n.token, [{ table: 'complaint', op: 'insert', row: made }, { table: 'complaint', op: 'update', row: { ...mine!, stage: 'verdict', reply: '明天修好', link_token: 'abcdefghijkl' } }])
  assert.equal(pushed.body.applied, 1, JSON.stringify(pushed.body))
  await settled()
  assert.equal((await s.admin.get(`/api/complaints/${made.id}`)).body.number, 'TS-HZ01-20261123-900')
  assert.equal((await s.app.anonymous.get('/api/public/voice/abcdefghijkl')).status, 200, 'its link opens at head office')
  assert.equal(await events(), before, 'no event')
  assert.deepEqual(await rowsOf('customer_notice', 'true', []), [], 'the station told its customer')
  // and the notice that the station sent is a row here, which head office does not send
  const [channel] = await rowsOf('notice_channel', 'true', [])
  const notice = { tenant_id: mine!.tenant_id!, id: newId(), key: 'complaintAnswered/x', event: 'complaintAnswered', state: 'waiting', channel: 'sms', channel_id: channel!.id, unit_id: s.units.HZ01, to: '13900000071', text: '明天修好', urgent: 't', attempts: '0', due_at: mine!.received_at }
  const sent = await push(n.token, [{ table: 'customer_notice', op: 'insert', row: { ...(await blank('customer_notice')), ...notice, version: '1', created_at: mine!.created_at, updated_at: mine!.updated_at } }])
  assert.equal(sent.body.applied, 1, JSON.stringify(sent.body))
  await settled()
  assert.deepEqual((await rowsOf('customer_notice', 'true', [])).map(x => [x.state, x.attempts]), [['waiting', '0']])
})

test('SP-15 an article published at head office comes down; a use at the station comes up and is counted at night; absences and targets go down too', async () => {
  const { s, blank, join, push, pull, rowsOf, settled } = await headOffice()
  const write = async (title: string): Promise<string> => (await s.zhaoxiu.post('/api/knowledge/articles', { title, body: '先断电再检查。' })).body.id
  const publish = async (id: string): Promise<void> => { for (const [who, act] of [[s.zhaoxiu, 'submit'], [s.zhouzhan, 'publish']] as const) { const r = await who.post(`/api/knowledge/articles/${id}/${act}`); assert.equal(r.status, 200, JSON.stringify(r.body)) } }
  const r = await register(s), n = await join()
  const id = await write('开不了机先查电源')
  await publish(id)
  const down = (await pull(n.token)).changes
  assert.equal(down.find(x => x.table === 'article' && x.row?.id === id)?.row?.state, 'published')
  assert.ok(down.some(x => x.table === 'article_version' && x.row?.article_id === id))
  // used at the station: the row comes up, the figure on the article is head office’s
  const [article] = await rowsOf('article', 'id = $1', [id])
  const use = { tenant_id: article!.tenant_id!, id: newId(), article_id: id, request_id: r.id, version: '1', created_at: article!.created_at, created_by: s.zhaoxiu.userId, updated_at: article!.updated_at, updated_by: s.zhaoxiu.userId }
  const pushed = await push(n.token, [{ table: 'article_use', op: 'insert', row: { ...(await blank('article_use')), ...use } }])
  assert.equal(pushed.body.applied, 1, JSON.stringify(pushed.body))
  s.app.clock!.advance(26 * 60)
  await settled()
  assert.equal((await rowsOf('article', 'id = $1', [id]))[0]!.uses, '1')
  assert.deepEqual(await rowsOf('job', 'dead', []), [])
  // absences and targets are written at either place too
  const absent = await s.admin.post('/api/absences', { personId: s.zhaoxiu.userId, fromDay: '2026-11-24', untilDay: '2026-11-24', reason: '病假' })
  assert.equal(absent.status, 201, JSON.stringify(absent.body))
  const target = await s.admin.post('/api/work-targets', { unitId: s.units.HZ01, userId: s.zhaoxiu.userId, doneADay: 5 })
  assert.equal(target.status, 201, JSON.stringify(target.body))
  const tables = (await pull(n.token)).changes.map(x => x.table)
  assert.ok(tables.includes('absence') && tables.includes('work_target'), tables.join())
})

test('SP-15 at a station: feedback stays in its unit whatever its department, another station’s complaint is refused, and a passed-on act that can’t be done is the manager’s to tell the customer', async () => {
  const { s } = await headOffice()
  s.app.runtime.services.set('sync.here', { tenantId: s.app.tenantId, nodeId: newId(), unitId: s.units.HZ01, unitCode: 'HZ01' })
  assert.equal(hereOf(s.app.runtime)?.unitCode, 'HZ01')
  const f = await s.lijie.post('/api/feedback/register', { category: 'product', words: '希望有蓝色的', customerName: '李四' })
  assert.equal(f.status, 201, JSON.stringify(f.body))
  assert.equal((await s.app.owner.query('select unit_id from feedback where id = $1', [f.body.id])).rows[0].unit_id, s.units.HZ01)
  assert.deepEqual((await s.app.anonymous.get('/api/public/voice')).body.stations.map((x: { code: string }) => x.code), ['HZ01'])
  assert.equal((await s.app.anonymous.post('/api/public/voice', { kind: 'complaint', station: 'NB02', category: 'attitude', words: '前台态度不好', name: '王五', phone: '13900000011' })).body.code, 'VOICE_ELSEWHERE')
  const refused = s.app.runtime.services.get(REFUSED) as Refused, command = { id: newId(), action: 'bookByPage', input: { name: '李四', phone: '13900000009' }, userId: null, at: s.app.clock!.now.toISOString() }
  await s.app.system(ctx => refused(ctx, { command, label: '预约', error: new AppError('SLOT_FULL') }))
  await s.app.system(ctx => refused(ctx, { command: { ...command, id: newId() }, label: '客户答复', error: new AppError('VOICE_ANSWERED') }))
  const { rows } = await s.app.owner.query("select title, unit_id, recipient_ids from alarm where step_key like 'relay/%'")
  assert.equal(rows.length, 1)
  assert.match(rows[0].title, /^本部转来的“预约”没有办成：.*已约满.*请联系 李四 13900000009$/)
  assert.deepEqual([rows[0].unit_id, rows[0].recipient_ids], [s.units.HZ01, [s.zhouzhan.userId]])
})
