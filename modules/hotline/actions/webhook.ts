import { AppError, call, fail, type ModuleSpec } from '@quancheng/kernel'
import { z } from 'zod'
import { judge } from '../rules/signature.ts'
import { firstTime, take } from '../store/calls.ts'

const EVENT = z.object({
  eventId: z.string().min(1).max(120), callId: z.string().min(1).max(100), event: z.enum(['ring', 'answer', 'hangup', 'record']), at: z.iso.datetime({ offset: true }).optional(),
  direction: z.enum(['in', 'out']).optional(), phone: z.string().max(60).optional(), extension: z.string().max(20).optional(), recordUrl: z.url({ protocol: /^https?$/ }).max(500).optional(),
})
const LIMIT = 64 * 1024

/**
 * What happens on the telephone, from the telephone system: `POST /api/hooks/cti/:source`, headers `x-timestamp` (seconds since 1970) and
 * `x-signature` (HMAC-SHA256 of `timestamp.body` with the source's key, hex). The signature is over the bytes that were sent, so the body is
 * read as text here and nowhere parsed before it is known to be genuine.
 */
export const ctiRoutes: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  void app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LIMIT }, (_req, body, done) => done(null, body))
    scope.post('/api/hooks/cti/:source', (req, reply) => call(runtime, req, reply, { public: true }, async ctx => {
      const source = String((req.params as { source: string }).source).toUpperCase(), body = typeof req.body === 'string' ? req.body : ''
      const [known] = await ctx.query<{ secret: string }>('select k.secret from cti_source s join cti_secret k on k.tenant_id = s.tenant_id and k.source = s.code where s.tenant_id = $1 and s.code = $2 and not coalesce(s.off, false)', [ctx.tenant.id, source])
      const head = (name: string): string | undefined => { const v = req.headers[name]; return typeof v === 'string' ? v : undefined }
      // a source that does not exist answers as a wrong signature does
      const verdict = judge(known?.secret ?? '-', head('x-timestamp'), head('x-signature'), body, ctx.now())
      if (!known || verdict === 'signature') return fail('CTI_SIGNATURE')
      if (verdict === 'time') return fail('CTI_TIME')
      let raw: unknown
      try { raw = JSON.parse(body) } catch { return fail('BAD_REQUEST', { reason: '不是 JSON' }) }
      const parsed = EVENT.safeParse(raw)
      if (!parsed.success) throw new AppError('BAD_REQUEST', { reason: parsed.error.issues.map(i => `${i.path.join('.')} ${i.message}`).join('；') })
      if (!(await firstTime(ctx, source, parsed.data.eventId))) return { taken: false }
      return { taken: true, callId: await take(ctx, source, parsed.data) }
    }))
  })
}
