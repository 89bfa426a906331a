import { newId, schedule, type Ctx } from '@quancheng/kernel'
import type { Deed } from './carry-out.ts'

export type RunState = 'waiting' | 'done' | 'failed' | 'stopped'
/** One rule that a rule's write set off, and so on: the way to here. */
export interface Link { rule: string; name: string; record: string }

export interface RunRow { id: string; rule_id: string; rule_name: string; rule_version: number; entity: string; record_id: string; record_version: number; label: string; event: string; at: Date; state: RunState; attempts: number; did: Deed[]; error: string | null; chain: Link[]; finished_at: Date | null }

export const JOB_RUN = 'automation.run'
/** Tries of one run; with the back-off below the last is about three minutes after the first. */
export const MAX_TRIES = 5
export const tryAgainSeconds = (attempts: number): number => 2 * 4 ** (attempts - 1)

export interface NewRun { rule: { id: string; name: string; version: number }; entity: string; recordId: string; version: number; label: string; event: string; at: Date; chain: readonly Link[]; /** not carried out: why */ stopped?: string }

/** Notes that a rule answers this event, and puts its work on the list. False: it has been answered already. */
export async function newRun(ctx: Ctx, r: NewRun): Promise<boolean> {
  const id = newId(), now = ctx.now()
  const rows = await ctx.query(
    `insert into automation_run (tenant_id, id, rule_id, rule_name, rule_version, entity, record_id, record_version, label, event, at, state, error, chain, finished_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict do nothing returning 1`,
    [ctx.tenant.id, id, r.rule.id, r.rule.name, r.rule.version, r.entity, r.recordId, r.version, r.label, r.event, r.at, r.stopped ? 'stopped' : 'waiting', r.stopped ?? null, JSON.stringify(r.chain), r.stopped ? now : null])
  if (!rows.length) return false
  if (!r.stopped) await schedule(ctx, { kind: JOB_RUN, key: id, dueAt: now, payload: { runId: id } })
  return true
}

export const settleRun = (ctx: Ctx, id: string, s: { state: RunState; attempts: number; version: number; did?: readonly Deed[]; error?: string | null }): void =>
  ctx.send('update automation_run set state = $3, attempts = $4, rule_version = $5, did = $6, error = $7, finished_at = $8 where tenant_id = $1 and id = $2',
    [ctx.tenant.id, id, s.state, s.attempts, s.version, JSON.stringify(s.did ?? []), s.error ?? null, s.state === 'waiting' ? null : ctx.now()])
