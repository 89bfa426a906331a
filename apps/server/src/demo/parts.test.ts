import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, loadDemo } from './index.ts'
import { storeParts } from './parts.ts'
import { storeRequests } from './requests.ts'
import { storeUsedParts } from './used-parts.ts'

test('the demo’s shelves agree with their ledger, its hotline tickets wait at the customer’s station', async () => {
  const app = await testApp({ modules, clock: '2026-11-20T07:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [storeParts] })
  await app.system(async ctx => {
    const [shelf] = await ctx.query<{ parts: number; wrong: number }>(`select count(distinct p.id)::int as parts, count(*) filter (where s.on_hand <> (select sum(case m.kind when 'use' then -quantity when 'reserve' then 0 when 'release' then 0 else quantity end) from stock_move m where m.tenant_id = s.tenant_id and m.part_id = s.part_id and m.unit_id = s.unit_id))::int as wrong
      from part p join part_stock s on s.tenant_id = p.tenant_id and s.part_id = p.id where p.tenant_id = $1`, [main])
    assert.ok(shelf!.parts >= 12, String(shelf!.parts))
    assert.equal(shelf!.wrong, 0)
    const tickets = await ctx.query<{ code: string; n: number }>("select u.code, count(*)::int as n from hotline_ticket t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id where t.tenant_id = $1 and t.state = 'waiting' group by u.code order by u.code", [main])
    assert.deepEqual(tickets, [{ code: 'GZ05', n: 1 }, { code: 'HZ01', n: 4 }, { code: 'NB02', n: 1 }])
  }, main)
})

test('the parts that went into repaired devices are what the quotes say, and both moves stand in the ledger', async () => {
  const app = await testApp({ modules, clock: '2026-11-20T07:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [storeRequests, storeParts, storeUsedParts] })
  await app.system(async ctx => {
    const [used] = await ctx.query<{ parts: number; requests: number; amount: string; odd: number; early: number }>(`select count(*) filter (where l.kind = 'part')::int as parts, count(distinct l.request_id)::int as requests, sum(l.amount) filter (where l.kind = 'part') as amount,
      (select count(*)::int from (select x.request_id from part_line x join service_request q on q.tenant_id = x.tenant_id and q.id = x.request_id where x.tenant_id = $1 group by x.request_id, q.quoted_amount having sum(x.amount) <> q.quoted_amount) y) as odd,
      count(*) filter (where l.decided_at < l.created_at)::int as early from part_line l where l.tenant_id = $1`, [main])
    assert.ok(used!.parts >= 30 && Number(used!.amount) > 1000, JSON.stringify(used))
    assert.deepEqual([used!.odd, used!.early], [0, 0], 'lines come to the quote; nothing is used before it is agreed')
    const [ledger] = await ctx.query<{ wrong: number; below: number; unlike: number }>(`select (select count(*)::int from part_stock s where s.tenant_id = $1 and s.on_hand <> (select sum(case m.kind when 'use' then -quantity when 'reserve' then 0 when 'release' then 0 else quantity end) from stock_move m where m.tenant_id = s.tenant_id and m.part_id = s.part_id and m.unit_id = s.unit_id)) as wrong,
      (select count(*)::int from part_stock s where s.tenant_id = $1 and (s.on_hand < 0 or s.reserved <> 0)) as below,
      (select count(*)::int from part_line l where l.tenant_id = $1 and l.kind = 'part' and (select count(*) from stock_move m where m.tenant_id = l.tenant_id and m.line_id = l.id and m.kind in ('reserve', 'use')) <> 2) as unlike`, [main])
    assert.deepEqual(ledger, { wrong: 0, below: 0, unlike: 0 })
  }, main)
})
