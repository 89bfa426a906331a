import type { Change, Ctx } from '@quancheng/kernel'
import { cents, yuan } from '@quancheng/quotes'
import { refuse } from '../../rules/refuse.ts'

type Values = Record<string, unknown>
const merged = (c: Change): Values => ({ ...(c.before as Values | null), ...c.draft })

export function planBefore(c: Change): void {
  const now = merged(c)
  if (c.act !== 'remove' && now.validUntil && String(now.validUntil) < String(now.validFrom)) refuse('validUntil', '失效日不能早于生效日')
}

/** A tier goes upwards and lies beside the others of its plan. A gap is left to be filled: plans are written tier by tier. */
export async function tierBefore(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'remove') return
  const now = merged(c), from = cents(String(now.from)), to = now.to === null || now.to === undefined ? null : cents(String(now.to))
  if (to !== null && to <= from) refuse('to', '“到”要大于“从”')
  const others = await ctx.query<{ from: string; to: string | null }>('select "from"::text as "from", "to"::text as "to" from commission_tier where tenant_id = $1 and plan_id = $2 and id <> $3', [ctx.tenant.id, now.planId, c.id])
  const hit = others.find(o => (to === null || cents(o.from) < to) && (o.to === null || from < cents(o.to)))
  if (hit) refuse(from >= cents(hit.from) ? 'from' : 'to', `和已有的一档（${yuan(cents(hit.from))} 到 ${hit.to === null ? '没有上限' : yuan(cents(hit.to))}）重叠`)
}
