import { elevated, lock, newId, type AppError, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import type { FeelExpression } from '../feel/index.ts'
import { definitionById } from './definitions.ts'
import { plain } from './held.ts'
import { JOB_START } from './job-kinds.ts'

/*
 * Starts by a condition on records. The looking job asks the audit which records have changed, and compares: a case begins when the condition
 * becomes true, not because it is. How it was before a record's first change since the model was published is read from that change's own entry, so
 * that nothing is computed for records that nobody touches.
 */

/** Changes at least so old when they are committed would be missed; what has been looked at is known by its version and not looked at twice. */
const OVERLAP_MS = 5 * 60_000
/** records looked at in one visit, of one start */
const AT_ONCE = 200

interface Start { key: string; node_id: string; definition_id: string; since: Date; looked_at: Date }

/** Up to when the last version's starts have looked: the next goes on from there. */
export async function lookedAt(ctx: Ctx, key: string): Promise<Map<string, Date>> {
  const rows = await ctx.query<{ node_id: string; looked_at: Date }>("select node_id, looked_at from process_start where tenant_id = $1 and key = $2 and kind = 'conditional' and looked_at is not null", [ctx.tenant.id, key])
  // another condition: what was true of the old one says nothing of it
  if (rows.length) ctx.send('delete from process_start_seen where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  return new Map(rows.map(r => [r.node_id, r.looked_at]))
}

export async function lookAtStarts(ctx: Ctx): Promise<void> {
  const starts = await ctx.query<Start & Record<string, unknown>>("select key, node_id, definition_id, since, looked_at from process_start where tenant_id = $1 and kind = 'conditional' order by key, node_id", [ctx.tenant.id])
  for (const s of starts) {
    const process = (await definitionById(ctx, s.definition_id)).process!
    const entity = process.binding ? ctx.entities.find(process.binding.entity) : undefined
    const triggers = process.starts.find(x => x.id === s.node_id)?.triggers ?? []
    const index = triggers.findIndex(t => t.on === 'conditional'), trigger = triggers[index]
    if (entity && trigger?.on === 'conditional') await lookAt(ctx, s, entity, { condition: trigger.condition, index })
  }
}

async function lookAt(ctx: Ctx, s: Start, entity: CompiledEntity, trigger: { condition: FeelExpression; index: number }): Promise<void> {
  const from = new Date(Math.max(s.since.getTime(), s.looked_at.getTime() - OVERLAP_MS))
  const rows = await ctx.query<{ id: string; at: Date; seq: number; known: number | null; was: boolean | null }>(
    `select a.record_id as id, max(a.at) as at, max(a.seq) as seq, k.version as known, k.was from audit a
       left join process_start_seen k on k.tenant_id = a.tenant_id and k.key = $4 and k.node_id = $5 and k.record_id = a.record_id
     where a.tenant_id = $1 and a.at >= $2 and a.entity = $3 group by a.record_id, k.version, k.was having max(a.seq) > coalesce(k.version, 0) order by max(a.at), a.record_id limit ${AT_ONCE}`,
    [ctx.tenant.id, from, entity.name, s.key, s.node_id])
  for (const r of rows) await lookAtRecord(ctx, s, entity, trigger, r)
  const upTo = rows.length < AT_ONCE ? ctx.now() : new Date(rows.at(-1)!.at.getTime() + OVERLAP_MS)
  await ctx.query("update process_start set looked_at = $4 where tenant_id = $1 and key = $2 and node_id = $3 and kind = 'conditional'", [ctx.tenant.id, s.key, s.node_id, upTo])
}

const holds = (condition: FeelExpression, values: Record<string, unknown>): boolean => { try { return condition.evaluate(values) === true } catch { return false } }

async function lookAtRecord(ctx: Ctx, s: Start, entity: CompiledEntity, trigger: { condition: FeelExpression; index: number }, r: { id: string; was: boolean | null }): Promise<void> {
  const found = await lock(elevated(ctx, 'process'), entity, r.id, 'read', { forUpdate: false }).catch((error: AppError) => { if (error.code === 'NOT_FOUND') return null; throw error })
  if (!found) return
  const values = plain(entity, found.row)
  const is = holds(trigger.condition, values)
  const was = r.was ?? (is && await heldBefore(ctx, s, entity, trigger.condition, r.id, values))
  if (is && !was) ctx.send('insert into job (tenant_id, id, kind, due_at, payload, created_at) values ($1,$2,$3,$4,$5,$4)', [ctx.tenant.id, newId(), JOB_START, ctx.now(), JSON.stringify({ process: s.key, nodeId: s.node_id, recordId: r.id, trigger: trigger.index })])
  ctx.send('insert into process_start_seen (tenant_id, key, node_id, record_id, version, was) values ($1,$2,$3,$4,$5,$6) on conflict (tenant_id, key, node_id, record_id) do update set version = excluded.version, was = excluded.was', [ctx.tenant.id, s.key, s.node_id, r.id, found.row.version, is])
}

/** Did it hold before the first change since the start was published? The audit's entries, taken back one by one, lead there. A record that is newer did not exist. */
async function heldBefore(ctx: Ctx, s: Start, entity: CompiledEntity, condition: FeelExpression, id: string, now: Record<string, unknown>): Promise<boolean> {
  const entries = await ctx.query<{ before: Record<string, unknown> | null }>("select payload->'before' as before from audit where tenant_id = $1 and entity = $2 and record_id = $3 and at >= $4 order by seq desc", [ctx.tenant.id, entity.name, id, s.since])
  if (entries.some(e => e.before === null)) return false
  const values = { ...now }
  for (const { before } of entries) for (const [name, value] of Object.entries(before!)) values[name] = value !== null && ['money', 'decimal'].includes(entity.fields.get(name)?.type ?? '') ? Number(value) : value
  return holds(condition, values)
}
