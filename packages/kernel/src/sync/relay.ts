import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import { newId } from '../ids.ts'
import { toAppError } from '../http/reply.ts'
import type { ActionSpec } from '../module.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from '../store/tx.ts'
import type { Peer } from './node.ts'

/** An act at head office on a station's record, for the station to do. */
export interface Command { id: string; action: string; input: unknown; userId: string | null; at: string }
export interface CommandAnswer { id: string; error: string | null }

export const commandsFor = async (ctx: Ctx, peer: Peer): Promise<Command[]> => ctx.query<Command>(
  'select id, action, input, user_id as "userId", at from sync_command where tenant_id = $1 and node_id = $2 and done_at is null order by no limit 100', [ctx.tenant.id, peer.id])

export async function takeAnswers(ctx: Ctx, peer: Peer, answers: readonly CommandAnswer[]): Promise<void> {
  for (const a of answers) await ctx.query('update sync_command set done_at = $4, error = $5 where tenant_id = $1 and node_id = $2 and id = $3', [ctx.tenant.id, peer.id, a.id, ctx.now(), a.error])
}

/** Told at the station of an act that head office passed on and the station's rules refuse: somebody was told 已收到 and waits. `services.set(REFUSED, …)`. */
export const REFUSED = 'sync.refused'
export type Refused = (ctx: Ctx, o: { command: Command; label: string; error: AppError }) => Promise<void>

/**
 * Runs an action that may be passed on. Refused here because the record is a station's, it is kept for that station, which does it under the same
 * rules as the same person when it next calls; whoever asked is told so (202 RELAYED).
 */
export async function relayed<T>(runtime: Runtime, a: ActionSpec, seen: () => { ctx: Ctx; input: unknown } | null, run: () => Promise<T>): Promise<T> {
  if (!a.relay) return run()
  try { return await run() } catch (error) {
    const refused = toAppError(error), of = seen(), unitId = refused?.details.unitId
    if (refused?.code !== 'OWNED_BY_STATION' || !of || typeof unitId !== 'string') throw error
    const { ctx, input } = of, tenantId = ctx.tenant.id
    await withTx(runtime.pool, { tenantId }, tx => tx.query(
      `insert into sync_command (tenant_id, id, node_id, action, input, user_id, at)
       select $1, $2, n.id, $4, $5, $6, $7 from sync_node n join unit_closure c on c.tenant_id = n.tenant_id and c.ancestor_id = n.unit_id where n.tenant_id = $1 and n.state = 'active' and c.descendant_id = $3 limit 1`,
      [tenantId, newId(), unitId, a.name, JSON.stringify(input), ctx.user?.id ?? null, runtime.now()]))
    throw new AppError('RELAYED')
  }
}
