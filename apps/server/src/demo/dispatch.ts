import { watchBooking } from '@quancheng/dispatch'
import { isWorkday, storeNew, type Ctx } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { actingAs, DAY_MS, dayText, type DemoDevice, type DemoWorld } from './world.ts'

const SKILLS = [['主板', '芯片级维修与焊接'], ['屏幕', '屏幕与触控更换'], ['电池', '电池更换与校准'], ['数据', '存储与数据恢复'], ['打印', '打印机维修'], ['检测', '故障判断'], ['质检', '维修后的检验']] as const
/** stage, product line, fault code, skill, level at least */
const NEEDS = [
  ['repair', null, 'board', '主板', 3], ['repair', null, 'power', '主板', 2], ['repair', null, 'liquid', '主板', 3], ['repair', null, 'screen', '屏幕', 2], ['repair', null, 'battery', '电池', 1], ['repair', null, 'storage', '数据', 2],
  ['repair', 'PRINTER', null, '打印', 2], ['inspect', null, null, '检测', 1], ['quality', null, null, '质检', 1],
] as const
/** of the engineers of a station, in turn; the first of the first station is 赵修 */
const ENGINEERS: ReadonlyArray<readonly [string, number][]> = [[['主板', 4], ['数据', 3]], [['屏幕', 5], ['电池', 4]], [['打印', 4], ['电池', 3]], [['主板', 3], ['屏幕', 3], ['打印', 2]], [['数据', 4], ['屏幕', 2]]]
const CARS = ['一号取送车', '二号取送车'] as const
const HOUR = 3_600_000

/** Who knows what and takes on how much, the slots of each station with what is booked today and the next days, vehicles, and two service contracts. */
export async function storeDispatch(ctx: Ctx, w: DemoWorld): Promise<void> {
  const r = w.random('dispatch'), head = actingAs(ctx, w.people.find(p => p.post === 'hq') ?? null, new Date(w.today.getTime() - 30 * DAY_MS + 9 * HOUR))
  const store = async (entity: string, draft: Record<string, unknown>, by: Ctx = head): Promise<string> => (await storeNew(by, ctx.entities.get(entity), draft)).id as string
  const skills: Record<string, string> = {}
  for (const [name, note] of SKILLS) skills[name] = await store('skill', { name, note })
  for (const [nodeId, line, faultCode, skill, level] of NEEDS) if (line === null || w.lines[line]) await store('skillNeed', { nodeId, productLineId: line ? w.lines[line]!.id : null, faultCode, skillId: skills[skill], level })
  await store('dispatchRule', { nodeId: 'repair', mode: 'suggest' })
  const knows = async (personId: string, list: readonly (readonly [string, number])[]): Promise<void> => { for (const [skill, level] of list) await store('personSkill', { personId, skillId: skills[skill], level }) }
  for (const s of w.plan.units.filter(u => u.kind === 'station')) {
    const at = (post: string) => w.people.filter(p => p.unitCode === s.code && p.post === post)
    for (const [i, p] of at('engineer').entries()) { await knows(p.userId, ENGINEERS[i % ENGINEERS.length]!); await store('workProfile', { personId: p.userId, maxOpen: r.int(6, 9) }) }
    for (const p of at('inspector')) await knows(p.userId, [['检测', r.int(3, 5)]])
    for (const p of at('qc')) await knows(p.userId, [['质检', r.int(3, 5)]])
    await storeSlots(ctx, w, s.code, store)
  }
  await storeContracts(w, store)
}

type Store = (entity: string, draft: Record<string, unknown>, by?: Ctx) => Promise<string>

const SAID = { bringIn: ['屏幕有竖线', '充不进电', '开机很慢', '键盘进水'], onSite: ['打印机卡纸', '整间办公室连不上打印机'] } as const

async function storeSlots(ctx: Ctx, w: DemoWorld, code: string, store: Store): Promise<void> {
  const r = w.random(`bookings/${code}`), unitId = w.units[code]!, clerk = w.people.find(p => p.unitCode === code && p.post === 'receptionist') ?? null
  const cars: string[] = []
  for (const name of CARS) cars.push(await store('serviceResource', { unitId, kind: 'vehicle', name }))
  await store('serviceResource', { unitId, kind: 'bay', name: '快修工位' })
  const rules = {
    bringIn: { id: await store('slotRule', { unitId, service: 'bringIn', minutes: 30, capacity: 2, leadMinutes: 30, daysAhead: 7, cancelMinutes: 60 }), minutes: 30, starts: ['09:00', '10:00', '11:00', '13:30', '15:00', '16:30'] },
    pickUp: { id: await store('slotRule', { unitId, service: 'pickUp', minutes: 30, capacity: 2, leadMinutes: 30, daysAhead: 7, cancelMinutes: 60 }), minutes: 30, starts: ['09:30', '10:30', '14:00', '16:00', '17:00'] },
    onSite: { id: await store('slotRule', { unitId, service: 'onSite', minutes: 120, capacity: 2, starts: '09:00 14:00 16:00', leadMinutes: 240, daysAhead: 7, cancelMinutes: 120, resourceIds: cars }), minutes: 120, starts: ['09:00', '14:00', '16:00'] },
  } as const
  const calendar = await tenantCalendar(ctx)
  const people = w.customers.filter(c => c.station === code && c.kind === 'person')
  const days = Array.from({ length: 8 }, (_, i) => new Date(w.today.getTime() + i * DAY_MS)).filter(d => isWorkday(calendar, dayText(d))).slice(0, 3)
  const ready = await ctx.query<{ id: string; customer_id: string; name: string; phone: string }>("select id, customer_id, customer_name as name, phone from service_request where tenant_id = $1 and unit_id = $2 and stage = 'pickup' and phone is not null and customer_name is not null order by id desc limit 3", [ctx.tenant.id, unitId])
  for (const [i, day] of days.entries()) {
    for (const service of ['bringIn', 'onSite'] as const) {
      const rule = rules[service]
      for (const start of rule.starts.filter(() => r.chance(service === 'onSite' ? 0.4 : 0.6))) {
        const customer = r.pick(people), device = w.devices.find(d => d.customerId === customer.id)
        await one(rule, service, day, start, { customerId: customer.id, name: customer.name, phone: customer.phone, productLineId: device?.productLineId ?? null, serialNo: service === 'bringIn' ? device?.serialNo ?? null : null, faultDescription: r.pick(SAID[service]), ...(service === 'onSite' ? { address: `${w.plan.stations[code]?.city ?? ''}市${r.pick(w.plan.stations[code]?.districts ?? [''])}`, resourceId: cars[0] } : {}) })
      }
    }
    const request = ready[i]
    if (request) await one(rules.pickUp, 'pickUp', day, rules.pickUp.starts[i + 1]!, { requestId: request.id, customerId: request.customer_id, name: request.name, phone: request.phone })
  }

  async function one(rule: { id: string; minutes: number }, service: string, day: Date, start: string, guest: Record<string, unknown>): Promise<void> {
    const [h, m] = start.split(':').map(Number) as [number, number], startsAt = new Date(day.getTime() + h * HOUR + m * 60_000), endsAt = new Date(startsAt.getTime() + rule.minutes * 60_000)
    const made = new Date(Math.min(startsAt.getTime() - 20 * HOUR, w.now.getTime() - HOUR))
    const id = await store('booking', { ...guest, ruleId: rule.id, unitId, service, startsAt, endsAt, place: 1, state: endsAt < w.now ? 'missed' : 'booked' }, actingAs(ctx, clerk, made))
    if (endsAt >= w.now) await watchBooking(actingAs(ctx, clerk, w.now), id, { startsAt, endsAt })
  }
}

/** 澄湖能源 has a contract for everything until the next year; another company's ended last month. */
async function storeContracts(w: DemoWorld, store: Store): Promise<void> {
  const companies = w.customers.filter(c => c.kind !== 'person'), owning = (id: string): DemoDevice[] => w.devices.filter(d => d.customerId === id)
  const first = companies.find(c => c.kind === 'group') ?? companies[0], second = companies.find(c => c !== first && owning(c.id).length > 0)
  const day = (by: number): string => dayText(new Date(w.today.getTime() + by * DAY_MS))
  if (first) await store('serviceContract', { customerId: first.id, title: '办公设备年度维保', validFrom: day(-120), validUntil: day(245), covers: ['labour', 'parts', 'onSite'], responseMinutes: 240 })
  if (second) await store('serviceContract', { customerId: second.id, title: '打印设备维保', validFrom: day(-395), validUntil: day(-30), covers: ['labour', 'onSite'], responseMinutes: 480, deviceIds: owning(second.id).slice(0, 20).map(d => d.id) })
}
