import type { Tx } from '../store/tx.ts'
import type { Runtime } from '../runtime.ts'
import type { Ctx, TenantInfo } from '../context.ts'
import { knownUser, makeCtx, systemAct, toTenant, type TenantRow, type UserRow } from '../act.ts'
import { fail } from '../errors.ts'
import { toLocale, type Locale } from '../i18n.ts'
import { dayOf } from '../query/within.ts'
import { withTx } from '../store/tx.ts'
import { DUMMY_HASH, passwordMatches } from './password.ts'
import { makeSecret, readSecret, TOKEN_PREFIX_API as TOKEN_PREFIX } from './token.ts'

export const SESSION_HOURS = 14 // a long shift and the way home; the demand in BH-7 is that it can be ended at once
export const MAX_WRONG = 5
export const LOCK_MINUTES = 15
const SEEN_EVERY_MS = 5 * 60_000

export interface SignedIn { token: string; userId: string; tenantId: string; expiresAt: Date }

/** Somebody signed in, or worked on in a session on another day than the one they were last seen on. Told once for each: no statement on ordinary requests. */
export type Presence = (tx: Tx, who: { tenantId: string; userId: string; at: Date; how: 'signIn' | 'work' }) => Promise<void>
const PRESENCE = 'session.presence'
/** From a module's `start(runtime)`: who was there on which day. Runs in the transaction of the sign-in, or in one beside the request. */
export const registerPresence = (runtime: Runtime, told: Presence): void => { runtime.services.set(PRESENCE, [...presenceOf(runtime), told]) }
const presenceOf = (runtime: Runtime): readonly Presence[] => (runtime.services.get(PRESENCE) as readonly Presence[] | undefined) ?? []

interface UserSecret { id: string; username: string; password_hash: string | null; wrong: number; locked_until: Date | null; off: boolean }

/** `lijie` belongs to the first tenant of the installation, `admin@huaxia` to the tenant with that code. */
export async function tenantOfHandle(tx: Tx, handle: string): Promise<{ tenantId: string | null; username: string }> {
  const at = handle.lastIndexOf('@')
  const [row] = at > 0
    ? await tx.query<{ id: string }>('select id from tenant where code = $1', [handle.slice(at + 1).toLowerCase()])
    : await tx.query<{ id: string }>('select id from tenant order by no limit 1')
  return { tenantId: row?.id ?? null, username: (at > 0 ? handle.slice(0, at) : handle).toLowerCase() }
}

/**
 * Checks a password and opens a session. Five wrong ones lock the account for a quarter of an hour; the answer to a wrong name and
 * to a wrong password is the same and takes the same time. The count of wrong ones commits although the answer is an error.
 */
export async function signIn(runtime: Runtime, handle: unknown, password: unknown, from: { ip: string | null; agent: string | null }): Promise<SignedIn> {
  if (typeof handle !== 'string' || typeof password !== 'string' || !handle.trim() || handle.length > 120 || password.length > 200) return fail('SIGN_IN_FAILED')
  const outcome = await withTx(runtime.pool, {}, async tx => {
    const { tenantId, username } = await tenantOfHandle(tx, handle.trim())
    const now = runtime.now()
    if (!tenantId) { await passwordMatches(DUMMY_HASH, password); return { code: 'SIGN_IN_FAILED' } }
    await tx.enter(tenantId)
    const [u] = await tx.query<UserSecret>('select id, username, password_hash, wrong, locked_until, off from "user" where tenant_id = $1 and username = $2 for update', [tenantId, username])
    if (!u) { await passwordMatches(DUMMY_HASH, password); return { code: 'SIGN_IN_FAILED' } }
    const locked = (until: Date) => ({ code: 'LOCKED', details: { until: until.toISOString(), untilText: clock(until) } })
    if (u.locked_until && u.locked_until > now) return locked(u.locked_until)
    if (!(await passwordMatches(u.password_hash ?? DUMMY_HASH, password))) {
      const wrong = u.wrong + 1
      const until = wrong >= MAX_WRONG ? new Date(now.getTime() + LOCK_MINUTES * 60_000) : null
      await tx.query('update "user" set wrong = $3, locked_until = $4 where tenant_id = $1 and id = $2', [tenantId, u.id, until ? 0 : wrong, until])
      return until ? locked(until) : { code: 'SIGN_IN_FAILED' }
    }
    if (u.off) return { code: 'USER_OFF' }
    const secret = makeSecret(tenantId)
    const expiresAt = new Date(now.getTime() + SESSION_HOURS * 3_600_000)
    await tx.query('update "user" set wrong = 0, locked_until = null, last_sign_in = $3 where tenant_id = $1 and id = $2', [tenantId, u.id, now])
    await tx.query('insert into session (tenant_id, token_hash, user_id, created_at, seen_at, expires_at, ip, agent) values ($1,$2,$3,$4,$4,$5,$6,$7)',
      [tenantId, secret.hash, u.id, now, expiresAt, from.ip, from.agent?.slice(0, 200) ?? null])
    for (const told of presenceOf(runtime)) await told(tx, { tenantId, userId: u.id, at: now, how: 'signIn' })
    return { signedIn: { token: secret.token, userId: u.id, tenantId, expiresAt } }
  })
  if ('signedIn' in outcome && outcome.signedIn) return outcome.signedIn
  const refused = outcome as { code: string; details?: Record<string, unknown> }
  return fail(refused.code, refused.details)
}

const clock = (at: Date): string => new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' }).format(at)

interface CallerRow extends TenantRow, Omit<UserRow, 'id' | 'name'> { user_id: string; user_name: string; seen_at: Date; expires_at: Date }

/** Token, tenant and person in one round trip: every request begins with it. */
const callerBy = (table: string, seen: string, expires: string): string => `select s.user_id, ${seen} as seen_at, ${expires} as expires_at, t.id, t.no, t.code, t.name, t.time_zone, t.access_version, t.meta_version, u.username, u.name as user_name, u.unit_id, u.locale, u.off
  from ${table} s join tenant t on t.id = s.tenant_id join "user" u on u.tenant_id = s.tenant_id and u.id = s.user_id where s.tenant_id = $1 and s.token_hash = $2`
const BY_API_TOKEN = callerBy('api_token', 'coalesce(s.used_at, s.created_at)', "coalesce(s.expires_at, 'infinity'::timestamptz)")
const BY_SESSION = callerBy('session', 's.seen_at', 's.expires_at')

/** Cookie or bearer token → the person it stands for, in a transaction that is under their tenant from its first statement. */
export async function withCaller<T>(runtime: Runtime, token: string | null, o: { locale?: Locale; ip: string | null; readOnly?: boolean }, run: (ctx: Ctx) => Promise<T>): Promise<T> {
  const bearer = token?.startsWith(TOKEN_PREFIX) ?? false
  const secret = token ? readSecret(token, bearer ? TOKEN_PREFIX : '') : null
  if (!secret) return fail('SIGN_IN_REQUIRED')
  let stale = false, newDay: string | null = null
  const result = await withTx(runtime.pool, { tenantId: secret.tenantId, ...(o.readOnly ? { readOnly: true } : {}) }, async tx => {
    const now = runtime.now()
    const [s] = await tx.query<CallerRow>(bearer ? BY_API_TOKEN : BY_SESSION, [secret.tenantId, secret.hash], bearer ? 'caller_by_token' : 'caller_by_session')
    if (!s || s.expires_at <= now) return fail('SIGN_IN_REQUIRED')
    stale = now.getTime() - s.seen_at.getTime() > SEEN_EVERY_MS
    const tenant: TenantInfo = toTenant(s)
    if (stale && !bearer && dayOf(s.seen_at, tenant.timeZone) < dayOf(now, tenant.timeZone)) newDay = s.user_id
    const { user, access, off } = await knownUser(runtime, tx, tenant, { id: s.user_id, username: s.username, name: s.user_name, unit_id: s.unit_id, locale: s.locale, off: s.off })
    if (off) fail('USER_OFF')
    return run(await makeCtx(runtime, tx, tenant, { user, access, locale: o.locale ?? toLocale(user.locale), ip: o.ip }))
  })
  if (stale) void touch(runtime, secret, bearer, newDay).catch(() => {})
  return result
}

const touch = (runtime: Runtime, s: { tenantId: string; hash: Buffer }, bearer: boolean, newDay: string | null): Promise<unknown> =>
  withTx(runtime.pool, { tenantId: s.tenantId }, async tx => {
    const at = runtime.now()
    await tx.query(bearer
      ? 'update api_token set used_at = $3 where tenant_id = $1 and token_hash = $2'
      : `update session set seen_at = $3, expires_at = $3::timestamptz + interval '${SESSION_HOURS} hours' where tenant_id = $1 and token_hash = $2`, [s.tenantId, s.hash, at])
    if (newDay) for (const told of presenceOf(runtime)) await told(tx, { tenantId: s.tenantId, userId: newDay, at, how: 'work' })
  })

export async function signOut(runtime: Runtime, token: string): Promise<void> {
  const secret = readSecret(token)
  if (secret) await withTx(runtime.pool, { tenantId: secret.tenantId }, tx => tx.query('delete from session where tenant_id = $1 and token_hash = $2', [secret.tenantId, secret.hash]))
}

export const endSessions = (ctx: Ctx, userId: string, except?: Buffer): Promise<unknown> =>
  ctx.query('delete from session where tenant_id = $1 and user_id = $2 and ($3::bytea is null or token_hash <> $3)', [ctx.tenant.id, userId, except ?? null])

export { systemAct }
