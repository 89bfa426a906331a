import { createHash } from 'node:crypto'
import { fail, NODE_STATES, pick, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { CODE_HOURS, newCode } from '../rules/code.ts'

export interface NodeLine {
  id: string; name: string; state: keyof typeof NODE_STATES; unit: { id: string; code: string; name: string }; joinedAt: string | null; endedAt: string | null
  heardAt: string | null; upTo: string | null; waiting: number | null; version: string | null; clockMs: number | null; error: string | null; codeUntil: string | null
  /** changes of head office's that it has not fetched */
  behind: number; conflicts: number
}

export async function nodesOf(ctx: Ctx): Promise<NodeLine[]> {
  return ctx.query<NodeLine>(
    `select n.id, n.name, n.state, json_build_object('id', u.id, 'code', u.code, 'name', u.name) as unit, n.joined_at as "joinedAt", n.ended_at as "endedAt", p.heard_at as "heardAt", p.up_of as "upTo", p.waiting, p.version, p.clock_ms as "clockMs", p.error,
       case when p.code_hash is not null and p.code_until > $2 and n.state in ('waiting', 'active') then p.code_until end as "codeUntil",
       case when n.state = 'active' then (select count(*)::int from (select 1 from sync_change c where c.tenant_id = n.tenant_id and (c.xid, c.id) > (p.down_xid, p.down_id) limit 10000) x) else 0 end as behind,
       (select count(*)::int from sync_conflict k where k.tenant_id = n.tenant_id and k.node_id = n.id and k.seen_at is null) as conflicts
     from sync_node n join unit u on u.tenant_id = n.tenant_id and u.id = n.unit_id left join sync_peer p on p.tenant_id = n.tenant_id and p.node_id = n.id
     where n.tenant_id = $1 order by n.state = 'ended', u.code, n.id`, [ctx.tenant.id, ctx.now()])
}

export async function newNode(ctx: Ctx, o: { unitId: string; name: string | undefined }): Promise<{ id: string; code: string; until: Date }> {
  const [unit] = await ctx.query<{ kind: string; name: string }>('select kind, name from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, o.unitId])
  if (!unit) return fail('NOT_FOUND', { unitId: o.unitId })
  if (unit.kind !== 'station') fail('NODE_UNIT')
  const [other] = await ctx.query<{ name: string }>(
    `select n.name from sync_node n where n.tenant_id = $1 and n.state <> 'ended' and exists (select 1 from unit_closure c where c.tenant_id = n.tenant_id and (c.ancestor_id, c.descendant_id) in ((n.unit_id, $2), ($2, n.unit_id)))`, [ctx.tenant.id, o.unitId])
  if (other) fail('NODE_THERE', { unit: unit.name, name: other.name })
  const row = await storeNew(ctx, ctx.entities.get('syncNode'), { unitId: o.unitId, name: o.name || unit.name, state: 'waiting' })
  return { id: row.id as string, ...await codeFor(ctx, row.id as string) }
}

/** A code that is good once, for two days; an earlier one is good no more. */
export async function codeFor(ctx: Ctx, id: string): Promise<{ code: string; until: Date }> {
  const state = await stateOf(ctx, id)
  if (state !== 'waiting' && state !== 'active') fail('NODE_STATE', { state: pick(NODE_STATES[state] as unknown as [string, string], ctx.locale) })
  const code = newCode(ctx.tenant.no), until = new Date(ctx.now().getTime() + CODE_HOURS * 3_600_000)
  await ctx.query(`insert into sync_peer (tenant_id, node_id, code_hash, code_until) values ($1, $2, $3, $4) on conflict (tenant_id, node_id) do update set code_hash = excluded.code_hash, code_until = excluded.code_until`,
    [ctx.tenant.id, id, createHash('sha256').update(code).digest(), until])
  return { code, until }
}

export async function stateOf(ctx: Ctx, id: string): Promise<keyof typeof NODE_STATES> {
  const [row] = await ctx.query<{ state: keyof typeof NODE_STATES }>('select state from sync_node where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id])
  return row?.state ?? fail('NOT_FOUND', { id })
}

/** Head office takes the unit back: what the node has not sent yet is lost to it, and its secret opens nothing any more. */
export async function takeBack(ctx: Ctx, id: string): Promise<void> {
  if (await stateOf(ctx, id) === 'ended') return
  await storeChange(ctx, ctx.entities.get('syncNode'), id, { state: 'ended', endedAt: ctx.now() }, { act: 'takeBack' })
  await ctx.query('update sync_peer set secret_hash = null, code_hash = null, code_until = null where tenant_id = $1 and node_id = $2', [ctx.tenant.id, id])
}

export interface ConflictLine { id: string; node: string; entity: string; recordId: string; label: string; at: string; winner: 'hq' | 'station'; fields: Record<string, [unknown, unknown]> }

export const conflictsOf = (ctx: Ctx): Promise<ConflictLine[]> => ctx.query<ConflictLine>(
  `select k.id, n.name as node, k.entity, k.record_id as "recordId", k.label, k.at, k.winner, k.fields from sync_conflict k join sync_node n on n.tenant_id = k.tenant_id and n.id = k.node_id
   where k.tenant_id = $1 and k.seen_at is null order by k.at desc limit 200`, [ctx.tenant.id])

export const conflictSeen = async (ctx: Ctx, id: string): Promise<void> => {
  const rows = await ctx.query('update sync_conflict set seen_at = $3, seen_by = $4 where tenant_id = $1 and id = $2 and seen_at is null returning 1', [ctx.tenant.id, id, ctx.now(), ctx.user?.id ?? null])
  if (!rows.length) fail('NOT_FOUND', { id })
}
