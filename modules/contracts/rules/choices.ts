/** `virtual`: branch agreements under one group that have no group agreement yet, counted together (SA-14). */
export const CONTRACT_KINDS = { single: ['单项合同', 'Single'], frame: ['框架协议', 'Frame'], group: ['集团协议', 'Group'], branch: ['分支协议', 'Branch'] } as const

export const CONTRACT_STATES = { draft: ['草拟', 'Draft', 'default'], approving: ['审批中', 'In approval', 'orange'], approved: ['待签', 'Approved', 'cyan'], active: ['履行中', 'In force', 'blue'], done: ['已完成', 'Done', 'green'], expired: ['已到期', 'Expired', 'default'], terminated: ['已终止', 'Terminated', 'red'] } as const

export const ORDER_STATES = { draft: ['草稿', 'Draft', 'default'], approving: ['审批中', 'In approval', 'orange'], confirmed: ['已确认', 'Confirmed', 'blue'], delivering: ['交付中', 'Delivering', 'cyan'], done: ['已完成', 'Done', 'green'], cancelled: ['已取消', 'Cancelled', 'red'] } as const
