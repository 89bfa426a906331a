import type { Ctx } from '@quancheng/kernel'
import { create } from '@quancheng/kernel'
import { postTickets } from '@quancheng/hotline'
import { receive } from '@quancheng/parts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** 料号, name, unit, price, product lines; invented. */
const PARTS = [
  ['NB-SCR14', '14 寸屏幕总成', '块', '860.00', ['NB']], ['NB-SCR15', '15.6 寸屏幕总成', '块', '920.00', ['NB']], ['NB-BATX1', 'X1 电池', '块', '420.00', ['NB']], ['NB-KB13', '轻云键盘', '套', '260.00', ['NB']],
  ['NB-FAN', '散热风扇', '个', '120.00', ['NB']], ['NB-MB13', '轻云 13 主板', '块', '1680.00', ['NB']], ['NB-SSD512', '固态硬盘 512G', '块', '380.00', ['NB']], ['NB-PSU65', '电源适配器 65W', '个', '160.00', ['NB']],
  ['SJ-SCR5', '青鸟 5 屏幕', '块', '560.00', ['PHONE']], ['SJ-BAT5', '青鸟 5 电池', '块', '180.00', ['PHONE']], ['SJ-USBC', '尾插小板', '块', '90.00', ['PHONE']], ['SJ-CAM6', '青鸟 6 后摄模组', '个', '340.00', ['PHONE']],
  ['PD-SCR11', '墨简 11 屏幕', '块', '680.00', ['PAD']], ['PD-BAT11', '墨简 11 电池', '块', '230.00', ['PAD']], ['PR-FUSER', '定影组件', '套', '450.00', ['PRINTER']], ['PR-ROLLER', '搓纸轮', '个', '45.00', ['PRINTER']],
] as const

const ANY = ['开机没反应，指示灯亮', '进了水，已经关机', '用一会儿就自己关机'] as const
const FAULTS: Readonly<Record<string, readonly string[]>> = { NB: ['充不进电，换过插座', '屏幕有竖线', '键盘几个键不灵'], PHONE: ['触摸失灵', '充电口松动'], PAD: ['触摸失灵', '电池鼓包'], PRINTER: ['卡纸，每次都卡在同一处', '打印有黑条'] }

/** Parts on the shelves of every station, and this morning's calls to the hotline that wait for one. */
export async function storeParts(ctx: Ctx, w: DemoWorld): Promise<void> {
  const r = w.random('parts'), stations = w.plan.units.filter(u => u.kind === 'station')
  const began = new Date(w.today.getTime() - 60 * DAY_MS + 9 * 3_600_000)
  const atHq = actingAs(ctx, w.people.find(p => p.post === 'hq') ?? null, began)
  for (const [code, name, measure, price, lines] of PARTS) {
    const part = await create(atHq, ctx.entities.get('part'), { code, name, measure, price, productLineIds: lines.flatMap(l => w.lines[l]?.id ?? []) })
    for (const s of stations) {
      const quantity = r.int(0, 9)
      const manager = w.people.find(p => p.unitCode === s.code && p.post === 'stationManager') ?? null
      if (quantity > 0) await receive.run(actingAs(ctx, manager, new Date(began.getTime() + r.int(60, 400) * 60_000)), { partId: part.id as string, unitId: w.units[s.code]!, quantity, note: '首批铺货' })
    }
  }
  const agent = w.people.find(p => p.post === 'agent') ?? null
  const tickets = stations.flatMap((s, n) => Array.from({ length: n === 0 ? 4 : 1 }, () => s.code)).map((station, i) => {
    const device = r.pick(w.devices.filter(d => w.customers.some(c => c.id === d.customerId && c.station === station)))
    const customer = w.customers.find(c => c.id === device.customerId)!
    return {
      hotlineId: `RX${String(260_001 + i)}`, station, customerName: customer.name, phone: customer.phone, model: device.model, serialNo: device.serialNo, productLine: device.lineCode, faultDescription: r.pick([...ANY, ...FAULTS[device.lineCode] ?? []]),
      calledAt: new Date(w.now.getTime() - (20 + i * 17) * 60_000).toISOString(),
    }
  })
  await postTickets.run(actingAs(ctx, agent, w.now), { tickets })
}
