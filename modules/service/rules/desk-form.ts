/**
 * The front desk's form, in the order in which the clerk asks: fifteen fields of three records. The page draws it from here, the server
 * fills it from here. What belongs to the customer and the device is known at a second visit; only the fault is new each time (SP-27).
 */
export interface DeskField { of: 'customer' | 'device' | 'request'; name: string; required: boolean }

const field = (of: DeskField['of'], name: string, required = false): DeskField => ({ of, name, required })

export const DESK_FIELDS: readonly DeskField[] = [
  field('customer', 'phone', true), field('customer', 'name', true), field('customer', 'kind'), field('customer', 'mail'), field('customer', 'address'),
  field('device', 'serialNo', true), field('device', 'productLineId', true), field('device', 'productId'), field('device', 'model', true), field('device', 'color'), field('device', 'purchasedOn'), field('device', 'warrantyUntil'),
  field('request', 'faultDescription', true), field('request', 'appearance'), field('request', 'accessories'),
]

export interface DeskValue extends DeskField { value: unknown; label: string | null }

type Known = (Record<string, unknown> & { $labels?: Record<string, string> | undefined }) | null

/** The form with what is known of a customer and a device, and how many fields nobody has to type again. */
export function prefilled(known: { customer: Known; device: Known }): { fields: DeskValue[]; filled: number; total: number } {
  const fields = DESK_FIELDS.map((f): DeskValue => {
    const row = f.of === 'request' ? null : known[f.of]
    return { ...f, value: row?.[f.name] ?? null, label: row?.$labels?.[f.name] ?? null }
  })
  return { fields, filled: fields.filter(f => f.value !== null && f.value !== '').length, total: fields.length }
}
