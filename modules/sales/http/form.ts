import { act, AppError, call, publicTenant, requireTry, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { formOf, takeForm } from '../store/web-lead.ts'
import { formPage, saidPage } from './page.ts'

const TRIES = { name: 'leadForm', max: 10, minutes: 10, count: 'all' as const }
type Asked = FastifyRequest<{ Params: { token: string }; Body: Record<string, unknown> | null; Querystring: { tenant?: string } }>

const ownOrigin = (req: Asked): string => `${req.protocol}://${req.headers.host ?? ''}`
const originOf = (req: Asked): string | null => (typeof req.headers.origin === 'string' && req.headers.origin !== 'null' ? req.headers.origin : null)
const limited = async (runtime: Runtime, req: Asked): Promise<void> => requireTry(runtime, await publicTenant(runtime, req), `${TRIES.name}/${req.ip}`, TRIES)

/** Another site's page may send it: which sites, the form says. No cookie goes along. */
const open = (req: Asked, reply: FastifyReply): FastifyReply => reply.header('access-control-allow-origin', originOf(req) ?? '*').header('vary', 'origin').header('access-control-allow-methods', 'POST').header('access-control-allow-headers', 'content-type').header('access-control-max-age', '600')

// in a frame on anybody's page, with no script, no picture and nothing from elsewhere
const PAGE = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'origin', 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors *" }

/** 线索表单 (CU-13): one address for pages that embed it, one for programs. Both come to the same act. */
export function formRoutes(root: FastifyInstance, runtime: Runtime): void {
  void root.register(async app => {
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 32_768 }, (_req, body, done) => { done(null, Object.fromEntries(new URLSearchParams(String(body)))) })
    const path = '/api/public/lead-forms/:token/leads'
    app.options(path, async (req, reply) => open(req as Asked, reply).code(204).send())
    app.post(path, async (request, reply) => {
      const req = request as Asked
      open(req, reply)
      await limited(runtime, req)
      return call(runtime, req, reply, { public: true, status: 202 }, ctx => takeForm(ctx, req.params.token, req.body ?? {}, originOf(req), ownOrigin(req)))
    })
    const from = async (req: Asked) => ({ tenantId: await publicTenant(runtime, req), ip: req.ip ?? null })
    app.get('/lead-form/:token', async (request, reply) => {
      const req = request as Asked
      try {
        const html = await act(runtime, await from(req), async ctx => formPage(await formOf(ctx, req.params.token), ctx.now(), {}, null, req.query.tenant ?? null), { readOnly: true })
        return reply.headers(PAGE).send(html)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        return reply.code(error.status).headers(PAGE).send(saidPage('打不开', error.message))
      }
    })
    app.post('/lead-form/:token', async (request, reply) => {
      const req = request as Asked, body = req.body ?? {}
      try {
        await limited(runtime, req)
        const { thanks } = await act(runtime, await from(req), ctx => takeForm(ctx, req.params.token, body, originOf(req), ownOrigin(req)))
        return await reply.headers(PAGE).send(saidPage('已提交', thanks))
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        if (error.status === 404 || error.status === 429) return reply.code(error.status).headers(PAGE).send(saidPage('没有提交', error.message))
        const html = await act(runtime, await from(req), async ctx => formPage(await formOf(ctx, req.params.token), ctx.now(), body, error, req.query.tenant ?? null), { readOnly: true })
        return reply.code(error.status).headers(PAGE).send(html)
      }
    })
  })
}
