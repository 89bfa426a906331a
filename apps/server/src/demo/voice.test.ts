import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, loadDemo } from './index.ts'
import { storeRequests } from './requests.ts'
import { storeVoice } from './voice.ts'

test('the demo has weeks of complaints, feedback and ratings: most closed, a few open, at least one late; the figures have something to say', async () => {
  const app = await testApp({ modules, clock: '2026-11-20T07:00:00Z' })
  const [main, other] = await createDemoTenants(app.owner) as [string, string]
  for (const id of [main, other]) await setupTenant(app.runtime, id)
  await loadDemo(app.runtime, { parts: [storeRequests, storeVoice] })
  await app.system(async ctx => {
    const [c] = await ctx.query<{ n: number; open: number; late: number; reopened: number; ahead: number; units: number }>(`select count(*)::int as n, (count(*) filter (where ended_at is null))::int as open, (count(*) filter (where answered_at is null and due_at < $2))::int as late,
      (count(*) filter (where reopens > 0))::int as reopened, (count(*) filter (where greatest(received_at, answered_at, ended_at) > $2))::int as ahead, count(distinct unit_id)::int as units from complaint where tenant_id = $1`, [main, ctx.now()])
    const [f] = await ctx.query<{ n: number; open: number; departments: number }>('select count(*)::int as n, (count(*) filter (where ended_at is null))::int as open, count(distinct department)::int as departments from feedback where tenant_id = $1', [main])
    const [g] = await ctx.query<{ n: number; people: number; low: number }>('select count(*)::int as n, count(distinct person_id)::int as people, (count(*) filter (where score <= 2))::int as low from counter_rating where tenant_id = $1', [main])
    assert.ok(c!.n + f!.n >= 50 && c!.n + f!.n <= 65, JSON.stringify({ c, f }))
    assert.ok(c!.open >= 2 && c!.open <= 15 && c!.late >= 1 && c!.late <= 5 && c!.reopened >= 2 && c!.ahead === 0 && c!.units === 3, JSON.stringify(c))
    assert.ok(f!.open >= 1 && f!.departments === 4, JSON.stringify(f))
    assert.ok(g!.n >= 380 && g!.n <= 400 && g!.people >= 6 && g!.low > 5, JSON.stringify(g))
  }, main)
})
