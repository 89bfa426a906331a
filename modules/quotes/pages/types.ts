import type { Row } from '@quancheng/ui'
import type { Difference } from '../rules/difference.ts'
import type { Stored } from './lines.ts'

export type Over = { item: string, rate: string, limit: string }
export type Sheet = {
  quote: Row & { discount: string, state: string, amount: string, listAmount: string }
  lines: Stored[]
  versions: Row[]
  verdict: { ask: Over[], most: Over[], floor: Array<{ item: string, floorPrice: string }> } | null
  difference: (Difference & { revision: number }) | null
  preferences: Array<{ id: string, topic: string, value: string }>
  margin: { amount: string | null, rate: string | null, listRate: string | null } | null
}
