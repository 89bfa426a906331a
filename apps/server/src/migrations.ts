import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { compileMetadata, coreModule, nextMigration, withBase, type Migration, type Schema } from '@quancheng/kernel/install'
import { modules } from './modules.ts'

const folder = path.join(import.meta.dirname, '..', 'migrations')
const snapshotFile = path.join(folder, 'snapshot.json')

const all = [coreModule, ...modules]
export const compiledEntities = () => compileMetadata(all.flatMap(m => m.entities ?? [])).base.all()
export const appendOnlyTables = (): string[] => compiledEntities().filter(e => e.appendOnly).map(e => e.table)

/** The kernel's tables, the modules' own, and the committed files in the order of their names. */
export function allMigrations(): Migration[] {
  const files = readdirSync(folder).filter(f => f.endsWith('.sql')).toSorted()
  return withBase(all, files.map(f => ({ name: f.replace(/\.sql$/, ''), sql: readFileSync(path.join(folder, f), 'utf8') })))
}

const snapshot = (): Schema => { try { return JSON.parse(readFileSync(snapshotFile, 'utf8')) as Schema } catch { return { tables: {} } } }

/** What the declarations have that the committed snapshot lacks; null when they agree (a test holds it to that). */
export const pendingMigration = () => nextMigration(snapshot(), compiledEntities())

/** Writes the next migration file from the declarations, for a person to read before it is committed. */
export function makeMigration(name: string): string | null {
  const next = pendingMigration()
  if (!next) return null
  const number = String(readdirSync(folder).filter(f => f.endsWith('.sql')).length + 1).padStart(4, '0')
  const file = path.join(folder, `${number}_${name.replace(/[^a-z0-9_]+/gi, '_').toLowerCase()}.sql`)
  writeFileSync(file, `-- made from the declarations by \`quancheng migrate make ${name}\`; forward only\n${next.sql}`)
  writeFileSync(snapshotFile, `${JSON.stringify(next.snapshot, null, 1)}\n`)
  return file
}
