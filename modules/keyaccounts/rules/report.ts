/** A report in plain data: everything already in words and in one order, so that the same figures always make the same file (SA-18). */
export interface ReportDocument {
  company: string; title: string; customer: string; period: string
  facts: ReadonlyArray<readonly [string, string]>
  tables: ReadonlyArray<{ title: string; columns: readonly string[]; rows: ReadonlyArray<readonly string[]> }>
  /** of the period's last day: the only time that stands in the file */
  until: string
}
export interface Figures { spend: string; orders: number; items: Group[]; places: Group[]; months: Group[] }
export interface Group { name: string; count: number; quantity: string; amount: string }

const rowsOf = (groups: readonly Group[]): string[][] => groups.map(g => [g.name, String(g.count), g.quantity, g.amount])

export function reportOf(o: { company: string; customer: string; title: string; period: string; from: string; until: string; level: number }, f: Figures): ReportDocument {
  const columns = ['名称', '次数', '数量', '金额']
  return {
    company: o.company, title: o.title, customer: o.customer, period: o.period, until: o.until,
    facts: [['期间', `${o.from} – ${o.until}`], ['级别', `${o.level} 级`], ['订单', `${f.orders}`], ['金额合计', f.spend]],
    tables: [{ title: '按月', columns: ['月份', '订单', '', '金额'], rows: rowsOf(f.months) }, { title: '项目', columns, rows: rowsOf(f.items) }, { title: '地点', columns, rows: rowsOf(f.places) }],
  }
}
