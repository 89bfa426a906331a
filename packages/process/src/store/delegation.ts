import { dayOf, defineAction, defineEntity, elevated, f, fail, known, lock, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'

/** 委托: while it is in force the deputy does what waits for the absent person, with that person's rights, and both names are kept (AP-05). */
export const Delegation = defineEntity('delegation', {
  label: ['委托', 'Delegation'],
  icon: 'swap',
  fields: {
    fromId: f.ref(['委托人', 'Absent'], () => 'user', { required: true, immutable: true, index: false }),
    toId: f.ref(['受托人', 'Deputy'], () => 'user', { required: true, immutable: true, index: false }),
    startsOn: f.date(['开始', 'From'], { required: true }),
    endsOn: f.date(['结束', 'To'], { required: true }),
    processKeys: f.json<string[]>(['流程', 'Processes'], { help: ['不填是全部流程', 'All processes when empty'] }),
    reason: f.text(['原因', 'Reason'], { max: 200 }),
    endedAt: f.datetime(['提前结束', 'Ended early'], { readOnly: true }),
  },
  scope: { owner: 'fromId' },
  display: ['startsOn', 'endsOn'],
  list: ['fromId', 'toId', 'startsOn', 'endsOn', 'reason', 'endedAt'],
  sort: '-startsOn',
  everyone: ['read'],
  managed: true,
  affectsMeta: true,
})

export interface InForce { from: string; fromName: string; to: string; keys: string[] | null }

/** The delegations of today: few, and asked for by every inbox, so they are known until one changes or the day does. */
export function delegationsInForce(ctx: Ctx): Promise<readonly InForce[]> {
  const today = dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
  return known(ctx, `delegations/${today}`, () => ctx.query<InForce & Record<string, unknown>>(
    `select d.from_id as "from", u.name as "fromName", d.to_id as "to", d.process_keys as keys from delegation d join "user" u on u.tenant_id = d.tenant_id and u.id = d.from_id
     where d.tenant_id = $1 and d.starts_on <= $2 and d.ends_on >= $2 and d.ended_at is null`, [ctx.tenant.id, today]))
}

const NEW = z.object({
  toId: z.uuid(), startsOn: z.iso.date(), endsOn: z.iso.date(), reason: z.string().trim().max(200).optional(),
  processKeys: z.array(z.string().max(60)).max(200).nullish(),
})

/** Everybody for themselves; nobody for others. */
export async function delegate(ctx: Ctx, input: z.infer<typeof NEW>): Promise<Record<string, unknown>> {
  const me = ctx.user!.id
  if (input.toId === me) fail('DELEGATE_SELF')
  const today = dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)
  if (input.endsOn < input.startsOn || input.endsOn < today) fail('DELEGATE_DATES')
  const [to] = await ctx.query<{ name: string }>('select name from "user" where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, input.toId])
  if (!to) return fail('NOT_FOUND', { id: input.toId })
  const [other] = await ctx.query<{ name: string }>(
    `select u.name from delegation d join "user" u on u.tenant_id = d.tenant_id and u.id = d.to_id where d.tenant_id = $1 and d.from_id = $2 and d.ended_at is null and d.starts_on <= $4 and d.ends_on >= $3
     and (d.process_keys is null or $5::jsonb is null or d.process_keys ?| array(select jsonb_array_elements_text($5::jsonb)))`,
    [ctx.tenant.id, me, input.startsOn, input.endsOn, input.processKeys?.length ? JSON.stringify(input.processKeys) : null])
  if (other) fail('DELEGATE_OVERLAP', { name: other.name })
  const row = await storeNew(elevated(ctx, '委托'), ctx.entities.get('delegation'), { fromId: me, toId: input.toId, startsOn: input.startsOn, endsOn: input.endsOn, reason: input.reason ?? null, processKeys: input.processKeys?.length ? input.processKeys : null })
  return { id: row.id, toName: to.name }
}

/** From this moment it is in force no more; it stays in the list. */
export async function endDelegation(ctx: Ctx, id: string): Promise<void> {
  const entity = ctx.entities.get('delegation')
  const record = await lock(ctx, entity, id, 'read')
  if (record.row.endedAt) return
  await storeChange(elevated(ctx, '委托'), entity, id, { endedAt: ctx.now() }, { act: 'end', locked: record })
}

export const delegationActions = [
  defineAction({ name: 'delegate', label: ['委托他人办理', 'Delegate'], method: 'POST', path: '/api/delegations/start', permission: null, status: 201, input: NEW, run: delegate }),
  defineAction({ name: 'endDelegation', label: ['结束委托', 'End a delegation'], method: 'POST', path: '/api/delegations/:id/end', permission: null, input: z.object({ id: z.uuid() }), run: async (ctx, { id }) => { await endDelegation(ctx, id); return { id } } }),
]
