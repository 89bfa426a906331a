import type { Ctx } from '../context.ts'
import { digestOfText, hashOf } from '../audit/chain.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { searchDocument } from '../search/search.ts'
import { referenceChanged } from '../store/known.ts'
import { sendRows, type Columns } from './columns.ts'
import { toJson, type Stored } from './record.ts'

/** The cells of one column of an entity, as `sendRows` takes them. */
export const cellsOf = (field: CompiledField, rows: readonly Stored[]): Columns[string] => ({
  type: field.kind.column(field as never),
  values: rows.map(field.type === 'json' ? r => { const v = toJson(field, r[field.name]); return v === null ? null : JSON.stringify(v) } : r => toJson(field, r[field.name])),
})

export const unitOf = (entity: CompiledEntity, id: string, row: Stored): string | null =>
  ((entity.scope?.unit ? (entity.scope.unit === 'id' ? id : row[entity.scope.unit]) : null) ?? null) as string | null

/** Rights and metadata that hang on these rows count at the next request. */
export function referencesChanged(ctx: Ctx, entity: CompiledEntity): void {
  if (entity.affectsAccess) referenceChanged(ctx, 'access')
  if (entity.affectsMeta) referenceChanged(ctx, 'meta')
}

/** One write of many. `payload`: canonical JSON of `{after, before, note}`, which is both what is hashed and what is stored. */
export interface Write { id: string; seq: number; at: Date; by: string | null; previous: Buffer | null; payload: string; /** the row as it is now */ row: Stored; /** does what it is found by change? */ found: boolean }

/** The audit entries and search rows of many writes to one entity, as `trace` would write them one by one. */
export function sendTraces(ctx: Ctx, entity: CompiledEntity, act: string, writes: readonly Write[]): void {
  if (!writes.length) return
  const same = (type: string, value: unknown): Columns[string] => ({ type, values: writes.map(() => value) })
  const each = (type: string, of: (w: Write) => unknown): Columns[string] => ({ type, values: writes.map(of) })
  if (!entity.noAudit) {
    const digests: Buffer[] = [], hashes: Buffer[] = []
    for (const w of writes) {
      const digest = digestOfText(w.payload)
      digests.push(digest)
      hashes.push(hashOf(w.previous, { tenantId: ctx.tenant.id, entity: entity.name, recordId: w.id, seq: w.seq, at: w.at, actorId: w.by, act, reason: ctx.reason, ip: ctx.ip, unitId: unitOf(entity, w.id, w.row), digest }))
    }
    sendRows(ctx, 'audit', {
      tenant_id: same('uuid', ctx.tenant.id), entity: same('text', entity.name), record_id: each('uuid', w => w.id), seq: each('integer', w => w.seq), at: each('timestamptz', w => w.at), actor_id: each('uuid', w => w.by),
      act: same('text', act), reason: same('text', ctx.reason), ip: same('text', ctx.ip), unit_id: each('uuid', w => unitOf(entity, w.id, w.row)), payload: each('jsonb', w => w.payload), digest: { type: 'bytea', values: digests }, hash: { type: 'bytea', values: hashes },
    })
  }
  const found = writes.filter(w => w.found)
  if (!entity.searchable || !found.length) return
  const docs = found.map(w => searchDocument(entity, w.row)), of = (type: string, values: unknown[]): Columns[string] => ({ type, values })
  const old = found.filter(w => w.seq > 1).map(w => w.id)
  if (old.length) ctx.send('delete from search_doc where tenant_id = $1 and entity = $2 and record_id = any($3)', [ctx.tenant.id, entity.name, old])
  sendRows(ctx, 'search_doc', {
    tenant_id: of('uuid', found.map(() => ctx.tenant.id)), entity: of('text', found.map(() => entity.name)), record_id: of('uuid', found.map(w => w.id)), unit_id: of('uuid', found.map(w => unitOf(entity, w.id, w.row))),
    owner_id: of('uuid', found.map(w => (entity.scope?.owner ? w.row[entity.scope.owner] : null) ?? null)), title: of('text', docs.map(d => d.title)), subtitle: of('text', docs.map(d => d.subtitle)), tokens: of('tsvector', docs.map(d => d.tsv)),
    codes: of('text', docs.map(d => d.codes)), updated_at: of('timestamptz', found.map(w => w.at)),
  })
}
