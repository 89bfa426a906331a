import { known, type Ctx } from '@quancheng/kernel'
import type { DemandResolver, Demands, DemandsOn } from '@quancheng/process'
import { inForce, withinLimit, type RuleVersion } from './in-force.ts'
import { itemId, linesOf } from './lines.ts'

/** What the tree asks of the steps of one process: items before a step, and items after it that stop the next one. */
export interface NodeDemands { code: string; name: string; nodeId: string; before: string[]; after: string[] }

const rulesOf = (ctx: Ctx, key: string): Promise<RuleVersion[]> => known(ctx, `head-office-rules/${key}`, () => ctx.query<RuleVersion>(
  `select code, release, text, process_key as "processKey", node_id as "nodeId", kind, field_name as "fieldName", least, most, photos, in_force_from as "inForceFrom", withdrawn_at as "withdrawnAt"
   from head_office_rule where tenant_id = $1 and process_key = $2 and withdrawn_at is null`, [ctx.tenant.id, key]))

const nodesOf = (ctx: Ctx, key: string): Promise<NodeDemands[]> => known(ctx, `process-node-demands/${key}`, async () => {
  const rows = await ctx.query<{ code: string; name: string; node_id: string; must_before: string | null; must_after: string | null }>(
    "select code, name, node_id, must_before, must_after from process_node where tenant_id = $1 and process_key = $2 and node_id is not null and coalesce(must_before, must_after, '') <> '' order by code", [ctx.tenant.id, key])
  return rows.map(r => ({ code: r.code, name: r.name, nodeId: r.node_id, before: linesOf(r.must_before), after: linesOf(r.must_after) }))
})

interface Tick { node_id: string; finished_at: Date | null; ticked: Record<string, { at: string }> | null }
interface Feedback { node: NodeDemands; id: string; text: string }

/** After-items of what was done in this case and has no feedback since: they stop the next step. */
async function feedbackOwed(ctx: Ctx, o: DemandsOn, nodes: readonly NodeDemands[]): Promise<Feedback[]> {
  const asked = nodes.filter(n => n.after.length)
  if (!asked.length) return []
  const steps = await ctx.query<Tick>("select node_id, finished_at, data->'ticked' as ticked from process_step where tenant_id = $1 and instance_id = $2 and kind = 'user' and (state = 'done' or data ? 'ticked')", [ctx.tenant.id, o.caseId], 'feedback_owed')
  return asked.flatMap(node => {
    const last = steps.filter(s => s.node_id === node.nodeId && s.finished_at).map(s => s.finished_at!.getTime()).toSorted((a, b) => b - a)[0]
    if (last === undefined) return []
    return node.after.map(text => ({ node, id: itemId('after', node.code, text), text })).filter(f => !steps.some(s => s.finished_at && s.node_id !== node.nodeId && new Date(s.ticked?.[f.id]?.at ?? 0).getTime() >= last))
  })
}

async function photosThere(ctx: Ctx, o: DemandsOn): Promise<number> {
  if (!o.entity || !o.recordId) return 0
  const [row] = await ctx.query<{ n: number }>('select count(*)::int as n from attachment where tenant_id = $1 and entity = $2 and record_id = $3', [ctx.tenant.id, o.entity, o.recordId], 'attachments_of_record')
  return row!.n
}

/** Everything beyond its model that a step of this case must meet. Nobody is asked anything where no rule and no node names the process. */
export const resolveDemands: DemandResolver = async (ctx, o): Promise<Demands | null> => {
  const [rules, nodes] = [await rulesOf(ctx, o.key), await nodesOf(ctx, o.key)]
  if (!rules.length && !nodes.length) return null
  const mine = inForce(rules.filter(r => r.nodeId === o.nodeId), o.startedAt)
  const owed = await feedbackOwed(ctx, o, nodes)
  const here = nodes.filter(n => n.nodeId === o.nodeId)
  const photos = mine.some(r => r.kind === 'photo') ? await photosThere(ctx, o) : 0
  const must = (id: string, label: string) => ({ id, label, required: true, outcomes: null })
  return {
    items: [
      ...owed.map(f => must(f.id, `反馈（${f.node.name}）：${f.text}`)),
      ...here.flatMap(n => n.before.map(text => must(itemId('before', n.code, text), text))),
      ...mine.filter(r => r.kind === 'item').map(r => must(`rule:${r.code}`, r.text)),
    ],
    fields: mine.filter(r => r.kind === 'field' && r.fieldName).map(r => ({ name: r.fieldName!, label: labelled(ctx, o, r), required: true, readonly: false, outcomes: null })),
    refuse: record => mine.flatMap(r => (r.kind === 'photo' && photos < (r.photos ?? 1)) || (r.kind === 'limit' && !withinLimit(r, record[r.fieldName!])) ? [r.text] : []),
  }
}

/** The field by its own name, with what head office says of it. */
const labelled = (ctx: Ctx, o: DemandsOn, r: RuleVersion): string => {
  const own = o.entity ? ctx.entities.find(o.entity)?.fields.get(r.fieldName!)?.label[0] : undefined
  return `${own ?? r.fieldName!}（${r.text}）`
}
