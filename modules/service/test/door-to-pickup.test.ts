import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from './station.ts'

test('a request goes from the door to pick-up, each post doing its own stage', async () => {
  const s = await station()
  const taken = await s.app.anonymous.post('/api/public/kiosk/HZ01/take', { phone: '13800000001' })
  assert.equal(taken.status, 201, JSON.stringify(taken.body))
  assert.equal(taken.body.number, 'HZ01-20261123-0001')
  const pool = await s.lijie.get('/api/tasks?box=pool')
  assert.equal(pool.body.items.length, 1, JSON.stringify(pool.body))
  const reg = await s.lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: s.lineId, model: 'X1', serialNo: 'PF1ABCD' }, request: { id: taken.body.id, faultDescription: '开不了机' } })
  assert.equal(reg.status, 201, JSON.stringify(reg.body))
  assert.equal(reg.body.request.stage, 'reception')
  const refused = await s.lijie.post(`/api/service-requests/${taken.body.id}/move`, { to: '维修', comment: 'x' })
  assert.equal(refused.status, 409, JSON.stringify(refused.body))
  assert.deepEqual(refused.body.details.allowed, ['检验', '拒修'])
  const task = await s.lijie.get(`/api/tasks/${reg.body.taskId}`)
  assert.equal(task.status, 200, JSON.stringify(task.body))
  const all = [...task.body.items, ...task.body.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id)
  const sent = await s.lijie.post(`/api/service-requests/${taken.body.id}/move`, { to: '检验', ticked: all })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  assert.equal((await s.zhaoxiu.post(`/api/service-requests/${taken.body.id}/move`, { to: '维修' })).body.code, 'POST_NOT_ALLOWED')
  for (const [who, to, fields, comment] of [['wangjian', '报价', { faultCode: 'board', inspectionResult: '主板短路' }, ''], ['lijie', '维修', { quotedAmount: '320', customerAnswer: 'agreed' }, ''], ['zhaoxiu', '质检', { repairAction: '更换主板' }, ''], ['qianzhi', '待取机', {}, ''], ['lijie', '已取机', {}, '']] as const) {
    const open = await s[who].get('/api/tasks?box=pool')
    const mine = await s[who].get('/api/tasks?box=mine')
    const t = [...mine.body.items, ...open.body.items][0]
    const d = (await s[who].get(`/api/tasks/${t.id}`)).body
    const ticked = [...d.items, ...d.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id)
    const r = await s[who].post(`/api/service-requests/${taken.body.id}/move`, { to, fields, ticked, ...(comment ? { comment } : {}) })
    assert.equal(r.status, 200, `${to}: ${JSON.stringify(r.body)}`)
    s.app.clock!.advance(10)
  }
  const done = await s.zhouzhan.get(`/api/service-requests/${taken.body.id}`)
  assert.equal(done.body.stage, 'collected')
  const course = await s.zhouzhan.get(`/api/cases/serviceRequest/${taken.body.id}`)
  assert.deepEqual(course.body.steps.map((x: { name: string }) => x.name), ['待接待', '接待', '检验', '报价', '维修', '质检', '待取机'])
  const board = await s.zhouzhan.get('/api/service/board')
  assert.equal(board.status, 200, JSON.stringify(board.body))
  assert.equal(board.body.totals.doneToday, 7)
  const roll = await s.sunqu.get('/api/service/rollup')
  assert.equal(roll.status, 200, JSON.stringify(roll.body))
  const p = await s.app.anonymous.get(`/api/public/track/${taken.body.trackUrl.split('/').pop()}`)
  assert.equal(p.status, 200, JSON.stringify(p.body))
  assert.equal(p.body.phone, '138****0001')
  const stats = await s.zhouzhan.get('/api/processes/repair/statistics')
  assert.equal(stats.body.counts.cases, 1, JSON.stringify(stats.body))
})
