import { AppError, fail, fieldLevel, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { isBlank, isShown, type FormScope } from '../engine/index.ts'
import type { FieldSpec, UserTaskSpec } from '../model/index.ts'

/*
 * What a task's form says beyond its fields: sections, help, defaults, and which fields are there just now. The browser is sent the
 * conditions with what they read, and shows at once what follows from what is typed; what counts is decided here when the act arrives.
 */

/** A field that is not on the form is not written either: whoever sends one has seen another form. Its stored value stays as it is. */
export function refuseHidden(task: Pick<UserTaskSpec, 'fields'>, sent: Iterable<string>, scope: FormScope, labelOf: (field: FieldSpec) => string): void {
  const names = new Set(sent), meter = { steps: 0 }
  for (const field of task.fields) if (field.visibleWhen && names.has(field.name) && !isShown(field, scope, meter)) fail('FIELD_HIDDEN', { field: labelOf(field) })
}

/** What people see of one field beyond its kind: how wide it stands, when it is there, what it begins with. */
export interface FormField { help?: string; width?: 'half' | 'full'; visibleWhen?: string; hidden?: true; suggested?: unknown }

/** `secret`: names whose values the reader may not know. A condition on one is not theirs to work out either: they are told what follows. */
export function formField(field: FieldSpec, scope: FormScope, suggested: Readonly<Record<string, unknown>>, secret: (name: string) => boolean): FormField {
  const told = field.visibleWhen && !field.visibleWhen.variables.some(secret)
  return {
    ...(field.help ? { help: field.help } : {}), ...(field.width ? { width: field.width } : {}),
    ...(told ? { visibleWhen: field.visibleWhen!.text } : {}), ...(isShown(field, scope) ? {} : { hidden: true as const }),
    ...(Object.hasOwn(suggested, field.name) ? { suggested: suggested[field.name] } : {}),
  }
}

/** The values that the conditions sent to the browser read, and nothing else of the case. */
export function scopeFor(task: Pick<UserTaskSpec, 'fields'>, scope: FormScope, secret: (name: string) => boolean): Record<string, unknown> {
  const conditions = task.fields.flatMap(f => (f.visibleWhen && !f.visibleWhen.variables.some(secret) ? [f.visibleWhen] : []))
  const names = new Set(conditions.flatMap(c => c.variables))
  return Object.fromEntries([...names].filter(n => Object.hasOwn(scope, n)).map(n => [n, scope[n]]))
}

/** May this caller read that value of the record? Names that are no fields are variables, which whoever wrote the form chose to show by it. */
export const secretOf = (ctx: Ctx, entity: CompiledEntity) => (name: string): boolean => {
  const field = entity.fields.get(name)
  if (!field) return false
  const level = fieldLevel(ctx.access, entity, field)
  return field.hidden === true || level === 'none' || level === 'mask'
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false, 是: true, 否: false }
const LONGEST = 4000

/** A variable's value as its form declares it; what says nothing becomes null. The complaint, as a Chinese sentence, where it is none. */
function variableValue(field: FieldSpec, value: unknown): { value: unknown } | { wrong: string } {
  if (isBlank(value)) return { value: null }
  const text = typeof value === 'string' ? value.trim() : value
  if (field.type === 'number') {
    const number = typeof text === 'string' ? Number(text) : text
    return typeof number === 'number' && Number.isFinite(number) ? { value: number } : { wrong: '应为数字' }
  }
  if (field.type === 'boolean') {
    const word = typeof text === 'boolean' ? text : typeof text === 'string' && Object.hasOwn(WORDS, text) ? WORDS[text] : undefined
    return word === undefined ? { wrong: '应为“是”或“否”' } : { value: word }
  }
  if (typeof text !== 'string') return { wrong: '应为文字' }
  if (field.type === 'date') {
    const day = DATE.test(text) ? new Date(`${text}T00:00:00Z`) : null
    return day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? { value: text } : { wrong: '应为日期，例如 2026-11-22' }
  }
  if (field.type === 'choice' && !field.options?.includes(text)) return { wrong: `只能是：${(field.options ?? []).join('、')}` }
  return [...text].length > LONGEST ? { wrong: `最多 ${LONGEST} 个字` } : { value: text }
}

/** Variables that a form declares, each as its type; all complaints at once. Those without a type are left as they came. */
export function variableValues(task: Pick<UserTaskSpec, 'fields'>, sent: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const problems: Array<{ field: string; code: string; message: string }> = []
  const values = Object.fromEntries(Object.entries(sent).map(([name, value]) => {
    const field = task.fields.find(f => f.name === name)
    if (!field?.type) return [name, value]
    const read = variableValue(field, value)
    if ('value' in read) return [name, read.value]
    problems.push({ field: name, code: 'TYPE', message: read.wrong })
    return [name, null]
  }))
  if (problems.length) throw new AppError('INVALID', { summary: problems.map(p => `${task.fields.find(f => f.name === p.field)?.label ?? p.field}：${p.message}`).join('；'), fields: problems })
  return values
}
