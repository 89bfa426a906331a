import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { loadTree, ringOf } from '@quancheng/process-tree'
import { modules } from '../modules.ts'
import { createDemoTenants, loadDemo } from './index.ts'
import { storeStandards } from './standards.ts'

test('the demo’s process tree has some eighty nodes in a closed loop; its rules leave today’s repairs as they were', async () => {
  const app = await testApp({ modules, clock: '2026-11-22T01:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [storeStandards] })
  await app.system(async ctx => {
    const nodes = await loadTree(ctx)
    assert.ok(nodes.length >= 70 && nodes.length <= 100, String(nodes.length))
    assert.deepEqual(ringOf(nodes).problems, [])
    assert.ok(nodes.every(n => n.prepare && n.talkTo && n.support && n.feedback), 'every node says its four demands')
    const rules = await ctx.query("select code, in_force_from <= $2 as now, process_key || '/' || node_id as at from head_office_rule where tenant_id = $1 order by code", [main, ctx.now()])
    assert.deepEqual(rules, [{ code: 'ZB-BJ-01', now: true, at: 'repair/quote' }, { code: 'ZB-PJ-01', now: true, at: 'parts-sale/pickup' }, { code: 'ZB-WX-07', now: false, at: 'repair/inspect' }])
    const owed = await ctx.query<{ n: number }>("select count(*)::int as n from customer_visit where tenant_id = $1 and state = 'done' and feedback is null", [main])
    assert.equal(owed[0]!.n, 3)
  }, main)
})
