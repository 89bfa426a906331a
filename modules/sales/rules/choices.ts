export const LEAD_SOURCES = {
  web: ['官网', 'Web'], call: ['来电', 'Call'], visit: ['来访', 'Visit'], referral: ['转介绍', 'Referral'], campaign: ['营销活动', 'Campaign'], list: ['名单', 'List'], partner: ['合作伙伴', 'Partner'], service: ['服务转来', 'From service'], other: ['其他', 'Other'],
} as const

/** `pool`: nobody's, anybody of the unit may take it. */
export const LEAD_STATES = {
  new: ['新建', 'New', 'default'], pool: ['公海', 'Pool', 'orange'], assigned: ['已分配', 'Assigned', 'blue'], working: ['跟进中', 'Working', 'cyan'], converted: ['已转化', 'Converted', 'green'], discarded: ['无效', 'Discarded', 'red'],
} as const

/** The stages of the standard sales process; the value is the node of the drawn process. */
export const STAGES = {
  qualify: ['初步接触', 'Qualify', 'default'], needs: ['需求确认', 'Needs', 'blue'], quote: ['报价', 'Quote', 'purple'], negotiate: ['商务谈判', 'Negotiate', 'gold'], sign: ['签约', 'Sign', 'lime'], won: ['赢单', 'Won', 'green'], lost: ['丢单', 'Lost', 'red'],
} as const

export const OUTCOMES = { open: ['进行中', 'Open', 'blue'], won: ['赢单', 'Won', 'green'], lost: ['丢单', 'Lost', 'red'] } as const

export const ENGAGEMENT_KINDS = { visit: ['拜访', 'Visit'], call: ['电话', 'Call'], meeting: ['会议', 'Meeting'], message: ['微信', 'Message'], mail: ['邮件', 'Mail'], demo: ['演示', 'Demo'], none: ['无进展', 'No progress'], other: ['其他', 'Other'] } as const

/** What a checklist is needed before: a stage of the sale, or any pricing. */
export const CHECK_BEFORE = { needs: ['需求确认', 'Needs'], quote: ['报价', 'Quote'], negotiate: ['商务谈判', 'Negotiate'], sign: ['签约', 'Sign'], won: ['赢单', 'Won'], pricing: ['任何定价', 'Any pricing'] } as const

/** Answers that are fields of the customer, so that nobody types them twice. */
export const CHECK_FIELDS = { staffCount: ['员工人数', 'Staff'], industry: ['行业', 'Industry'], address: ['地址', 'Address'], taxNumber: ['统一社会信用代码', 'Tax number'], annualPurchase: ['年采购总量', 'Purchases a year'] } as const
