import { AppError, call, fail, type ModuleSpec } from '@quancheng/kernel'
import { secretOf, signBody } from '@quancheng/notices'
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { takeReply } from '../store/reply.ts'

const REPLY = z.object({ id: z.string().min(1).max(120), from: z.string().min(1).max(40), text: z.string().min(1).max(2000), at: z.iso.datetime({ offset: true }).optional() })
const LIMIT = 16 * 1024
/** How far the gateway's clock may differ. Seconds. */
const WINDOW = 300

/**
 * What customers answer by SMS, from the gateway: `POST /api/hooks/sms/:channelId`, `{id, from, text, at?}`, signed as we sign what we send it: `x-timestamp` (seconds),
 * `x-signature` (hex HMAC-SHA256 over `<timestamp>.<body>` with the channel's key). The bytes are judged before they are read.
 */
export const replyRoutes: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  void app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: LIMIT }, (_req, body, done) => done(null, body))
    scope.post('/api/hooks/sms/:channelId', (req, reply) => call(runtime, req, reply, { public: true }, async ctx => {
      const { channelId } = req.params as { channelId: string }, body = typeof req.body === 'string' ? req.body : '', head = (name: string): string => { const v = req.headers[name]; return typeof v === 'string' ? v : '' }
      const [channel] = await ctx.query<{ id: string }>("select id from notice_channel where tenant_id = $1 and id::text = $2 and kind = 'sms' and not coalesce(off, false)", [ctx.tenant.id, channelId])
      const key = channel ? (await secretOf(ctx, channel.id)).key : undefined, seconds = Number(head('x-timestamp')), given = head('x-signature').replace(/^sha256=/, '').toLowerCase()
      // a channel that does not exist, or has no key, answers as a wrong signature does
      if (!key || !Number.isInteger(seconds) || !/^[0-9a-f]{64}$/.test(given) || !timingSafeEqual(Buffer.from(given, 'hex'), Buffer.from(signBody(key, seconds, body), 'hex'))) return fail('REPLY_SIGNATURE')
      if (Math.abs(ctx.now().getTime() / 1000 - seconds) > WINDOW) return fail('REPLY_TIME')
      let raw: unknown
      try { raw = JSON.parse(body) } catch { return fail('BAD_REQUEST', { reason: '不是 JSON' }) }
      const read = REPLY.safeParse(raw)
      if (!read.success) throw new AppError('BAD_REQUEST', { reason: read.error.issues.map(i => `${i.path.join('.')} ${i.message}`).join('；') })
      return takeReply(ctx, read.data)
    }))
  })
}
