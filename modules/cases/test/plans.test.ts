import assert from 'node:assert/strict'
import { test } from 'node:test'
import { act } from '@quancheng/kernel'
import { sql } from 'kysely'
import { pageQuery } from '../actions/list.ts'
import { choose } from '../actions/reach.ts'
import { QUESTION } from '../rules/question.ts'
import { house } from './house.ts'

const h = await house()
const CASES = 6000

/** Six thousand cases of one process, one in twenty open, without going through the engine: only their places matter here. */
const model = await h.parcel('样')
const of = (await h.app.owner.query('select * from process_instance where id = $1', [model.caseId])).rows[0] as { tenant_id: string; definition_id: string; unit_id: string }
await h.app.owner.query(`
  with made as (select gen_random_uuid() as id, gen_random_uuid() as record, n, n % 20 = 0 as open from generate_series(1, ${CASES}) n),
    records as (insert into parcel (tenant_id, id, version, title, unit_id, stage, created_at, updated_at) select $1, record, 1, '堆' || n, $3, 'take', now(), now() from made),
    cases as (insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, started_at, ended_at) select $1, id, $2, 'parcel', record, '堆' || n, $3, case when open then 'active' else 'completed' end, '2026-11-01T00:00:00Z'::timestamptz + n * interval '1 minute', case when open then null else '2026-11-20T00:00:00Z'::timestamptz + n * interval '1 second' end from made)
  insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, unit_id, state, entered_at)
    select $1, gen_random_uuid(), id, 1, 'take', '收件', 'user', 'clerk', $3, case when open then 'waiting' else 'done' end, '2026-11-20T00:00:00Z'::timestamptz + n * interval '1 second' from made`, [of.tenant_id, of.definition_id, of.unit_id])
for (const table of ['process_instance', 'process_step', 'parcel', 'unit_closure']) await h.app.owner.query(`analyze ${table}`)

interface Node { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; 'Actual Rows': number; 'Actual Loops': number; Plans?: Node[] }
const all = (n: Node): Node[] => [n, ...(n.Plans ?? []).flatMap(all)]

/** The plan of a page as the application asks for it, under the same rules of the database. */
const planOf = (who: typeof h.an, query: string): Promise<Node[]> => act(h.app.runtime, { tenantId: h.app.tenantId, userId: who.userId }, async ctx => {
  const q = QUESTION.parse({ key: 'parcel', ...Object.fromEntries(new URLSearchParams(query)) })
  const statement = (await pageQuery(ctx, await choose(ctx, 'parcel'), q, { limit: 50 }))!
  const { rows: [row] } = await sql<{ 'QUERY PLAN': Array<{ Plan: Node }> }>`explain (analyze, format json) ${statement}`.execute(ctx.db)
  return all(row!['QUERY PLAN'][0]!.Plan)
})
const read = (plan: readonly Node[], table: string): number => plan.filter(n => n['Relation Name'] === table).reduce((sum, n) => sum + n['Actual Rows'] * n['Actual Loops'], 0)

test('a page of cases reads the open ones and never all: no table of cases or steps is scanned', async () => {
  for (const query of ['', 'node=take', 'sort=-since', 'sort=due', `unitId=${h.units.HZ}`, 'flag=unassigned']) {
    const plan = await planOf(h.wu, query)
    for (const table of ['process_instance', 'process_step']) {
      assert.ok(!plan.some(n => n['Node Type'] === 'Seq Scan' && n['Relation Name'] === table), `${query}: ${JSON.stringify(plan.map(n => [n['Node Type'], n['Relation Name'], n['Index Name']]))}`)
      assert.ok(read(plan, table) <= 4 * (CASES / 20), `${query} reads ${read(plan, table)} of ${table}`)
    }
  }
})

test('a page of what is over is one range of its index, the latest first, also for a station', async () => {
  for (const who of [h.wu, h.an]) {
    const plan = await planOf(who, 'state=ended')
    assert.ok(plan.some(n => n['Index Name'] === 'ix_process_instance__ended'), JSON.stringify(plan.map(n => [n['Node Type'], n['Index Name']])))
    assert.ok(read(plan, 'process_instance') < 500, `reads ${read(plan, 'process_instance')}`)
  }
})

test('the whole heap is turned page by page, every case once', async () => {
  const seen = new Set<string>()
  for (let after = '', n = 0; n < 200; n++) {
    const { body } = await h.an.get(`/api/case-list?key=parcel&state=ended&limit=200${after && `&after=${after}`}`)
    for (const row of body.items) seen.add(row.id)
    if (!body.next) break
    after = body.next
  }
  assert.equal(seen.size, CASES - CASES / 20)
  assert.equal((await h.an.get('/api/case-list?key=parcel&state=ended&count=true&limit=1')).body.total, CASES - CASES / 20)
  assert.equal((await h.steps(h.an)).totals.open, CASES / 20 + 1)
})

