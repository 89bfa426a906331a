import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { org, STANDARD_ROLES } from '../index.ts'

const app = await testApp({ modules: [org], clock: '2026-11-22T01:00:00Z' })
const idOf = async (table: string, code: string): Promise<string> =>
  (await app.system(ctx => ctx.query<{ id: string }>(`select id from ${table} where tenant_id = $1 and code = $2`, [ctx.tenant.id, code])))[0]!.id
const admin = await app.person({ username: 'admin', roleIds: [await idOf('role', 'admin')] })

test('SP-16 a new tenant has its posts, and a standard role for each', async () => {
  const posts = (await admin.get('/api/posts')).body.items
  assert.deepEqual(posts.map((p: { code: string }) => p.code), ['receptionist', 'inspector', 'engineer', 'qc', 'storekeeper', 'stationManager', 'regionManager', 'hq', 'deptManager', 'director', 'finance', 'hr', 'legal', 'purchaser', 'sales', 'agent', 'admin'])
  const roles = (await admin.get('/api/roles?limit=50')).body.items.map((r: { code: string }) => r.code)
  for (const p of posts) assert.ok(roles.includes(p.code), p.code)
})

test('SP-16 the administrator holds every right that the program knows', async () => {
  // whether roles name rights that nobody knows is looked at where all modules are: apps/server/src/permissions.test.ts
  const known = new Set((await admin.get('/api/permissions')).body.items.map((p: { code: string }) => p.code))
  const held = (await admin.get('/api/session')).body.permissions
  for (const code of known as Set<string>) assert.deepEqual(held[code], ['all'], code)
})

test('SP-16 a role that an administrator changed is left alone at the next start; an untouched one is brought up to date', async () => {
  const qc = await idOf('role', 'qc'), engineer = await idOf('role', 'engineer')
  assert.equal((await admin.patch(`/api/roles/${qc}`, { grants: { 'serviceRequest:read': ['self'] } })).status, 200)
  await app.system(ctx => ctx.query(`update role set grants = '{}' where tenant_id = $1 and id = $2`, [ctx.tenant.id, engineer]))
  const before = (await admin.get(`/api/roles/${qc}`)).body
  await setupTenant(app.runtime, app.tenantId)
  assert.deepEqual((await admin.get(`/api/roles/${qc}`)).body, before)
  assert.deepEqual((await admin.get(`/api/roles/${engineer}`)).body.grants, STANDARD_ROLES.find(r => r.code === 'engineer')!.grants)
  await setupTenant(app.runtime, app.tenantId)
  assert.equal((await admin.get(`/api/roles/${engineer}`)).body.version, 2, 'a start that finds nothing to do writes nothing')
})

test('SP-16 an employee is found by name, pinyin, initials, number and phone; who leaves keeps the day', async () => {
  const unitId = (await admin.get('/api/units')).body.items[0].id
  const made = await admin.post('/api/employees', { number: 'hc0102', name: '赵修', unitId, postId: await idOf('post', 'engineer'), phone: '13900000102', hiredOn: '2021-03-15', skills: ['mainboard', '屏幕更换'] })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.deepEqual([made.body.number, made.body.status, made.body.skills], ['HC0102', 'active', ['mainboard', 'screen']])
  for (const q of ['赵修', 'zhaoxiu', 'zx', 'HC0102', '0102', '13900000102']) {
    assert.equal((await admin.get(`/api/employees?q=${encodeURIComponent(q)}`)).body.items.length, 1, q)
  }
  assert.equal((await admin.post('/api/employees', { number: 'HC0102', name: '另一人', unitId, postId: await idOf('post', 'qc') })).body.code, 'UNIQUE')
  const left = await admin.patch(`/api/employees/${made.body.id}`, { status: 'left' })
  assert.deepEqual([left.body.status, left.body.leftOn], ['left', '2026-11-22'])
  assert.equal((await admin.patch(`/api/employees/${made.body.id}`, { status: 'active' })).body.leftOn, null)
})

test('SP-19 staff see the employees of their own unit and below, a region its own, head office all', async () => {
  const unit = async (code: string, kind: string, parentId?: string) => (await admin.post('/api/units', { code, name: code, kind, ...(parentId ? { parentId } : {}) })).body.id as string
  const top = (await admin.get('/api/units')).body.items[0].id
  const east = await unit('EAST', 'region', top), south = await unit('SOUTH', 'region', top)
  const hz = await unit('HZ01', 'station', east), nb = await unit('NB02', 'station', east), gz = await unit('GZ05', 'station', south)
  const post = await idOf('post', 'receptionist')
  for (const [i, unitId] of [hz, nb, gz].entries()) await admin.post('/api/employees', { number: `T${i}`, name: `员工${i}`, unitId, postId: post })
  const sees = async (role: string, unitId: string): Promise<string[]> => {
    const who = await app.person({ username: role.toLowerCase(), unitId, roleIds: [await idOf('role', role)] })
    return (await who.get('/api/employees?filter={"number":{"startsWith":"T"}}&sort=number')).body.items.map((e: { number: string }) => e.number)
  }
  assert.deepEqual(await sees('receptionist', hz), ['T0'])
  assert.deepEqual(await sees('regionManager', east), ['T0', 'T1'])
  assert.deepEqual(await sees('hq', top), ['T0', 'T1', 'T2'])
})
