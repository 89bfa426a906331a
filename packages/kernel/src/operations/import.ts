import { sql } from 'kysely'
import { fieldLevel, requirePermission } from '../access/access.ts'
import { visible } from '../access/scope.ts'
import type { Ctx } from '../context.ts'
import { offers, type CompiledEntity, type CompiledField } from '../entity/compile.ts'
import { AppError, fail, type FieldProblem } from '../errors.ts'
import { pick } from '../i18n.ts'
import { isId } from '../ids.ts'
import { displayExpression, visibleFields } from '../query/select.ts'
import { readTable, TableFileError, writeXlsx, type Table, type TableCell } from '../tabular/index.ts'
import { exportable, type OutFile } from './export.ts'
import { startOfDay } from '../query/within.ts'
import { invalid, normalise, problem } from './normalise.ts'
import { create, update } from './write.ts'
import { attempt } from '../store/known.ts'

export interface ImportError { line: number; field?: string; code: string; message: string }
/** `unchanged`: the record is there and says the same already. */
export interface ImportReport { total: number; created: number; updated: number; unchanged: number; failed: number; errors: ImportError[]; committed: boolean }

const MAX_ERRORS = 1000

/** The fields that a caller may fill from a file. */
export const importable = (ctx: Ctx, entity: CompiledEntity): CompiledField[] =>
  exportable(visibleFields(ctx, entity)).filter(x => !x.system && !x.readOnly && fieldLevel(ctx.access, entity, x) === 'edit')

export async function importTemplate(ctx: Ctx, entity: CompiledEntity): Promise<OutFile> {
  requirePermission(ctx.access, `${entity.name}:import`, entity)
  const header = importable(ctx, entity).map(x => pick(x.label, ctx.locale))
  return { name: `${pick(entity.label, ctx.locale)}-导入模板.xlsx`, mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', content: Buffer.from(await writeXlsx('导入', header, [])) }
}

/**
 * Rows of a file through the one write pipeline, each in a savepoint, so that every wrong row is reported and not only the first.
 * A row whose unique field names an existing record changes it. Unless `commit`, everything is undone: a rehearsal.
 * With errors and without `partial` nothing is stored at all.
 */
export async function importRows(ctx: Ctx, entity: CompiledEntity, file: { name: string; content: Buffer }, o: { commit: boolean; partial: boolean }): Promise<ImportReport> {
  requireImport(ctx, entity)
  const table = await readUpload(file)
  const columns = columnsOf(ctx, entity, table.header)
  const names = new RefNames(ctx)
  return importInputs(ctx, entity, table.rows, async ({ cells }) => {
    const input = await inputOf(ctx, entity, columns.map(c => ({ field: c.field, cell: cells[c.at] ?? null })), names)
    return { input, existing: await existingRow(ctx, entity, columns, input) }
  }, o)
}

export function requireImport(ctx: Ctx, entity: CompiledEntity): void {
  if (!offers(entity, 'import')) fail('FORBIDDEN', { permission: `${entity.name}:import` })
  requirePermission(ctx.access, `${entity.name}:import`, entity)
}

/** What a row of a file says, and the record that it is about, if there is one. */
export interface ImportRow { input: Record<string, unknown>; existing: { id: string; version: number } | null }

export interface ImportOptions {
  commit: boolean
  partial: boolean
  /** how a new one is stored, where an entity has a verb of its own for that */
  store?: (input: Record<string, unknown>) => Promise<{ id: string; version: number }>
  /** a row is in: as a new record, or as one that was there */
  done?: (line: number, id: string, created: boolean) => Promise<void>
}

/** The heart of every import: rows become inputs (`toRow`; null: a row that is left out on purpose), inputs become records. */
export async function importInputs<R extends { line: number }>(ctx: Ctx, entity: CompiledEntity, rows: readonly R[], toRow: (row: R) => Promise<ImportRow | null>, o: ImportOptions): Promise<ImportReport> {
  const report: ImportReport = { total: rows.length, created: 0, updated: 0, unchanged: 0, failed: 0, errors: [], committed: false }
  await ctx.query('savepoint import_all')
  for (const row of rows) {
    try {
      const read = await toRow(row)
      if (!read) { report.unchanged++; continue }
      const { input, existing } = read
      const stored = await attempt(ctx, async () => {
        if (!existing) return o.store ? o.store(input) : create(ctx, entity, input, { act: 'import' })
        for (const name of Object.keys(input)) if (entity.fields.get(name)?.immutable) delete input[name]
        return update(ctx, entity, existing.id, input, { act: 'import' })
      })
      report[!existing ? 'created' : stored.version === existing.version ? 'unchanged' : 'updated']++
      await o.done?.(row.line, stored.id, !existing)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      report.failed++
      if (report.errors.length < MAX_ERRORS) report.errors.push(...errorsOf(ctx, entity, row.line, error))
    }
  }
  report.committed = o.commit && (report.failed === 0 || o.partial)
  if (!report.committed) await ctx.query('rollback to savepoint import_all')
  return report
}

/** @throws AppError with what is wrong with the file */
export async function readUpload(file: { name: string; content: Buffer }): Promise<Table> {
  try { return await readTable(file.content, file.name) } catch (error) {
    if (error instanceof TableFileError) throw new AppError(error.code, { name: file.name, message: error.message })
    throw error
  }
}

interface Column { field: CompiledField; at: number }

function columnsOf(ctx: Ctx, entity: CompiledEntity, header: readonly string[]): Column[] {
  const fields = importable(ctx, entity)
  const columns: Column[] = []
  const unknown: string[] = []
  header.forEach((h, at) => {
    const title = h.trim().replace(/\s*[*＊]$/, '')
    if (!title) return
    const field = fields.find(x => x.label[0] === title || x.label[1] === title || x.name === title)
    if (field) columns.push({ field, at })
    else unknown.push(title)
  })
  if (unknown.length) fail('IMPORT_COLUMNS', { unknown, known: fields.map(x => pick(x.label, ctx.locale)) })
  const missing = fields.filter(x => x.required && x.default === undefined && !columns.some(c => c.field === x))
  if (missing.length) fail('IMPORT_COLUMNS', { unknown: missing.map(x => `缺少“${pick(x.label, ctx.locale)}”`), known: fields.map(x => pick(x.label, ctx.locale)) })
  return columns
}

/** Cells → input. A reference is written as people read it, its code or its name; a time as the clock on the wall shows it. */
export async function inputOf(ctx: Ctx, entity: CompiledEntity, cells: ReadonlyArray<{ field: CompiledField; cell: TableCell }>, names: RefNames): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {}
  const problems: FieldProblem[] = []
  for (const { field, cell } of cells) {
    let value: unknown = typeof cell === 'string' ? cell.trim() : cell
    if (value !== null && value !== '' && field.target) {
      const parts = field.type === 'refs' ? String(value).split(/[,，、;；]/).map(s => s.trim()).filter(Boolean) : [String(value)]
      const ids: string[] = []
      for (const p of parts) {
        try { ids.push(await names.find(field, p)) } catch (error) {
          if (!(error instanceof AppError)) throw error
          problems.push(problem(field.name, error.code, error.body(ctx.locale).message))
        }
      }
      value = field.type === 'refs' ? ids : ids[0]
    } else if (field.type === 'datetime') value = fromWall(value, ctx.tenant.timeZone)
    else if (typeof value === 'number' && ['text', 'code', 'phone'].includes(field.type)) value = String(value)
    input[field.name] = value
  }
  if (!problems.length) return input
  // what else is wrong with the row is told together with the names that nobody bears
  try { normalise(ctx, entity, Object.fromEntries(Object.entries(input).filter(([k]) => !problems.some(p => p.field === k))), 'create') } catch (error) {
    if (!(error instanceof AppError)) throw error
    problems.push(...((error.details.fields as FieldProblem[] | undefined) ?? []))
  }
  return invalid(ctx, entity, problems)
}

/** A spreadsheet has no time zones: its dates, and texts without an offset, are the tenant's wall clock. */
function fromWall(value: unknown, timeZone: string): unknown {
  if (value instanceof Date) return startOfDay(new Date(Math.floor(value.getTime() / 1000) * 1000), timeZone)
  const m = typeof value === 'string' ? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/.exec(value) : null
  if (!m) return value
  const [y, mo, d, h, mi, s] = m.slice(1).map(t => Number(t ?? 0)) as [number, number, number, number, number, number]
  const wall = new Date(Date.UTC(y, mo - 1, d, h, mi, s))
  return wall.getUTCDate() === d && wall.getUTCMonth() === mo - 1 && mi < 60 && s < 60 && h < 24 ? startOfDay(wall, timeZone) : value
}

/** `hz01` is the code HZ01: what people write is read as the field itself would read it. */
const asStored = (field: CompiledField, text: string): string => { try { return String(field.kind.parse(text, field as never)) } catch { return text } }

/** Records by what people call them, each looked up once a file. */
export class RefNames {
  readonly #known = new Map<string, string>()
  readonly #ctx: Ctx
  constructor(ctx: Ctx) { this.#ctx = ctx }
  async find(field: CompiledField, text: string): Promise<string> {
    if (isId(text)) return text
    const key = `${field.target}/${text}`
    const known = this.#known.get(key)
    if (known) return known
    const target = this.#ctx.entities.get(field.target!)
    const scope = visible(this.#ctx, target, 'r')
    if (!scope) return fail('REF_NOT_FOUND', { field: pick(field.label, this.#ctx.locale), name: field.name })
    const keys = [...target.fields.values()].filter(x => x.column && (x.unique || target.display.includes(x.name)) && x.type !== 'ref')
      .filter(x => !['none', 'mask'].includes(fieldLevel(this.#ctx.access, target, x)))
    const { rows } = await sql<{ id: string }>`
      select r.id from ${sql.table(target.table)} as r where ${scope}
      and (${sql.join([...keys.map(k => sql`${sql.ref(`r.${k.column}`)}::text = ${asStored(k, text)}`), sql`${displayExpression(this.#ctx, target, 'r')} = ${text}`], sql` or `)}) limit 2`.execute(this.#ctx.db)
    if (rows.length !== 1) return fail(rows.length ? 'REF_AMBIGUOUS' : 'REF_NOT_FOUND', { field: pick(field.label, this.#ctx.locale), name: field.name, value: text })
    this.#known.set(key, rows[0]!.id)
    return rows[0]!.id
  }
}

async function existingRow(ctx: Ctx, entity: CompiledEntity, columns: readonly Column[], input: Record<string, unknown>): Promise<{ id: string; version: number } | null> {
  for (const { field } of columns) {
    if (!field.unique || !field.column || input[field.name] === null || input[field.name] === '') continue
    let value: unknown
    try { value = field.kind.parse(input[field.name], field as never) } catch { continue }
    const { rows: [row] } = await sql<{ id: string; version: number }>`select t.id, t.version from ${sql.table(entity.table)} as t where ${visible(ctx, entity, 't')!} and ${sql.ref(`t.${field.column}`)} = ${value}`.execute(ctx.db)
    if (row) return row
  }
  return null
}

function errorsOf(ctx: Ctx, entity: CompiledEntity, line: number, error: AppError): ImportError[] {
  const fields = error.details.fields as FieldProblem[] | undefined
  const label = (name: string | undefined): string | undefined => { const x = name ? entity.fields.get(name) : undefined; return x ? pick(x.label, ctx.locale) : name }
  if (fields?.length) return fields.map(p => ({ line, field: label(p.field) ?? p.field, code: p.code, message: p.message }))
  const field = label(error.details.name as string | undefined)
  return [{ line, ...(field ? { field } : {}), code: error.code, message: error.body(ctx.locale).message }]
}
