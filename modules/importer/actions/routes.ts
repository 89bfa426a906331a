import { Answer, AppError, call, fail, importable, isId, read, readUpload, requireImport, requirePermission, uploaded, type CompiledEntity, type Ctx, type ModuleSpec, type TableCell } from '@quancheng/kernel'
import type { Mapping } from '../rules/mapping.ts'
import { suggest } from '../rules/suggest.ts'
import { receivedFields } from '../store/receivers.ts'
import { runPlan, type Plan } from '../store/run.ts'

/** Different values of a column that are kept for the mapping of choices. */
const MOST_VALUES = 60
const SAMPLES = 3

const asText = (cell: TableCell): string => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell))

export interface ColumnShown { title: string; values: string[]; more: boolean; filled: number }

/** What a file holds, and how it may become records of an entity. */
async function look(ctx: Ctx, entity: CompiledEntity, file: { name: string; content: Buffer }): Promise<{ rows: number; columns: ColumnShown[]; samples: string[][]; mapping: Mapping; extra: string[]; byItself: string[] }> {
  requireImport(ctx, entity)
  const table = await readUpload(file)
  if (!table.rows.length) fail('IMPORT_EMPTY')
  const columns = table.header.map((title, i) => {
    const cells = table.rows.map(r => r.cells[i] ?? null).filter((c): c is Exclude<TableCell, null> => c !== null && c !== '').map(asText)
    const values = [...new Set(cells)]
    return { title, values: values.slice(0, MOST_VALUES), more: values.length > MOST_VALUES, filled: cells.length }
  })
  const own = receivedFields(ctx, entity)
  const fields = [...importable(ctx, entity), ...own].map(x => ({ name: x.name, labels: [x.label[0], x.label[1]], type: x.type, ...(x.options ? { options: x.options.map(o => ({ value: o.value, label: [o.label[0], o.label[1]] })) } : {}) }))
  return { rows: table.rows.length, columns, samples: table.rows.slice(0, SAMPLES).map(r => r.cells.map(c => (c === null ? '' : asText(c)))), mapping: suggest(entity.name, fields, columns), extra: own.map(x => x.name), byItself: [entity.scope?.unit, entity.scope?.owner].filter(name => name !== undefined) }
}

/** Uploads are read before the transaction opens, so these are routes and not actions. */
export const importRoutes: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  app.post('/api/import/look', async (req, reply) => {
    const file = await uploaded(runtime, req), { target = '' } = req.query as { target?: string }
    return call(runtime, req, reply, { readOnly: true }, async ctx => {
      requirePermission(ctx.access, 'importPlan:run', ctx.entities.get('importPlan'))
      return look(ctx, ctx.entities.find(target) ?? fail('NOT_FOUND', { entity: target }), file)
    })
  })
  app.post('/api/import-plans/:id/run', async (req, reply) => {
    const { id } = req.params as { id: string }, { mode, partial } = req.query as { mode?: string; partial?: string }
    if (!isId(id)) return fail('NOT_FOUND', { id })
    const file = await uploaded(runtime, req)
    return call(runtime, req, reply, {}, async ctx => {
      requirePermission(ctx.access, 'importPlan:run', ctx.entities.get('importPlan'))
      const plan = await read(ctx, ctx.entities.get('importPlan'), id) as unknown as Plan
      const report = await runPlan(ctx, plan, file, { commit: mode === 'commit', partial: partial === '1' })
      return report.failed && mode === 'commit' && partial !== '1' ? new Answer(422, { ...new AppError('IMPORT_REFUSED', { failed: report.failed }).body(ctx.locale), ...report }) : report
    })
  })
}
