import type { Random } from './random.ts'
import { after, yuan, type Rows, type SalesKit } from './sales-kit.ts'
import { SELDOM } from './sales-words.ts'
import { dayText } from './world.ts'
import type { Account } from './sales-accounts.ts'

/** What one piece costs by the list, in whole yuan. */
const LIST: Readonly<Record<string, number>> = {
  'NB-X1': 6999, 'NB-X1P': 9299, 'NB-QY13': 4699, 'NB-QY14': 5099, 'NB-RX15': 5899, 'NB-RX16': 6599, 'NB-PS5': 12800, 'NB-XT7': 8499, 'SJ-QN5': 2699, 'SJ-QN5P': 3699, 'SJ-QN6': 3299, 'SJ-LY2': 1299, 'SJ-LY3': 1599, 'SJ-ZY1': 7999,
  'PD-MJ11': 2199, 'PD-MJ13': 3399, 'PD-XT8': 1199, 'PD-HB12': 2799, 'PR-YB200': 1390, 'PR-YB400': 2690, 'PR-CY3': 3190, 'PR-BD80': 990, 'PJ-ADP65': 129, 'PJ-ADP100': 189, 'PJ-BATX1': 459, 'PJ-MEM16': 329, 'PJ-SSD512': 299, 'PJ-SSD1T': 499, 'PJ-SCR14': 899, 'PJ-TNR200': 269,
}
/** What a block mostly sells, and how often beside the rest. */
const TASTE: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  BKE: { 'NB-X1': 30, 'NB-QY14': 22, 'NB-X1P': 16, 'NB-RX16': 9, 'NB-PS5': 6, 'PR-YB400': 6, 'PJ-SSD1T': 3, 'NB-QY13': 8, 'PD-MJ13': 3, 'SJ-QN6': 2, 'PJ-ADP100': 2, 'PR-CY3': 2 },
  BKG: { 'NB-QY13': 24, 'NB-QY14': 20, 'PD-XT8': 17, 'PD-MJ11': 10, 'PR-YB200': 9, 'NB-RX15': 8, 'PJ-TNR200': 7, 'PD-HB12': 3, 'PR-YB400': 3, 'NB-PS5': 2 },
  BKC: { 'PR-BD80': 24, 'PD-XT8': 15, 'PJ-ADP65': 13, 'PJ-TNR200': 10, 'SJ-LY3': 9, 'SJ-QN5': 8, 'PJ-BATX1': 6, 'PJ-SSD512': 6, 'PD-MJ11': 5, 'SJ-LY2': 4, 'PJ-SCR14': 2, 'SJ-ZY1': 1, 'NB-XT7': 1 },
}

/** One line of a deal. All prices are whole yuan, so that every sum is exact. */
export interface Line { productId: string | null; item: string; unit: string; quantity: number; list: number; price: number; cost: number }
export const amountOf = (lines: readonly Line[]): number => lines.reduce((n, l) => n + l.quantity * l.price, 0)
export const listOf = (lines: readonly Line[]): number => lines.reduce((n, l) => n + l.quantity * l.list, 0)
export const costOf = (list: number): number => Math.round(list * 0.78)

export interface Shop {
  standardBook: string
  store(group: Account): Promise<void>
  /** lines that come to about so many yuan, up to `off` percent below the list */
  basket(r: Random, block: string, about: number, off: number): Line[]
}

/** What is sold for how much; `store` writes the price books, once the customers are there: this year's and last year's standard one, one for government, one for the best accounts, one for a group. */
export function openShop(kit: SalesKit, rows: Rows, r: Random): Shop {
  const { w } = kit, products = Object.values(w.lines).flatMap(l => l.products), byCode = new Map(products.map(p => [p.code, p]))
  const year = Number(dayText(w.today).slice(0, 4)), at = after(w.today, -SINCE)
  const books = (group: Account) => [
    { code: `BZ${year - 1}`, name: `${year - 1} 年标准价`, standard: true, validFrom: `${year - 2}-01-01`, validUntil: `${year - 1}-12-31`, times: 1.04 }, { code: `BZ${year}`, name: `${year} 年标准价`, standard: true, validFrom: `${year}-01-01`, validUntil: null, times: 1 },
    { code: 'ZF', name: '政府协议价', accountType: 'government', validFrom: `${year}-01-01`, validUntil: null, times: 0.94 }, { code: 'ZD3', name: '三级重点客户价', level: 3, validFrom: `${year}-01-01`, validUntil: null, times: 0.9 },
    { code: 'JT01', name: `${group.name}专用价`, customerId: group.id, validFrom: `${year}-01-01`, validUntil: `${year}-12-31`, times: 0.88 },
  ]
  const standardBook = r.id(at)
  async function store(group: Account): Promise<void> {
    for (const { times, ...book } of books(group)) {
      const id = rows.add('priceBook', { id: book.code === `BZ${year}` ? standardBook : r.id(at), at, by: kit.market.userId, draft: { standard: false, ...book } })
      for (const p of products) rows.add('price', { id: r.id(at), at: new Date(at.getTime() + 60_000), by: kit.market.userId, draft: { priceBookId: id, productId: p.id, unit: p.code.startsWith('PJ-') ? '件' : '台', unitPrice: yuan(LIST[p.code]! * times), floorPrice: yuan(LIST[p.code]! * 0.8), cost: yuan(costOf(LIST[p.code]!)), fromQuantity: '0' } })
    }
    await rows.flush('priceBook', 'price')
  }
  const rare = Object.fromEntries(SELDOM.map(([item], i) => [item, 1 / (i + 2)]))
  return {
    standardBook, store,
    basket(b, block, about, off) {
      const lines = new Map<string, Line>(), count = Number(b.weighted({ 1: 22, 2: 36, 3: 26, 4: 16 }))
      for (let i = 0; i < count; i++) {
        const code = b.weighted(TASTE[block]!), product = byCode.get(code)!, list = LIST[code]!
        if (lines.has(code)) continue
        // at least a fifth stays over the cost, and nothing goes below the lowest price
        lines.set(code, { productId: product.id, item: product.name, unit: code.startsWith('PJ-') ? '件' : '台', quantity: Math.max(1, Math.round(about / count / list)), list, price: Math.max(Math.ceil(list * 0.8), Math.round(list * (1 - off * b.next() / 100))), cost: costOf(list) })
      }
      if (b.chance(0.22)) { const what = b.weighted(rare), [item, unit, price] = SELDOM.find(s => s[0] === what)!; lines.set(item, { productId: null, item, unit, quantity: b.int(1, 6), list: price, price, cost: Math.round(price * 0.6) }) }
      return [...lines.values()]
    },
  }
}
const SINCE = 735
