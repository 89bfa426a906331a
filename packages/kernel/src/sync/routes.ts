import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { makeSecret, hashSecret } from '../access/token.ts'
import { asSystem } from '../act.ts'
import type { Ctx } from '../context.ts'
import { AppError, fail } from '../errors.ts'
import { storeChange } from '../operations/write.ts'
import type { Runtime } from '../runtime.ts'
import { countTry, requireTry } from '../store/rate-limit.ts'
import { withTx } from '../store/tx.ts'
import { applyTransaction } from './apply-up.ts'
import { changesFor } from './down.ts'
import { asNode, catalogFor, NODE_TOKEN, planFor, requireSame, type Peer } from './node.ts'
import { commandsFor, takeAnswers } from './relay.ts'
import { handOver, snapshotFor } from './snapshot.ts'
import { headOfficeTriggers } from './travel.ts'

/*
 * What head office answers to its stations: they call, it never does, so that a shop's router needs nothing. Every call proves who it is with the
 * node's secret; the join is the one that brings a code that a person read out.
 */

const text = z.string().max(200)
const hello = z.object({ version: text, schema: text, now: z.iso.datetime() })
const JOIN = hello.extend({ code: z.string().trim().max(40) })
const tuple = z.record(z.string(), z.string().nullable())
const change = z.object({ table: text, op: z.enum(['insert', 'update', 'delete']), row: tuple, old: tuple.optional() })
const PUSH = hello.extend({ waiting: z.number().int().min(0), transactions: z.array(z.object({ lsn: z.string().regex(/^[0-9A-F]+\/[0-9A-F]+$/), at: z.iso.datetime(), changes: z.array(change) })).max(2000) })
const PULL = hello.extend({
  after: z.object({ xid: z.string().regex(/^\d+$/), id: z.number().int() }), again: z.array(z.object({ table: text, key: tuple })).max(100).default([]),
  answers: z.array(z.object({ id: z.uuid(), error: z.string().max(500).nullable() })).max(500).default([]),
})
/** one transaction of a station may carry a file of 20 MB, which is 40 MB in PostgreSQL's text form */
const BODY = 64 * 1024 * 1024
const TRIES = { name: 'node.join', max: 10, minutes: 15, count: 'failed' as const }

export function syncRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.post('/api/sync/join', async req => join(runtime, req, JOIN.parse(req.body)))
  app.post('/api/sync/snapshot', async (req, reply) => snapshot(runtime, req, reply, hello.parse(req.body)))
  app.post('/api/sync/ready', async req => asNode(runtime, req, async (ctx, peer) => {
    await handOver(ctx, peer)
    await ctx.query('update sync_peer set code_hash = null, code_until = null where tenant_id = $1 and node_id = $2', [ctx.tenant.id, peer.id])
    return { ready: true }
  }))
  app.post('/api/sync/push', { bodyLimit: BODY }, async req => {
    const body = PUSH.parse(req.body)
    return told(runtime, req, async () => {
      let last: string | null = null, applied = 0
      // each transaction of the station is one here: a program that is killed in between has taken whole ones
      for (const t of body.transactions) { if (await asNode(runtime, req, async (ctx, peer) => { await requireSame(ctx, body); return applyTransaction(ctx, peer, t) })) applied++; last = t.lsn }
      await asNode(runtime, req, (ctx, peer) => heard(ctx, peer, body, body.waiting))
      return { applied, lsn: last, now: runtime.now().toISOString(), version: runtime.version }
    })
  })
  app.post('/api/sync/pull', { bodyLimit: BODY }, async req => {
    const body = PULL.parse(req.body)
    return told(runtime, req, () => asNode(runtime, req, async (ctx, peer) => {
      await requireSame(ctx, body)
      await heard(ctx, peer, body)
      await takeAnswers(ctx, peer, body.answers)
      const answer = await changesFor(ctx, peer, body.after, body.again)
      await ctx.query('update sync_peer set down_xid = $3::text::xid8, down_id = $4 where tenant_id = $1 and node_id = $2', [ctx.tenant.id, peer.id, body.after.xid, body.after.id])
      const [tenant] = await ctx.query('select name, time_zone, settings from tenant where id = $1', [ctx.tenant.id])
      return { ...answer, commands: await commandsFor(ctx, peer), tenant, state: peer.state, now: runtime.now().toISOString(), version: runtime.version }
    }))
  })
}

const skew = (ctx: Ctx, now: string): number => Math.max(-2_000_000_000, Math.min(2_000_000_000, new Date(now).getTime() - ctx.now().getTime()))

async function heard(ctx: Ctx, peer: Peer, h: { version: string; now: string }, waiting?: number): Promise<void> {
  await ctx.query('update sync_peer set heard_at = $3, version = $4, clock_ms = $5, waiting = coalesce($6, waiting), error = null where tenant_id = $1 and node_id = $2', [ctx.tenant.id, peer.id, ctx.now(), h.version, skew(ctx, h.now), waiting ?? null])
}

/** A refusal is kept with the node, so that whoever looks at it at head office reads why it does not come on. */
async function told<T>(runtime: Runtime, req: FastifyRequest, run: () => Promise<T>): Promise<T> {
  try { return await run() } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL', message = error instanceof Error ? error.message : String(error)
    if (code !== 'NODE_UNKNOWN') await asNode(runtime, req, (ctx, peer) => ctx.query('update sync_peer set heard_at = $3, error = $4 where tenant_id = $1 and node_id = $2', [ctx.tenant.id, peer.id, ctx.now(), `${code} ${message}`.slice(0, 500)])).catch(() => {})
    throw error
  }
}

interface Waiting { tenant_id: string; tenant_code: string; tenant_name: string; time_zone: string; node_id: string; unit_id: string; unit_code: string; state: string }

/** The code says which node of which company; it is good until the station has everything, so that a broken line costs nothing but time. */
async function join(runtime: Runtime, req: FastifyRequest, body: z.infer<typeof JOIN>): Promise<unknown> {
  const [prefix = '', rest = ''] = body.code.toUpperCase().split('-', 2)
  const tenants = await withTx(runtime.pool, { readOnly: true }, tx => tx.query<{ id: string }>('select id from tenant where no = $1', [Number.parseInt(prefix, 36) || 0]))
  const tenantId = tenants[0]?.id
  if (!tenantId || !rest) return fail('NODE_CODE_WRONG')
  const key = `${TRIES.name}/${req.ip}`
  await requireTry(runtime, tenantId, key, TRIES, 0)
  const found = await withTx(runtime.pool, { tenantId }, tx => asSystem(runtime, tx, tenantId, 'station joins', async ctx => {
    const [w] = await ctx.query<Waiting>(
      `select n.tenant_id, t.code as tenant_code, t.name as tenant_name, t.time_zone, n.id as node_id, n.unit_id, u.code as unit_code, n.state from sync_peer p join sync_node n on n.tenant_id = p.tenant_id and n.id = p.node_id
       join tenant t on t.id = n.tenant_id join unit u on u.tenant_id = n.tenant_id and u.id = n.unit_id
       where p.tenant_id = $1 and p.code_hash = $2 and p.code_until > $3 and n.state in ('waiting', 'active') for update of p`, [tenantId, hashSecret(body.code.toUpperCase()), ctx.now()])
    if (!w) return null
    await requireSame(ctx, body)
    const { keys } = await catalogFor(runtime)
    await ctx.query('select sync_watch($1)', [JSON.stringify(headOfficeTriggers(planFor(runtime), keys))])
    const secret = makeSecret(tenantId, NODE_TOKEN)
    await ctx.query('update sync_peer set secret_hash = $3, heard_at = $4, version = $5, up_lsn = null where tenant_id = $1 and node_id = $2', [tenantId, w.node_id, secret.hash, ctx.now(), body.version])
    if (w.state === 'waiting') await storeChange(ctx, ctx.entities.get('syncNode'), w.node_id, { state: 'active', joinedAt: ctx.now() }, { act: 'join' })
    return { secret: secret.token, nodeId: w.node_id, unitId: w.unit_id, unitCode: w.unit_code, tenant: { id: w.tenant_id, code: w.tenant_code, name: w.tenant_name, timeZone: w.time_zone }, version: runtime.version, now: runtime.now().toISOString() }
  }))
  if (!found) { await countTry(runtime, tenantId, key, TRIES.minutes); return fail('NODE_CODE_WRONG') }
  return found
}

const SETTLE_MS = 60_000

/** Whoever began to write a row of this unit before it was the station's must have ended: then nothing more changes here. */
async function quiet(runtime: Runtime): Promise<void> {
  const [now] = await withTx(runtime.pool, {}, tx => tx.query<{ x: string }>('select pg_current_xact_id()::text as x'))
  for (const until = Date.now() + SETTLE_MS; ;) {
    const [r] = await withTx(runtime.pool, { readOnly: true }, tx => tx.query<{ ok: boolean }>('select pg_snapshot_xmin(pg_current_snapshot()) > $1::text::xid8 as ok', [now!.x]))
    if (r!.ok) return
    if (Date.now() > until) throw new AppError('DATABASE_DOWN')
    await new Promise(resolve => { setTimeout(resolve, 50) })
  }
}

async function snapshot(runtime: Runtime, req: FastifyRequest, reply: FastifyReply, body: z.infer<typeof hello>): Promise<FastifyReply> {
  const who = await asNode(runtime, req, async (ctx, peer) => { await requireSame(ctx, body); return { tenantId: ctx.tenant.id, peer } })
  await quiet(runtime)
  async function* lines(): AsyncGenerator<string> {
    const queue: string[] = []
    let wake: (() => void) | null = null, over = false, failed: unknown = null
    let room: (() => void) | null = null
    const done = withTx(runtime.pool, { tenantId: who.tenantId }, async tx => { await tx.query('set transaction isolation level repeatable read'); await asSystem(runtime, tx, who.tenantId, 'snapshot', async ctx => {
      const [at] = await ctx.query<{ xid: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xid')
      let rows = 0
      for await (const line of snapshotFor(ctx, who.peer)) {
        queue.push(JSON.stringify(line)); rows++
        wake?.()
        if (queue.length > 1000) await new Promise<void>(resolve => { room = resolve })
      }
      queue.push(JSON.stringify({ end: true, rows, position: { xid: at!.xid, id: 0 } }))
    }) }).catch((error: unknown) => { failed = error }).finally(() => { over = true; wake?.() })
    for (;;) {
      const next = queue.shift()
      if (next !== undefined) { if (queue.length < 500) { const r = room as (() => void) | null; room = null; r?.() } yield `${next}\n`; continue }
      if (over) break
      await new Promise<void>(resolve => { wake = resolve })
      wake = null
    }
    await done
    if (failed) throw failed
  }
  return reply.header('content-type', 'application/x-ndjson').send(Readable.from(lines()))
}
