import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '@quancheng/kernel/testing'
import { station } from './station.ts'
import { at, doStage, openTask, register, rowCounts, take, ticksOf, walkTo } from './walk.ts'

const s = await station()
at(s, '2026-11-23 09:02:10')
const MUST = ['appearance', 'serialChecked', 'backupNotice', 'greeting', 'backup', 'duration']
const move = (who: Caller, id: string, body: Record<string, unknown>) => who.post(`/api/service-requests/${id}/move`, body)
const row = async (id: string) => (await s.zhouzhan.get(`/api/service-requests/${id}`)).body

test('SP-04 外观检查 is open: the move to 维修 is refused with what is missing and what is allowed, and stores nothing', async () => {
  const { id } = await register(s, { serialNo: 'SP04A' })
  for (const item of MUST.filter(m => m !== 'appearance')) assert.equal((await s.lijie.post(`/api/tasks/${(await openTask(s, id)).id}/tick`, { item })).status, 200)
  const before = await rowCounts(s), was = await row(id)
  for (const to of ['维修', '检验']) {
    const refused = await move(s.lijie, id, { to, comment: '客户着急' })
    assert.equal(refused.status, 409)
    assert.deepEqual([refused.body.code, refused.body.details.missing, refused.body.details.allowed], ['ACTIVITY_UNFINISHED', ['外观检查'], ['检验', '拒修']])
    assert.equal(refused.body.message, '本环节还没有完成：外观检查')
  }
  assert.deepEqual(await rowCounts(s), before)
  assert.deepEqual(await row(id), was)
  assert.equal((await s.lijie.get(`/api/service-requests/${id}/comments`)).body.items.length, 0)
})

test('SP-04 what was typed and ticked with a refused move is not kept either; the same move complete is', async () => {
  const { id, taskId } = await register(s, { serialNo: 'SP04B' })
  const refused = await move(s.lijie, id, { to: '检验', ticked: ['appearance'], fields: { faultDescription: '进水' } })
  assert.equal(refused.status, 409)
  assert.equal((await row(id)).faultDescription, '开不了机')
  assert.equal((await s.lijie.get(`/api/tasks/${taskId}`)).body.items[0].ticked, false)
  const done = await move(s.lijie, id, { to: '检验', ticked: MUST, fields: { faultDescription: '进水' }, comment: '客户着急' })
  assert.deepEqual([done.status, done.body.stage], [200, '检验'])
  assert.equal((await row(id)).faultDescription, '进水')
  assert.deepEqual((await s.lijie.get(`/api/service-requests/${id}/comments`)).body.items.map((c: { text: string }) => c.text), ['客户着急'])
})

test('SP-04 everything is done but the target is not next: the move says where it can go', async () => {
  const { id } = await register(s, { serialNo: 'SP04C' })
  const refused = await move(s.lijie, id, { to: '维修', ticked: MUST })
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.allowed], [409, 'MOVE_NOT_ALLOWED', ['检验', '拒修']])
})

test('SP-30 dragging a card from 接待 to 维修 is a move: refused with the reason, and the card is back in its lane', async () => {
  const { id } = await register(s, { serialNo: 'SP30A' })
  const dragged = await move(s.lijie, id, { to: 'repair' })
  assert.equal(dragged.status, 409)
  assert.match(dragged.body.message, /^本环节还没有完成：外观检查、核对序列号、告知数据备份/)
  const board = (await s.zhouzhan.get('/api/service/board')).body
  const lane = board.lanes.find((l: { cards: Array<{ id: string }> }) => l.cards.some(c => c.id === id))
  assert.deepEqual([lane.nodeId, lane.name], ['reception', '接待'])
  assert.deepEqual(board.lanes.map((l: { name: string }) => l.name), ['待接待', '接待', '检验', '报价', '维修', '质检', '待取机'])
})

test('SP-21 接待 shows five script lines, three to be ticked; finishing with two ticks is refused and names the third', async () => {
  const { id, taskId } = await register(s, { serialNo: 'SP21A' })
  const task = (await s.lijie.get(`/api/tasks/${taskId}`)).body
  assert.deepEqual([task.script.length, task.script.filter((l: { required: boolean }) => l.required).length], [5, 3])
  assert.match(task.guide, /先听客户说完/)
  const refused = await s.lijie.post(`/api/tasks/${taskId}/complete`, { outcome: 'inspect', ticked: MUST.filter(m => m !== 'duration') })
  assert.deepEqual([refused.status, refused.body.details.missing], [409, ['检验大约需要一小时，有结果我们会马上通知您。']])
  assert.equal((await s.lijie.post(`/api/tasks/${taskId}/complete`, { outcome: 'inspect', ticked: ['nothing'] })).body.code, 'ITEM_UNKNOWN')
  const unticked = await s.lijie.post(`/api/tasks/${taskId}/tick`, { item: 'greeting', ticked: false })
  assert.equal(unticked.body.script[0].ticked, false)
  assert.equal((await move(s.lijie, id, { to: '检验', ticked: MUST })).status, 200)
})

test('SP-03 the serial number of 接待 is shown in 检验 and cannot be changed there, and the timeline tells who did 接待 and when', async () => {
  at(s, '2026-11-23 10:00:00')
  const { id } = await register(s, { serialNo: 'PF1ABCD' })
  at(s, '2026-11-23 10:12:00')
  await doStage(s, id)
  const task = await openTask(s, id)
  const form = (await s.wangjian.get(`/api/tasks/${task.id}`)).body.form
  const serial = form.find((f: { name: string }) => f.name === 'serialNo')
  assert.deepEqual([serial.value, serial.readOnly], ['PF1ABCD', true])
  const ticked = await ticksOf(s.wangjian, task.id)
  const typed = await move(s.wangjian, id, { to: '报价', ticked, fields: { serialNo: 'OTHER', faultCode: 'board', inspectionResult: '主板' } })
  assert.deepEqual([typed.status, typed.body.code], [405, 'FIELD_READ_ONLY'])
  assert.equal((await s.wangjian.post(`/api/tasks/${task.id}/save`, { fields: { serialNo: 'OTHER' } })).status, 405)
  assert.equal((await s.wangjian.patch(`/api/service-requests/${id}`, { serialNo: 'OTHER' })).status, 405, 'nor through the record itself')
  const course = (await s.zhouzhan.get(`/api/cases/serviceRequest/${id}`)).body
  const reception = course.steps.find((x: { nodeId: string }) => x.nodeId === 'reception')
  assert.deepEqual([reception.assigneeName, reception.startedAt, reception.finishedAt, reception.minutesUsed, reception.outcome], ['李接', '2026-11-23T02:00:00.000Z', '2026-11-23T02:12:00.000Z', 12, '送检'])
})

test('SP-03 站长 corrects a recorded serial number, and the correction stands in the history beside the first entry', async () => {
  const { id } = await register(s, { serialNo: 'WRONG1' })
  assert.equal((await s.zhouzhan.patch(`/api/service-requests/${id}`, { serialNo: 'RIGHT1' })).status, 200)
  const [last] = (await s.zhouzhan.get(`/api/service-requests/${id}/history`)).body
  assert.deepEqual(last.changes.filter((c: { field: string }) => c.field === 'serialNo').map((c: { before: string; after: string }) => [c.before, c.after]), [['WRONG1', 'RIGHT1']])
})

test('a field that the form does not have is refused, and so is a customer or device that is not within reach', async () => {
  const { id, taskId } = await register(s, { serialNo: 'FORM1' })
  for (const fields of [{ quotedAmount: '1' }, { stage: 'collected' }, { ownerId: s.lijie.userId }, { nothing: 1 }, { unitId: s.units.NB02 }]) {
    const r = await move(s.lijie, id, { to: '检验', ticked: MUST, fields })
    assert.deepEqual([r.status, r.body.code], [405, 'FIELD_READ_ONLY'], JSON.stringify(fields))
  }
  const nobody = '01900000-0000-7000-8000-000000000000'
  for (const field of ['customerId', 'deviceId']) assert.equal((await s.lijie.post(`/api/tasks/${taskId}/save`, { fields: { [field]: nobody } })).body.code, 'REF_NOT_FOUND')
  assert.equal((await s.lijie.post(`/api/tasks/${taskId}/save`, { fields: { customerId: 'no id' } })).body.code, 'INVALID')
  // a clerk of another station's own customers only: a role with scope 本部门 on customers cannot draw in another's
  const narrow = await s.app.person({ username: 'narrow', name: '窄', unitId: s.units.HZ01!, roles: [{ code: 'narrow', grants: { 'serviceRequest:read': ['unit'], 'serviceRequest:move': ['unit'], 'customer:read': ['unit'] } }], roleIds: [] })
  const receptionist = (await s.app.owner.query("select id from role where tenant_id = $1 and code = 'receptionist'", [s.app.tenantId])).rows[0].id
  const both = await s.app.person({ username: 'both', name: '又', unitId: s.units.NB02!, roleIds: [receptionist] })
  const made = await both.post('/api/customers', { name: '宁波客户', phone: '13700000001' })
  assert.equal(made.status, 201)
  await s.app.owner.query(`update role set grants = grants - 'customer:read' || '{"customer:read":["unit"]}' where tenant_id = $1 and code = 'receptionist'`, [s.app.tenantId])
  await s.app.owner.query('update tenant set access_version = access_version + 1')
  const drawn = await s.lijie.post(`/api/tasks/${taskId}/save`, { fields: { customerId: made.body.id } })
  assert.deepEqual([drawn.status, drawn.body.code], [400, 'REF_NOT_FOUND'])
  assert.equal((await narrow.get(`/api/customers/${made.body.id}`)).status, 404)
  await s.app.owner.query(`update role set grants = grants || '{"customer:read":["all"]}' where tenant_id = $1 and code = 'receptionist'`, [s.app.tenantId])
  await s.app.owner.query('update tenant set access_version = access_version + 1')
})

test('a device chosen in 接待 brings its serial number, so that nobody is asked for it', async () => {
  const first = await register(s, { serialNo: 'BRING1' })
  const known = await row(first.id)
  const { id } = await take(s, 'HZ01', {})
  await move(s.lijie, id, { to: '接待' })
  const done = await move(s.lijie, id, { to: '检验', ticked: MUST, fields: { customerId: known.customerId, deviceId: known.deviceId, faultDescription: '黑屏' } })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual([(await row(id)).serialNo, (await row(id)).model, (await row(id)).customerName], ['BRING1', 'X1', '张三'])
})

test('SP-05 three requests to 已取机 in bulk, one of them still in 质检: 207, two done, one refused with its reason and unchanged', async () => {
  const ids: string[] = []
  for (const n of [1, 2, 3]) { const { id } = await register(s, { serialNo: `BULK${n}` }); await walkTo(s, id, n === 2 ? 'quality' : 'pickup'); ids.push(id) }
  for (const id of [ids[0]!, ids[2]!]) for (const item of ['voucher', 'tryOut', 'explain']) await s.lijie.post(`/api/tasks/${(await openTask(s, id)).id}/tick`, { item })
  const was = await row(ids[1]!)
  const r = await s.lijie.post('/api/service-requests/bulk-move', { ids, to: '已取机', comment: '一起取走' })
  assert.equal(r.status, 207)
  assert.deepEqual(r.body.done.toSorted(), [ids[0], ids[2]].toSorted())
  assert.deepEqual(r.body.refused.map((x: { id: string; number: string; code: string; message: string }) => [x.id, x.number, x.code, x.message]), [[ids[1], was.number, 'POST_NOT_ALLOWED', '岗位无权：这个环节由“质检”办理']])
  assert.deepEqual(await row(ids[1]!), was)
  assert.equal((await s.lijie.get(`/api/service-requests/${ids[1]}/comments`)).body.items.length, 0)
  assert.deepEqual(await Promise.all([ids[0]!, ids[2]!].map(async id => (await row(id)).stage)), ['collected', 'collected'])
  const again = await s.lijie.post('/api/service-requests/bulk-move', { ids: [ids[0]], to: '已取机' })
  assert.equal(again.body.refused[0].code, 'NO_CASE')
  assert.equal((await s.lijie.post('/api/service-requests/bulk-move', { ids: Array.from({ length: 201 }, () => ids[0]), to: '已取机' })).body.code, 'BULK_LIMIT')
})

test('SP-05 no way around: PATCH of the stage or owner, import with a stage, creation and deletion through the API are refused', async () => {
  const { id } = await register(s, { serialNo: 'AROUND1' })
  for (const body of [{ stage: 'collected' }, { ownerId: s.zhaoxiu.userId }]) assert.equal((await s.zhouzhan.patch(`/api/service-requests/${id}`, body)).status, 405)
  assert.equal((await s.zhouzhan.post('/api/service-requests', { unitId: s.units.HZ01, productLineId: s.lineId })).status, 405)
  assert.ok([403, 405].includes((await s.zhouzhan.remove(`/api/service-requests/${id}`)).status))
  const was = await row(id), before = await rowCounts(s)
  const csv = async (text: string) => {
    const b = 'xxboundary'
    return s.app.server.inject({ method: 'POST', url: '/api/service-requests/import?mode=commit', headers: { authorization: `Bearer ${s.zhouzhan.token}`, 'content-type': `multipart/form-data; boundary=${b}` }, payload: `--${b}\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${text}\r\n--${b}--\r\n` })
  }
  // there is no import of requests at all: a file cannot set a stage, nor open a request beside the queue
  for (const text of [`请求号,环节,产品线,服务站\n${was.number},已取机,笔记本,HZ01\n`, '产品线,服务站\n笔记本,HZ01\n']) assert.equal((await csv(text)).statusCode, 404)
  assert.deepEqual(await row(id), was)
  assert.deepEqual(await rowCounts(s), before)
})

test('BH-8.3 an act that fails at its very last write leaves nothing behind, whichever act it is', async () => {
  const open = await register(s, { serialNo: 'ATOM1' }), done = await register(s, { serialNo: 'ATOM2' }), queued = await take(s)
  await walkTo(s, done.id, 'inspect')
  const free = (await openTask(s, done.id)).id
  const state = async () => ({ rows: await rowCounts(s), steps: (await s.app.owner.query('select * from process_step order by id')).rows, instances: (await s.app.owner.query('select * from process_instance order by id')).rows, series: (await s.app.owner.query('select * from series order by key')).rows, jobs: (await s.app.owner.query('select kind, key, due_at from job order by kind, key')).rows })
  const before = await state()
  await s.app.owner.query("create function refuse_all() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'")
  await s.app.owner.query("create constraint trigger refuse after insert on audit deferrable initially deferred for each row execute function refuse_all()")
  try {
    const acts = [
      s.wangjian.post(`/api/tasks/${free}/claim`), s.zhouzhan.post(`/api/tasks/${free}/reassign`, { assigneeId: s.wangjian.userId, reason: 'x' }), s.lijie.post(`/api/tasks/${open.taskId}/release`), s.lijie.post(`/api/tasks/${open.taskId}/pause`, { reason: '待客户' }),
      s.lijie.post(`/api/tasks/${open.taskId}/save`, { fields: { faultDescription: '黑屏' } }), move(s.lijie, open.id, { to: '检验', ticked: MUST, comment: '急' }), s.lijie.post('/api/service-requests/bulk-move', { ids: [queued.id], to: '接待' }),
      s.lijie.post('/api/service-requests/take-number', { unitId: s.units.HZ01 }), s.lijie.post('/api/service/desk/register', { customer: { name: '李四', phone: '13900000002' }, request: { id: queued.id } }),
      s.lijie.post(`/api/service-requests/${open.id}/contact-attempts`, { channel: 'call', succeeded: false }),
    ]
    assert.deepEqual((await Promise.all(acts)).map(a => a.status), acts.map(() => 500))
  } finally { await s.app.owner.query('drop trigger refuse on audit; drop function refuse_all()') }
  assert.deepEqual(await state(), before)
  assert.equal((await move(s.lijie, open.id, { to: '检验', ticked: MUST })).status, 200)
})
