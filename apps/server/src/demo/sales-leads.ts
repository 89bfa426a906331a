import { changeMany, schedule, type Ctx } from '@quancheng/kernel'
import { insertColumns, type Columns } from './insert.ts'
import { personName, phoneBook } from './names.ts'
import type { Random } from './random.ts'
import type { Deal } from './sales-deals.ts'
import type { Rep, Rows, SalesKit } from './sales-kit.ts'
import { BRANDS, TRADES } from './names.ts'
import { PLACES } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

export const LEADS = 600
const STATES = { converted: 205, discarded: 130, pool: 95, working: 105, assigned: 65 } as const
const SOURCES = { web: 30, call: 18, visit: 8, referral: 14, campaign: 16, list: 6, partner: 5, service: 3 }
const NEEDS = ['想更新一批办公电脑', '新店开业要标签打印机', '学校要采购平板', '询年度维保和设备打包价', '要五十台以上的报价', '先了解型号和交期', '旧设备能不能折价', '要求开专票、月结'] as const
const WHY = ['号码是空号', '不是目标客户', '只想维修', '已向别家采购', '重复提交'] as const
const SOURCE_WORDS: Readonly<Record<string, string>> = { web: '官网', call: '来电', visit: '来访', referral: '转介绍', campaign: '营销活动', list: '名单', partner: '合作伙伴', service: '服务转来' }
const CAMPAIGNS = [['QCXY', '秋季校园行', 'BKG', 95, 30, 60_000], ['ZQKF', '政企开放日', 'BKE', 50, 21, 80_000], ['LSXD', '连锁新店礼包', 'BKC', 200, 60, 45_000], ['YJHX', '以旧换新季', 'BKE', 25, -20, 120_000]] as const
const TURN: Columns = { id: 'uuid', lead_id: 'uuid', person_id: 'uuid', rule_id: 'uuid', how: 'text', began_at: 'timestamptz', contact_at: 'timestamptz', ended_at: 'timestamptz', ended: 'text' }

/** Rules, pools, territories and campaigns of the three blocks, and six hundred leads in all states; what a converted one became is one of the deals. */
export async function storeLeads(ctx: Ctx, kit: SalesKit, rows: Rows, deals: readonly Deal[], r: Random): Promise<void> {
  const { rules, campaigns } = await storeRules(kit, rows, r)
  const { w } = kit, phones = phoneBook(r, w.customers.map(c => c.phone)), turns: Array<Record<string, unknown>> = [], linked: Array<{ id: string; draft: Record<string, unknown> }> = [], clocks: Array<{ id: string; at: Date }> = []
  const sources = deals.filter(d => d.account.createdAt.getTime() > 0 && w.now.getTime() - d.createdAt.getTime() < 700 * DAY_MS), every = Math.floor(sources.length / STATES.converted), used = new Set<string>()
  for (const [state, count] of Object.entries(STATES)) for (let n = 0; n < count; n++) {
    const deal = state === 'converted' ? sources[n * every]! : null, recent = state === 'assigned' ? r.int(0, 1) : state === 'working' ? r.int(1, 13) : state === 'pool' ? r.int(0, 60) : r.int(5, 540)
    const at = deal ? new Date(deal.createdAt.getTime() - r.int(2, 90) * 3_600_000) : kit.moment(r, recent), place = PLACES[r.int(0, PLACES.length - 1)]!, rep: Rep = deal?.account.rep ?? r.pick(kit.reps), source = r.weighted(SOURCES), id = r.id(at)
    const firm = deal?.account.name ?? (r.chance(0.85) ? `${place[1]}${r.pick(BRANDS)}${r.pick(TRADES)}` : null), held = state !== 'pool', contactAt = new Date(Math.min(w.now.getTime(), at.getTime() + r.int(10, 3000) * 60_000))
    rows.add('lead', { id, at, by: source === 'web' ? null : kit.market.userId, draft: {
      name: deal?.account.contacts[0]?.name ?? personName(r), company: firm, phone: deal?.account.contacts[0]?.phone ?? phones.mobile(), province: deal?.account.province ?? place[0], city: deal?.account.city ?? place[1], source, campaignId: source === 'campaign' ? r.pick(campaigns) : null, amount: r.chance(0.7) ? `${r.int(3, 300)}000.00` : null, needs: r.pick(NEEDS), state,
      unitId: rep.unitId, ownerId: held ? rep.userId : null, ...(held ? { assignedAt: at } : { pooledAt: new Date(Math.min(w.now.getTime(), at.getTime() + r.int(0, 900) * 60_000)) }), ...(held && (state !== 'assigned' || r.chance(0.5)) ? { readAt: new Date(Math.min(w.now.getTime(), at.getTime() + r.int(3, 600) * 60_000)) } : {}),
      ...(state === 'working' || state === 'converted' ? { followedAt: contactAt } : {}), ...(deal ? { customerId: deal.account.id, opportunityId: deal.id, convertedAt: deal.createdAt } : {}), ...(state === 'discarded' ? { discardReason: r.pick(WHY) } : {}),
    } })
    if (deal && !used.has(deal.id)) { used.add(deal.id); linked.push({ id: deal.id, draft: { leadId: id, source: SOURCE_WORDS[source] } }) }
    if (held) turns.push({ id: r.id(at), lead_id: id, person_id: rep.userId, rule_id: rules.get(rep.unitCode), how: 'rule', began_at: at, contact_at: state === 'assigned' ? null : contactAt, ended_at: state === 'converted' ? deal!.createdAt : state === 'discarded' ? contactAt : null, ended: state === 'converted' || state === 'discarded' ? state : null })
    if (state === 'working' || state === 'assigned') clocks.push({ id, at: new Date(w.now.getTime() + (15 * DAY_MS - Math.min(13 * DAY_MS, w.now.getTime() - at.getTime()))) })
  }
  await rows.flush('lead')
  await insertColumns(ctx, 'lead_turn', TURN, turns)
  await changeMany(ctx, ctx.entities.get('opportunity'), linked, { act: 'fromLead' })
  for (const c of clocks) await schedule(ctx, { kind: 'sales.leadIdle', key: c.id, dueAt: c.at, payload: { leadId: c.id } })
}

async function storeRules(kit: SalesKit, rows: Rows, r: Random): Promise<{ rules: Map<string, string>; campaigns: string[] }> {
  const { w } = kit, at = new Date(w.today.getTime() - 700 * DAY_MS), by = kit.market.userId, rules = new Map<string, string>(), put = (entity: string, draft: Record<string, unknown>): string => rows.add(entity, { id: r.id(at), at, by, draft })
  const blocks = w.plan.units.filter(u => u.kind === 'block'), people = (code: string): string[] => kit.reps.filter(p => p.unitCode === code).map(p => p.userId), day = (ago: number): string => dayText(new Date(w.today.getTime() - ago * DAY_MS))
  const sorts = [['BKG', ['list']], ['BKC', ['partner', 'visit']], ['BKE', []]] as const
  for (const [i, [code, sources]] of sorts.entries()) rules.set(code, put('leadRule', { name: `${blocks.find(b => b.code === code)!.name}轮流`, position: (i + 1) * 10, sources: [...sources], unitId: w.units[code], method: code === 'BKC' ? 'load' : 'turn', personIds: people(code) }))
  for (const b of blocks) put('leadPool', { unitId: w.units[b.code], readHours: 24, clock: b.code === 'BKG' ? 'business' : 'clock', idleDays: 15, maxHeld: 60, maxPerDay: 10, retakeDays: 7 })
  const areas = [['浙江', '浙江'], ['苏沪皖', '江苏、上海、安徽'], ['广东', '广东、福建、海南']] as const
  for (const b of blocks) for (const [i, [name, provinces]] of areas.entries()) {
    const territoryId = put('territory', { name: `${b.name.slice(0, 2)} ${name}`, unitId: w.units[b.code], provinces })
    put('territoryHolder', { territoryId, userId: people(b.code)[i % 3], since: day(400) })
  }
  const campaigns = CAMPAIGNS.map(([code, name, block, from, until, budget]) => put('campaign', { code, name, state: until > 0 ? 'ended' : 'running', unitId: w.units[block], ownerId: kit.market.userId, startsOn: day(from), endsOn: day(until), budget: `${budget}.00`, goal: '带来可跟进的线索' }))
  await rows.flush('leadRule', 'leadPool', 'territory', 'territoryHolder', 'campaign')
  return { rules, campaigns }
}
