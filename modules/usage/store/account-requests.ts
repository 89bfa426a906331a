import { elevated, fail, isWorkday, lock, passwordLink, storeChange, storeNew, type Change, type Ctx } from '@quancheng/kernel'
import { calendarOf, startFor } from '@quancheng/process'
import { daysBetween, workingDaysLate } from '../rules/days.ts'
import { BOUND_ROLES } from './people.ts'
import { today } from './today.ts'

export const ACCOUNT_PROCESS = 'account-request'
/** A day further off than this is a slip, not a joiner or a leaver. */
const FAR_DAYS = 366
type Values = Record<string, unknown>
const missing = (field: string, message: string): never => fail('INVALID', { summary: message, fields: [{ field, code: 'REQUIRED', message }] })

/** The company's roles of these codes. */
const rolesOf = async (ctx: Ctx, codes: readonly string[]): Promise<string[]> => (await ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = any($2)', [ctx.tenant.id, codes])).map(r => r.id)

/** What each kind needs, whose it is, and how late it comes. */
export async function accountRequestBefore(ctx: Ctx, c: Change): Promise<void> {
  // the last step of its process is done: the account follows in the same act, or neither does
  if (c.act === 'update' && c.draft.stage === 'done' && c.before?.stage !== 'done') Object.assign(c.draft, { userId: await carryOut(elevated(ctx, `账户申请 ${String(c.before!.number)}`), c.before!), doneAt: ctx.now() })
  if (c.act !== 'create') return
  const d = c.draft, roles = (d.roles as string[] | null | undefined) ?? []
  if (d.kind === 'join') {
    for (const [field, label] of [['name', '姓名'], ['username', '用户名']] as const) if (!d[field]) missing(field, `请填写${label}`)
    if (!roles.length) missing('roles', '请选择角色')
    d.userId = null
    const [taken] = await ctx.query('select 1 from "user" where tenant_id = $1 and username = $2', [ctx.tenant.id, d.username])
    if (taken) fail('INVALID', { summary: '这个用户名已经有人用', fields: [{ field: 'username', code: 'NOT_UNIQUE', message: '这个用户名已经有人用' }] })
  } else {
    if (!d.userId) missing('userId', '请选择账户')
    const [user] = await ctx.query<{ name: string; username: string; unit_id: string; off: boolean | null }>('select name, username, unit_id, off from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, d.userId])
    if (!user) return fail('NOT_FOUND', { id: d.userId })
    if (d.kind === 'leave' && user.off) fail('ACCOUNT_OFF', { name: user.name })
    if (d.kind === 'move' && !d.toUnitId && !roles.length) missing('toUnitId', '请选择调往的单位或新的角色')
    Object.assign(d, { name: user.name, username: user.username, unitId: user.unit_id })
  }
  if (d.effectiveOn && Math.abs(daysBetween(today(ctx), String(d.effectiveOn))) > FAR_DAYS) missing('effectiveOn', '离今天超过一年，请核对日期')
  const cal = await calendarOf(ctx)
  d.unitId ??= ctx.user?.unitId ?? null
  d.requestedById ??= ctx.user?.id ?? null
  d.requestedOn ??= today(ctx)
  d.lateDays = workingDaysLate(day => isWorkday(cal, day), String(d.effectiveOn), String(d.requestedOn))
}

/** A request is handed in by being made. */
export async function accountRequestAfter(ctx: Ctx, c: Change): Promise<void> {
  if (c.act === 'create') await startFor(ctx, ACCOUNT_PROCESS, 'accountRequest', c.id)
}

/** User made; unit and roles changed; or switched off, which ends every session at once. */
async function carryOut(ctx: Ctx, r: Values): Promise<string> {
  const users = ctx.entities.get('user'), asked = (r.roles as string[] | null) ?? [], note = { request: r.number, effectiveOn: String(r.effectiveOn) }
  if (r.kind === 'join') return (await storeNew(ctx, users, { username: r.username, name: r.name, phone: r.phone ?? null, unitId: r.toUnitId ?? r.unitId, roleIds: await rolesOf(ctx, asked) }, { note })).id as string
  const userId = r.userId as string, locked = await lock(ctx, users, userId, 'update')
  if (r.kind === 'leave') await storeChange(ctx, users, userId, { off: true }, { act: 'leave', locked, note })
  else {
    const mine = await rolesOf(ctx, BOUND_ROLES), roles = await rolesOf(ctx, asked), kept = ((locked.row.roleIds as string[] | null) ?? []).filter(x => !mine.includes(x))
    await storeChange(ctx, users, userId, { ...(r.toUnitId ? { unitId: r.toUnitId } : {}), ...(roles.length ? { roleIds: [...kept, ...roles] } : {}) }, { act: 'transfer', locked, note })
  }
  return userId
}

/** A joiner's first password: a link that works once, for whoever carries requests out. */
export async function joinerLink(ctx: Ctx, id: string): Promise<{ link: string; expiresAt: Date }> {
  const { row } = await lock(ctx, ctx.entities.get('accountRequest'), id, 'carryOut', { forUpdate: false })
  if (row.kind !== 'join' || row.stage !== 'done' || !row.userId) return fail('ACCOUNT_NOT_DONE')
  return passwordLink(ctx, row.userId as string)
}
