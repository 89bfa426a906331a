import { AppError, call, csvLine, CSV_BOM, readTable, requirePermission, TableFileError, uploaded, writeXlsx, type ModuleSpec } from '@quancheng/kernel'
import { COLUMNS, fromJson, fromTable, toJson, toRows } from '../rules/tree-file.ts'
import { importTree, loadTree } from './tree.ts'

const LIMIT = 5 * 1024 * 1024
const TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', json: 'application/json; charset=utf-8' } as const

async function parsed(file: { name: string; content: Buffer }) {
  if (/\.json$/i.test(file.name)) return fromJson(file.content.toString('utf8'))
  try { return fromTable(await readTable(file.content, file.name)) } catch (error) {
    if (error instanceof TableFileError) throw new AppError(error.code, { name: file.name, message: error.message })
    throw error
  }
}

/** The tree as a file, and a file into the tree. Uploads are read before a transaction opens, so these are routes and no actions. */
export const treeFiles: NonNullable<ModuleSpec['routes']> = (app, runtime) => {
  app.get('/api/process-tree/export', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    requirePermission(ctx.access, 'processNode:export', ctx.entities.get('processNode'))
    const asked = (req.query as { format?: string }).format
    const format = asked === 'xlsx' || asked === 'json' ? asked : 'csv'
    const nodes = await loadTree(ctx)
    reply.header('content-type', TYPES[format]).header('content-disposition', `attachment; filename="process-tree.${format}"; filename*=UTF-8''${encodeURIComponent(`流程树.${format}`)}`)
    if (format === 'json') return Buffer.from(JSON.stringify(toJson(nodes), null, 1))
    if (format === 'xlsx') return Buffer.from(await writeXlsx('流程树', COLUMNS, toRows(nodes)))
    return Buffer.from(CSV_BOM + [[...COLUMNS], ...toRows(nodes)].map(csvLine).join(''))
  }))
  app.post('/api/process-tree/import', async (req, reply) => {
    const file = await uploaded(runtime, req, LIMIT)
    return call(runtime, req, reply, {}, async ctx => importTree(ctx, await parsed(file)))
  })
}
