import { fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { ValueProblem } from '../entity/types/index.ts'
import { AppError, fail, type FieldProblem } from '../errors.ts'
import { pick } from '../i18n.ts'

/** Input names → parsed values. All problems at once, each on its field, so that a form can show them together. */
export function normalise(ctx: Ctx, entity: CompiledEntity, input: Record<string, unknown>, act: 'create' | 'update'): Record<string, unknown> {
  const draft: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const [name, value] of Object.entries(input)) {
    if (name.startsWith('$') || (name === 'version' && act === 'update')) continue
    const field = entity.fields.get(name)
    if (!field || fieldLevel(ctx.access, entity, field) === 'none') { problems.push(problem(name, 'UNKNOWN_FIELD', '没有这个字段')); continue }
    if (!ctx.access.system) {
      if (field.system || field.readOnly || (field.immutable && act === 'update')) fail('FIELD_READ_ONLY', { field: pick(field.label, ctx.locale) })
      if (fieldLevel(ctx.access, entity, field) !== 'edit') fail('FIELD_FORBIDDEN', { field: pick(field.label, ctx.locale) })
    }
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0 && !field.required)) { draft[name] = field.type === 'refs' || field.type === 'choices' ? [] : null; continue }
    try { draft[name] = field.kind.parse(value, field as never) } catch (error) {
      if (!(error instanceof ValueProblem)) throw error
      problems.push(problem(name, error.code, error.message))
    }
  }
  if (problems.length) invalid(ctx, entity, problems)
  return draft
}

export const problem = (field: string, code: string, message: string): FieldProblem => ({ field, code, message })

export function invalid(ctx: Ctx, entity: CompiledEntity, fields: FieldProblem[]): never {
  const name = (p: FieldProblem): string => { const x = entity.fields.get(p.field); return x ? pick(x.label, ctx.locale) : p.field }
  throw new AppError('INVALID', { summary: fields.map(p => `“${name(p)}”${p.message}`).join('；'), fields })
}

/** Defaults of a new row, and what it must not lack. */
export function complete(ctx: Ctx, entity: CompiledEntity, draft: Record<string, unknown>): void {
  for (const field of entity.fields.values()) {
    if (field.system || (draft[field.name] !== undefined && draft[field.name] !== null)) continue
    if (field.default !== undefined && field.default !== null) draft[field.name] = field.type === 'json' ? field.default : field.kind.parse(field.default, field as never)
    else if (draft[field.name] === undefined) draft[field.name] = field.type === 'refs' || field.type === 'choices' ? [] : null
  }
}

export function requireFields(ctx: Ctx, entity: CompiledEntity, draft: Record<string, unknown>, only?: (f: CompiledField) => boolean): void {
  const missing = [...entity.fields.values()].filter(x => x.required && !x.system && x.type !== 'serial' && (!only || only(x)))
    .filter(x => { const v = draft[x.name]; return v === null || v === undefined || v === '' || (Array.isArray(v) && !v.length) })
  if (missing.length) invalid(ctx, entity, missing.map(x => problem(x.name, 'REQUIRED', '必填')))
}

/** An end must not lie before its start. `changed`: only what somebody touches is judged; what was stored before may stay as it is. */
export function requireOrder(ctx: Ctx, entity: CompiledEntity, row: Record<string, unknown>, changed: (name: string) => boolean): void {
  const wrong = [...entity.starts].filter(([end, start]) => (changed(end) || changed(start)) && row[end] && row[start] && order(row[end]) < order(row[start]))
  if (wrong.length) invalid(ctx, entity, wrong.map(([end, start]) => problem(end, 'ORDER', `不能早于“${pick(entity.fields.get(start)!.label, ctx.locale)}”`)))
}

/** Dates are texts of one form, moments are instants: each compares with its like. */
const order = (value: unknown): string | number => (value instanceof Date ? value.getTime() : String(value))
