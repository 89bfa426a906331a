import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setupTenant, verifyAudit, type Ctx } from '@quancheng/kernel'
import { callerOf, testApp, type TestApp } from '@quancheng/kernel/testing'
import { modules } from '../modules.ts'
import { createDemoTenants, DEMO_PASSWORD, loadDemo } from './index.ts'
import { storeSales } from './sales.ts'

const NOW = '2026-11-22T07:00:00Z'
const app: TestApp = await testApp({ modules, clock: NOW })
const [main, other] = await createDemoTenants(app.owner) as [string, string]
for (const id of [main, other]) await setupTenant(app.runtime, id)
const loaded = await loadDemo(app.runtime, { parts: [storeSales] })
const inMain = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => app.system(run, main)
const one = async <T extends Record<string, unknown>>(text: string, ...values: unknown[]): Promise<T> => (await inMain(ctx => ctx.query<T>(text, [main, ...values])))[0]!
const count = async (table: string, where = 'true'): Promise<number> => (await one<{ n: number }>(`select count(*)::int as n from ${table} where tenant_id = $1 and ${where}`)).n

test('the company sells: fifty groups to the third level, two thousand accounts, five thousand contacts, three thousand deals', async () => {
  const known = loaded[0]!.customers.length
  assert.deepEqual([await count('customer') - known, await count('customer', "kind = 'group' and parent_id is null and tax_number is not null"), await count('opportunity'), await count('opportunity', "outcome = 'open'"), await count('lead')], [2000, 50, 3000, 350, 600])
  const { depth } = await one<{ depth: number }>('with recursive t as (select id, 1 as depth from customer where tenant_id = $1 and parent_id is null union all select c.id, t.depth + 1 from customer c join t on c.parent_id = t.id where c.tenant_id = $1) select max(depth)::int as depth from t')
  assert.equal(depth, 3)
  const people = await one<{ n: number; moved: number }>("select count(*)::int as n, (select count(*)::int from contact a join contact b on b.tenant_id = a.tenant_id and b.phone = a.phone and b.name = a.name and b.customer_id <> a.customer_id where a.tenant_id = $1 and a.until is not null and b.until is null) as moved from contact c join customer k on k.tenant_id = c.tenant_id and k.id = c.customer_id where c.tenant_id = $1 and k.tax_number is not null")
  assert.deepEqual([people.n, people.moved > 80], [5000, true], JSON.stringify(people))
})
