import { can, fail, fieldLevel, offers, requireInUnit, scopesOf, type CompiledEntity, type CompiledField, type Ctx } from '@quancheng/kernel'
import { definitionByKey, FeelError, type FeelExpression } from '@quancheng/process'
import { compile, EXTRA_NAMES, namesOf, testToFeel } from '../rules/condition.ts'
import { placesOf } from '../rules/template.ts'
import { MAX_ACTIONS, MAX_CHANGES, MAX_TESTS } from '../rules/limits.ts'
import type { Action, RuleInput, Whom } from '../rules/types.ts'
import { asInput, newMeter } from './plan.ts'

const TEXTS = new Set(['text', 'phone', 'mail', 'code'])
const ORDERED = new Set(['integer', 'decimal', 'money', 'date', 'datetime'])

/** Refuses a rule that names what is not there or does what its editor may not. A saved rule acts with the system's rights, so this is the gate. */
export async function checkRule(ctx: Ctx, r: RuleInput): Promise<CompiledEntity> {
  const entity = ctx.entities.find(r.entity)
  if (!entity?.watchable || entity.internal || !can(ctx.access, `${r.entity}:read`, entity)) return fail('AUTOMATION_ENTITY', { entity: entity?.label[0] ?? r.entity })
  await checkReach(ctx, entity, 'read', r.unitId ?? null)
  if (r.event === 'act' && !/^[a-z][A-Za-z0-9]*$/.test(r.act ?? '')) fail('AUTOMATION_INCOMPLETE', { field: '动作的名称' })
  for (const name of r.event === 'changed' ? r.fields ?? [] : []) readable(ctx, entity, name, '哪些字段')
  checkConditions(ctx, entity, r)
  if (!r.actions.length) fail('AUTOMATION_INCOMPLETE', { field: '至少要有一个动作' })
  if (r.actions.length > MAX_ACTIONS) fail('AUTOMATION_TOO_MANY', { field: '动作', most: MAX_ACTIONS })
  for (const [i, a] of r.actions.entries()) await checkAction(ctx, entity, r, a, `动作第 ${i + 1} 个`)
  return entity
}

/** Refuses conditions that name what is not there or what the caller may not see. */
export function checkConditions(ctx: Ctx, entity: CompiledEntity, r: Pick<RuleInput, 'tests' | 'condition'>): void {
  if ((r.tests?.length ?? 0) > MAX_TESTS) fail('AUTOMATION_TOO_MANY', { field: '条件', most: MAX_TESTS })
  for (const [i, t] of (r.tests ?? []).entries()) checkTest(ctx, entity, t, `条件第 ${i + 1} 行`)
  if (r.condition) checkFeel(ctx, entity, r.condition, '更多条件')
}

/** A rule for everywhere needs the right everywhere; one for a unit, the right there. */
async function checkReach(ctx: Ctx, entity: CompiledEntity, verb: string, unitId: string | null): Promise<void> {
  const permission = `${entity.name}:${verb}`
  const scopes = scopesOf(ctx.access, entity, permission)
  if (!scopes) return fail('AUTOMATION_REACH', { what: permission })
  if (unitId && !entity.scope?.unit) return fail('AUTOMATION_FIELD', { where: '适用单位', field: entity.label[0] })
  if (scopes.has('all')) return
  if (unitId) return requireInUnit(ctx, permission, unitId)
  return fail('AUTOMATION_REACH', { what: `全部单位的“${entity.label[0]}”` })
}

function readable(ctx: Ctx, entity: CompiledEntity, name: string, where: string): CompiledField {
  const field = entity.fields.get(name) ?? [...entity.fields.values()].find(x => x.label[0] === name)
  if (!field || (field.hidden && field.name !== 'id')) return fail('AUTOMATION_FIELD', { where, field: name })
  const level = fieldLevel(ctx.access, entity, field)
  return level === 'edit' || level === 'read' ? field : fail('AUTOMATION_FIELD_FORBIDDEN', { where, field: field.label[0] })
}

function checkTest(ctx: Ctx, entity: CompiledEntity, t: NonNullable<RuleInput['tests']>[number], where: string): void {
  const field = readable(ctx, entity, t.field, where)
  if (['gt', 'ge', 'lt', 'le'].includes(t.op) && !ORDERED.has(field.type)) fail('AUTOMATION_VALUE', { where, field: field.label[0], reason: '不能比大小' })
  if (t.op === 'startsWith' && !TEXTS.has(field.type)) fail('AUTOMATION_VALUE', { where, field: field.label[0], reason: '不是文字' })
  const blank = t.value === undefined || t.value === null || t.value === ''
  if (t.op !== 'empty' && t.op !== 'notEmpty') {
    if (blank) fail('AUTOMATION_VALUE', { where, field: field.label[0], reason: '没有填要比较的值' })
    if (t.op !== 'contains' && t.op !== 'startsWith') checkValue(field, field.type === 'choices' || field.type === 'refs' ? [t.value] : t.value, where)
  }
  checkFeel(ctx, entity, testToFeel(field, t), where)
}

function checkValue(field: CompiledField, value: unknown, where: string): void {
  if (value === null || value === '') return
  try { field.kind.parse(value as never, field as never) } catch (error) { fail('AUTOMATION_VALUE', { where, field: field.label[0], reason: `的值不对：${(error as Error).message}` }) }
}

/** Compiles it; every name must be one that it will have, and no field that the editor may not see, by `old.` neither. */
function checkFeel(ctx: Ctx, entity: CompiledEntity, text: string, where: string): FeelExpression {
  const names = namesOf(entity)
  let feel: FeelExpression
  try { feel = compile(entity, text) } catch (error) {
    if (error instanceof FeelError) return fail('AUTOMATION_FEEL', { where, reason: error.message })
    throw error
  }
  const known = new Set<string>([...names.keys(), ...EXTRA_NAMES])
  for (const name of feel.variables) if (!known.has(name)) fail('AUTOMATION_FIELD', { where, field: name })
  for (const [name, of] of names) if (text.includes(name)) { const level = fieldLevel(ctx.access, entity, entity.fields.get(of)!); if (level !== 'edit' && level !== 'read') fail('AUTOMATION_FIELD_FORBIDDEN', { where, field: entity.fields.get(of)!.label[0] }) }
  return feel
}

async function checkWhom(ctx: Ctx, entity: CompiledEntity, w: Whom, where: string): Promise<void> {
  if (w.by === 'role' && !(await ctx.query('select 1 from role where tenant_id = $1 and code = $2 and not coalesce(off, false)', [ctx.tenant.id, w.role])).length) fail('AUTOMATION_ROLE', { where, role: w.role })
  if (w.by === 'user' && !(await ctx.query('select 1 from "user" where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, w.userId])).length) fail('AUTOMATION_PERSON', { where })
  if (w.by === 'field' && readable(ctx, entity, w.field, where).target !== 'user') fail('AUTOMATION_FIELD', { where, field: w.field })
}

async function checkAction(ctx: Ctx, entity: CompiledEntity, r: RuleInput, a: Action, where: string): Promise<void> {
  const texts = a.do === 'todo' ? [a.title, a.details ?? ''] : a.do === 'notice' ? [a.text] : []
  for (const name of texts.flatMap(placesOf)) readable(ctx, entity, name, where)
  if (a.do === 'todo' || a.do === 'notice') return checkWhom(ctx, entity, a.to, where)
  if (r.event === 'removed') fail('AUTOMATION_GONE', { what: a.do === 'change' ? '修改字段' : '发起流程' })
  if (a.do === 'start') return checkProcess(ctx, entity, r, a.process, where)
  if (!offers(entity, 'update')) fail('AUTOMATION_REACH', { what: `修改“${entity.label[0]}”` })
  await checkReach(ctx, entity, 'update', r.unitId ?? null)
  if (a.fields.length > MAX_CHANGES) fail('AUTOMATION_TOO_MANY', { field: '要修改的字段', most: MAX_CHANGES })
  for (const { field: name, value } of a.fields) {
    const field = entity.fields.get(name)
    if (!field || field.system || field.readOnly || field.immutable || field.hidden || field.type === 'serial' || field.type === 'json') return fail('AUTOMATION_FIELD', { where, field: field?.label[0] ?? name })
    if (fieldLevel(ctx.access, entity, field) !== 'edit') fail('AUTOMATION_FIELD_FORBIDDEN', { where, field: field.label[0] })
    const feel = checkFeel(ctx, entity, value, `${where}，“${field.label[0]}”`)
    // what depends on nothing has its value now: a wrong one is told now
    if (feel.variables.length) continue
    const fixed = asInput(field, feel.evaluate({}, newMeter()))
    if (fixed === null && field.required) fail('AUTOMATION_VALUE', { where, field: field.label[0], reason: '不能为空' })
    checkValue(field, fixed, where)
  }
}

async function checkProcess(ctx: Ctx, entity: CompiledEntity, r: RuleInput, key: string, where: string): Promise<void> {
  const found = await ctx.query("select 1 from process_definition where tenant_id = $1 and key = $2 and kind = 'bpmn' limit 1", [ctx.tenant.id, key])
  const process = found.length ? (await definitionByKey(ctx, key)).process : null
  if (!process || (process.binding && process.binding.entity !== entity.name)) return fail('AUTOMATION_PROCESS', { where, process: key })
  if (!process.binding) return can(ctx.access, 'process:start') ? undefined : fail('AUTOMATION_REACH', { what: '启动流程' })
  return checkReach(ctx, entity, 'startProcess', r.unitId ?? null)
}
