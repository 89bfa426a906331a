import { can, list, pick, read, type CompiledEntity, type CompiledField, type Ctx, type Row, type Runtime } from '@quancheng/kernel'
import type { Placeholder } from '../rules/fill/docx.ts'
import { SELF, type FillScope, type FillValue } from '../rules/fill/value.ts'

/** What a module adds to an entity's fields: amounts in words, lines of an order, … Names as they stand in the template. */
export type TemplateData = (ctx: Ctx, id: string) => Promise<FillScope>
export interface TemplateExtras { data: TemplateData; /** the names it gives, for the list beside the template; rows: [name, names within] */ names?: ReadonlyArray<string | readonly [string, readonly string[]]> }

const place = (entity: string): string => `documents.data/${entity}`

/** For modules, in their `start`: what records of `entity` offer to templates beside their fields. */
export const registerTemplateData = (runtime: Runtime, entity: string, data: TemplateData, names: TemplateExtras['names'] = []): void => {
  const have = (runtime.services.get(place(entity)) as TemplateExtras[] | undefined) ?? []
  runtime.services.set(place(entity), [...have, { data, names }])
}
const extrasOf = (ctx: Ctx, entity: string): TemplateExtras[] => (ctx.runtime.services.get(place(entity)) as TemplateExtras[] | undefined) ?? []

const MAX_ROWS = 1000
const shown = (f: CompiledField): boolean => !f.hidden || f.name === 'id'
const labelOf = (ctx: Ctx, e: { label: readonly [string, string] }): string => pick(e.label, ctx.locale)

function timeText(ctx: Ctx, at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(at)
}

function valueOf(ctx: Ctx, field: CompiledField, row: Row): FillValue {
  const value = row[field.name]
  if (value === null || value === undefined || value === '') return null
  const option = (v: unknown): string => { const o = field.options?.find(x => x.value === v); return o ? pick(o.label, ctx.locale) : String(v) }
  switch (field.type) {
    case 'ref': return String((row.$labels as Record<string, string> | undefined)?.[field.name] ?? '')
    case 'refs': return Object.values(((row.$labels as Record<string, unknown> | undefined)?.[field.name] ?? {}) as Record<string, string>).join('、')
    case 'choice': return option(value)
    case 'choices': return (value as unknown[]).map(option).join('、')
    case 'boolean': return value ? '是' : '否'
    case 'datetime': return timeText(ctx, new Date(value as string))
    case 'money': return { number: Number(value), text: Number(value).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }) }
    case 'integer': case 'decimal': return { number: Number(value), text: String(value) }
    case 'json': return null
    default: return String(value)
  }
}

/** The fields of a row by label and by name; of a hidden or masked one what this person may see. */
function scopeOf(ctx: Ctx, entity: CompiledEntity, row: Row): FillScope {
  const scope: FillScope = {}
  for (const field of entity.fields.values()) {
    if (!shown(field) || !(field.name in row)) continue
    const value = valueOf(ctx, field, row)
    for (const name of namesOf(ctx, field)) scope[name] ??= value
  }
  scope[SELF] = entity.display.map(n => { const field = entity.fields.get(n); return field && n in row ? valueOf(ctx, field, row) : null }).map(v => (v && typeof v === 'object' && 'text' in v ? String(v.text) : typeof v === 'string' ? v : '')).filter(Boolean).join(' ')
  return scope
}

/** What a reference leads to, as far as this person may look: what they may not see stays empty on their paper. */
async function reached(ctx: Ctx, target: CompiledEntity, id: string): Promise<FillScope> {
  if (!can(ctx.access, `${target.name}:read`, target)) return {}
  const { items: [row] } = await list(ctx, target, { filter: { id }, limit: 1 })
  return row ? scopeOf(ctx, target, row) : {}
}

/** A field is called by its label or its name; a reference also without its `Id`. */
const namesOf = (ctx: Ctx, f: CompiledField): string[] => [labelOf(ctx, f), f.name, ...(f.name.endsWith('Id') ? [f.name.slice(0, -2)] : [])]

const refOf = (ctx: Ctx, entity: CompiledEntity, name: string): CompiledField | undefined => [...entity.fields.values()].find(f => f.type === 'ref' && shown(f) && namesOf(ctx, f).includes(name))

/** Lists of what points at the record, by the name of their entity: `{{#合同明细}}`. */
function linesOf(ctx: Ctx, entity: CompiledEntity, name: string): { entity: CompiledEntity; field: string } | null {
  for (const e of ctx.entities.all()) {
    if (e.internal || ![labelOf(ctx, e), e.name, e.plural].includes(name)) continue
    const field = [...e.fields.values()].find(f => f.type === 'ref' && f.target === entity.name)
    if (field) return { entity: e, field: field.name }
  }
  return null
}

/** Everything that a template's placeholders ask of a record. References are followed one step; lists hold the rows that this person may see. */
export async function dataFor(ctx: Ctx, entity: CompiledEntity, id: string, asked: readonly Placeholder[]): Promise<FillScope> {
  const row = await read(ctx, entity, id), scope = scopeOf(ctx, entity, row)
  const names = new Set(asked.map(p => p.name)), steps = new Set([...names, ...asked.flatMap(p => p.within.map(w => w.name))].filter(n => n.includes('.')).map(n => n.split('.')[0]!.trim()))
  for (const name of steps) {
    const ref = refOf(ctx, entity, name), target = ref?.target ? ctx.entities.find(ref.target) : undefined, to = ref ? row[ref.name] : null
    if (target && typeof to === 'string') scope[name] = { ...await reached(ctx, target, to), [SELF]: typeof scope[name] === 'string' ? scope[name] : '' }
    else if (name === labelOf(ctx, entity) || name === entity.name) scope[name] = { ...scope }
  }
  for (const p of asked.filter(x => x.section && !(x.name in scope))) {
    const lines = linesOf(ctx, entity, p.name)
    if (!lines || !can(ctx.access, `${lines.entity.name}:read`, lines.entity)) continue
    const rows: Row[] = []
    for (let after: string | undefined; rows.length < MAX_ROWS;) {
      const page = await list(ctx, lines.entity, { filter: { [lines.field]: id }, limit: 200, sort: lines.entity.fields.has('position') ? 'position' : 'createdAt', ...(after ? { after } : {}) })
      rows.push(...page.items)
      if (!page.next) break
      after = page.next
    }
    scope[p.name] = rows.map((r, i) => ({ ...scopeOf(ctx, lines.entity, r), 序号: { number: i + 1, text: String(i + 1) } }))
  }
  Object.assign(scope, general(ctx))
  for (const extra of extrasOf(ctx, entity.name)) {
    const more = await extra.data(ctx, id)
    Object.assign(scope, more)
    const own = scope[labelOf(ctx, entity)]
    if (own && typeof own === 'object' && !Array.isArray(own)) Object.assign(own, more)
  }
  return scope
}

const GENERAL = ['今天', '公司', '经办人']
const general = (ctx: Ctx): FillScope => ({ 今天: timeText(ctx, ctx.now()).slice(0, 10), 公司: ctx.tenant.name, 经办人: ctx.user?.name ?? '' })

/** What the list beside a template shows: names by which a value can be called, and lists with the names within. */
export function offered(ctx: Ctx, entity: CompiledEntity): Array<{ name: string; within?: string[] }> {
  const fieldNames = (e: CompiledEntity): string[] => [...e.fields.values()].filter(f => shown(f) && !f.system && f.type !== 'json').map(f => labelOf(ctx, f))
  const steps = [...entity.fields.values()].filter(f => f.type === 'ref' && shown(f) && !f.system && f.target && ctx.entities.find(f.target)).flatMap(f => fieldNames(ctx.entities.get(f.target!)).map(n => ({ name: `${labelOf(ctx, f)}.${n}` })))
  const lists = ctx.entities.all().filter(e => !e.internal && [...e.fields.values()].some(f => f.type === 'ref' && f.target === entity.name && !f.system)).map(e => ({ name: labelOf(ctx, e), within: ['序号', ...fieldNames(e)] }))
  const extra = extrasOf(ctx, entity.name).flatMap(x => x.names ?? []).map(n => (typeof n === 'string' ? { name: n } : { name: n[0], within: [...n[1]] }))
  return [...fieldNames(entity).map(name => ({ name })), ...extra, ...GENERAL.map(name => ({ name })), ...steps, ...lists]
}

/** Placeholders that nothing will fill: misspelt, or of another kind of record. */
export function unknownOf(ctx: Ctx, entity: CompiledEntity, asked: readonly Placeholder[]): string[] {
  const extra = extrasOf(ctx, entity.name).flatMap(x => x.names ?? []), plainExtra = extra.map(n => (typeof n === 'string' ? n : n[0])), own = [labelOf(ctx, entity), entity.name]
  const knows = (e: CompiledEntity, name: string): boolean => [...e.fields.values()].some(f => shown(f) && namesOf(ctx, f).includes(name))
  const known = (name: string, inside: CompiledEntity | null, names: readonly string[]): boolean => {
    if (name === '.' || names.includes(name)) return true
    const [first, second, ...more] = name.split('.').map(s => s.trim())
    if (second === undefined) return GENERAL.includes(first!) || plainExtra.includes(first!) || knows(entity, first!) || own.includes(first!) || (inside !== null && (first === '序号' || knows(inside, first!)))
    if (more.length) return false
    if (own.includes(first!)) return knows(entity, second) || plainExtra.includes(second)
    const target = refOf(ctx, entity, first!)?.target
    return target ? Boolean(ctx.entities.find(target) && knows(ctx.entities.get(target), second)) : plainExtra.includes(first!)
  }
  const walk = (list_: readonly Placeholder[], inside: CompiledEntity | null, names: readonly string[]): string[] => list_.flatMap(p => {
    if (!p.section) return known(p.name, inside, names) ? [] : [p.name]
    const lines = linesOf(ctx, entity, p.name), given = extra.find((n): n is readonly [string, readonly string[]] => typeof n !== 'string' && n[0] === p.name)
    return [...(lines || known(p.name, inside, names) ? [] : [`#${p.name}`]), ...walk(p.within, lines?.entity ?? inside, given?.[1] ?? names)]
  })
  return [...new Set(walk(asked, null, []))]
}
