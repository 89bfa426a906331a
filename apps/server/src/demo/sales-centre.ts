import { changeMany, type Ctx } from '@quancheng/kernel'
import { AVIATION, installJourney } from '@quancheng/journey'
import type { Random } from './random.ts'
import { bulkRows, type Rows } from './sales-kit.ts'
import { DAY_MS, dayText, type DemoCustomer, type DemoWorld } from './world.ts'

const LIKES: ReadonlyArray<readonly [topic: string, values: readonly string[]]> = [
  ['联系时间', ['下午三点以后', '工作日白天不接电话', '晚上七点到八点']], ['联系方式', ['短信，不要打电话', '微信', '打公司座机']], ['开票', ['专票，抬头写分公司', '电子普票']], ['座位', ['靠窗', '过道', '前排']], ['餐食', ['清淡', '素食', '不吃牛肉']],
]
/** Where this trip's customers were heard: point, hours before take-off, channel, and how the points do on the mean (0: they gave no score). */
const TRIP = [['A02', 400, 'app', 4.6], ['A04', 399, 'web', 4.7], ['A05', 399, 'web', 4.8], ['A08', 24, 'sms', 0], ['A10', 2.2, 'desk', 3.6], ['A11', 2, 'desk', 4.4], ['A16', 1, 'onSite', 4.1], ['A17', 0.6, 'onSite', 4.3], ['A18', 0.4, 'onSite', 4.8]] as const
const ALSO = [['A03', 420, 'phone', 4.5], ['A06', 398, 'desk', 4.5], ['A13', 1.9, 'desk', 4.0]] as const
const ASKED = 80, TRIPS = 60, SHOW_TOUCHES = 40

/** What the pages of the customer centre live from: journeys with what was missed, preferences, doubles to be merged, plans of care. */
export async function storeCentre(ctx: Ctx, w: DemoWorld): Promise<void> {
  if (!w.plan.units.some(u => u.kind === 'block')) return
  const r = w.random('centre'), rows = bulkRows(ctx), persons = w.customers.filter(c => c.kind === 'person'), desk = w.people.find(p => p.post === 'receptionist')!
  const liked = [persons.find(c => c.name === w.plan.fixed[0]!.name)!, ...persons.filter((_, i) => i % 25 === 3)]
  for (const c of liked) for (const [topic, values] of LIKES) if (c === liked[0] || r.chance(0.5)) {
    const at = moment(r, c, w)
    rows.add('preference', { id: r.id(at), at, by: desk.userId, draft: { customerId: c.id, topic, value: r.pick(values), learnedAt: at, learnedFrom: topic === '座位' || topic === '餐食' ? '电话咨询' : '接待登记' } })
  }
  await trips(ctx, w, rows, liked, r)
  await repairs(ctx, w, rows, r)
  await deals(ctx, w, rows, r)
  doubles(w, rows, r)
  await care(ctx, w, rows, r)
  await rows.flush('preference', 'touchEvent', 'customer', 'consent', 'carePlan', 'dealSurvey')
}

const moment = (r: Random, c: DemoCustomer, w: DemoWorld): Date => new Date(Math.max(c.createdAt.getTime(), w.today.getTime() - r.int(2, 300) * DAY_MS) + r.int(1, 500) * 60_000)

/** A journey of another trade as an example: thirty-six points, sixty trips, and in each what nobody did. */
async function trips(ctx: Ctx, w: DemoWorld, rows: Rows, who: readonly DemoCustomer[], r: Random): Promise<void> {
  await installJourney(ctx, { ...AVIATION, name: '旅客旅程（示例）', note: '航空公司的三十六个触点，看触点多的旅程是什么样；不用就停用' })
  const point = await pointIds(ctx, 'A')
  for (let n = 0; n < TRIPS; n++) {
    const c = who[n % who.length]!, off = new Date(w.today.getTime() - (n < who.length ? r.int(1, 40) : r.int(41, 85)) * DAY_MS + r.int(8 * 60, 20 * 60) * 60_000), occasion = `QC${1200 + n} ${dayText(off)}`
    for (const [code, hours, channel, mean] of [...TRIP, ...ALSO.filter(() => r.chance(0.4))]) {
      const at = new Date(off.getTime() - hours * 3_600_000), score = mean && r.chance(0.75) ? Math.max(1, Math.min(5, Math.floor(mean + r.next()))) : null
      rows.add('touchEvent', { id: r.id(at), at, draft: { pointId: point.get(code), channel, customerId: c.id, at, occasion, score, unitId: c.unitId } })
    }
  }
}

/** At the counters of the last days somebody looked first, and was registered; the rest of that journey is in the records of the repair. */
async function repairs(ctx: Ctx, w: DemoWorld, rows: Rows, r: Random): Promise<void> {
  const point = await pointIds(ctx, 'R'), requests = await ctx.query<{ id: string; customer: string; unit: string; at: Date }>('select id, customer_id as customer, unit_id as unit, started_at as at from service_request where tenant_id = $1 and customer_id is not null order by started_at desc, id limit $2', [ctx.tenant.id, SHOW_TOUCHES])
  for (const q of requests) for (const [code, minutes, channel] of [['R01', -90, 'web'], ['R06', 12, 'desk']] as const) {
    const at = new Date(Math.min(w.now.getTime(), q.at.getTime() + minutes * 60_000))
    if (code === 'R06' || r.chance(0.4)) rows.add('touchEvent', { id: r.id(at), at, draft: { pointId: point.get(code), channel, customerId: q.customer, at, occasion: q.id, unitId: q.unit } })
  }
}

const pointIds = async (ctx: Ctx, letter: string): Promise<Map<string, string>> => new Map((await ctx.query<{ code: string; id: string }>('select code, id from touch_point where tenant_id = $1 and code like $2', [ctx.tenant.id, `${letter}%`])).map(p => [p.code, p.id]))

/** Orders delivered in the last weeks were asked about; most answered, a few not well (CU-10). */
async function deals(ctx: Ctx, w: DemoWorld, rows: Rows, r: Random): Promise<void> {
  const orders = await ctx.query<{ id: string; number: string; customer: string; unit: string; owner: string | null; line: string | null; at: Date }>(
    `select distinct on (o.customer_id) o.id, o.number, o.customer_id as customer, o.unit_id as unit, o.owner_id as owner, (select p.product_line_id from order_line l join product p on p.tenant_id = l.tenant_id and p.id = l.product_id where l.tenant_id = o.tenant_id and l.order_id = o.id order by l.amount desc, l.id limit 1) as line,
       (select max(d.delivered_on)::timestamptz from delivery d where d.tenant_id = o.tenant_id and d.order_id = o.id) as at from sales_order o where o.tenant_id = $1 and o.state = 'done' and o.ordered_on > $2 order by o.customer_id, o.ordered_on desc`, [ctx.tenant.id, dayText(new Date(w.today.getTime() - 90 * DAY_MS))])
  for (const o of orders.slice(0, ASKED)) {
    const at = new Date(Math.min(w.now.getTime(), (o.at ?? w.today).getTime() + 10 * 3_600_000)), answered = new Date(Math.min(w.now.getTime(), at.getTime() + r.int(1, 70) * 3_600_000)), score = r.chance(0.7) ? Number(r.weighted({ 5: 52, 4: 34, 3: 9, 2: 3, 1: 2 })) : null
    rows.add('dealSurvey', { id: r.id(at), at, draft: { orderId: o.id, orderNumber: o.number, customerId: o.customer, unitId: o.unit, personId: o.owner, productLineId: o.line, askedAt: at, token: `demo${o.id.replaceAll('-', '').slice(8)}`, ...(score ? { score, answeredAt: answered, tags: score < 4 ? [r.pick(['speed', 'clear', 'price'])] : [], words: score < 3 ? '到货比约定晚，问了两次才说' : null } : {}) } })
  }
}

/** The same man at two counters, and a company written two ways: what 客户查重 is for (CU-07). */
function doubles(w: DemoWorld, rows: Rows, r: Random): void {
  const person = w.customers.find(c => c.kind === 'person' && c.station === 'NB02')!, firm = w.customers.find(c => c.kind === 'company' && c.name.endsWith('有限公司') && c.station === 'HZ01')
  for (const c of [person, firm]) {
    if (!c) continue
    const at = moment(r, c, w), clerk = w.people.find(p => p.post === 'receptionist' && p.unitCode === (c === person ? 'HZ01' : 'NB02'))!
    rows.add('customer', { id: r.id(at), at, by: clerk.userId, draft: { name: c === person ? c.name : c.name.replace('有限公司', '有限责任公司'), kind: c.kind, ...(c === person ? { phone: c.phone } : {}), tier: 'ordinary', unitId: clerk.unitId, source: 'walkIn' } })
  }
}

/** Gold and diamond customers told their birthdays; half of them agreed to be greeted. */
async function care(ctx: Ctx, w: DemoWorld, rows: Rows, r: Random): Promise<void> {
  const valued = w.customers.filter(c => c.kind === 'person' && (c.tier === 'gold' || c.tier === 'diamond')), agent = w.people.find(p => p.post === 'agent')!, market = w.people.find(p => p.post === 'marketing')!
  const born = valued.map(c => { const day = new Date(w.today.getTime() + r.int(1, 120) * DAY_MS); return { id: c.id, draft: { birthday: `${r.int(1958, 2003)}${dayText(day).slice(4).replace('02-29', '02-28')}` } } })
  await changeMany(ctx, ctx.entities.get('customer'), born)
  for (const [i, c] of valued.entries()) if (i % 2 === 0) { const at = moment(r, c, w); rows.add('consent', { id: r.id(at), at, by: agent.userId, draft: { customerId: c.id, purpose: 'marketing', channel: 'any', given: 'yes', at, evidence: '取机时在凭证上勾选' } }) }
  const at = new Date(w.today.getTime() - 90 * DAY_MS), plan = (draft: Record<string, unknown>): string => rows.add('carePlan', { id: r.id(at), at, by: market.userId, draft: { toId: market.userId, way: 'todo', by: 'usual', purpose: 'marketing', off: false, ...draft } })
  plan({ name: '金卡生日祝福', trigger: 'birthday', days: 0, kind: 'person', tiers: ['gold', 'diamond'], way: 'message', title: '{客户}生日，打个电话', text: '{客户}您好，{日期}是您的生日，衡川服务祝您生日快乐，到店可免费做一次设备清洁。', toId: agent.userId })
  plan({ name: '合同周年拜访', trigger: 'contractDay', days: -7, title: '{客户}签约周年（{日期}），约一次拜访', details: '带上一年的服务小结；问明年的计划' })
  plan({ name: '重点客户春节问候', trigger: 'festival', festival: 'spring', days: -5, levelUpTo: 3, title: '{客户}：春节前问候，确认节后安排' })
}
