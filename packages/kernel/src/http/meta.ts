import { can, fieldLevel } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { offers, type CompiledEntity, type CompiledField } from '../entity/compile.ts'
import { maxOf } from '../entity/types/text.ts'
import { pick } from '../i18n.ts'

/** What the screens need to know of a field. Fields that the caller may not see are left out. */
export function fieldMeta(ctx: Ctx, entity: CompiledEntity, field: CompiledField) {
  const level = fieldLevel(ctx.access, entity, field)
  return {
    name: field.name, type: field.type, label: pick(field.label, ctx.locale),
    ...(field.group ? { group: pick(field.group, ctx.locale) } : {}), ...(field.help ? { help: pick(field.help, ctx.locale) } : {}),
    required: Boolean(field.required), readOnly: Boolean(field.readOnly || field.system), immutable: Boolean(field.immutable), custom: field.custom,
    access: level === 'edit' && (field.readOnly || field.system) ? 'read' : level,
    filter: level === 'mask' ? ['eq', 'isNull'] : [...field.kind.operators], sortable: field.kind.sortable && level !== 'mask',
    ...(field.options ? { options: field.options.map(o => ({ value: o.value, label: pick(o.label, ctx.locale), ...(o.color ? { color: o.color } : {}) })) } : {}),
    ...(field.target ? { ref: field.target } : {}), ...(limitOf(field)), ...(field.min !== undefined ? { min: field.min } : {}),
    ...(field.type === 'money' ? { scale: 2 } : field.scale !== undefined ? { scale: field.scale } : {}), ...(field.pattern ? { pattern: field.pattern } : {}),
    ...(field.multiline ? { multiline: true } : {}), ...(field.source ? { source: field.source } : {}), ...(field.default !== undefined ? { default: field.default } : {}), ...(field.personal ? { personal: true } : {}), ...(entity.starts.has(field.name) ? { after: entity.starts.get(field.name)! } : {}),
  }
}

/** A text without a limit of its own has the type's: a form must know it to say so at the field. */
const limitOf = (field: CompiledField): { max?: number } => (field.max !== undefined ? { max: field.max } : field.type === 'text' ? { max: maxOf(field) } : field.type === 'code' ? { max: 60 } : {})

export function meta(ctx: Ctx) {
  const moduleOf = new Map(ctx.runtime.modules.flatMap(m => (m.entities ?? []).map(e => [e.name, m.name] as const)))
  const entities = ctx.entities.all().filter(e => !e.internal && can(ctx.access, `${e.name}:read`, e)).map(e => {
    const fields = [...e.fields.values()].filter(x => fieldLevel(ctx.access, e, x) !== 'none' && !x.hidden)
    const shown = new Set(fields.map(x => x.name))
    const may = (verb: 'create' | 'update' | 'remove' | 'import' | 'export' | 'reveal' | 'read'): boolean => offers(e, verb) && can(ctx.access, `${e.name}:${verb}`, e)
    return {
      name: e.name, plural: e.plural, label: pick(e.label, ctx.locale), module: moduleOf.get(e.name) ?? 'core', ...(e.icon ? { icon: e.icon } : {}),
      display: e.display.filter(n => shown.has(n)), list: e.list.filter(n => shown.has(n)), search: e.searchable, sort: e.sort,
      actions: { create: may('create'), update: may('update'), remove: may('remove'), import: may('import') && may('create'), export: may('export'), reveal: may('reveal'), erase: can(ctx.access, `${e.name}:erase`, e), ...(e.shareable ? { share: can(ctx.access, `${e.name}:share`, e) } : {}) },
      fields: fields.map(x => fieldMeta(ctx, e, x)),
      related: ctx.entities.pointingTo(e.name).filter(p => can(ctx.access, `${p.entity.name}:read`, p.entity) && fieldLevel(ctx.access, p.entity, p.entity.fields.get(p.field)!) !== 'none').map(p => ({ entity: p.entity.name, field: p.field, label: pick(p.entity.label, ctx.locale) })),
      tenantFields: Boolean(e.tenantFields),
    }
  })
  return { version: ctx.entities.version, entities }
}

/** What the catalogue is made of; the program's own context has it, a file of the declarations makes it. */
export interface Declared { entities: Pick<Ctx['entities'], 'all' | 'find'>; locale: Ctx['locale']; runtime: Pick<Ctx['runtime'], 'modules' | 'actions'> }

/** All that a role can be granted. Verbs of entities first, then the business verbs that modules declare. */
export function permissionCatalogue(ctx: Declared) {
  const out: Array<{ code: string; label: string; entity: string; group: string; scoped: boolean }> = []
  const VERBS = { read: ['查看', 'Read'], create: ['新建', 'Create'], update: ['修改', 'Change'], remove: ['删除', 'Delete'], import: ['导入', 'Import'], export: ['导出', 'Export'], reveal: ['显示隐藏值', 'Reveal'], erase: ['清除个人信息', 'Erase'], share: ['共享', 'Share'] } as const
  for (const e of ctx.entities.all()) {
    if (e.internal) continue
    const personal = [...e.fields.values()].some(x => x.personal)
    for (const [verb, label] of Object.entries(VERBS)) {
      if (verb === 'erase' ? !personal : verb === 'share' ? !e.shareable : !offers(e, verb as 'read')) continue
      out.push({ code: `${e.name}:${verb}`, label: pick(label, ctx.locale), entity: e.name, group: pick(e.label, ctx.locale), scoped: Boolean(e.scope) })
    }
  }
  const seen = new Set(out.map(p => p.code))
  const add = (code: string, label: string, scoped: boolean): void => {
    if (seen.has(code)) return
    seen.add(code)
    const entity = code.slice(0, code.indexOf(':'))
    const known = ctx.entities.find(entity)
    out.push({ code, label, entity, group: known ? pick(known.label, ctx.locale) : entity, scoped })
  }
  for (const m of ctx.runtime.modules) for (const p of m.permissions ?? []) add(p.code, pick(p.label, ctx.locale), p.scoped ?? true)
  for (const a of ctx.runtime.actions) if (a.permission && a.permission !== 'public') add(a.permission, pick(a.label, ctx.locale), a.scoped ?? Boolean(ctx.entities.find(a.permission.split(':')[0]!)?.scope))
  return out
}

