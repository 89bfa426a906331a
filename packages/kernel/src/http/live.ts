import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import pg from 'pg'
import { scopesOf } from '../access/access.ts'
import { withCaller } from '../access/session.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { AppError } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { CHANNEL, type Notice } from '../store/notify.ts'
import { tokenOf } from './reply.ts'

/**
 * Live screens. PostgreSQL tells every process of every commit (LISTEN/NOTIFY); each process tells those of its open pages whose
 * reader may see the unit. A page is told only that something changed and reads it again through the front door, so a message
 * can never show what a list would not.
 */
interface Reach { tenantId: string; userId: string; /** entity → units whose changes are told; null = all of the tenant */ entities: Map<string, ReadonlySet<string> | null> }
interface Subscriber extends Reach { send(n: Notice): void; /** reads the rights again; closes the line of somebody who has none any more */ renew(): void; end(): void }

export interface Hub { subscribers: Set<Subscriber>; close(): Promise<void>; ready: Promise<void> }

export function startHub(runtime: Runtime, connect: () => pg.Client, onWork: () => void): Hub {
  const subscribers = new Set<Subscriber>()
  let closed = false
  let client: pg.Client | null = null
  const listen = async (): Promise<void> => {
    client = connect()
    client.on('notification', m => {
      if (!m.payload) { onWork(); return }
      const n = JSON.parse(m.payload) as Notice
      if (n.w) onWork()
      const rights = runtime.metadata.base.find(n.e)?.affectsAccess
      for (const s of subscribers) {
        if (s.tenantId !== n.t) continue
        const units = s.entities.get(n.e)
        if (n.p ? n.p.includes(s.userId) : units === null || (units && (!n.u || units.has(n.u)))) s.send(n)
        if (rights && (n.e !== 'user' || n.id === s.userId)) s.renew()
      }
    })
    client.on('error', () => {})
    client.on('end', () => { if (!closed) setTimeout(() => { if (!closed) void listen().catch(() => {}) }, 500).unref() })
    try { await client.connect(); await client.query(`listen ${CHANNEL}`) } catch (error) {
      runtime.log({ level: 'warn', msg: 'listen', error: (error as Error).message })
      await client.end().catch(() => {})
    }
  }
  const ready = listen()
  return { subscribers, ready, close: async () => { closed = true; for (const s of subscribers) s.end(); await client?.end().catch(() => {}) } }
}

/** The units in which a person may read an entity, as far as they can be named; somebody's own rows are told by their unit. */
function unitsOf(ctx: Ctx, entity: CompiledEntity, below: (ancestor: string | null) => ReadonlySet<string>): ReadonlySet<string> | null | undefined {
  const scopes = scopesOf(ctx.access, entity, `${entity.name}:read`)
  if (!scopes) return undefined
  if (scopes.has('all') || !entity.scope) return null
  if (scopes.has('region')) return below(ctx.access.regionId ?? ctx.access.unitId)
  if (scopes.has('unitBelow')) return below(ctx.access.unitId)
  return new Set(ctx.access.unitId ? [ctx.access.unitId] : [])
}

async function reachOf(ctx: Ctx): Promise<Reach> {
  const ancestors = [ctx.access.unitId, ctx.access.regionId].filter(id => id !== null)
  const rows = await ctx.query<{ ancestor: string; id: string }>(
    'select ancestor_id as ancestor, descendant_id as id from unit_closure where tenant_id = $1 and ancestor_id = any($2)', [ctx.tenant.id, ancestors])
  const trees = new Map(ancestors.map(a => [a, new Set(rows.filter(r => r.ancestor === a).map(r => r.id))]))
  const entities: Reach['entities'] = new Map()
  for (const e of ctx.entities.all()) {
    const units = e.internal ? undefined : unitsOf(ctx, e, a => (a && trees.get(a)) || new Set())
    if (units !== undefined) entities.set(e.name, units)
  }
  return { tenantId: ctx.tenant.id, userId: ctx.user!.id, entities }
}

const HELLO = 'retry: 2000\nevent: hello\ndata: {}\n\n'
const BEAT = ': beat\n\n'
/** Bytes that may wait for a page that does not read (a laptop with its lid shut): beyond it the line is cut, and the page reads all again when it wakes. */
const MOST_WAITING = 256 * 1024

/** The head of a line of server-sent events, and how to write to it without keeping for a sleeper what nobody may ever read. */
function openLine(out: ServerResponse): (text: string) => void {
  out.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache, no-transform', connection: 'keep-alive', 'x-accel-buffering': 'no' })
  return text => { if (out.writableLength > MOST_WAITING) out.destroy(); else out.write(text) }
}

/** `GET /api/events`: server-sent events, with a heartbeat so that proxies keep the line open. */
export function liveRoutes(app: FastifyInstance, runtime: Runtime, hub: Hub): void {
  app.get('/api/events', async (req, reply) => {
    const reach = (): Promise<Reach> => withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true }, reachOf)
    const first = await reach()
    reply.hijack()
    const out = reply.raw
    if (out.destroyed) return // gone while we looked up what they may see: its close will not be told again
    const write = openLine(out)
    const s: Subscriber = {
      ...first,
      send: n => { write(`event: change\ndata: ${JSON.stringify({ entity: n.e, id: n.id, unitId: n.u, kind: n.k, at: n.at })}\n\n`) },
      end: () => { out.end() },
      renew: () => { reach().then(now => { s.entities = now.entities }, error => { if (error instanceof AppError && error.status < 500) out.end() }) },
    }
    hub.subscribers.add(s)
    write(HELLO)
    // a session that ran out is noticed here; one that was ended by a switched-off account at once, by its notice
    const beat = setInterval(() => { write(BEAT); s.renew() }, 20_000).unref()
    out.on('close', () => { clearInterval(beat); hub.subscribers.delete(s) })
  })
}

const HUB = 'live.hub'
const MOST_PUBLIC_LINES = 300
let publicLines = 0

export const keepHub = (runtime: Runtime, hub: Hub): void => { runtime.services.set(HUB, hub) }

/**
 * A line for a screen that nobody signed in to: it is told that something changed in these units, never what. So many at once at most, the next is
 * refused: a screen that is refused reads again by itself now and then.
 */
export function openPublicLine(runtime: Runtime, reply: FastifyReply, of: { tenantId: string; entities: ReadonlyMap<string, ReadonlySet<string>> }): void {
  const hub = runtime.services.get(HUB) as Hub | undefined
  if (!hub || publicLines >= MOST_PUBLIC_LINES) throw new AppError('TOO_MANY_TRIES', { minutes: 1 })
  reply.hijack()
  const out = reply.raw
  if (out.destroyed) return
  const write = openLine(out)
  const s: Subscriber = { tenantId: of.tenantId, userId: '', entities: new Map(of.entities), send: n => { if (n.u) write('event: change\ndata: {}\n\n') }, end: () => { out.end() }, renew: () => {} }
  hub.subscribers.add(s)
  publicLines++
  write(HELLO)
  const beat = setInterval(() => { write(BEAT) }, 20_000).unref()
  out.on('close', () => { clearInterval(beat); if (hub.subscribers.delete(s)) publicLines-- })
}
