export interface TypedShare { userId: string | null; percent: string }

/** What is wrong with the shares as they are typed; null: they may be sent. None at all is right: then it is all the owner's. */
export function sharesProblem(rows: readonly TypedShare[]): 'whoMissing' | 'percentWrong' | 'twice' | 'notHundred' | null {
  if (!rows.length) return null
  if (rows.some(r => !r.userId)) return 'whoMissing'
  if (rows.some(r => !/^\d{1,3}(\.\d{1,2})?$/.test(r.percent.trim()) || Number(r.percent) <= 0)) return 'percentWrong'
  if (new Set(rows.map(r => r.userId)).size < rows.length) return 'twice'
  return rows.reduce((n, r) => n + Math.round(Number(r.percent) * 100), 0) === 10_000 ? null : 'notHundred'
}
