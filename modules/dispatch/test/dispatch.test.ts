import assert from 'node:assert/strict'
import { test } from 'node:test'
import { doStage, openTask, register, walkTo } from '@quancheng/service/testing'
import { entries, repairStep, shop } from './shop.ts'

const s = await shop({ worker: true })
const automatic = await s.make('dispatchRule', { unitId: s.units.east, nodeId: 'repair', mode: 'suggest' })
const mode = async (to: string) => { const r = await s.admin.patch(`/api/dispatch-rules/${automatic}`, { mode: to }); assert.equal(r.status, 200, JSON.stringify(r.body)); await s.settled() }
const poolAlarms = async (stepId: string) => (await s.app.owner.query("select title, recipient_ids from alarm where step_key = $1 and kind = 'pool' and closed_at is null", [stepId])).rows

test('CE-04 where it is only suggested the work stays in the pool, and the manager sees who fits and why, and assigns with a click', async () => {
  const r = await s.toRepair('board')
  const step = await repairStep(s, r.id)
  assert.equal(step.assignee_id, null)
  const board = await s.zhouzhan.get('/api/dispatch')
  assert.equal(board.status, 200, JSON.stringify(board.body))
  const work = board.body.work.find((w: { id: string }) => w.id === step.id)
  assert.deepEqual([work.needs, work.chosenId, work.fault, board.body.modes.repair], [[{ name: '主板', level: 3 }], s.zhaoxiu.userId, '主板故障', 'suggest'])
  assert.deepEqual(work.ranked.map((x: { name: string; fits: boolean; text: string }) => [x.name, x.fits, x.text]), [['赵修', true, '会主板（4 级），在手 0/5'], ['何志远', false, '不会主板']])
  const person = board.body.people.find((p: { name: string }) => p.name === '赵修')
  assert.deepEqual([person.open, person.limit, person.skills.map((k: { name: string; level: number }) => [k.name, k.level])], [0, 5, [['主板', 4]]])
  const given = await s.zhouzhan.post(`/api/dispatch/${step.id}/assign`, { personId: s.hezhi.userId })
  assert.deepEqual([given.status, given.body.fits, given.body.why], [200, false, '周站派给何志远：不会主板'])
  assert.equal((await repairStep(s, r.id)).assignee_id, s.hezhi.userId)
  assert.deepEqual((await entries(s, r.id)).map(e => [e.how, e.person_id]), [['manual', s.hezhi.userId]])
  await s.app.owner.query("update process_step set state = 'done' where id = $1", [step.id])
})

test('CE-04 automatic: a 主板 request goes to 赵修, with the reason; a 屏幕 request to the other', async () => {
  await mode('automatic')
  const board = await s.toRepair('board')
  assert.equal((await repairStep(s, board.id)).assignee_id, s.zhaoxiu.userId)
  assert.deepEqual((await entries(s, board.id)).map(e => [e.how, e.why]), [['automatic', '派给赵修：会主板（4 级），在手 0/5；何志远：不会主板']])
  assert.equal((await s.zhaoxiu.get('/api/tasks?box=mine')).body.items.some((t: { recordId: string }) => t.recordId === board.id), true)
  const screen = await s.toRepair('screen')
  assert.equal((await repairStep(s, screen.id)).assignee_id, s.hezhi.userId)
  await doStage(s, board.id)
  await doStage(s, screen.id, { who: s.hezhi })
  await s.settled()
})

test('CE-04 both full: the work lies in the pool, the manager is alarmed with the reasons; a hand that comes free takes it, and the alarm closes', async () => {
  const limits = [await s.make('workProfile', { personId: s.zhaoxiu.userId, maxOpen: 1 }), await s.make('workProfile', { personId: s.hezhi.userId, maxOpen: 0 })]
  await s.settled()
  const first = await s.toRepair('board'), second = await s.toRepair('board')
  assert.equal((await repairStep(s, first.id)).assignee_id, s.zhaoxiu.userId)
  const waiting = await repairStep(s, second.id)
  assert.deepEqual([waiting.assignee_id, waiting.state], [null, 'waiting'])
  const [alarm] = await poolAlarms(waiting.id)
  assert.match(alarm.title, /待维修：没有可派的人；赵修：已满 1\/1；何志远：不会主板，不派活/)
  assert.deepEqual(alarm.recipient_ids, [s.zhouzhan.userId])
  assert.equal((await s.zhaoxiu.get('/api/tasks?box=pool')).body.items.some((t: { id: string }) => t.id === waiting.id), true)
  await doStage(s, first.id)
  await s.settled()
  assert.equal((await repairStep(s, second.id)).assignee_id, s.zhaoxiu.userId)
  assert.deepEqual([await poolAlarms(waiting.id), (await entries(s, second.id)).map(e => e.how)], [[], ['nobody', 'automatic']])
  await doStage(s, second.id)
  for (const [i, id] of limits.entries()) await s.admin.patch(`/api/work-profiles/${id}`, { maxOpen: 5 + i })
  await s.settled()
})

test('CE-04 two requests at once for one free hand: one has it, the other waits', async () => {
  const profile = (await s.app.owner.query('select id from work_profile where person_id = $1', [s.zhaoxiu.userId])).rows[0].id
  assert.equal((await s.admin.patch(`/api/work-profiles/${profile}`, { maxOpen: 1 })).status, 200)
  await s.settled()
  const quoted = []
  for (let i = 0; i < 2; i++) { const r = await register(s); await walkTo(s, r.id, 'quote'); quoted.push(r) }
  await Promise.all(quoted.map(r => doStage(s, r.id)))
  const steps = await Promise.all(quoted.map(r => repairStep(s, r.id)))
  assert.deepEqual(steps.map(x => x.assignee_id).toSorted((a, b) => Number(a === null) - Number(b === null)), [s.zhaoxiu.userId, null])
  await s.app.owner.query("update process_step set state = 'done' where id = any($1)", [steps.map(x => x.id)])
  await s.admin.patch(`/api/work-profiles/${profile}`, { maxOpen: 5 })
  await s.settled()
})

test('CE-04 who is absent gets nothing', async () => {
  const day = '2026-11-23'
  const away = await s.make('absence', { personId: s.zhaoxiu.userId, fromDay: day, untilDay: '2026-11-25', reason: '培训' })
  const r = await s.toRepair('board')
  const step = await repairStep(s, r.id)
  assert.equal(step.assignee_id, null)
  assert.match((await entries(s, r.id))[0]!.why, /赵修：不在岗（培训，到 11-25）/)
  assert.equal((await s.admin.remove(`/api/absences/${away}`)).status < 300, true)
  await s.settled()
  assert.equal((await repairStep(s, r.id)).assignee_id, s.zhaoxiu.userId)
  assert.equal((await openTask(s, r.id)).assigneeId, s.zhaoxiu.userId)
})

test('CE-04 the nearest unit’s rule counts, and another station’s work is not looked at', async () => {
  const own = await s.make('dispatchRule', { unitId: s.units.HZ01, nodeId: 'repair', mode: 'off' })
  const r = await s.toRepair('board')
  assert.deepEqual([(await repairStep(s, r.id)).assignee_id, await entries(s, r.id)], [null, []])
  assert.equal((await s.admin.remove(`/api/dispatch-rules/${own}`)).status < 300, true)
  await s.settled()
  assert.equal((await repairStep(s, r.id)).assignee_id, s.zhaoxiu.userId, 'the region’s automatic counts again')
})

test('CE-04 who may: the manager of the station and those above; others are refused, and nobody is given what is not theirs to do', async () => {
  const r = await s.toRepair('board')
  const { id } = await repairStep(s, r.id)
  for (const who of [s.lijie, s.zhaoxiu, s.qianzhi]) assert.equal((await who.get('/api/dispatch')).status, 403)
  assert.equal((await s.zhaoxiu.post(`/api/dispatch/${id}/assign`, { personId: s.hezhi.userId })).status, 403)
  assert.equal((await s.sunqu.get('/api/dispatch')).body.unit.code, 'HZ01')
  assert.equal((await s.sunqu.get(`/api/dispatch?unitId=${s.units.GZ05}`)).status, 403)
  const wrong = await s.zhouzhan.post(`/api/dispatch/${id}/assign`, { personId: s.lijie.userId })
  assert.deepEqual([wrong.status, wrong.body.code], [400, 'NOT_A_CANDIDATE'])
  assert.equal((await s.zhouzhan.post(`/api/dispatch/${id}/assign`, { personId: 'x' })).status, 400)
  assert.equal((await s.zhouzhan.get(`/api/dispatch/${id}`)).body.ranked.length, 2)
  const bad = await s.zhouzhan.post('/api/absences', { personId: s.zhaoxiu.userId, fromDay: '2026-11-25', untilDay: '2026-11-24' })
  assert.deepEqual([bad.status, bad.body.details.fields[0].field], [400, 'untilDay'])
  assert.equal((await s.zhouzhan.post('/api/person-skills', { personId: s.hezhi.userId, skillId: s.skill.主板, level: 6 })).status, 400)
})
