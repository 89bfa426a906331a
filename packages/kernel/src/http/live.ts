import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { can } from '../access/access.ts'
import { withCaller } from '../access/session.ts'
import type { Runtime } from '../runtime.ts'
import { CHANNEL, type Notice } from '../store/notify.ts'
import { tokenOf } from './reply.ts'

/**
 * Live screens. PostgreSQL tells every process of every commit (LISTEN/NOTIFY); each process tells those of its open pages whose
 * reader may see the unit. A page is told only that something changed and reads it again through the front door, so a message
 * can never show what a list would not.
 */
interface Subscriber { tenantId: string; units: Set<string> | null; entities: Set<string>; send(n: Notice): void }

export interface Hub { subscribers: Set<Subscriber>; close(): Promise<void>; ready: Promise<void> }

export function startHub(runtime: Runtime, connect: () => pg.Client, onNotice: () => void): Hub {
  const subscribers = new Set<Subscriber>()
  let closed = false
  let client: pg.Client | null = null
  const listen = async (): Promise<void> => {
    client = connect()
    client.on('notification', m => {
      onNotice()
      if (!m.payload) return
      const n = JSON.parse(m.payload) as Notice
      for (const s of subscribers) if (s.tenantId === n.t && s.entities.has(n.e) && (!n.u || !s.units || s.units.has(n.u))) s.send(n)
    })
    client.on('error', () => {})
    client.on('end', () => { if (!closed) setTimeout(() => { if (!closed) void listen().catch(() => {}) }, 500).unref() })
    try { await client.connect(); await client.query(`listen ${CHANNEL}`) } catch (error) {
      runtime.log({ level: 'warn', msg: 'listen', error: (error as Error).message })
      await client.end().catch(() => {})
    }
  }
  const ready = listen()
  return { subscribers, ready, close: async () => { closed = true; await client?.end().catch(() => {}) } }
}

/** `GET /api/events`: server-sent events, with a heartbeat so that proxies keep the line open. */
export function liveRoutes(app: FastifyInstance, runtime: Runtime, hub: Hub): void {
  app.get('/api/events', async (req, reply) => {
    const subscriber = await withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true }, async ctx => {
      const entities = new Set(ctx.entities.all().filter(e => !e.internal && can(ctx.access, `${e.name}:read`, e)).map(e => e.name))
      const everything = [...ctx.access.grants.values()].some(s => s.has('all'))
      const rows = everything ? [] : await ctx.query<{ id: string }>(
        'select descendant_id as id from unit_closure where tenant_id = $1 and ancestor_id = $2', [ctx.tenant.id, ctx.access.regionId ?? ctx.access.unitId])
      return { tenantId: ctx.tenant.id, units: everything ? null : new Set(rows.map(r => r.id)), entities }
    })
    reply.hijack()
    const out = reply.raw
    out.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' })
    out.write('retry: 2000\nevent: hello\ndata: {}\n\n')
    const s: Subscriber = { ...subscriber, send: n => { out.write(`event: change\ndata: ${JSON.stringify({ entity: n.e, id: n.id, unitId: n.u, kind: n.k, at: n.at })}\n\n`) } }
    hub.subscribers.add(s)
    const beat = setInterval(() => out.write(': beat\n\n'), 20_000)
    req.raw.on('close', () => { clearInterval(beat); hub.subscribers.delete(s) })
  })
}
