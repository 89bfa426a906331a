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
