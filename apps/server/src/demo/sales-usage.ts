import { isWorkday, type Ctx } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { bulkRows } from './sales-kit.ts'
import { DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

const BOUND = ['sales', 'blockLead', 'blockAdmin'], SILENT_DAYS = 16
/** Who did not come back after the day on which the notice counts. */
const SILENT = ['duanfei']
/** Of a hundred working days, on how many somebody signs in; who is the first of this list is the most careless. */
const CARELESS: Readonly<Record<string, number>> = { kangning: 78, fangyuan: 88 }

/** Two months of signing in by those whom the rules of use bind, and one notice of the one who stayed away (RU-01, RU-04, RU-12). */
export async function storeUsage(ctx: Ctx, w: DemoWorld): Promise<void> {
  if (!w.plan.units.some(u => u.kind === 'block')) return
  const r = w.random('usage'), cal = await tenantCalendar(ctx), rows = bulkRows(ctx), last = new Map<string, string>()
  const [y, m] = dayText(w.today).split('-').map(Number) as [number, number], first = Date.parse(`${new Date(Date.UTC(y, m - 3, 1)).toISOString().slice(0, 10)}T00:00:00+08:00`)
  for (let at = first; at < w.today.getTime(); at += DAY_MS) {
    const day = dayText(new Date(at)), ago = Math.round((w.today.getTime() - at) / DAY_MS)
    for (const p of w.people.filter(x => BOUND.includes(x.post))) {
      const stays = SILENT.includes(p.username) && ago < SILENT_DAYS
      if (stays || !r.chance(isWorkday(cal, day) ? (CARELESS[p.username] ?? 96) / 100 : 0.05)) continue
      const firstAt = new Date(at + r.int(8 * 60 + 10, 9 * 60 + 40) * 60_000), times = r.int(1, 3)
      rows.add('signInDay', { id: r.id(firstAt), at: firstAt, draft: { userId: p.userId, unitId: p.unitId, day, times, firstAt, lastAt: times === 1 ? firstAt : new Date(firstAt.getTime() + r.int(60, 480) * 60_000) } })
      last.set(p.userId, day)
    }
  }
  await rows.flush('signInDay')
  await notice(ctx, w, w.people.filter(p => SILENT.includes(p.username)), last)
}

async function notice(ctx: Ctx, w: DemoWorld, silent: readonly DemoPerson[], last: ReadonlyMap<string, string>): Promise<void> {
  const r = w.random('usage/notice'), rows = bulkRows(ctx), at = new Date(w.today.getTime() - DAY_MS + 17 * 3_600_000), day = dayText(at), by = w.people.find(p => p.post === 'marketing')!.userId
  const [rule] = await ctx.query<{ id: string }>('select id from rule_document where tenant_id = $1 order by valid_from desc, id desc limit 1', [ctx.tenant.id])
  const listId = rows.add('noticeList', { id: r.id(at), at, by, draft: { name: `通报 ${day}`, kind: 'extra', onDay: day, unitId: w.units[w.plan.units[0]!.code], people: silent.length, ruleId: rule?.id ?? null, note: '连续两周没有登录，请板块负责人了解情况' } })
  for (const p of silent) {
    const lastDay = last.get(p.userId) ?? null, days = lastDay ? Math.round((Date.parse(day) - Date.parse(lastDay)) / DAY_MS) : 0
    rows.add('noticeLine', { id: r.id(at), at, by, draft: { listId, userId: p.userId, name: p.name, unitId: p.unitId, unitName: w.plan.units.find(u => u.code === p.unitCode)!.name, lastDay, days, penalty: '板块内通报，当月评价扣 2 分' } })
  }
  await rows.flush('noticeList', 'noticeLine')
}
