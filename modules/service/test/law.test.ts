import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { lookAtLaw } from '../store/law.ts'
import { station } from './station.ts'
import { at, doStage, openTask, register, walkTo } from './walk.ts'

const s = await station()
const phoneLine = await s.app.system(async ctx => (await create(ctx, ctx.entities.get('productLine'), { code: 'SJ', name: '手机' })).id)
const look = async (wall: string): Promise<void> => { at(s, wall); await s.app.system(lookAtLaw) }
const row = async (id: string) => (await s.zhouzhan.get(`/api/service-requests/${id}`)).body
const alarms = async (id: string): Promise<Array<{ title: string; closedAt: string | null }>> => (await s.zhouzhan.get(`/api/alarms?filter=${encodeURIComponent(JSON.stringify({ recordId: id, kind: 'notice' }))}`)).body.items

async function rules(): Promise<void> {
  for (const [productLineId, category] of [[s.lineId, 'computer'], [phoneLine, 'phone']] as const) {
    const r = await s.wuzong.post('/api/service/law-rules/national', { productLineId, category })
    assert.equal(r.status, 201, JSON.stringify(r.body))
  }
  assert.deepEqual((await s.wuzong.post('/api/service/law-rules/national', { productLineId: s.lineId, category: 'computer' })).body, { created: 0, unchanged: 2 })
}
const switchOn = async (): Promise<void> => { for (const r of (await s.wuzong.get('/api/law-rules?limit=50')).body.items) assert.equal((await s.wuzong.patch(`/api/law-rules/${r.id}`, { off: false })).status, 200) }

test('SP-29 what nobody has compared with the law is off: no right, no alarm', async () => {
  await rules()
  at(s, '2026-07-01 09:00:00')
  const { id } = await register(s)
  await look('2026-11-01 00:10:00')
  assert.deepEqual((await row(id)).lawRights, [])
  await switchOn()
  at(s, '2026-11-01 09:00:00')
  await doStage(s, id, { to: '拒修', comment: '结束' })
})

test('SP-29 微机 on day 31 of our own cause has 换机权益: marked once, the manager told once, on the board', async () => {
  at(s, '2026-11-01 10:00:00')
  const { id, number } = await register(s)
  await look('2026-12-01 00:10:00')
  assert.equal((await row(id)).lawRights.length, 0, 'thirty days')
  await look('2026-12-02 00:10:00')
  await look('2026-12-02 00:20:00')
  await look('2026-12-03 00:10:00')
  const marked = await row(id)
  assert.deepEqual(marked.lawRights, ['replace'])
  assert.deepEqual((await alarms(id)).map(a => a.title), [`${number} 送修第 31 天：换机权益`])
  assert.ok((await s.zhouzhan.get('/api/service/board')).body.lanes.flatMap((l: { cards: unknown[] }) => l.cards).some((c: { id: string; lawRights: string[] }) => c.id === id && c.lawRights[0] === 'replace'))
  const { rows: history } = await s.app.owner.query("select act from audit where entity = 'serviceRequest' and record_id = $1", [id])
  assert.equal(history.filter(h => h.act === 'lawRight').length, 1)
  const law = (await s.zhouzhan.get(`/api/service-requests/${id}/law`)).body
  assert.deepEqual([law.days.own, law.limits[0].left], [32, -1])
})

test('SP-29 手机 on day 8 has 备用机; picked up on day 7 it is not counted any more', async () => {
  at(s, '2026-11-01 10:00:00')
  const phone = async () => {
    const taken = (await s.app.anonymous.post('/api/public/kiosk/HZ01/take', { productLineId: phoneLine })).body.id
    return register(s, { id: taken })
  }
  const stays = await phone(), leaves = await phone()
  for (const r of [stays, leaves]) await s.app.owner.query('update service_request set product_line_id = $1 where id = $2', [phoneLine, r.id])
  await walkTo(s, leaves.id, 'pickup')
  await look('2026-11-08 00:10:00')
  at(s, '2026-11-08 09:00:00')
  await doStage(s, leaves.id)
  await look('2026-11-09 00:10:00')
  assert.deepEqual([(await row(stays.id)).lawRights, (await row(leaves.id)).lawRights], [['loaner'], []])
  at(s, '2026-11-09 09:00:00')
  await doStage(s, stays.id, { to: '拒修', comment: '结束' })
  assert.ok((await alarms(stays.id)).every(a => a.closedAt), 'nothing is left to decide')
})

test('SP-29 five whole days of waiting for the customer put the right off by five days', async () => {
  at(s, '2026-11-01 10:00:00')
  const { id } = await register(s)
  await walkTo(s, id, 'inspect')
  const task = await openTask(s, id)
  at(s, '2026-11-03 15:00:00')
  await s.wangjian.post(`/api/tasks/${task.id}/claim`)
  assert.equal((await s.wangjian.post(`/api/tasks/${task.id}/pause`, { reason: '待客户' })).status, 200)
  at(s, '2026-11-09 09:00:00') // whole days: 4 to 8 November
  assert.equal((await s.wangjian.post(`/api/tasks/${task.id}/resume`)).status, 200)
  await look('2026-12-06 00:10:00')
  assert.deepEqual((await row(id)).lawRights, [])
  await look('2026-12-07 00:10:00')
  assert.deepEqual((await row(id)).lawRights, ['replace'])
})
