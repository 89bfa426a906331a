import type { TestApp } from '@quancheng/kernel/testing'

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A text in which every id is replaced by the order in which it comes, keys by their names: two texts are equal when they say the same of different things. */
export function withoutIds(value: unknown): string {
  const seen = new Map<string, string>()
  return JSON.stringify(value, (_, v: unknown) => (v && typeof v === 'object' && !Array.isArray(v) ? Object.fromEntries(Object.entries(v).toSorted(([a], [b]) => (a < b ? -1 : 1))) : v)).replace(ID, id => { if (!seen.has(id)) seen.set(id, `#${seen.size}`); return seen.get(id)! })
}

/** Everything stored of cases, and of the records they run on; times are left out. */
export async function rowsOf(app: Pick<TestApp, 'owner'>, caseIds: readonly string[]): Promise<string> {
  const rows = async (text: string) => (await app.owner.query(text, [caseIds])).rows as unknown[]
  return withoutIds({
    instances: await rows('select state, variables, joins, engine, next_seq, end_node, entity from process_instance where id = any($1::uuid[]) order by id'),
    steps: await rows('select id, seq, node_id, kind, state, scope_id, outcome, data from process_step where instance_id = any($1::uuid[]) order by instance_id, seq'),
    waits: await rows('select id, kind, name, key from process_wait where instance_id = any($1::uuid[]) order by kind, name, key, id'),
    incidents: await rows('select kind, node_id, code from process_incident where instance_id = any($1::uuid[]) order by kind, node_id'),
    jobs: await rows("select kind, payload - 'instanceId' - 'from' as payload from job where payload->>'instanceId' = any($1::text[]) or payload->>'from' = any($1::text[]) or payload->>'stepId' in (select id::text from process_step where instance_id = any($1::uuid[])) order by kind, payload->>'nodeId', due_at"),
    audit: await rows('select a.entity, a.act, count(*)::int as n from audit a join process_instance i on i.tenant_id = a.tenant_id and a.record_id = i.record_id where i.id = any($1::uuid[]) group by 1, 2 order by 1, 2'),
  })
}
