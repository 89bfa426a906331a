import { elevated, fail, storeChange, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart, type Prepared } from './begin.ts'
import { plain } from './held.ts'
import type { Opened } from './persist.ts'

export interface BeginOn {
  key: string
  entity: CompiledEntity
  /** the stored row, which the caller holds */
  row: Record<string, unknown>
  variables: Record<string, unknown>
  startedBy: string | null
  /** one of the process's starts, and which of its triggers has happened */
  at?: string | null
  happened?: number | undefined
}
export interface BegunOn { prepared: Prepared; instanceId: string; opened: Opened[] }

/** Has this record a running case of the process? */
export const runningOn = async (ctx: Ctx, key: string, entity: string, recordId: string): Promise<boolean> =>
  (await ctx.query("select 1 from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.record_id = $2 and i.entity = $3 and d.key = $4 and i.state = 'active'", [ctx.tenant.id, recordId, entity, key])).length > 0

/** Begins a case on a record. Conditions right behind the start read the record's values; kept as variables are only the given ones and what the process sets. */
export async function beginOn(ctx: Ctx, o: BeginOn): Promise<BegunOn> {
  const { entity, row } = o, recordId = row.id as string
  const unitId = (entity.scope?.unit ? (row[entity.scope.unit] as string | null) : null) ?? ctx.user?.unitId ?? null
  const values = plain(entity, row)
  const prepared = await prepareStart(ctx, o.key, { ...values, ...o.variables }, o.at ?? null, unitId, o.happened)
  const { process } = prepared.definition
  if (process!.binding && process!.binding.entity !== entity.name) fail('PROCESS_OTHER_ENTITY', { name: prepared.definition.name })
  if (await runningOn(ctx, o.key, entity.name, recordId)) fail('CASE_RUNNING', { key: o.key })
  const kept = Object.entries(prepared.effects.variables).filter(([name, value]) => name in o.variables || !(name in values) || value !== values[name])
  const own: Prepared = { ...prepared, variables: o.variables, effects: { ...prepared.effects, variables: Object.fromEntries(kept) } }
  const label = String(row.number ?? entity.display.map(n => row[n] ?? '').join(' '))
  const { instanceId, opened } = await begin(ctx, own, { entity: entity.name, record: row, unitId, label, startedBy: o.startedBy })
  const stageField = process!.binding?.stageField
  await storeChange(elevated(ctx, 'process'), entity, recordId, stageField && prepared.stage ? { [stageField]: prepared.stage } : {}, { act: 'startProcess', note: { process: prepared.definition.name } })
  return { prepared: own, instanceId, opened }
}
