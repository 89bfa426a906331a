import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { storeDispatch } from './dispatch.ts'
import { createDemoTenants, loadDemo } from './index.ts'
import { storeRequests } from './requests.ts'

test('the demo’s engineers have skills, its stations slots and bookings that nobody shares a place in, and two customers have contracts', async () => {
  const app = await testApp({ modules, clock: '2026-11-23T03:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [(ctx, w) => storeRequests(ctx, w, 3), storeDispatch] })
  await app.system(async ctx => {
    const [zhao] = await ctx.query<{ n: number; board: number }>("select count(*)::int as n, max(level) filter (where s.name = '主板') as board from person_skill p join skill s on s.tenant_id = p.tenant_id and s.id = p.skill_id join \"user\" u on u.tenant_id = p.tenant_id and u.id = p.person_id where p.tenant_id = $1 and u.username = 'zhaoxiu'", [main])
    assert.deepEqual(zhao, { n: 2, board: 4 })
    const stations = await ctx.query<{ code: string; rules: number; today: number; later: number; shared: number }>(
      `select u.code, (select count(*)::int from slot_rule r where r.tenant_id = u.tenant_id and r.unit_id = u.id) as rules, count(b.id) filter (where b.starts_at < '2026-11-23T16:00:00Z')::int as today, count(b.id) filter (where b.starts_at >= '2026-11-23T16:00:00Z')::int as later,
         (count(b.id) - count(distinct (b.rule_id, b.starts_at, b.place)))::int as shared
       from unit u left join booking b on b.tenant_id = u.tenant_id and b.unit_id = u.id where u.tenant_id = $1 and u.kind = 'station' group by u.tenant_id, u.id, u.code order by u.code`, [main])
    assert.deepEqual(stations.map(s => [s.code, s.rules, s.shared]), [['GZ05', 3, 0], ['HZ01', 3, 0], ['NB02', 3, 0]])
    for (const s of stations) assert.ok(s.today > 0 && s.later > 0, JSON.stringify(s))
    const contracts = await ctx.query<{ open: boolean }>("select valid_until >= '2026-11-23' as open from service_contract where tenant_id = $1 order by 1", [main])
    assert.deepEqual(contracts.map(c => c.open), [false, true])
  }, main)
})
