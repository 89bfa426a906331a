import { aggregate, fail, read, visible, type Ctx, type Filter } from '@quancheng/kernel'
import { sql } from 'kysely'
import { roiOf, type Roi } from '../rules/roi.ts'
import { campaignOf, planOf } from './plan.ts'
import { todayOf } from './today.ts'

/** A figure and the list that it is counted from: the same filter for both, so that it opens its rows. Without a filter its rows are those of `controlOrders`. */
export interface Figure { key: string; label: string; value: string; money: boolean; plural: string; filter: Filter | null }
export interface Figures { funnel: Figure[]; money: Figure[]; roi: Roi & { target: number; control: number; from: string | null; until: string } }

const COUNTED = { in: ['confirmed', 'delivering', 'done'] }
const MADE = { kind: 'message', outcome: 'made' }

/**
 * What a campaign came to (MK-06, AN-04). Revenue: confirmed orders that name the campaign; an order of somebody in its target group names it by itself when it is
 * confirmed while the campaign lasts (`attribute`). The control group's: confirmed orders of who was held out, in the same days. Every figure is counted by the very
 * filter with which its list opens, within the caller's rights.
 */
export async function figuresOf(ctx: Ctx, id: string): Promise<Figures> {
  await read(ctx, ctx.entities.get('campaign'), id)
  const c = (await campaignOf(ctx, id)) ?? fail('NOT_FOUND', { id }), plan = await planOf(ctx, id)
  const until = lastDay(ctx, c.ends_on), own = { campaignId: id }
  const figure = async (key: string, label: string, entity: string, filter: Filter, sum?: string): Promise<Figure[]> => {
    const e = ctx.entities.find(entity)
    if (!e || !visible(ctx, e, 'x')) return []
    const measure = sum ? `sum:${sum}` : 'count', [row] = await aggregate(ctx, e, { group: [], measures: [measure], filter })
    return [{ key, label, plural: e.plural, filter, money: Boolean(sum), value: String(row?.values[measure] ?? 0) }]
  }
  const funnel = (await each([
    () => figure('target', '目标组', 'campaignMember', { ...own, side: 'target' }), () => figure('sent', '已交出', 'campaignSend', { ...own, ...MADE }), () => figure('delivered', '已发出', 'campaignSend', { ...own, ...MADE, 'noticeId.state': 'sent' }),
    () => figure('opened', '打开', 'campaignMember', { ...own, openedAt: { isNull: false } }), () => figure('responded', '回应', 'campaignMember', { ...own, respondedAt: { isNull: false } }), () => figure('leads', '线索', 'lead', own),
    () => figure('opportunities', '商机', 'opportunity', own), () => figure('orders', '订单', 'salesOrder', { ...own, state: COUNTED }), () => figure('control', '对照组', 'campaignMember', { ...own, side: 'control' }),
    () => figure('skipped', '没有发', 'campaignSend', { ...own, outcome: 'skipped' }), () => figure('left', '不再联系', 'campaignMember', { ...own, state: 'left' }),
  ]))
  const cost = await figure('cost', '费用', 'campaignCost', own, 'amount'), revenue = await figure('revenue', '活动收入', 'salesOrder', { ...own, state: COUNTED }, 'amount')
  const orders = await controlOrders(ctx, id, { from: c.starts_on, until })
  const control: Figure = { key: 'controlRevenue', label: '对照组收入', plural: '', filter: null, money: true, value: orders.total }
  const target = plan?.frozen_target ?? 0, held = plan?.frozen_control ?? 0
  return {
    funnel, money: [...cost, ...revenue, ...(held ? [control] : [])],
    roi: { ...roiOf({ cost: cost[0]?.value ?? '0', revenue: revenue[0]?.value ?? '0', controlRevenue: control.value, target, control: held }), target, control: held, from: c.starts_on, until },
  }
}

async function each<T>(asks: ReadonlyArray<() => Promise<T[]>>): Promise<T[]> {
  const all: T[] = []
  for (const ask of asks) all.push(...await ask())
  return all
}

const lastDay = (ctx: Ctx, endsOn: string | null): string => { const today = todayOf(ctx); return endsOn && endsOn < today ? endsOn : today }

export interface ControlOrders { total: string; count: number; rows: Array<{ id: string; number: string; customer: string; amount: string; orderedOn: string }> }

/** The confirmed orders of who was held out, while the campaign lasted: what people do who were told nothing. The first 200 as rows. */
export async function controlOrders(ctx: Ctx, id: string, o?: { from: string | null; until: string }): Promise<ControlOrders> {
  const days = o ?? await spanOf(ctx, id), seen = visible(ctx, ctx.entities.get('salesOrder'), 't')
  if (!seen || !days.from) return { total: '0.00', count: 0, rows: [] }
  const those = sql`from sales_order t where ${seen} and t.state in ('confirmed', 'delivering', 'done') and t.ordered_on between ${days.from}::date and ${days.until}::date
    and exists (select 1 from campaign_audience a where a.tenant_id = t.tenant_id and a.campaign_id = ${id} and a.customer_id = t.customer_id and a.held_out)`
  const { rows: [sum] } = await sql<{ total: string; n: number }>`select coalesce(sum(t.amount), 0)::numeric(18,2)::text as total, count(*)::int as n ${those}`.execute(ctx.db)
  const { rows } = await sql<ControlOrders['rows'][number]>`select t.id, t.number, (select name from customer c where c.tenant_id = t.tenant_id and c.id = t.customer_id) as customer, t.amount::text, t.ordered_on::text as "orderedOn" ${those} order by t.ordered_on desc, t.id limit 200`.execute(ctx.db)
  return { total: sum!.total, count: sum!.n, rows }
}

async function spanOf(ctx: Ctx, id: string): Promise<{ from: string | null; until: string }> {
  await read(ctx, ctx.entities.get('campaign'), id)
  const c = (await campaignOf(ctx, id))!
  return { from: c.starts_on, until: lastDay(ctx, c.ends_on) }
}
