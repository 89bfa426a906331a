import { AppError, fail, read, type CompiledEntity, type CompiledField, type Ctx } from '@quancheng/kernel'
import { FEEL_LIMITS, FeelError, type FeelMeter } from '@quancheng/process'
import { compile } from '../rules/condition.ts'
import { fill } from '../rules/template.ts'
import type { Action, Rule } from '../rules/types.ts'
import type { ReadyRule } from './in-force.ts'
import type { State } from './state.ts'
import { whom, type Person } from './whom.ts'

/** What a rule would do to this record, worked out to names and values: the try-out shows it, a run carries it out. */
export type Step =
  | { do: 'todo'; to: Person; title: string; details: string | null; minutes: number }
  | { do: 'notice'; to: Person[]; text: string }
  | { do: 'change'; input: Record<string, unknown>; lines: { field: string; label: string; from: string | null; to: string | null }[] }
  | { do: 'start'; process: string }

export const newMeter = (): FeelMeter => ({ steps: FEEL_LIMITS.steps })

/** Do all conditions hold? What cannot be told does not hold. */
export function holds(rule: Pick<ReadyRule, 'conditions' | 'broken'>, state: State, meter: FeelMeter): boolean {
  if (rule.broken) throw new AppError('AUTOMATION_FEEL', { where: '条件', reason: rule.broken })
  return rule.conditions.every(c => c.evaluate(state.variables, meter) === true)
}

const asText = (field: CompiledField | undefined, value: unknown): string | null => {
  if (value === null || value === undefined || value === '') return null
  const option = (v: unknown): string => field?.options?.find(o => o.value === v)?.label[0] ?? String(v)
  if (Array.isArray(value)) return value.map(option).join('、')
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'object' ? JSON.stringify(value) : option(value)
}

/** What FEEL yields, as the field takes it from a form. */
export function asInput(field: CompiledField, value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value
  if (typeof value === 'object') return String(value)
  return typeof value === 'number' && field.type !== 'integer' ? String(value) : value
}

export async function plan(ctx: Ctx, entity: CompiledEntity, rule: Pick<Rule, 'actions' | 'unitId'>, recordId: string, state: State, meter: FeelMeter): Promise<Step[]> {
  const labels = state.gone ? {} : ((await read(ctx, entity, recordId)).$labels as Record<string, string> | undefined) ?? {}
  const byLabel = (name: string): CompiledField | undefined => entity.fields.get(name) ?? [...entity.fields.values()].find(x => x.label[0] === name)
  const valueOf = (name: string): string | null => { const field = byLabel(name); return field ? labels[field.name] ?? asText(field, (state.record ?? state.old)?.[field.name]) : null }
  const unitId = state.unitId ?? rule.unitId
  const stepOf = async (a: Action): Promise<Step> => {
    switch (a.do) {
      case 'todo': return { do: 'todo', to: (await whom(ctx, entity, a.to, state, unitId))[0], title: fill(a.title, valueOf).slice(0, 120), details: a.details ? fill(a.details, valueOf).slice(0, 2000) : null, minutes: a.minutes }
      case 'notice': return { do: 'notice', to: await whom(ctx, entity, a.to, state, unitId), text: fill(a.text, valueOf).slice(0, 200) }
      case 'start': return state.gone ? fail('AUTOMATION_GONE', { what: '发起流程' }) : { do: 'start', process: a.process }
      case 'change': return state.gone ? fail('AUTOMATION_GONE', { what: '修改字段' }) : changeStep(entity, a, state, meter)
    }
  }
  const steps: Step[] = []
  for (const a of rule.actions) steps.push(await stepOf(a))
  return steps
}

function changeStep(entity: CompiledEntity, a: Extract<Action, { do: 'change' }>, state: State, meter: FeelMeter): Step {
  const input: Record<string, unknown> = {}
  const lines = a.fields.map(({ field: name, value: feel }) => {
    const field = entity.fields.get(name) ?? fail('AUTOMATION_FIELD', { where: '修改字段', field: name })
    try { input[name] = asInput(field, compile(entity, feel).evaluate(state.variables, meter)) } catch (error) {
      if (error instanceof FeelError) return fail('AUTOMATION_FEEL', { where: `“${field.label[0]}”的值`, reason: error.message })
      throw error
    }
    return { field: name, label: field.label[0], from: asText(field, state.record?.[name]), to: asText(field, input[name]) }
  })
  return { do: 'change', input, lines }
}
