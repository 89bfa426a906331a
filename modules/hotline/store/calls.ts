import { elevated, storeChange, storeNew, type Ctx } from '@quancheng/kernel'

export interface CtiEvent { eventId: string; callId: string; event: 'ring' | 'answer' | 'hangup' | 'record'; at?: string | undefined; direction?: 'in' | 'out' | undefined; phone?: string | undefined; extension?: string | undefined; recordUrl?: string | undefined }

/** The number as customers are stored with it: +86 and what people put between digits is left out; a leading 0 before a mobile number too. */
export function plainNumber(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, '').replace(/^\+?86(?=1\d{10}$)/, '').replace(/^0(?=1\d{10}$)/, '')
  return digits.slice(0, 40)
}

/** Each message counts once: false for one that was taken before. */
export const firstTime = async (ctx: Ctx, source: string, eventId: string): Promise<boolean> =>
  (await ctx.query('insert into cti_event (tenant_id, source, event_id, at) values ($1, $2, $3, $4) on conflict do nothing returning 1', [ctx.tenant.id, source, eventId, ctx.now()])).length > 0

/** Old ones go, a batch at a time. They are no records: nothing of the call is in them but that its message was taken. */
export const sweepEvents = async (ctx: Ctx, before: Date, most: number): Promise<number> =>
  (await ctx.query('delete from cti_event where (tenant_id, source, event_id) in (select tenant_id, source, event_id from cti_event where tenant_id = $1 and at < $2 order by at limit $3) returning 1', [ctx.tenant.id, before, most])).length

interface Known { id: string; state: string; ring_at: Date; answered_at: Date | null; ended_at: Date | null }

/** What a message says of its call. They may come out of order: an answer before its ring, a recording before the end. */
export async function take(ctx: Ctx, source: string, e: CtiEvent): Promise<string> {
  const sys = elevated(ctx, '电话系统'), entity = ctx.entities.get('phoneCall'), key = `${source}/${e.callId}`
  const at = e.at ? new Date(e.at) : ctx.now()
  // two messages of one call at once: the second waits for the row of the first
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`call/${ctx.tenant.id}/${key}`])
  const [call] = await ctx.query<Known>('select id, state, ring_at, answered_at, ended_at from phone_call where tenant_id = $1 and call_key = $2', [ctx.tenant.id, key])
  const [agent] = e.extension ? await ctx.query<{ user_id: string }>('select user_id from agent_extension where tenant_id = $1 and extension = $2', [ctx.tenant.id, e.extension.toUpperCase()]) : []
  const phone = e.phone ? plainNumber(e.phone) : null
  const [customer] = phone ? await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 union all select customer_id from contact where tenant_id = $1 and phone = $2 and until is null limit 1', [ctx.tenant.id, phone]) : []
  const said = { ...(phone ? { phone, customerId: customer?.id ?? null } : {}), ...(e.direction ? { direction: e.direction } : {}), ...(e.extension ? { extension: e.extension, userId: agent?.user_id ?? null } : {}), ...(e.recordUrl ? { recordUrl: e.recordUrl } : {}) }
  const answeredAt = call?.answered_at ?? (e.event === 'answer' ? at : null), endedAt = call?.ended_at ?? (e.event === 'hangup' ? at : null)
  const times = {
    answeredAt, endedAt, ringAt: e.event === 'ring' ? at : call?.ring_at ?? at, state: endedAt ? (answeredAt ? 'ended' : 'missed') : answeredAt ? 'talking' : 'ringing',
    seconds: answeredAt && endedAt ? Math.max(0, Math.round((endedAt.getTime() - answeredAt.getTime()) / 1000)) : null,
  }
  if (call) { await storeChange(sys, entity, call.id, { ...said, ...times }); return call.id }
  return (await storeNew(sys, entity, { callKey: key, direction: 'in', ...said, ...times })).id as string
}
