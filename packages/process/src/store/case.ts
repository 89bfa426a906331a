import { fail, lock, visible, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { plannedPath } from '../engine/index.ts'
import { definitionById } from './definitions.ts'
import { plain } from './held.ts'
import { runningInstance, type InstanceRow, type StepState, type VotePlace } from './load.ts'
import { foreseeCases, foreseeSteps, type CaseEta, type Eta } from './prediction.ts'
import { finishRow, TASK_COLUMNS, TASK_JOINS, type TaskRow } from './tasks.ts'

/** `for`: whom the person stood for; `added`: a signer whom somebody added; `votes`: the answers below an approval. */
export interface TimelineStep extends TaskRow {
  outcome: string | null; answer: string | null; comment: string | null; ticked: string[]; pauses: Array<{ from: string; to: string | null; reason: string }>
  actorName: string | null; forName: string | null; added: { byName: string | null; how: string } | null; handedFrom: string | null; gate: { caseId: string } | null; eta: Eta | null; votes?: TimelineStep[]
}

type RawStep = Parameters<typeof finishRow>[1] & {
  outcome: string | null; parent: string | null; actor: string | null; for_name: string | null; by_name: string | null; from_name: string | null
  data: { comment?: string; ticked?: Record<string, unknown>; vote?: VotePlace; gate?: { caseId: string } }
}

/** As they are asked: seat by seat, in each place by place. */
const inOrder = (votes: ReadonlyArray<TimelineStep & { parent: string | null; sits: readonly [number, number] }>): TimelineStep[] =>
  votes.toSorted((a, b) => a.sits[0] - b.sits[0] || a.sits[1] - b.sits[1]).map(({ parent: _, sits: __, ...v }) => v)

/** Every step of a case with who and how long, where it is on the picture, and what is planned next. `entity`: null for a case without a record. */
export async function caseCourse(ctx: Ctx, entity: CompiledEntity | null, row: Record<string, unknown>, i: Pick<InstanceRow, 'id' | 'definition_id' | 'state' | 'started_at' | 'ended_at' | 'end_node' | 'end_name' | 'variables'>) {
  const definition = await definitionById(ctx, i.definition_id)
  const name = (id: ReturnType<typeof sql>) => sql`(select w.name from "user" w where w.tenant_id = s.tenant_id and w.id = (${id})::uuid)`
  const { rows } = await sql<RawStep>`
    select ${TASK_COLUMNS}, s.outcome, s.data, s.parent_id as parent, coalesce(${name(sql`s.finished_by::text`)}, s.data->>'actor') as actor, ${name(sql`s.data->>'for'`)} as for_name, ${name(sql`s.data->'vote'->>'by'`)} as by_name, ${name(sql`s.data->'vote'->>'from'`)} as from_name
    from process_step s ${TASK_JOINS} where s.tenant_id = ${ctx.tenant.id} and s.instance_id = ${i.id} order by s.seq`.execute(ctx.db)
  const etas = await foreseeSteps(ctx, i.state === 'active' ? rows.filter(r => r.kind === 'user' && (r.state === 'waiting' || r.state === 'active')).map(r => r.id) : [])
  const all = await Promise.all(rows.map(async (r): Promise<TimelineStep & { parent: string | null; sits: readonly [number, number] }> => {
    const { data, outcome, parent, actor, for_name: forName, by_name: byName, from_name: handedFrom, ...raw } = r
    const node = definition.process?.nodes[r.nodeId]
    const label = outcome === 'return' ? '退回' : node?.type === 'userTask' ? node.task.outcomes.find(o => o.id === outcome)?.label ?? outcome : outcome
    return {
      ...(await finishRow(ctx, raw as never)), outcome: label, answer: outcome, comment: data.comment ?? null, ticked: Object.keys(data.ticked ?? {}), pauses: r.pauses, parent, actorName: actor, forName, handedFrom,
      sits: [data.vote?.seat ?? 0, data.vote?.place ?? 0] as const, added: data.vote?.how ? { byName, how: data.vote.how } : null, gate: data.gate ? { caseId: data.gate.caseId } : null, eta: etas.get(r.id) ?? null,
    }
  }))
  const votes = Map.groupBy(all.filter(s => s.parent), s => s.parent!)
  const steps: TimelineStep[] = all.filter(s => !s.parent).map(({ parent: _, sits: __, ...s }) => (votes.has(s.id) ? { ...s, votes: inOrder(votes.get(s.id)!) } : s))
  const open = steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state as StepState))
  const passed = steps.filter(s => s.state === 'done').map(s => s.nodeId)
  return {
    instance: { id: i.id, state: i.state, startedAt: i.started_at, endedAt: i.ended_at, endNode: i.end_node, endName: i.end_name },
    process: { key: definition.key, name: definition.name, version: definition.version },
    eta: (i.state === 'active' ? (await foreseeCases(ctx, [i.id])).get(i.id) ?? null : null) satisfies CaseEta | null,
    steps, planned: definition.process ? plannedPath(definition.process, { ...i.variables, ...(entity ? plain(entity, row) : {}) }).map(p => ({ nodeId: p.nodeId, name: p.name, ...(p.end ? { end: true } : {}) })) : [],
    current: [...new Set(open.map(s => s.nodeId))], done: [...new Set([...passed.filter(n => !open.some(s => s.nodeId === n)), ...(i.end_node ? [i.end_node] : [])])],
    xmlUrl: `/api/processes/${encodeURIComponent(definition.key)}/xml?version=${definition.version}`,
  }
}

/** The whole course of one record. */
export async function caseOf(ctx: Ctx, entityName: string, recordId: string) {
  const entity = ctx.entities.find(entityName)
  if (!entity || !visible(ctx, entity, 't')) return fail('NOT_FOUND', { id: recordId })
  const { row } = await lock(ctx, entity, recordId, 'read', { forUpdate: false })
  const instanceId = await runningInstance(ctx, entityName, recordId)
  if (!instanceId) return { instance: null, process: null, eta: null, steps: [], planned: [], current: [], done: [], others: [] }
  const rows = await ctx.query<InstanceRow & { name: string }>(
    'select i.*, d.name from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.record_id = $2 and i.entity = $3 order by i.started_at desc', [ctx.tenant.id, recordId, entityName])
  const i = rows.find(r => r.id === instanceId)!
  const others = rows.filter(r => r.id !== instanceId).map(r => ({ id: r.id, process: r.name, state: r.state, startedAt: r.started_at, endName: r.end_name }))
  return { ...(await caseCourse(ctx, entity, row, i)), others }
}
