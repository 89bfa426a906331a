import { fail, type Ctx } from '@quancheng/kernel'

export interface Version { version: number; name: string; at: Date; by: string | null; byName: string | null; note: string | null; running: number; cases: number }

/** One process as its designer sees it: what runs, and what is being drawn. `version` null: never published. */
export interface Design {
  key: string; name: string; entity: string | null; version: number | null; versions: number; at: Date | null; byName: string | null; note: string | null
  /** cases on the way, on any version */
  running: number
  draft: { version: number; basedOn: number | null; at: Date; by: string | null; byName: string | null } | null
}

interface DesignRow {
  key: string; name: string; draft_name: string | null; entity: string | null; version: number | null; versions: number; at: Date | null; by_name: string | null; note: string | null; running: number
  draft_version: number | null; based_on: number | null; draft_at: Date | null; draft_by: string | null; draft_by_name: string | null
}

/** All processes that can be designed, or the one with this key. Imported logs have no model and are not among them. */
export async function designs(ctx: Ctx, key: string | null = null): Promise<Design[]> {
  const rows = await ctx.query<DesignRow>(
    `with last as (select distinct on (key) * from process_definition where tenant_id = $1 and ($2::text is null or key = $2) order by key, version desc),
          bpmn as (select * from last where kind = 'bpmn')
     select coalesce(l.key, d.key) as key, l.name, d.name as draft_name, l.entity, l.version, l.created_at as at, a.name as by_name, l.note,
       (select count(*)::int from process_definition v where v.tenant_id = $1 and v.key = l.key) as versions,
       (select count(*)::int from process_instance i join process_definition v on v.tenant_id = i.tenant_id and v.id = i.definition_id where i.tenant_id = $1 and v.key = l.key and i.state = 'active') as running,
       d.version as draft_version, d.based_on, d.updated_at as draft_at, d.updated_by as draft_by, b.name as draft_by_name
     from bpmn l full join (select * from process_draft where tenant_id = $1 and ($2::text is null or key = $2)) d on d.key = l.key
       left join "user" a on a.tenant_id = $1 and a.id = l.created_by left join "user" b on b.tenant_id = $1 and b.id = d.updated_by
     order by coalesce(l.name, d.name), 1`, [ctx.tenant.id, key])
  return rows.map(r => ({
    key: r.key, name: r.name ?? r.draft_name ?? r.key, entity: r.entity, version: r.version, versions: r.versions, at: r.at, byName: r.by_name, note: r.note, running: r.running,
    draft: r.draft_version === null ? null : { version: r.draft_version, basedOn: r.based_on, at: r.draft_at!, by: r.draft_by, byName: r.draft_by_name },
  }))
}

/** The published versions, the newest first, with what still runs on each. */
export async function versionsOf(ctx: Ctx, key: string): Promise<Version[]> {
  return ctx.query<Version & Record<string, unknown>>(
    `select d.version, d.name, d.created_at as at, d.created_by as by, u.name as "byName", d.note, coalesce(c.running, 0)::int as running, coalesce(c.cases, 0)::int as cases
     from process_definition d left join "user" u on u.tenant_id = d.tenant_id and u.id = d.created_by
       left join lateral (select count(*) as cases, count(*) filter (where i.state = 'active') as running from process_instance i where i.tenant_id = d.tenant_id and i.definition_id = d.id) c on true
     where d.tenant_id = $1 and d.key = $2 and d.kind = 'bpmn' order by d.version desc`, [ctx.tenant.id, key])
}

/** The model as it was published; without a number, the newest. */
export async function xmlOf(ctx: Ctx, key: string, version: number | null = null): Promise<{ version: number; name: string; xml: string }> {
  const [row] = await ctx.query<{ version: number; name: string; xml: string | null }>("select version, name, xml from process_definition where tenant_id = $1 and key = $2 and kind = 'bpmn' and ($3::int is null or version = $3) order by version desc limit 1", [ctx.tenant.id, key, version])
  return row?.xml ? { ...row, xml: row.xml } : fail('PROCESS_UNKNOWN', { key: version ? `${key} v${version}` : key })
}
