import { isWorkday, storeNew, type Ctx } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { addSigner, completeStep, delegate, sendBack, sendCopies, startFor, urge, withdraw } from '@quancheng/process'
import { actingAs, DAY_MS, dayText, type DemoWorld } from './world.ts'

/** One thing that somebody did with an approval: `at` is working days ago and minutes after midnight. */
type Deed = { who: string; at: readonly [days: number, minute: number] } & (
  | { does: 'agrees' | 'refuses' | 'hands in'; says?: string; fields?: Record<string, unknown> }
  | { does: 'sends back'; says: string }
  | { does: 'asks first' | 'copies to'; whom: string; says: string }
  | { does: 'withdraws' | 'urges' })
interface Story { form: string; who: string; at: readonly [days: number, minute: number]; values: (w: DemoWorld, day: (inDays: number) => string) => Record<string, unknown>; then: readonly Deed[] }

const ENTITY: Record<string, string> = {
  'leave-request': 'leaveRequest', 'expense-claim': 'expenseClaim', 'trip-request': 'tripRequest', 'purchase-request': 'purchaseRequest', 'contract-approval': 'contractApproval', 'discount-request': 'discountRequest', 'permission-change': 'permissionChange',
}

/** A believable dozen: finished, refused, sent back, waiting for the manager, waiting in 会签. */
const STORIES: readonly Story[] = [
  {
    form: 'leave-request', who: 'lijie', at: [14, 600], values: (_, day) => ({ kind: 'annual', startsOn: day(-9), endsOn: day(-8), days: '2', reason: '女儿家长会，回老家两天', handover: '前台由沈雨桐代班' }),
    then: [{ who: 'zhouzhan', does: 'agrees', says: '同意，注意交接', at: [14, 690] }],
  },
  {
    form: 'expense-claim', who: 'zhaoxiu', at: [12, 560], values: () => ({ title: '上门维修交通与配件', kind: 'transport', amount: '486.50', lines: [{ date: '2026-11-03', kind: '出租车', amount: '186.50' }, { date: '2026-11-03', kind: '同城急送配件', amount: '300' }] }),
    then: [{ who: 'zhouzhan', does: 'sends back', says: '急送配件请附发票', at: [12, 640] }, { who: 'zhaoxiu', does: 'hands in', at: [11, 570] }, { who: 'zhouzhan', does: 'agrees', at: [11, 615] }],
  },
  {
    form: 'trip-request', who: 'zhouzhan', at: [11, 620], values: (_, day) => ({ destination: '宁波', startsOn: day(-6), endsOn: day(-5), purpose: '宁波二站维修台改造，带两名工程师支援', budget: '3600', transport: 'train', companions: '赵修、何志远' }),
    then: [{ who: 'sunqu', does: 'agrees', at: [11, 700] }],
  },
  {
    form: 'purchase-request', who: 'fanguoqiang', at: [10, 580], values: (_, day) => ({ goods: '恒温焊台', quantity: 2, amount: '2980', neededOn: day(-2), supplier: '杭州宏达工具', reason: '一台已修三次，影响主板返修' }),
    then: [{ who: 'zhouzhan', does: 'agrees', at: [10, 660] }, { who: 'hukai', does: 'agrees', says: '已下单，三天到货', fields: { orderNo: 'PO-2026-1107' }, at: [9, 600] }],
  },
  {
    form: 'purchase-request', who: 'zhouzhan', at: [8, 610], values: (_, day) => ({ goods: '前台取号一体机', quantity: 1, amount: '12800', neededOn: day(5), supplier: '', reason: '高峰期排队，增加一台自助取号机' }),
    then: [{ who: 'sunqu', does: 'agrees', at: [8, 700] }, { who: 'zhengzong', does: 'agrees', says: '同意，今年预算内', at: [7, 590] }, { who: 'chenmin', does: 'agrees', at: [7, 640] }],
  },
  {
    form: 'contract-approval', who: 'songzhixing', at: [9, 600], values: (_, day) => ({ title: '澄湖能源集团年度维保', partner: '澄湖能源集团', kind: 'service', amount: '168000', startsOn: day(30), endsOn: day(394), summary: '1 200 台设备，四小时响应，备机 20 台' }),
    then: [{ who: 'zhengzong', does: 'agrees', at: [9, 690] }, { who: 'zhoulv', does: 'agrees', says: '违约金上限已改为 10%', at: [8, 600] }, { who: 'chenmin', does: 'agrees', at: [8, 655] }, { who: 'zhengzong', does: 'agrees', says: '可以签', at: [7, 620] }],
  },
  {
    form: 'discount-request', who: 'shenyutong', at: [6, 630], values: () => ({ customer: '张三', item: '笔记本 X1 主板维修', listPrice: '1280', price: '896', reason: '同一故障一年内第二次' }),
    then: [{ who: 'zhouzhan', does: 'agrees', at: [6, 645] }, { who: 'chenmin', does: 'refuses', says: '保外维修，最低八折', at: [6, 700] }],
  },
  {
    form: 'permission-change', who: 'lusiyuan', at: [5, 590], values: (_, day) => ({ kind: 'grant', forWhom: '吕思远 lusiyuan', wanted: '库管（代班期间）', until: day(10), reason: '范国强休假，代管配件' }),
    then: [{ who: 'zhouzhan', does: 'agrees', at: [5, 640] }, { who: 'linyue', does: 'agrees', at: [4, 600] }, { who: 'admin', does: 'agrees', says: '已开通，到期收回', at: [4, 660] }],
  },
  {
    form: 'leave-request', who: 'tangli', at: [4, 620], values: (_, day) => ({ kind: 'personal', startsOn: day(3), endsOn: day(8), days: '6', reason: '装修新房', handover: '邵文博' }),
    then: [{ who: 'zhouzhan', does: 'agrees', at: [4, 700] }, { who: 'linyue', does: 'refuses', says: '年底盘点期间不批长事假，请改到元旦后', at: [3, 600] }],
  },
  {
    form: 'expense-claim', who: 'lijie', at: [2, 600], values: () => ({ title: '门店开放日物料', kind: 'hospitality', amount: '6000', lines: [{ kind: '展架与海报', amount: '2400' }, { kind: '小礼品 200 份', amount: '3600' }] }),
    then: [{ who: 'zhouzhan', does: 'agrees', says: '活动已办，效果不错', at: [2, 660] }, { who: 'zhengzong', does: 'asks first', whom: 'chenmin', says: '请财务先核发票', at: [1, 600] }],
  },
  {
    form: 'trip-request', who: 'hezhiyuan', at: [1, 620], values: (_, day) => ({ destination: '广州', startsOn: day(6), endsOn: day(9), purpose: '打印机产线维修培训', budget: '5200', transport: 'plane' }),
    then: [{ who: 'hezhiyuan', does: 'copies to', whom: 'zhengkai', says: '培训那几天请帮忙接检测', at: [1, 625] }, { who: 'hezhiyuan', does: 'urges', at: [1, 1000] }],
  },
  {
    form: 'leave-request', who: 'lijie', at: [1, 640], values: (_, day) => ({ kind: 'sick', startsOn: day(1), endsOn: day(1), days: '1', reason: '复查' }), then: [],
  },
  {
    form: 'leave-request', who: 'qianzhi', at: [1, 580], values: (_, day) => ({ kind: 'compensatory', startsOn: day(2), endsOn: day(2), days: '1', reason: '调休一天' }),
    then: [{ who: 'zhouzhan', does: 'sends back', says: '那天你排了班，请先和葛晓燕换班', at: [1, 700] }],
  },
  {
    form: 'expense-claim', who: 'wangjian', at: [1, 560], values: () => ({ title: '检测夹具', kind: 'office', amount: '320' }),
    then: [{ who: 'wangjian', does: 'withdraws', at: [1, 565] }],
  },
]

/** The approvals of the demo, each act by the road that people take, at the time at which they took it. */
export async function storeApprovals(ctx: Ctx, w: DemoWorld): Promise<void> {
  const cal = await tenantCalendar(ctx)
  const people = new Map(w.people.map(p => [p.username, p]))
  if (!people.has('zhengzong')) return
  const workday = (back: number): Date => { let day = w.today; for (let left = back; left > 0;) { day = new Date(day.getTime() - DAY_MS); if (isWorkday(cal, dayText(day))) left-- } return day }
  const as = (who: string, [days, minute]: readonly [number, number]): Ctx => actingAs(ctx, people.get(who)!, new Date(Math.min(ctx.now().getTime(), workday(days).getTime() + minute * 60_000)))
  const day = (inDays: number): string => dayText(new Date(w.today.getTime() + inDays * DAY_MS))
  for (const story of STORIES) {
    const begun = as(story.who, story.at)
    const row = await storeNew(begun, ctx.entities.get(ENTITY[story.form]!), story.values(w, day))
    const { caseId } = await startFor(begun, story.form, ENTITY[story.form]!, row.id as string)
    for (const deed of story.then) await does(as(deed.who, deed.at), caseId, deed, name => people.get(name)!.userId)
  }
  await delegate(as('sunqu', [0, 510]), { toId: people.get('hanxue')!.userId, startsOn: day(4), endsOn: day(8), reason: '参加本部年会' })
}

async function does(ctx: Ctx, caseId: string, deed: Deed, idOf: (username: string) => string): Promise<void> {
  const mine = async (): Promise<string> => (await ctx.query<{ id: string }>("select id from process_step where tenant_id = $1 and instance_id = $2 and assignee_id = $3 and state in ('waiting', 'active') order by seq limit 1", [ctx.tenant.id, caseId, ctx.user!.id]))[0]?.id
    ?? (() => { throw new Error(`demo: ${deed.who} has nothing to do on ${caseId}`) })()
  switch (deed.does) {
    case 'agrees': case 'refuses': case 'hands in':
      await completeStep(ctx, await mine(), { outcome: { agrees: 'approve', refuses: 'reject', 'hands in': 'submit' }[deed.does], ...(deed.says ? { comment: deed.says } : {}), ...(deed.fields ? { fields: deed.fields } : {}) }); return
    case 'sends back': return sendBack(ctx, await mine(), { to: 'apply', comment: deed.says })
    case 'asks first': return addSigner(ctx, await mine(), { userId: idOf(deed.whom), how: 'before', reason: deed.says })
    case 'copies to': await sendCopies(ctx, caseId, [idOf(deed.whom)], deed.says); return
    case 'withdraws': return withdraw(ctx, caseId, '')
    case 'urges': await urge(ctx, caseId)
  }
}
