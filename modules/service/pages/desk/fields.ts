import type { Row, Values } from '@quancheng/ui'

/**
 * The fifteen fields of a registration (SP-27): who, what, why. At a second visit with the same device the first twelve are known and
 * only the last three are asked.
 */
export const DESK_FIELDS = {
  customer: ['name', 'phone', 'kind', 'tier', 'address', 'mail'],
  device: ['productLineId', 'model', 'serialNo', 'color', 'purchasedOn', 'warrantyUntil'],
  request: ['faultDescription', 'appearance', 'accessories'],
} as const

export type Part = keyof typeof DESK_FIELDS
export type Draft = Record<Part, Values>

export const emptyDraft = (): Draft => ({ customer: {}, device: {}, request: {} })

const has = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

/** What the counter starts from: a customer and a device as they are stored (or nothing), and what was typed already. */
export type Known = { customer: Row | null, device: Row | null, requestId: string | null, number: string | null }

export const valueOf = (draft: Draft, known: Known, part: Part, name: string): unknown =>
  name in draft[part] ? draft[part][name] : part === 'request' ? undefined : known[part]?.[name]

/** How many of the fifteen came filled, for the mark that says so. */
export function filledCount(known: Known): number {
  const count = (part: 'customer' | 'device') => DESK_FIELDS[part].filter(name => has(known[part]?.[name])).length
  return count('customer') + count('device')
}

/** Masked values are not values: what the clerk does not see in full is never sent back. */
const changed = (draft: Values, row: Row | null): Values =>
  Object.fromEntries(Object.entries(draft).filter(([name, value]) => row ? (row[name] ?? null) !== (value === '' ? null : value ?? null) : has(value)).map(([name, value]) => [name, value === '' ? null : value]))

/** Was anything of the device given beyond the line that everybody chooses? */
export function hasDevice(draft: Draft, known: Known): boolean {
  return known.device !== null || DESK_FIELDS.device.some(name => name !== 'productLineId' && has(draft.device[name]))
}

export type RegisterBody = { customer: Values, device?: Values, request: Values }

/** The body of `POST /api/service/desk/register`: known records by id with only what was changed, new ones with what was given. */
export function registerBody(draft: Draft, known: Known): RegisterBody {
  const line = valueOf(draft, known, 'device', 'productLineId')
  return {
    customer: { ...(known.customer ? { id: known.customer.id } : {}), ...changed(draft.customer, known.customer) },
    ...(hasDevice(draft, known) ? { device: { ...(known.device ? { id: known.device.id } : {}), ...changed(draft.device, known.device) } } : {}),
    request: { ...(known.requestId ? { id: known.requestId } : {}), ...(has(line) ? { productLineId: line } : {}), ...changed(draft.request, null) },
  }
}

/** What somebody typed into the box, as the first value of a new customer: a number is a phone, letters with digits a serial number. */
export function guess(q: string): { part: 'customer' | 'device', name: string, value: string } | null {
  const text = q.trim()
  if (text === '') return null
  if (/^\+?[\d\s-]{7,}$/.test(text)) return { part: 'customer', name: 'phone', value: text.replace(/[\s-]/g, '') }
  if (/^[A-Za-z0-9-]{5,}$/.test(text) && /\d/.test(text)) return { part: 'device', name: 'serialNo', value: text.toUpperCase() }
  return /[\u3400-\u9fff]/.test(text) ? { part: 'customer', name: 'name', value: text } : null
}
