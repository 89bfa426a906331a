export const QUOTE_STATES = {
  draft: ['草稿', 'Draft', 'default'], approving: ['审批中', 'In approval', 'orange'], approved: ['可发出', 'Approved', 'cyan'], sent: ['已发客户', 'Sent', 'blue'], accepted: ['客户接受', 'Accepted', 'green'], declined: ['客户谢绝', 'Declined', 'red'], replaced: ['已有新版', 'Replaced', 'default'], expired: ['已过期', 'Expired', 'default'],
} as const
