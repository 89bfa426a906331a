import type { EntityMeta } from '@quancheng/ui'
import type { Test, Whom } from '../rules/types.ts'
import type { Choices, Draft } from './api.ts'
import { ta } from './texts.ts'

const DAYS = new Set(['date', 'datetime'])

export const opLabel = (op: Test['op'], type: string): string => (DAYS.has(type) && (op === 'gt' || op === 'ge' || op === 'lt' || op === 'le') ? ta(`${op}Date`) : ta(op))

/** How a field may be compared. */
export function opsOf(type: string, event: string): Test['op'][] {
  const became: Test['op'][] = event === 'changed' || event === 'act' ? ['became'] : []
  if (type === 'choices' || type === 'refs') return ['contains', 'ne', 'empty', 'notEmpty']
  if (type === 'integer' || type === 'decimal' || type === 'money') return ['eq', 'ne', 'gt', 'ge', 'lt', 'le', ...became, 'empty', 'notEmpty']
  if (DAYS.has(type)) return ['gt', 'ge', 'lt', 'le', 'empty', 'notEmpty']
  if (type === 'choice' || type === 'ref') return ['eq', 'ne', ...became, 'empty', 'notEmpty']
  if (type === 'boolean') return ['eq', ...became]
  return ['eq', 'ne', 'contains', 'startsWith', ...became, 'empty', 'notEmpty']
}

const fieldLabel = (entity: EntityMeta | undefined, name: string): string => entity?.fields.find(f => f.name === name)?.label ?? name
const shown = (entity: EntityMeta | undefined, t: Test): string => {
  const field = entity?.fields.find(f => f.name === t.field)
  if (t.value === true) return ta('yes')
  return field?.options?.find(o => o.value === t.value)?.label ?? (field?.ref ? '…' : String(t.value ?? ''))
}

export const whomText = (w: Whom, entity: EntityMeta | undefined, roles: Choices['roles']): string =>
  w.by === 'role' ? roles.find(r => r.code === w.role)?.name ?? w.role : w.by === 'field' ? fieldLabel(entity, w.field) : ta('byUser')

/** A rule as people would say it: 当…，如果…，就…。 */
export function sentence(rule: Pick<Draft, 'event' | 'act' | 'fields' | 'tests' | 'condition' | 'actions' | 'entity'>, entity: EntityMeta | undefined, choices: Choices | undefined): { when: string, ifs: string | null, then: string } {
  const roles = choices?.roles ?? []
  const label = entity?.label ?? choices?.entities.find(e => e.name === rule.entity)?.label ?? rule.entity
  const act = rule.act === 'move' || rule.act === 'startProcess' ? ta(rule.act) : rule.act ?? ''
  const what = rule.event === 'act' ? act : rule.event === 'changed' && rule.fields.length ? `${ta('changed')}（${rule.fields.map(f => fieldLabel(entity, f)).join('、')}）` : ta(rule.event)
  const ifs = [...rule.tests.map(t => { const type = entity?.fields.find(f => f.name === t.field)?.type ?? ''; return `${fieldLabel(entity, t.field)} ${opLabel(t.op, type)}${t.op === 'empty' || t.op === 'notEmpty' ? '' : ` ${shown(entity, t)}`}` }), ...(rule.condition ? [rule.condition] : [])]
  const then = rule.actions.map(a => {
    if (a.do === 'todo') return `${ta('todo')}：${whomText(a.to, entity, roles)}，“${a.title}”`
    if (a.do === 'notice') return `${ta('notice')}：${whomText(a.to, entity, roles)}`
    if (a.do === 'change') return `${ta('change')}：${a.fields.map(f => fieldLabel(entity, f.field)).join('、')}`
    return `${ta('start')}：${choices?.entities.find(e => e.name === rule.entity)?.processes.find(p => p.key === a.process)?.name ?? a.process}`
  })
  return { when: `${label}${what}`, ifs: ifs.length ? ifs.join(` ${ta('and')} `) : null, then: then.join('；') }
}
