import { can, defineAction, fail, list, schedule, visible, type Ctx } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import type { Deed } from '../store/carry-out.ts'
import { JOB_RUN, type Link, type RunState } from '../store/runs.ts'

const PAGE = 50
interface Run { id: string; ruleId: string; ruleName: string; ruleVersion: number; entity: string; recordId: string; label: string; event: string; at: Date; state: RunState; attempts: number; did: Deed[]; error: string | null; chain: Link[]; finishedAt: Date | null }

/** The runs of the rules that the caller may look at with this verb. */
function reach(ctx: Ctx, verb: string): RawBuilder<boolean> {
  const rule = visible(ctx, ctx.entities.get('automation'), 'a', verb) ?? fail('FORBIDDEN', { permission: `automation:${verb}` })
  return sql<boolean>`x.tenant_id = ${ctx.tenant.id} and exists (select 1 from automation as a where a.id = x.rule_id and ${rule})`
}

async function runs(ctx: Ctx, q: { ruleId?: string | undefined; recordId?: string | undefined; state?: RunState | undefined; after?: string | undefined }): Promise<{ items: Run[]; next: string | null }> {
  const { rows } = await sql<Run>`select x.id, x.rule_id as "ruleId", x.rule_name as "ruleName", x.rule_version as "ruleVersion", x.entity, x.record_id as "recordId", x.label, x.event, x.at, x.state, x.attempts, x.did, x.error, x.chain, x.finished_at as "finishedAt"
    from automation_run x where ${reach(ctx, 'read')} ${q.ruleId ? sql`and x.rule_id = ${q.ruleId}` : sql``} ${q.recordId ? sql`and x.record_id = ${q.recordId}` : sql``} ${q.state ? sql`and x.state = ${q.state}` : sql``}
      ${q.after ? sql`and x.id < ${q.after}` : sql``} order by x.id desc limit ${sql.lit(PAGE + 1)}`.execute(ctx.db)
  const shown = rows.slice(0, PAGE)
  const names = await namesOf(ctx, shown)
  return { items: shown.map(r => ({ ...r, label: names.get(r.recordId) ?? r.label })), next: rows.length > PAGE ? rows[PAGE - 1]!.id : null }
}

/** The names of records as the caller may see them now: out of reach they keep what the log has, which is nobody's personal data. */
async function namesOf(ctx: Ctx, runs: readonly Run[]): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  for (const name of new Set(runs.map(r => r.entity))) {
    const entity = ctx.entities.find(name)
    if (!entity || !can(ctx.access, `${name}:read`, entity)) continue
    const ids = [...new Set(runs.filter(r => r.entity === name).map(r => r.recordId))]
    for (const row of (await list(ctx, entity, { filter: { id: { in: ids } }, limit: PAGE })).items) names.set(row.id as string, entity.display.map(n => row[n] ?? '').join(' ').trim())
  }
  return names
}

export const runActions = [
  defineAction({
    name: 'automationRuns', label: ['自动化执行记录', 'Automation runs'], method: 'GET', path: '/api/automation/runs', permission: 'automation:read', readOnly: true,
    input: z.object({ ruleId: z.uuid().optional(), recordId: z.uuid().optional(), state: z.enum(['waiting', 'done', 'failed', 'stopped']).optional(), after: z.uuid().optional() }), run: runs,
  }),
  defineAction({
    name: 'retryAutomationRun', label: ['重试一次自动化', 'Retry a run'], method: 'POST', path: '/api/automation/runs/:id/retry', permission: 'automation:edit', status: 200, input: z.object({ id: z.uuid() }),
    async run(ctx, { id }) {
      const { rows: [found] } = await sql<{ id: string; state: RunState }>`select x.id, x.state from automation_run x where ${reach(ctx, 'edit')} and x.id = ${id} for update of x`.execute(ctx.db)
      if (!found) return fail('NOT_FOUND', { id })
      if (found.state !== 'failed' && found.state !== 'stopped') return fail('AUTOMATION_RETRY')
      // a person has looked: what was one circle may go round once more from here
      ctx.send("update automation_run set state = 'waiting', error = null, finished_at = null where tenant_id = $1 and id = $2", [ctx.tenant.id, id])
      await schedule(ctx, { kind: JOB_RUN, key: id, dueAt: ctx.now(), payload: { runId: id } })
      return { id, state: 'waiting' }
    },
  }),
]
