import { sql } from 'kysely'
import { fail, importable, importInputs, inputOf, pick, readUpload, RefNames, requireImport, storeNew, visible, type CompiledEntity, type CompiledField, type Ctx, type ImportReport, type TableCell } from '@quancheng/kernel'
import { cellOf, type FieldRule, type Mapping } from '../rules/mapping.ts'
import { link, linked } from './links.ts'
import { receivedFields, storeOf } from './receivers.ts'

export interface Plan { id: string; name: string; system: string; target: string; mapping: Mapping | null; match: string | null; onDouble: 'update' | 'skip' }
export interface RunReport extends ImportReport { runId: string | null }

interface Column { field: CompiledField; rule: FieldRule }
interface Row { line: number; foreignId: string | null; cells: Array<{ field: CompiledField; cell: TableCell }> }

/** A file through a plan. Unless `commit` it is a rehearsal; with errors and without `partial` nothing is stored. */
export async function runPlan(ctx: Ctx, plan: Plan, file: { name: string; content: Buffer }, o: { commit: boolean; partial: boolean }): Promise<RunReport> {
  const entity = ctx.entities.get(plan.target), mapping = plan.mapping ?? { id: null, fields: {} }
  requireImport(ctx, entity)
  const table = await readUpload(file), columns = columnsOf(ctx, entity, mapping, table.header)
  const at = new Map(table.header.map((title, i) => [title, i]))
  const rows: Row[] = table.rows.map(({ line, cells }) => ({
    line, foreignId: mapping.id ? text(cells[at.get(mapping.id)!]) : null, cells: columns.map(c => ({ field: c.field, cell: cellOf(c.rule, at, cells) })),
  }))
  await followOld(ctx, plan.system, columns, rows)
  const mine = await linked(ctx, plan.system, entity.name, rows.flatMap(r => r.foreignId ?? []))
  const names = new RefNames(ctx), pairs: Array<[string, string]> = [], made: string[] = [], own = receivedFields(ctx, entity)
  let now: Row | null = null
  const report = await importInputs(ctx, entity, rows, async row => {
    now = row
    // what the file does not say of a record that is here is left as it is there
    const input = await inputOf(ctx, entity, row.cells.filter(c => c.cell !== null), names)
    const existing = await found(ctx, entity, row.foreignId ? mine.get(row.foreignId) : undefined, plan.match, input)
    if (!existing) return { input, existing }
    if (row.foreignId) { pairs.push([row.foreignId, existing.id]); mine.set(row.foreignId, existing.id) }
    // where a record stands that is here already, its process knows and not the file
    for (const field of own) delete input[field.name]
    return plan.onDouble === 'skip' ? null : { input, existing }
  }, {
    ...o, ...storeOf(ctx, entity, () => ({ system: plan.system, foreignId: now?.foreignId ?? null })),
    done: async (line, id, created) => {
      const foreignId = rows[lineAt(rows, line)]?.foreignId
      if (foreignId) { pairs.push([foreignId, id]); mine.set(foreignId, id) }
      if (created) made.push(id)
    },
  })
  if (!report.committed) return { ...report, runId: null }
  await link(ctx, plan.system, entity.name, [...new Map(pairs)])
  const run = await storeNew(ctx, ctx.entities.get('importRun'), { planId: plan.id, system: plan.system, target: entity.name, fileName: file.name, total: report.total, made: report.created, changed: report.updated, unchanged: report.unchanged, failed: report.failed })
  await ctx.query(`insert into import_made (tenant_id, run_id, entity, record_id, version) select $1, $2, $3, id, version from "${entity.table}" where tenant_id = $1 and id = any($4)`, [ctx.tenant.id, run.id, entity.name, made])
  return { ...report, runId: run.id as string }
}

const text = (cell: TableCell | undefined): string | null => (cell === null || cell === undefined || cell === '' ? null : String(cell).trim().slice(0, 200))

/** Rows are in the order of their lines. */
function lineAt(rows: readonly Row[], line: number): number {
  let low = 0, high = rows.length - 1
  while (low < high) { const middle = (low + high) >> 1; if (rows[middle]!.line < line) low = middle + 1; else high = middle }
  return low
}

function columnsOf(ctx: Ctx, entity: CompiledEntity, mapping: Mapping, header: readonly string[]): Column[] {
  const own = receivedFields(ctx, entity), fields = new Map([...importable(ctx, entity), ...own].map(x => [x.name, x]))
  const columns = Object.entries(mapping.fields).flatMap(([name, rule]) => { const field = fields.get(name); return field && (rule.from.length || rule.otherwise) ? [{ field, rule }] : [] })
  const missing = [...new Set([...columns.flatMap(c => c.rule.from), ...(mapping.id ? [mapping.id] : [])])].filter(title => !header.includes(title))
  if (missing.length) fail('IMPORT_MAPPING', { columns: missing })
  const open = [...fields.values()].filter(x => x.required && x.default === undefined && !own.includes(x) && !columns.some(c => c.field === x) && !mayBeMissing(entity, x))
  if (open.length) fail('IMPORT_REQUIRED', { fields: open.map(x => pick(x.label, ctx.locale)) })
  return columns
}

/** The unit is filled with the importer's own where the entity's hook does so. */
const mayBeMissing = (entity: CompiledEntity, field: CompiledField): boolean => field.name === entity.scope?.unit || field.name === entity.scope?.owner

/** Cells that hold the other system's ids become ours; one that no file brought stays, and is refused with its line. */
async function followOld(ctx: Ctx, system: string, columns: readonly Column[], rows: readonly Row[]): Promise<void> {
  for (const [i, { field, rule }] of columns.entries()) {
    if (!rule.old || !field.target) continue
    const known = await linked(ctx, system, field.target, rows.flatMap(r => text(r.cells[i]!.cell) ?? []))
    for (const row of rows) { const id = known.get(text(row.cells[i]!.cell) ?? ''); if (id) row.cells[i]!.cell = id }
  }
}

/** The record that a row is about: by the link of an earlier file, else by the plan's own field. */
async function found(ctx: Ctx, entity: CompiledEntity, linkedId: string | undefined, match: string | null, input: Record<string, unknown>): Promise<{ id: string; version: number } | null> {
  const scope = visible(ctx, entity, 't')
  if (!scope) return null
  const one = async (column: string, value: unknown): Promise<{ id: string; version: number } | null> =>
    (await sql<{ id: string; version: number }>`select t.id, t.version from ${sql.table(entity.table)} as t where ${scope} and ${sql.ref(`t.${column}`)} = ${value} order by t.id limit 1`.execute(ctx.db)).rows[0] ?? null
  const first = linkedId ? await one('id', linkedId) : null
  if (first) return first
  const field = match ? entity.fields.get(match) : undefined
  if (!field?.column || input[field.name] === undefined || input[field.name] === null) return null
  try { return await one(field.column, field.kind.parse(input[field.name], field as never)) } catch { return null }
}
