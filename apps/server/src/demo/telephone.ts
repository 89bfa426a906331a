import { isWorkday, storeMany, storeNew, type Ctx, type NewRow } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { extensionOf } from './play/acts.ts'
import { DAY_MS, dayText, type DemoWorld } from './world.ts'

const DAYS = 7
const NOTES = ['询问进度，已告知', '问营业时间和地址', '催修，已转服务站', '咨询保修期', '问价格，未报修'] as const

/** The hotline's telephone: where the agents sit, and the calls of the last week. The system that rings is a made-up one, whose key the player draws anew. */
export async function storeTelephone(ctx: Ctx, w: DemoWorld): Promise<void> {
  const agents = w.people.filter(p => p.post === 'agent')
  if (!agents.length) return
  const r = w.random('telephone'), cal = await tenantCalendar(ctx)
  await storeNew(ctx, ctx.entities.get('ctiSource'), { code: 'DEMO', name: '演示电话系统' })
  for (const a of agents) await storeNew(ctx, ctx.entities.get('agentExtension'), { extension: extensionOf(a.username), userId: a.userId })
  const rows: NewRow[] = []
  for (let day = DAYS; day >= 0; day--) {
    const date = new Date(w.today.getTime() - day * DAY_MS)
    if (!isWorkday(cal, dayText(date))) continue
    for (let i = 0, n = r.int(14, 22); i < n; i++) {
      const at = new Date(date.getTime() + r.int(9 * 60, 18 * 60 - 5) * 60_000 + r.int(0, 59) * 1000), customer = r.pick(w.customers), agent = r.pick(agents)
      const missed = r.chance(0.11), rang = r.int(4, 25), seconds = missed ? null : r.int(40, 480), known = r.chance(0.85)
      const endedAt = new Date(at.getTime() + (rang + (seconds ?? 0)) * 1000)
      if (endedAt > w.now) continue
      rows.push({ id: r.id(at), at, by: null, draft: {
        callKey: `DEMO/${dayText(date)}/${i}`, direction: r.chance(0.9) ? 'in' : 'out', phone: known ? customer.phone : `139${r.int(10_000_000, 99_999_999)}`, extension: extensionOf(agent.username), userId: agent.userId, state: missed ? 'missed' : 'ended',
        customerId: known ? customer.id : null, ringAt: at, answeredAt: missed ? null : new Date(at.getTime() + rang * 1000), endedAt, seconds, note: !missed && r.chance(0.5) ? r.pick(NOTES) : null,
      } })
    }
  }
  await storeMany(ctx, ctx.entities.get('phoneCall'), rows)
}
