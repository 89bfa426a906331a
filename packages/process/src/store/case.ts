import { fail, lock, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { plannedPath } from '../engine/index.ts'
import { definitionById } from './definitions.ts'
import { plain } from './complete.ts'
import { runningInstance, type StepState } from './load.ts'
import { finishRow, TASK_COLUMNS, TASK_JOINS, type TaskRow } from './tasks.ts'

export interface TimelineStep extends TaskRow { outcome: string | null; comment: string | null; ticked: string[]; pauses: Array<{ from: string; to: string | null; reason: string }> }

/** The whole course of one record: where it is on the picture, every step with who and how long, and what is planned next. */
export async function caseOf(ctx: Ctx, entityName: string, recordId: string) {
  const entity = ctx.entities.find(entityName)
  if (!entity || !visible(ctx, entity, 't')) return fail('NOT_FOUND', { id: recordId })
  const { row } = await lock(ctx, entity, recordId, 'read', { forUpdate: false })
  const instanceId = await runningInstance(ctx, entityName, recordId)
  if (!instanceId) return { instance: null, process: null, steps: [], planned: [], current: [], done: [] }
  const [i] = await ctx.query<{ definition_id: string; state: string; started_at: Date; ended_at: Date | null; end_node: string | null; end_name: string | null }>(
    'select definition_id, state, started_at, ended_at, end_node, end_name from process_instance where tenant_id = $1 and id = $2', [ctx.tenant.id, instanceId])
  const definition = await definitionById(ctx, i!.definition_id)
  const { rows } = await sql<Parameters<typeof finishRow>[1] & { outcome: string | null; data: { comment?: string; ticked?: Record<string, unknown> } }>`
    select ${TASK_COLUMNS}, s.outcome, s.data from process_step s ${TASK_JOINS} where s.tenant_id = ${ctx.tenant.id} and s.instance_id = ${instanceId} order by s.seq`.execute(ctx.db)
  const steps: TimelineStep[] = await Promise.all(rows.map(async r => {
    const { data, outcome, ...raw } = r
    const node = definition.process?.nodes[r.nodeId]
    const label = node?.type === 'userTask' ? node.task.outcomes.find(o => o.id === outcome)?.label ?? outcome : outcome
    return { ...(await finishRow(ctx, raw as never)), outcome: label, comment: data.comment ?? null, ticked: Object.keys(data.ticked ?? {}), pauses: r.pauses }
  }))
  const open = steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state as StepState))
  return {
    instance: { id: instanceId, state: i!.state, startedAt: i!.started_at, endedAt: i!.ended_at, endNode: i!.end_node, endName: i!.end_name },
    process: { key: definition.key, name: definition.name, version: definition.version },
    steps, planned: definition.process ? plannedPath(definition.process, plain(entity, row)).map(p => ({ nodeId: p.nodeId, name: p.name, ...(p.end ? { end: true } : {}) })) : [],
    current: open.map(s => s.nodeId), done: [...new Set(steps.filter(s => s.state === 'done').map(s => s.nodeId)), ...(i!.end_node ? [i!.end_node] : [])],
    xmlUrl: `/api/processes/${encodeURIComponent(definition.key)}/xml?version=${definition.version}`,
  }
}
