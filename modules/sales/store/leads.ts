import { dayOf, elevated, fail, lock, startOfDay, storeChange, unitAndAbove, type Ctx, type Locked } from '@quancheng/kernel'
import { refusal } from '../rules/pool.ts'
import { tellOwner } from './dispatch.ts'
import { holding, poolRule, toPool, watch } from './pool.ts'
import { beginTurn, endTurn } from './turns.ts'

const lead = (ctx: Ctx) => ctx.entities.get('lead')
const OPEN = new Set(['new', 'pool', 'assigned', 'working'])
export const requireOpen = ({ row }: Locked): void => { if (!OPEN.has(String(row.state))) fail('LEAD_CLOSED') }

/** From the pool to oneself, within the block's limits. Two at once: the second finds it taken. */
export async function takeLead(ctx: Ctx, id: string): Promise<void> {
  const found = await lock(ctx, lead(ctx), id, 'take')
  requireOpen(found)
  if (found.row.state !== 'pool') fail('LEAD_NOT_POOL')
  const me = ctx.user!.id
  // what one person takes is counted one after the other, or two windows would pass the limit together
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`lead-take/${ctx.tenant.id}/${me}`])
  const day = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone)
  const no = refusal(await poolRule(ctx, found.row.unitId as string | null), await holding(ctx, me, id, day), ctx.now())
  if (no?.code === 'LEAD_RETAKE') fail(no.code, { until: no.until.toLocaleString('zh-CN', { timeZone: ctx.tenant.timeZone, dateStyle: 'short', timeStyle: 'short' }) })
  else if (no) fail(no.code, { n: no.n, max: no.max })
  await storeChange(elevated(ctx, '领取线索'), lead(ctx), id, { ownerId: me, state: 'assigned', assignedAt: ctx.now(), readAt: ctx.now(), pooledAt: null }, { act: 'take', locked: found })
  beginTurn(ctx, { leadId: id, personId: me, how: 'take' })
  await watch(ctx, id, found.row.unitId as string | null, { unread: false })
}

export async function giveBack(ctx: Ctx, id: string, reason: string): Promise<void> {
  const found = await lock(ctx, lead(ctx), id, 'update')
  requireOpen(found)
  if (!found.row.ownerId) fail('LEAD_NOT_MINE')
  await toPool(ctx, found, 'back', { reason })
}

/**
 * To somebody of the block; to another block only by who reaches the whole company (RU-06). The lead's new block is the one that is named, or that of the
 * person. Who was told, from where and why stays in the lead's record.
 */
export async function assignLead(ctx: Ctx, id: string, o: { toId: string | null; unitId: string | null; reason: string }): Promise<void> {
  const found = await lock(ctx, lead(ctx), id, 'assign')
  requireOpen(found)
  const [to] = o.toId ? await ctx.query<{ name: string; unit_id: string | null; off: boolean | null }>('select name, unit_id, off from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, o.toId]) : []
  if (o.toId && (!to || to.off)) fail('LEAD_PERSON', { name: to?.name ?? '' })
  const from = found.row.unitId as string | null, theirs = to?.unit_id ?? null
  const within = async (inner: string | null, outer: string | null): Promise<boolean> => inner !== null && outer !== null && (await unitAndAbove(ctx, inner)).includes(outer)
  // a person of the group may be given a lead of any block, and it stays there
  const unitId = o.unitId ?? (theirs && !(await within(from, theirs)) && !(await within(theirs, from)) ? theirs : from)
  const between = unitId !== from && !(await within(unitId, from))
  if (between && !ctx.access.system && !ctx.access.grants.get('lead:assign')?.has('all')) fail('LEAD_BLOCK')
  const names = new Map((await ctx.query<{ id: string; name: string }>('select id, name from unit where tenant_id = $1 and id = any($2)', [ctx.tenant.id, [from, unitId].filter(Boolean)])).map(u => [u.id, u.name]))
  const note = { reason: o.reason, ...(between ? { from: names.get(from ?? '') ?? null, to: names.get(unitId ?? '') ?? null } : {}), ...(to ? { person: to.name } : {}) }
  const sys = elevated(ctx, '分配线索')
  if (found.row.ownerId) await endTurn(ctx, id, 'moved')
  if (!o.toId) { await storeChange(sys, lead(ctx), id, { unitId, ownerId: null, state: 'pool', pooledAt: ctx.now(), assignedAt: null, readAt: null }, { act: 'assign', locked: found, note }); return }
  await storeChange(sys, lead(ctx), id, { unitId, ownerId: o.toId, state: 'assigned', assignedAt: ctx.now(), readAt: o.toId === ctx.user?.id ? ctx.now() : null, pooledAt: null }, { act: 'assign', locked: found, note })
  beginTurn(ctx, { leadId: id, personId: o.toId, how: 'hand' })
  await watch(ctx, id, unitId, { unread: o.toId !== ctx.user?.id })
  await tellOwner(ctx, o.toId, id, `有线索分给您：${[found.row.name, found.row.company].filter(Boolean).join(' ')}`, unitId)
}

export async function discardLead(ctx: Ctx, id: string, reason: string): Promise<void> {
  const found = await lock(ctx, lead(ctx), id, 'update')
  requireOpen(found)
  await storeChange(elevated(ctx, '作废线索'), lead(ctx), id, { state: 'discarded', discardReason: reason }, { act: 'discard', locked: found, note: { reason } })
  await endTurn(ctx, id, 'discarded')
}

/** The owner has opened it: its first clock stops. */
export async function seeLead(ctx: Ctx, id: string): Promise<void> {
  const found = await lock(ctx, lead(ctx), id, 'read')
  if (found.row.ownerId !== ctx.user?.id || found.row.readAt) return
  await storeChange(elevated(ctx, '查看线索'), lead(ctx), id, { readAt: ctx.now() }, { act: 'see', locked: found })
}

const asSystem = (ctx: Ctx): Ctx => elevated(ctx, '公海规则')

/** Nobody looked at it in its hours. */
export async function unreadJob(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const found = await still(ctx, String(p.leadId))
  if (found && !found.row.readAt) await toPool(ctx, found, 'unread', { reason: '到时未查看' })
}

/** Nobody followed it up in its days; one that was followed up since comes back when its days are over. */
export async function idleJob(ctx: Ctx, p: Record<string, unknown>): Promise<void> {
  const found = await still(ctx, String(p.leadId))
  if (found) await toPool(ctx, found, 'idle', { reason: '到时未跟进' })
}

async function still(ctx: Ctx, id: string): Promise<Locked | null> {
  const [there] = await ctx.query('select 1 from lead where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  if (!there) return null
  const found = await lock(asSystem(ctx), lead(ctx), id, 'update')
  return found.row.ownerId && ['assigned', 'working'].includes(String(found.row.state)) ? found : null
}
