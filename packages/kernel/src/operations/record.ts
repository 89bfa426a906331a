import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { canonical, digestOf, hashOf, type AuditPayload } from '../audit/chain.ts'
import { searchDocument } from '../search/search.ts'
import { CHANNEL, notice } from '../store/notify.ts'
import { watched } from '../store/watch.ts'

/** Rows inside the program: values by field name, tenant fields included, as they are stored. */
export type Stored = Record<string, unknown>

export const toJson = (field: CompiledField, value: unknown): unknown => (value === null || value === undefined ? null : field.kind.toJson(value))

/** What changed, as JSON, by field name; personal fields too (erase takes them out again, and its own entry is silent on them). */
function difference(entity: CompiledEntity, before: Stored | null, after: Stored | null, silent: readonly string[]): Pick<AuditPayload, 'before' | 'after'> {
  const b: Record<string, unknown> = {}, a: Record<string, unknown> = {}
  for (const field of entity.fields.values()) {
    if (field.system || silent.includes(field.name)) continue
    const x = toJson(field, before?.[field.name]), y = toJson(field, after?.[field.name])
    if (canonical(x) === canonical(y)) continue
    if (before) b[field.name] = x
    if (after) a[field.name] = y
  }
  return { before: before ? b : null, after: after ? a : null }
}

const changedFields = (entity: CompiledEntity, before: Stored | null, after: Stored | null): string[] =>
  [...entity.fields.values()].filter(x => !x.system && canonical(toJson(x, before?.[x.name])) !== canonical(toJson(x, after?.[x.name]))).map(x => x.name)

export interface Trace { act: string; id: string; seq: number; previousHash: Buffer | null; before: Stored | null; after: Stored | null; note?: unknown; event?: string; silent?: readonly string[] }

/**
 * Everything that must be true together with a write, in one statement on the same transaction: the audit entry, the event for
 * those who wait for it, the search row, and the wake-up of live screens (sent by PostgreSQL only if the commit succeeds).
 */
export function trace(ctx: Ctx, entity: CompiledEntity, t: Trace): void {
  const row = t.after ?? t.before ?? {}
  const unitId = (entity.scope?.unit ? (entity.scope.unit === 'id' ? t.id : row[entity.scope.unit]) : null) as string | null
  const at = ctx.now()
  const values: unknown[] = [ctx.tenant.id, entity.name, t.id, unitId ?? null, at]
  const parts: string[] = []
  let shape = 'trace'
  if (!entity.noAudit) {
    const payload: AuditPayload = { ...difference(entity, t.before, t.after, t.silent ?? []), note: t.note ?? null }
    const digest = digestOf(payload)
    const actorId = ctx.user?.id ?? null
    const hash = hashOf(t.previousHash, { tenantId: ctx.tenant.id, entity: entity.name, recordId: t.id, seq: t.seq, at, actorId, act: t.act, reason: ctx.reason, ip: ctx.ip, unitId: unitId ?? null, digest })
    const n = values.push(t.seq, actorId, t.act, ctx.reason, ctx.ip, JSON.stringify(payload), digest, hash) - 7
    parts.push(`a as (insert into audit (tenant_id, entity, record_id, unit_id, at, seq, actor_id, act, reason, ip, payload, digest, hash)
      values ($1, $2, $3, $4, $5, $${n}, $${n + 1}, $${n + 2}, $${n + 3}, $${n + 4}, $${n + 5}, $${n + 6}, $${n + 7}))`)
    shape += '_a'
  }
  const event = t.event ?? `${entity.name}.${t.act}`
  const { before, after } = t
  const watch = ctx.tenant.wanted?.length ? watched(ctx, entity, event, { version: t.seq, how: !before ? 'created' : !after ? 'removed' : 'changed' }, () => changedFields(entity, before, after), t.note) : null
  const heard = watch !== null || ctx.runtime.listensTo(event)
  if (heard) {
    const n = values.push(event, watch ? JSON.stringify(watch) : t.note === undefined ? null : JSON.stringify(t.note)) - 1
    parts.push(`o as (insert into outbox (tenant_id, entity, record_id, unit_id, at, event, payload) values ($1, $2, $3, $4, $5, $${n}, $${n + 1}))`)
    shape += '_o'
  }
  if (entity.searchable && t.after) {
    const doc = searchDocument(entity, t.after)
    const owner = (entity.scope?.owner ? t.after[entity.scope.owner] : null) ?? null
    const n = values.push(owner, doc.title, doc.subtitle, doc.tsv, doc.codes) - 4
    parts.push(`s as (insert into search_doc (tenant_id, entity, record_id, unit_id, updated_at, owner_id, title, subtitle, tokens, codes)
      values ($1, $2, $3, $4, $5, $${n}, $${n + 1}, $${n + 2}, $${n + 3}::tsvector, $${n + 4})
      on conflict (tenant_id, entity, record_id) do update set unit_id = excluded.unit_id, updated_at = excluded.updated_at, owner_id = excluded.owner_id,
        title = excluded.title, subtitle = excluded.subtitle, tokens = excluded.tokens, codes = excluded.codes)`)
    shape += '_s'
  }
  if (entity.searchable && !t.after) { parts.push('s as (delete from search_doc where tenant_id = $1 and entity = $2 and record_id = $3)'); shape += '_d' }
  const n = values.push(CHANNEL, notice(ctx.tenant.id, entity.name, t.id, unitId ?? null, t.act, at, heard)) - 1
  // a parameter that no part uses would have no type; naming all five in the final select settles it
  ctx.send(`${parts.length ? `with ${parts.join(',\n')}\n` : ''}select pg_notify($${n}, $${n + 1}) where ($1::uuid, $2::text, $3::uuid, $5::timestamptz) is not null or $4::uuid is null`, values, shape)
}
