import { AppError, attempt, type Ctx } from '@quancheng/kernel'
import { raiseIncident, type IncidentKind } from './incidents.ts'

/** Refusals of the engine: trying again would end the same way, so a person must look. Anything else is the job list's to try again. */
const REFUSED = new Set(['PROCESS_BROKEN', 'CASE_TOO_LARGE', 'NO_APPROVER', 'DECISION_TOO_COMPLEX', 'DECISION_UNKNOWN'])

/** Runs a job's work on a case. What the engine refuses is undone and becomes an incident that can put the job on the list again. */
export async function orIncident(ctx: Ctx, of: { instanceId: string; stepId?: string | null; nodeId: string | null; kind?: IncidentKind }, retry: { kind: string; payload: Record<string, unknown> }, run: () => Promise<void>): Promise<void> {
  try { await attempt(ctx, run) } catch (error) {
    if (!(error instanceof AppError) || !REFUSED.has(error.code)) throw error
    const [of_] = await ctx.query<{ id: string; entity: string | null; record_id: string | null; unit_id: string | null; label: string | null }>('select id, entity, record_id, unit_id, label from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, of.instanceId])
    if (!of_) return
    const reason = typeof error.details?.reason === 'string' ? error.details.reason : error.message
    await raiseIncident(ctx, of_, { kind: of.kind ?? 'job', stepId: of.stepId ?? null, nodeId: of.nodeId, code: error.code, message: reason, attempts: 1, retry })
  }
}
