import { readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'

const CSP = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'self'"

/** The built web application: hashed files for a year, the page itself never; any other address is the application's own route. */
export async function serveWeb(app: FastifyInstance, dist: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dist, index: false, preCompressed: true,
    setHeaders: (reply, file) => { reply.header('cache-control', file.includes(`${path.sep}assets${path.sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache') },
  })
  const page = (): string => readFileSync(path.join(dist, 'index.html'), 'utf8') // read anew: a rebuild beside a running server names other files
  app.setNotFoundHandler((req, reply) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return reply.code(404).send({ code: 'NOT_FOUND', message: '没有这个地址', details: {} })
    if (/\.[a-z0-9]{2,5}$/i.test(req.url.split('?')[0]!) ) return reply.code(404).type('text/plain').send('not found')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').header('content-security-policy', CSP).header('x-frame-options', 'DENY').header('referrer-policy', 'same-origin').send(page())
  })
}
