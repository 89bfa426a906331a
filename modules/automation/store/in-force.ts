import { known, type CompiledEntity, type Ctx, type Wants } from '@quancheng/kernel'
import { FeelError, type FeelExpression } from '@quancheng/process'
import { compile, conditionsOf } from '../rules/condition.ts'
import type { EventKind } from '../entities/index.ts'
import type { Action, Rule, Test } from '../rules/types.ts'

export interface RuleRow { id: string; version: number; name: string; off: boolean | null; entity: string; event: EventKind; act: string | null; fields: string[] | null; tests: Test[] | null; condition: string | null; unit_id: string | null; actions: Action[] | null; note: string | null; created_by: string | null; updated_by: string | null }

export const RULE_COLUMNS = 'id, version, name, off, entity, event, act, fields, tests, condition, unit_id, actions, note, created_by, updated_by'

export const toRule = (r: RuleRow): Rule => ({
  id: r.id, version: r.version, name: r.name, entity: r.entity, event: r.event, act: r.act, fields: r.fields ?? [], tests: r.tests ?? [], condition: r.condition, unitId: r.unit_id, actions: r.actions ?? [], editorId: r.updated_by ?? r.created_by,
})

/** A rule with its conditions compiled; `broken`: what it says can no longer be read (a field was taken away). */
export interface ReadyRule extends Rule { conditions: readonly FeelExpression[]; broken: string | null }

export function ready(entity: CompiledEntity | undefined, rule: Rule): ReadyRule {
  if (!entity) return { ...rule, conditions: [], broken: `没有对象 ${rule.entity}` }
  try { return { ...rule, conditions: conditionsOf(entity, rule).map(text => compile(entity, text)), broken: null } } catch (error) {
    if (error instanceof FeelError) return { ...rule, conditions: [], broken: error.message }
    throw error
  }
}

interface InForce { byEntity: ReadonlyMap<string, readonly ReadyRule[]>; wants: Wants }

export interface Happened { event: string; how: 'created' | 'changed' | 'removed'; fields: readonly string[] }

/** Is this the event that the rule waits for? A change counts whatever act made it; fields narrow it to those that were touched. */
export function meant(rule: Pick<Rule, 'event' | 'act' | 'fields'>, e: Happened): boolean {
  if (rule.event === 'act') return e.event.slice(e.event.indexOf('.') + 1) === rule.act
  return rule.event === e.how && (rule.event !== 'changed' || !rule.fields.length || rule.fields.some(f => e.fields.includes(f)))
}

/** The rules of the tenant that are on, by entity. Asked of the database once for each state of its reference data. */
export const inForce = (ctx: Ctx): Promise<InForce> => known(ctx, 'automation/rules', async () => {
  const rows = await ctx.query<RuleRow>(`select ${RULE_COLUMNS} from automation where tenant_id = $1 and not coalesce(off, false) order by created_at, id`, [ctx.tenant.id])
  const byEntity = new Map<string, ReadyRule[]>()
  for (const r of rows) byEntity.set(r.entity, [...(byEntity.get(r.entity) ?? []), ready(ctx.entities.find(r.entity), toRule(r))])
  return { byEntity, wants: new Map([...byEntity].map(([name, rules]) => [name, (e: Happened) => rules.some(r => meant(r, e))] as const)) }
})

export async function ruleById(ctx: Ctx, id: string): Promise<(ReadyRule & { off: boolean }) | null> {
  const [row] = await ctx.query<RuleRow>(`select ${RULE_COLUMNS} from automation where tenant_id = $1 and id = $2`, [ctx.tenant.id, id])
  return row ? { ...ready(ctx.entities.find(row.entity), toRule(row)), off: row.off ?? false } : null
}
