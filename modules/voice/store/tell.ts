import type { Ctx, OutboxEvent, Runtime, WatchedChange, Wants } from '@quancheng/kernel'
import { makeNotices, registerStill, tellsOf } from '@quancheng/notices'
import type { Subject } from './say.ts'

/** What a customer is asked for, and while the case is where. */
const ASKS = { complaint: { event: 'complaintAnswered', stage: 'verdict' }, feedback: { event: 'feedbackAnswered', stage: 'confirm' } } as const

interface Row { id: string; number: string; stage: string; reopens: number; link_token: string | null; customer_id: string | null; customer: string | null; phone: string | null; mail: string | null; customer_phone: string | null; unit_id: string; station: string; station_phone: string | null }

const rowOf = async (ctx: Ctx, what: Subject, id: string): Promise<Row | undefined> => (await ctx.query<Row & Record<string, unknown>>(
  `select t.id, t.number, t.stage, t.reopens, t.link_token, t.customer_id, t.customer_name as customer, t.phone, c.mail, c.phone as customer_phone, t.unit_id, u.name as station, u.phone as station_phone
   from ${what} t join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id where t.tenant_id = $1 and t.id = $2`, [ctx.tenant.id, id]))[0]

/** Nothing is heard of it while nobody could be told. */
export async function wanted(ctx: Ctx): Promise<Wants> {
  const wants = new Map()
  for (const [entity, { event }] of Object.entries(ASKS)) if (await tellsOf(ctx, event)) wants.set(entity, (e: { how: string; fields: readonly string[] }) => e.how === 'changed' && e.fields.includes('stage'))
  return wants
}

/**
 * Our answer is there: the customer gets the link on which they say what they think of it, by the channels that they chose. The rounds count: one
 * message for each time we have answered, however often we hear of it.
 */
export async function onAnswered(ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void> {
  const what = e.entity as Subject, { event, stage } = ASKS[what], row = await rowOf(ctx, what, e.recordId)
  if (!row?.link_token || row.stage !== stage) return
  await makeNotices(ctx, { ...row, id: null, stage: '', model: null, track_token: '' }, { event, occasion: `${row.id}/${row.reopens}`, page: `/voice/${row.link_token}`, guests: true, values: { 编号: row.number } })
}

/** By morning somebody may have told us on the telephone, or it has been opened again. */
export function registerTold(runtime: Runtime): void {
  for (const [what, { event, stage }] of Object.entries(ASKS)) {
    registerStill(runtime, [event], async (ctx, occasion) => {
      const [id, round] = occasion.split('/'), row = await rowOf(ctx, what as Subject, String(id))
      return row?.stage === stage && row.reopens === Number(round)
    })
  }
}
