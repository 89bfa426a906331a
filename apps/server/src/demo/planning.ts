import { elevated, lock, startOfDay, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { runCommission, runScores, shiftPeriod } from '@quancheng/planning'
import { completeStep, startFor } from '@quancheng/process'
import { after, bulkRows, salesKit, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import { COMPETITORS } from './sales-words.ts'
import { BUDGETS, CLAIMS, MOVES, SWOTS, type Claim } from './planning-words.ts'
import { actingAs, DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

/** How many months that are over have commission and results. */
const MONTHS = 2

/** Budgets and what was claimed on them, the SWOT of each block, what rivals did, score cards with their results, commission: after everything that they are counted from. */
export async function storePlanning(ctx: Ctx, w: DemoWorld): Promise<void> {
  if (!w.plan.units.some(u => u.kind === 'block')) return
  const kit = salesKit(w, await tenantCalendar(ctx)), rows = bulkRows(ctx), r = w.random('planning')
  const year = dayText(w.today).slice(0, 4), early = new Date(Math.min(w.now.getTime(), Date.parse(`${year}-01-05T02:00:00Z`))), by = kit.market.userId
  for (const [unit, kinds] of Object.entries(BUDGETS)) for (const [category, amount] of Object.entries(kinds)) rows.add('budget', { id: r.id(early), at: early, by, draft: { unitId: w.units[unit], period: year, category, amount: yuan(amount), startsOn: `${year}-01-01`, endsOn: `${year}-12-31` } })
  for (const [unit, who, ago, reason, text] of SWOTS) { const at = kit.moment(r, ago); rows.add('swotVersion', { id: r.id(at), at, by: person(w, who).userId, draft: { unitId: w.units[unit], edition: SWOTS.filter(s => s[0] === unit && s[2] >= ago).length, ...text, reason } }) }
  await moves(ctx, kit, rows, r)
  await rows.flush('budget', 'swotVersion', 'competitorMove')
  await claims(ctx, w)
  await judged(ctx, w, kit)
  await commission(ctx, w, kit)
}

const person = (w: DemoWorld, username: string): DemoPerson => w.people.find(p => p.username === username)!

async function moves(ctx: Ctx, kit: SalesKit, rows: Rows, r: ReturnType<DemoWorld['random']>): Promise<void> {
  const ids = new Map((await ctx.query<{ id: string; name: string }>('select id, name from competitor where tenant_id = $1', [ctx.tenant.id])).map(c => [c.name, c.id]))
  for (const [rival, ago, kind, what, source, unit] of MOVES) {
    const at = kit.moment(r, ago), who = unit ? kit.leads[unit] ?? kit.market : kit.market
    rows.add('competitorMove', { id: r.id(at), at, by: who.userId, draft: { competitorId: ids.get(COMPETITORS[rival]!), on: dayText(at), kind, what, source, unitId: unit ? kit.w.units[unit] : null } })
  }
}

/** Each claim goes the way that people go: handed in, decided or waiting. */
async function claims(ctx: Ctx, w: DemoWorld): Promise<void> {
  const campaigns = new Map((await ctx.query<{ code: string; id: string; unit: string; from: string }>('select code, id, unit_id as unit, starts_on::text as "from" from campaign where tenant_id = $1', [ctx.tenant.id])).map(c => [c.code, c]))
  const dealOf = async (c: Claim): Promise<string | null> => (await ctx.query<{ id: string }>('select id from opportunity where tenant_id = $1 and owner_id = $2 and outcome = $3 and created_at < $4 order by (closed_at is not null) desc, closed_at desc, amount desc limit 1', [ctx.tenant.id, person(w, c.who).userId, c.for, after(w.today, -c.ago)]))[0]?.id ?? null
  // a deal that came from a campaign says so, as one does that a lead of it was converted to
  for (const c of campaigns.values()) for (const { id } of await ctx.query<{ id: string }>("select id from opportunity where tenant_id = $1 and unit_id = $2 and outcome = 'won' and closed_at >= $3 and campaign_id is null order by closed_at, id limit 4", [ctx.tenant.id, c.unit, c.from])) {
    const sys = elevated(ctx, '演示'), entity = ctx.entities.get('opportunity')
    await storeChange(sys, entity, id, { campaignId: c.id }, { locked: await lock(sys, entity, id, 'update') })
  }
  for (const c of CLAIMS) {
    const at = new Date(w.today.getTime() - c.ago * DAY_MS + 10 * 3_600_000), as = (who: string, hours: number): Ctx => actingAs(ctx, person(w, who), new Date(Math.min(w.now.getTime(), at.getTime() + hours * 3_600_000)))
    const campaign = campaigns.get(c.for ?? ''), begun = as(c.who, 0)
    const row = await storeNew(begun, ctx.entities.get('marketingExpense'), { title: c.title, category: c.category, amount: `${c.amount}.00`, spentOn: dayText(after(at, -2)), ...(campaign ? { campaignId: campaign.id } : c.for ? { opportunityId: await dealOf(c) } : {}) })
    const { caseId } = await startFor(begun, 'marketing-expense', 'marketingExpense', String(row.id))
    for (const [i, [who, outcome, comment]] of c.then.entries()) {
      const [step] = await ctx.query<{ id: string }>("select id from process_step where tenant_id = $1 and instance_id = $2 and assignee_id = $3 and state in ('waiting', 'active') order by seq limit 1", [ctx.tenant.id, caseId, person(w, who).userId])
      if (!step) throw new Error(`demo: ${who} has nothing to decide on ${c.title}`)
      await completeStep(as(who, 3 * (i + 1)), step.id, { outcome, ...(comment ? { comment } : {}) })
    }
  }
}

/** A card for who sells, one for each block and one for a station, and the months that are over. */
async function judged(ctx: Ctx, w: DemoWorld, kit: SalesKit): Promise<void> {
  const as = actingAs(ctx, kit.market, w.now), make = async (entity: string, values: Record<string, unknown>): Promise<string> => String((await storeNew(as, ctx.entities.get(entity), values)).id)
  const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'sales'", [ctx.tenant.id])
  const card = async (name: string, unit: string, roleId: string | null, measures: ReadonlyArray<readonly [name: string, source: string, weight: number, zeroAt: string, fullAt: string]>): Promise<string[]> => {
    const cardId = await make('scoreCard', { name, unitId: w.units[unit], roleId }), ids: string[] = []
    for (const [n, source, weight, zeroAt, fullAt] of measures) ids.push(await make('scoreMeasure', { cardId, name: n, source, weight, zeroAt, fullAt }))
    return ids
  }
  const periods = Array.from({ length: MONTHS }, (_, i) => shiftPeriod(dayText(w.today).slice(0, 7), i - MONTHS)), given: Array<readonly [measure: string, unit: string, value: string, reason: string]> = []
  await card('业务人员月度评价', 'HC', role!.id, [['签约目标', 'signed', 30, '0', '120'], ['回款目标', 'received', 25, '0', '120'], ['客户跟进', 'followUp', 15, '0', '40'], ['赢单率', 'winRate', 15, '0', '60'], ['登录出勤', 'signIns', 15, '60', '100']])
  for (const [i, block] of Object.keys(kit.leads).entries()) {
    const ids = await card(`${w.plan.units.find(u => u.code === block)!.name}月度评价`, block, null, [['签约目标', 'signed', 40, '0', '120'], ['回款目标', 'received', 30, '0', '120'], ['赢单率', 'winRate', 20, '0', '60'], ['协作', 'byHand', 10, '0', '100']])
    given.push([ids[3]!, block, String(92 - 6 * i), ['样机主动借给别的板块', '资料归档及时', '两次会议没有派人'][i % 3]!])
  }
  const station = w.plan.units.find(u => u.kind === 'station')!
  await card(`${station.name}服务评价`, station.code, null, [['客户满意', 'satisfied', 100, '60', '100']])
  for (const period of periods) {
    for (const [measureId, unit, value, reason] of given) await make('scoreGiven', { measureId, period, unitId: w.units[unit], value, reason })
    await runScores(actingAs(ctx, null, firstOf(ctx, shiftPeriod(period, 1))), period)
  }
}

/** Moments of the first of a month, six in the morning: when the program itself does it. */
const firstOf = (ctx: Ctx, period: string): Date => new Date(startOfDay(new Date(`${period}-01T00:00:00Z`), ctx.tenant.timeZone).getTime() + 6 * 3_600_000)

/** One plan for all, another for one block; a contract divided between two; the months that are over are booked. */
async function commission(ctx: Ctx, w: DemoWorld, kit: SalesKit): Promise<void> {
  const as = actingAs(ctx, kit.market, w.now), month = dayText(w.today).slice(0, 7), since = `${shiftPeriod(month, -MONTHS)}-01`
  const plan = async (name: string, values: Record<string, unknown>, tiers: ReadonlyArray<readonly [from: number, to: number | null, percent: string]>): Promise<void> => {
    const planId = String((await storeNew(as, ctx.entities.get('commissionPlan'), { name, validFrom: since, basis: 'received', ...values })).id)
    for (const [from, to, percent] of tiers) await storeNew(as, ctx.entities.get('commissionTier'), { planId, from: yuan(from), to: to === null ? null : yuan(to), percent })
  }
  const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'sales'", [ctx.tenant.id])
  await plan('标准提成', { roleId: role!.id, per: 'year' }, [[0, 1_000_000, '0.4'], [1_000_000, 5_000_000, '0.6'], [5_000_000, null, '0.9']])
  const [shared] = await ctx.query<{ id: string; owner: string }>("select c.id, c.owner_id as owner from contract c where c.tenant_id = $1 and c.state = 'active' and exists (select 1 from receipt r where r.tenant_id = c.tenant_id and r.contract_id = c.id and r.received_on >= $2) order by c.amount desc, c.id limit 1", [ctx.tenant.id, since])
  const owner = kit.reps.find(p => p.userId === shared?.owner), other = kit.reps.find(p => p.unitCode === owner?.unitCode && p !== owner)
  if (shared && owner && other) for (const [who, percent] of [[owner, '60'], [other, '40']] as const) await storeNew(as, ctx.entities.get('commissionShare'), { contractId: shared.id, userId: who.userId, percent })
  for (let back = MONTHS; back >= 1; back--) await runCommission(actingAs(ctx, null, firstOf(ctx, shiftPeriod(month, 1 - back))), shiftPeriod(month, -back))
}
