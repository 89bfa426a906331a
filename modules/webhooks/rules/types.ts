import { TEST } from '@quancheng/automation'
import { z } from 'zod'

const EVENT = z.string().min(1).max(80).regex(/^(created|changed|removed|raised|closed|case\.started|case\.ended|stage\.entered|stage\.finished|act:[A-Za-z][A-Za-z0-9]*)$/)

/** One kind of record with what the receiver wants to hear of it. `fields`: of changes, only those that touch one of them; `processes`: of cases. */
export const SUBJECT = z.object({
  entity: z.string().min(1).max(60), events: z.array(EVENT).max(20), fields: z.array(z.string().max(80)).max(50).default([]), processes: z.array(z.string().max(80)).max(50).default([]),
  tests: z.array(TEST).default([]), condition: z.string().trim().max(2000).nullable().default(null),
})
export type Subject = z.infer<typeof SUBJECT>

export const WEBHOOK = z.object({
  name: z.string().trim().min(1).max(80), url: z.string().trim().min(1).max(500), asUserId: z.uuid().nullish(), subjects: z.array(SUBJECT).max(40),
  off: z.boolean().optional(), note: z.string().trim().max(500).nullish(),
})
export type WebhookInput = z.infer<typeof WEBHOOK>
