/** What is counted of a group of complaints. `late`: not answered and overdue now. */
export interface Counted { count: number; open: number; late: number; answered: number; onTime: number; reopened: number; satisfied: number; judged: number; requests: number }
export interface ComplaintFigures extends Counted {
  /** percent of those answered or overdue that were answered in time, whole; null where there is nothing to judge */
  onTimeRate: number | null
  /** percent that were opened again, whole */
  reopenRate: number | null
  /** percent of those whose customer was asked and is waited for no more that ended satisfied */
  satisfiedRate: number | null
  /** complaints for 1,000 requests of the same time and place, one decimal; null where there were no requests */
  perThousand: string | null
}

const percent = (part: number, whole: number): number | null => (whole ? Math.round((part * 100) / whole) : null)

export const complaintFigures = (c: Counted): ComplaintFigures => ({
  ...c, onTimeRate: percent(c.onTime, c.answered + c.late), reopenRate: percent(c.reopened, c.count), satisfiedRate: percent(c.satisfied, c.judged),
  perThousand: c.requests ? ((c.count * 1000) / c.requests).toFixed(1) : null,
})
