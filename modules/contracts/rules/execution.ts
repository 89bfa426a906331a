import { fenOf, yuanOf } from '@quancheng/kernel'

export interface Execution {
  /** amount and approved changes together */
  inForce: string
  delivered: string
  paid: string
  invoiced: string
  /** delivered but not yet paid; below zero: paid in advance */
  receivable: string
  /** how much of the amount in force has been delivered, percent with one place; 0 where nothing was agreed */
  percent: string
}

/** Where a contract stands (CE-01). All amounts in yuan as decimal text. 100 000 agreed, 50 000 delivered, 30 000 paid → 50.0 %, 20 000.00 receivable. */
export function executionOf(c: { amount: string; changes?: readonly string[]; delivered: string; paid: string; invoiced?: string }): Execution {
  const inForce = [c.amount, ...(c.changes ?? [])].reduce((n, a) => n + fenOf(a), 0n), delivered = fenOf(c.delivered)
  const permille = inForce > 0n ? (delivered * 2000n + inForce) / (inForce * 2n) : 0n
  return { inForce: yuanOf(inForce), delivered: yuanOf(delivered), paid: yuanOf(fenOf(c.paid)), invoiced: yuanOf(fenOf(c.invoiced ?? '0')), receivable: yuanOf(delivered - fenOf(c.paid)), percent: `${permille / 10n}.${permille % 10n}` }
}
