import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify'
import { requirePermission } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { AppError } from '../errors.ts'
import type { ActionSpec } from '../module.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from '../store/tx.ts'
import { auditRoutes } from './audit-routes.ts'
import { countTry, requireTry } from '../store/rate-limit.ts'
import { relayed } from '../sync/relay.ts'
import { call, publicTenant } from './call.ts'
import { entityRoutes } from './entity-routes.ts'
import { liveRoutes, type Hub } from './live.ts'
import { openApi } from './openapi.ts'
import { recordRoutes } from './record-routes.ts'
import { localeOf, sendError } from './reply.ts'
import { sessionRoutes } from './session-routes.ts'
import { wordsFor } from './words.ts'

/** Tries that are being answered, by address: a hundred guesses sent at once are a hundred tries, not the first one a hundred times. */
const underWay = new Map<string, number>()

/** Runs an action within the tries that its address has left; a call that found nothing has used one up. */
async function limited<T>(runtime: Runtime, req: FastifyRequest, a: ActionSpec, run: () => Promise<T>): Promise<T> {
  if (!a.tries) return run()
  const tenantId = await publicTenant(runtime, req)
  const key = `${a.tries.name}/${req.ip}`
  const place = `${tenantId}/${key}`
  const value = a.tries.at ? (req.body as Record<string, unknown> | null)?.[a.tries.at.field] : undefined
  const at = a.tries.at && typeof value === 'string' ? { key: `${a.tries.name}/${a.tries.at.field}/${value.trim().toUpperCase().slice(0, 60)}`, max: a.tries.at.max, minutes: a.tries.at.minutes } : null
  const before = underWay.get(place) ?? 0
  underWay.set(place, before + 1)
  try {
    await requireTry(runtime, tenantId, key, a.tries, before)
    if (at) await requireTry(runtime, tenantId, at.key, { ...a.tries, ...at })
    return await run()
  } catch (error) {
    if (a.tries.count === 'failed' && error instanceof AppError && error.status === 404) for (const t of [{ key, minutes: a.tries.minutes }, ...(at ? [at] : [])]) await countTry(runtime, tenantId, t.key, t.minutes)
    throw error
  } finally {
    const left = (underWay.get(place) ?? 1) - 1
    if (left > 0) underWay.set(place, left)
    else underWay.delete(place)
  }
}

function actionRoute(app: FastifyInstance, runtime: Runtime, a: ActionSpec): void {
  const answer = (req: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    let seen: { ctx: Ctx; input: unknown } | null = null
    return limited(runtime, req, a, () => relayed(runtime, a, () => seen, () => call(runtime, req, reply, { ...(a.readOnly ? { readOnly: true } : {}), ...(a.status ? { status: a.status } : {}), public: a.permission === 'public' }, ctx => {
      if (a.permission !== 'public') {
        if (!ctx.user) throw new AppError('SIGN_IN_REQUIRED')
        if (ctx.access.outside && !a.outsiders) throw new AppError('FORBIDDEN', { permission: a.permission ?? a.name })
        if (a.permission) requirePermission(ctx.access, a.permission, ctx.entities.find(a.permission.split(':')[0]!) ?? null)
      }
      const given = { ...(a.method === 'GET' || a.method === 'DELETE' ? (req.query as object) : (req.body as object | null) ?? {}), ...(req.params as object) }
      const input = a.input ? a.input.parse(given, wordsFor(ctx.locale)) : given
      seen = { ctx, input: given }
      return a.run(ctx, input)
    })))
  }
  app.route({ method: a.method, url: a.path, handler: answer })
}

/** All routes of the program on one Fastify instance; listening and static files are the server app's business. */
export async function buildServer(runtime: Runtime, hub: Hub, o: { trustProxy?: boolean; onRoute?: (route: RouteOptions) => void } = {}): Promise<FastifyInstance> {
  const app = Fastify({ logger: false, bodyLimit: 2 * 1024 * 1024, trustProxy: o.trustProxy ?? false, routerOptions: { maxParamLength: 200 }, forceCloseConnections: true })
  if (o.onRoute) app.addHook('onRoute', o.onRoute)
  await app.register(cookie)
  app.decorateRequest('house', false)
  await app.register(multipart)
  app.setErrorHandler((error, req, reply) => sendError(runtime, req, reply, error))
  app.addHook('onSend', async (req, reply) => {
    if (req.url.startsWith('/api/')) reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff')
  })
  app.get('/api/health', async (_req, reply) => {
    try {
      await withTx(runtime.pool, { readOnly: true }, tx => tx.query('select 1'))
      return { status: 'ok', version: runtime.version, database: 'ok', at: runtime.now() }
    } catch { return reply.code(503).send({ ...new AppError('DATABASE_DOWN').body('zh-CN'), status: 'degraded' }) }
  })
  let document: unknown
  app.get('/api/openapi.json', () => (document ??= openApi(runtime)))
  sessionRoutes(app, runtime)
  for (const a of runtime.actions) actionRoute(app, runtime, a)
  entityRoutes(app, runtime)
  recordRoutes(app, runtime)
  liveRoutes(app, runtime, hub)
  auditRoutes(app, runtime)
  await app.register(async own => {
    own.addHook('onRequest', async req => { req.house = true })
    for (const m of runtime.modules) m.routes?.(own, runtime)
  })
  app.all('/api/*', (req, reply) => reply.code(404).send(new AppError('NOT_FOUND', { path: req.url.split('?')[0] }).body(localeOf(req) ?? 'zh-CN')))
  return app
}
