import { storeNew, type Ctx } from '@quancheng/kernel'
import { insertColumns } from './insert.ts'
import { personName, phoneBook, TRADES } from './names.ts'
import { bulkRows, salesKit } from './sales-kit.ts'
import { tenantCalendar } from '@quancheng/org'
import { PARTNER } from './sign-ins.ts'
import { actingAs, DAY_MS, dayText, type DemoWorld } from './world.ts'

const LEADS = [['湖州', 4, 'working'], ['嘉兴', 2, 'working'], ['湖州', 1, 'assigned'], ['绍兴', 1, 'assigned'], ['嘉兴', 40, 'discarded'], ['湖州', 9, 'working']] as const
const REQUESTS = 3

/** One firm outside that sells with the block of chains: its one person, the leads handed to them, and the requests shared with the firm (CU-18, CU-20). */
export async function storePartner(ctx: Ctx, w: DemoWorld): Promise<void> {
  const block = w.units.BKC
  if (!block) return
  const r = w.random('partner'), since = new Date(w.today.getTime() - 200 * DAY_MS), then = actingAs(ctx, null, since), head = w.people.find(p => p.post === 'blockLead' && p.unitCode === 'BKC')!
  const unit = await storeNew(then, ctx.entities.get('unit'), { code: 'HZHD', name: '湖州恒达数码', kind: 'partner', parentId: block, phone: '0572-28000701', position: w.plan.units.length }, { id: r.id(since) })
  const [like] = await ctx.query<{ hash: string; role: string }>("select u.password_hash as hash, r.id as role from \"user\" u join role r on r.tenant_id = u.tenant_id and r.code = 'partner' where u.tenant_id = $1 and u.id = $2", [ctx.tenant.id, head.userId])
  const user = await storeNew(then, ctx.entities.get('user'), { username: PARTNER.username, name: PARTNER.name, unitId: unit.id, roleIds: [like!.role], phone: '13900000701', passwordHash: like!.hash }, { id: r.id(since) })
  const rows = bulkRows(ctx), kit = salesKit(w, await tenantCalendar(ctx)), phones = phoneBook(r, w.customers.map(c => c.phone)), turns: Array<Record<string, unknown>> = []
  for (const [i, [city, ago, state]] of LEADS.entries()) {
    const at = kit.moment(r, ago), id = r.id(at), seen = new Date(Math.min(w.now.getTime(), at.getTime() + r.int(20, 300) * 60_000))
    // the numbers of these leads start above those of the day
    rows.add('lead', { id, at, by: head.userId, draft: {
      number: `XS${dayText(at).replaceAll('-', '')}-${String(900 + i)}`, name: personName(r), company: `${city}${r.pick(TRADES)}`, phone: phones.mobile(), province: '浙江', city, source: 'partner', needs: '门店要收银打印机与平板', amount: `${r.int(2, 9)}0000.00`, state, unitId: block, ownerId: user.id, assignedAt: at,
      ...(state === 'assigned' ? {} : { readAt: seen, followedAt: seen }), ...(state === 'discarded' ? { discardReason: '已向别家采购' } : {}),
    } })
    turns.push({ id: r.id(at), lead_id: id, person_id: user.id, rule_id: null, how: 'hand', began_at: at, contact_at: state === 'assigned' ? null : seen, ended_at: state === 'discarded' ? seen : null, ended: state === 'discarded' ? 'discarded' : null })
  }
  await rows.flush('lead')
  await insertColumns(ctx, 'lead_turn', { id: 'uuid', lead_id: 'uuid', person_id: 'uuid', rule_id: 'uuid', how: 'text', began_at: 'timestamptz', contact_at: 'timestamptz', ended_at: 'timestamptz', ended: 'text' }, turns)
  const requests = await ctx.query<{ id: string }>("select t.id from service_request t join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id where t.tenant_id = $1 and c.kind = 'company' and t.unit_id = $2 order by t.started_at desc, t.id limit $3", [ctx.tenant.id, w.units.HZ01, REQUESTS])
  for (const q of requests) rows.add('recordShare', { id: r.id(w.today), at: new Date(w.today.getTime() - DAY_MS), by: head.userId, draft: { entity: 'serviceRequest', recordId: q.id, unitId: unit.id, level: 'read', until: dayText(new Date(w.today.getTime() + 60 * DAY_MS)), reason: '设备由恒达售出，一起跟进' } })
  await rows.flush('recordShare')
}
