import { can, create, elevated, fail, lock, type CompiledEntity, type Ctx, type Locked } from '@quancheng/kernel'
import { toJson } from '../engine/variables.ts'
import type { FeelMeter } from '../feel/index.ts'
import type { CompiledProcess, Mapping, ProcessStart } from '../model/index.ts'
import { beginOn, type BegunOn } from './begin-on.ts'
import type { Definition } from './definitions.ts'

/*
 * A process that runs on records begins by an event. The event names its record (`recordId`, or the correlation key, which a field of the
 * record holds), or else makes one: from `qc:input` of the start, or from what it carries, by the names of fields. Whoever sends it needs the
 * right to start processes on that record, or to create one; what another process throws, and a timer, is the system's.
 */

export interface StartEvent {
  at: string
  happened: number
  variables: Record<string, unknown>
  /** of a message */
  key?: string | null
  /** what the case keeps of a new record's event; without it, what went into no field */
  keep?: Record<string, unknown>
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The record, held, for somebody who may start processes on it: who has that right, or owns the record. */
export async function holdToStart(ctx: Ctx, entity: CompiledEntity, recordId: string): Promise<Locked> {
  const verb = can(ctx.access, `${entity.name}:startProcess`) ? 'startProcess' : 'read'
  const record = await lock(ctx, entity, recordId, verb)
  const owner = entity.scope?.owner
  if (verb === 'read' && !(owner && record.row[owner] === ctx.user?.id)) fail('START_NOT_ALLOWED')
  return record
}

const startOf = (process: CompiledProcess, at: string): ProcessStart => process.starts.find(s => s.id === at)!

/** The field whose value a message must carry as its key: `qc:correlationKey="number"`. */
export function keyField(start: ProcessStart): string | null {
  for (const t of start.triggers) if (t.on === 'message' && t.key) return t.key.text.replace(/^\s*=/, '').trim()
  return null
}

/** What a start makes of its event: `qc:input` where it has any. */
export const inputsOf = (process: CompiledProcess, at: string): readonly Mapping[] => { const node = process.nodes[at]; return node?.type === 'startEvent' ? node.inputs ?? [] : [] }

/** May a start fill in this field? */
export const writable = (entity: CompiledEntity, name: string): boolean => { const field = entity.fields.get(name); return field !== undefined && !field.system && !field.readOnly }

async function recordByKey(ctx: Ctx, entity: CompiledEntity, name: string, key: string): Promise<string> {
  const field = entity.fields.get(name)
  if (!field?.column) return fail('NOT_FOUND', { [name]: key })
  const rows = await ctx.query<{ id: string }>(`select id from "${entity.table}" where tenant_id = $1 and "${field.column}"::text = $2 limit 2`, [ctx.tenant.id, key])
  return rows.length === 1 ? rows[0]!.id : fail('NOT_FOUND', { entity: entity.name, [name]: key })
}

export async function beginByEvent(ctx: Ctx, definition: Definition, e: StartEvent): Promise<BegunOn> {
  const process = definition.process!, entity = ctx.entities.get(process.binding!.entity)
  const field = keyField(startOf(process, e.at))
  const { recordId, ...payload } = e.variables
  const named = recordId !== undefined && recordId !== null ? String(recordId) : field && e.key ? await recordByKey(ctx, entity, field, e.key) : null
  const of = { key: definition.key, entity, at: e.at, happened: e.happened, startedBy: null }
  if (named !== null) {
    if (!UUID.test(named)) return fail('NOT_FOUND', { id: named })
    return beginOn(ctx, { ...of, row: (await holdToStart(ctx, entity, named)).row, variables: payload })
  }
  const inputs = inputsOf(process, e.at), meter: FeelMeter = { steps: 0 }
  const values = inputs.length ? Object.fromEntries(inputs.map(i => [i.to, toJson(i.from.evaluate(payload, meter), meter)])) : Object.fromEntries(Object.entries(payload).filter(([name]) => writable(entity, name)))
  if (field && e.key && writable(entity, field)) values[field] ??= e.key
  const { id } = await create(ctx, entity, values)
  const { row } = await lock(elevated(ctx, 'process'), entity, id as string, 'update')
  const rest = inputs.length ? payload : Object.fromEntries(Object.entries(payload).filter(([name]) => !(name in values)))
  return beginOn(ctx, { ...of, row, variables: e.keep ?? rest })
}
