import type { Ctx } from '../context.ts'
import { canonical, digestOf, hashOf, type AuditPayload } from '../audit/chain.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { Change } from '../entity/define.ts'
import { searchDocument } from '../search/search.ts'
import { requireFields } from './normalise.ts'
import { toJson, type Stored } from './record.ts'
import { lockFree } from './write.ts'

const BATCH = 500

/**
 * Many rows of one entity changed by the system in a few statements a batch: the counterpart of `storeMany`, for rules that judge everybody anew.
 * Every row that changes has its next audit entry on its own chain, as `storeChange` would have written it. There is no event and no wake-up of
 * screens; references are checked by the foreign keys alone; `before` hooks run, `after` hooks do not; tenant fields are not for it. Rows that
 * somebody else holds are left out: the answer names those that were changed and those that have to be asked for again.
 */
export async function changeMany(ctx: Ctx, entity: CompiledEntity, changes: ReadonlyArray<{ id: string; draft: Stored }>, o: { act?: string } = {}): Promise<{ changed: string[]; held: string[] }> {
  const changed: string[] = [], held: string[] = []
  for (let i = 0; i < changes.length; i += BATCH) await changeBatch(ctx, entity, changes.slice(i, i + BATCH), o.act ?? 'update', changed, held)
  return { changed, held }
}

async function changeBatch(ctx: Ctx, entity: CompiledEntity, changes: ReadonlyArray<{ id: string; draft: Stored }>, act: string, done: string[], held: string[]): Promise<void> {
  const fields = [...entity.fields.values()].filter(x => !x.system && x.column)
  const locked = await lockFree(ctx, entity, changes.map(c => c.id))
  const at = ctx.now(), by = ctx.user?.id ?? null, own = { tenant_id: ctx.tenant.id }
  const table: object[] = [], audit: object[] = [], search: object[] = [], touched = new Set<string>()
  for (const { id, draft } of changes) {
    const found = locked.get(id)
    if (!found) { held.push(id); continue }
    const { row: before, hash } = found
    await entity.hooks?.before?.(ctx, { act: 'update', id, before, draft, row: null } satisfies Change as never)
    const moved = fields.filter(x => draft[x.name] !== undefined && canonical(toJson(x, draft[x.name])) !== canonical(toJson(x, before[x.name])))
    if (!moved.length) continue
    requireFields(ctx, entity, draft, x => moved.includes(x))
    const seq = Number(before.version) + 1, after: Stored = { ...before, ...Object.fromEntries(moved.map(x => [x.name, draft[x.name]])), version: seq }
    for (const x of moved) touched.add(x.name)
    table.push({ id, version: seq, updated_at: at, updated_by: by, ...Object.fromEntries(fields.map(x => [x.column!, toJson(x, after[x.name])])) })
    const unitId = ((entity.scope?.unit ? (entity.scope.unit === 'id' ? id : after[entity.scope.unit]) : null) ?? null) as string | null
    if (!entity.noAudit) {
      const values = (row: Stored) => Object.fromEntries(moved.map(x => [x.name, toJson(x, row[x.name])]))
      const payload: AuditPayload = { before: values(before), after: values(after), note: null }
      const digest = digestOf(payload)
      const next = hashOf(hash, { tenantId: ctx.tenant.id, entity: entity.name, recordId: id, seq, at, actorId: by, act, reason: ctx.reason, ip: ctx.ip, unitId, digest })
      audit.push({ ...own, entity: entity.name, record_id: id, seq, at, actor_id: by, act, reason: ctx.reason, ip: ctx.ip, unit_id: unitId, payload, digest: `\\x${digest.toString('hex')}`, hash: `\\x${next.toString('hex')}`, redacted: false })
    }
    if (entity.searchable && moved.some(x => x.search || entity.display.includes(x.name) || entity.scope?.owner === x.name || entity.scope?.unit === x.name)) {
      const { title, subtitle, tsv, codes } = searchDocument(entity, after)
      search.push({ ...own, entity: entity.name, record_id: id, unit_id: unitId, owner_id: (entity.scope?.owner ? after[entity.scope.owner] : null) ?? null, title, subtitle, tokens: tsv, codes, updated_at: at })
    }
    done.push(id)
  }
  if (!table.length) return
  const set = ['version', 'updated_at', 'updated_by', ...fields.filter(x => touched.has(x.name)).map(x => x.column!)].map(c => `"${c}" = v."${c}"`).join(', ')
  await ctx.query(`update "${entity.table}" t set ${set} from jsonb_populate_recordset(null::"${entity.table}", $2) v where t.tenant_id = $1 and t.id = v.id`, [ctx.tenant.id, JSON.stringify(table)])
  if (audit.length) await insert(ctx, 'audit', audit)
  if (search.length) {
    await ctx.query('delete from search_doc where tenant_id = $1 and entity = $2 and record_id = any($3)', [ctx.tenant.id, entity.name, (search as { record_id: string }[]).map(s => s.record_id)])
    await insert(ctx, 'search_doc', search)
  }
}

async function insert(ctx: Ctx, name: string, rows: readonly object[]): Promise<void> {
  const columns = Object.keys(rows[0]!).map(c => `"${c}"`).join(', ')
  await ctx.query(`insert into "${name}" (${columns}) select ${columns} from jsonb_populate_recordset(null::"${name}", $1)`, [JSON.stringify(rows)])
}
