import { lineAmount, totals, type Amounted } from '../rules/amount.ts'

/** A line as it stands in the editor: everything is what was typed. */
export type Line = { key: string, id?: string, productId: string | null, code: string, item: string, unit: string, quantity: string, listPrice: string | null, unitPrice: string, discount: string }
export type Stored = { id: string, productId: string | null, code: string | null, item: string, unit: string, quantity: string, listPrice: string | null, unitPrice: string, discount: string, amount: string }

let count = 0
export const emptyLine = (): Line => ({ key: `n${++count}`, productId: null, code: '', item: '', unit: '', quantity: '1', listPrice: null, unitPrice: '', discount: '' })
export const fromStored = (l: Stored): Line => ({ key: l.id, id: l.id, productId: l.productId, code: l.code ?? '', item: l.item, unit: l.unit, quantity: l.quantity, listPrice: l.listPrice, unitPrice: l.unitPrice, discount: Number(l.discount) ? l.discount : '' })
export const isBlank = (l: Line): boolean => !l.productId && !l.item.trim() && !l.unitPrice

/** A number as people type it: full width digits, thousands, a yuan or percent sign. */
export const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[,\s¥%]/g, '')

export type Problem = { row: number, field: 'item' | 'quantity' | 'unitPrice' | 'discount', code: 'item' | 'quantity' | 'price' | 'discount' | 'tooMuch' }
const number = (text: string, places: number): boolean => new RegExp(String.raw`^\d{1,12}(\.\d{1,${places}})?$`).test(plain(text))

/** Nothing, or a percent from 0 to 100. */
export const isPercent = (text: string): boolean => text.trim() === '' || (number(text, 2) && Number(plain(text)) <= 100)
/** A quantity that can be asked the price book for. */
export const isQuantity = (text: string): boolean => number(text, 3) && Number(plain(text)) > 0
/** Characters of the largest sum that is kept: under ten thousand million yuan. */
const LONGEST = '9999999999.99'.length

/** The first thing that is wrong, in the order in which one reads; null: it may be sent. */
export function problemOf(lines: readonly Line[]): Problem | null {
  for (const [row, l] of lines.entries()) {
    if (isBlank(l)) continue
    if (!l.productId && !l.item.trim()) return { row, field: 'item', code: 'item' }
    if (!isQuantity(l.quantity)) return { row, field: 'quantity', code: 'quantity' }
    if (!number(l.unitPrice, 2)) return { row, field: 'unitPrice', code: 'price' }
    if (!isPercent(l.discount)) return { row, field: 'discount', code: 'discount' }
    if (amountText({ ...l, discount: '0' }).length > LONGEST) return { row, field: 'quantity', code: 'tooMuch' }
  }
  return null
}

const amounted = (l: Line): Amounted => ({ quantity: plain(l.quantity) || '0', unitPrice: plain(l.unitPrice) || '0', discount: plain(l.discount) || '0', listPrice: l.listPrice })

/** What a line comes to while it is being typed; empty while it cannot be read. */
export const amountText = (l: Line): string => { try { return isBlank(l) ? '' : lineAmount(amounted(l)) } catch { return '' } }
export function sums(lines: readonly Line[], discount: string): ReturnType<typeof totals> | null {
  try { return totals(lines.filter(l => !isBlank(l)).map(amounted), plain(discount) || '0') } catch { return null }
}

/** Where a refusal of the server belongs: `lines.1.quantity` is the second line that was sent. Null: it is about the whole. */
export function placeOf(lines: readonly Line[], path: string): Pick<Problem, 'row' | 'field'> | null {
  const m = /^lines\.(\d+)\.(item|quantity|unitPrice|discount)$/.exec(path)
  const line = m ? lines.filter(l => !isBlank(l))[Number(m[1])] : undefined
  return line ? { row: lines.indexOf(line), field: m![2] as Problem['field'] } : null
}

/** What is sent: lines with something in them. */
export const toSend = (lines: readonly Line[]) => lines.filter(l => !isBlank(l)).map(l => ({
  ...(l.id ? { id: l.id } : {}), productId: l.productId, item: l.item.trim() || null, unit: l.unit.trim() || null, quantity: plain(l.quantity), unitPrice: plain(l.unitPrice) || null, discount: plain(l.discount) || '0',
}))

export type Pasted = { code: string, quantity: string, unitPrice: string, discount: string }

/** Rows of a spreadsheet: code or name, quantity, price, discount; a row of headings is left out. Null: it is one word, and is pasted as such. */
export function pasted(text: string): Pasted[] | null {
  if (!/[\t\n]/.test(text.trim())) return null
  const rows = text.split(/\r?\n/).map(r => r.split('\t').map(c => c.trim())).filter(r => r[0])
  if (rows.length && rows[0]!.length > 1 && !/\d/.test(rows[0]!.slice(1).join(''))) rows.shift()
  return rows.map(r => ({ code: r[0]!, quantity: plain(r[1] ?? '') || '1', unitPrice: plain(r[2] ?? ''), discount: plain(r[3] ?? '') }))
}
