import { can, elevated, fail, lock, storeChange, type Ctx } from '@quancheng/kernel'
import { belongingsOf, type Belongings } from './belongings.ts'

/** 提前冻结 (RU-08): no more sign-in, sessions end; what the person had stays theirs until it is handed over. Answers what that would be. */
export async function freeze(ctx: Ctx, id: string, reason: string): Promise<Belongings> {
  const users = ctx.entities.get('user'), locked = await lock(ctx, users, id, 'freeze')
  if (id === ctx.user?.id) fail('FREEZE_SELF')
  if (locked.row.off) fail('ACCOUNT_OFF', { name: String(locked.row.name) })
  const [admin] = await ctx.query("select 1 from role where tenant_id = $1 and code = 'admin' and id = any($2::uuid[])", [ctx.tenant.id, locked.row.roleIds ?? []])
  if (admin && !can(ctx.access, 'user:grant')) fail('FREEZE_ADMIN')
  await storeChange(elevated(ctx, '提前冻结账户'), users, id, { off: true }, { act: 'freeze', locked, note: { reason } })
  return belongingsOf(ctx, id)
}

export async function unfreeze(ctx: Ctx, id: string, reason: string): Promise<void> {
  const users = ctx.entities.get('user'), locked = await lock(ctx, users, id, 'unfreeze')
  if (!locked.row.off) fail('NOT_FROZEN', { name: String(locked.row.name) })
  await storeChange(elevated(ctx, '解除冻结'), users, id, { off: false }, { act: 'unfreeze', locked, note: { reason } })
}
