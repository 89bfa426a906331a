import { changeMany, schedule, type Ctx } from '@quancheng/kernel'
import { insertColumns } from './insert.ts'
import { CROSS, FINISHED, INTERESTS, LISTS, PROMOTIONS, REPLIED, RUNNING, SAID, SEGMENTS, type CampaignWords } from './marketing-words.ts'
import { personName } from './names.ts'
import type { Random } from './random.ts'
import { bulkRows, type Rows } from './sales-kit.ts'
import { DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

interface Target { id: string; name: string; person: string; phone: string; unit: string; owner: string | null; bought: string; orders: string[] }
interface Campaign { id: string; starts: string; ends: string }
interface Kit { w: DemoWorld; rows: Rows; r: Random; by: DemoPerson; campaigns: ReadonlyMap<string, Campaign>; segments: Readonly<Record<string, string>>; phones: Set<string>; leads: Array<{ at: Date; draft: Record<string, unknown> }> }

/** How many are in the finished campaign and the running one; every tenth is held out. */
const SIZE = { finished: 240, running: 160 }
/** What people buy who were told nothing, of what the target group buys: a campaign that did some good. */
const ANYWAY = 0.6

/** Segments, a campaign that is over with its return, one that runs, bought lists, replies, promotions and cross-selling: no page of 市场营销 is empty. After the sales. */
export async function storeMarketing(ctx: Ctx, w: DemoWorld): Promise<void> {
  if (!w.plan.units.some(u => u.kind === 'block')) return
  const r = w.random('marketing'), rows = bulkRows(ctx), by = w.people.find(p => p.post === 'marketing')!, at = new Date(w.today.getTime() - 220 * DAY_MS)
  const campaigns = new Map((await ctx.query<Campaign & { code: string }>('select code, id, starts_on::text as starts, ends_on::text as ends from campaign where tenant_id = $1', [ctx.tenant.id])).map(c => [c.code, c]))
  const segments = Object.fromEntries(Object.entries(SEGMENTS).map(([key, [name, rule, note]]) => [key, rows.add('segment', { id: r.id(at), at, by: by.userId, draft: { name, rule, note, unitId: by.unitId, ownerId: by.userId } })]))
  const kit: Kit = { w, rows, r, by, campaigns, segments, phones: new Set(), leads: [] }
  await rows.flush('segment')
  const done = await audience(ctx, kit, FINISHED, SIZE.finished), now = await audience(ctx, kit, RUNNING, SIZE.running)
  await run(ctx, kit, FINISHED, done, control(done), true)
  await run(ctx, kit, RUNNING, now, control(now), false)
  lists(kit)
  promotions(kit, [...done, ...now])
  for (const [i, [line, stage, name, price, words]] of CROSS.entries()) if (w.lines[line]) rows.add('crossSell', { id: r.id(at), at, by: by.userId, draft: { name, productLineId: w.lines[line].id, stage, price, words, position: (i + 1) * 10 } })
  for (const [i, t] of now.entries()) if (i % 4 === 0) rows.add('preference', { id: r.id(at), at, by: t.owner, draft: { customerId: t.id, topic: '关注产品', value: INTERESTS[i / 4 % INTERESTS.length]!, learnedAt: at, learnedFrom: '拜访时问到' } })
  await specials(ctx, kit)
  await numberLeads(ctx, kit)
  await rows.flush('campaignPlan', 'campaignStep', 'lead', 'consent', 'campaignPlan', 'campaignMember', 'customerNotice', 'campaignSend', 'campaignCost', 'campaignPrice', 'campaignList', 'campaignReply', 'promotion', 'promotionUse', 'crossSell', 'preference')
}

/** Customers of the block that buy in small: who spends half a million a year decides nothing by a short message. */
const audience = (ctx: Ctx, k: Kit, c: CampaignWords, most: number): Promise<Target[]> => ctx.query<Target & Record<string, unknown>>(
  `select t.id, t.name, k.name as person, k.phone, t.unit_id as unit, t.owner_id as owner, coalesce(sum(o.amount), 0)::text as bought, coalesce(array_agg(o.id order by o.id) filter (where o.id is not null), '{}') as orders from customer t
   join lateral (select k.name, k.phone from contact k where k.tenant_id = t.tenant_id and k.customer_id = t.id and k.until is null and k.phone like '1%' order by k.id limit 1) k on true
   left join sales_order o on o.tenant_id = t.tenant_id and o.customer_id = t.id and o.state in ('confirmed', 'delivering', 'done') and o.ordered_on between $3 and $4
   where t.tenant_id = $1 and t.unit_id = $2 and t.kind = 'company' and t.merged_into_id is null group by t.id, t.name, k.name, k.phone, t.unit_id, t.owner_id having coalesce(sum(o.amount), 0) < 9000 order by (coalesce(sum(o.amount), 0) > 0) desc, t.id limit $5`,
  [ctx.tenant.id, k.w.units[c.block], k.campaigns.get(c.code)!.starts, k.campaigns.get(c.code)!.ends, most])

/** A tenth, drawn so that by heads they bought `ANYWAY` of what the others did. */
function control(all: readonly Target[]): Set<string> {
  const sorted = all.toSorted((a, b) => Number(a.bought) - Number(b.bought) || (a.id < b.id ? -1 : 1)), n = Math.round(all.length / 10), total = all.reduce((sum, t) => sum + Number(t.bought), 0)
  for (let reach = 1; reach > 0.3; reach -= 0.02) {
    const held = Array.from({ length: n }, (_, i) => sorted[Math.floor((i + 0.5) * sorted.length / n * reach)]!), sum = held.reduce((s, t) => s + Number(t.bought), 0)
    if (sum / n <= ANYWAY * (total - sum) / (all.length - n)) return new Set(held.map(t => t.id))
  }
  return new Set(sorted.slice(0, n).map(t => t.id))
}

async function run(ctx: Ctx, k: Kit, c: CampaignWords, all: readonly Target[], held: ReadonlySet<string>, over: boolean): Promise<void> {
  const { r, rows, w } = k, campaign = k.campaigns.get(c.code)!, begun = new Date(Date.parse(`${campaign.starts}T10:00:00+08:00`)), told = all.filter(t => !held.has(t.id)), by = k.by.userId
  const add = (entity: string, at: Date, draft: Record<string, unknown>, who: string | null = null): string => rows.add(entity, { id: r.id(at), at, by: who, draft })
  add('campaignPlan', begun, { campaignId: campaign.id, trigger: 'time', segmentId: k.segments[c.segment], controlPercent: 10, seed: c.code, purpose: 'marketing', offer: c.offer, live: !over, frozenAt: begun, frozenTarget: told.length, frozenControl: held.size }, by)
  const steps = c.steps.map((s, i) => add('campaignStep', begun, { campaignId: campaign.id, position: i + 1, channel: s.kind === 'task' ? 'usual' : 'sms', onlyIf: 'noReply', ...s }, by))
  await insertColumns(ctx, 'campaign_audience', { campaign_id: 'uuid', customer_id: 'uuid', rank: 'int', held_out: 'bool', enrolled: 'bool' }, all.toSorted((a, b) => Number(held.has(b.id)) - Number(held.has(a.id))).map((t, i) => ({ campaign_id: campaign.id, customer_id: t.id, rank: i + 1, held_out: held.has(t.id), enrolled: true })))
  for (const [kind, day, amount, note] of c.costs) { const at = new Date(begun.getTime() + day * DAY_MS); add('campaignCost', at, { campaignId: campaign.id, spentOn: dayText(at), kind, amount: `${amount}.00`, note }, by) }
  for (const t of all.filter(x => held.has(x.id))) add('campaignMember', begun, { campaignId: campaign.id, customerId: t.id, occasion: 'list', unitId: t.unit, ownerId: t.owner, side: 'control', state: 'held', position: 1 })
  let next: Date | null = null
  for (const [i, t] of told.entries()) {
    const no = i % 23 === 7, out = i % 31 === 11, answers = !no && !out && i % 9 === 2, opens = answers || (!no && i % 4 === 1), at = new Date(begun.getTime() + (i % 50) * 60_000), later = new Date(at.getTime() + (1 + i % 5) * DAY_MS + (i % 400) * 60_000)
    if (!no) add('consent', new Date(begun.getTime() - 20 * DAY_MS), { customerId: t.id, purpose: 'marketing', channel: 'any', given: 'yes', at: new Date(begun.getTime() - 20 * DAY_MS), evidence: '采购登记表勾选' })
    if (out) add('consent', later, { customerId: t.id, purpose: 'marketing', channel: 'any', given: 'no', at: later, evidence: '短信回复“退订”' })
    const leadId = answers ? lead(k, c, campaign.id, t, later, i, over) : null, step = over ? steps.length + 1 : 2, nextAt = over || no || out || answers ? null : new Date(Math.max(w.now.getTime() + DAY_MS, at.getTime() + 21 * DAY_MS) + (i % 9) * DAY_MS / 3)
    if (nextAt && (!next || nextAt < next)) next = nextAt
    const memberId = add('campaignMember', begun, { campaignId: campaign.id, customerId: t.id, occasion: 'list', unitId: t.unit, ownerId: t.owner, side: 'target', state: no || out ? 'left' : answers ? 'responded' : over ? 'done' : 'active', position: step, nextAt, openedAt: opens ? later : null, respondedAt: answers ? later : null, leadId })
    const rounds = c.steps.flatMap((s, n) => (s.kind === 'message' && (n === 0 || (over && !answers && !no && !out)) ? [n] : []))
    for (const n of rounds) send(k, c, { campaignId: campaign.id, memberId, stepId: steps[n]!, position: n + 1, text: c.steps[n]!.text }, t, new Date(at.getTime() + (n ? 7 * DAY_MS : 0)), no)
    if (out || (answers && i % 2 === 0)) add('campaignReply', later, { at: later, customerId: t.id, phone: t.phone, text: out ? '退订' : REPLIED[i % REPLIED.length], meaning: out ? 'leave' : 'answer', campaignId: campaign.id, leadId, gatewayId: `demo-${c.code}-${i}` })
  }
  // the orders of who was told are those of the campaign
  await changeMany(ctx, ctx.entities.get('salesOrder'), told.flatMap(t => t.orders).map(id => ({ id, draft: { campaignId: campaign.id } })), { act: 'attribute' })
  const deals = await ctx.query<{ id: string }>('select id from opportunity where tenant_id = $1 and customer_id = any($2) and created_at::date between $3 and $4 order by id limit 9', [ctx.tenant.id, told.map(t => t.id), campaign.starts, campaign.ends])
  await changeMany(ctx, ctx.entities.get('opportunity'), deals.map(d => ({ id: d.id, draft: { campaignId: campaign.id } })), { act: 'fromLead' })
  if (next) await schedule(ctx, { kind: 'marketing.walk', key: campaign.id, dueAt: next, payload: { campaignId: campaign.id } })
}

function send(k: Kit, c: CampaignWords, s: { campaignId: string; memberId: string; stepId: string; position: number; text: string }, t: Target, at: Date, no: boolean): void {
  const { r, rows } = k, phone = t.phone, text = s.text.replaceAll('{{客户}}', t.name).replaceAll('{{特价}}', c.offer).replaceAll('{{负责人}}', '业务员').replaceAll('{{链接}}', '')
  const noticeId = no ? null : rows.add('customerNotice', { id: r.id(at), at, by: null, draft: { key: `campaign/${s.memberId}/${s.position}/${t.id}/sms`, event: 'campaign', state: 'sent', channel: 'sms', customerId: t.id, unitId: t.unit, to: phone, toShown: `${phone.slice(0, 3)}****${phone.slice(-4)}`, text: text.trim(), urgent: false, attempts: 1, dueAt: at, sentAt: at } })
  const { text: _, ...row } = s
  rows.add('campaignSend', { id: r.id(at), at, by: null, draft: { ...row, customerId: t.id, kind: 'message', outcome: no ? 'skipped' : 'made', reason: no ? '没有同意或已退订' : null, noticeId, at } })
}

/** Who answered is a lead of the campaign: in a campaign that is over, dealt with. */
function lead(k: Kit, c: CampaignWords, campaignId: string, t: Target, at: Date, i: number, over: boolean): string {
  const dropped = over && i % 2 === 1
  return addLead(k, at, null, { name: t.person, company: t.name, phone: t.phone, source: 'campaign', campaignId, needs: SAID[i % SAID.length], state: over ? dropped ? 'discarded' : 'converted' : 'assigned', unitId: t.unit, ownerId: t.owner, assignedAt: at, ...(over ? { readAt: at, followedAt: at } : {}), ...(over && !dropped ? { customerId: t.id, convertedAt: new Date(at.getTime() + DAY_MS) } : {}), ...(dropped ? { discardReason: '这次不买' } : {}) })
}

function lists(k: Kit): void {
  for (const [code, file, ago, made, doubles, bad] of LISTS) {
    const { id: campaignId } = k.campaigns.get(code)!, at = new Date(k.w.today.getTime() - ago * DAY_MS + 10 * 3_600_000)
    k.rows.add('campaignList', { id: k.r.id(at), at, by: k.by.userId, draft: { campaignId, file, at, total: made + doubles + bad, made, doubles, bad, byId: k.by.userId } })
    for (let i = 0; i < made; i++) addLead(k, at, k.by.userId, { name: personName(k.r), phone: freePhone(k), source: 'list', campaignId, state: code === 'YJHX' ? 'pool' : 'discarded', unitId: k.w.units[code === 'YJHX' ? 'BKE' : 'BKC'], ...(code === 'YJHX' ? { pooledAt: at } : { discardReason: '没有需求' }) })
  }
}

function addLead(k: Kit, at: Date, by: string | null, draft: Record<string, unknown>): string {
  k.leads.push({ at, draft })
  return k.rows.add('lead', { id: k.r.id(at), at, by, draft })
}

/** Numbers go on where those of the sales ended: a day's leads are counted once. */
async function numberLeads(ctx: Ctx, k: Kit): Promise<void> {
  const last = new Map<string, number>()
  for (const l of k.leads.toSorted((a, b) => a.at.getTime() - b.at.getTime())) {
    const day = `XS${dayText(l.at).replaceAll('-', '')}-`, n = (last.get(day) ?? (await ctx.query<{ last: number }>('select last from series where tenant_id = $1 and key = $2', [ctx.tenant.id, `${day}{000}`]))[0]?.last ?? 0) + 1
    last.set(day, n)
    l.draft['number'] = day + String(n).padStart(3, '0')
  }
  for (const [day, n] of last) await ctx.query('insert into series (tenant_id, key, last) values ($1, $2, $3) on conflict (tenant_id, key) do update set last = excluded.last', [ctx.tenant.id, `${day}{000}`, n])
}

function freePhone(k: Kit): string {
  for (;;) { const phone = `166${String(k.r.int(0, 99_999_999)).padStart(8, '0')}`; if (!k.phones.has(phone)) { k.phones.add(phone); return phone } }
}

function promotions(k: Kit, who: readonly Target[]): void {
  for (const [code, name, campaign, budget, perUse, planned, from, until, uses] of PROMOTIONS) {
    const day = (ago: number): string => dayText(new Date(k.w.today.getTime() - ago * DAY_MS)), at = new Date(k.w.today.getTime() - from * DAY_MS), over = until > 0, last = Math.max(until, 1), open = (i: number): boolean => !over && i > uses - 12
    const settled = Array.from({ length: uses }, (_, i) => i).filter(i => !open(i) && i % 40 !== 13).length
    const promotionId = k.rows.add('promotion', { id: k.r.id(at), at, by: k.by.userId, draft: { code, name, campaignId: k.campaigns.get(campaign)!.id, unitId: k.by.unitId, ownerId: k.by.userId, budget: `${budget}.00`, perUse: `${perUse}.00`, planned, forecast: `${budget * 12}.00`, startsOn: day(from), endsOn: day(until), uses, spent: `${uses * perUse}.00`, settled: `${settled * perUse}.00` } })
    for (let i = 0; i < uses; i++) {
      const used = new Date(at.getTime() + Math.floor((i + 1) * (from - last) / (uses + 1)) * DAY_MS + (9 * 60 + (i * 37) % 480) * 60_000), disputed = !open(i) && i % 40 === 13
      k.rows.add('promotionUse', { id: k.r.id(used), at: used, by: k.by.userId, draft: { promotionId, customerId: who[i % who.length]!.id, usedAt: used, amount: `${perUse}.00`, voucher: `${code}-${String(i + 1).padStart(4, '0')}`, state: disputed ? 'disputed' : open(i) ? 'used' : 'settled', reason: disputed ? '客户说没有用过这张券' : null, ...(disputed || open(i) ? {} : { settledAt: new Date(Math.min(k.w.now.getTime(), used.getTime() + 15 * DAY_MS)) }) } })
    }
  }
}

/** Some products of the running campaign at 92 % of everybody's price, where the lowest price allows it. */
async function specials(ctx: Ctx, k: Kit): Promise<void> {
  const { id: campaignId, starts } = k.campaigns.get(RUNNING.code)!, at = new Date(`${starts}T09:00:00+08:00`)
  const found = await ctx.query<{ id: string; price: string }>("select p.product_id as id, round(min(p.unit_price) * 0.92)::numeric(18,2)::text as price from price p join price_book b on b.tenant_id = p.tenant_id and b.id = p.price_book_id where p.tenant_id = $1 and b.standard and b.valid_from <= $2 and coalesce(b.valid_until, $2) >= $2 and coalesce(p.from_quantity, 0) <= 1 group by p.product_id having round(min(p.unit_price) * 0.92) >= coalesce(max(p.floor_price), 0) order by min(p.unit_price) desc, p.product_id limit 4", [ctx.tenant.id, dayText(k.w.today)])
  for (const p of found) k.rows.add('campaignPrice', { id: k.r.id(at), at, by: k.by.userId, draft: { campaignId, productId: p.id, price: p.price, further: false } })
}
