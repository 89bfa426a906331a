import type { Ctx } from '@quancheng/kernel'
import type { Random } from './random.ts'
import type { Account } from './sales-accounts.ts'
import type { Deal } from './sales-deals.ts'
import type { Rows, SalesKit } from './sales-kit.ts'
import type { Regular } from './sales-orders.ts'
import { COMPETITORS } from './sales-words.ts'
import { DAY_MS, dayText } from './world.ts'

const ANSWERS: Readonly<Record<string, readonly string[]>> = {
  POLICY: ['公开招标，五十万以下询价', '集团统谈分签', '三家比价', '框架内直接采购'], TOPUSERS: ['研发与设计部门', '管理层', '教研组', '外勤销售'], LOWEST: ['是', '否', '否'], HQ: ['杭州', '上海', '广州', '北京'],
  NEARPLAN: ['年内更新一百台', '春节后换窗口设备', '暂时没有'], FARPLAN: ['三年换完旧机', '两年内上移动办公'], BRANCHES: ['明年新开两家', '不增加', '往中西部扩'],
}
const STAND = { supports: 45, neutral: 43, against: 12 }
const HEARD: ReadonlyArray<readonly [kind: string, words: string]> = [['competition', '在分公司做了一次样机试用，说下月可供货'], ['price', '同型号报价比我们低百分之三，账期只给十五天'], ['competition', '换了当地代理，原来的服务人员都走了'], ['other', '分公司行政换人，年底前要重新拜访'], ['price', '耗材打包价比我们低，整机高']]

/** What is known of customers and of the people in deals, what heads of blocks think of prospects, and the teams that look after groups. */
export async function storeKnowing(ctx: Ctx, kit: SalesKit, rows: Rows, accounts: readonly Account[], deals: readonly Deal[], regulars: readonly Regular[], r: Random): Promise<void> {
  const { w } = kit, questions = await ctx.query<{ id: string; code: string }>('select id, code from checklist_question where tenant_id = $1 and customer_field is null and not coalesce(off, false)', [ctx.tenant.id])
  const priced = new Map(deals.filter(d => d.outcome === 'open' && d.visits.length > 2 && d.account.type !== 'general').map(d => [d.account, d.visits[1]!.from]))
  for (const [a, at] of priced) for (const q of questions) rows.add('checklistAnswer', { id: r.id(at), at, by: a.rep.userId, draft: { customerId: a.id, questionId: q.id, value: r.pick(ANSWERS[q.code] ?? ['已了解']), byId: a.rep.userId, at } })
  for (const d of deals.filter(x => x.outcome === 'open' && x.visits.length > 1)) for (const c of d.account.contacts.filter(x => !x.until).slice(0, 2)) {
    const at = d.visits[0]!.to!
    rows.add('dealContact', { id: r.id(at), at, by: d.account.rep.userId, draft: { opportunityId: d.id, contactId: c.id, role: c.role === 'it' ? 'influencer' : c.role, stand: r.weighted(STAND) } })
  }
  for (const [i, a] of accounts.filter(x => x.standing === 'prospect').slice(0, 40).entries()) {
    const at = kit.moment(r, r.int(3, 200)), handed = i % 4 === 0
    rows.add('prospect', { id: r.id(at), at: at > a.createdAt ? at : w.now, by: kit.leads[a.block]!.userId, draft: { customerId: a.id, growth: r.pick(['三年营收翻番', '去年新开五家', '刚完成一轮融资', '迁入新园区']), plans: r.pick(['年内建新办公楼', '明年全员换机', '与现供应商合同明年到期']), reason: r.pick(['量大、账期好', '可带动集团其他公司', '行业标杆']), favoured: i % 6 === 0, ...(handed ? { handedUnitId: w.units[a.block], handedToId: a.rep.userId, handedById: kit.market.userId, handedAt: at } : {}) } })
  }
  for (const [i, group] of [...new Set(regulars.flatMap(g => g.group ?? []))].entries()) team(kit, rows, group, i, regulars.filter(g => g.group === group), r)
  await rows.flush('checklistAnswer', 'dealContact', 'prospect', 'accountTeam', 'teamFeedback')
}

function team(kit: SalesKit, rows: Rows, group: Account, i: number, own: readonly Regular[], r: Random): void {
  const { w } = kit, at = kit.moment(r, 300 - i * 10), lead = w.people.find(p => p.post === 'marketing' && p !== kit.market) ?? kit.market, others = kit.reps.filter(p => p.userId !== group.rep.userId)
  const member = (userId: string, role: string, duty: string, until: string | null): void => { rows.add('accountTeam', { id: r.id(at), at, by: kit.market.userId, draft: { groupId: group.id, userId, role, duty, until } }) }
  member(lead.userId, 'lead', '总部牵头，集团价格', null)
  member(group.rep.userId, 'member', '集团总部的日常', null)
  member(others[i % others.length]!.userId, 'member', '分公司走访', dayText(new Date(w.today.getTime() + (120 + i * 9) * DAY_MS)))
  for (let n = 0; n < 1 + (i % 3); n++) {
    const [kind, words] = HEARD[(i + n) % HEARD.length]!, when = kit.moment(r, r.int(2, 90)), by = n % 2 ? group.rep : others[i % others.length]!
    rows.add('teamFeedback', { id: r.id(when), at: when, by: by.userId, draft: { groupId: group.id, authorId: by.userId, at: when, kind, customerId: own[n % own.length]?.account.id ?? null, ...(kind === 'other' ? {} : { competitor: COMPETITORS[(i + n) % COMPETITORS.length]! }), ...(kind === 'price' ? { price: `${r.int(9, 60)}00.00` } : {}), words } })
  }
}
