import { create, type Ctx } from '@quancheng/kernel'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** What an hour of a post costs at first, and in the last two months. Invented. */
const RATES: Readonly<Record<string, readonly [string, string]>> = { receptionist: ['42.00', '45.00'], inspector: ['55.00', '58.00'], engineer: ['58.00', '62.00'], qc: ['52.00', '55.00'] }
/** Done a day, on time in percent, in hand at most. */
const TARGETS: Readonly<Record<string, readonly [number, number, number]>> = { receptionist: [14, 95, 20], inspector: [8, 90, 4], engineer: [4, 85, 3], qc: [8, 95, 4] }

/** 工时费率 of the company and 工作目标 of its posts. */
export async function storeInsight(ctx: Ctx, w: DemoWorld): Promise<void> {
  const posts = new Map((await ctx.query<{ id: string; code: string }>('select id, code from post where tenant_id = $1', [ctx.tenant.id])).map(p => [p.code, p.id]))
  const then = (days: number): Ctx => actingAs(ctx, w.people.find(p => p.post === 'hq') ?? null, new Date(w.today.getTime() - days * DAY_MS))
  const day = (days: number): string => new Date(w.today.getTime() - days * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10)
  const top = w.plan.units.find(u => u.kind === 'group') ?? w.plan.units[0]!
  for (const [post, rates] of Object.entries(RATES)) for (const [i, hourly] of rates.entries()) await create(then(400 - 340 * i), ctx.entities.get('labourRate'), { postId: posts.get(post)!, hourly, validFrom: day(400 - 340 * i) })
  for (const [post, [doneADay, onTimePercent, mostOpen]] of Object.entries(TARGETS)) await create(then(90), ctx.entities.get('workTarget'), { unitId: w.units[top.code]!, postId: posts.get(post)!, doneADay, onTimePercent, mostOpen })
}
