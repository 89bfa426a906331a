const SERVICES = ['专属客服热线', '月度用量报表', '生日与节日关怀', '优先预约', '专属服务人', '季度回访', '会员价', '现场值守', '备件预留', '高层年度会晤', '联合创新小组', '专项应急预案'] as const
/** How many of the services a level has, the first level first; from many to few. */
const COUNTS = [12, 11, 10, 8, 7, 6, 5, 4, 3, 2] as const
const NAMES = ['战略', '核心', '重点', '骨干', '成长', '潜力', '稳定', '普通', '一般', '新'] as const
const TIER_OF = ['diamond', 'diamond', 'gold', 'gold', 'silver', 'silver', 'ordinary', 'ordinary', 'ordinary', 'ordinary'] as const
const CARE = ['每月高层拜访', '每月拜访', '每月拜访', '每两月拜访', '每季拜访', '每季电话', '半年电话', '半年电话', '每年电话', '欢迎礼包，首单跟进'] as const

/** Ten levels with ten packages, as a company begins with them (SA-12); the decline alarm's numbers are those of the level too (SA-17). */
export const FIRST_PACKAGES = COUNTS.map((n, i) => ({
  level: i + 1, name: `${NAMES[i]}客户`, tier: TIER_OF[i], services: SERVICES.slice(0, n).join('\n'), care: CARE[i], basePeriods: 3, declinePercent: '15.00',
}))
