import type { Ctx } from '../context.ts'
import { canonical } from '../audit/chain.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { Change } from '../entity/define.ts'
import { newId } from '../ids.ts'
import { sendRows, type Columns } from './columns.ts'
import { complete, requireFields } from './normalise.ts'
import { cellsOf, referencesChanged, sendTraces, type Write } from './record-many.ts'
import { toJson, type Stored } from './record.ts'
import { nextNumber } from './series.ts'

/** One new row of many; `by` and `at` let history be written as it was lived. */
export interface NewRow { draft: Stored; id?: string; at?: Date; by?: string | null }

const BATCH = 1000

/**
 * Many new rows of one entity in a few statements a batch: what loaders need (demo data, migrations from another system). Every row has
 * its audit entry and its search row, as `storeNew` would have written them; there is no event and no wake-up of screens, and
 * references are checked by the foreign keys alone. `before` hooks run, `after` hooks do not. A refusal of the database is told by the next
 * statement, at the latest by the commit.
 */
export async function storeMany(ctx: Ctx, entity: CompiledEntity, rows: readonly NewRow[]): Promise<Stored[]> {
  const stored: Stored[] = []
  for (let i = 0; i < rows.length; i += BATCH) {
    stored.push(...await storeBatch(ctx, entity, rows.slice(i, i + BATCH)))
    // PostgreSQL works while the next batch is prepared, but no more than that is under way
    if (i + BATCH < rows.length) await ctx.query('select')
  }
  if (rows.length) referencesChanged(ctx, entity)
  return stored
}

async function storeBatch(ctx: Ctx, entity: CompiledEntity, rows: readonly NewRow[]): Promise<Stored[]> {
  const fields = [...entity.fields.values()].filter(x => !x.system && x.column), serials = fields.filter(x => x.type === 'serial')
  const kept = fields.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(x => [x, `${JSON.stringify(x.name)}:`] as const)
  const stored: Stored[] = [], writes: Write[] = [], now = ctx.now()
  for (const { draft: given, at: lived, id = newId(lived), by = ctx.user?.id ?? null } of rows) {
    const at = lived ?? now
    const draft: Stored = { ...given }
    complete(ctx, entity, draft)
    const change: Change = { act: 'create', id, before: null, draft, row: null }
    await entity.hooks?.before?.(ctx, change as never)
    requireFields(ctx, entity, draft)
    const words = (draft.$words as Record<string, string>) ?? {}
    for (const field of serials) if (!draft[field.name]) draft[field.name] = await nextNumber(ctx, field.series!, words, at)
    delete draft.$words
    const row: Stored = { ...draft, id, version: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by }
    const values: string[] = []
    if (!entity.noAudit) for (const [field, key] of kept) { const v = toJson(field, draft[field.name]); if (v !== null) values.push(key + canonical(v)) }
    writes.push({ id, seq: 1, at, by, previous: null, payload: `{"after":{${values.join(',')}},"before":null,"note":null}`, row, found: true })
    stored.push(row)
  }
  if (!rows.length) return stored
  const own: Columns = {
    tenant_id: { type: 'uuid', values: rows.map(() => ctx.tenant.id) }, id: { type: 'uuid', values: writes.map(w => w.id) }, version: { type: 'integer', values: rows.map(() => 1) }, ext: { type: 'jsonb', values: rows.map(() => '{}') },
    created_at: { type: 'timestamptz', values: writes.map(w => w.at) }, created_by: { type: 'uuid', values: writes.map(w => w.by) }, updated_at: { type: 'timestamptz', values: writes.map(w => w.at) }, updated_by: { type: 'uuid', values: writes.map(w => w.by) },
  }
  sendRows(ctx, entity.table, { ...own, ...Object.fromEntries(fields.map(x => [x.column!, cellsOf(x, stored)])) })
  sendTraces(ctx, entity, 'create', writes)
  return stored
}
