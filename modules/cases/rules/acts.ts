import { z } from 'zod'

/** Acts on many cases at once. `seen`: what the list showed of the place; where it has changed since, the act is refused. */
export const MOST_CASES = 500

const REASON = (what: string) => z.string({ error: what }).trim().min(1, what).max(400)
const COMMON = { items: z.array(z.object({ caseId: z.uuid(), stepId: z.uuid().nullish(), seen: z.string().max(40).optional() })).min(1) }

export const CASE_ACT = z.discriminatedUnion('act', [
  z.object({ act: z.literal('handOver'), ...COMMON, assigneeId: z.uuid(), reason: REASON('请写转交原因').pipe(z.string().max(200)) }),
  z.object({ act: z.literal('release'), ...COMMON }),
  z.object({ act: z.literal('urge'), ...COMMON }),
  z.object({ act: z.literal('pause'), ...COMMON, reason: z.string().max(60) }),
  z.object({ act: z.literal('resume'), ...COMMON }),
  z.object({ act: z.literal('complete'), ...COMMON, outcome: z.string().max(80).nullish(), comment: z.string().trim().max(4000).optional() }),
  z.object({ act: z.literal('sendBack'), ...COMMON, to: z.string().min(1).max(200), comment: REASON('请写退回原因') }),
  z.object({ act: z.literal('cancel'), ...COMMON, reason: REASON('请写终止原因') }),
])
export type CaseAct = z.infer<typeof CASE_ACT>
export type CaseItem = CaseAct['items'][number]

/** Of the case as a whole: done once, though it stands at several steps. */
export const isOfCase = (act: CaseAct['act']): boolean => act === 'urge' || act === 'cancel'
