import assert from 'node:assert/strict'
import { test } from 'node:test'
import { world } from './world.ts'

const w = await world({ worker: true })
const owner = await w.person('lisi', '李四', 'sales', w.hq), fallback = await w.person('wangwu', '王五', 'sales', w.hq)
const plan = async (input: Record<string, unknown>) => { const r = await w.admin.post('/api/care-plans', { name: '关怀', toId: fallback.userId, title: '给 {客户} 送祝福（{日期}）', ...input }); assert.equal(r.status, 201, JSON.stringify(r.body)); return r.body.id as string }
const todos = async (): Promise<unknown[][]> => (await w.app.owner.query<{ title: string; owner_id: string; created: string }>("select title, owner_id, to_char(created_at at time zone 'Asia/Shanghai', 'MM-DD HH24:MI') as created from todo order by created_at, title")).rows.map(r => [r.title, r.owner_id, r.created])
const preview = async (days = 30) => ((await w.admin.get(`/api/care/preview?days=${days}`)).body.items as Array<{ name: string; on: string; dueOn: string; done: boolean; owner: string }>).map(i => [i.name, i.on, i.dueOn, i.done, i.owner])
const morning = async (wall: string) => { w.at(wall); await w.app.worker!.idle() }

test('CU-09 a birthday on 11-25 and a rule of −2 days make a task on 11-23 at seven, for whoever answers for the customer; ran twice, it is one', async () => {
  await w.customer({ name: '寿星', birthday: '1980-11-25', ownerId: owner.userId })
  await w.customer({ name: '别人', birthday: '1980-12-25' })
  await plan({ name: '生日', trigger: 'birthday', days: -2 })
  assert.deepEqual(await preview(), [['寿星', '2026-11-25', '2026-11-23', false, '李四']])
  await w.app.worker!.idle()
  assert.deepEqual(await todos(), [])
  await morning('2026-11-23 06:59')
  assert.deepEqual(await todos(), [])
  await morning('2026-11-23 07:00')
  assert.deepEqual(await todos(), [['给 寿星 送祝福（11 月 25 日）', owner.userId, '11-23 07:00']])
  await w.app.system(async ctx => { await (await import('../store/care.ts')).careJob(ctx) })
  await w.app.worker!.idle()
  await morning('2026-11-24 07:00')
  assert.equal((await todos()).length, 1)
  assert.deepEqual(await preview(), [['别人', '2026-12-25', '2026-12-23', false, '王五']])
})

test('CU-09 who was born on 29 February is thought of on the 28th in other years, on the day in leap years; the year’s end is no wall', async () => {
  await w.customer({ name: '闰日', birthday: '1996-02-29' })
  await w.customer({ name: '元旦', birthday: '1990-01-01' })
  const far = await preview(366)
  assert.deepEqual(far.filter(r => r[0] === '闰日'), [['闰日', '2027-02-28', '2027-02-26', false, '王五']])
  assert.deepEqual(far.filter(r => r[0] === '元旦'), [['元旦', '2027-01-01', '2026-12-30', false, '王五']])
  w.at('2028-02-01 08:00')
  assert.deepEqual((await preview()).filter(r => r[0] === '闰日'), [['闰日', '2028-02-29', '2028-02-27', false, '王五']])
})

test('CU-09 a plan names whom it is for; festivals come in their own calendar; what is wrong is told at its field', async () => {
  w.at('2028-12-01 08:00')
  await w.customer({ name: '金卡客户', tier: 'gold' })
  const spring = await plan({ name: '春节', trigger: 'festival', festival: 'spring', days: -3, tiers: ['gold'], kind: 'person' })
  const items = ((await w.admin.get(`/api/care/preview?days=90&plan=${spring}`)).body.items as Array<{ name: string; dueOn: string }>).map(i => [i.name, i.dueOn])
  assert.deepEqual(items, [['金卡客户', '2029-02-10']])
  const wrong = async (input: Record<string, unknown>) => (await w.admin.post('/api/care-plans', { name: '错', toId: fallback.userId, title: '做', ...input })).body.details.fields[0].field
  assert.equal(await wrong({ trigger: 'festival' }), 'festival')
  assert.equal(await wrong({ trigger: 'festival', festival: 'other', monthDay: '8月' }), 'monthDay')
  assert.equal(await wrong({ trigger: 'afterPickup', days: -1 }), 'days')
})

test('CU-09 so many days after pick-up there is one task a repair; a day on which the program was off is made up for', async () => {
  w.at('2029-03-01 08:00')
  const id = await w.customer({ name: '取机客户' }), line = await w.make('productLine', { name: '手机', code: 'SJ' })
  await plan({ name: '回访', trigger: 'afterPickup', days: 14, title: '回访 {客户}' })
  const request = (number: string, day: string) => ({ number, startedAt: new Date(`${day}T01:00:00Z`), stage: 'collected', endedAt: new Date(`${day}T08:00:00Z`), unitId: w.station, productLineId: line, customerId: id, customerName: '取机客户', model: 'X', source: 'kiosk' })
  await w.rows('serviceRequest', [request('HZ01-20290302-0001', '2029-03-02'), request('HZ01-20290302-0002', '2029-03-02'), request('HZ01-20280101-0003', '2028-01-01')])
  await morning('2029-03-18 07:00')
  assert.equal((await todos()).filter(t => t[0] === '回访 取机客户').length, 2)
})
