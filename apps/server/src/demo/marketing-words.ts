/** What the campaigns of the demo company say; days are counted back from today. */
export const SEGMENTS = {
  buyers: ['连锁与渠道：一年内下过单', { all: [{ behaviour: 'orders', days: 365, gte: 1 }] }, '礼包、换新活动用'],
  valued: ['重要价值客户', { rfm: ['HHH'] }, '近来买过、买得多、金额大'],
  quarter: ['连着两年第四季度采购', { behaviour: 'orders', months: [10, 11, 12], perYear: true, gte: 2 }, '每年九月做采购季的名单'],
  repaired: ['近 90 天维修不少于 2 次', { behaviour: 'repairs', days: 90, gte: 2 }, '换新、延保的对象'],
  quiet: ['金卡、钻石客户，半年没来', { all: [{ field: { tier: { in: ['gold', 'diamond'] } } }, { behaviour: 'repairedDaysAgo', gte: 180 }] }, '电话关怀'],
} as const

export interface CampaignWords { code: string; block: string; segment: keyof typeof SEGMENTS; offer: string; steps: ReadonlyArray<{ kind: 'message' | 'task'; afterDays: number; subject: string | null; text: string }>; costs: ReadonlyArray<readonly [kind: string, daysIn: number, amount: number, note: string]> }
export const FINISHED: CampaignWords = {
  code: 'LSXD', block: 'BKC', segment: 'buyers', offer: '新店开业礼包：满五千送扫码枪',
  steps: [{ kind: 'message', afterDays: 0, subject: null, text: '{{客户}}您好，新店开业礼包：{{特价}}。详情 {{链接}}' }, { kind: 'message', afterDays: 7, subject: null, text: '{{客户}}您好，开业礼包还可以领，{{负责人}}为您安排 {{链接}}' }],
  costs: [['media', 2, 18_600, '门店海报与行业媒体'], ['print', 3, 5200, '礼包卡片'], ['message', 5, 380, '短信两轮'], ['gift', 40, 13_820, '扫码枪']],
}
export const RUNNING: CampaignWords = {
  code: 'YJHX', block: 'BKE', segment: 'repaired', offer: '旧机折价，笔记本、打印机按活动特价',
  steps: [{ kind: 'message', afterDays: 0, subject: null, text: '{{客户}}您好，以旧换新季：{{特价}}。了解 {{链接}}' }, { kind: 'task', afterDays: 21, subject: '电话问{{客户}}是否换新', text: '问旧机数量与用途' }, { kind: 'message', afterDays: 14, subject: null, text: '{{客户}}您好，以旧换新季只剩最后几天 {{链接}}' }],
  costs: [['media', 1, 12_800, '线上投放'], ['labour', 6, 6400, '上门评估旧机'], ['message', 1, 260, '短信']],
}
export const SAID = ['想了解一下，请来电', '周四下午可以过来', '要二十台的价格', '旧机有十五台，能折多少', '发一份型号清单', '请联系采购部'] as const
export const REPLIED = ['好的，请联系', '多少钱一台', '明天上午打给我', '可以看样机吗'] as const
/** Bought lists and what became of their rows. */
export const LISTS = [['LSXD', '连锁行业展会名录.xlsx', 195, 26, 5, 3], ['LSXD', '加盟商大会签到表.csv', 150, 14, 3, 0], ['YJHX', '园区企业联系人.xlsx', 22, 24, 4, 2]] as const
export const CROSS = [['NB', 'pickup', '延保两年', '399.00', '{{客户}}，今天取机可以加两年延保，{{特价}} 元'], ['NB', 'inspect', '固态硬盘升级', '429.00', '检验时可一并升级固态硬盘，不另收工时'], ['PHONE', 'pickup', '贴膜与保护壳', '59.00', '{{客户}}，取机时加贴膜和保护壳 {{特价}} 元'], ['PRINTER', 'pickup', '耗材年包', '680.00', '一年四支硒鼓，送到门店，{{特价}} 元'], ['PAD', 'pickup', '教育保护套', '89.00', '学校用的话，配保护套 {{特价}} 元']] as const
/** Code, name, campaign, budget, each use, planned, days from and until, uses so far. */
export const PROMOTIONS = [['CX-LSXD', '开业礼包抵扣券', 'LSXD', 12_000, 50, 240, 198, 60, 156], ['CX-YJHX', '旧机折价加 100', 'YJHX', 10_000, 100, 100, 24, -20, 37]] as const
export const INTERESTS = ['笔记本', '打印', '平板', '硒鼓'] as const
