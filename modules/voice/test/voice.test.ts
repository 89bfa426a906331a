import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import { register, station, take } from '@quancheng/service/testing'
import type { Caller } from '@quancheng/kernel/testing'
import survey from '@quancheng/survey'
import voice from '../index.ts'

const s = await station({ worker: true, modules: [automation, survey, voice] })
const at = (wall: string): void => s.app.clock!.set(`${wall.replace(' ', 'T')}+08:00`)
const wall = (moment: string): string => new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const sales = await s.app.person({ username: 'dingxiao', name: '丁销', unitId: s.units.hq, roleIds: [s.roleIds.sales!] })

const WORDS = { category: 'attitude', severity: 'normal', words: '前台态度不好，等了很久没有人理', phone: '13800000001', customerName: '张三' }
const complain = async (o: Record<string, unknown> = {}, who: Caller = s.lijie) => {
  const r = await who.post('/api/complaints/register', { unitId: s.units.HZ01, ...WORDS, ...o })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return r.body as { id: string; number: string; code: string; taskId: string; dueAt: string }
}
const row = async (id: string, who: Caller = s.zhouzhan) => (await who.get(`/api/complaints/${id}`)).body
const taskOf = async (id: string, entity = 'complaint', who: Caller = s.zhouzhan) => {
  const c = await who.get(`/api/cases/${entity}/${id}`)
  const open = c.body.steps.find((x: { state: string }) => ['waiting', 'active', 'paused'].includes(x.state))
  assert.ok(open, JSON.stringify(c.body.steps))
  return open as { id: string; nodeId: string; name: string; dueAt: string; role: string; assigneeName: string | null }
}
const idOf = async (username: string): Promise<string> => (await s.app.owner.query('select id from "user" where username = $1', [username])).rows[0].id
const LIJIE = await idOf('lijie'), ZHAOXIU = await idOf('zhaoxiu')
const move = (id: string, who: Caller, to: string, fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => who.post(`/api/complaints/${id}/move`, { to, fields, ...more })
const ok = (r: { status: number; body: unknown }): void => assert.equal(r.status, 200, JSON.stringify(r.body))
/** To the customer's verdict, handled by 李接. */
async function answered(o: Record<string, unknown> = {}) {
  const c = await complain(o)
  ok(await move(c.id, s.zhouzhan, '处理', { handlerId: LIJIE }))
  ok(await move(c.id, s.lijie, '回复客户', { result: '已向客户道歉，当天补办' }))
  ok(await move(c.id, s.lijie, '客户意见', { replyBy: 'phone', reply: '向您道歉，当事人已培训' }))
  return { ...c, link: (await s.lijie.get(`/api/complaints/${c.id}/link`)).body.link as string }
}
const say = (link: string, body: Record<string, unknown>) => s.app.anonymous.post(`/api/public${link}`, body)

test('CU-11 a complaint of Friday 17:30 with a limit of 60 working minutes is due on Monday at 09:30', async () => {
  at('2026-11-20 17:30:00')
  const c = await complain({ severity: 'grave' })
  assert.equal(wall(c.dueAt), '2026-11-23 09:30')
  assert.equal(wall((await row(c.id)).dueAt), '2026-11-23 09:30')
  const task = await taskOf(c.id)
  assert.deepEqual([task.nodeId, wall(task.dueAt)], ['assign', '2026-11-20 18:00'], '分派 has its own 30 minutes within them')
  at('2026-11-23 09:10:00')
  ok(await move(c.id, s.zhouzhan, '处理', { handlerId: LIJIE }))
  assert.equal(wall((await taskOf(c.id)).dueAt), '2026-11-23 09:30', 'what is left of the limit')
})

test('CU-11 the limit is of the category and the severity: the row that names both counts; classified otherwise, the time still runs from the first word', async () => {
  at('2026-11-23 09:00:00')
  const made = await s.wuzong.post('/api/complaint-limits', { category: 'data', severity: 'grave', minutes: 30 })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  const c = await complain({ category: 'price', severity: 'grave' })
  assert.equal(wall(c.dueAt), '2026-11-23 10:00')
  assert.equal(wall((await complain({ category: 'data', severity: 'grave' })).dueAt), '2026-11-23 09:30')
  at('2026-11-23 09:20:00')
  ok(await move(c.id, s.zhouzhan, '处理', { handlerId: LIJIE, category: 'data' }))
  assert.deepEqual([wall((await row(c.id)).dueAt), wall((await taskOf(c.id)).dueAt)], ['2026-11-23 09:30', '2026-11-23 09:30'])
})

test('CU-11 close without 处理结果 → 409, and nothing is stored', async () => {
  const c = await complain()
  ok(await move(c.id, s.zhouzhan, '处理', { handlerId: LIJIE }))
  for (const to of ['关闭', '回复客户']) {
    const r = await move(c.id, s.lijie, to)
    assert.deepEqual([r.status, r.body.code], [409, 'ACTIVITY_UNFINISHED'], to)
    assert.deepEqual(r.body.details.missing, ['处理结果'])
  }
  assert.equal((await row(c.id)).stage, 'handle')
  const done = await move(c.id, s.lijie, '关闭', { result: '已道歉' })
  assert.deepEqual([done.status, done.body.code], [409, 'MOVE_NOT_ALLOWED'], 'and never past the customer')
  const drop = await complain()
  assert.equal((await move(drop.id, s.zhouzhan, '不受理')).status, 409)
  ok(await move(drop.id, s.zhouzhan, '不受理', { result: '与我方无关' }))
  assert.equal((await row(drop.id)).stage, 'dropped')
})

test('CU-11 the customer answers by the link, once: satisfied closes it, the second click hears so; the words stay in the course', async () => {
  const c = await answered()
  const page = (await s.app.anonymous.get(`/api/public${c.link}`)).body
  assert.deepEqual([page.open, page.number, page.answer], [true, c.number, '向您道歉，当事人已培训'])
  assert.equal(JSON.stringify(page).includes('李接'), false)
  const yes = await say(c.link, { satisfied: true, words: '谢谢' })
  assert.equal(yes.status, 200, JSON.stringify(yes.body))
  const r = await row(c.id)
  assert.deepEqual([r.stage, r.verdict, r.verdictVia, r.verdictWords, r.reopens, r.answeredLate], ['closed', 'satisfied', 'link', '谢谢', 0, false])
  for (const satisfied of [true, false]) assert.deepEqual([(await say(c.link, { satisfied, words: '再说' })).body.code], ['VOICE_ANSWERED'])
  const steps = (await s.zhouzhan.get(`/api/cases/complaint/${c.id}`)).body.steps
  assert.deepEqual([steps.at(-1).actorName, steps.at(-1).comment], ['客户 张三', '客户 张三：谢谢'])
})

test('CU-11 not satisfied: open again and counted, its limit begins anew, the old link is dead; answered late stays late', async () => {
  at('2026-11-23 10:00:00')
  const c = await answered({ severity: 'serious' })
  assert.equal((await say(c.link, { satisfied: false })).body.code, 'VOICE_REASON')
  at('2026-11-24 09:00:00')
  assert.equal((await say(c.link, { satisfied: false, words: '还是没说清楚' })).status, 200)
  const r = await row(c.id)
  assert.deepEqual([r.stage, r.reopens, r.verdict, r.answeredAt, wall(r.dueAt)], ['handle', 1, 'unsatisfied', null, '2026-11-24 14:30'])
  const task = await taskOf(c.id)
  assert.deepEqual([task.assigneeName, wall(task.dueAt)], ['李接', '2026-11-24 14:30'])
  at('2026-11-24 15:00:00')
  ok(await move(c.id, s.lijie, '回复客户', { result: '站长当面说明' }))
  ok(await move(c.id, s.lijie, '客户意见', { replyBy: 'visit', reply: '当面说明并补偿清洁一次' }))
  assert.equal((await s.app.anonymous.get(`/api/public${c.link}`)).status, 404)
  const told = await s.zuoxi.post(`/api/complaints/${c.id}/verdict`, { satisfied: true, words: '电话里说可以了' })
  ok(told)
  const end = await row(c.id)
  assert.deepEqual([end.stage, end.verdict, end.verdictVia, end.answeredLate], ['closed', 'satisfied', 'agent', true])
  assert.equal((await s.zuoxi.post(`/api/complaints/${c.id}/verdict`, { satisfied: true, words: '又说' })).body.code, 'VOICE_NOT_ASKED')
})

test('CU-11 the customer says nothing: closed as such only after being called three times', async () => {
  const c = await answered()
  assert.equal((await move(c.id, s.lijie, '无回应关闭', {}, { comment: '三天没接' })).status, 409)
  ok(await move(c.id, s.lijie, '无回应关闭', {}, { comment: '三天没接', ticked: ['called'] }))
  const r = await row(c.id)
  assert.deepEqual([r.stage, r.verdict], ['unanswered', 'none'])
})

test('CU-11 late: first whoever has it and the manager hear, after as long again the region (owner → manager → region)', async () => {
  at('2026-11-25 09:00:00')
  const c = await complain({ severity: 'grave' })
  ok(await move(c.id, s.zhouzhan, '处理', { handlerId: ZHAOXIU }))
  const alarm = async () => (await s.app.owner.query("select level, recipient_ids, closed_at from alarm where record_id = $1 and kind = 'late'", [c.id])).rows
  at('2026-11-25 09:50:00'); await s.app.worker!.idle()
  assert.deepEqual(await alarm(), [])
  at('2026-11-25 10:00:30'); await s.app.worker!.idle()
  const [first] = await alarm()
  assert.deepEqual([first.level, first.recipient_ids.includes(ZHAOXIU), first.recipient_ids.includes(await idOf('zhouzhan')), first.recipient_ids.includes(await idOf('sunqu'))], [1, true, true, false])
  at('2026-11-25 11:00:30'); await s.app.worker!.idle()
  const [then] = await alarm()
  assert.deepEqual([then.level, then.recipient_ids.includes(await idOf('sunqu'))], [2, true])
  const inbox = (await s.zhaoxiu.get('/api/tasks?box=mine')).body.items.filter((t: { entity: string }) => t.entity === 'complaint')
  assert.deepEqual([inbox.length, inbox[0].name, inbox[0].lateness], [1, '处理', 'late'])
  ok(await move(c.id, s.zhaoxiu, '回复客户', { result: '已返工' }))
  assert.ok((await alarm())[0].closed_at)
})

test('CU-11 from a request in one click: customer, telephone and request are there; by telephone the customer’s requests are suggested', async () => {
  const r = await register(s)
  const c = await complain({ requestId: r.id, channel: 'request', phone: undefined, customerName: undefined })
  const kept = await row(c.id)
  assert.deepEqual([kept.$labels.requestId.includes(r.number), kept.customerName, kept.phone], [true, '张三', '13800000001'])
  const found = (await s.lijie.get('/api/voice/suggest?phone=138 0000 0001')).body
  assert.ok(found.customers.some((x: { name: string }) => x.name === '张三') && found.requests.some((x: { id: string }) => x.id === r.id) && found.complaints.some((x: { id: string }) => x.id === c.id))
  assert.equal((await s.lijie.get(`/api/voice/suggest?requestId=${r.id}`)).body.request.number, r.number)
  assert.deepEqual((await s.lijie.get('/api/voice/suggest?phone=138')).body.customers, [])
})

test('CU-11 wrong words are refused at their field, and who may do what: station its own, region its stations’, head office all', async () => {
  const bad = await s.lijie.post('/api/complaints/register', { unitId: s.units.HZ01, category: 'nonsense', words: '', phone: '12' })
  assert.deepEqual([bad.status, bad.body.details.fields.map((x: { field: string }) => x.field).toSorted()], [400, ['category', 'phone']])
  const empty = await s.lijie.post('/api/complaints/register', { unitId: s.units.HZ01 })
  assert.deepEqual(empty.body.details.fields.map((x: { field: string }) => x.field).toSorted(), ['category', 'words'])
  assert.equal((await s.lijie.post('/api/complaints/register', { unitId: s.units.NB02, ...WORDS })).status, 403)
  const c = await complain()
  const guangzhou = await complain({ unitId: s.units.GZ05 }, s.zuoxi)
  assert.deepEqual([(await s.zhouzhan.get(`/api/complaints/${guangzhou.id}`)).status, (await s.sunqu.get(`/api/complaints/${guangzhou.id}`)).status, (await s.wuzong.get(`/api/complaints/${guangzhou.id}`)).status, (await s.sunqu.get(`/api/complaints/${c.id}`)).status], [404, 404, 200, 200])
  assert.equal((await move(c.id, s.lijie, '处理', { handlerId: LIJIE })).status, 403, 'the manager hands out')
  assert.equal((await s.admin.patch(`/api/complaints/${c.id}`, { result: '改' })).status, 405)
  assert.equal((await s.qianzhi.get(`/api/complaints/${c.id}`)).body.phone, '138****0001')
})

test('CU-11 from the web without signing in: a number and a code, progress by them; a program is thanked and nothing is kept', async () => {
  const form = (await s.app.anonymous.get('/api/public/voice')).body
  assert.deepEqual(form.stations.map((x: { code: string }) => x.code).toSorted(), ['GZ05', 'HZ01', 'NB02'])
  const count = async () => (await s.app.owner.query('select count(*)::int as n from complaint')).rows[0].n as number
  const body = { kind: 'complaint', station: 'HZ01', category: 'speed', words: '修了两周还没有好', name: '张三', phone: '138 0000 0001' }
  const before = await count()
  const robot = await s.app.anonymous.post('/api/public/voice', { ...body, website: 'http://x' })
  assert.deepEqual([robot.status, await count()], [201, before])
  const sent = await s.app.anonymous.post('/api/public/voice', body)
  assert.deepEqual([sent.status, /^TS-HZ01-\d{8}-\d{3}$/.test(sent.body.number), /^\d{4}$/.test(sent.body.code)], [201, true, true], JSON.stringify(sent.body))
  const look = (code: string) => s.app.anonymous.post('/api/public/voice/progress', { number: sent.body.number, code })
  const mine = await look(sent.body.code)
  assert.deepEqual([mine.body.stage, mine.body.ended, mine.body.open], ['待分派', false, false])
  assert.equal((await look(sent.body.code === '1234' ? '4321' : '1234')).status, 404)
  assert.deepEqual((await s.app.anonymous.post('/api/public/voice', { ...body, station: 'XX' })).body.code, 'VOICE_UNIT')
  const wrong = await s.app.anonymous.post('/api/public/voice', { ...body, phone: '12' })
  assert.deepEqual(wrong.body.details.fields.map((x: { field: string }) => x.field), ['phone'])
  const [a, b] = [await s.app.anonymous.post('/api/public/voice', body), await s.app.anonymous.post('/api/public/voice', body)]
  assert.deepEqual([a.status, b.status], [201, 429], 'five tries in ten minutes')
})

test('CU-11 figures: how many, for 1,000 requests, answered in time, opened again; each figure opens its rows', async () => {
  const { body } = await s.zhouzhan.get('/api/complaints/figures?by=category')
  const opens = async (plural: string, filter: unknown): Promise<number> => (await s.zhouzhan.get(`/api/${plural}?limit=200&filter=${encodeURIComponent(JSON.stringify(filter))}`)).body.items.length
  assert.equal(await opens('complaints', body.total.filter), body.total.count)
  for (const l of body.lines) assert.equal(await opens('complaints', l.filter), l.count, l.name)
  const t = body.total
  assert.equal(await opens('complaints', { ...t.filter, answeredAt: { isNull: false }, answeredLate: false }), t.onTime)
  assert.equal(await opens('complaints', { ...t.filter, reopens: { gt: 0 } }), t.reopened)
  assert.equal(await opens('complaints', { ...t.filter, answeredAt: { isNull: true }, dueAt: { lt: body.at } }), t.late)
  assert.equal(await opens('service-requests', t.requestFilter), t.requests)
  assert.equal(t.perThousand, ((t.count * 1000) / t.requests).toFixed(1))
  assert.deepEqual([t.onTimeRate, t.reopenRate], [Math.round((t.onTime * 100) / (t.answered + t.late)), Math.round((t.reopened * 100) / t.count)])
  assert.ok(t.reopened === 1 && t.answered > t.onTime && t.late > 0)
  const unit = (await s.wuzong.get('/api/complaints/figures?by=unit')).body.lines.map((l: { name: string }) => l.name).toSorted()
  assert.deepEqual(unit, ['广州五站', '杭州一站'])
  assert.equal((await s.lijie.get('/api/complaints/figures')).status, 403)
})

test('CU-16 报价 → sales, 服务 → service, 产品 → head office, 其他 → the hotline, by the table', async () => {
  const heard = async (category: string) => { const r = await s.lijie.post('/api/feedback/register', { category, words: '想说一说', phone: '13800000001', customerName: '张三' }); assert.equal(r.status, 201, JSON.stringify(r.body)); return { ...r.body, task: await taskOf(r.body.id, 'feedback', s.admin) } }
  const routed = await Promise.all(['quote', 'service', 'product', 'other'].map(heard))
  assert.deepEqual(routed.map(r => [r.department, r.task.role]), [['销售', 'sales'], ['服务', 'stationManager'], ['产品', 'hq'], ['客服', 'agent']])
  const pool = async (who: Caller) => (await who.get('/api/tasks?box=pool')).body.items.filter((t: { entity: string }) => t.entity === 'feedback').map((t: { recordId: string }) => t.recordId)
  assert.deepEqual([await pool(sales), await pool(s.zhouzhan), await pool(s.wuzong)], [[routed[0].id], [routed[1].id], [routed[2].id]])
})

test('CU-16 an administrator edits the table: the next feedback goes elsewhere', async () => {
  const routes = (await s.admin.get('/api/feedback-routes')).body.items as Array<{ id: string; category: string }>
  assert.equal(routes.length, 4)
  const product = routes.find(r => r.category === 'product')!
  const changed = await s.admin.patch(`/api/feedback-routes/${product.id}`, { department: '客服', roleId: s.roleIds.agent })
  assert.equal(changed.status, 200, JSON.stringify(changed.body))
  assert.equal((await s.lijie.post('/api/feedback/register', { category: 'product', words: '键盘太软了' })).body.department, '客服')
  assert.equal((await s.lijie.post('/api/feedback-routes', { category: 'other' })).status, 403)
})

test('CU-16 closed only with 客户确认: who and when by an agent, or by the link; not solved opens it again', async () => {
  const { body: f } = await s.lijie.post('/api/feedback/register', { category: 'service', words: '建议延长营业时间', customerName: '张三', phone: '13800000001' })
  const complete = async (who: Caller, outcome: string, fields: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => who.post(`/api/tasks/${(await taskOf(f.id, 'feedback')).id}/complete`, { outcome, fields, ...more })
  assert.equal((await complete(s.zhouzhan, 'done')).status, 409)
  ok(await complete(s.zhouzhan, 'done', { result: '周六延到八点' }))
  const open = await complete(s.zhouzhan, 'confirmed')
  assert.deepEqual([open.status, open.body.details.missing], [409, ['确认人']])
  const link = (await s.zhouzhan.get(`/api/feedback/${f.id}/link`)).body.link as string
  ok(await say(link, { satisfied: false, words: '周日也要' }))
  const again = (await s.zhouzhan.get(`/api/feedback/${f.id}`)).body
  assert.deepEqual([again.stage, again.reopens, again.confirmWords, again.confirmedAt], ['handle', 1, '周日也要', null])
  at('2026-11-26 10:00:00')
  ok(await complete(s.zhouzhan, 'done', { result: '周末都延到八点' }))
  ok(await s.lijie.post(`/api/feedback/${f.id}/confirm`, { confirmed: true, by: '张三（电话）' }))
  const end = (await s.zhouzhan.get(`/api/feedback/${f.id}`)).body
  assert.deepEqual([end.stage, end.confirmedBy, wall(end.confirmedAt), end.confirmedVia], ['closed', '张三（电话）', '2026-11-26 10:00', 'agent'])
  const { body: g } = await s.lijie.post('/api/feedback/register', { category: 'service', words: '停车不方便', customerName: '李四' })
  ok(await s.zhouzhan.post(`/api/tasks/${(await taskOf(g.id, 'feedback')).id}/complete`, { outcome: 'done', fields: { result: '已在门口画了车位' } }))
  ok(await say((await s.zhouzhan.get(`/api/feedback/${g.id}/link`)).body.link, { satisfied: true }))
  const byLink = (await s.zhouzhan.get(`/api/feedback/${g.id}`)).body
  assert.deepEqual([byLink.stage, byLink.confirmedBy, byLink.confirmedVia], ['closed', '客户 李四', 'link'])
})

test('BH-2.3 QR rating 5 after a ticket at counter 3 → row {ticket, 甲, 5}; second scan → 409 已评价; who was not served yet cannot', async () => {
  at('2026-11-26 10:00:00')
  const t = await take(s)
  await s.lijie.post(`/api/service-requests/${t.id}/call`, { counter: '3' })
  const url = '/api/public/rate/HZ01/3'
  assert.equal((await s.app.anonymous.post(url, { ticket: t.number, score: 5 })).status, 404)
  await s.lijie.post(`/api/service-requests/${t.id}/move`, { to: '接待' })
  const page = (await s.app.anonymous.get(url)).body
  assert.deepEqual([page.ticket, page.person, page.counter, page.score], [t.number, '李接', '3', null])
  for (const score of [0, 6, 2.5, '5']) assert.equal((await s.app.anonymous.post(url, { ticket: t.number, score })).status, 400)
  const given = await s.app.anonymous.post(url, { ticket: t.number, score: 5, tags: ['attitude'] })
  assert.deepEqual([given.status, given.body.ticket, given.body.person, given.body.score], [201, t.number, '李接', 5])
  const [kept] = (await s.zhouzhan.get('/api/counter-ratings')).body.items
  assert.deepEqual([kept.number, kept.$labels.personId, kept.score, kept.counter], [t.number, '李接', 5, '3'])
  const second = await s.app.anonymous.post(url, { ticket: t.number, score: 1 })
  assert.deepEqual([second.status, second.body.code, second.body.message], [409, 'RATING_GIVEN', '已评价'])
  assert.equal((await s.app.anonymous.get('/api/public/rate/HZ01/9')).body.ticket, null)
  assert.equal((await s.app.anonymous.post('/api/public/rate/HZ01/2', { ticket: t.number, score: 1 })).status, 404)
})

test('BH-2.3 three taps at once are one rating; 2 or fewer opens a follow-up for the manager; an evaluator posts with its token, for its own places only', async () => {
  const t = await take(s)
  await s.lijie.post(`/api/service-requests/${t.id}/call`, { counter: '1' })
  await s.lijie.post(`/api/service-requests/${t.id}/move`, { to: '接待' })
  const taps = await Promise.all([1, 2, 3].map(() => s.app.anonymous.post('/api/public/rate/HZ01/1', { ticket: t.number, score: 2, words: '不耐烦' })))
  assert.deepEqual(taps.map(x => x.status).toSorted(), [201, 409, 409])
  const todos = (await s.zhouzhan.get('/api/tasks?box=mine')).body.items.filter((x: { title: string }) => x.title.startsWith('回访'))
  assert.deepEqual(todos.map((x: { title: string }) => x.title), [`回访：${t.number} 台席评 2 分`])
  const device = await s.app.person({ username: 'pingjiaqi', name: '评价器', unitId: s.units.HZ01, roleIds: [s.roleIds.kiosk!] })
  const u = await take(s)
  await s.lijie.post(`/api/service-requests/${u.id}/call`, { counter: '2' })
  await s.lijie.post(`/api/service-requests/${u.id}/move`, { to: '接待' })
  const posted = await device.post('/api/counter-ratings/post', { unit: 'HZ01', counter: '2', ticket: u.number.split('-').at(-1), score: 4 })
  assert.deepEqual([posted.status, posted.body.ticket, posted.body.person], [201, u.number, '李接'], JSON.stringify(posted.body))
  assert.equal((await device.post('/api/counter-ratings/post', { unit: 'HZ01', counter: '2', score: 4 })).status, 409, 'the last one at the counter has rated')
  assert.equal((await s.lijie.post('/api/counter-ratings/post', { unit: 'HZ01', counter: '2', score: 4 })).status, 403)
  const { body } = await s.zhouzhan.get('/api/counter-ratings/figures?by=counter')
  assert.deepEqual([body.total.count, body.total.mean, body.total.satisfied, body.lines.length], [3, '3.67', 67, 3])
  for (const by of ['counter', 'person', 'unit']) for (const l of (await s.zhouzhan.get(`/api/counter-ratings/figures?by=${by}`)).body.lines) assert.equal((await s.zhouzhan.get(`/api/counter-ratings?filter=${encodeURIComponent(JSON.stringify(l.filter))}`)).body.items.length, l.count, l.name)
  assert.equal((await s.wangjian.get('/api/counter-ratings/figures')).status, 403)
})

test('CU-11 handed to another station with a reason: that station’s to assign, nobody’s here any more, the time limit goes on, and the history keeps who, where and why', async () => {
  at('2026-11-27 09:00:00')
  const ningbo = await s.app.person({ username: 'maozhan', name: '毛站', unitId: s.units.NB02, roleIds: [s.roleIds.stationManager!] })
  const to = (id: string, unitId: string, reason: string, who = s.zhouzhan) => who.post(`/api/complaints/${id}/transfer`, { unitId, reason })
  for (const stage of ['assign', 'handle', 'reply'] as const) {
    const c = await complain({ severity: 'serious' })
    if (stage !== 'assign') ok(await move(c.id, s.zhouzhan, '处理', { handlerId: LIJIE }))
    if (stage === 'reply') ok(await move(c.id, s.lijie, '回复客户', { result: '查过了' }))
    const before = await taskOf(c.id)
    assert.equal((await ningbo.get(`/api/complaints/${c.id}`)).status, 404)
    assert.deepEqual([(await to(c.id, s.units.NB02, '在那里修的', s.lijie)).status, (await to(c.id, s.units.NB02, '在那里修的', ningbo)).status], [403, 404], 'who works on it does not hand it away, and who has it not does not fetch it')
    const wrong = [await to(c.id, s.units.NB02, ' '), await to(c.id, s.units.HZ01, '转给自己'), await to(c.id, c.id, '没有这个站')]
    assert.deepEqual(wrong.map(r => [r.status, r.body.code]), [[400, 'INVALID'], [409, 'VOICE_SAME_UNIT'], [400, 'VOICE_UNIT']])
    ok(await to(c.id, s.units.NB02, '机器是宁波修的'))
    assert.equal((await s.zhouzhan.get(`/api/complaints/${c.id}`)).status, 404, 'theirs now')
    const kept = await row(c.id, ningbo), task = await taskOf(c.id, 'complaint', ningbo)
    assert.deepEqual([kept.stage, kept.unitId, kept.handlerId, kept.ownerId, kept.dueAt, kept.number], ['assign', s.units.NB02, null, null, c.dueAt, c.number])
    assert.deepEqual([task.nodeId, task.assigneeName, stage === 'assign' ? task.id === before.id : task.id !== before.id], ['assign', null, true], stage)
    const mine = async (who: Caller, box: string) => (await who.get(`/api/tasks?box=${box}`)).body.items.some((x: { recordId: string }) => x.recordId === c.id)
    assert.deepEqual([await mine(s.zhouzhan, 'pool'), await mine(s.lijie, 'mine'), await mine(ningbo, 'pool')], [false, false, true], stage)
    const act = (await ningbo.get(`/api/complaints/${c.id}/history`)).body.find((x: { act: string }) => x.act === 'transfer')
    assert.deepEqual([act.actorName, act.note], ['周站', { from: '杭州一站', to: '宁波二站', reason: '机器是宁波修的' }])
    assert.equal((await taskOf(c.id, 'complaint', ningbo)).name, '分派')
    ok(await move(c.id, ningbo, '处理', { handlerId: await idOf('maozhan') }))
    ok(await move(c.id, ningbo, '回复客户', { result: '已处理' }))
  }
  const done = await answered()
  assert.equal((await to(done.id, s.units.NB02, '晚了')).body.code, 'VOICE_NOT_NOW')
})

test('CU-11 late and handed over: the alarm of the old station is closed and the new one hears at once', async () => {
  at('2026-11-27 10:00:00')
  const c = await complain({ severity: 'grave' })
  at('2026-11-27 10:45:00'); await s.app.worker!.idle()
  const alarms = async () => (await s.app.owner.query("select kind, recipient_ids, closed_at from alarm where record_id = $1 order by kind", [c.id])).rows as Array<{ kind: string; recipient_ids: string[]; closed_at: Date | null }>
  const zhouzhan = await idOf('zhouzhan'), maozhan = await idOf('maozhan')
  assert.ok((await alarms()).some(a => a.kind === 'late' && !a.closed_at && a.recipient_ids.includes(zhouzhan)), JSON.stringify(await alarms()))
  ok(await s.sunqu.post(`/api/complaints/${c.id}/transfer`, { unitId: s.units.NB02, reason: '宁波的客户' }))
  assert.ok((await alarms()).every(a => a.closed_at))
  await s.app.worker!.idle()
  const open = (await alarms()).filter(a => !a.closed_at)
  assert.deepEqual(open.map(a => [a.kind, a.recipient_ids.includes(maozhan), a.recipient_ids.includes(zhouzhan)]), [['late', true, false]])
})
