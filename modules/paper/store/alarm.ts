import { pick, type Ctx } from '@quancheng/kernel'
import { closeAlarms, holdersAbove, raiseAlarm } from '@quancheng/process'
import { PAPERS, type PaperName } from '../rules/papers.ts'

interface Failed { id: string; paper: string; title: string; printer_id: string | null; printer: string | null }

/** One alarm a printer, however many papers it has not printed; a paper without a printer has its own. */
const keyOf = (f: { id: string; printer_id: string | null }): string => `print/${f.printer_id ?? f.id}`

const stillFailed = async (ctx: Ctx, printerId: string): Promise<number> => (await ctx.query<{ n: number }>("select count(*)::int as n from print_job where tenant_id = $1 and printer_id = $2 and state = 'failed'", [ctx.tenant.id, printerId]))[0]!.n

/** A paper did not come out: the station sees it on its board, and who asked for it and the manager are told. */
export async function tellFailed(ctx: Ctx, f: Failed, problem: string): Promise<void> {
  const [job] = await ctx.query<{ unit_id: string; created_by: string | null }>('select unit_id, created_by from print_job where tenant_id = $1 and id = $2', [ctx.tenant.id, f.id])
  const recipients = [...(await holdersAbove(ctx, job!.unit_id, 'stationManager')), ...(job!.created_by ? [job!.created_by] : [])]
  const paper = f.paper in PAPERS ? pick(PAPERS[f.paper as PaperName], ctx.locale) : ''
  await raiseAlarm(ctx, { kind: 'print', title: `${f.printer ? `打印机“${f.printer}”` : ''}没有打出${paper} ${f.title}：${problem}`.slice(0, 200), entity: 'printJob', recordId: f.id, stepKey: keyOf(f), stage: null, unitId: job!.unit_id, ownerId: null, recipientIds: recipients, count: f.printer_id ? await stillFailed(ctx, f.printer_id) : 1 })
}

/** The printer prints again: what stopped it is over. What it has not printed is listed under its records, to be sent once more. */
export const printsAgain = (ctx: Ctx, f: { id: string; printer_id: string | null }): Promise<void> => closeAlarms(ctx, [...new Set([keyOf(f), `print/${f.id}`])], ['print'])

/** Nobody wants the paper any more: with the last of its printer the alarm is over. */
export async function noLongerWanted(ctx: Ctx, f: { id: string; printer_id: string | null }): Promise<void> {
  if (!f.printer_id || !(await stillFailed(ctx, f.printer_id))) await printsAgain(ctx, f)
}
