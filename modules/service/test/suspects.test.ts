import assert from 'node:assert/strict'
import { test } from 'node:test'
import { station } from './station.ts'
import { at } from './walk.ts'

const s = await station()
let serial = 0
async function come(name: string, phone: string, serialNo = `SP22${++serial}`): Promise<string> {
  const { id } = (await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body
  const known = (await s.lijie.get(`/api/devices?filter=${encodeURIComponent(JSON.stringify({ serialNo }))}`)).body.items[0]
  const r = await s.lijie.post('/api/service/desk/register', { customer: { name, phone }, device: known ? { id: known.id } : { productLineId: s.lineId, model: 'X1', serialNo }, request: { id, faultDescription: '坏了' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return id
}
const listed = async (who = s.zhouzhan) => (await who.get('/api/service/suspects')).body.items

test('SP-22 five requests with one telephone and four names in a day are one row, with the reason; the same names over many days are none', async () => {
  at(s, '2026-11-23 09:10:00')
  const ids: string[] = []
  for (const name of ['甲一', '乙二', '丙三', '丁四', '甲一']) ids.push(await come(name, '13911110000'))
  for (const [i, name] of ['戊五', '己六', '庚七'].entries()) { at(s, `2026-11-2${3 + i} 10:00:00`); await come(name, '13922220000') }
  const rows = await listed()
  assert.equal(rows.length, 1)
  assert.deepEqual([rows[0].kind, rows[0].key, rows[0].day, rows[0].requests, rows[0].others.length, rows[0].ids], ['phoneNames', '13911110000', '2026-11-23', 5, 4, ids])
  assert.equal(rows[0].reason, '同一天 5 个请求用同一个电话，登记了 4 个姓名：丁四、丙三、乙二、甲一')
  assert.equal(rows[0].verdict, null)
})

test('SP-22 a row is confirmed or dismissed with a note, once more if somebody knows better; who only works at the counter sees none', async () => {
  const [row] = await listed()
  const judge = (verdict: string, note: string, who = s.zhouzhan) => who.post('/api/service/suspects/judge', { kind: row.kind, key: row.key, day: row.day, verdict, note })
  assert.equal((await judge('confirmed', ' ')).status, 400)
  assert.equal((await judge('confirmed', '电话打不通')).status, 200)
  assert.equal((await judge('dismissed', '公司统一送修，核过名单', s.wuzong)).status, 200)
  const [judged] = await listed()
  assert.deepEqual([judged.verdict.verdict, judged.verdict.note, judged.verdict.by], ['dismissed', '公司统一送修，核过名单', '吴总'])
  assert.equal((await s.zhouzhan.post('/api/service/suspects/judge', { kind: row.kind, key: '13900000000', day: row.day, verdict: 'confirmed', note: 'x' })).status, 404)
  assert.equal((await s.lijie.get('/api/service/suspects')).status, 403)
})

test('SP-22 one device registered to different customers in a day is listed with their names; the same owner twice is not', async () => {
  at(s, '2026-11-26 09:00:00')
  const owner = async (name: string, phone: string): Promise<void> => {
    const { id } = (await s.app.anonymous.post('/api/public/kiosk/HZ01/take', {})).body
    const [known] = (await s.lijie.get(`/api/devices?filter=${encodeURIComponent(JSON.stringify({ serialNo: 'SP22X' }))}`)).body.items
    const customer = (await s.lijie.get(`/api/customers?filter=${encodeURIComponent(JSON.stringify({ phone }))}`)).body.items[0]
    const r = await s.lijie.post('/api/service/desk/register', { customer: customer ? { id: customer.id } : { name, phone }, device: known ? { id: known.id } : { productLineId: s.lineId, model: 'X1', serialNo: 'SP22X' }, request: { id, faultDescription: '坏了' } })
    assert.equal(r.status, 201, JSON.stringify(r.body))
  }
  const of26 = async () => (await listed()).filter((r: { day: string }) => r.day === '2026-11-26')
  await owner('甲一', '13800010001')
  await owner('甲一', '13800010001')
  assert.deepEqual(await of26(), [])
  await owner('乙二', '13900020002')
  const [row, ...more] = await of26()
  assert.deepEqual([more.length, row.kind, row.key, row.requests, row.reason], [0, 'serialCustomers', 'SP22X', 3, '同一天同一序列号登记给了不同的客户：乙二、甲一'])
})

test('SP-22 four telephones that count up at one station in a day are listed once, in order; three are a family, and numbers of two stations make no run', async () => {
  at(s, '2026-11-27 09:00:00')
  const take = async (phone: string, unit = 'HZ01') => assert.equal((await s.app.anonymous.post(`/api/public/kiosk/${unit}/take`, { phone })).status, 201)
  const runs = async () => (await listed(s.wuzong)).filter((r: { kind: string }) => r.kind === 'phoneRun')
  for (const n of [3, 1, 2]) await take(`1370000000${n}`)
  await take('13700000004', 'NB02')
  assert.deepEqual(await runs(), [])
  await take('13700000004')
  await take('13700000004')
  const [row, ...more] = await runs()
  assert.deepEqual([more.length, row.key, row.requests, row.others, row.units], [0, '13700000001', 5, ['13700000001', '13700000002', '13700000003', '13700000004'], ['杭州一站']])
  assert.equal(row.reason, '同一天同一站有 4 个连号的电话（13700000001 到 0004）')
  assert.equal((await s.zhouzhan.post('/api/service/suspects/judge', { kind: 'phoneRun', key: row.key, day: row.day, verdict: 'confirmed', note: '都打不通' })).status, 200)
})
