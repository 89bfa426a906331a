import { defineAction, elevated, fail, lock, pick, read, schedule, storeChange, unschedule, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { PAPERS } from '../rules/papers.ts'
import { noLongerWanted } from '../store/alarm.ts'
import { askPrint, copiesOf, printersAt, putOnList } from '../store/ask.ts'
import { underWay } from '../store/at-work.ts'
import { JOB_PRINT } from '../store/send.ts'
import { sourcesOf } from '../store/sources.ts'

const ORIGIN = z.string().max(200).regex(/^https?:\/\/[^\s/?#@]+$/)

/** Prints a paper of a record; who may is said by `<entity>:print`. */
export const print = defineAction({
  name: 'print', label: ['打印', 'Print'], method: 'POST', path: '/api/prints', permission: null, status: 201,
  input: z.object({ entity: z.string().max(60), recordId: z.uuid(), paper: z.enum(['voucher', 'label', 'slip']), printerId: z.uuid().nullish(), by: z.enum(['printer', 'browser']).optional(), origin: ORIGIN.nullish() }),
  run: (ctx, input) => askPrint(ctx, input),
})

/** What can be printed of a record: which papers, what they still need, how often each was printed, the station's printers, the last prints. */
export const papersOf = defineAction({
  name: 'papersOf', label: ['可打印的单据', 'Papers of a record'], method: 'GET', path: '/api/prints/of/:entity/:recordId', permission: null, readOnly: true, input: z.object({ entity: z.string().max(60), recordId: z.uuid() }),
  async run(ctx, { entity: name, recordId }) {
    const entity = ctx.entities.find(name) ?? fail('PAPER_UNKNOWN')
    const { row } = await lock(ctx, entity, recordId, 'print', { forUpdate: false })
    const papers = await Promise.all(sourcesOf(ctx.runtime, name).map(async s => ({ paper: s.paper, label: pick(PAPERS[s.paper], ctx.locale), missing: s.missing(ctx, row), printed: await copiesOf(ctx, recordId, s.paper) })))
    const jobs = await ctx.query(
      `select j.id, j.paper, j.copy, j.state, j.problem, j.created_at as "at", p.name as printer from print_job j left join printer p on p.tenant_id = j.tenant_id and p.id = j.printer_id
       where j.tenant_id = $1 and j.record_id = $2 order by j.id desc limit 5`, [ctx.tenant.id, recordId])
    return { papers, printers: await printersAt(ctx, String(row[entity.scope?.unit ?? 'unitId'])), jobs }
  },
})

interface Job { id: string; state: string; entity: string; record_id: string; unit_id: string; printer_id: string | null; problem: string | null; paper: string }

/** The print, if the caller may print its record. */
async function mine(ctx: Ctx, id: string): Promise<Job> {
  const [job] = await ctx.query<Job>('select id, state, entity, record_id, unit_id, printer_id, problem, paper from print_job where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id])
  if (!job) return fail('NOT_FOUND', { entity: 'printJob', id })
  await lock(ctx, ctx.entities.find(job.entity) ?? fail('NOT_FOUND', {}), job.record_id, job.paper === 'test' ? 'update' : 'print', { forUpdate: false })
  return job
}

/** Sends it again, or to another printer of the same station: what failed, and what waits for its next try. What is printed is printed anew as 补打. */
export const retryPrint = defineAction({
  name: 'retryPrint', label: ['重打', 'Send again'], method: 'POST', path: '/api/print-jobs/:id/retry', permission: null, input: z.object({ id: z.uuid(), printerId: z.uuid().nullish() }),
  async run(ctx, { id, printerId }) {
    const job = await mine(ctx, id)
    if (job.state !== 'failed' && job.state !== 'waiting') return fail('PRINT_NOT_OPEN')
    if (underWay(ctx.runtime, id)) return fail('PRINT_UNDERWAY')
    const to = printerId ?? job.printer_id
    if (!to || !(await printersAt(ctx, job.unit_id)).some(p => p.id === to)) return fail('NOT_FOUND', { entity: 'printer', id: to })
    await storeChange(elevated(ctx, '打印'), ctx.entities.get('printJob'), id, { state: 'waiting', problem: null, tries: 0, printerId: to }, { act: 'retry' })
    if (to !== job.printer_id) await noLongerWanted(ctx, job)
    await schedule(ctx, { kind: JOB_PRINT, key: id, dueAt: ctx.now(), payload: { id } })
    return { id, state: 'waiting' }
  },
})

export const cancelPrint = defineAction({
  name: 'cancelPrint', label: ['取消打印', 'Cancel'], method: 'POST', path: '/api/print-jobs/:id/cancel', permission: null, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const job = await mine(ctx, id)
    if (job.state !== 'failed' && job.state !== 'waiting') return fail('PRINT_NOT_OPEN')
    await storeChange(elevated(ctx, '打印'), ctx.entities.get('printJob'), id, { state: 'cancelled' }, { act: 'cancel' })
    await noLongerWanted(ctx, job)
    await unschedule(ctx, [JOB_PRINT], [id])
    return { id, state: 'cancelled' }
  },
})

/** A test page, for who sets up the printer. */
export const printTest = defineAction({
  name: 'printTest', label: ['打印测试页', 'Print a test page'], method: 'POST', path: '/api/printers/:id/test', permission: 'printer:update', status: 201, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('printer'), id, 'update', { forUpdate: false })
    const printer = await read(ctx, ctx.entities.get('printer'), id)
    return putOnList(ctx, { entity: 'printer', recordId: id, paper: 'test', unitId: String(row.unitId), copy: 0, title: String(printer.name), printer: { id, name: String(row.name), papers: [], width: String(row.width) } })
  },
})
