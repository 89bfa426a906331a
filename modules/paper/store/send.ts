import { AppError, attempt, isElsewhere, schedule, storeChange, systemAct, unschedule, type Ctx } from '@quancheng/kernel'
import { encodeTicket } from '../rules/escpos.ts'
import { MAX_TRIES, retrySeconds } from '../rules/papers.ts'
import { printsAgain, tellFailed } from './alarm.ts'
import { inLine, underWay } from './at-work.ts'
import { problemOf, SEND_SECONDS, sendToPrinter, type Target } from './socket.ts'
import { sourceOf } from './sources.ts'
import { testPage } from './test-page.ts'

export const JOB_PRINT = 'paper.print'
/** Seconds beyond the time for sending after which a print without news counts as lost. */
const LEASE_SECONDS = 30
/** Registered by who runs the program (and by tests): printers on this very machine are allowed. */
export const LOOPBACK_PRINTERS = 'paper.loopback'
/** The address of a printer that is only pretended: no network has such a name (RFC 2606). What would be printed goes to whoever registered to keep it. */
export const VIRTUAL_PRINTER = 'printer.invalid'
export const KEEPS_PAPER = 'paper.keeps'
export type KeepsPaper = (title: string, paper: string, data: Buffer) => Promise<void>

interface Row { id: string; paper: string; title: string; copy: number; state: string; tries: number; entity: string; record_id: string; unit_id: string; origin: string | null; by: string | null; printer_id: string | null; printer: string | null; address: string | null; port: number; width: string; off: boolean | null }

const load = async (ctx: Ctx, id: string): Promise<Row | undefined> => (await ctx.query<Row>(
  `select j.id, j.paper, j.title, j.copy, j.state, j.tries, j.entity, j.record_id, j.unit_id, j.origin, u.name as by, j.printer_id, p.name as printer, p.address, p.port, p.width, p.off
   from print_job j left join printer p on p.tenant_id = j.tenant_id and p.id = j.printer_id left join "user" u on u.tenant_id = j.tenant_id and u.id = j.created_by
   where j.tenant_id = $1 and j.id = $2 for update of j`, [ctx.tenant.id, id]))[0]

const change = (ctx: Ctx, id: string, values: Record<string, unknown>): Promise<unknown> => storeChange(ctx, ctx.entities.get('printJob'), id, values)

/**
 * A print is due. The job makes the paper from the record as it is now, counts the try, leaves a lease (itself, due again when the printer
 * should long have taken it) and hands the bytes over; they are sent after the commit, beside the job list and outside any transaction.
 * Then the print is marked. Killed in between, the lease comes due and the same paper is sent again, with the same number on it.
 */
export async function printDue(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const id = String(payload.id), row = await load(ctx, id)
  if (row?.state !== 'waiting' || (await isElsewhere(ctx, row.unit_id))) return
  const lease = (): Promise<void> => schedule(ctx, { kind: JOB_PRINT, key: id, dueAt: new Date(ctx.now().getTime() + (SEND_SECONDS + LEASE_SECONDS) * 1000), payload: { id } })
  if (underWay(ctx.runtime, id)) return lease()
  if (!row.printer_id || row.off || !row.address) return giveUp(ctx, row, row.printer_id ? '打印机已停用' : '打印机已删除')
  if (row.tries >= MAX_TRIES) return giveUp(ctx, row, '打印机没有回音')
  let data: Buffer
  try { data = await attempt(ctx, () => bytesOf(ctx, row)) } catch (error) {
    if (error instanceof AppError) return giveUp(ctx, row, error.body(ctx.locale).message)
    // a broken source is no matter of another try: a person sees it, the log says what it is
    ctx.runtime.log({ level: 'error', msg: 'paper', id, paper: row.paper, error: (error as Error).message })
    return giveUp(ctx, row, '单据没有做成，请联系管理员')
  }
  await change(ctx, id, { tries: row.tries + 1 })
  await lease()
  const { runtime, tenant } = ctx, target: Target = { address: row.address, port: row.port, loopback: runtime.services.get(LOOPBACK_PRINTERS) === true }
  ctx.afterCommit(() => inLine(runtime, `${tenant.id}/${row.printer_id}`, id, async () => {
    const act = (run: (own: Ctx) => Promise<void>): Promise<void> => systemAct(runtime, tenant.id, '打印', run)
    const keeps = row.address === VIRTUAL_PRINTER ? runtime.services.get(KEEPS_PAPER) as KeepsPaper | undefined : undefined
    try { await (keeps ? keeps(row.title, row.paper, data) : sendToPrinter(target, data)) } catch (error) { return act(own => failed(own, id, problemOf(error as Error))) }
    return act(own => printed(own, id))
  }))
}

async function bytesOf(ctx: Ctx, row: Row): Promise<Buffer> {
  const width = row.width === 'w58' ? 58 : 80
  if (row.paper === 'test') return encodeTicket(testPage({ printer: row.printer ?? '', width, by: row.by ?? '' }), width)
  const source = sourceOf(ctx.runtime, row.entity, row.paper) ?? new AppError('PAPER_UNKNOWN', {})
  if (source instanceof AppError) throw source
  return encodeTicket(await source.ticket(ctx, { recordId: row.record_id, copy: row.copy, by: row.by ?? '', origin: row.origin }), width)
}

async function printed(ctx: Ctx, id: string): Promise<void> {
  const row = await load(ctx, id)
  await unschedule(ctx, [JOB_PRINT], [id])
  // cancelled while it was on its way: it lies in the tray all the same, and that is what the record says
  if (row && row.state !== 'printed') await change(ctx, id, { state: 'printed', printedAt: ctx.now(), problem: null })
  if (row) await printsAgain(ctx, row)
}

async function failed(ctx: Ctx, id: string, problem: string): Promise<void> {
  const row = await load(ctx, id)
  if (row?.state !== 'waiting') return unschedule(ctx, [JOB_PRINT], [id])
  if (row.tries >= MAX_TRIES) return giveUp(ctx, row, problem)
  await change(ctx, id, { problem })
  await schedule(ctx, { kind: JOB_PRINT, key: id, dueAt: new Date(ctx.now().getTime() + retrySeconds(row.tries) * 1000), payload: { id } })
}

async function giveUp(ctx: Ctx, row: Row, problem: string): Promise<void> {
  await unschedule(ctx, [JOB_PRINT], [row.id])
  await change(ctx, row.id, { state: 'failed', problem })
  await tellFailed(ctx, row, problem)
}
