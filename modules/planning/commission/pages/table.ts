export type Cell = { userId: string, name: string, period: string, amount: string, entries: number }
export type Answer = { year: number, month: string, cells: Cell[], totals: Record<string, string>, expected: Array<{ userId: string, name: string, deals: number, weighted: string, commission: string }>, wrong: Array<{ id: string, name: string, reason: string }> }

/** One line a person, with what each month brought and the sum. */
export const byPerson = (a: Pick<Answer, 'cells' | 'totals'>) => [...Map.groupBy(a.cells, c => c.userId)].map(([userId, list]) => ({ userId, name: list[0]!.name, months: new Map(list.map(c => [c.period, c.amount])), total: a.totals[userId] ?? '0.00' }))

/** `2026-01` → `2025-12` */
export const monthBefore = (month: string): string => { const [y, m] = month.split('-').map(Number) as [number, number]; return m === 1 ? `${y - 1}-12` : `${y}-${String(m - 1).padStart(2, '0')}` }
