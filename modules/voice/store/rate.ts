import { openTodo } from '@quancheng/automation'
import { elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { holdersAbove } from '@quancheng/process'

/** So few points and somebody calls back, as after a bad survey answer (CU-10). */
const FOLLOW_UP_TO = 2
const FOLLOW_UP_MINUTES = 450

export interface Served { request_id: string; number: string; unit_id: string; counter: string | null; person_id: string | null; person: string | null; customer_id: string | null; stage: string; score: number | null }

/** Who was served at which counter: the one that called last, else whoever received the request. `$2` is the unit. */
const SERVED = `select t.id as request_id, t.number, t.unit_id, q.counter, p.id as person_id, p.name as person, t.customer_id, t.stage, g.score
  from service_request t left join queue_call q on q.tenant_id = t.tenant_id and q.request_id = t.id left join counter_rating g on g.tenant_id = t.tenant_id and g.request_id = t.id
  left join "user" p on p.tenant_id = t.tenant_id and p.id = coalesce(q.updated_by, (select s.assignee_id from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
    where s.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id and s.node_id = 'reception' order by s.seq desc limit 1))
  where t.tenant_id = $1 and t.unit_id = $2`

/** The last number that was called to this counter within two hours and is being served or was. */
export const lastServed = async (ctx: Ctx, unitId: string, counter: string): Promise<Served | null> =>
  (await ctx.query<Served & Record<string, unknown>>(`${SERVED} and upper(q.counter) = upper($3) and q.state = 'calling' and t.stage <> 'waiting' and q.called_at > $4::timestamptz - interval '2 hours' order by q.called_at desc, t.number desc limit 1`, [ctx.tenant.id, unitId, counter, ctx.now()]))[0] ?? null

/** By what stands on the slip: the whole number, or its last part if it is of today. */
export async function servedByTicket(ctx: Ctx, unitId: string, ticket: string, today: string): Promise<Served | null> {
  const text = ticket.trim().toUpperCase()
  return (await ctx.query<Served & Record<string, unknown>>(`${SERVED} and (t.number = $3 or (t.number like '%-' || $4 || '-%' and split_part(t.number, '-', -1) = $3)) order by t.number = $3 desc limit 1`, [ctx.tenant.id, unitId, text, today]))[0] ?? null
}

export interface Given { score: number; tags?: readonly string[] | undefined; words?: string | null | undefined; source: 'qr' | 'device'; counter?: string | null | undefined }

/** One rating a number; a bad one is somebody's to-do at the station. */
export async function rate(ctx: Ctx, s: Served, given: Given): Promise<{ id: string; ticket: string; person: string | null; score: number }> {
  if (s.stage === 'waiting') return fail('RATING_NOT_YET')
  const sys = elevated(ctx, '台席评分'), entity = ctx.entities.get('counterRating')
  // two taps at once: the second waits here and finds the first one's row
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`counter-rating/${ctx.tenant.id}/${s.request_id}`])
  const [there] = await ctx.query('select 1 from counter_rating where tenant_id = $1 and request_id = $2', [ctx.tenant.id, s.request_id])
  if (there) return fail('RATING_GIVEN')
  const row = await storeNew(sys, entity, {
    number: s.number, requestId: s.request_id, unitId: s.unit_id, counter: s.counter ?? given.counter ?? null, personId: s.person_id, customerId: s.customer_id, score: given.score, tags: [...new Set(given.tags)], words: given.words?.trim() || null, source: given.source, ratedAt: ctx.now(),
  })
  if (given.score <= FOLLOW_UP_TO) await followUp(sys, s, row.id as string, given)
  return { id: row.id as string, ticket: s.number, person: s.person, score: given.score }
}

async function followUp(ctx: Ctx, s: Served, ratingId: string, given: Given): Promise<void> {
  const [managerId] = await holdersAbove(ctx, s.unit_id, 'stationManager')
  if (!managerId) return
  const { id } = await openTodo(ctx, {
    title: `回访：${s.number} 台席评 ${given.score} 分`, details: given.words?.trim() || null, toId: managerId, minutes: FOLLOW_UP_MINUTES, unitId: s.unit_id,
    about: { entity: 'serviceRequest', recordId: s.request_id, label: `服务请求 ${s.number}` }, source: '台席评分',
  })
  await storeChange(ctx, ctx.entities.get('counterRating'), ratingId, { todoId: id })
}
