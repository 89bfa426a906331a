import { sql } from 'kysely'
import { fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { pick } from '../i18n.ts'
import type { AuditPayload } from '../audit/chain.ts'
import { read } from './list.ts'
import { ownPerson } from '../access/outside.ts'
import { actName, nameChanges } from './names.ts'

export interface HistoryEntry {
  seq: number; at: Date; actor: string | null; actorName: string | null; act: string; /** what people call the act */ actName: string | null; reason: string | null; ip: string | null; redacted: boolean
  /** `beforeName`, `afterName`: of references, what they name */
  changes: Array<{ field: string; label: string; before: unknown; after: unknown; beforeName?: string; afterName?: string }>
  note: unknown
}

interface AuditRow { seq: number; at: Date; actor_id: string | null; actor_name: string | null; act: string; reason: string | null; ip: string | null; payload: AuditPayload | null; redacted: boolean }

/** Before and after, as far as this caller may see the fields: a masked phone is masked in its history too. */
export function changesFor(ctx: Ctx, entity: CompiledEntity, payload: AuditPayload | null): HistoryEntry['changes'] {
  const names = new Set([...Object.keys(payload?.before ?? {}), ...Object.keys(payload?.after ?? {})])
  return [...names].flatMap(name => {
    const field = entity.fields.get(name)
    if (!field) return []
    const level = fieldLevel(ctx.access, entity, field)
    if (level === 'none' || field.hidden) return []
    const show = (v: unknown): unknown => (v === null || v === undefined ? null : level === 'mask' ? (field.kind.mask?.(v) ?? '***') : v)
    const before = show(payload?.before?.[name]), after = show(payload?.after?.[name])
    return before === null && after === null ? [] : [{ field: name, label: pick(field.label, ctx.locale), before, after }]
  })
}

/** What happened to one record, newest first. Who may read the record may read its history; a partner what the partner's own people did. */
export async function history(ctx: Ctx, entity: CompiledEntity, id: string, after?: string): Promise<HistoryEntry[]> {
  await read(ctx, entity, id, ['id'])
  const before = after ? Number(after) : 2_147_483_647
  const { rows } = await sql<AuditRow>`
    select a.seq, a.at, a.actor_id, u.name as actor_name, a.act, a.reason, a.ip, a.payload, a.redacted
    from audit a left join "user" u on u.tenant_id = a.tenant_id and u.id = a.actor_id
    where a.tenant_id = ${ctx.tenant.id} and a.entity = ${entity.name} and a.record_id = ${id} and a.seq < ${before} ${ctx.access.outside ? sql`and ${ownPerson(ctx, 'a.actor_id')}` : sql``}
    order by a.seq desc limit 50`.execute(ctx.db)
  const entries = rows.map(r => ({
    seq: r.seq, at: r.at, actor: r.actor_id, actorName: r.actor_name, act: r.act, actName: actName(ctx, entity.name, r.act), reason: r.reason, ip: r.ip, redacted: r.redacted,
    changes: changesFor(ctx, entity, r.payload), note: r.payload?.note ?? null,
  }))
  await nameChanges(ctx, entries.map(e => ({ entity, changes: e.changes })))
  return entries
}
