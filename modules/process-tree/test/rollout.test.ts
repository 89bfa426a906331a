import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, type Ctx } from '@quancheng/kernel'
import { deploy } from '@quancheng/process'
import { readFileSync } from 'node:fs'
import { adherenceOf } from '../rules/adherence.ts'
import { company } from './company.ts'

const REPAIR = readFileSync(new URL('../../service/processes/repair.bpmn', import.meta.url), 'utf8')
/** The next version of the repair process: the same way, another guide. */
const next = (ctx: Ctx, n: number) => deploy(ctx, 'repair', REPAIR.replace(/<qc:guide>/, `<qc:guide>第 ${n} 版。`))

test('TP-08 185 offices on v3: 180 are, and the 5 behind are listed', async () => {
  const s = await company()
  const offices = await s.app.system(async ctx => {
    const ids: string[] = []
    for (let i = 0; i < 183; i++) ids.push((await create(ctx, ctx.entities.get('unit'), { code: `YY${String(i).padStart(3, '0')}`, name: `营业部 ${i}`, kind: 'station', parentId: s.units.east })).id)
    await next(ctx, 2)
    await next(ctx, 3)
    return ids
  })
  const behind = offices.slice(10, 15)
  assert.deepEqual((await s.yeqing.post('/api/rollouts/repair', { unitIds: behind, version: 2, note: '等培训' })).body, { units: 5 })
  const overview = (await s.yeqing.get('/api/rollouts')).body.items.find((p: { key: string }) => p.key === 'repair')
  assert.deepEqual([overview.newest, overview.units, overview.onNewest, overview.behind, overview.percent, overview.inForce], [3, 185, 180, 5, 97.3, [{ version: 3, units: 180 }, { version: 2, units: 5 }]])
  const one = (await s.yeqing.get('/api/rollouts/repair')).body
  assert.deepEqual(one.behindUnits.map((u: { code: string; version: number }) => [u.code, u.version]), ['YY010', 'YY011', 'YY012', 'YY013', 'YY014'].map(code => [code, 2]))
  assert.equal(one.units.length, 185)

  await s.yeqing.post('/api/rollouts/repair', { unitIds: behind.slice(0, 3), version: null })
  assert.deepEqual((await s.yeqing.get('/api/rollouts/repair')).body.behindUnits.map((u: { code: string }) => u.code), ['YY013', 'YY014'])
})

test('TP-08 new cases of a unit start on the unit’s version, those of the others on the newest, and running ones stay on theirs', async () => {
  const s = await company()
  const versionOf = (id: string) => s.app.system(async ctx => (await ctx.query<{ version: number }>('select d.version from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.record_id = $2', [ctx.tenant.id, id]))[0]!.version)
  const take = async (station: string) => (await s.app.anonymous.post(`/api/public/kiosk/${station}/take`, { phone: '13800000001' })).body.id as string
  await s.app.system(ctx => next(ctx, 2))
  assert.equal((await s.yeqing.post('/api/rollouts/repair', { unitIds: [s.units.HZ01], version: 1 })).status, 200)
  const first = await take('HZ01')
  assert.deepEqual([await versionOf(first), await versionOf(await take('NB02'))], [1, 2])
  await s.yeqing.post('/api/rollouts/repair', { unitIds: [s.units.HZ01], version: null })
  assert.deepEqual([await versionOf(await take('HZ01')), await versionOf(first)], [2, 1])
  await s.app.system(ctx => next(ctx, 3))
  assert.equal(await versionOf(await take('HZ01')), 3, 'who follows the newest follows the next one too')
})

test('TP-08 only head office rolls out; a manager sees the own station; versions and units must be there', async () => {
  const s = await company()
  assert.equal((await s.zhouzhan.post('/api/rollouts/repair', { unitIds: [s.units.HZ01], version: 1 })).status, 403)
  assert.deepEqual((await s.zhouzhan.get('/api/rollouts/repair')).body.units.map((u: { code: string }) => u.code), ['HZ01'])
  assert.equal((await s.lijie.get('/api/rollouts')).status, 403)
  assert.equal((await s.yeqing.post('/api/rollouts/repair', { unitIds: [s.units.HZ01], version: 9 })).body.code, 'ROLLOUT_VERSION')
  assert.equal((await s.yeqing.post('/api/rollouts/nothing', { unitIds: [s.units.HZ01], version: 1 })).body.code, 'PROCESS_UNKNOWN')
  assert.equal((await s.yeqing.post('/api/rollouts/repair', { unitIds: ['00000000-0000-7000-8000-000000000000'], version: 1 })).body.code, 'ROLLOUT_UNITS')
})

test('nobody at all is neither behind nor in step', () => {
  assert.deepEqual(adherenceOf([], 3), { units: 0, onNewest: 0, behind: 0, percent: null, inForce: [] })
})
