import type { Ctx } from '@quancheng/kernel'
import type { CompanyPlan } from './plans.ts'
import type { Random } from './random.ts'

/** What the demo company consists of, once stored: the material that later parts (requests, alarms) are made from. */
export interface DemoWorld {
  plan: CompanyPlan
  tenantId: string
  /** the moment that counts as now, and the local midnight before it */
  now: Date
  today: Date
  /** unit id by code */
  units: Readonly<Record<string, string>>
  people: readonly DemoPerson[]
  /** product lines by code */
  lines: Readonly<Record<string, DemoLine>>
  customers: readonly DemoCustomer[]
  devices: readonly DemoDevice[]
  /** draws that depend on the seed and the name of the stream only */
  random(stream: string): Random
}

export interface DemoPerson { userId: string; employeeId: string; username: string; name: string; /** code of the post, and of the standard role */ post: string; unitCode: string; unitId: string }
export interface DemoLine { id: string; code: string; name: string; processKey: string; warrantyDays: number; products: ReadonlyArray<{ id: string; code: string; name: string }> }
export interface DemoCustomer { id: string; name: string; kind: 'person' | 'company' | 'group'; phone: string; tier: 'ordinary' | 'silver' | 'gold' | 'diamond'; station: string; unitId: string; createdAt: Date }
export interface DemoDevice { id: string; customerId: string; lineCode: string; productLineId: string; productId: string; model: string; serialNo: string; color: string; purchasedOn: string; warrantyUntil: string; createdAt: Date }

/** The same act, done by this person at that moment (null = the system): history then reads as if it had been lived. */
export function actingAs(ctx: Ctx, person: Pick<DemoPerson, 'userId' | 'username' | 'name' | 'unitId'> | null, at: Date): Ctx {
  return { ...ctx, now: () => at, user: person ? { id: person.userId, username: person.username, name: person.name, unitId: person.unitId, locale: 'zh-CN' } : null }
}

export const DAY_MS = 86_400_000
/** The day in China at a moment. */
export const dayText = (day: Date): string => new Date(day.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
