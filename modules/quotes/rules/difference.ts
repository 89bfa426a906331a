import { cents, yuan } from './amount.ts'

export interface DiffLine { productId: string | null; item: string; quantity: string; unitPrice: string; discount: string; amount: string }
export type Changed = 'quantity' | 'unitPrice' | 'discount' | 'amount'
export interface Difference {
  added: DiffLine[]
  removed: DiffLine[]
  changed: Array<{ item: string; before: DiffLine; after: DiffLine; fields: Changed[] }>
  amount: { before: string; after: string; difference: string }
}

const FIELDS: readonly Changed[] = ['quantity', 'unitPrice', 'discount', 'amount']
const same = (a: string, b: string): boolean => a === b || Number(a) === Number(b)

/** What a version has that the one before had not. Lines belong together by product, free ones by their name; the second of a kind goes with the second. */
export function difference(before: { lines: readonly DiffLine[]; amount: string }, after: { lines: readonly DiffLine[]; amount: string }): Difference {
  const key = (l: DiffLine): string => l.productId ?? `=${l.item}`
  const rest = Map.groupBy(before.lines, key)
  const result: Difference = { added: [], removed: [], changed: [], amount: { before: before.amount, after: after.amount, difference: yuan(cents(after.amount) - cents(before.amount)) } }
  for (const line of after.lines) {
    const old = rest.get(key(line))?.shift()
    if (!old) { result.added.push(line); continue }
    const fields = FIELDS.filter(name => !same(old[name], line[name]))
    if (fields.length) result.changed.push({ item: line.item, before: old, after: line, fields })
  }
  result.removed.push(...[...rest.values()].flat())
  return result
}
