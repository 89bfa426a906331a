import type { Condition, Ctx, Filter, Label, Runtime } from '@quancheng/kernel'
import type { Identity } from './identity.ts'

/** What an event is about: the chips above the time line. */
export const TIMELINE_KINDS = {
  deal: ['交易', 'Deals'], money: ['款项', 'Money'], service: ['服务', 'Service'], contact: ['联系', 'Contact'],
  complaint: ['投诉与反馈', 'Complaints'], notice: ['通知', 'Notices'], marketing: ['营销', 'Marketing'], other: ['其他', 'Other'],
} as const satisfies Record<string, Label>
export type TimelineKind = keyof typeof TIMELINE_KINDS

/**
 * Where a customer's events come from. All sources become branches of one statement; rights (`visible`, fields that are masked or hidden) are
 * applied here, so a source only names fields of its own entity. `t` is the alias of the entity's table.
 */
export interface TimelineSource {
  entity: string
  kind: TimelineKind
  /** the field that says when; a date without a time counts as its day's begin, or as the moment of registration where that was the same day. Default `createdAt` */
  at?: string
  /** fields whose words name the event, joined by a space; those that the caller may not read are left out. Default: the entity's display fields */
  title?: readonly string[]
  /** the person on our side (a ref to user) */
  who?: string
  /** a money field */
  amount?: string
  /** a choice field (its label is shown), or a word of its own: `{ text: ['网上', 'Web'] }` */
  channel?: string | { text: Label }
  /** a choice field: stage or state, shown as a tag */
  state?: string
  /** the ref to the customer, default `customerId`; or, where it is not that simple, a condition on `t` (`identity` has the ids and the telephones) */
  customer?: string | ((ctx: Ctx, identity: Identity, t: string) => Condition)
  /** a telephone field: rows of nobody (without a customer) that bear a telephone of the customer or of a contact there count as well (TP-05) */
  phone?: string
  /** rows that are no event (drafts) */
  where?: (ctx: Ctx, t: string) => Condition
  /** the record that a click opens, where it is not the row itself: a ref field and the entity behind it */
  opens?: { field: string; entity: string }
  /** several sources of one entity (planned, done) have keys of their own; default: the entity's name */
  key?: string
  label?: Label
}

/**
 * One figure at the top of the customer's page. `measure`: `count`, `sum:<field>`; it is an aggregate over exactly the rows that the
 * caller's list would show with `filter`, so the figure opens its rows.
 */
export interface CustomerFigure {
  key: string
  label: Label
  entity: string
  measure?: 'count' | `sum:${string}`
  filter?: (ctx: Ctx) => Filter
  /** the ref to the customer, default `customerId` */
  customer?: string
  unit?: 'count' | 'money'
  /** also summed up the tree of companies (CU-05) */
  rollUp?: boolean
  /** what customers are worth: the column of money in the statistics (CU-14) */
  worth?: boolean
  /** shown as something to see to */
  alert?: boolean
  order?: number
}

/** What a customer still owes us or will: unpaid instalments, confirmed orders that are not billed. Amounts are decimal text in yuan. */
export interface Exposure { key: string; label: Label; open: (ctx: Ctx, customerIds: readonly string[]) => Promise<string> }

/** How a customer paid: one row an instalment that fell due (or was settled before). Days are YYYY-MM-DD, amounts decimal text. */
export interface PaymentRecord { key: string; rows: (ctx: Ctx, customerIds: readonly string[]) => Promise<readonly { dueOn: string; settledOn: string | null; amount: string; received: string }[]> }

const put = <T extends { key?: string }>(runtime: Runtime, service: string, key: string, value: T): void => {
  const all = (runtime.services.get(service) as Map<string, T> | undefined) ?? new Map<string, T>()
  runtime.services.set(service, new Map(all).set(key, value))
}
const of = <T>(runtime: Runtime, service: string): readonly T[] => [...((runtime.services.get(service) as Map<string, T> | undefined) ?? new Map<string, T>()).values()]

const TIMELINE = 'customers.timeline', FIGURES = 'customers.figures', EXPOSURE = 'customers.exposure', PAYMENTS = 'customers.payments'

/** In a module's `start(runtime)`: its events appear on the customer's time line. Registering a key again replaces it. */
export const registerTimeline = (runtime: Runtime, source: TimelineSource): void => put(runtime, TIMELINE, source.key ?? source.entity, source)
export const timelineSources = (runtime: Runtime): readonly TimelineSource[] => of(runtime, TIMELINE)

/** In a module's `start(runtime)`: a figure at the head of the customer's page, and in the tree of companies where it rolls up. */
export const registerCustomerFigure = (runtime: Runtime, figure: CustomerFigure): void => put(runtime, FIGURES, figure.key, figure)
export const customerFigures = (runtime: Runtime): readonly CustomerFigure[] => of<CustomerFigure>(runtime, FIGURES).toSorted((a, b) => (a.order ?? 100) - (b.order ?? 100))

/** In a module's `start(runtime)`: what a customer owes through it counts against the credit limit (CU-08). */
export const registerExposure = (runtime: Runtime, exposure: Exposure): void => put(runtime, EXPOSURE, exposure.key, exposure)
export const exposures = (runtime: Runtime): readonly Exposure[] => of(runtime, EXPOSURE)

/** In a module's `start(runtime)`: where the payment record that the credit grade is computed from stands. */
export const registerPaymentRecord = (runtime: Runtime, record: PaymentRecord): void => put(runtime, PAYMENTS, record.key, record)
export const paymentRecords = (runtime: Runtime): readonly PaymentRecord[] => of(runtime, PAYMENTS)

