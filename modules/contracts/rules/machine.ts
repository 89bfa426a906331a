/** Which state a contract may come to from which; the server's only word on it. */
const CONTRACT = {
  submit: { from: ['draft'], to: 'approving', say: '送审' },
  approve: { from: ['draft', 'approving'], to: 'approved', say: '通过审批' },
  refuse: { from: ['approving'], to: 'draft', say: '退回' },
  reopen: { from: ['approved'], to: 'draft', say: '退回草拟' },
  sign: { from: ['approved'], to: 'active', say: '签订' },
  finish: { from: ['active', 'expired'], to: 'done', say: '完成' },
  expire: { from: ['active'], to: 'expired', say: '到期' },
  extend: { from: ['expired'], to: 'active', say: '延期' },
  terminate: { from: ['draft', 'approved', 'active', 'expired'], to: 'terminated', say: '终止' },
} as const

const ORDER = {
  ask: { from: ['draft'], to: 'approving', say: '送审' },
  confirm: { from: ['draft', 'approving'], to: 'confirmed', say: '确认' },
  refuse: { from: ['approving'], to: 'draft', say: '退回' },
  deliver: { from: ['confirmed', 'delivering'], to: 'delivering', say: '交付' },
  finish: { from: ['confirmed', 'delivering'], to: 'done', say: '完成' },
  cancel: { from: ['draft', 'confirmed'], to: 'cancelled', say: '取消' },
} as const

export type ContractAct = keyof typeof CONTRACT
export type OrderAct = keyof typeof ORDER

/** The state after the act; null where it cannot be done from here. */
export function contractAfter(state: string, act: ContractAct): string | null { const m = CONTRACT[act]; return (m.from as readonly string[]).includes(state) ? m.to : null }
export function orderAfter(state: string, act: OrderAct): string | null { const m = ORDER[act]; return (m.from as readonly string[]).includes(state) ? m.to : null }
export const sayContract = (act: ContractAct): string => CONTRACT[act].say
export const sayOrder = (act: OrderAct): string => ORDER[act].say
/** Could any act bring it there from here? What writes the state, a process too, is held to it. */
export const contractMay = (from: string, to: string): boolean => from === to || Object.values(CONTRACT).some(m => m.to === to && (m.from as readonly string[]).includes(from))
export const orderMay = (from: string, to: string): boolean => from === to || Object.values(ORDER).some(m => m.to === to && (m.from as readonly string[]).includes(from))
