import { createHash } from 'node:crypto'
import { act, AppError, countTry, readSecret, requireTry, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { feedText, personOf } from '../store/feed.ts'

/** Wrong addresses from one place; an address itself has 256 random bits. */
const TRIES = { name: 'calendarFeed', max: 20, minutes: 10, count: 'failed' as const }

async function answer(runtime: Runtime, req: FastifyRequest<{ Params: { file: string } }>, reply: FastifyReply): Promise<FastifyReply> {
  const token = req.params.file.endsWith('.ics') ? req.params.file.slice(0, -4) : '', secret = readSecret(token)
  const none = (): FastifyReply => reply.code(404).header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('没有这个日历订阅，地址可能已更换或停用')
  if (!secret) return none()
  const key = `${TRIES.name}/${req.ip}`
  try {
    await requireTry(runtime, secret.tenantId, key, TRIES)
    const host = req.headers.host, origin = host && /^[\w.:[\]-]+$/.test(host) ? `${req.protocol}://${host}` : null
    const text = await act(runtime, { tenantId: secret.tenantId, ip: req.ip ?? null }, async ctx => { const person = await personOf(ctx, token); return person && feedText(ctx, person, origin) }, { readOnly: true })
    if (text === null) { await countTry(runtime, secret.tenantId, key, TRIES.minutes); return none() }
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 32)}"`
    reply.header('etag', etag).header('cache-control', 'private, max-age=300').header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
    if ((req.headers['if-none-match'] ?? '').split(',').some(e => e.trim().replace(/^W\//, '') === etag)) return reply.code(304).send()
    return reply.type('text/calendar; charset=utf-8').header('content-disposition', 'inline; filename="quancheng.ics"').send(text)
  } catch (error) {
    if (error instanceof AppError && error.status === 404) return none()
    if (error instanceof AppError && error.status === 429) return reply.code(429).type('text/plain; charset=utf-8').send(error.message)
    throw error
  }
}

/** 日历订阅 (CA-04): public by its address, which is the key. Not under /api: calendar programs read it as a file. */
export function feedRoute(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { file: string } }>('/cal/:file', (req, reply) => answer(runtime, req, reply))
}
