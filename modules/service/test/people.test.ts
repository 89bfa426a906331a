import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Caller } from '@quancheng/kernel/testing'
import { station } from './station.ts'
import { at, doStage, openTask, register, rowCounts, ticksOf, walkTo } from './walk.ts'

const s = await station({ tenants: 2 })
at(s, '2026-11-23 09:00')
const u = s.units
const colleague = (username: string, name: string, role: string, unitId: string): Promise<Caller> => s.app.person({ username, name, unitId, roleIds: [s.roleIds[role]!] })
const second = await colleague('wangjian2', '王二', 'inspector', u.HZ01)
const ningbo = await colleague('nbjie', '宁接', 'receptionist', u.NB02)
const ningboInspector = await colleague('nbjian', '宁检', 'inspector', u.NB02)
const guangzhou = await colleague('gzjie', '广接', 'receptionist', u.GZ05)
const atInspect = async () => { const { id } = await register(s); await walkTo(s, id, 'inspect'); return { id, task: await openTask(s, id) } }
const FIELDS = { faultCode: 'board', inspectionResult: '主板短路' }

test('SP-16 王检 who finishes 维修 is told 岗位无权, and 周站 gives the work to somebody who may do it', async () => {
  const { id } = await register(s)
  await walkTo(s, id, 'repair')
  const task = await openTask(s, id)
  const before = await rowCounts(s)
  const refused = await s.wangjian.post(`/api/tasks/${task.id}/complete`, { outcome: 'fixed', fields: { repairAction: 'x' }, ticked: ['parts', 'selfTest'] })
  assert.deepEqual([refused.status, refused.body.code], [403, 'POST_NOT_ALLOWED'])
  assert.match(refused.body.message, /^岗位无权/)
  for (const act of ['claim', 'pause', 'tick', 'save', 'resume']) {
    const r = await s.wangjian.post(`/api/tasks/${task.id}/${act}`, { reason: '待件', item: 'parts', fields: {} })
    assert.deepEqual([r.status, r.body.code], [403, 'POST_NOT_ALLOWED'], act)
  }
  assert.deepEqual(await rowCounts(s), before)
  const candidates = (await s.zhouzhan.get(`/api/tasks/${task.id}/candidates`)).body.items
  assert.deepEqual(candidates.map((c: { name: string; open: number }) => [c.name, c.open]), [['赵修', 0]])
  assert.equal((await s.zhouzhan.post(`/api/tasks/${task.id}/reassign`, { assigneeId: s.wangjian.userId, reason: '忙' })).body.code, 'NOT_A_CANDIDATE')
  assert.equal((await s.zhouzhan.post(`/api/tasks/${task.id}/reassign`, { assigneeId: s.zhaoxiu.userId, reason: ' ' })).body.code, 'INVALID')
  const given = await s.zhouzhan.post(`/api/tasks/${task.id}/reassign`, { assigneeId: s.zhaoxiu.userId, reason: '专长' })
  assert.deepEqual([given.status, given.body.assigneeName, (await s.zhouzhan.get(`/api/service-requests/${id}`)).body.ownerId], [200, '赵修', s.zhaoxiu.userId])
  const [told] = (await s.zhouzhan.get(`/api/service-requests/${id}/history`)).body
  assert.deepEqual([told.act, told.actorName, told.note], ['reassign', '周站', { step: '维修', from: null, to: '赵修', reason: '专长' }])
})

test('SP-16 the region re-assigns in its stations without being somebody who works there, and nowhere else', async () => {
  const { task } = await atInspect()
  assert.equal((await s.sunqu.post(`/api/tasks/${task.id}/reassign`, { assigneeId: second.userId, reason: '支援' })).status, 200)
  assert.equal((await s.sunqu.post(`/api/tasks/${task.id}/complete`, { outcome: 'quote' })).status, 403)
  assert.equal((await s.sunqu.post(`/api/tasks/${task.id}/release`)).status, 200)
  const far = await register(s, { who: guangzhou, unit: 'GZ05' })
  assert.equal((await s.sunqu.post(`/api/tasks/${far.taskId}/reassign`, { assigneeId: guangzhou.userId, reason: '支援' })).status, 404)
  assert.equal((await s.wangjian.post(`/api/tasks/${task.id}/reassign`, { assigneeId: second.userId, reason: '支援' })).status, 403, 'what is not mine I hand to nobody')
})

test('two inspectors take the same task at once: one has it, the other is told who', async () => {
  const { task } = await atInspect()
  const answers = await Promise.all([s.wangjian, second].map(w => w.post(`/api/tasks/${task.id}/claim`)))
  assert.deepEqual(answers.map(a => a.status).toSorted(), [200, 409])
  const lost = answers.find(a => a.status === 409)!, won = answers.find(a => a.status === 200)!
  assert.equal(lost.body.code, 'TASK_TAKEN')
  assert.equal(lost.body.message, `已由 ${won.body.assigneeName} 办理`)
  const loser = won.body.assigneeName === '王检' ? second : s.wangjian
  assert.equal((await loser.post(`/api/tasks/${task.id}/complete`, { outcome: 'quote', fields: FIELDS, ticked: ['powerOn', 'reproduce', 'liquid'] })).body.code, 'TASK_TAKEN')
})

test('the same stage finished twice at once: one goes through, the other is told it is done, and it is recorded once', async () => {
  const { id, task } = await atInspect()
  const body = { outcome: 'quote', fields: FIELDS, ticked: await ticksOf(s.wangjian, task.id), comment: '主板' }
  const answers = await Promise.all([s.wangjian, second].map(w => w.post(`/api/tasks/${task.id}/complete`, body)))
  assert.deepEqual(answers.map(a => [a.status, a.body.code]).toSorted(), [[200, undefined], [409, 'TASK_DONE']])
  const course = (await s.zhouzhan.get(`/api/cases/serviceRequest/${id}`)).body.steps
  assert.deepEqual(course.map((x: { nodeId: string }) => x.nodeId), ['waiting', 'reception', 'inspect', 'quote'])
  const moved = (await s.zhouzhan.get(`/api/service-requests/${id}/history`)).body.filter((h: { act: string; note: { step?: string } }) => h.act === 'move' && h.note.step === '检验')
  assert.equal(moved.length, 1)
  assert.equal((await s.zhouzhan.get(`/api/service-requests/${id}/comments`)).body.items.length, 1)
  assert.equal((await s.wangjian.post(`/api/tasks/${task.id}/claim`)).body.code, 'TASK_DONE')
})

test('ten people on one request at once: whatever happens, its course has every stage once and its audit fits', async () => {
  const { id, task } = await atInspect()
  const ticked = await ticksOf(s.wangjian, task.id)
  const kinds: Array<[string, Record<string, unknown>]> = [['claim', {}], ['complete', { outcome: 'quote', fields: FIELDS, ticked }], ['release', {}], ['tick', { item: 'powerOn' }], ['pause', { reason: '待客户' }]]
  const acts = Array.from({ length: 10 }, (_, i) => [s.wangjian, second][i % 2]!.post(`/api/tasks/${task.id}/${kinds[i % 5]![0]}`, kinds[i % 5]![1]))
  const answers = await Promise.all([...acts, s.zhouzhan.patch(`/api/service-requests/${id}`, { appearance: '划痕' })])
  assert.deepEqual(answers.filter(a => ![200, 403, 409].includes(a.status)).map(a => a.body), [])
  const course = (await s.zhouzhan.get(`/api/cases/serviceRequest/${id}`)).body.steps
  assert.equal(new Set(course.map((x: { nodeId: string }) => x.nodeId)).size, course.length)
  assert.deepEqual((await s.wuzong.get(`/api/audit/verify?entity=serviceRequest&id=${id}`)).body.broken, [])
})

test('what I took I put back, and it is anybody’s again; what I hand over is the other’s, and not mine any more', async () => {
  const { id, task } = await atInspect()
  await s.wangjian.post(`/api/tasks/${task.id}/claim`)
  assert.equal((await second.post(`/api/tasks/${task.id}/release`)).status, 403)
  const back = await s.wangjian.post(`/api/tasks/${task.id}/release`)
  assert.deepEqual([back.body.state, back.body.assigneeId, back.body.can.claim], ['waiting', null, true])
  assert.equal((await second.post(`/api/tasks/${task.id}/claim`)).status, 200)
  assert.equal((await second.post(`/api/tasks/${task.id}/reassign`, { assigneeId: s.wangjian.userId, reason: '下班交接' })).status, 200)
  assert.equal((await second.post(`/api/tasks/${task.id}/tick`, { item: 'powerOn' })).body.code, 'TASK_TAKEN')
  const mine = (await s.wangjian.get('/api/tasks?box=mine')).body.items.find((t: { id: string }) => t.id === task.id)
  assert.equal(mine.assigneeName, '王检')
  await doStage(s, id)
  assert.ok((await s.wangjian.get('/api/tasks?box=done')).body.items.some((t: { id: string }) => t.id === task.id))
})

test('a colleague who moved to another station gets nothing more from the old one: 报价 goes to the pool', async () => {
  const leaver = await colleague('libie', '李别', 'receptionist', u.HZ01)
  const { id } = await register(s, { who: leaver })
  await doStage(s, id, { who: leaver })
  await s.app.owner.query('update "user" set unit_id = $2 where id = $1', [leaver.userId, u.NB02])
  await s.app.owner.query('update tenant set access_version = access_version + 1')
  await doStage(s, id)
  const quote = await openTask(s, id)
  assert.deepEqual([quote.nodeId, quote.assigneeId, quote.state], ['quote', null, 'waiting'])
})

test('nobody of another station sees or does anything here: every answer is 404', async () => {
  const { id, task } = await atInspect()
  const before = await rowCounts(s)
  for (const who of [ningboInspector, ningbo, guangzhou]) {
    for (const url of [`/api/tasks/${task.id}`, `/api/tasks/${task.id}/candidates`, `/api/cases/serviceRequest/${id}`, `/api/service-requests/${id}`, `/api/service-requests/${id}/history`, `/api/service-requests/${id}/comments`]) assert.equal((await who.get(url)).status, 404, url)
    for (const [act, body] of [['claim', {}], ['release', {}], ['complete', { outcome: 'quote' }], ['tick', { item: 'powerOn' }], ['save', { fields: {} }], ['pause', { reason: '待客户' }], ['resume', {}]] as const) {
      const r = await who.post(`/api/tasks/${task.id}/${act}`, body)
      assert.equal(r.status, 404, `${act}: ${JSON.stringify(r.body)}`)
    }
    assert.equal((await who.post(`/api/service-requests/${id}/move`, { to: '报价' })).status, 404)
    assert.deepEqual((await who.post('/api/service-requests/bulk-move', { ids: [id], to: '报价' })).body.refused.map((r: { code: string; number: null }) => [r.code, r.number]), [['NOT_FOUND', null]])
    assert.ok(!(await who.get('/api/tasks?box=pool')).body.items.some((t: { unitId: string }) => t.unitId === u.HZ01))
  }
  assert.equal((await ningbo.post('/api/service/desk/register', { customer: { name: '某', phone: '13800000009' }, request: { id } })).status, 404)
  assert.equal((await ningbo.post(`/api/service-requests/${id}/contact-attempts`, { channel: 'call', succeeded: false })).status, 400)
  assert.deepEqual(await rowCounts(s), before)
})

test('nobody of another tenant does either, whatever their rights there', async () => {
  const { id, task } = await atInspect()
  const other = s.app.tenantIds[1]!
  const everything = Object.fromEntries(['read', 'move', 'update', 'reassign', 'board', 'rollup', 'takeNumber'].map(v => [`serviceRequest:${v}`, ['all']]))
  const stranger = await s.app.person({ username: 'stranger', name: '外', roles: [{ code: 'inspector2', grants: { ...everything, 'process:read': ['all'], 'alarm:read': ['all'] } }] }, other)
  for (const url of [`/api/tasks/${task.id}`, `/api/cases/serviceRequest/${id}`, `/api/service-requests/${id}`]) assert.equal((await stranger.get(url)).status, 404, url)
  assert.equal((await stranger.post(`/api/tasks/${task.id}/claim`)).status, 404)
  assert.equal((await stranger.post(`/api/tasks/${task.id}/reassign`, { assigneeId: stranger.userId, reason: 'x' })).status, 404)
  assert.equal((await stranger.post(`/api/service-requests/${id}/move`, { to: '报价' })).status, 404)
  assert.ok([403, 404].includes((await stranger.get(`/api/service/board?unitId=${u.HZ01}`)).status))
  assert.deepEqual((await stranger.get('/api/tasks?box=pool')).body.items, [])
  assert.equal((await stranger.get('/api/processes/repair/statistics')).body.counts.cases, 0)
})

test('an agent reads every station’s requests and moves none', async () => {
  const { id, task } = await atInspect()
  assert.equal((await s.zuoxi.get(`/api/cases/serviceRequest/${id}`)).status, 200)
  assert.equal((await s.zuoxi.get(`/api/tasks/${task.id}`)).body.can.complete, false)
  assert.equal((await s.zuoxi.post(`/api/service-requests/${id}/move`, { to: '报价' })).status, 403)
  assert.equal((await s.app.anonymous.get(`/api/tasks/${task.id}`)).status, 401)
})

test('the inbox turns its pages without losing or repeating a task, and survives a strange page', async () => {
  for (let i = 0; i < 5; i++) await atInspect()
  const seen: string[] = []
  for (let after: string | null = '0'; after !== null;) {
    const page: { items: Array<{ id: string }>; next: string | null } = (await s.wangjian.get(`/api/tasks?box=pool&limit=2&after=${after}`)).body
    seen.push(...page.items.map(t => t.id))
    after = page.next
  }
  const all = (await s.wangjian.get('/api/tasks?box=pool&limit=200')).body
  assert.deepEqual(seen, all.items.map((t: { id: string }) => t.id))
  assert.equal(all.counts.pool, seen.length)
  for (const after of ['-5', 'x', '1e9']) assert.equal((await s.wangjian.get(`/api/tasks?box=pool&after=${after}`)).status, 200)
})
