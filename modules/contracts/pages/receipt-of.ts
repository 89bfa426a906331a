import type { Row } from '@quancheng/ui'

/** What a receipt takes over from the contract or the instalment on whose page it is begun; its owner comes by itself, and finance need not see who that is. */
export const receiptOf = (row: Row): Record<string, string> => ({ customerId: String(row.customerId), unitId: String(row.unitId) })
