import { z } from 'zod'
import { can } from '../access/access.ts'
import { elevated, loadUser } from '../act.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { fail, registerErrors } from '../errors.ts'
import { pick } from '../i18n.ts'
import { dayOf } from '../query/within.ts'
import { lock, remove, storeChange, storeNew } from './write.ts'

registerErrors({
  SHARE_WITH_WHOM: [400, '请选一个人，或者一个单位', 'Choose one person or one unit'],
  SHARE_USELESS: [409, '{name}的角色不能{what}{label}，共享了也打不开', 'The role of {name} may not {what} records of this kind'],
  SHARE_PAST: [400, '到期日不能早于今天', 'The last day lies in the past'],
  SHARE_OWNER: [409, '{name}本来就是负责人', '{name} owns it already'],
})

export const SHARE = z.strictObject({ userId: z.uuid().nullish(), unitId: z.uuid().nullish(), level: z.enum(['read', 'write']).default('read'), until: z.iso.date().nullish(), reason: z.string().trim().max(200).nullish() })

export interface Share { id: string; userId: string | null; unitId: string | null; name: string; level: 'read' | 'write'; until: string | null; over: boolean; reason: string | null; byName: string | null; at: Date }

const today = (ctx: Ctx): string => dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)

/** With whom a record is shared, newest first; for those who may share it. */
export async function sharesOf(ctx: Ctx, entity: CompiledEntity, id: string): Promise<Share[]> {
  await lock(ctx, entity, id, 'share', { forUpdate: false })
  return ctx.query<Share>(`select s.id, s.user_id as "userId", s.unit_id as "unitId", coalesce(u.name, n.name) as name, s.level, s.until::text as until, coalesce(s.until < $4::date, false) as over, s.reason, b.name as "byName", s.created_at as at
    from record_share s left join "user" u on u.tenant_id = s.tenant_id and u.id = s.user_id left join unit n on n.tenant_id = s.tenant_id and n.id = s.unit_id left join "user" b on b.tenant_id = s.tenant_id and b.id = s.created_by
    where s.tenant_id = $1 and s.entity = $2 and s.record_id = $3 order by s.created_at desc limit 200`, [ctx.tenant.id, entity.name, id, today(ctx)])
}

/** Shares a record, or changes the share that this person or unit has already. */
export async function share(ctx: Ctx, entity: CompiledEntity, id: string, input: z.infer<typeof SHARE>): Promise<{ id: string }> {
  const { row } = await lock(ctx, entity, id, 'share')
  if (Boolean(input.userId) === Boolean(input.unitId)) fail('SHARE_WITH_WHOM')
  if (input.until && input.until < today(ctx)) fail('SHARE_PAST')
  if (input.userId) await requireUse(ctx, entity, input.userId, input.level, row)
  else if (!(await ctx.query('select 1 from unit where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, input.unitId])).length) fail('NOT_FOUND', { entity: 'unit', id: input.unitId })
  const shares = ctx.entities.get('recordShare'), sys = elevated(ctx, '共享')
  const [known] = await ctx.query<{ id: string }>('select id from record_share where tenant_id = $1 and entity = $2 and record_id = $3 and user_id is not distinct from $4 and unit_id is not distinct from $5', [ctx.tenant.id, entity.name, id, input.userId ?? null, input.unitId ?? null])
  const what = { level: input.level, until: input.until ?? null, reason: input.reason || null }
  if (known) { await storeChange(sys, shares, known.id, what); return { id: known.id } }
  const made = await storeNew(sys, shares, { entity: entity.name, recordId: id, userId: input.userId ?? null, unitId: input.unitId ?? null, ...what })
  return { id: made.id as string }
}

/** A share that its holder's roles make useless is told to who gives it. */
async function requireUse(ctx: Ctx, entity: CompiledEntity, userId: string, level: 'read' | 'write', row: Record<string, unknown>): Promise<void> {
  const { user, access, off } = await loadUser(ctx.runtime, ctx, ctx.tenant, userId).catch(() => fail('NOT_FOUND', { entity: 'user', id: userId }))
  if (off) fail('USER_OFF')
  if (entity.scope?.owner && row[entity.scope.owner] === userId) fail('SHARE_OWNER', { name: user.name })
  const verb = level === 'read' ? 'read' : 'update'
  if (!can(access, `${entity.name}:${verb}`, entity)) fail('SHARE_USELESS', { name: user.name, what: verb === 'read' ? '查看' : '修改', label: pick(entity.label, ctx.locale) })
}

export async function unshare(ctx: Ctx, entity: CompiledEntity, id: string, shareId: string): Promise<void> {
  await lock(ctx, entity, id, 'share', { forUpdate: false })
  const [known] = await ctx.query('select 1 from record_share where tenant_id = $1 and id = $2 and entity = $3 and record_id = $4', [ctx.tenant.id, shareId, entity.name, id])
  if (!known) fail('NOT_FOUND', { entity: 'recordShare', id: shareId })
  await remove(elevated(ctx, '收回共享'), ctx.entities.get('recordShare'), shareId)
}
