import { elevated, fail, known, lock, pick, schedule, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { copyText, PAPERS, type PaperName } from '../rules/papers.ts'
import { JOB_PRINT } from './send.ts'
import { sourceOf } from './sources.ts'

export interface PrintRequest { entity: string; recordId: string; paper: PaperName; /** null: the station's first for this paper */ printerId?: string | null | undefined; /** 'browser': the page prints it, this only counts */ by?: 'printer' | 'browser' | undefined; origin?: string | null | undefined }
export interface PrinterInfo { id: string; name: string; papers: string[]; width: string }
export interface Asked { id: string; copy: number; state: string; printer: string | null }

/** Printers of a station that are on, the first choice first. */
export const printersAt = (ctx: Ctx, unitId: string): Promise<readonly PrinterInfo[]> => known(ctx, `printers/${unitId}`, () => ctx.query<PrinterInfo>(
  'select id, name, coalesce(papers, \'{}\') as papers, width from printer where tenant_id = $1 and unit_id = $2 and not coalesce(off, false) order by position, name, id', [ctx.tenant.id, unitId]))

/** Prints there have been of one paper of a record, whoever printed them; cancelled ones do not count, failed ones may have come out. */
export const copiesOf = async (ctx: Ctx, recordId: string, paper: string): Promise<number> =>
  (await ctx.query<{ n: number }>("select count(*)::int as n from print_job where tenant_id = $1 and record_id = $2 and paper = $3 and state <> 'cancelled'", [ctx.tenant.id, recordId, paper]))[0]!.n

/**
 * Asks for a paper of a record, for who holds `entity:print` there. The record is locked, so that two at once are the first and 补打1; it must
 * hold what the paper needs. The print commits with the act and leaves through the job list. The record's history says who printed what.
 */
export async function askPrint(ctx: Ctx, r: PrintRequest): Promise<Asked> {
  const entity = ctx.entities.find(r.entity) ?? fail('PAPER_UNKNOWN'), source = sourceOf(ctx.runtime, r.entity, r.paper) ?? fail('PAPER_UNKNOWN')
  const locked = await lock(ctx, entity, r.recordId, 'print'), { row } = locked
  const paper = pick(PAPERS[r.paper], ctx.locale), missing = source.missing(ctx, row)
  if (missing.length) fail('PAPER_NOT_READY', { paper, missing: missing.join('、') })
  await source.refuse?.(ctx, row)
  const unitId = String(row[entity.scope?.unit ?? 'unitId'])
  const printer = r.by === 'browser' ? null : await choose(ctx, unitId, r.paper, r.printerId ?? null)
  const copy = await copiesOf(ctx, r.recordId, r.paper)
  const asked = await putOnList(ctx, { ...r, unitId, copy, title: String(row[entity.display[0]!] ?? ''), printer })
  await storeChange(ctx, entity, r.recordId, {}, { act: 'print', note: [paper, copyText(copy), printer ? printer.name : '浏览器打印'].filter(Boolean).join(' · '), locked })
  return asked
}

async function choose(ctx: Ctx, unitId: string, paper: PaperName, id: string | null): Promise<PrinterInfo> {
  const all = await printersAt(ctx, unitId)
  // a printer of another station is as good as none: paper must not come out in another town
  if (id) return all.find(p => p.id === id) ?? fail('NOT_FOUND', { entity: 'printer', id })
  return all.find(p => p.papers.includes(paper)) ?? fail('PRINTER_NONE', { paper: pick(PAPERS[paper], ctx.locale) })
}

/** The row and its job. The caller has been authorised. */
export async function putOnList(ctx: Ctx, o: { entity: string; recordId: string; paper: PaperName; unitId: string; copy: number; title: string; printer: PrinterInfo | null; origin?: string | null | undefined }): Promise<Asked> {
  const state = o.printer ? 'waiting' : 'printed'
  const job = await storeNew(elevated(ctx, '打印'), ctx.entities.get('printJob'), {
    paper: o.paper, title: o.title, copy: o.copy, state, unitId: o.unitId, entity: o.entity, recordId: o.recordId, origin: o.origin ?? null, tries: 0, ...(o.printer ? { printerId: o.printer.id } : { printedAt: ctx.now() }),
  })
  if (o.printer) await schedule(ctx, { kind: JOB_PRINT, key: job.id as string, dueAt: ctx.now(), payload: { id: job.id } })
  return { id: job.id as string, copy: o.copy, state, printer: o.printer?.name ?? null }
}

/**
 * Prints without anybody asking, where the station has a printer for it: the slip of a number taken at the door. The act goes on without one;
 * answers whether it is printed.
 */
export async function printByItself(ctx: Ctx, o: { entity: string; recordId: string; paper: PaperName; unitId: string; title: string }): Promise<boolean> {
  if (!ctx.entities.find('printJob')) return false
  const printer = (await printersAt(ctx, o.unitId)).find(p => p.papers.includes(o.paper))
  if (!printer) return false
  await putOnList(ctx, { ...o, copy: 0, printer })
  return true
}
