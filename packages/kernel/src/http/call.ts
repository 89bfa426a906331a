import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { act } from '../act.ts'
import { withCaller } from '../access/session.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import type { Runtime } from '../runtime.ts'
import { withTx } from '../store/tx.ts'
import { localeOf, requireOrigin, tokenOf } from './reply.ts'

declare module 'fastify' {
  /** a module's own route: not for a partner's people */
  interface FastifyRequest { house: boolean }
}

export interface CallOptions { readOnly?: boolean; status?: number; public?: boolean }

/** Runs one request as one business act: who calls, one transaction, an answer that is sent after the commit. */
export async function call(runtime: Runtime, req: FastifyRequest, reply: FastifyReply, o: CallOptions, run: (ctx: Ctx) => Promise<unknown>): Promise<FastifyReply> {
  const locale = localeOf(req)
  const from = { ip: req.ip ?? null, ...(locale ? { locale } : {}), ...(o.readOnly ? { readOnly: true } : {}) }
  let result: unknown
  const asAnyone = async (): Promise<unknown> => act(runtime, { tenantId: await publicTenant(runtime, req), ...from }, ctx => answered(ctx, req, o, run), o.readOnly ? { readOnly: true } : {})
  if (o.public) {
    // a session that ran out or was ended is no reason to refuse what anybody may see
    let known = false
    result = await (tokenOf(req) ? withCaller(runtime, tokenOf(req), from, ctx => { known = true; requireOrigin(req); return answered(ctx, req, o, run) })
      .catch(error => { if (known) throw error; return asAnyone() }) : asAnyone())
  } else {
    requireOrigin(req)
    result = await withCaller(runtime, tokenOf(req), from, ctx => { if (ctx.access.outside && req.house) fail('FORBIDDEN', { permission: req.url.split('?')[0] }); return answered(ctx, req, o, run) })
  }
  if (result instanceof Answer) return reply.code(result.status).send(result.body)
  return reply.code(o.status ?? (result === undefined ? 204 : 200)).send(result)
}

/** An answer with a status of its own (207 of a bulk act). */
export class Answer {
  readonly status: number
  readonly body: unknown
  constructor(status: number, body: unknown) { this.status = status; this.body = body }
}

/** Public pages belong to the tenant named in the address (`?tenant=code`), or to the first one of the installation. */
export async function publicTenant(runtime: Runtime, req: FastifyRequest): Promise<string> {
  const code = (req.query as { tenant?: string }).tenant
  const rows = await withTx(runtime.pool, { readOnly: true }, tx => tx.query<{ id: string }>(
    'select id from tenant where $1::text is null or code = $1 order by no limit 1', [typeof code === 'string' ? code.toLowerCase() : null], 'tenant_public'))
  return rows[0]?.id ?? fail('NOT_FOUND', {})
}

/**
 * `Idempotency-Key`: the first request with a key does the act and keeps its answer in the same transaction; every later one gets
 * that answer. Two at once: the second waits on the key's row, then reads the first one's answer.
 */
async function answered(ctx: Ctx, req: FastifyRequest, o: CallOptions, run: (ctx: Ctx) => Promise<unknown>): Promise<unknown> {
  const key = req.headers['idempotency-key']
  if (req.method !== 'POST' || typeof key !== 'string' || !ctx.user) return run(ctx)
  if (key.length > 100) fail('BAD_REQUEST', { reason: 'Idempotency-Key 最长 100' })
  const hash = createHash('sha256').update(`${req.url}\n${JSON.stringify(req.body ?? null)}`).digest()
  const mine = await ctx.query('insert into idempotency (tenant_id, user_id, key, request_hash, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1',
    [ctx.tenant.id, ctx.user.id, key, hash, ctx.now()])
  if (!mine.length) {
    const [seen] = await ctx.query<{ request_hash: Buffer; status: number | null; body: unknown }>(
      'select request_hash, status, body from idempotency where tenant_id = $1 and user_id = $2 and key = $3', [ctx.tenant.id, ctx.user.id, key])
    if (!seen || !seen.request_hash.equals(hash)) return fail('IDEMPOTENCY_REUSED')
    return new Answer(seen.status ?? 200, seen.body ?? undefined)
  }
  const result = await run(ctx)
  const status = result instanceof Answer ? result.status : o.status ?? (result === undefined ? 204 : 200)
  await ctx.query('update idempotency set status = $4, body = $5 where tenant_id = $1 and user_id = $2 and key = $3',
    [ctx.tenant.id, ctx.user.id, key, status, JSON.stringify((result instanceof Answer ? result.body : result) ?? null)])
  return result
}
