/** What the planning pages of the demo tell: invented, like everything in it. Days are days ago, amounts yuan. */

export const BUDGETS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  BKE: { campaign: 120_000, hospitality: 40_000, travel: 60_000, gift: 15_000 }, BKG: { campaign: 60_000, hospitality: 24_000, travel: 80_000 },
  BKC: { campaign: 90_000, travel: 30_000, gift: 20_000 }, HC: { advert: 200_000 },
}

export interface Claim { who: string; ago: number; title: string; category: string; amount: string; /** code of the campaign, or one of the person's deals */ for?: string; then: readonly Deed[] }
type Deed = readonly [who: string, does: 'approve' | 'reject', says?: string]

/** Handed in so many days ago; who is named decides a few hours later. The last ones wait: with the block's head, and with the director for what is over. */
export const CLAIMS: readonly Claim[] = [
  { who: 'luoqi', ago: 46, title: '政企开放日：展位与样机', category: 'campaign', amount: '38600', for: 'ZQKF', then: [['taomin', 'approve', '按方案执行']] },
  { who: 'fangyuan', ago: 40, title: '开放日茶歇与资料', category: 'campaign', amount: '12450', for: 'ZQKF', then: [['taomin', 'approve']] },
  { who: 'wenjing', ago: 70, title: '校园行场地与讲师', category: 'campaign', amount: '26800', for: 'QCXY', then: [['helan', 'approve']] },
  { who: 'xiayu', ago: 120, title: '新店礼包 300 份', category: 'campaign', amount: '41200', for: 'LSXD', then: [['shilei', 'approve', '礼包清单已核对']] },
  { who: 'luoqi', ago: 20, title: '以旧换新：上门回收车辆', category: 'campaign', amount: '16800', for: 'YJHX', then: [['taomin', 'approve']] },
  { who: 'jiangshan', ago: 33, title: '客户年度答谢宴', category: 'hospitality', amount: '8640', for: 'won', then: [['taomin', 'approve']] },
  { who: 'qinchuan', ago: 60, title: '投标现场差旅四人', category: 'travel', amount: '11380', for: 'won', then: [['helan', 'approve']] },
  { who: 'kangning', ago: 28, title: '巡店差旅：温州、福州', category: 'travel', amount: '4920', for: 'lost', then: [['shilei', 'approve']] },
  { who: 'fangyuan', ago: 24, title: '中秋客户礼品', category: 'gift', amount: '9600', for: 'won', then: [['taomin', 'approve']] },
  { who: 'luoqi', ago: 15, title: '样机试用纪念品', category: 'gift', amount: '4200', then: [['taomin', 'approve']] },
  { who: 'duanfei', ago: 12, title: '请客户看球赛', category: 'hospitality', amount: '3800', then: [['helan', 'reject', '与业务无关，不予报销']] },
  { who: 'jiangshan', ago: 3, title: '年末客户台历与礼盒', category: 'gift', amount: '3800', for: 'open', then: [['taomin', 'approve', '客户已答应年前签约']] },
  { who: 'luoqi', ago: 1, title: '签约前招待信息主管', category: 'hospitality', amount: '1860', for: 'open', then: [] },
  { who: 'wenjing', ago: 1, title: '校园代表礼品', category: 'gift', amount: '2000', then: [] },
]

/** Two versions of one block, one of the others: the reader sees what changed. */
export const SWOTS: ReadonlyArray<readonly [unit: string, who: string, ago: number, reason: string | null, text: Readonly<Record<'strengths' | 'weaknesses' | 'opportunities' | 'threats' | 'strategy', string>>]> = [
  ['BKE', 'taomin', 210, null, {
    strengths: '服务站覆盖省内主要城市，报修当天取件\n集团客户有专人对接', weaknesses: '报价要两天，常比对手慢\n没有自己的云桌面方案', opportunities: '企业三年换机期集中到今明两年\n省内国产终端采购增加',
    threats: '澜石数服低价抢单\n客户压缩行政开支', strategy: '守住 50 家集团客户的换机份额\n每周拜访一次前十大客户',
  }],
  ['BKE', 'taomin', 32, '三季度丢单复盘后', {
    strengths: '服务站覆盖省内主要城市，报修当天取件\n集团客户有专人对接\n报修进度客户自己查得到', weaknesses: '没有自己的云桌面方案\n大单样机不够用', opportunities: '企业三年换机期集中到今明两年\n省内国产终端采购增加\n以旧换新带来存量客户',
    threats: '澜石数服低价抢单\n拓野科技开始做本地服务', strategy: '守住 50 家集团客户的换机份额\n报价当天给出，折扣权限下放到板块负责人\n以旧换新季覆盖全部存量客户',
  }],
  ['BKG', 'helan', 150, null, { strengths: '熟悉政府采购流程\n一网通办终端有成功案例', weaknesses: '账期长，垫资多', opportunities: '智慧教室更新\n街道便民终端', threats: '框架协议入围名单一年一变', strategy: '先入围，再做标杆街道\n账期超过 90 天的单子由财务会签' }],
  ['BKC', 'shilei', 95, null, { strengths: '门店上门快，备件齐', weaknesses: '单价低，人手紧', opportunities: '连锁药房、咖啡扩店', threats: '客户自己从电商买', strategy: '新店开业一站式：设备、安装、巡检一张单' }],
]

export const MOVES: ReadonlyArray<readonly [rival: number, ago: number, kind: string, what: string, source: string, unit: string | null]> = [
  [0, 6, 'price', '14 寸笔记本整单报价下调 8%，账期放到 90 天', '澄湖能源采购', 'BKE'], [3, 11, 'product', '推出四小时上门承诺，先在杭州试点', '客户会上听到', 'BKE'], [2, 19, 'campaign', '收银打印机买十送一，到年底', '门店海报', 'BKC'],
  [1, 27, 'people', '华东销售负责人离职，客户由两人分担', '行业群', null], [0, 41, 'deal', '中标某区智慧教室平板 1 200 台', '中标公告', 'BKG'], [3, 58, 'people', '在宁波招聘十名驻点工程师', '招聘网站', null],
  [1, 77, 'product', '方案里加了免费数据迁移', '丢单复盘', 'BKE'], [2, 102, 'price', '硒鼓协议价上调 5%', '客户转述', 'BKC'],
]
