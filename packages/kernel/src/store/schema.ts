import { createHash } from 'node:crypto'
import type { CompiledEntity } from '../entity/compile.ts'
import { snake } from '../ids.ts'

/** The physical form of all entities: plain data that is committed as the snapshot and compared with the next one. */
export interface Schema { tables: Record<string, TableSchema> }
export interface TableSchema {
  columns: Record<string, { type: string; notNull: boolean }>
  foreignKeys: Record<string, string>
  indexes: Record<string, string>
  appendOnly: boolean
}

const q = (name: string): string => `"${name}"`

/** PostgreSQL cuts names at 63 bytes; ours stay below, stay readable, and two that begin alike stay two. */
const short = (name: string): string => (name.length <= 60 ? name : `${name.slice(0, 51)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`)

function tableOf(entity: CompiledEntity, tableByEntity: (name: string) => string): TableSchema {
  const columns: TableSchema['columns'] = {}
  const foreignKeys: TableSchema['foreignKeys'] = {}
  const indexes: TableSchema['indexes'] = {}
  const index = (columns_: string[], o: { unique?: boolean; where?: string } = {}) => {
    const plain = columns_.map(c => c.replace(/ desc$/, ''))
    const name = short(`${o.unique ? 'uq' : 'ix'}_${entity.table}__${plain.join('__')}${o.where ? '__p' : ''}`)
    indexes[name] = `create ${o.unique ? 'unique ' : ''}index ${q(name)} on ${q(entity.table)} (tenant_id, ${columns_.map(c => c.replace(/^(\w+)/, '"$1"')).join(', ')})${o.where ? ` where ${o.where}` : ''}`
  }
  const leading = new Set((entity.indexes ?? []).map(i => snake(i.on[0]!)))
  for (const field of entity.fields.values()) {
    if (field.system || !field.column) continue
    columns[field.column] = { type: field.kind.column(field as never), notNull: Boolean(field.required) }
    if (field.type === 'ref') {
      const name = short(`fk_${entity.table}__${field.column}`)
      const action = field.onDelete === 'cascade' ? 'cascade' : field.onDelete === 'setNull' ? `set null (${q(field.column)})` : 'restrict'
      foreignKeys[name] = `foreign key (tenant_id, ${q(field.column)}) references ${q(tableByEntity(field.target!))} (tenant_id, id) on delete ${action}`
      if (field.index !== false && !leading.has(field.column) && !field.unique) index([field.column])
    } else if (field.index && !field.unique) index([field.column])
    if (field.unique) index([field.column], { unique: true })
  }
  for (const i of entity.indexes ?? []) index(i.on.map(c => snake(c) + (i.desc && c === i.on.at(-1) ? ' desc' : '')), { unique: i.unique ?? false, ...(i.where ? { where: i.where } : {}) })
  return { columns, foreignKeys, indexes, appendOnly: Boolean(entity.appendOnly) }
}

export function schemaOf(entities: readonly CompiledEntity[]): Schema {
  const byName = new Map(entities.map(e => [e.name, e.table]))
  const table = (name: string): string => byName.get(name) ?? (() => { throw new Error(`no table for ${name}`) })()
  const tables: Schema['tables'] = {}
  for (const e of [...entities].toSorted((a, b) => (a.table < b.table ? -1 : 1))) tables[e.table] = tableOf(e, table)
  return { tables }
}

const createTable = (name: string, t: TableSchema): string => {
  const lines = [
    'tenant_id uuid not null references "tenant" (id)', 'id uuid not null',
    ...Object.entries(t.columns).map(([c, d]) => `${q(c)} ${d.type}${d.notNull ? ' not null' : ''}`),
    "ext jsonb not null default '{}'", 'version integer not null default 1',
    'created_at timestamptz not null', 'created_by uuid', 'updated_at timestamptz not null', 'updated_by uuid',
    'primary key (tenant_id, id)',
  ]
  return `create table ${q(name)} (\n  ${lines.join(',\n  ')}\n)`
}

/** The policy that binds a table to the transaction's tenant; '' stands for "none set" once a connection has been used. */
export const isolate = (table: string, alsoWorker = false): string[] => [
  `alter table ${q(table)} enable row level security`,
  `create policy tenant_isolation on ${q(table)} using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid${alsoWorker ? " or current_setting('app.worker', true) = 'on'" : ''})`,
]

/** Statements that lead from one schema to the next, in an order that PostgreSQL accepts. Forward only. */
export function diffSchema(from: Schema, to: Schema): string[] {
  const create: string[] = [], alter: string[] = [], keys: string[] = [], indexes: string[] = [], drop: string[] = []
  for (const [name, t] of Object.entries(to.tables)) {
    const old = from.tables[name]
    if (!old) {
      create.push(createTable(name, t), ...isolate(name))
      for (const [fk, sql] of Object.entries(t.foreignKeys)) keys.push(`alter table ${q(name)} add constraint ${q(fk)} ${sql}`)
      indexes.push(...Object.values(t.indexes))
      continue
    }
    for (const [column, d] of Object.entries(t.columns)) {
      const was = old.columns[column]
      // a new column is nullable in the database first: old rows have no value; the pipeline requires it of new ones
      if (!was) alter.push(`alter table ${q(name)} add column ${q(column)} ${d.type}`)
      else if (was.type !== d.type) alter.push(`alter table ${q(name)} alter column ${q(column)} type ${d.type} using ${q(column)}::${d.type}`)
      else if (was.notNull && !d.notNull) alter.push(`alter table ${q(name)} alter column ${q(column)} drop not null`)
    }
    for (const column of Object.keys(old.columns)) {
      // never lose data by a declaration that went: the column stays, unread, until somebody writes a migration by hand
      if (!t.columns[column] && old.columns[column]!.notNull) alter.push(`alter table ${q(name)} alter column ${q(column)} drop not null`)
    }
    for (const [i, sql] of Object.entries(old.indexes)) if (t.indexes[i] !== sql) drop.push(`drop index if exists ${q(i)}`)
    for (const [i, sql] of Object.entries(t.indexes)) if (old.indexes[i] !== sql) indexes.push(sql)
    for (const [k, sql] of Object.entries(old.foreignKeys)) if (t.foreignKeys[k] !== sql) drop.push(`alter table ${q(name)} drop constraint if exists ${q(k)}`)
    for (const [k, sql] of Object.entries(t.foreignKeys)) if (old.foreignKeys[k] !== sql) keys.push(`alter table ${q(name)} add constraint ${q(k)} ${sql}`)
  }
  return [...create, ...alter, ...drop, ...keys, ...indexes]
}
