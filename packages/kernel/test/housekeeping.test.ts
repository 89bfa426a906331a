import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testApp } from '@quancheng/kernel/testing'

test('what nobody can use any more is swept away every few hours; what is still good stays', async () => {
  const app = await testApp({ clock: '2026-11-22T01:00:00Z', worker: true })
  await app.worker!.idle()
  const person = await app.person({ username: 'lin' })
  const session = (hash: string, expires: string) => app.owner.query("insert into session (tenant_id, token_hash, user_id, created_at, seen_at, expires_at) values ($1, $2, $3, now(), now(), $4)", [app.tenantId, Buffer.from(hash), person.userId, expires])
  await session('old', '2026-11-22T02:00:00Z')
  await session('good', '2026-11-23T02:00:00Z')
  app.clock!.set('2026-11-22T07:30:00Z')
  await app.worker!.idle()
  const left = await app.owner.query<{ hash: string }>("select convert_from(token_hash, 'UTF8') as hash from session")
  assert.deepEqual(left.rows.map(r => r.hash), ['good'])
  const next = await app.owner.query<{ due_at: Date }>("select due_at from job where kind = 'core.housekeeping'")
  assert.deepEqual(next.rows.map(r => r.due_at.toISOString()), ['2026-11-22T13:30:00.000Z'])
})

test('BH-7.3 who may change a user may not give roles, unless that right is theirs too', async () => {
  const app = await testApp({})
  const clerk = await app.person({ username: 'clerk', roles: [{ code: 'hr', grants: { 'user:read': ['all'], 'user:update': ['all'], 'role:read': ['all'] } }] })
  const other = await app.person({ username: 'other' })
  const { body: roles } = await clerk.get('/api/roles')
  const raised = await clerk.patch(`/api/users/${other.userId}`, { roleIds: [roles.items[0].id] })
  assert.deepEqual([raised.status, raised.body.details.permission], [403, 'user:grant'])
  assert.equal((await clerk.patch(`/api/users/${other.userId}`, { phone: '13800000002' })).status, 200)
})
