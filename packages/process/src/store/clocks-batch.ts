import { lockFree, together, type BatchHandler, type Ctx, type DueJob, type Locked, type Taken, type Together } from '@quancheng/kernel'
import { alarmsFree } from './alarms.ts'
import { fire } from './clocks.ts'
import { JOB_POOL, JOB_REMIND, JOB_SLA, JOB_TIMER } from './job-kinds.ts'
import { loadFree, type Loaded, type StepRow } from './load.ts'
import { VISITS, type CaseOf } from './visits.ts'

/*
 * Many due clocks at once: loaded with one query a table, moved on by the same code as one alone, written with one statement a table. What somebody
 * holds comes back a little later; what this way cannot do, or fails, is left to be done alone. Both lanes leave the same rows (clocks-batch.test.ts).
 */

/** What becomes of each job of a batch. */
class Sorted {
  readonly taken: Taken[] = []
  readonly alone: string[] = []
  readonly later: string[] = []
  readonly #batch: Together
  constructor(batch: Together) { this.#batch = batch }
  async take(job: DueJob, run: (ctx: Ctx) => Promise<void>): Promise<void> {
    // whatever goes wrong goes wrong again alone, where it is an incident or is tried again
    try { this.taken.push(await this.#batch.take(run)) } catch { this.alone.push(job.id) }
  }
}

/** The first job for each of what `of` names; the others must see what the first has done. */
function firstOf(jobs: readonly DueJob[], of: (job: DueJob) => string, sorted: Sorted): Map<string, DueJob> {
  const first = new Map<string, DueJob>()
  for (const job of jobs) { if (first.has(of(job))) sorted.alone.push(job.id); else first.set(of(job), job) }
  return first
}

const visitBatch = (kind: string): BatchHandler => async (ctx, jobs) => {
  const visit = VISITS[kind]!
  const batch = together(ctx), sorted = new Sorted(batch)
  const first = firstOf(jobs, j => String(j.payload.stepId), sorted)
  const ids = [...first.keys()]
  const steps = await ctx.query<StepRow>('select * from process_step where tenant_id = $1 and id = any($2) order by id for update skip locked', [ctx.tenant.id, ids], 'visit_steps')
  const due = steps.filter(s => visit.due(s))
  const mine = new Set(steps.map(s => s.id))
  const [cases, { free, alarms }, there] = await Promise.all([
    ctx.query<CaseOf & { id: string }>('select id, definition_id, entity, record_id, label from process_instance where tenant_id = $1 and id = any($2)', [ctx.tenant.id, due.map(s => s.instance_id)], 'visit_cases'),
    alarmsFree(ctx, visit.alarm, due.map(s => s.id)),
    mine.size < ids.length ? ctx.query<{ id: string }>('select id from process_step where tenant_id = $1 and id = any($2)', [ctx.tenant.id, ids], 'visit_there') : [],
  ])
  const caseOf = new Map(cases.map(c => [c.id, c]))
  for (const s of due) {
    const job = first.get(s.id)!, c = caseOf.get(s.instance_id)
    if (!c) sorted.alone.push(job.id)
    else if (free.has(s.id)) await sorted.take(job, own => visit.run(own, s, c, job.payload, { alarm: alarms.get(s.id) ?? null }))
    else sorted.later.push(job.id)
  }
  for (const { id } of there) if (!mine.has(id)) sorted.later.push(first.get(id)!.id)
  await batch.write(sorted.taken)
  return sorted
}

/** Can the timers of this case be done together with others? What has scopes, subscriptions or a waiting gate behind it goes alone. */
const plain = (c: Loaded): boolean => c.definition.process !== null && !c.definition.process.beyondSteps.length && c.instance.engine === null && c.instance.on_end === null

/** The records of cases, each locked; one that two cases share goes with the first. */
async function recordsOf(ctx: Ctx, cases: readonly Loaded[]): Promise<Map<string, Locked>> {
  const byEntity = Map.groupBy(cases.filter(c => c.instance.entity && c.instance.record_id && ctx.entities.find(c.instance.entity)), c => c.instance.entity!)
  const found = new Map<string, Locked>()
  for (const [name, list] of byEntity) {
    const locked = await lockFree(ctx, ctx.entities.get(name), list.map(c => c.instance.record_id!))
    for (const [id, record] of locked) found.set(`${name}/${id}`, record)
  }
  return found
}

const timerBatch: BatchHandler = async (ctx, jobs) => {
  const batch = together(ctx), sorted = new Sorted(batch)
  const first = firstOf(jobs, j => String(j.payload.instanceId), sorted)
  const { cases, held } = await loadFree(ctx, [...first.keys()])
  const active = [...cases.values()].filter(c => c.instance.state === 'active')
  const records = await recordsOf(ctx, active.filter(plain))
  for (const [id, job] of first) {
    const loaded = cases.get(id)
    if (held.has(id)) sorted.later.push(job.id)
    // a case that is gone: alone says what to do
    else if (!loaded) sorted.alone.push(job.id)
    else if (loaded.instance.state !== 'active') continue
    else if (!plain(loaded)) sorted.alone.push(job.id)
    else {
      const { entity, record_id: recordId } = loaded.instance
      const bound = entity && recordId && ctx.entities.find(entity) ? `${entity}/${recordId}` : null
      const record = bound === null ? null : records.get(bound)
      if (bound !== null) records.delete(bound)
      if (record === undefined) sorted.alone.push(job.id)
      else await sorted.take(job, own => fire(own, loaded, job.payload, record))
    }
  }
  await batch.write(sorted.taken)
  return sorted
}

export const clockBatches = { ...Object.fromEntries([JOB_SLA, JOB_POOL, JOB_REMIND].map(kind => [kind, visitBatch(kind)])), [JOB_TIMER]: timerBatch }
