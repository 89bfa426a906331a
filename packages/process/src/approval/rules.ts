/**
 * When do the votes of several approvers decide? Pure; who they are and where they are kept is the store's business.
 *
 * Every approver named by the model has a *seat*. A seat is asked place by place: a signer added before its holder has an earlier place, one
 * added after a later one, one added beside (依次审批 only) the same. A seat says yes when all its places said yes, no as soon as one said no.
 */
export type Mode = 'all' | 'any' | 'sequence'
export type Answer = 'approve' | 'reject'

/** `share`: of the seats that must agree, above 0 and at most 1 (会签 only; 1 = everybody). `veto`: one no decides, whatever the share. */
export interface ApprovalRule { mode: Mode; share: number; veto: boolean }

export interface Vote { id: string; seat: number; place: number; answer: Answer | null }

/** `open`: the votes that can be given now, in order; empty once it is decided. */
export interface Tally { decided: Answer | null; open: string[]; yes: number; no: number; seats: number; needed: number }

interface Seat { answer: Answer | null; open: string[] }

const ROUNDING = 1e-9

/** How many of the seats must agree. */
export const neededOf = (rule: ApprovalRule, seats: number): number => (rule.mode === 'any' ? 1 : Math.max(1, Math.ceil((rule.mode === 'all' ? rule.share : 1) * seats - ROUNDING)))

export function tally(rule: ApprovalRule, votes: readonly Vote[]): Tally {
  const seats = [...Map.groupBy(votes, v => v.seat)].toSorted(([a], [b]) => a - b).map(([, own]) => seatOf(own))
  const yes = seats.filter(s => s.answer === 'approve').length, no = seats.filter(s => s.answer === 'reject').length
  const needed = neededOf(rule, seats.length)
  const decided = verdict(rule, { yes, no, seats: seats.length, needed })
  const waiting = seats.filter(s => s.answer === null)
  const asked = rule.mode === 'sequence' ? waiting.slice(0, 1) : waiting
  return { decided, open: decided ? [] : asked.flatMap(s => s.open), yes, no, seats: seats.length, needed }
}

function seatOf(votes: readonly Vote[]): Seat {
  if (votes.some(v => v.answer === 'reject')) return { answer: 'reject', open: [] }
  const rest = votes.filter(v => v.answer === null)
  if (!rest.length) return { answer: 'approve', open: [] }
  const first = Math.min(...rest.map(v => v.place))
  return { answer: null, open: rest.filter(v => v.place === first).map(v => v.id) }
}

function verdict(rule: ApprovalRule, n: { yes: number; no: number; seats: number; needed: number }): Answer | null {
  if (rule.mode === 'any') return n.no ? 'reject' : n.yes ? 'approve' : null
  if (rule.veto && n.no) return 'reject'
  if (n.yes >= n.needed) return 'approve'
  return n.seats - n.no < n.needed ? 'reject' : null
}

/** Where a signer who is added beside an approver comes to sit. */
export type Position = 'before' | 'after' | 'parallel'

/**
 * The place of an added signer: before or after its holder in the same seat, or beside. Beside means a seat of its own, but in 依次审批, where
 * the order is the point, the same place.
 */
export function placeBeside(rule: ApprovalRule, votes: readonly Vote[], by: Vote, how: Position): { seat: number; place: number } {
  if (how === 'parallel' && rule.mode !== 'sequence') return { seat: Math.max(...votes.map(v => v.seat)) + 1, place: 0 }
  const places = votes.filter(v => v.seat === by.seat).map(v => v.place)
  const below = Math.max(...places.filter(p => p < by.place)), above = Math.min(...places.filter(p => p > by.place))
  const between = { parallel: by.place, before: Number.isFinite(below) ? (below + by.place) / 2 : by.place - 1, after: Number.isFinite(above) ? (above + by.place) / 2 : by.place + 1 }
  return { seat: by.seat, place: between[how] }
}
