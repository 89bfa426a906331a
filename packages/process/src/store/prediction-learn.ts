import { Worker } from 'node:worker_threads'
import { dayOf, referenceChanged, schedule, startOfDay, systemAct, unschedule, type Ctx, type Runtime } from '@quancheng/kernel'
import { sql } from 'kysely'
import { ENOUGH, type Learned, type LearnJob } from '../prediction/index.ts'
import { JOB_FORESEE, JOB_LEARN } from './job-kinds.ts'
import { aboutOf, caseJson } from './prediction-read.ts'
import { recordKinds } from './statistics.ts'

/*
 * Every night each process learns from its own cases. The job of a process reads what it needs and begins a thread; what the thread has learned is
 * stored in a transaction of its own. Until then the job stays on the list, a little later: a program that is killed meanwhile finds it there.
 */

export const LEARNING = {
  /** cases that ended earlier say nothing about today */
  months: 24,
  /** most cases that are read, the latest to begin */
  cases: 20_000,
  /** fewer newly ended cases since the last time: a night is skipped */
  few: 5,
  /** a predictor is trained anew after so many days, or when half as many cases again have ended */
  days: 7,
  megabytes: 768, seconds: 900, againMinutes: 20, tries: 3,
}

const BATCH = 2_000
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

interface Stored { key: string; version: number; predictor: string | null; cases: number; p80_offset: number; trained_at: Date | null; calibrated_at: Date | null; learned_at: Date }

/** One thread a program: learning is never in a hurry. */
const running = new WeakMap<Runtime, Promise<void>>()

/** Resolves when nothing is being learned in this program. */
export async function learningDone(runtime: Runtime): Promise<void> { await running.get(runtime) }

/** Puts the next night on the list: two hours after midnight and a little, tenants one after the other. */
async function scheduleNight(ctx: Ctx): Promise<void> {
  const today = startOfDay(dayOf(ctx.now(), ctx.tenant.timeZone), ctx.tenant.timeZone).getTime(), at = 2 * 3_600_000 + ((ctx.tenant.no * 7) % 150) * MINUTE_MS
  const dueAt = new Date(ctx.now().getTime() < today + at ? today + at : today + DAY_MS + at)
  await schedule(ctx, { kind: JOB_LEARN, key: 'night', dueAt })
}

/** The first time does not wait for the night: what there is of history is soon told. */
const FIRST_MINUTES = 15

/** At start: the first night, unless one is on the list already (one that was missed is made up for). */
export async function beginNights(ctx: Ctx): Promise<void> {
  const there = await ctx.query("select 1 from job where tenant_id = $1 and kind = $2 and key = 'night' and not dead", [ctx.tenant.id, JOB_LEARN])
  if (!there.length) await schedule(ctx, { kind: JOB_LEARN, key: 'night', dueAt: new Date(ctx.now().getTime() + FIRST_MINUTES * MINUTE_MS) })
}

/** Without a process: the night, which puts each process on the list. With one: that process. */
export async function learnJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  if (typeof payload.key === 'string') return learnOne(ctx, payload.key, Number(payload.tries ?? 0))
  const keys = await ctx.query<{ key: string }>("select distinct key from process_definition where tenant_id = $1 and kind = 'bpmn' order by key", [ctx.tenant.id])
  for (const { key } of keys) await schedule(ctx, { kind: JOB_LEARN, key: `of ${key}`, dueAt: ctx.now(), payload: { key } })
  await scheduleNight(ctx)
}

async function learnOne(ctx: Ctx, key: string, tries: number): Promise<void> {
  const now = ctx.now(), job = { kind: JOB_LEARN, key: `of ${key}` }
  const definitions = await ctx.query<{ id: string }>("select id from process_definition where tenant_id = $1 and key = $2 and kind = 'bpmn'", [ctx.tenant.id, key])
  const ids = definitions.map(d => d.id)
  const [was] = await ctx.query<Stored>('select key, version, predictor, cases, p80_offset, trained_at, calibrated_at, learned_at from process_prediction where tenant_id = $1 and key = $2', [ctx.tenant.id, key])
  if (tries >= LEARNING.tries || !(await worthIt(ctx, ids, was ?? null))) return
  if (running.has(ctx.runtime)) return schedule(ctx, { ...job, dueAt: new Date(now.getTime() + 30_000), payload: { key, tries } })
  const kinds = await recordKinds(ctx, ids), since = new Date(now.getTime() - LEARNING.months * 30.44 * DAY_MS)
  const cases = await readAll(ctx, ids, kinds, since)
  const ended = cases.ended, old = !was?.trained_at || now.getTime() - was.trained_at.getTime() >= LEARNING.days * DAY_MS
  const anew = !was?.predictor || old || ended >= 1.5 * was.cases
  const work: LearnJob = {
    cases: cases.texts, parts: aboutOf(ctx, kinds[0] ?? null), offset: offsetMinutes(ctx.tenant.timeZone, now), now: now.getTime(),
    keep: anew ? null : was.predictor, p80Offset: was?.p80_offset ?? 0, calibratedAt: was?.calibrated_at?.getTime() ?? 0, trainedAt: was?.trained_at?.getTime() ?? 0,
  }
  await schedule(ctx, { ...job, dueAt: new Date(now.getTime() + LEARNING.againMinutes * MINUTE_MS), payload: { key, tries: tries + 1 } })
  const { runtime, tenant } = ctx
  // not before the job is safely on the list again
  ctx.afterCommit(() => {
    const done = inThread(work).then(learned => systemAct(runtime, tenant.id, 'prediction', own => keep(own, key, learned, now)))
      .catch((error: unknown) => { runtime.log({ level: 'error', msg: 'learning failed', tenant: tenant.code, process: key, error: (error as Error).message }) })
      .finally(() => running.delete(runtime))
    running.set(runtime, done)
  })
}

/** Has enough happened since the last time? */
async function worthIt(ctx: Ctx, ids: string[], was: Stored | null): Promise<boolean> {
  if (!ids.length) return false
  if (was) {
    const [row] = await ctx.query<{ n: number }>("select count(*)::int as n from (select 1 from process_instance where tenant_id = $1 and definition_id = any($2) and state <> 'active' and ended_at > $3 limit $4) x", [ctx.tenant.id, ids, was.learned_at, LEARNING.few])
    return row!.n >= LEARNING.few || (row!.n > 0 && ctx.now().getTime() - was.learned_at.getTime() >= LEARNING.days * DAY_MS)
  }
  const [row] = await ctx.query<{ n: number }>("select count(*)::int as n from (select 1 from process_instance i join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.state = 'done' and s.kind = 'user' where i.tenant_id = $1 and i.definition_id = any($2) limit $3) x", [ctx.tenant.id, ids, ENOUGH])
  return row!.n >= ENOUGH
}

/** Each case as text: the thread parses, not this one. */
async function readAll(ctx: Ctx, ids: string[], kinds: readonly string[], since: Date): Promise<{ texts: string[]; ended: number }> {
  const texts: string[] = []
  let ended = 0
  let after: Position | null = null
  while (texts.length < LEARNING.cases) {
    const rows: ReadCase[] = await batch(ctx, ids, kinds, since, after)
    for (const r of rows) { texts.push(r.text); if (r.over) ended += 1 }
    const last = rows.at(-1)
    if (rows.length < BATCH || !last) break
    after = { at: last.at, id: last.id }
  }
  return { texts: texts.slice(0, LEARNING.cases), ended }
}

interface Position { at: string; id: string }
interface ReadCase extends Position { over: boolean; text: string }

async function batch(ctx: Ctx, ids: string[], kinds: readonly string[], since: Date, after: Position | null): Promise<ReadCase[]> {
  const beyond = after ? sql`and (i.started_at, i.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  return (await sql<ReadCase>`
      select i.id, i.started_at::text as at, i.state <> 'active' as over, ${caseJson(ctx, kinds)} as text from process_instance i
      where i.tenant_id = ${ctx.tenant.id} and i.definition_id = any(${ids}::uuid[]) and (i.state = 'active' or i.ended_at >= ${since}) ${beyond} order by i.started_at desc, i.id desc limit ${sql.lit(BATCH)}`.execute(ctx.db)).rows
}

/** Minutes east of UTC of a zone at a moment. */
function offsetMinutes(timeZone: string, at: Date): number {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' }).formatToParts(at).map(p => [p.type, Number(p.value)]))
  return Math.round((Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute) - Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS) / MINUTE_MS)
}

async function inThread(job: LearnJob): Promise<Learned> {
  const worker = new Worker(new URL('../prediction/worker.ts', import.meta.url), { workerData: job, resourceLimits: { maxOldGenerationSizeMb: LEARNING.megabytes } })
  // the program ends without waiting for it: the job is still on the list
  worker.unref()
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Learned>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`learning took more than ${LEARNING.seconds} seconds`)), LEARNING.seconds * 1000)
      timer.unref()
      worker.once('message', resolve)
      worker.once('error', reject)
      worker.once('exit', code => reject(new Error(`the learning thread ended with ${code}`)))
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

/** Stores what was learned and takes the job off the list. `at`: when it was read. */
async function keep(ctx: Ctx, key: string, l: Learned, at: Date): Promise<void> {
  const trained = l.predictor !== null
  await ctx.query(
    `insert into process_prediction (tenant_id, key, version, stages, predictor, choice, backtest, cases, p80_offset, trained_at, calibrated_at, learned_at) values ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $10)
     on conflict (tenant_id, key) do update set version = process_prediction.version + 1, stages = excluded.stages, learned_at = excluded.learned_at, p80_offset = coalesce($8, 0), calibrated_at = excluded.calibrated_at,
       predictor = coalesce(excluded.predictor, process_prediction.predictor), choice = coalesce(excluded.choice, process_prediction.choice), backtest = coalesce(excluded.backtest, process_prediction.backtest),
       cases = case when $11 then excluded.cases else process_prediction.cases end, trained_at = coalesce(excluded.trained_at, process_prediction.trained_at)`,
    [ctx.tenant.id, key, JSON.stringify(l.stages), l.predictor, l.choice, l.backtest ? JSON.stringify(l.backtest) : null, trained ? l.ended : 0, l.calibrated ?? 0, trained ? at : null, at, trained])
  referenceChanged(ctx, 'meta')
  await unschedule(ctx, [JOB_LEARN], [`of ${key}`])
  await schedule(ctx, { kind: JOB_FORESEE, key: 'minute', dueAt: ctx.now() })
}
