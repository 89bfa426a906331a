/** Orders that are sales: what is only a draft, or was called off, counts nowhere. */
export const SOLD = ['confirmed', 'delivering', 'done'] as const

/** Accounts whose level is this or better are key accounts: they get the periodic reports (SA-18). */
export const KEY_LEVEL = 3
export const LOWEST = 10

export const TIERS = { ordinary: ['普通', 'Ordinary', 'default'], silver: ['银卡', 'Silver', 'blue'], gold: ['金卡', 'Gold', 'gold'], diamond: ['钻石', 'Diamond', 'purple'] } as const
export const WHY = { joined: ['加入计划', 'Joined'], night: ['每晚重算', 'Nightly'], hand: ['手工重算', 'By hand'], order: ['订单变化', 'An order'] } as const
export const RUN_STATES = { running: ['计算中', 'Running', 'blue'], done: ['已完成', 'Done', 'green'], stopped: ['已停止', 'Stopped', 'default'] } as const
export const DECLINE_STAGES = { handle: ['查明原因', 'Find the cause', 'geekblue'], staff: ['板块负责人处理', 'Head of the block', 'gold'], price: ['市场营销部处理', 'Marketing', 'gold'], service: ['服务经理处理', 'Service manager', 'gold'], other: ['本部处理', 'Head office', 'gold'], closed: ['已关闭', 'Closed', 'green'] } as const
/** 内部员工不满 is somebody at the customer's who is not content with us; which department a cause goes to follows from it (SA-17). */
export const CAUSES = { staff: ['内部员工不满', 'Their people are not content'], price: ['报价', 'Price'], service: ['服务', 'Service'], other: ['其他', 'Other'] } as const
export const REQUEST_STATES = { waiting: ['待总部', 'Waiting', 'orange'], accepted: ['已同意', 'Accepted', 'green'], declined: ['未同意', 'Declined', 'red'] } as const
export const REPORT_KINDS = { month: ['月报', 'Month'], quarter: ['季报', 'Quarter'], year: ['年报', 'Year'] } as const

export type Why = keyof typeof WHY
export type ReportKind = keyof typeof REPORT_KINDS
