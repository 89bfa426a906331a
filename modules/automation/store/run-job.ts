import { AppError, attempt, schedule, type Ctx } from '@quancheng/kernel'
import { closeAlarms } from '@quancheng/process'
import { carryOut, type Deed } from './carry-out.ts'
import { ruleById, type ReadyRule } from './in-force.ts'
import { newMeter, plan } from './plan.ts'
import { JOB_RUN, MAX_TRIES, settleRun, tryAgainSeconds, type Link, type RunRow } from './runs.ts'
import { stateAt } from './state.ts'
import { tellEditor } from './watch.ts'

/**
 * Carries out one run: all of its actions or none, in one transaction with the note that it is done. Killed in between, nothing has happened and
 * the job is still there; run again, the note says so. What fails is tried again later, and in the end waits for a person.
 */
export async function runJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const [run] = await ctx.query<RunRow & Record<string, unknown>>('select * from automation_run where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, payload.runId])
  if (run?.state !== 'waiting') return
  const rule = await ruleById(ctx, run.rule_id)
  const attempts = run.attempts + 1
  if (!rule || rule.off) return settleRun(ctx, run.id, { state: 'stopped', attempts, version: run.rule_version, error: rule ? '规则已停用' : '规则已删除' })
  const acting = actingFor(ctx, rule, run)
  try {
    const did = await attempt(acting, () => carry(acting, rule, run))
    settleRun(ctx, run.id, { state: 'done', attempts, version: rule.version, did })
    const [open] = await ctx.query("select 1 from automation_run where tenant_id = $1 and rule_id = $2 and id <> $3 and state = 'failed' limit 1", [ctx.tenant.id, rule.id, run.id])
    if (attempts > 1 && !open) await closeAlarms(ctx, [rule.id], ['automation'])
  } catch (error) {
    const reason = reasonOf(error)
    ctx.runtime.log({ level: 'warn', msg: 'automation failed', rule: rule.name, run: run.id, attempts, error: reason })
    const again = attempts < MAX_TRIES
    settleRun(ctx, run.id, { state: again ? 'waiting' : 'failed', attempts, version: rule.version, error: reason })
    if (again) await schedule(ctx, { kind: JOB_RUN, key: run.id, dueAt: new Date(ctx.now().getTime() + tryAgainSeconds(attempts) * 1000), payload: { runId: run.id } })
    else await tellEditor(ctx, rule, `自动化规则“${rule.name}”执行失败：${reason}`)
  }
}

/** The system acts, the rule is named as the reason, and the way to here travels with what it writes. */
function actingFor(ctx: Ctx, rule: ReadyRule, run: RunRow): Ctx {
  const chain: Link[] = [...run.chain, { rule: rule.id, name: rule.name, record: run.record_id }]
  return { ...ctx, reason: `自动化规则：${rule.name}`, cause: { automation: chain } }
}

async function carry(ctx: Ctx, rule: ReadyRule, run: RunRow): Promise<Deed[]> {
  const entity = ctx.entities.get(run.entity)
  const state = await stateAt(ctx, entity, run.record_id, run.record_version, run.at)
  const steps = await plan(ctx, entity, rule, run.record_id, state, newMeter())
  const did: Deed[] = []
  for (const [index, step] of steps.entries()) did.push(await carryOut(ctx, step, index, { rule, entity, recordId: run.record_id, state, runId: run.id }))
  return did
}

function reasonOf(error: unknown): string {
  const text = error instanceof AppError ? error.message : error instanceof Error ? error.message : String(error)
  return text.slice(0, 500)
}
