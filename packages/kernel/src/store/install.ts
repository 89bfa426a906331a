import { readdirSync, readFileSync } from 'node:fs'
import type { CompiledEntity } from '../entity/compile.ts'
import { diffSchema, schemaOf, type Schema } from './schema.ts'
import type { ModuleSpec } from '../module.ts'
import type { Migration } from './migrate.ts'

const base = (): Migration[] => [
  { name: '0000_kernel', sql: readFileSync(new URL('./base.sql', import.meta.url), 'utf8') },
  ...sqlFiles(new URL('./tables/', import.meta.url)).map(t => ({ name: `0000_kernel_${t.name}`, sql: t.sql })),
]

/** The kernel's own tables, then what modules keep beside their entities, then whatever files the installation has committed. */
export const withBase = (modules: readonly ModuleSpec[], files: readonly Migration[]): Migration[] =>
  [...base(), ...modules.flatMap(m => (m.tables ?? []).map(t => ({ name: `0000_kernel_${t.name}`, sql: t.sql }))), ...files]

/** What a folder holds for `ModuleSpec.tables`: a migration a file, called as the file is. */
export const sqlFiles = (folder: URL): { name: string; sql: string }[] =>
  // by name without the ending: `process-2-x` comes after `process`, though '-' sorts before '.'
  readdirSync(folder).filter(f => f.endsWith('.sql')).map(f => f.slice(0, -4)).toSorted().map(name => ({ name, sql: readFileSync(new URL(`${name}.sql`, folder), 'utf8') }))

/** For a tiny application in a test: its entities become tables at once, without a committed migration. */
export const migrationsFor = (modules: readonly ModuleSpec[], entities: readonly CompiledEntity[]): Migration[] =>
  withBase(modules, [{ name: '0001_entities', sql: `${diffSchema({ tables: {} }, schemaOf(entities)).join(';\n')};` }])

/** The SQL file that leads from the committed snapshot to the declarations; null when they agree. */
export function nextMigration(snapshot: Schema, entities: readonly CompiledEntity[]): { sql: string; snapshot: Schema } | null {
  const to = schemaOf(entities)
  const statements = diffSchema(snapshot, to)
  return statements.length === 0 && JSON.stringify(snapshot) === JSON.stringify(to) ? null : { sql: `${statements.join(';\n')};\n`, snapshot: to }
}
