import { sql } from 'kysely'
import { elevated } from '../act.ts'
import { requirePermission } from '../access/access.ts'
import { all, visible } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import { offers, type CompiledEntity, type CompiledField } from '../entity/compile.ts'
import type { Change, Verb } from '../entity/define.ts'
import { AppError, fail } from '../errors.ts'
import { pick } from '../i18n.ts'
import { newId } from '../ids.ts'
import { canonical } from '../audit/chain.ts'
import type { Row } from '../query/select.ts'
import { read } from './list.ts'
import { complete, normalise, requireFields, requireOrder } from './normalise.ts'
import { toJson, trace, type Stored } from './record.ts'
import { checkRefs } from './refs.ts'
import { referenceChanged } from '../store/known.ts'
import { askWatchers } from '../store/watch.ts'
import { requireHere, requireUnusedElsewhere } from '../sync/elsewhere.ts'
import { nextNumber } from './series.ts'

/*
 * The one write pipeline. Screens, REST, import, process steps and machine callers all come through here:
 *   authorise → normalise → validate → before → persist → audit + outbox → after → mask
 * `store*` are the inner part, for actions that have authorised the act themselves; they return the stored row.
 */

export interface WriteOptions {
  /** what the audit calls it; default create, update, remove */
  act?: string
  note?: unknown
  event?: string
  id?: string
  /** fields whose values the audit must not keep */
  silent?: readonly string[]
}

const authorise = (ctx: Ctx, entity: CompiledEntity, verb: Verb): void => {
  if (!ctx.access.system && !offers(entity, verb)) {
    if (entity.appendOnly || entity.managed) fail('APPEND_ONLY', { entity: pick(entity.label, ctx.locale) })
    fail('FORBIDDEN', { permission: `${entity.name}:${verb}` })
  }
  requirePermission(ctx.access, `${entity.name}:${verb}`, entity)
}

export async function create(ctx: Ctx, entity: CompiledEntity, input: Record<string, unknown>, o: WriteOptions = {}): Promise<Row> {
  authorise(ctx, entity, 'create')
  const draft = normalise(ctx, entity, input, 'create')
  const row = await storeNew(ctx, entity, draft, o)
  await withinScope(ctx, entity, row.id as string, 'create')
  return read(ctx, entity, row.id as string)
}

export async function update(ctx: Ctx, entity: CompiledEntity, id: string, input: Record<string, unknown>, o: WriteOptions = {}): Promise<Row> {
  authorise(ctx, entity, 'update')
  const draft = normalise(ctx, entity, input, 'update')
  const version = input.version === undefined ? undefined : Number(input.version)
  await storeChange(ctx, entity, id, draft, { ...o, ...(version === undefined ? {} : { version }) })
  await withinScope(ctx, entity, id, 'update')
  return read(ctx, entity, id)
}

export async function remove(ctx: Ctx, entity: CompiledEntity, id: string, o: WriteOptions = {}): Promise<void> {
  authorise(ctx, entity, 'remove')
  const { row, hash } = await lock(ctx, entity, id, 'remove')
  await requireUnusedElsewhere(ctx, entity)
  const change: Change = { act: 'remove', id, before: row, draft: {}, row: null }
  await entity.hooks?.before?.(ctx, change as never)
  await removeOwned(ctx, entity, id)
  await askWatchers(ctx, entity)
  ctx.send(`delete from "${entity.table}" where tenant_id = $1 and id = $2`, [ctx.tenant.id, id], undefined, refusals(ctx, entity, {}))
  trace(ctx, entity, { act: o.act ?? 'remove', id, seq: (row.version as number) + 1, previousHash: hash, before: row, after: null, note: o.note, ...(o.event ? { event: o.event } : {}) })
  await settle(ctx, entity, change)
}

/**
 * What goes with a record (its contacts, its settings) goes by the same road, so that each leaves an entry of its own. The database would take it
 * along in silence. It goes because its record does: no right of its own is asked for.
 */
async function removeOwned(ctx: Ctx, entity: CompiledEntity, id: string): Promise<void> {
  const reason = ctx.reason ?? `随${pick(entity.label, ctx.locale)}一起删除`, sys = { ...elevated(ctx, reason), reason }
  for (const { entity: owned, field } of ctx.entities.pointingTo(entity.name)) {
    const f = owned.fields.get(field)!
    if (f.type !== 'ref' || f.onDelete !== 'cascade' || !f.column) continue
    for (const row of await ctx.query<{ id: string }>(`select id from "${owned.table}" where tenant_id = $1 and "${f.column}" = $2 order by id`, [ctx.tenant.id, id])) await remove(sys, owned, row.id, { note: { with: { entity: entity.name, recordId: id } } })
  }
}

/** A row must lie in the caller's scope after the write too: nobody hands a record to a unit they could not write in. */
async function withinScope(ctx: Ctx, entity: CompiledEntity, id: string, verb: Verb): Promise<void> {
  if (ctx.access.system) return
  const condition = all([visible(ctx, entity, 't', verb)!, sql<boolean>`t.id = ${id}`])
  const { rows } = await sql`select 1 from ${sql.table(entity.table)} as t where ${condition}`.execute(ctx.db)
  if (!rows.length) fail('FORBIDDEN', { permission: `${entity.name}:${verb}` })
}

/** Insert: validate → before → persist → audit + outbox → after. `draft` holds parsed values. */
export async function storeNew(ctx: Ctx, entity: CompiledEntity, draft: Stored, o: WriteOptions = {}): Promise<Stored> {
  const id = o.id ?? newId()
  const now = ctx.now()
  complete(ctx, entity, draft)
  const change: Change = { act: 'create', id, before: null, draft, row: null }
  await entity.hooks?.before?.(ctx, change as never)
  requireFields(ctx, entity, draft)
  requireOrder(ctx, entity, draft, () => true)
  await checkRefs(ctx, entity, draft, null)
  for (const field of entity.fields.values()) {
    if (field.type === 'serial' && !draft[field.name]) draft[field.name] = await nextNumber(ctx, field.series!, (draft.$words as Record<string, string>) ?? {})
  }
  await askWatchers(ctx, entity)
  const row: Stored = { ...draft, id, version: 1, createdAt: now, createdBy: ctx.user?.id ?? null, updatedAt: now, updatedBy: ctx.user?.id ?? null }
  delete row.$words
  const columns = ['tenant_id', 'id', 'version', 'created_at', 'created_by', 'updated_at', 'updated_by', 'ext']
  const values: unknown[] = [ctx.tenant.id, id, 1, now, row.createdBy, now, row.updatedBy, JSON.stringify(extOf(entity, draft, {}))]
  for (const field of entity.fields.values()) {
    if (!field.column || field.system || draft[field.name] === null || draft[field.name] === undefined) continue
    columns.push(field.column)
    values.push(field.type === 'json' ? JSON.stringify(draft[field.name]) : draft[field.name])
  }
  ctx.send(`insert into "${entity.table}" (${columns.map(c => `"${c}"`).join(', ')}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`, values, undefined, refusals(ctx, entity, draft))
  trace(ctx, entity, { act: o.act ?? 'create', id, seq: 1, previousHash: null, before: null, after: row, note: o.note, ...(o.event ? { event: o.event } : {}) })
  change.row = row
  await settle(ctx, entity, change)
  return row
}

/** Update: lock → validate → before → persist → audit + outbox → after. Writes nothing when nothing changes and no note is given. */
export async function storeChange(ctx: Ctx, entity: CompiledEntity, id: string, draft: Stored, o: WriteOptions & { version?: number; locked?: Locked } = {}): Promise<Stored> {
  const { row: before, hash } = o.locked ?? await lock(ctx, entity, id, 'update')
  if (o.version !== undefined && o.version !== before.version) fail('CHANGED_MEANWHILE', { version: before.version })
  const change: Change = { act: 'update', id, before, draft, row: null }
  await entity.hooks?.before?.(ctx, change as never)
  const changed = [...entity.fields.values()].filter(x => !x.system && draft[x.name] !== undefined && canonical(toJson(x, draft[x.name])) !== canonical(toJson(x, before[x.name])))
  // an act of its own is written down even where no value changes; a file that comes again is none
  if (!changed.length && o.note === undefined && (!o.act || o.act === 'import')) return before
  const names = new Set(changed.map(x => x.name))
  requireFields(ctx, entity, draft, x => names.has(x.name))
  if (entity.starts.size) requireOrder(ctx, entity, { ...before, ...draft }, name => names.has(name))
  await checkRefs(ctx, entity, Object.fromEntries(changed.map(x => [x.name, draft[x.name]])), before)
  await askWatchers(ctx, entity)
  const now = ctx.now()
  const version = (before.version as number) + 1
  const row: Stored = { ...before, ...Object.fromEntries(changed.map(x => [x.name, draft[x.name]])), version, updatedAt: now, updatedBy: ctx.user?.id ?? null }
  const columns = ['version', 'updated_at', 'updated_by'], values: unknown[] = [version, now, row.updatedBy]
  const set = (column: string, value: unknown): void => { columns.push(column); values.push(value) }
  for (const field of changed) if (field.column) set(field.column, field.type === 'json' ? JSON.stringify(draft[field.name]) : draft[field.name])
  if (changed.some(x => x.extId)) set('ext', JSON.stringify(extOf(entity, row, (before.$ext as Stored) ?? {})))
  ctx.send(`update "${entity.table}" set ${columns.map((c, i) => `"${c}" = $${i + 3}`).join(', ')} where tenant_id = $1 and id = $2`, [ctx.tenant.id, id, ...values], undefined, refusals(ctx, entity, draft))
  trace(ctx, entity, { act: o.act ?? 'update', id, seq: version, previousHash: hash, before, after: row, note: o.note, ...(o.silent ? { silent: o.silent } : {}), ...(o.event ? { event: o.event } : {}) })
  change.row = row
  await settle(ctx, entity, change)
  return row
}

/** After the row is written: the entity's own hook, and the versions that make changed rights and metadata count at the next request. */
async function settle(ctx: Ctx, entity: CompiledEntity, change: Change): Promise<void> {
  if (entity.affectsAccess) referenceChanged(ctx, 'access')
  if (entity.affectsMeta) referenceChanged(ctx, 'meta')
  await entity.hooks?.after?.(ctx, change as never)
}

export interface Locked { row: Stored; hash: Buffer | null }

/** The stored row, locked until the act ends (unless only looked at), if the caller may touch it with this verb; NOT_FOUND otherwise. */
export async function lock(ctx: Ctx, entity: CompiledEntity, id: string, verb: Verb | string, o: { forUpdate?: boolean } = {}): Promise<Locked> {
  const condition = visible(ctx, entity, 't', verb) ?? fail('FORBIDDEN', { permission: `${entity.name}:${verb}` })
  const found = sql`select t.* from ${sql.table(entity.table)} as t where ${condition} and t.id = ${id} ${o.forUpdate === false ? sql`` : sql`for update of t`}`.compile(ctx.db)
  // sent together, run one after the other. The last entry is a statement of its own: one that waited for the row still sees the log as it was before the wait
  const [[raw], last] = await Promise.all([
    ctx.query(found.sql, [...found.parameters]),
    entity.noAudit ? [] : ctx.query<{ hash: Buffer }>('select hash from audit where tenant_id = $1 and entity = $2 and record_id = $3 order by seq desc limit 1', [ctx.tenant.id, entity.name, id], 'audit_last'),
  ])
  if (!raw) return fail('NOT_FOUND', { entity: entity.name, id })
  const row = storedOf(entity, raw)
  if (o.forUpdate !== false) await requireHere(ctx, entity, row, id)
  return { row, hash: last[0]?.hash ?? null }
}

/** Many stored rows for the system, each locked until the act ends; those that somebody else holds, or that are gone, are left out. */
export async function lockFree(ctx: Ctx, entity: CompiledEntity, ids: readonly string[]): Promise<Map<string, Locked>> {
  if (!ctx.access.system) throw new Error('for the system only')
  const [rows, last] = await Promise.all([
    ctx.query(`select t.* from "${entity.table}" as t where t.tenant_id = $1 and t.id = any($2) order by t.id for update skip locked`, [ctx.tenant.id, ids], `lock_free_${entity.table}`),
    entity.noAudit ? [] : ctx.query<{ id: string; hash: Buffer }>('select r.id, a.hash from unnest($3::uuid[]) r(id) cross join lateral (select hash from audit where tenant_id = $1 and entity = $2 and record_id = r.id order by seq desc limit 1) a', [ctx.tenant.id, entity.name, ids], 'audit_last_many'),
  ])
  const hashes = new Map(last.map(a => [a.id, a.hash]))
  return new Map(rows.map(raw => [raw.id as string, { row: storedOf(entity, raw), hash: hashes.get(raw.id as string) ?? null }]))
}

export function storedOf(entity: CompiledEntity, raw: Record<string, unknown>): Stored {
  const row: Stored = {}
  const ext = raw.ext as Record<string, unknown>
  for (const field of entity.fields.values()) {
    if (field.column) row[field.name] = raw[field.column] ?? null
    else row[field.name] = fromExt(field, ext[field.extId!])
  }
  row.$ext = ext
  return row
}

/** What `ext` keeps is what was once accepted; an option that went since, or a shorter limit, must not make the record unreadable. */
const fromExt = (field: CompiledField, value: unknown): unknown =>
  value === undefined || value === null ? null : field.type === 'datetime' ? new Date(value as string) : value

const extOf = (entity: CompiledEntity, row: Stored, before: Stored): Record<string, unknown> => {
  const ext: Record<string, unknown> = { ...before }
  for (const field of entity.fields.values()) {
    if (!field.extId || row[field.name] === undefined) continue
    if (row[field.name] === null) delete ext[field.extId]
    else ext[field.extId] = toJson(field, row[field.name])
  }
  return ext
}

/** PostgreSQL's own refusals, told in our words: a value taken, a record still in use, a record that is not there. */
const refusals = (ctx: Ctx, entity: CompiledEntity, draft: Stored) => (error: Error): Error => {
  const e = error as { code?: string; constraint?: string }
  const column = e.constraint?.replace(/__p$/, '').split('__').at(-1)
  const field = [...entity.fields.values()].find(x => x.column === column)
  if (e.code === '23505') return new AppError('UNIQUE', { field: field ? pick(field.label, ctx.locale) : e.constraint, name: field?.name, value: field ? draft[field.name] : '' })
  if (e.code === '23503' || e.code === '23001') { // PostgreSQL 18 names the refusal of ON DELETE RESTRICT by a code of its own
    const mine = e.constraint?.startsWith(`fk_${entity.table}__`)
    return mine && field && draft[field.name] ? new AppError('REF_NOT_FOUND', { field: pick(field.label, ctx.locale), name: field.name }) : new AppError('REFERENCED', {})
  }
  return error
}
