/** A line of an estimate while it is typed. */
export type Line = { name: string, quantity: string, price: string }
/** A line that the request is quoted with (the parts module's, where there is one). */
export type QuoteLine = { kind: 'part' | 'labour', name: string, quantity: number, unitPrice: string, state: string }

export const EMPTY: Line = { name: '', quantity: '1', price: '' }

/**
 * What the estimate form begins with: the parts and labour that stand on the request. What came back from our own repair is worked on without a
 * charge, so labour at 0 is proposed where none is written yet (SP-28).
 */
export function proposed(lines: readonly QuoteLine[], o: { repeat: boolean, labour: string }): Line[] {
  const kept = lines.filter(l => l.state !== 'released' && l.state !== 'returned')
  const made = kept.map(l => ({ name: l.name, quantity: String(l.quantity), price: l.unitPrice }))
  const free = o.repeat && !kept.some(l => l.kind === 'labour') ? [{ name: o.labour, quantity: '1', price: '0.00' }] : []
  return made.length + free.length ? [...made, ...free] : [EMPTY]
}

export type LineProblem = { at: number, field: 'name' | 'quantity' | 'price' }

/** The first line that cannot be sent; empty lines are left out and are no mistake. */
export function problemOfLines(lines: readonly Line[]): LineProblem | null {
  for (const [at, l] of lines.entries()) {
    if (isEmpty(l)) continue
    if (!l.name.trim()) return { at, field: 'name' }
    if (!/^[1-9]\d{0,2}$/.test(l.quantity.trim())) return { at, field: 'quantity' }
    if (!/^\d{1,9}(\.\d{1,2})?$/.test(l.price.trim())) return { at, field: 'price' }
  }
  return null
}

export const isEmpty = (l: Line): boolean => !l.name.trim() && !l.price.trim()
