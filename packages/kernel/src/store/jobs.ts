import type { Ctx } from '../context.ts'
import { newId } from '../ids.ts'

export interface JobRequest {
  kind: string
  dueAt: Date
  payload?: Record<string, unknown>
  /** at most one waiting job per kind and key: asking again moves it */
  key?: string
}

/** Puts something on the list of what is due. It commits with the act that asks for it, and survives any restart. */
export async function schedule(ctx: Ctx, j: JobRequest): Promise<void> {
  ctx.send(
    `insert into job (tenant_id, id, kind, key, due_at, payload, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (tenant_id, kind, key) where key is not null do update set due_at = excluded.due_at, payload = excluded.payload, attempts = 0, dead = false, last_error = null`,
    [ctx.tenant.id, newId(), j.kind, j.key ?? null, j.dueAt, JSON.stringify(j.payload ?? {}), ctx.now()], 'job_schedule')
}

/** Takes jobs off the list, by kind and key. */
export async function unschedule(ctx: Ctx, kinds: readonly string[], keys: readonly string[]): Promise<void> {
  if (!keys.length) return
  ctx.send('delete from job where tenant_id = $1 and kind = any($2) and key = any($3)', [ctx.tenant.id, kinds, keys], 'job_unschedule')
}
