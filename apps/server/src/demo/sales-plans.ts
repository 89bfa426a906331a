import type { Ctx } from '@quancheng/kernel'
import { weekOf } from '@quancheng/planning'
import type { Random } from './random.ts'
import { CHANCE, type Deal } from './sales-deals.ts'
import { after, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import { COMPETITORS, PLACES } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

const WEEKS = 12
const KNOWN: ReadonlyArray<readonly [level: string, strengths: string, weaknesses: string, note: string]> = [
  ['low', '价格低，账期长', '没有自己的服务站', '讲全程的服务：几天修好、现在到哪一步'], ['middle', '方案做得细', '交期不稳', '早报交期，写进合同'],
  ['low', '本地关系好', '产品线窄', '带样机，比整体方案'], ['high', '品牌响', '价格高，折扣要层层批', '报价快一天'],
]
const SEEN: ReadonlyArray<readonly [item: string, price: number]> = [['14 寸笔记本', 4980], ['标签打印机', 899], ['学生平板', 1150], ['激光打印机', 1320], ['硒鼓', 239]]

/** Targets of the year down to each person, competitors with what was seen of them, and the forecast as it stood on each of the last Sundays. */
export async function storePlans(ctx: Ctx, kit: SalesKit, rows: Rows, deals: readonly Deal[], r: Random): Promise<void> {
  await storeTargets(ctx, kit, rows, r)
  const { w } = kit, at = kit.moment(r, 400), head = Object.values(kit.leads)
  const ids = COMPETITORS.map((name, i) => { const [priceLevel, strengths, weaknesses, note] = KNOWN[i]!; return rows.add('competitor', { id: r.id(at), at, by: kit.market.userId, draft: { name, priceLevel, strengths, weaknesses, note } }) })
  for (let n = 0; n < 48; n++) {
    const seen = kit.moment(r, r.int(2, 240)), [item, price] = r.pick(SEEN), who = r.chance(0.7) ? r.pick(kit.reps) : r.pick(head)
    rows.add('marketIntel', { id: r.id(seen), at: seen, by: who.userId, draft: { competitorId: r.pick(ids), item, price: yuan(price * (0.9 + 0.2 * r.next())), trend: r.weighted({ flat: 50, down: 35, up: 15 }), place: r.pick(PLACES)[1], seenOn: dayText(seen), unitId: who.unitId, userId: who.userId } })
  }
  const weekday = (new Date(w.today.getTime() + 8 * 3_600_000).getUTCDay() + 6) % 7
  for (let back = WEEKS; back >= 1; back--) {
    const ended = after(w.today, 7 - weekday - 7 * back), endsOn = dayText(after(ended, -1)), then = deals.flatMap(d => { const stage = d.visits.find(v => v.from < ended && (v.to === null || v.to >= ended))?.stage; return stage ? [{ d, stage }] : [] })
    const takenAt = new Date(ended.getTime() + 30 * 60_000), snapshotId = rows.add('forecastSnapshot', { id: r.id(takenAt), at: takenAt, by: null, draft: { week: weekOf(endsOn), endsOn, takenAt, lines: then.length } })
    for (const { d, stage } of then) {
      const chance = CHANCE[stage]!
      // what was thought then of the day: a fortnight off now and then
      rows.add('forecastLine', { id: r.id(takenAt), at: takenAt, by: null, draft: { snapshotId, endsOn, opportunityId: d.id, name: d.name, unitId: w.units[d.account.block], ownerId: d.account.rep.userId, productId: d.lines[0]?.productId ?? null, stage, chance, closeOn: d.closedAt ? dayText(after(d.closedAt, r.int(-9, 4))) : d.closeOn, amount: yuan(d.amount), quantity: String(d.lines.reduce((n, l) => n + l.quantity, 0)), weighted: (d.amount * chance / 100).toFixed(2) } })
    }
  }
  await rows.flush('competitor', 'marketIntel', 'forecastSnapshot', 'forecastLine')
}

/** A tenth above what was signed and received in the twelve months before, rounded as targets are; the parts add up to the whole. */
async function storeTargets(ctx: Ctx, kit: SalesKit, rows: Rows, r: Random): Promise<void> {
  const { w } = kit, year = dayText(w.today).slice(0, 4), at = new Date(Date.parse(`${year}-01-04T02:00:00Z`)), since = dayText(new Date(w.today.getTime() - 365 * DAY_MS)), set = at < w.now ? at : w.now
  for (const [measure, text] of [['signed', "select owner_id as id, sum(amount) as n from contract where tenant_id = $1 and signed_on >= $2 and kind <> 'group' group by 1"], ['received', 'select owner_id as id, sum(amount) as n from receipt where tenant_id = $1 and received_on >= $2 group by 1']] as const) {
    const was = new Map((await ctx.query<{ id: string; n: string }>(text, [ctx.tenant.id, since])).map(x => [x.id, Number(x.n)]))
    const parts = kit.reps.map(rep => ({ rep, amount: Math.max(1, Math.round((was.get(rep.userId) ?? 0) * (0.98 + 0.24 * r.next()) / 100_000)) * 100_000 })), sum = (list: typeof parts): number => list.reduce((n, p) => n + p.amount, 0)
    const put = (unitId: string, amount: number, parentId: string | null, userId: string | null = null): string => rows.add('target', { id: r.id(set), at: new Date(set.getTime() + (userId ? 2000 : parentId ? 1000 : 0)), by: kit.market.userId, draft: { period: year, measure, unitId, userId, amount: yuan(amount), parentId, startsOn: `${year}-01-01`, endsOn: `${year}-12-31` } })
    const whole = put(w.units['HC']!, sum(parts), null)
    for (const [block, list] of Map.groupBy(parts, p => p.rep.unitCode)) { const part = put(w.units[block]!, sum(list), whole); for (const p of list) put(p.rep.unitId, p.amount, part, p.rep.userId) }
  }
  await rows.flush('target')
}
