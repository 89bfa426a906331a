import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, loadDemo } from './index.ts'
import { storeParts } from './parts.ts'

test('the demo’s shelves agree with their ledger, its hotline tickets wait at the customer’s station', async () => {
  const app = await testApp({ modules, clock: '2026-11-20T07:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [storeParts] })
  await app.system(async ctx => {
    const [shelf] = await ctx.query<{ parts: number; wrong: number }>(`select count(distinct p.id)::int as parts, count(*) filter (where s.on_hand <> (select sum(quantity) from stock_move m where m.tenant_id = s.tenant_id and m.part_id = s.part_id and m.unit_id = s.unit_id))::int as wrong
      from part p join part_stock s on s.tenant_id = p.tenant_id and s.part_id = p.id where p.tenant_id = $1`, [main])
    assert.ok(shelf!.parts >= 12, String(shelf!.parts))
    assert.equal(shelf!.wrong, 0)
    const tickets = await ctx.query<{ code: string; n: number }>("select u.code, count(*)::int as n from hotline_ticket t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id where t.tenant_id = $1 and t.state = 'waiting' group by u.code order by u.code", [main])
    assert.deepEqual(tickets, [{ code: 'GZ05', n: 1 }, { code: 'HZ01', n: 4 }, { code: 'NB02', n: 1 }])
  }, main)
})
