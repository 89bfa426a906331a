import { createHash } from 'node:crypto'
import { kebab, snake } from '../ids.ts'
import type { Entity, EntitySpec, Verb } from './define.ts'
import type { FieldSpec } from './field.ts'
import { fieldTypes, type FieldType } from './types/index.ts'

export interface CompiledField extends Omit<FieldSpec, 'to'> {
  name: string
  kind: FieldType
  /** column of a declared field; tenant fields have none */
  column: string | null
  /** stable id inside `ext`; the key and label of a tenant field may change, this never does */
  extId: string | null
  custom: boolean
  system: boolean
  /** name of the entity that a ref or refs points to */
  target: string | null
}

/** The one frozen form of an entity that everything downstream reads; nothing reads the raw declaration. */
export interface CompiledEntity extends Omit<EntitySpec, 'fields' | 'plural' | 'list' | 'display' | 'hooks'> {
  name: string
  plural: string
  table: string
  display: readonly string[]
  list: readonly string[]
  sort: string
  fields: ReadonlyMap<string, CompiledField>
  hooks: EntitySpec['hooks']
  searchable: boolean
  /** which date begins what which other ends: `endsOn` → `startsOn`. An end before its start is refused */
  starts: ReadonlyMap<string, string>
  hash: string
}

export class CompileError extends Error {
  constructor(path: string, problem: string) { super(`${path}: ${problem}`) }
}

const USER = 'user'
const SYSTEM: Record<string, FieldSpec> = {
  id: { type: 'ref', label: ['内部标识', 'Id'], readOnly: true, hidden: true },
  version: { type: 'integer', label: ['版本', 'Version'], readOnly: true, hidden: true },
  createdAt: { type: 'datetime', label: ['创建时间', 'Created'], readOnly: true },
  createdBy: { type: 'ref', label: ['创建人', 'Created by'], readOnly: true, to: () => USER },
  updatedAt: { type: 'datetime', label: ['修改时间', 'Changed'], readOnly: true },
  updatedBy: { type: 'ref', label: ['修改人', 'Changed by'], readOnly: true, to: () => USER },
}
export const SYSTEM_FIELDS: readonly string[] = Object.keys(SYSTEM)

const pluralOf = (name: string): string => {
  const k = kebab(name)
  return /(s|x|ch|sh)$/.test(k) ? `${k}es` : /[^aeiou]y$/.test(k) ? `${k.slice(0, -1)}ies` : `${k}s`
}

/** A start and its end, by the names that all declarations use for them. */
const SPANS: ReadonlyArray<readonly [start: string, end: string]> = [['startsOn', 'endsOn'], ['startsAt', 'endsAt'], ['validFrom', 'validUntil'], ['since', 'until'], ['from', 'until'], ['fromDay', 'untilDay'], ['hiredOn', 'leftOn']]

function startsOf(fields: ReadonlyMap<string, CompiledField>): Map<string, string> {
  const dated = (name: string): string | undefined => { const type = fields.get(name)?.type; return type === 'date' || type === 'datetime' ? type : undefined }
  return new Map(SPANS.filter(([start, end]) => dated(start) && dated(start) === dated(end)).map(([start, end]) => [end, start]))
}

const targetOf = (spec: FieldSpec): string | null => {
  if (!spec.to) return null
  const to = spec.to()
  return typeof to === 'string' ? to : to.name
}

function compileField(path: string, name: string, spec: FieldSpec, extra: Partial<CompiledField>): CompiledField {
  const kind = fieldTypes[spec.type]
  if (!kind) throw new CompileError(path, `unknown field type ${String(spec.type)}`)
  if ((spec.type === 'choice' || spec.type === 'choices') && !spec.options?.length) throw new CompileError(path, 'a choice needs options')
  if (spec.pattern) { try { new RegExp(spec.pattern, 'u') } catch { throw new CompileError(path, `pattern ${spec.pattern} is not a regular expression`) } }
  const { to: _to, ...rest } = spec
  const field: CompiledField = { ...rest, name, kind, column: snake(name), extId: null, custom: false, system: false, target: targetOf(spec), ...extra }
  if (extra.custom) field.column = null
  if ((spec.type === 'ref' || spec.type === 'refs') && !field.target && name !== 'id') throw new CompileError(path, 'a ref needs the entity it points to')
  return Object.freeze(field)
}

/** A field that a tenant added. `key` is its API name (`x_color`), `id` what `ext` keeps. */
export interface TenantFieldSpec extends FieldSpec { id: string; key: string }

export const MAX_TENANT_FIELDS = 200

export function compileEntity(entity: Entity, tenantFields: readonly TenantFieldSpec[] = []): CompiledEntity {
  const { name, spec } = entity
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw new CompileError(name, 'an entity is named in camelCase')
  const fields = new Map<string, CompiledField>()
  for (const [key, field] of Object.entries(spec.fields)) {
    if (key in SYSTEM) throw new CompileError(`${name}.${key}`, 'is a system column')
    if (!/^[a-z][A-Za-z0-9]*$/.test(key)) throw new CompileError(`${name}.${key}`, 'a field is named in camelCase')
    fields.set(key, compileField(`${name}.${key}`, key, field, {}))
  }
  if (tenantFields.length > MAX_TENANT_FIELDS) throw new CompileError(name, `more than ${MAX_TENANT_FIELDS} tenant fields`)
  for (const t of tenantFields) {
    if (fields.has(t.key)) throw new CompileError(`${name}.${t.key}`, 'this key is taken')
    fields.set(t.key, compileField(`${name}.${t.key}`, t.key, t, { custom: true, extId: t.id }))
  }
  for (const [key, field] of Object.entries(SYSTEM)) fields.set(key, compileField(`${name}.${key}`, key, field, { system: true }))
  for (const key of [...spec.display, ...spec.list, spec.scope?.owner, spec.scope?.unit, spec.scope?.via, spec.mergedInto, ...Object.values(spec.scope?.among ?? {})]) {
    if (key !== undefined && !fields.has(key)) throw new CompileError(name, `names the field ${key}, which it does not have`)
  }
  const { plural, fields: _f, ...rest } = spec
  const list = [...spec.list, ...tenantFields.filter(t => t.index).map(t => t.key)]
  const hash = createHash('sha256').update(JSON.stringify([name, { ...spec, hooks: undefined }, tenantFields])).digest('hex').slice(0, 16)
  return Object.freeze({
    ...rest, name, plural: plural ?? pluralOf(name), table: snake(name), list, display: spec.display, sort: spec.sort ?? '-createdAt',
    fields, hooks: spec.hooks, searchable: [...fields.values()].some(x => x.search), starts: startsOf(fields), hash,
  })
}

/** Does the API offer this verb on this entity at all? (Roles decide afterwards.) */
export function offers(entity: CompiledEntity, verb: Verb): boolean {
  if (entity.internal) return false
  if (verb === 'read' || verb === 'export') return true
  if (verb === 'reveal') return [...entity.fields.values()].some(x => x.personal)
  if (entity.appendOnly && (verb === 'update' || verb === 'remove')) return false
  if (entity.managed === true) return false
  if (Array.isArray(entity.managed)) return !entity.managed.includes(verb === 'import' ? 'create' : verb)
  return true
}
