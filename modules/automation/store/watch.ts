import { AppError, unitAndAbove, type Ctx, type OutboxEvent, type WatchedChange } from '@quancheng/kernel'
import { FeelError, raiseAlarm } from '@quancheng/process'
import { inForce, meant, type ReadyRule } from './in-force.ts'
import { holds, newMeter } from './plan.ts'
import { newRun, type Link } from './runs.ts'
import { stateAt, type State } from './state.ts'

/** A rule's write may set off others: so many in a row, then it is stopped. */
export const MAX_CHAIN = 5
/** One rule on one record in ten minutes; more is a circle that goes through something else (a process, a person's script). */
export const MAX_OFTEN = 20

/** What a delivered change means for the tenant's rules: each that it answers gets a run of its own, carried out by a job of its own. */
export async function onChange(ctx: Ctx, e: OutboxEvent & { change: WatchedChange }): Promise<void> {
  const entity = ctx.entities.find(e.entity)
  const happened = { event: e.event, how: e.change.how, fields: e.change.fields }
  const rules = ((await inForce(ctx)).byEntity.get(e.entity) ?? []).filter(r => meant(r, happened))
  if (!entity || !rules.length) return
  const state = await stateAt(ctx, entity, e.recordId, e.change.version, e.at)
  const chain = (e.change.cause as { automation?: Link[] } | undefined)?.automation ?? []
  for (const rule of rules) {
    const verdict = await judged(ctx, rule, state, { recordId: e.recordId, at: e.at, chain })
    if (verdict === null) continue
    const isNew = await newRun(ctx, { rule, entity: e.entity, recordId: e.recordId, version: e.change.version, label: state.label, event: e.event, at: e.at, chain, ...(verdict === true ? {} : { stopped: verdict }) })
    if (isNew && verdict !== true) await tellEditor(ctx, rule, `自动化规则“${rule.name}”被制止：${verdict}`)
  }
}

/** true: it runs; null: it is not meant; a sentence: why it is not carried out. One rule that cannot be told stops no other. */
async function judged(ctx: Ctx, rule: ReadyRule, state: State, on: { recordId: string; at: Date; chain: readonly Link[] }): Promise<true | null | string> {
  if (rule.unitId && !(state.unitId && (await unitAndAbove(ctx, state.unitId)).includes(rule.unitId))) return null
  try { if (!holds(rule, state, newMeter())) return null } catch (error) {
    if (error instanceof FeelError || error instanceof AppError) return `条件无法计算：${error.message}`
    throw error
  }
  const way = [...on.chain.map(l => l.name), rule.name].join(' → ')
  if (on.chain.some(l => l.rule === rule.id && l.record === on.recordId)) return `规则循环：${way}`
  if (on.chain.length >= MAX_CHAIN) return `规则一环扣一环超过 ${MAX_CHAIN} 层：${way}`
  const [often] = await ctx.query<{ n: number }>("select count(*)::int as n from automation_run where tenant_id = $1 and rule_id = $2 and record_id = $3 and at > $4::timestamptz - interval '10 minutes'", [ctx.tenant.id, rule.id, on.recordId, on.at])
  return (often?.n ?? 0) >= MAX_OFTEN ? `十分钟内对同一条记录执行了 ${MAX_OFTEN} 次` : true
}

/** Something a person must look at: one alarm a rule, for whoever wrote it last. */
export const tellEditor = (ctx: Ctx, rule: { id: string; unitId: string | null; editorId: string | null }, title: string): Promise<string> =>
  raiseAlarm(ctx, { kind: 'automation', title: title.slice(0, 200), entity: 'automation', recordId: rule.id, stepKey: rule.id, stage: null, unitId: rule.unitId, ownerId: rule.editorId, recipientIds: rule.editorId ? [rule.editorId] : [] })
