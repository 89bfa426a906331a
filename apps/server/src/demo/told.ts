import { create, storeMany, storeNew, type Ctx, type NewRow } from '@quancheng/kernel'
import { finished, type Lately } from './lately.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

const mask = (phone: string): string => phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
const DAYS = 6

/** The one channel of the demo writes into the program's log and nowhere else: nothing that is played here reaches a telephone. */
export async function storeTold(ctx: Ctx, w: DemoWorld, all: readonly Lately[]): Promise<void> {
  const r = w.random('told'), channel = await storeNew(actingAs(ctx, null, new Date(w.today.getTime() - 90 * DAY_MS)), ctx.entities.get('noticeChannel'), { kind: 'sms', name: '短信（演示：只写进日志，不发出）', settings: { driver: 'log' } })
  const names = new Map(w.customers.map(c => [c.id, c.name])), stations = new Map(w.plan.units.map(u => [w.units[u.code]!, u]))
  const rows: NewRow[] = []
  const since = w.now.getTime() - DAYS * DAY_MS
  for (const q of all) {
    if (!q.customerId || !q.phone || !/^1\d{10}$/.test(q.phone)) continue
    const station = stations.get(q.unitId), name = names.get(q.customerId) ?? '', hello = `${name}您好，${q.model ?? '您的设备'}（${q.number}）`
    const tell = (event: string, at: Date | null, text: string): void => {
      if (!at || at.getTime() < since || at > w.now) return
      // a gateway is not always of one mind
      const state = r.weighted({ sent: 96, failed: 3, dropped: 1 })
      rows.push({ id: r.id(at), at, by: null, draft: {
        key: `${event}/demo/${q.id}`, event, state, channel: 'sms', channelId: channel.id, requestId: q.id, customerId: q.customerId, unitId: q.unitId, to: q.phone, toShown: mask(q.phone!), text, attempts: state === 'failed' ? 6 : state === 'sent' ? 1 : 0,
        ...(state === 'sent' ? { sentAt: new Date(at.getTime() + r.int(1, 9) * 1000), providerId: 'log' } : { error: state === 'failed' ? '网关拒绝：空号' : '已经过时' }), templateVersion: 1,
      } })
    }
    if (q.steps.inspect?.outcome === 'quote') tell('quote', finished(q, 'inspect'), `${hello}的维修报价已出，请打开链接确认同意或不同意。`)
    tell('pickup', finished(q, 'quality'), `${hello}已经修好，可以到${station?.name ?? ''}取机，请带取机凭证。${station?.phone ?? ''}`)
    if (q.stage === 'collected') tell('survey', q.endedAt, `${hello}已经取走，这次维修您满意吗？一分钟评价。`)
  }
  await storeMany(ctx, ctx.entities.get('customerNotice'), rows)
  for (const c of w.customers.filter(x => x.kind === 'person').slice(20, 23)) await create(actingAs(ctx, null, new Date(w.today.getTime() - 30 * DAY_MS)), ctx.entities.get('noticeChoice'), { customerId: c.id, off: true })
}
