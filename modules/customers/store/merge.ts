import { attempt, elevated, fail, lock, newId, read, storeChange, storeNew, type CompiledEntity, type CompiledField, type Ctx } from '@quancheng/kernel'
import type { Changed, Moved } from '../entities/customer-merge.ts'
import { ancestorsOf } from './tree.ts'

/*
 * Two records of one customer become one (CU-07). The rows that pointed to the merged one are pointed to the survivor, in one transaction and by
 * plain statements: they did not change, the name by which they knew their customer did (docs/adr/0037). What was moved is kept, both histories
 * have their entry, and the merged record stays, so that its id answers for ever and everything can be undone.
 */

type Row = Record<string, unknown> & { id: string }
export type Choice = 'survivor' | 'merged'
interface Place { entity: CompiledEntity; field: CompiledField }

/** Every field of every entity that points to a customer, hidden ones too. */
export function placesOf(ctx: Ctx): Place[] {
  return ctx.entities.all().filter(e => e.name !== 'customerMerge').flatMap(entity => [...entity.fields.values()].filter(x => x.target === 'customer' && !x.system && x.column).map(field => ({ entity, field })))
}

/** Which fields of a customer a person may choose the value of. */
const chosen = (customer: CompiledEntity): CompiledField[] => [...customer.fields.values()].filter(x => !x.system && !x.hidden && !x.readOnly && !['parentId'].includes(x.name))

const blank = (v: unknown): boolean => v === null || v === undefined || v === '' || (Array.isArray(v) && !v.length)

export interface MergeInput { survivorId: string; mergedId: string; choices?: Readonly<Record<string, Choice>>; reason?: string }

/** Merges. What the survivor has not is filled from the merged one; `choices` says otherwise, field by field. Answers the id of the merge record. */
export async function merge(ctx: Ctx, o: MergeInput): Promise<{ id: string; rows: number }> {
  const customer = ctx.entities.get('customer')
  if (o.survivorId === o.mergedId) fail('MERGE_SAME')
  // always in the order of the ids: two people who merge the same two the other way round wait for each other, never for ever
  const locked = new Map<string, Awaited<ReturnType<typeof lock>>>()
  for (const id of [o.survivorId, o.mergedId].toSorted()) locked.set(id, await lock(ctx, customer, id, 'merge'))
  const survivor = locked.get(o.survivorId)!.row as Row, merged = locked.get(o.mergedId)!.row as Row
  for (const r of [survivor, merged]) if (r.mergedIntoId) fail('MERGE_MERGED', { name: r.name })
  if ((survivor.kind === 'person') !== (merged.kind === 'person')) fail('MERGE_KIND')
  await requireNoRing(ctx, survivor, merged)
  const sys = elevated(ctx, o.reason?.trim() || '合并重复的客户'), acting = { ...sys, reason: o.reason?.trim() || '合并重复的客户' }

  const moved = await repoint(ctx, merged.id, survivor.id)
  const draft: Record<string, unknown> = {}
  for (const x of chosen(customer)) {
    const take = o.choices?.[x.name] ?? (blank(survivor[x.name]) && !blank(merged[x.name]) ? 'merged' : 'survivor')
    if (take === 'merged' && !blank(merged[x.name])) draft[x.name] = merged[x.name]
  }
  if (draft.phone !== undefined && merged.phoneProvenAt) Object.assign(draft, { phoneProvenAt: merged.phoneProvenAt, phoneProvenById: merged.phoneProvenById })
  if (survivor.parentId === merged.id) draft.parentId = merged.parentId
  const rows = moved.reduce((n, m) => n + m.ids.length, 0), id = newId()
  const after = await storeChange(acting, customer, survivor.id, draft, { act: 'merge', note: { merge: id, from: merged.id, rows } })
  const changed: Changed = Object.fromEntries([...customer.fields.values()].filter(x => !x.system && json(survivor[x.name]) !== json(after[x.name])).map(x => [x.name, { from: survivor[x.name] ?? null, to: after[x.name] ?? null }]))
  await storeChange(acting, customer, merged.id, { mergedIntoId: survivor.id }, { act: 'mergedInto', note: { merge: id, into: survivor.id, rows } })
  await storeNew(acting, ctx.entities.get('customerMerge'), { survivorId: survivor.id, mergedId: merged.id, state: 'merged', reason: o.reason?.trim() || null, mergedAt: ctx.now(), byId: ctx.user?.id ?? null, rows, moved, changed }, { id })
  return { id, rows }
}

const json = (v: unknown): string => JSON.stringify(v ?? null)

/** The merged one above the survivor, but not next above: its children would come to lie below the survivor, which lies below them. */
async function requireNoRing(ctx: Ctx, survivor: Row, merged: Row): Promise<void> {
  if (survivor.parentId !== merged.id && (await ancestorsOf(ctx, survivor.id)).includes(merged.id)) fail('TREE_CYCLE', { name: survivor.name })
}

/** Points all rows of one customer to another. Comments and files hang on the record by its name and id, and come along. */
async function repoint(ctx: Ctx, from: string, to: string): Promise<Moved[]> {
  const moved: Moved[] = []
  const take = async (entity: string, field: string, label: string, text: string, values: unknown[]): Promise<void> => {
    const found = await attempt(ctx, () => ctx.query<{ id: string }>(text, values)).catch((error: unknown) => {
      const code = (error as { code?: string }).code
      if (code === '23505') return fail('MERGE_CONFLICT', { entity: label })
      if (code === 'QC001' || code === 'QC002') return fail('MERGE_ELSEWHERE', { entity: label })
      throw error
    })
    if (found.length) moved.push({ entity, field, ids: found.map(r => r.id) })
  }
  for (const { entity: e, field: x } of placesOf(ctx)) {
    // nobody may change such rows; the time line and the figures ask by both ids (`identityOf`)
    if (e.appendOnly) continue
    const own = e.name === 'customer' ? ' and id <> $3' : ''
    await take(e.name, x.name, e.label[0], x.type === 'refs'
      ? `update "${e.table}" set "${x.column}" = (select array_agg(distinct case when v = $2 then $3 else v end) from unnest("${x.column}") v) where tenant_id = $1 and "${x.column}" @> array[$2]::uuid[] returning id`
      : `update "${e.table}" set "${x.column}" = $3 where tenant_id = $1 and "${x.column}" = $2${own} returning id`, [ctx.tenant.id, from, to])
  }
  for (const table of ['comment', 'attachment']) await take(`$${table}`, 'recordId', '评论与附件', `update ${table} set record_id = $3 where tenant_id = $1 and entity = 'customer' and record_id = $2 returning id`, [ctx.tenant.id, from, to])
  return moved
}

export interface Unmerged { /** rows that were given to a third customer, or removed, since: they stay where they are */ left: number; /** values of the survivor that somebody changed since: they stay */ kept: string[] }

/** Both as they were. Rows made since stay with the survivor, values changed since stay too. */
export async function unmerge(ctx: Ctx, mergeId: string, reason?: string): Promise<Unmerged> {
  const customer = ctx.entities.get('customer'), record = ctx.entities.get('customerMerge')
  const { row } = await lock(elevated(ctx, '撤销合并'), record, mergeId, 'update')
  const m = row as unknown as { survivorId: string; mergedId: string; state: string; moved: Moved[]; changed: Changed }
  if (m.state !== 'merged') fail('UNMERGE_DONE')
  const locked = new Map<string, Row>()
  for (const id of [m.survivorId, m.mergedId].toSorted()) locked.set(id, (await lock(ctx, customer, id, 'merge')).row as Row)
  const survivor = locked.get(m.survivorId)!, merged = locked.get(m.mergedId)!
  if (survivor.mergedIntoId) fail('UNMERGE_LATER', { name: survivor.name })
  if (merged.mergedIntoId !== survivor.id) fail('UNMERGE_DONE')
  const [erased] = await ctx.query("select 1 from audit a where a.tenant_id = $1 and a.entity = 'customer' and a.record_id = any($2) and a.act = 'erase' and a.at >= (select merged_at from customer_merge where tenant_id = $1 and id = $3) limit 1", [ctx.tenant.id, [survivor.id, merged.id], mergeId])
  if (erased) fail('UNMERGE_ERASED')
  let left = 0
  for (const { entity, field, ids } of m.moved) {
    const back = await putBack(ctx, entity, field, ids, survivor.id, merged.id)
    left += ids.length - back
  }
  const acting = { ...elevated(ctx, '撤销合并'), reason: reason?.trim() || '撤销合并' }
  const kept: string[] = [], draft: Record<string, unknown> = {}
  for (const [name, { from, to }] of Object.entries(m.changed)) {
    if (json(survivor[name]) === json(to)) draft[name] = restored(customer, name, from)
    else kept.push(customer.fields.get(name)?.label[0] ?? name)
  }
  await storeChange(acting, customer, survivor.id, draft, { act: 'unmerge', note: { merge: mergeId, from: merged.id, left, kept } })
  await storeChange(acting, customer, merged.id, { mergedIntoId: null }, { act: 'unmerge', note: { merge: mergeId, into: survivor.id } })
  await storeChange(acting, record, mergeId, { state: 'undone', undoneAt: ctx.now() })
  return { left, kept }
}

/** JSON back into what the store keeps. */
const restored = (customer: CompiledEntity, name: string, value: unknown): unknown => (customer.fields.get(name)?.type === 'datetime' && typeof value === 'string' ? new Date(value) : value)

async function putBack(ctx: Ctx, entity: string, field: string, ids: readonly string[], survivorId: string, mergedId: string): Promise<number> {
  if (entity.startsWith('$')) return (await ctx.query(`update ${entity === '$comment' ? 'comment' : 'attachment'} set record_id = $4 where tenant_id = $1 and id = any($2) and record_id = $3 returning id`, [ctx.tenant.id, ids, survivorId, mergedId])).length
  const e = ctx.entities.find(entity), x = e?.fields.get(field)
  if (!e || !x?.column) return 0
  return (await ctx.query(x.type === 'refs'
    ? `update "${e.table}" set "${x.column}" = (select array_agg(distinct case when v = $3 then $4 else v end) from unnest("${x.column}") v) where tenant_id = $1 and id = any($2) and "${x.column}" @> array[$3]::uuid[] returning id`
    : `update "${e.table}" set "${x.column}" = $4 where tenant_id = $1 and id = any($2) and "${x.column}" = $3 returning id`, [ctx.tenant.id, ids, survivorId, mergedId])).length
}

/** Somebody looked, and they are two: they are not suggested again. */
export async function dismiss(ctx: Ctx, a: string, b: string, reason?: string): Promise<void> {
  for (const id of [a, b]) await read(ctx, ctx.entities.get('customer'), id, ['id'])
  const [survivorId, mergedId] = [a, b].toSorted() as [string, string]
  await storeNew({ ...elevated(ctx, '不是同一个客户') }, ctx.entities.get('customerMerge'), { survivorId, mergedId, state: 'dismissed', reason: reason?.trim() || null, mergedAt: ctx.now(), byId: ctx.user?.id ?? null, rows: 0 })
}
