import { elevated, fail, importInputs, normalise, readUpload, storeNew, type Ctx, type ImportReport } from '@quancheng/kernel'
import { columnsOf, type ListField } from '../rules/list.ts'

/** How many rows one list may have: its whole screening is one transaction. */
export const MOST_ROWS = 20_000

export interface ListReport extends ImportReport { doubles: number; bad: number }

/**
 * A bought list becomes leads of a campaign (MK-04). A row is bad when it cannot be read or reached, a double when its telephone or mail is known already: of a
 * customer, a contact, an open lead, or of an earlier row of the list. Each refused row is named with its line and why; leads find their owners like all others.
 */
export async function importList(ctx: Ctx, campaignId: string, file: { name: string; content: Buffer }, commit: boolean): Promise<ListReport> {
  const table = await readUpload(file), at = columnsOf(table.header), lead = ctx.entities.get('lead')
  if (at.name === undefined || (at.phone === undefined && at.mail === undefined)) fail('LIST_COLUMNS')
  if (table.rows.length > MOST_ROWS) fail('LIST_LONG', { most: MOST_ROWS, rows: table.rows.length })
  const seen = await knownReaches(ctx)
  const report = await importInputs(ctx, lead, table.rows, async ({ cells, line }) => {
    const input: Record<string, unknown> = { source: 'list', campaignId }
    for (const [field, column] of Object.entries(at) as Array<[ListField, number]>) { const value = cells[column]; if (value !== null && value !== '') input[field] = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : value }
    const read = normalise(ctx, lead, input, 'create') as { name?: string; phone?: string | null; mail?: string | null }
    if (!read.name) return fail('INVALID', { summary: '“姓名”必填', fields: [{ field: 'name', code: 'REQUIRED', message: '必填' }] })
    if (!read.phone && !read.mail) return fail('LIST_UNREACHABLE')
    const reaches = [read.phone, read.mail?.toLowerCase()].filter(x => typeof x === 'string')
    const known = reaches.map(r => seen.get(r)).find(x => x !== undefined)
    if (known) return fail('LIST_DOUBLE', { who: known.who, name: known.name })
    for (const r of reaches) seen.set(r, { who: '名单', name: `第 ${line} 行` })
    return { input, existing: null }
  }, { commit, partial: true })
  const doubles = new Set(report.errors.filter(e => e.code === 'LIST_DOUBLE').map(e => e.line)).size
  const bad = report.failed - doubles
  if (commit) await storeNew(elevated(ctx, '名单导入'), ctx.entities.get('campaignList'), { campaignId, file: file.name.slice(0, 200), at: ctx.now(), total: report.total, made: report.created, doubles, bad, byId: ctx.user?.id ?? null })
  return { ...report, doubles, bad }
}

/** Every telephone and mail that is somebody's already. Only that it is known is told of those whom the caller may not read; no name. */
async function knownReaches(ctx: Ctx): Promise<Map<string, { who: string; name: string }>> {
  const rows = await ctx.query<{ reach: string; who: string; name: string }>(
    `select x.reach, x.who, x.name from (
       select unnest(array[phone, lower(mail)]) as reach, '客户' as who, '已是客户' as name from customer where tenant_id = $1 and merged_into_id is null
       union all select unnest(array[phone, lower(mail)]), '联系人', '已是客户的联系人' from contact where tenant_id = $1 and until is null
       union all select unnest(array[phone, lower(mail)]), '线索', number from lead where tenant_id = $1 and state in ('new', 'pool', 'assigned', 'working')) x where x.reach is not null`, [ctx.tenant.id])
  return new Map(rows.map(r => [r.reach, { who: r.who, name: r.name }]))
}
