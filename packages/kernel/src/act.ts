import { compileAccess, NO_ACCESS, SYSTEM_ACCESS, type Access, type RoleGrants, type ShareLevel } from './access/access.ts'
import type { Ctx, TenantInfo, UserInfo } from './context.ts'
import type { TenantFieldSpec } from './entity/compile.ts'
import { fail } from './errors.ts'
import { toLocale, type Locale } from './i18n.ts'
import type { Runtime } from './runtime.ts'
import { NO_SYNONYMS, synonymsOf } from './search/synonyms.ts'
import { withTx, type Tx, type TxOptions } from './store/tx.ts'

/** Who acts, before anything is known of their rights. */
export interface Principal { tenantId: string; userId?: string | null; locale?: Locale; ip?: string | null }

export interface TenantRow { id: string; no: number; code: string; name: string; time_zone: string; access_version: number; meta_version: number }

export const toTenant = (r: TenantRow): TenantInfo =>
  ({ id: r.id, no: r.no, code: r.code, name: r.name, timeZone: r.time_zone, accessVersion: r.access_version, metaVersion: r.meta_version })

export async function loadTenant(tx: Tx, tenantId: string): Promise<TenantInfo> {
  const [row] = await tx.query<TenantRow>('select id, no, code, name, time_zone, access_version, meta_version from tenant where id = $1', [tenantId], 'tenant')
  return row ? toTenant(row) : fail('NOT_FOUND', { tenant: tenantId })
}

/** Compiled entities as this tenant sees them: its own fields and synonyms are read again when its metadata version has moved. */
export async function registryFor(runtime: Runtime, tx: Tx, tenant: TenantInfo) {
  return runtime.metadata.forTenant(tenant.id, tenant.metaVersion, async () => {
    const own = new Map<string, TenantFieldSpec[]>()
    if (!runtime.metadata.base.find('tenantField')) return { fields: own, synonyms: NO_SYNONYMS }
    const rows = await tx.query<{ entity: string; field_id: string; key: string; spec: Record<string, unknown> }>(
      'select entity, field_id, key, spec from tenant_field where tenant_id = $1 and not off order by position, id', [tenant.id])
    for (const r of rows) {
      const { to, ...spec } = r.spec as unknown as TenantFieldSpec & { to?: string }
      own.set(r.entity, [...(own.get(r.entity) ?? []), { ...spec, id: r.field_id, key: r.key, ...(typeof to === 'string' ? { to: () => to } : {}) }])
    }
    const groups = await tx.query<{ words: string }>('select words from synonym where tenant_id = $1 and not coalesce(off, false) order by id limit 2000', [tenant.id])
    return { fields: own, synonyms: synonymsOf(groups.map(g => g.words)) }
  })
}

export async function makeCtx(runtime: Runtime, tx: Tx, tenant: TenantInfo, who: { user: UserInfo | null; access: Access; locale?: Locale; ip?: string | null; reason?: string | null }): Promise<Ctx> {
  return {
    tenant, user: who.user, access: who.access, db: tx.db, query: tx.query, send: tx.send, now: runtime.now, locale: who.locale ?? who.user?.locale ?? 'zh-CN',
    entities: await registryFor(runtime, tx, tenant), runtime, reason: who.reason ?? null, ip: who.ip ?? null, afterCommit: tx.afterCommit,
  }
}

/** Full rights inside one tenant for a stated reason, which the audit keeps. The only way past roles. */
export async function asSystem<T>(runtime: Runtime, tx: Tx, tenantId: string, reason: string, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  await tx.enter(tenantId)
  const tenant = await loadTenant(tx, tenantId)
  return run(await makeCtx(runtime, tx, tenant, { user: null, access: SYSTEM_ACCESS, reason }))
}

/** The same act with full rights, inside the caller's transaction; the caller stays its author. */
export const elevated = (ctx: Ctx, reason: string): Ctx => (ctx.access.system ? ctx : { ...ctx, access: SYSTEM_ACCESS, reason: ctx.reason ?? reason })

/** One business act of the system in a transaction of its own. */
export const systemAct = <T>(runtime: Runtime, tenantId: string, reason: string, run: (ctx: Ctx) => Promise<T>): Promise<T> =>
  withTx(runtime.pool, { tenantId }, tx => asSystem(runtime, tx, tenantId, reason, run))

export interface UserRow { id: string; username: string; name: string; unit_id: string | null; locale: string | null; off: boolean }
export interface KnownUser { user: UserInfo; access: Access; off: boolean }

const accessCache = new WeakMap<Runtime, Map<string, { version: number; access: Access }>>()
const CACHED_USERS = 20_000

async function userRow(tx: Pick<Tx, 'query'>, tenantId: string, userId: string): Promise<UserRow> {
  const [u] = await tx.query<UserRow>('select id, username, name, unit_id, locale, off from "user" where tenant_id = $1 and id = $2', [tenantId, userId], 'user_by_id')
  return u ?? fail('SIGN_IN_REQUIRED')
}

export const loadUser = async (runtime: Runtime, tx: Pick<Tx, 'query'>, tenant: TenantInfo, userId: string): Promise<KnownUser> => knownUser(runtime, tx, tenant, await userRow(tx, tenant.id, userId))

/** Compiled rights of a user, made anew when the tenant's access version has moved: a changed role is in force at the next request. */
export async function knownUser(runtime: Runtime, tx: Pick<Tx, 'query'>, tenant: TenantInfo, u: UserRow): Promise<KnownUser> {
  const userId = u.id
  const user: UserInfo = { id: u.id, username: u.username, name: u.name, unitId: u.unit_id, locale: toLocale(u.locale) }
  let cache = accessCache.get(runtime)
  if (!cache) accessCache.set(runtime, cache = new Map())
  const key = `${tenant.id}:${userId}`
  const hit = cache.get(key)
  if (hit?.version === tenant.accessVersion) return { user, access: hit.access, off: u.off }
  const [detail] = await tx.query<{ region_id: string | null; outside: boolean; roles: RoleGrants[] | null; shares: Record<string, ShareLevel> | null }>(
    `select (select c.ancestor_id from unit_closure c join unit a on a.tenant_id = c.tenant_id and a.id = c.ancestor_id
             where c.tenant_id = $1 and c.descendant_id = u.unit_id and a.kind = 'region' order by c.depth limit 1) as region_id,
            exists (select 1 from unit_closure c join unit a on a.tenant_id = c.tenant_id and a.id = c.ancestor_id where c.tenant_id = $1 and c.descendant_id = u.unit_id and a.kind = 'partner') as outside,
            (select json_agg(json_build_object('code', r.code, 'grants', coalesce(r.grants, '{}'), 'fields', coalesce(r.fields, '{}')))
             from role r where r.tenant_id = $1 and not r.off and (r.id = any(u.role_ids)
               or r.id in (select unnest(g.role_ids) from role_group g where g.tenant_id = $1 and g.id = any(u.group_ids)))) as roles,
            (select json_object_agg(s.entity, s.level) from (select s.entity, max(s.level) as level from record_share s where s.tenant_id = $1 and (s.user_id = u.id
               or s.unit_id in (select c.ancestor_id from unit_closure c where c.tenant_id = $1 and c.descendant_id = u.unit_id)) group by s.entity) s) as shares
     from "user" u where u.tenant_id = $1 and u.id = $2`, [tenant.id, userId])
  const access = compileAccess({ userId, unitId: u.unit_id, regionId: detail?.outside ? null : detail?.region_id ?? null, outside: detail?.outside ?? false }, detail?.roles ?? [], detail?.shares ?? {})
  if (cache.size > CACHED_USERS) cache.clear()
  cache.set(key, { version: tenant.accessVersion, access })
  return { user, access, off: u.off }
}

/** One business act of a person (or of nobody: public pages) in one transaction. */
export async function act<T>(runtime: Runtime, who: Principal, run: (ctx: Ctx) => Promise<T>, o: TxOptions = {}): Promise<T> {
  return withTx(runtime.pool, { ...o, tenantId: who.tenantId }, async tx => {
    // asked together: one round trip
    const [tenant, user] = await Promise.all([loadTenant(tx, who.tenantId), who.userId ? userRow(tx, who.tenantId, who.userId) : null])
    const known = user ? await knownUser(runtime, tx, tenant, user) : null
    if (known?.off) fail('USER_OFF')
    return run(await makeCtx(runtime, tx, tenant, { user: known?.user ?? null, access: known?.access ?? NO_ACCESS, ...(who.locale ? { locale: who.locale } : {}), ip: who.ip ?? null }))
  })
}
