/** A price book as far as the choice needs it. Days as `2026-11-22`, the last one included. */
export interface Book { id: string; customerId: string | null; level: number | null; accountType: string | null; standard: boolean; validFrom: string; validUntil: string | null }
export interface BookPrice { priceBookId: string; productId: string; unit: string; unitPrice: string; floorPrice: string | null; fromQuantity: string; cost?: string | null }

export interface PriceAsked {
  productId: string
  quantity: string
  day: string
  /** the customer, then the companies above it, the nearest first */
  customers: readonly string[]
  level: number | null
  accountType: string | null
}

export interface PriceFound extends BookPrice { /** why this one */ by: 'customer' | 'level' | 'accountType' | 'standard' | 'campaign'; /** whose special price it is */ special?: string }

/** How near a book is to the customer: their own, that of a company above, of their level, of their kind, everybody's. Infinity: not theirs. */
function nearness(book: Book, asked: PriceAsked): [number, PriceFound['by']] {
  const names = [book.customerId, book.level, book.accountType].filter(v => v !== null).length
  if (book.customerId !== null) { const at = asked.customers.indexOf(book.customerId); return [at < 0 ? Infinity : at, 'customer'] }
  if ((book.level !== null && book.level !== asked.level) || (book.accountType !== null && book.accountType !== asked.accountType)) return [Infinity, 'standard']
  if (book.level !== null) return [names > 1 ? 1000 : 1001, 'level']
  if (book.accountType !== null) return [1002, 'accountType']
  return [book.standard ? 2000 : Infinity, 'standard']
}

/**
 * The price in force for a customer, a product and a quantity (SA-04): the nearest book that has it, of those the newest one, and of its steps the
 * largest that the quantity reaches. A book that has the product from larger quantities only says nothing about small ones: the next is asked.
 */
export function priceFor(books: readonly Book[], prices: readonly BookPrice[], asked: PriceAsked): PriceFound | null {
  const inForce = books.filter(b => b.validFrom <= asked.day && (b.validUntil === null || b.validUntil >= asked.day))
    .map(b => ({ b, near: nearness(b, asked) })).filter(x => x.near[0] !== Infinity)
    .toSorted((a, c) => a.near[0] - c.near[0] || (a.b.validFrom < c.b.validFrom ? 1 : a.b.validFrom > c.b.validFrom ? -1 : 0) || (a.b.id < c.b.id ? -1 : 1))
  for (const { b, near } of inForce) {
    const step = prices.filter(p => p.priceBookId === b.id && p.productId === asked.productId && reaches(asked.quantity, p.fromQuantity)).toSorted((a, c) => (reaches(a.fromQuantity, c.fromQuantity) ? -1 : 1))[0]
    if (step) return { ...step, by: near[1] }
  }
  return null
}

const thousandths = (text: string): bigint => { const [whole = '0', part = ''] = text.split('.'); return BigInt(whole) * 1000n + BigInt(part.padEnd(3, '0').slice(0, 3)) }
const reaches = (quantity: string, from: string): boolean => thousandths(quantity) >= thousandths(from)
