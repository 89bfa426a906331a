import { AppError, attempt, fail, newId, schedule, unitsElsewhere, type Ctx } from '@quancheng/kernel'
import type { MappingAsked } from '../migration/index.ts'
import { JOB_MIGRATE } from './job-kinds.ts'
import { migrateHeld, type By } from './migrate-case.ts'
import { sentence, wayOf, type StoreProblem, type Way } from './migrate-plan.ts'

/*
 * Many cases, in the background. What is left to do is asked anew for every batch (still on the old version, not refused yet), and a batch
 * commits as a whole with the job that asks for the next one: killed anywhere, it goes on where it was, and no case goes over twice.
 */

/** cases of one transaction: so few that whoever waits for one of them does not notice */
export const BATCH = 25
/** somebody acts on the cases that are left: look again then */
const BUSY_SECONDS = 5

export interface MigrationRow {
  id: string; key: string; from: number; to: number; state: 'running' | 'done' | 'stopped'; total: number; done: number; refused: number; startedAt: Date; startedBy: string | null; endedAt: Date | null; endedBy: string | null; mapping: MappingAsked
}

const COLUMNS = `m.id, m.key, m.from_version as "from", m.to_version as "to", m.state, m.total, m.started_at as "startedAt", u.name as "startedBy", m.ended_at as "endedAt", e.name as "endedBy", m.mapping,
  (select count(*)::int from process_migration_case c where c.tenant_id = m.tenant_id and c.migration_id = m.id and c.state = 'done') as done,
  (select count(*)::int from process_migration_case c where c.tenant_id = m.tenant_id and c.migration_id = m.id and c.state = 'refused') as refused`
const FROM = 'from process_migration m left join "user" u on u.tenant_id = m.tenant_id and u.id = m.started_by left join "user" e on e.tenant_id = m.tenant_id and e.id = m.ended_by'

/** Errors: those of `wayOf`, MIGRATION_NONE, MIGRATION_RUNNING. */
export async function startMigration(ctx: Ctx, o: { key: string; from: number; to: number; mapping: MappingAsked; cases: readonly string[] | null }): Promise<MigrationRow> {
  const way = await wayOf(ctx, o.key, o.from, o.to, o.mapping)
  const [running] = await ctx.query("select 1 from process_migration where tenant_id = $1 and from_id = $2 and state = 'running'", [ctx.tenant.id, way.from.id])
  if (running) fail('MIGRATION_RUNNING', { version: o.from })
  const [count] = await ctx.query<{ n: number }>("select count(*)::int as n from process_instance where tenant_id = $1 and definition_id = $2 and state = 'active' and ($3::uuid[] is null or id = any($3)) and (unit_id is null or unit_id <> all($4))", [ctx.tenant.id, way.from.id, o.cases, [...await unitsElsewhere(ctx)]])
  if (!count!.n) fail('MIGRATION_NONE', { version: o.from })
  const id = newId()
  const [made] = await ctx.query(`insert into process_migration (tenant_id, id, key, from_version, to_version, from_id, to_id, mapping, cases, state, total, started_at, started_by)
    values ($1,$2,$3,$4,$5,$6,$7,$8,$9,'running',$10,$11,$12) on conflict (tenant_id, from_id) where state = 'running' do nothing returning id`,
    [ctx.tenant.id, id, o.key, o.from, o.to, way.from.id, way.to.id, JSON.stringify(o.mapping), o.cases, count!.n, ctx.now(), ctx.user?.id ?? null])
  if (!made) fail('MIGRATION_RUNNING', { version: o.from })
  await schedule(ctx, { kind: JOB_MIGRATE, dueAt: ctx.now(), payload: { id } })
  return (await migrationOf(ctx, id)).run
}

export const migrationsOf = (ctx: Ctx, key: string): Promise<MigrationRow[]> =>
  ctx.query<MigrationRow & Record<string, unknown>>(`select ${COLUMNS} ${FROM} where m.tenant_id = $1 and m.key = $2 order by m.started_at desc, m.id desc limit 50`, [ctx.tenant.id, key])

export interface RefusedLine { caseId: string; label: string; entity: string | null; recordId: string | null; at: Date; problems: StoreProblem[] }
/** refused cases that are listed; all are counted */
const LISTED = 500

/** One run with its progress and the cases that stayed, each with its reasons. `left`: still to come. */
export async function migrationOf(ctx: Ctx, id: string, key: string | null = null): Promise<{ run: MigrationRow; refused: RefusedLine[]; left: number }> {
  const [run] = await ctx.query<MigrationRow & Record<string, unknown>>(`select ${COLUMNS} ${FROM} where m.tenant_id = $1 and m.id = $2 and ($3::text is null or m.key = $3)`, [ctx.tenant.id, id, key])
  if (!run) return fail('NOT_FOUND', { id })
  const refused = await ctx.query<RefusedLine & Record<string, unknown>>(
    `select c.instance_id as "caseId", coalesce(i.label, '') as label, i.entity, i.record_id as "recordId", c.at, c.problems from process_migration_case c join process_instance i on i.tenant_id = c.tenant_id and i.id = c.instance_id
     where c.tenant_id = $1 and c.migration_id = $2 and c.state = 'refused' order by c.at, c.id limit ${LISTED}`, [ctx.tenant.id, id])
  const left = run.state === 'running' ? await leftOf(ctx, id) : 0
  return { run, refused, left }
}

const LEFT = `from process_instance i join process_migration m on m.tenant_id = i.tenant_id and m.from_id = i.definition_id where i.tenant_id = $1 and m.id = $2 and i.state = 'active' and (m.cases is null or i.id = any(m.cases)) and (i.unit_id is null or i.unit_id <> all($3))
  and not exists (select 1 from process_migration_case c where c.tenant_id = i.tenant_id and c.migration_id = m.id and c.instance_id = i.id)`
const leftOf = async (ctx: Ctx, id: string): Promise<number> => (await ctx.query<{ n: number }>(`select count(*)::int as n ${LEFT}`, [ctx.tenant.id, id, [...await unitsElsewhere(ctx)]]))[0]!.n

/** No more cases go over from here on; those that have gone stay where they are. Errors: NOT_FOUND, MIGRATION_OVER. */
export async function stopMigration(ctx: Ctx, id: string, key: string): Promise<MigrationRow> {
  const [row] = await ctx.query<{ state: string }>('select state from process_migration where tenant_id = $1 and id = $2 and key = $3 for update', [ctx.tenant.id, id, key])
  if (!row) return fail('NOT_FOUND', { id })
  if (row.state !== 'running') fail('MIGRATION_OVER')
  await end(ctx, id, 'stopped')
  return (await migrationOf(ctx, id)).run
}

const end = (ctx: Ctx, id: string, state: 'done' | 'stopped') => ctx.query('update process_migration set state = $3, ended_at = $4, ended_by = $5 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, state, ctx.now(), ctx.user?.id ?? null])

interface Run { key: string; from_version: number; to_version: number; mapping: MappingAsked; state: string; started_by: string | null; name: string | null }

/** One batch of a run. A case that somebody is acting on is left for later: nobody waits for a migration, and it waits for nobody. */
export async function migrateJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload.id)
  const [run] = await ctx.query<Run & Record<string, unknown>>('select m.key, m.from_version, m.to_version, m.mapping, m.state, m.started_by, (select name from "user" u where u.tenant_id = m.tenant_id and u.id = m.started_by) as name from process_migration m where m.tenant_id = $1 and m.id = $2 for update of m', [ctx.tenant.id, id])
  if (run?.state !== 'running') return
  const batch = await ctx.query<{ id: string }>(`select i.id ${LEFT} order by i.started_at, i.id limit ${BATCH} for update of i skip locked`, [ctx.tenant.id, id, [...await unitsElsewhere(ctx)]])
  if (!batch.length) {
    if (await leftOf(ctx, id)) return schedule(ctx, { kind: JOB_MIGRATE, dueAt: new Date(ctx.now().getTime() + BUSY_SECONDS * 1000), payload: { id } })
    await end(ctx, id, 'done')
    return
  }
  const way = await wayOf(ctx, run.key, run.from_version, run.to_version, run.mapping)
  for (const c of batch) await one(ctx, c.id, way, { id: run.started_by, name: run.name ?? '' }, id)
  await schedule(ctx, { kind: JOB_MIGRATE, dueAt: ctx.now(), payload: { id } })
}

/** What goes wrong with one case is undone, told of it and no other's business; with a database that is gone this very note fails, and the batch with it. */
async function one(ctx: Ctx, caseId: string, way: Way, by: By, runId: string): Promise<void> {
  const refused = await attempt(ctx, () => migrateHeld(ctx, caseId, way, by, runId)).then(
    done => (done.how === 'refused' ? done.problems : null),
    (error: unknown): StoreProblem[] => {
      // a batch that met another's locks is tried again as a whole
      if (['40P01', '40001'].includes(String((error as { code?: unknown }).code))) throw error
      const known = error instanceof AppError
      if (!known) ctx.runtime.log({ level: 'error', msg: 'migration failed', tenant: ctx.tenant.id, case: caseId, error: (error as Error).message })
      return [{ code: known ? error.code : 'INTERNAL', severity: 'refuse', nodeId: '', toId: null, message: known ? error.message : '程序出错，没有迁移；原因记在程序日志里' }]
    })
  if (!refused) return
  ctx.runtime.log({ level: 'info', msg: 'case not migrated', tenant: ctx.tenant.id, case: caseId, reason: sentence(refused) })
  await ctx.query('insert into process_migration_case (tenant_id, id, migration_id, instance_id, from_version, to_version, state, problems, at, by_id) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)',
    [ctx.tenant.id, newId(), runId, caseId, way.from.version, way.to.version, 'refused', JSON.stringify(refused), ctx.now(), by.id])
}

