import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, createApp, remove, schedule } from '@quancheng/kernel'
import { station } from './station.ts'
import { at, doStage, openTask, register, take, wall, walkTo } from './walk.ts'

const s = await station({ worker: true })
const ring = async (when: string): Promise<void> => { at(s, when); await s.app.worker!.idle() }
const alarms = async (id: string, kind = 'late') => (await s.app.owner.query('select * from alarm where record_id = $1 and kind = $2 order by raised_at', [id, kind])).rows
const recipients = async (id: string, kind = 'late') => {
  const { rows } = await s.app.owner.query('select u.name from alarm a join "user" u on u.id = any(a.recipient_ids) where a.record_id = $1 and a.kind = $2 order by u.name', [id, kind])
  return rows.map((r: { name: string }) => r.name).toSorted()
}
const standard = (o: Record<string, unknown>) => s.app.system(ctx => create(ctx, ctx.entities.get('timeStandard'), o))
const due = async (id: string) => { const t = await openTask(s, id); return [t.nodeId, wall(t.warnAt), wall(t.dueAt)] }

test('SP-06 维修 of 240 minutes entered on Friday 2026-09-18 17:00 warns on Sunday 09-20 11:12 and is due at 12:00, a make-up workday', async () => {
  at(s, '2026-09-18 16:50')
  const { id } = await register(s)
  await walkTo(s, id, 'quote')
  at(s, '2026-09-18 17:00')
  await doStage(s, id)
  assert.deepEqual(await due(id), ['repair', '2026-09-20 11:12', '2026-09-20 12:00'])
})

test('SP-06 entered at 16:00 and paused from 17:00 until Sunday 11:00, it is due at 15:30, and the pause is not counted as work', async () => {
  at(s, '2026-09-18 15:50')
  const { id } = await register(s)
  await walkTo(s, id, 'quote')
  at(s, '2026-09-18 16:00')
  await doStage(s, id)
  const task = await openTask(s, id)
  await s.zhaoxiu.post(`/api/tasks/${task.id}/claim`)
  at(s, '2026-09-18 17:00')
  const wrong = await s.zhaoxiu.post(`/api/tasks/${task.id}/pause`, { reason: '吃饭' })
  assert.deepEqual([wrong.body.code, wrong.body.details.allowed], ['PAUSE_REASON', ['待件', '待客户']])
  assert.equal((await s.zhaoxiu.post(`/api/tasks/${task.id}/pause`, { reason: '待件' })).body.state, 'paused')
  assert.equal((await s.zhaoxiu.post(`/api/tasks/${task.id}/pause`, { reason: '待件' })).body.code, 'TASK_PAUSED')
  assert.equal((await s.zhaoxiu.post(`/api/tasks/${task.id}/complete`, { outcome: 'fixed' })).body.code, 'TASK_PAUSED')
  await ring('2026-09-20 11:00')
  assert.equal((await alarms(id)).length, 0, 'a stopped clock raises nothing')
  const resumed = await s.zhaoxiu.post(`/api/tasks/${task.id}/resume`)
  assert.deepEqual([resumed.body.state, wall(resumed.body.dueAt), wall(resumed.body.warnAt), resumed.body.minutesUsed, resumed.body.minutesLeft], ['active', '2026-09-20 15:30', '2026-09-20 14:42', 60, 180])
  assert.equal((await s.zhaoxiu.post(`/api/tasks/${task.id}/resume`)).body.code, 'TASK_NOT_PAUSED')
  at(s, '2026-09-20 12:00')
  const { stage, minutes, late } = await doStage(s, id)
  assert.deepEqual([stage, minutes, late], ['质检', 120, false])
})

test('SP-06 a pause over the National Day holiday costs only the working minutes in it', async () => {
  at(s, '2026-09-30 15:50')
  const { id } = await register(s)
  await walkTo(s, id, 'repair')
  const task = await openTask(s, id)
  at(s, '2026-09-30 16:00')
  await s.zhaoxiu.post(`/api/tasks/${task.id}/pause`, { reason: '待客户' })
  at(s, '2026-10-08 09:30')
  const resumed = (await s.zhaoxiu.post(`/api/tasks/${task.id}/resume`)).body
  // 10 of 240 minutes used before it, 30 on the first working day lie inside it: 230 left from 09:30
  assert.deepEqual([resumed.minutesUsed, wall(resumed.dueAt)], [10, '2026-10-08 14:50'])
})

test('SP-06 of the standards for a product line and a tier the most particular counts', async () => {
  at(s, '2026-11-23 09:00')
  const other = await s.app.system(async ctx => (await create(ctx, ctx.entities.get('productLine'), { code: 'PH', name: '手机' })).id)
  const tier = (name: string, value: string) => s.app.owner.query('update customer set tier = $2 where name = $1', [name, value])
  await standard({ processKey: 'repair', nodeId: 'inspect', minutes: 50 })
  const one = await register(s)
  await walkTo(s, one.id, 'inspect')
  assert.equal((await due(one.id))[2], '2026-11-23 09:50')
  await standard({ processKey: 'repair', nodeId: 'inspect', tier: 'gold', minutes: 40 })
  await standard({ processKey: 'repair', nodeId: 'inspect', productLineId: s.lineId, minutes: 30 })
  await standard({ processKey: 'repair', nodeId: 'inspect', productLineId: other, tier: 'gold', minutes: 5 })
  const two = await register(s)
  await walkTo(s, two.id, 'inspect')
  assert.equal((await due(two.id))[2], '2026-11-23 09:30', 'the line counts more than nothing')
  await standard({ processKey: 'repair', nodeId: 'inspect', productLineId: s.lineId, tier: 'gold', minutes: 20, warnPercent: 50 })
  const three = await register(s)
  await tier('张三', 'gold')
  await walkTo(s, three.id, 'inspect')
  assert.deepEqual(await due(three.id), ['inspect', '2026-11-23 09:10', '2026-11-23 09:20'])
  await s.app.system(async ctx => { for (const { id } of await ctx.query<{ id: string }>('select id from time_standard where tenant_id = $1', [ctx.tenant.id])) await remove(ctx, ctx.entities.get('timeStandard'), id) })
})

test('SP-07 检验 of 60 minutes: at 61 there is one alarm to 王检 and 周站, ten looks later still one, and finishing closes it with its length', async () => {
  at(s, '2026-11-23 09:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  const task = await openTask(s, id)
  await s.wangjian.post(`/api/tasks/${task.id}/claim`)
  await ring('2026-11-23 09:48')
  assert.equal((await alarms(id)).length, 0)
  assert.equal((await openTask(s, id)).lateness, 'warn')
  await ring('2026-11-23 10:01')
  assert.deepEqual(await recipients(id), ['周站', '王检'].toSorted())
  for (let i = 0; i < 10; i++) {
    await s.app.system(ctx => schedule(ctx, { kind: 'process.sla', dueAt: ctx.now(), payload: { stepId: task.id } }))
    await s.app.worker!.idle()
  }
  const [alarm, ...more] = await alarms(id)
  assert.deepEqual([more.length, alarm.level, alarm.title, alarm.closed_at], [0, 1, alarm.title, null])
  assert.match(alarm.title, /^HZ01-20261123-\d{4} 检验超时$/)
  const shown = (await s.wangjian.get(`/api/alarms?filter=${encodeURIComponent(JSON.stringify({ recordId: id }))}`)).body.items
  assert.deepEqual(shown.map((a: { kind: string; stage: string; $labels: Record<string, string> }) => [a.kind, a.stage, a.$labels.ownerId]), [['late', '检验', '王检']])
  at(s, '2026-11-23 10:21')
  const done = await doStage(s, id)
  assert.deepEqual([done.minutes, done.late], [81, true])
  const [closed] = await alarms(id)
  assert.deepEqual([wall(closed.closed_at), closed.minutes], ['2026-11-23 10:21', 20])
  await ring('2026-11-23 11:30')
  assert.equal((await alarms(id)).length, 1, 'a step that is over is never late again')
})

test('SP-07 at twice the standard the region hears of it, and whoever takes the step over owns the alarm', async () => {
  at(s, '2026-11-24 09:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  await ring('2026-11-24 10:00')
  assert.deepEqual(await recipients(id), ['周站'])
  await ring('2026-11-24 11:00')
  assert.deepEqual(await recipients(id), ['周站', '孙区'].toSorted())
  assert.equal((await alarms(id))[0].level, 2)
  await s.wangjian.post(`/api/tasks/${(await openTask(s, id)).id}/claim`)
  assert.deepEqual([(await alarms(id))[0].owner_id, (await alarms(id))[0].level], [s.wangjian.userId, 2])
  assert.equal((await alarms(id, 'pool'))[0].closed_at !== null, true)
})

test('SP-17 nobody takes the inspection: it stays in the pool, 周站 hears of it after 30 minutes, and taking it names its owner', async () => {
  at(s, '2026-11-25 09:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  const task = await openTask(s, id)
  assert.deepEqual([task.state, task.assigneeId, (await s.zhouzhan.get(`/api/service-requests/${id}`)).body.ownerId], ['waiting', null, null])
  assert.ok((await s.wangjian.get('/api/tasks?box=pool')).body.items.some((t: { id: string }) => t.id === task.id))
  await ring('2026-11-25 09:29')
  assert.equal((await alarms(id, 'pool')).length, 0)
  await ring('2026-11-25 09:30')
  assert.deepEqual(await recipients(id, 'pool'), ['周站'])
  await s.wangjian.post(`/api/tasks/${task.id}/claim`)
  assert.deepEqual([(await openTask(s, id)).assigneeId, (await s.zhouzhan.get(`/api/service-requests/${id}`)).body.ownerId], [s.wangjian.userId, s.wangjian.userId])
  assert.notEqual((await alarms(id, 'pool'))[0].closed_at, null)
  await s.wangjian.post(`/api/tasks/${task.id}/release`)
  await ring('2026-11-25 09:59')
  assert.notEqual((await alarms(id, 'pool'))[0].closed_at, null)
  await ring('2026-11-25 10:00')
  assert.equal((await alarms(id, 'pool'))[0].closed_at, null, 'put back, it is watched anew from then on')
})

test('SP-08 three failed calls raise 通知不到用户, however many are logged at once; a success closes it and counts from nought', async () => {
  at(s, '2026-11-26 09:00')
  const { id } = await register(s)
  const call = (succeeded: boolean) => s.lijie.post(`/api/service-requests/${id}/contact-attempts`, { channel: 'call', succeeded })
  for (let i = 0; i < 2; i++) assert.equal((await call(false)).status, 201)
  assert.equal((await alarms(id, 'unreachable')).length, 0)
  await call(false)
  const [raised] = await alarms(id, 'unreachable')
  assert.match(raised.title, /通知不到用户（3次）$/)
  assert.deepEqual([raised.count, await recipients(id, 'unreachable')], [3, ['周站', '李接'].toSorted()])
  assert.deepEqual((await Promise.all([call(false), call(false)])).map(r => r.status), [201, 201])
  assert.deepEqual((await alarms(id, 'unreachable')).map(a => [a.count, a.closed_at]), [[5, null]])
  await call(true)
  assert.notEqual((await alarms(id, 'unreachable'))[0].closed_at, null)
  await call(false); await call(false)
  assert.notEqual((await alarms(id, 'unreachable'))[0].closed_at, null, 'the counter began at 0')
  const fresh = await register(s)
  await Promise.all([1, 2, 3].map(() => s.lijie.post(`/api/service-requests/${fresh.id}/contact-attempts`, { channel: 'sms', succeeded: false })))
  assert.deepEqual((await alarms(fresh.id, 'unreachable')).map(a => a.count), [3])
  await doStage(s, fresh.id, { to: '拒修', comment: '客户取消' })
  assert.notEqual((await alarms(fresh.id, 'unreachable'))[0].closed_at, null, 'a request that ended has nobody to reach')
})

test('待取机 is reminded of after one, three and seven days and is 滞留 after thirty, day and night alike', async () => {
  at(s, '2026-11-27 15:00')
  const { id } = await register(s)
  await walkTo(s, id, 'pickup')
  const counts: unknown[] = []
  for (const when of ['2026-11-28 14:59', '2026-11-28 15:00', '2026-11-30 15:00', '2026-12-04 15:00', '2026-12-27 14:59', '2026-12-27 15:00']) {
    await ring(when)
    counts.push([(await alarms(id, 'remind'))[0]?.count ?? 0, (await alarms(id, 'late')).length])
  }
  assert.deepEqual(counts, [[0, 0], [1, 0], [2, 0], [3, 0], [3, 0], [3, 1]])
  assert.match((await alarms(id, 'remind'))[0].title, /待取机已 7 天$/)
  await doStage(s, id)
  assert.deepEqual([...(await alarms(id, 'remind')), ...(await alarms(id, 'late'))].map(a => a.closed_at === null), [false, false])
  const left = await s.app.owner.query("select count(*)::int as n from job where payload->>'stepId' in (select s.id::text from process_step s join process_instance i on i.id = s.instance_id where i.record_id = $1)", [id])
  assert.equal(left.rows[0].n, 0, 'a request that ended leaves no clock behind')
})

test('clocks ring for twelve late stages while they are being finished: nobody waits in vain, and no alarm outlives its stage', async () => {
  at(s, '2026-12-08 09:00')
  const ids = await Promise.all(Array.from({ length: 12 }, async () => (await register(s)).id))
  for (const id of ids) await walkTo(s, id, 'inspect')
  const ticked = ['powerOn', 'reproduce', 'liquid'], fields = { faultCode: 'board', inspectionResult: '主板' }
  at(s, '2026-12-08 10:01')
  const ringing = s.app.worker!.idle()
  const answers = await Promise.all(ids.map(id => s.wangjian.post(`/api/service-requests/${id}/move`, { to: '报价', fields, ticked })))
  await ringing
  assert.deepEqual(answers.filter(a => a.status !== 200).map(a => a.body), [])
  await ring('2026-12-08 10:02')
  const { rows } = await s.app.owner.query("select a.kind from alarm a join process_step s on s.id::text = a.step_key where a.record_id = any($1) and a.closed_at is null and s.state = 'done'", [ids])
  assert.deepEqual(rows, [])
  const dead = await s.app.owner.query('select kind, last_error from job where attempts > 0')
  assert.deepEqual(dead.rows, [])
})

test('SP-06 a day that becomes a holiday moves the due times of open stages, closes the alarm that stood on the old time, and back', async () => {
  at(s, '2026-12-24 17:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  assert.deepEqual((await due(id))[2], '2026-12-24 18:00')
  const two = await register(s)
  await walkTo(s, two.id, 'quote')
  assert.deepEqual((await due(two.id)), ['quote', '2026-12-25 15:30', '2026-12-25 17:00'])
  const calendar = (await s.admin.get('/api/calendars')).body.items[0].id
  await s.admin.post(`/api/calendars/${calendar}/day`, { date: '2026-12-25', kind: 'off' })
  await s.app.worker!.idle()
  assert.deepEqual((await due(two.id)), ['quote', '2026-12-28 15:30', '2026-12-28 17:00'])
  await ring('2026-12-28 17:01')
  assert.equal((await alarms(two.id)).filter(a => a.closed_at === null).length, 1)
  await s.admin.post(`/api/calendars/${calendar}/day`, { date: '2026-12-28', kind: 'off' })
  await s.app.worker!.idle()
  assert.deepEqual((await due(two.id))[2], '2026-12-29 17:00')
  assert.equal((await alarms(two.id)).filter(a => a.closed_at === null).length, 0)
})

test('clocks survive the program: what was due while it was down rings when another one comes up on the same database', async () => {
  at(s, '2026-12-30 09:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  await s.app.worker!.stop()
  at(s, '2026-12-30 10:30')
  assert.equal((await alarms(id)).length, 0)
  const again = await createApp({ connection: s.app.connection, modules: s.app.runtime.modules.slice(1), worker: true, now: () => s.app.clock!.now, log: () => {} })
  try {
    await again.worker!.idle()
    assert.deepEqual([(await alarms(id)).length, (await alarms(id, 'pool')).length], [1, 1])
    at(s, '2026-12-30 11:00')
    await again.worker!.idle()
    assert.equal((await alarms(id))[0].level, 2)
  } finally { await again.close() }
  assert.ok(await take(s))
})
