import type { Ctx } from '../context.ts'
import { digestOf, hashOf, type AuditPayload } from '../audit/chain.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { Change } from '../entity/define.ts'
import { newId } from '../ids.ts'
import { searchDocument } from '../search/search.ts'
import { complete, requireFields } from './normalise.ts'
import { toJson, type Stored } from './record.ts'
import { nextNumber } from './series.ts'

/** One new row of many; `by` and `at` let history be written as it was lived. */
export interface NewRow { draft: Stored; id?: string; at?: Date; by?: string | null }

const BATCH = 500

/**
 * Many new rows of one entity in three statements a batch: what loaders need (demo data, migrations from another system). Every row has
 * its audit entry and its search row, as `storeNew` would have written them; there is no event and no wake-up of screens, and
 * references are checked by the foreign keys alone. `before` hooks run, `after` hooks do not.
 */
export async function storeMany(ctx: Ctx, entity: CompiledEntity, rows: readonly NewRow[]): Promise<Stored[]> {
  const stored: Stored[] = []
  for (let i = 0; i < rows.length; i += BATCH) stored.push(...await storeBatch(ctx, entity, rows.slice(i, i + BATCH)))
  return stored
}

async function storeBatch(ctx: Ctx, entity: CompiledEntity, rows: readonly NewRow[]): Promise<Stored[]> {
  const fields = [...entity.fields.values()].filter(x => !x.system && x.column)
  const table: object[] = [], audit: object[] = [], search: object[] = [], stored: Stored[] = []
  for (const { draft: given, at: lived, id = newId(lived), by = ctx.user?.id ?? null } of rows) {
    const at = lived ?? ctx.now()
    const draft: Stored = { ...given }
    complete(ctx, entity, draft)
    const change: Change = { act: 'create', id, before: null, draft, row: null }
    await entity.hooks?.before?.(ctx, change as never)
    requireFields(ctx, entity, draft)
    const words = (draft.$words as Record<string, string>) ?? {}
    for (const field of fields) if (field.type === 'serial' && !draft[field.name]) draft[field.name] = await nextNumber(ctx, field.series!, words, at)
    delete draft.$words
    const row: Stored = { ...draft, id, version: 1, createdAt: at, createdBy: by, updatedAt: at, updatedBy: by }
    const own = { tenant_id: ctx.tenant.id }
    const unitId = (entity.scope?.unit ? (entity.scope.unit === 'id' ? id : row[entity.scope.unit]) : null) ?? null
    const columns = Object.fromEntries(fields.map(x => [x.column!, toJson(x, draft[x.name])]))
    table.push({ ...own, id, version: 1, created_at: at, created_by: by, updated_at: at, updated_by: by, ext: {}, ...columns })
    if (!entity.noAudit) {
      const after = Object.fromEntries(fields.map(x => [x.name, toJson(x, draft[x.name])] as const).filter(([, v]) => v !== null))
      const payload: AuditPayload = { before: null, after, note: null }
      const digest = digestOf(payload)
      const hash = hashOf(null, { tenantId: ctx.tenant.id, entity: entity.name, recordId: id, seq: 1, at, actorId: by, act: 'create', reason: ctx.reason, ip: ctx.ip, unitId: unitId as string | null, digest })
      audit.push({ ...own, entity: entity.name, record_id: id, seq: 1, at, actor_id: by, act: 'create', reason: ctx.reason, ip: ctx.ip, unit_id: unitId, payload, digest: `\\x${digest.toString('hex')}`, hash: `\\x${hash.toString('hex')}`, redacted: false })
    }
    if (entity.searchable) {
      const { title, subtitle, tsv, codes } = searchDocument(entity, row)
      search.push({ ...own, entity: entity.name, record_id: id, unit_id: unitId, owner_id: (entity.scope?.owner ? row[entity.scope.owner] : null) ?? null, title, subtitle, tokens: tsv, codes, updated_at: at })
    }
    stored.push(row)
  }
  for (const [name, list] of [[entity.table, table], ['audit', audit], ['search_doc', search]] as const) {
    if (!list.length) continue
    const columns = Object.keys(list[0]!).map(c => `"${c}"`).join(', ')
    await ctx.query(`insert into "${name}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${name}", $1)`, [JSON.stringify(list)])
  }
  return stored
}
