import type { Row } from '@quancheng/ui'
import type { DeskFound } from '../shared/types.ts'
import { guess } from './fields.ts'

/** One line that arrow keys can stand on. */
export type Choice =
  | { kind: 'request', request: Row }
  | { kind: 'device', device: Row, customer: Row | null }
  | { kind: 'customer', customer: Row }
  | { kind: 'new', q: string }

export type ChoiceGroup = { name: 'requests' | 'devices' | 'customers' | 'new', choices: Choice[] }

/**
 * What was found, in the order in which a clerk wants it: open requests first (the customer asks how it goes), then devices with their
 * customers, then customers without a fitting device; last the way to somebody new. A device is never listed twice.
 */
export function choicesOf(found: DeskFound | undefined, q: string, calling: boolean): ChoiceGroup[] {
  const groups: ChoiceGroup[] = []
  const seen = new Set<string>()
  const devices: Choice[] = []
  for (const device of found?.devices ?? []) {
    if (seen.has(device.id)) continue
    seen.add(device.id)
    devices.push({ kind: 'device', device, customer: found?.customers.find(each => each.id === device.customerId) ?? null })
  }
  const customers: Choice[] = []
  for (const { devices: owned, ...customer } of found?.customers ?? []) {
    for (const device of owned) {
      if (seen.has(device.id)) continue
      seen.add(device.id)
      devices.push({ kind: 'device', device, customer })
    }
    customers.push({ kind: 'customer', customer })
  }
  const requests: Choice[] = (found?.requests ?? []).map(request => ({ kind: 'request', request }))
  // While a called number is being registered, its customer matters, not what else is open.
  const order: ChoiceGroup[] = calling
    ? [{ name: 'devices', choices: devices }, { name: 'customers', choices: customers }, { name: 'requests', choices: requests }]
    : [{ name: 'requests', choices: requests }, { name: 'devices', choices: devices }, { name: 'customers', choices: customers }]
  for (const group of order) if (group.choices.length > 0) groups.push(group)
  if (q.trim() !== '') groups.push({ name: 'new', choices: [{ kind: 'new', q: guess(q)?.value ?? '' }] })
  return groups
}
