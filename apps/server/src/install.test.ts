import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { create, createRuntime, createTenant, systemAct, tenantIds } from '@quancheng/kernel'
import { readConfig } from './config.ts'
import { openDatabase } from './database.ts'
import { prepareTenants } from './install.ts'
import { modules } from './modules.ts'

test('a demo company that an earlier version loaded is told with the sign-ins that it knows, and no others', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'quancheng-install-'))
  const db = await openDatabase(readConfig({ PORT: '0', HOST: '127.0.0.1', QUANCHENG_DEMO: 'off', QUANCHENG_DATA: dataDir }))
  const runtime = createRuntime({ connection: db.app, modules, log: () => {} })
  try {
    const owner = await db.connectOwner()
    await createTenant(owner, { code: 'hengchuan', name: '恒川' })
    await createTenant(owner, { code: 'huaxia', name: '华夏' })
    await owner.end()
    const o = { demo: false, log: () => {} }
    await prepareTenants(runtime, db, o)
    for (const [code, username] of [['hengchuan', 'lijie'], ['huaxia', 'admin']]) {
      const tenant = (await tenantIds(runtime)).find(t => t.code === code)!
      await systemAct(runtime, tenant.id, 'test', async ctx => {
        const unit = await create(ctx, ctx.entities.get('unit'), { code: 'HQ', name: '总部', kind: 'group' })
        await create(ctx, ctx.entities.get('user'), { username, name: '某人', unitId: unit.id, roleIds: [] })
      })
    }
    const { lines } = await prepareTenants(runtime, db, o)
    assert.deepEqual(lines.slice(1).map(line => line.trim().split(/\s/)[0]), ['lijie', 'admin@huaxia'])
  } finally {
    await runtime.close()
    await db.close()
    await rm(dataDir, { recursive: true, force: true })
  }
})
