import type { OrderLine } from '../rules/money.ts'

/** An A4 order as it will be drawn: plain data with everything already in words, so that it can be handed to another thread. */
export interface OrderDocument {
  /** the tenant's name at the head */
  company: string
  title: string
  number: string
  /** what the QR code says; none without */
  qr: string | null
  site: { name: string; address: string; phone: string }
  facts: ReadonlyArray<readonly [label: string, value: string]>
  /** what was done to it; left out where a paper has no such table */
  activities?: ReadonlyArray<{ name: string; who: string; from: string; to: string; minutes: string }>
  /** over the lines; 配件与费用 without one */
  linesTitle?: string
  lines: readonly OrderLine[]
  terms: readonly string[]
  signatures: readonly string[]
  /** at the foot: when and by whom it was made */
  made: string
}
