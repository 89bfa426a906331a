import { AppError, attempt, fail, lock, remove, storeChange, type Ctx } from '@quancheng/kernel'

/** Removes what a run made, newest first; what was changed since, or what others point to, stays and is counted. */
export async function takeBack(ctx: Ctx, runId: string): Promise<{ removed: number; kept: number }> {
  const locked = await lock(ctx, ctx.entities.get('importRun'), runId, 'read')
  if (locked.row.takenBackAt) fail('IMPORT_TAKEN_BACK')
  const target = ctx.entities.get(String(locked.row.target))
  const rows = await ctx.query<{ record_id: string; made: number; version: number | null }>(`select m.record_id, m.version as made, t.version from import_made m left join "${target.table}" t on t.tenant_id = m.tenant_id and t.id = m.record_id
    where m.tenant_id = $1 and m.run_id = $2 order by m.record_id desc`, [ctx.tenant.id, runId])
  let removed = 0, kept = 0
  for (const row of rows) {
    if (row.version === null) continue
    if (row.version > row.made) { kept++; continue }
    try { await attempt(ctx, () => remove(ctx, target, row.record_id)); removed++ } catch (error) {
      if (!(error instanceof AppError)) throw error
      kept++
    }
  }
  await ctx.query('delete from import_link l using import_made m where l.tenant_id = $1 and m.tenant_id = $1 and m.run_id = $2 and l.entity = m.entity and l.record_id = m.record_id and not exists (select 1 from "' + target.table + '" t where t.tenant_id = $1 and t.id = l.record_id)', [ctx.tenant.id, runId])
  await storeChange(ctx, ctx.entities.get('importRun'), runId, { takenBackAt: ctx.now(), kept }, { act: 'takeBack', locked })
  return { removed, kept }
}
