import { AppError, newId, type Ctx } from '@quancheng/kernel'
import { JOB_DELIVER } from './job-kinds.ts'

/*
 * A case throws a signal that begins a case that throws it again: each step is small and ends, and together they never do. So what is thrown
 * knows what began it and how many throws lie between. Whatever a person, a timer or a program does begins a chain anew.
 */

/** `longest`: throws one after the other. From `long` on a chain must not spread either: `wide` deliveries of it that wait at once, half as many with each throw more. */
export const CHAIN_LIMITS = { longest: 1_000, long: 6, wide: 1_000 }

/** In the payload of a delivery. */
export interface Chain { chain: number; root: string }

// the act's transaction is what all contexts made from one another share
const known = new WeakMap<Ctx['query'], Chain>()

/** For what is delivered on in this act; `more` for what is thrown by it. */
export function chainOf(ctx: Ctx, more = 0): Chain {
  const { chain, root } = known.get(ctx.query) ?? { chain: 0, root: newId() }
  return { chain: chain + more, root }
}

export function setChain(ctx: Ctx, payload: Partial<Chain>): void {
  known.set(ctx.query, { chain: payload.chain ?? 0, root: payload.root ?? newId() })
}

/** PROCESS_BROKEN: the chain is too long, or spreads without end. */
export async function breakChain(ctx: Ctx, name: string): Promise<void> {
  const { chain, root } = chainOf(ctx)
  const { longest, long, wide } = CHAIN_LIMITS
  if (chain > longest) throw new AppError('PROCESS_BROKEN', { reason: `“${name}”已经接连引发了 ${longest} 次消息或信号，可能在不停地引发自己` })
  if (chain < long) return
  // the one that is being delivered is still on the list
  const most = Math.max(1, Math.floor(wide / 2 ** (chain - long)))
  const rows = await ctx.query("select 1 from job where tenant_id = $1 and kind = $2 and payload->>'root' = $3 limit $4", [ctx.tenant.id, JOB_DELIVER, root, most + 1])
  if (rows.length > most) throw new AppError('PROCESS_BROKEN', { reason: `“${name}”接连引发的消息和信号越来越多，有 ${most} 条以上等着送` })
}
