import { requirePermission } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity, CompiledField } from '../entity/compile.ts'
import { pick } from '../i18n.ts'
import type { Row } from '../query/select.ts'
import { dayOf } from '../query/within.ts'
import { CSV_BOM, csvLine, writeXlsx, type TableCell } from '../tabular/index.ts'
import { fieldsOf, list, MAX_LIMIT, type ListQuery } from './list.ts'

export interface OutFile { name: string; mediaType: string; content: Buffer }

export const MAX_EXPORT = 50_000
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const exportable = (fields: readonly CompiledField[]): CompiledField[] => fields.filter(x => !x.hidden && !['id', 'version', 'updatedBy', 'createdBy'].includes(x.name) && x.type !== 'json')

/** Times are written as the tenant's wall clock: a spreadsheet has no time zones. */
const wall = (at: Date, timeZone: string): Date => {
  const day = dayOf(at, timeZone)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(at)
  return new Date(`${day.toISOString().slice(0, 10)}T${time}Z`)
}

export function cellOf(ctx: Ctx, field: CompiledField, row: Row): TableCell {
  const value = row[field.name]
  if (value === null || value === undefined) return null
  const labels = row.$labels as Record<string, unknown>
  if ((row.$masked as string[] | undefined)?.includes(field.name)) return String(value)
  if (field.type === 'datetime') return wall(new Date(value as string | Date), ctx.tenant.timeZone)
  return field.kind.toCell(value, field as never, {
    timeZone: ctx.tenant.timeZone,
    label: (_spec, v) => { const l = labels[field.name]; return typeof l === 'string' ? l : l && typeof l === 'object' ? (l as Record<string, string>)[String(v)] : undefined },
  })
}

/** The list as a file: the same filter, order, columns, scope and masks as on the screen. */
export async function exportRows(ctx: Ctx, entity: CompiledEntity, query: ListQuery, format: 'xlsx' | 'csv'): Promise<OutFile> {
  requirePermission(ctx.access, `${entity.name}:export`, entity)
  const fields = exportable(fieldsOf(ctx, entity, query.fields))
  const header = fields.map(x => pick(x.label, ctx.locale))
  const rows: TableCell[][] = []
  let after: string | undefined
  do {
    const page = await list(ctx, entity, { ...query, fields: fields.map(x => x.name), limit: MAX_LIMIT, ...(after ? { after } : {}) }, 'export')
    for (const row of page.items) rows.push(fields.map(x => cellOf(ctx, x, row)))
    after = page.next ?? undefined
  } while (after && rows.length < MAX_EXPORT)
  const name = `${pick(entity.label, ctx.locale)}-${dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)}`
  if (format === 'csv') {
    const text = CSV_BOM + [header, ...rows].map(r => csvLine(r)).join('')
    return { name: `${name}.csv`, mediaType: 'text/csv; charset=utf-8', content: Buffer.from(text) }
  }
  return { name: `${name}.xlsx`, mediaType: XLSX, content: Buffer.from(await writeXlsx(pick(entity.label, ctx.locale), header, rows)) }
}
