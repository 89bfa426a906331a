import { AppError, dayOf, lock, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { labelOf } from '../rules/label.ts'
import { variablesOf, type Values } from '../rules/variables.ts'

/** A record as an event left it. `record` null: it was removed; `old` null: it was created, or nobody kept what was before. */
export interface State { record: Values | null; old: Values | null; gone: boolean; unitId: string | null; at: Date; label: string; variables: Values }

const jsonOf = (entity: CompiledEntity, row: Values): Values =>
  Object.fromEntries([...entity.fields.values()].map(x => [x.name, row[x.name] === null || row[x.name] === undefined ? null : x.kind.toJson(row[x.name])]))

interface Entry { seq: number; before: Values | null; after: Values | null }

/**
 * What a record was when this version of it was written. Since then it may have changed, or be gone: the audit is walked back from now. An
 * entity without audit is taken as it stands.
 */
export async function stateAt(ctx: Ctx, entity: CompiledEntity, recordId: string, version: number | null, at: Date): Promise<State> {
  let current: Values | null = null
  try { current = jsonOf(entity, (await lock(ctx, entity, recordId, 'read', { forUpdate: false })).row) } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NOT_FOUND' || version === null) throw error
  }
  let record = current, old: Values | null = null
  const entries = entity.noAudit ? [] : await ctx.query<Entry & Values>(
    "select seq, payload->'before' as before, payload->'after' as after from audit where tenant_id = $1 and entity = $2 and record_id = $3 and seq >= $4 order by seq desc",
    [ctx.tenant.id, entity.name, recordId, version ?? Number(current?.version ?? 1)])
  for (const e of entries) {
    const removal = !e.after
    const before = removal ? e.before : e.before && { ...record, ...e.before }
    if (e.seq === (version ?? current?.version)) { record = removal ? null : record; old = before; break }
    record = before
  }
  const row = record ?? old
  const unit = entity.scope?.unit
  return {
    record, old, gone: current === null, at, unitId: (unit === 'id' ? recordId : unit ? (row?.[unit] as string | null | undefined) : null) ?? null,
    label: labelOf(entity, row),
    variables: variablesOf(entity, { record: record && { ...record, id: recordId }, old, at, day: dayOf(at, ctx.tenant.timeZone).toISOString().slice(0, 10) }),
  }
}
