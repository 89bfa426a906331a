import { AppError, loadUser, read, scopesOf, unitAndAbove, type CompiledEntity, type Ctx, type Tx } from '@quancheng/kernel'

export type Values = Record<string, unknown>

/** The same act with the rights of the person whose eyes a webhook uses; null: the account is gone or off, and nothing is told. */
export async function asOwner(ctx: Ctx, userId: string): Promise<Ctx | null> {
  try {
    const { user, access, off } = await loadUser(ctx.runtime, ctx as unknown as Tx, ctx.tenant, userId)
    return off ? null : { ...ctx, user, access, locale: user.locale }
  } catch (error) {
    if (error instanceof AppError && error.code === 'SIGN_IN_REQUIRED') return null
    throw error
  }
}

/** The record as REST would answer it to them: what they may not see is masked or missing. Null: they may not read it, or it is gone. */
export async function recordFor(as: Ctx, entity: CompiledEntity, id: string): Promise<Values | null> {
  try { return await read(as, entity, id) } catch (error) {
    if (error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return null
    throw error
  }
}

/** Was a record that is gone within their reach? Where that cannot be told from the row itself, it was not. */
export async function reachedBefore(as: Ctx, entity: CompiledEntity, id: string, row: Values | null): Promise<boolean> {
  const scopes = scopesOf(as.access, entity, `${entity.name}:read`)
  if (!scopes) return false
  if (scopes.has('all') || !entity.scope) return true
  const { owner, unit } = entity.scope
  if (scopes.has('self') && owner && row?.[owner] === as.access.userId) return true
  const unitId = unit === 'id' ? id : unit ? (row?.[unit] as string | null | undefined) : null
  return unitId ? unitReached(as, scopes, unitId) : false
}

export async function unitReached(as: Ctx, scopes: ReadonlySet<string>, unitId: string): Promise<boolean> {
  const { unitId: own, regionId } = as.access
  if (scopes.has('all') || (scopes.has('unit') && unitId === own)) return true
  const above = await unitAndAbove(as, unitId)
  return (scopes.has('unitBelow') && own !== null && above.includes(own)) || (scopes.has('region') && (regionId ?? own) !== null && above.includes((regionId ?? own)!))
}
