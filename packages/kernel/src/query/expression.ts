import { sql, type RawBuilder } from 'kysely'
import type { CompiledField } from '../entity/compile.ts'

/** SQL of a field's value on an alias. Ids of tenant fields are made by us and checked here once more: they enter the text. */
export function expression(field: CompiledField, alias: string): RawBuilder<unknown> {
  if (field.column) return sql.ref(`${alias}.${field.column}`)
  if (!field.extId || !/^f[0-9a-z]{6,24}$/.test(field.extId)) throw new Error(`field ${field.name} has no column`)
  const a = alias.replace(/[^a-z0-9_]/g, '')
  return sql.raw(field.kind.fromExt(`${a}.ext->>'${field.extId}'`, `${a}.ext->'${field.extId}'`))
}
