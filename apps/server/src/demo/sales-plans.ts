import type { Ctx } from '@quancheng/kernel'
import { spanOfPeriod, weekOf } from '@quancheng/planning'
import type { Random } from './random.ts'
import { CHANCE, type Deal } from './sales-deals.ts'
import { after, SEASON, yuan, type Rows, type SalesKit } from './sales-kit.ts'
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
  // who is out with customers sees the same things again: lines, not points
  for (const [i, rep] of kit.reps.entries()) for (const turn of [0, 1]) {
    const [item, price] = SEEN[(i + 2 * turn) % SEEN.length]!, rival = ids[(i + turn) % ids.length]!, place = PLACES[(i * 2 + turn) % 9]![1], fall = 0.99 - 0.03 * r.next()
    let asked = price * (0.95 + 0.12 * r.next())
    for (let ago = r.int(140, 170); ago > 2; ago -= r.int(18, 34)) {
      const seen = kit.moment(r, ago), now = asked * (r.chance(0.3) ? 1 : fall * (0.98 + 0.04 * r.next())), who = r.chance(0.85) ? rep : head.find(p => p.unitCode === rep.unitCode) ?? rep
      rows.add('marketIntel', { id: r.id(seen), at: seen, by: who.userId, draft: { competitorId: rival, item, price: yuan(now), trend: now > asked * 1.005 ? 'up' : now < asked * 0.995 ? 'down' : 'flat', place, seenOn: dayText(seen), unitId: who.unitId, userId: who.userId } })
      asked = now
    }
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
    const parts = kit.reps.map(rep => ({ rep, amount: Math.max(1, Math.round((was.get(rep.userId) ?? 0) * (0.98 + 0.24 * r.next()) / 100_000)) * 100_000 }))
    const put = (period: string, unitId: string, amount: number, parentId: string | null, userId: string | null): string => rows.add('target', { id: r.id(set), at: new Date(set.getTime() + (userId ? 2000 : parentId ? 1000 : 0)), by: kit.market.userId, draft: { period, measure, unitId, userId, amount: yuan(amount), parentId, startsOn: spanOfPeriod(period).from, endsOn: spanOfPeriod(period).to } })
    // the year and its quarters, and the months of this quarter and the one before: each holder's add up to their year
    const over = (unitId: string, months: readonly number[], parentId: string | null, userId: string | null = null): string => {
      const sum = (list: readonly number[]): number => list.reduce((n, x) => n + x, 0), id = put(year, unitId, sum(months), parentId, userId), now = Math.floor((Number(dayText(w.today).slice(5, 7)) - 1) / 3)
      for (const q of [0, 1, 2, 3]) {
        const of = months.slice(3 * q, 3 * q + 3), quarter = put(`${year}-Q${q + 1}`, unitId, sum(of), id, userId)
        if (q === now || q === now - 1) for (const [i, amount] of of.entries()) put(`${year}-${String(3 * q + i + 1).padStart(2, '0')}`, unitId, amount, quarter, userId)
      }
      return id
    }
    // a month is planned by what such months brought to the person, and by the season
    const brought = new Map((await ctx.query<{ key: string; n: string }>(`select owner || '/' || extract(month from at)::int as key, sum(amount)::text as n from (${measure === 'signed' ? "select owner_id, signed_on as at, amount from contract where tenant_id = $1 and signed_on is not null and kind <> 'group'" : 'select owner_id, received_on, amount from receipt where tenant_id = $1'}) x(owner, at, amount) group by 1`, [ctx.tenant.id])).map(x => [x.key, Number(x.n)]))
    const monthly = (amount: number, userId: string): number[] => {
      const own = SEASON.map((_, m) => brought.get(`${userId}/${m + 1}`) ?? 0), mean = own.reduce((n, x) => n + x, 0) / 12, weights = SEASON.map((s, m) => 0.6 * own[m]! + 0.4 * Math.max(1, mean) * s), all = weights.reduce((n, x) => n + x, 0)
      const list = weights.slice(0, 11).map(x => Math.max(1000, Math.round(amount * x / all / 1000) * 1000))
      return [...list, Math.max(1000, amount - list.reduce((n, x) => n + x, 0))]
    }
    const plans = parts.map(p => ({ rep: p.rep, months: monthly(p.amount, p.rep.userId) })), add = (list: typeof plans): number[] => SEASON.map((_, m) => list.reduce((n, p) => n + p.months[m]!, 0))
    const whole = over(w.units['HC']!, add(plans), null)
    for (const [block, list] of Map.groupBy(plans, p => p.rep.unitCode)) { const part = over(w.units[block]!, add(list), whole); for (const p of list) over(p.rep.unitId, p.months, part, p.rep.userId) }
  }
  await rows.flush('target')
}
