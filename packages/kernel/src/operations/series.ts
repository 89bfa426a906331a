import { dayOf } from '../query/within.ts'
import type { Ctx } from '../context.ts'
import { hereOf } from '../sync/here.ts'

/**
 * The next number of a series: `{unit}-{yyyy}{MM}{dd}-{0000}`. Everything but the counter names the series, so each unit counts
 * for itself and starts anew each day. The row stays locked until the act commits: no number twice, and none lost to a
 * refused act.
 */
export async function nextNumber(ctx: Ctx, pattern: string, words: Record<string, string>, at = ctx.now()): Promise<string> {
  const day = dayOf(at, ctx.tenant.timeZone).toISOString()
  const parts: Record<string, string> = { yyyy: day.slice(0, 4), MM: day.slice(5, 7), dd: day.slice(8, 10), ...words }
  // a station counts for itself: what is not counted by unit begins with its code there, so that no two places give the same number
  const here = hereOf(ctx.runtime)
  const named = (here && !pattern.includes('{unit}') ? `${here.unitCode}-${pattern}` : pattern).replace(/\{([A-Za-z]+)\}/g, (_, k: string) => parts[k] ?? k)
  const width = /\{(0+)\}/.exec(named)?.[1]?.length ?? 4
  const [row] = await ctx.query<{ last: number }>(
    `insert into series (tenant_id, key, last) values ($1, $2, 1)
     on conflict (tenant_id, key) do update set last = series.last + 1 returning last`, [ctx.tenant.id, named], 'series_next')
  return named.replace(/\{0+\}/, String(row!.last).padStart(width, '0'))
}
