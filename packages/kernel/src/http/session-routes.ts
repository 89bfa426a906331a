import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { hashPassword, passwordMatches, requireStrong } from '../access/password.ts'
import { endSessions, SESSION_HOURS, signIn, signOut } from '../access/session.ts'
import { readSecret } from '../access/token.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { storeChange, update } from '../operations/write.ts'
import { asSystem, elevated } from '../act.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from '../store/tx.ts'
import { call } from './call.ts'
import { COOKIE, requireOrigin, tokenOf } from './reply.ts'

const ME = z.strictObject({ name: z.string().optional(), phone: z.string().nullable().optional(), mail: z.string().nullable().optional(), locale: z.enum(['zh-CN', 'en']).optional() })

/** Who is signed in and what they may do; the screens hide what would be refused, the server refuses it. */
async function describe(ctx: Ctx) {
  const [u] = await ctx.query<{ unit_name: string | null; must_change: boolean | null; phone: string | null; mail: string | null }>(
    'select un.name as unit_name, u.must_change, u.phone, u.mail from "user" u left join unit un on un.tenant_id = u.tenant_id and un.id = u.unit_id where u.tenant_id = $1 and u.id = $2', [ctx.tenant.id, ctx.user!.id])
  return {
    user: { id: ctx.user!.id, username: ctx.user!.username, name: ctx.user!.name, locale: ctx.user!.locale, unitId: ctx.user!.unitId, unitName: u?.unit_name ?? null, regionId: ctx.access.regionId, phone: u?.phone ?? null, mail: u?.mail ?? null, mustChangePassword: Boolean(u?.must_change) },
    tenant: { id: ctx.tenant.id, code: ctx.tenant.code, name: ctx.tenant.name, timeZone: ctx.tenant.timeZone },
    permissions: Object.fromEntries([...ctx.access.grants].map(([k, v]) => [k, [...v]])),
    roles: [...ctx.access.roles],
    outside: ctx.access.outside,
  }
}

export function sessionRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.post('/api/session', async (req, reply) => {
    const b = (req.body ?? {}) as { username?: unknown; password?: unknown }
    const s = await signIn(runtime, b.username, b.password, { ip: req.ip ?? null, agent: req.headers['user-agent'] ?? null })
    reply.setCookie(COOKIE, s.token, { path: '/', httpOnly: true, sameSite: 'lax', secure: req.protocol === 'https', maxAge: SESSION_HOURS * 3600 })
    req.headers.authorization = undefined as never
    req.cookies[COOKIE] = s.token
    req.headers['x-requested-with'] = 'quancheng'
    return call(runtime, req, reply, {}, describe)
  })
  app.get('/api/session', (req, reply) => call(runtime, req, reply, { readOnly: true }, describe))
  app.delete('/api/session', async (req, reply) => {
    requireOrigin(req)
    const token = tokenOf(req)
    if (token) await signOut(runtime, token)
    return reply.clearCookie(COOKIE, { path: '/' }).code(204).send()
  })
  app.post('/api/session/password', (req, reply) => call(runtime, req, reply, {}, async ctx => {
    const b = z.object({ current: z.string(), password: z.string() }).parse(req.body)
    const [u] = await ctx.query<{ password_hash: string }>('select password_hash from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, ctx.user!.id])
    if (!u || !(await passwordMatches(u.password_hash, b.current))) return fail('PASSWORD_WRONG')
    requireStrong(b.password, ctx.user!.username)
    await setPassword(ctx, ctx.user!.id, b.password)
    await storeChange(elevated(ctx, 'own password'), ctx.entities.get('user'), ctx.user!.id, {}, { act: 'changePassword', note: {} })
    const mine = readSecret(tokenOf(req) ?? '')
    await endSessions(ctx, ctx.user!.id, mine?.hash)
    return undefined
  }))
  app.post('/api/password-reset', async (req, reply) => {
    const b = z.object({ token: z.string(), password: z.string() }).parse(req.body)
    const secret = readSecret(b.token) ?? fail('RESET_INVALID')
    await withTx(runtime.pool, { tenantId: secret.tenantId }, async tx => {
      const [r] = await tx.query<{ user_id: string; expires_at: Date; username: string }>(
        'delete from password_reset p using "user" u where p.tenant_id = $1 and p.token_hash = $2 and u.tenant_id = p.tenant_id and u.id = p.user_id returning p.user_id, p.expires_at, u.username', [secret.tenantId, secret.hash])
      if (!r || r.expires_at <= runtime.now()) fail('RESET_INVALID')
      requireStrong(b.password, r!.username)
      await tx.query('update "user" set password_hash = $3, must_change = false, wrong = 0, locked_until = null where tenant_id = $1 and id = $2', [secret.tenantId, r!.user_id, await hashPassword(b.password)])
      await tx.query('delete from session where tenant_id = $1 and user_id = $2', [secret.tenantId, r!.user_id])
      await asSystem(runtime, tx, secret.tenantId, 'reset link', ctx => storeChange({ ...ctx, ip: req.ip ?? null }, ctx.entities.get('user'), r!.user_id, {}, { act: 'passwordReset', note: {} }))
    })
    return reply.code(204).send()
  })
  // own data within limits (BH-7.2): anything beyond these four is refused as a whole
  app.patch('/api/me', (req, reply) => call(runtime, req, reply, {}, async ctx => {
    const parsed = ME.safeParse(req.body)
    if (!parsed.success) return fail('FORBIDDEN', { permission: 'user:update' })
    await update(elevated(ctx, 'own data'), ctx.entities.get('user'), ctx.user!.id, parsed.data as Record<string, unknown>)
    return describe(ctx)
  }))
}

export async function setPassword(ctx: Ctx, userId: string, password: string, mustChange = false): Promise<void> {
  const passwordHash = await hashPassword(password)
  await ctx.query('update "user" set password_hash = $3, must_change = $4, wrong = 0, locked_until = null where tenant_id = $1 and id = $2', [ctx.tenant.id, userId, passwordHash, mustChange])
}

