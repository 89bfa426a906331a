import { createHash } from 'node:crypto'
import { fail, newId, referenceChanged, type Ctx } from '@quancheng/kernel'
import { readEventLog, toActivityInstances, type LogCase, type LogProblem, type LogReadOptions } from '../log/index.ts'
import './errors.ts'

export interface ImportedLog { process: { key: string; name: string; id: string } | null; format: string; cases: number; events: number; steps: number; activities: number; people: number; problems: LogProblem[]; problemCount: number }

const BATCH = 4000

const slug = (name: string): string => name.toLowerCase().replace(/(\.(gz|xes|csv))+$/, '').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'log'

/**
 * An event log that nobody here made, as closed cases of a process of its own (XES or CSV, gzip as it is). Everything happens in the
 * caller's transaction: a file with any problem stores nothing and is reported row by row.
 */
export async function importLog(ctx: Ctx, source: string | AsyncIterable<Uint8Array> | Iterable<Uint8Array>, o: { name: string; check?: boolean; read?: LogReadOptions }): Promise<ImportedLog> {
  const read = await readEventLog(source, { timeZone: ctx.tenant.timeZone, ...o.read, name: o.name })
  const result: ImportedLog = { process: null, format: read.format, cases: read.counts.cases, events: read.counts.events, steps: 0, activities: read.counts.activities, people: 0, problems: read.problems, problemCount: read.counts.problems }
  const people = new Set<string>()
  for (const c of read.cases) for (const e of c.events) if (e.resource) people.add(e.resource)
  result.people = people.size
  if (!read.ok || o.check) return result
  const key = `log-${slug(o.name)}`
  const name = o.name.replace(/(\.(gz|xes|csv))+$/i, '').slice(0, 120) || key
  // two at once: the second waits for the first, then finds its name taken
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/${key}`])
  const taken = await ctx.query('select 1 from process_definition where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  if (taken.length) fail('LOG_EXISTS', { name })
  const id = newId()
  await ctx.query('insert into process_definition (tenant_id, id, key, version, name, kind, hash, created_at, created_by) values ($1,$2,$3,1,$4,$5,$6,$7,$8)',
    [ctx.tenant.id, id, key, name, 'log', createHash('sha256').update(`${key}/${id}`).digest('hex'), ctx.now(), ctx.user?.id ?? null])
  result.steps = await storeCases(ctx, id, read.cases)
  referenceChanged(ctx, 'meta')
  result.process = { key, name, id }
  return result
}

/** Rows go in by columns (unnest): several times faster than row by row, and one statement a batch. */
async function storeCases(ctx: Ctx, definitionId: string, cases: readonly LogCase[]): Promise<number> {
  let total = 0
  let instances = columns(6)
  let steps = columns(10)
  const flush = async (): Promise<void> => {
    if (instances[0]!.length) {
      await ctx.query(`insert into process_instance (tenant_id, definition_id, state, id, label, started_at, ended_at, variables, next_seq)
        select $1, $2, 'completed', * from unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[], $8::int[])`, [ctx.tenant.id, definitionId, ...instances])
    }
    if (steps[0]!.length) {
      await ctx.query(`insert into process_step (tenant_id, kind, state, id, instance_id, seq, node_id, name, resource, entered_at, started_at, finished_at, minutes, data)
        select $1, 'log', 'done', a, b, c, d, d, e, en, st, f, m, dt from unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::timestamptz[], $10::numeric[], $11::jsonb[]) as x(a, b, c, d, e, en, st, f, m, dt)`,
      [ctx.tenant.id, ...steps])
    }
    instances = columns(6)
    steps = columns(10)
  }
  for (const c of cases) {
    const rows = toActivityInstances(c)
    if (!rows.length) continue
    const instanceId = newId()
    const first = rows[0]!.enteredAt
    const last = rows.reduce((m, r) => { const t = r.finishedAt ?? r.startedAt ?? r.enteredAt; return t > m ? t : m }, first)
    push(instances, [instanceId, c.id.slice(0, 200), first, last, JSON.stringify(c.attributes), rows.length + 1])
    for (const r of rows) {
      push(steps, [newId(), instanceId, r.seq, r.activity.slice(0, 200), r.resource?.slice(0, 200) ?? null, r.enteredAt, r.startedAt, r.finishedAt,
        r.finishedAt ? Math.round((r.finishedAt.getTime() - r.enteredAt.getTime()) / 600) / 100 : null, JSON.stringify({ basis: r.basis })])
      total++
    }
    if (steps[0]!.length >= BATCH) await flush()
  }
  await flush()
  return total
}

const columns = (n: number): unknown[][] => Array.from({ length: n }, () => [])
const push = (into: unknown[][], values: unknown[]): void => { values.forEach((v, i) => into[i]!.push(v)) }
