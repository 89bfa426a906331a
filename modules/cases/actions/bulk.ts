import { createHash } from 'node:crypto'
import { AppError, fail, localeOf, newId, requireOrigin, requirePermission, toAppError, tokenOf, withCaller, type Ctx, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { CASE_ACT, isOfCase, MOST_CASES, type CaseAct, type CaseItem } from '../rules/acts.ts'
import { actOnOne } from './act-on-one.ts'

export interface CaseResult { caseId: string; stepId: string | null; label: string | null; ok: boolean; code?: string; message?: string; details?: Record<string, unknown> }
export interface ActedOn { act: CaseAct['act']; done: number; refused: number; results: CaseResult[] }

type Asked = (run: (ctx: Ctx) => Promise<unknown>) => Promise<unknown>

/**
 * One act on many cases: each in a transaction of its own, so that one that is refused undoes no other, and nobody waits for all of them. With an
 * `Idempotency-Key` what has been done leaves its mark in its own transaction: sent again, also after a breakdown half-way, nothing is done twice
 * and the answer is the same.
 */
export function bulkRoute(app: FastifyInstance, runtime: Runtime): void {
  app.post('/api/case-acts', async (req, reply) => {
    requireOrigin(req)
    const locale = localeOf(req)
    const asked: Asked = run => withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, ...(locale ? { locale } : {}) }, run)
    const mark = markOf(req)
    const begun = await asked(async ctx => {
      requirePermission(ctx.access, 'process:read')
      const act = CASE_ACT.parse(req.body ?? {})
      if (act.items.length > MOST_CASES) fail('CASES_TOO_MANY', { max: MOST_CASES })
      return { act, known: mark ? await knownAnswer(ctx, mark) : null, locale: ctx.locale }
    }) as { act: CaseAct; known: ActedOn | null; locale: Ctx['locale'] }
    if (begun.known) return reply.code(207).send(begun.known)
    const { act } = begun
    const results: CaseResult[] = []
    const first = new Map<string, CaseResult>()
    for (const item of act.items) {
      const same = isOfCase(act.act) ? item.caseId : `${item.caseId}/${item.stepId ?? ''}`
      const before = first.get(same)
      const result = before ? { ...before, stepId: item.stepId ?? null } : await one(runtime, asked, act, item, mark ? { ...mark, key: `${mark.key}/${same}` } : null, begun.locale)
      first.set(same, result)
      results.push(result)
    }
    const answer: ActedOn = { act: act.act, done: results.filter(r => r.ok).length, refused: results.filter(r => !r.ok).length, results }
    return reply.code(207).send(mark ? await asked(ctx => kept(ctx, mark, answer)) : answer)
  })
}

async function one(runtime: Runtime, asked: Asked, act: CaseAct, item: CaseItem, mark: Mark | null, locale: Ctx['locale']): Promise<CaseResult> {
  const at = { caseId: item.caseId, stepId: item.stepId ?? null }
  try {
    return await asked(async ctx => {
      if (mark && !(await claimed(ctx, mark))) return { ...at, label: await labelOf(ctx, item.caseId), ok: true }
      await actOnOne(ctx, act, item)
      return { ...at, label: await labelOf(ctx, item.caseId), ok: true }
    }) as CaseResult
  } catch (error) {
    const known = toAppError(error) ?? unexpected(runtime, error)
    // what is not theirs to see has no name for them either
    const label = known.code === 'NOT_FOUND' ? null : await asked(ctx => labelOf(ctx, item.caseId)).catch(() => null) as string | null
    return { ...at, label, ok: false, ...known.body(locale) }
  }
}

function unexpected(runtime: Runtime, error: unknown): AppError {
  const id = newId().slice(-12)
  runtime.log({ level: 'error', msg: 'case act failed', id, error: error instanceof Error ? error.stack ?? error.message : String(error) })
  return new AppError('INTERNAL', { id })
}

const labelOf = async (ctx: Ctx, caseId: string): Promise<string | null> =>
  (await ctx.query<{ label: string | null }>('select label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, caseId]))[0]?.label ?? null

interface Mark { key: string; hash: Buffer }

function markOf(req: FastifyRequest): Mark | null {
  const key = req.headers['idempotency-key']
  if (typeof key !== 'string') return null
  if (key.length > 100) fail('BAD_REQUEST', { reason: 'Idempotency-Key 最长 100' })
  return { key, hash: createHash('sha256').update(`${req.url}\n${JSON.stringify(req.body ?? null)}`).digest() }
}

/** false: this was done before under the same key. Two at once: the second waits here for the first. */
const claimed = async (ctx: Ctx, m: Mark): Promise<boolean> =>
  (await ctx.query('insert into idempotency (tenant_id, user_id, key, request_hash, at) values ($1, $2, $3, $4, $5) on conflict do nothing returning 1', [ctx.tenant.id, ctx.user!.id, m.key, m.hash, ctx.now()])).length > 0

async function knownAnswer(ctx: Ctx, m: Mark): Promise<ActedOn | null> {
  if (await claimed(ctx, m)) return null
  const [row] = await ctx.query<{ request_hash: Buffer; body: ActedOn | null }>('select request_hash, body from idempotency where tenant_id = $1 and user_id = $2 and key = $3', [ctx.tenant.id, ctx.user!.id, m.key])
  return row?.request_hash.equals(m.hash) ? row.body : fail('IDEMPOTENCY_REUSED')
}

/** The first answer under a key is the answer. */
async function kept(ctx: Ctx, m: Mark, answer: ActedOn): Promise<ActedOn> {
  await ctx.query('update idempotency set status = 207, body = $4 where tenant_id = $1 and user_id = $2 and key = $3 and body is null', [ctx.tenant.id, ctx.user!.id, m.key, JSON.stringify(answer)])
  return (await knownAnswer(ctx, m)) ?? answer
}
