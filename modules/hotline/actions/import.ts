import { Answer, AppError, attempt, create, defineAction, fail, known, update, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'

export const MOST_TICKETS = 1000
/** The record as the hotline sends it: station and product line by their codes. */
const TICKET = z.object({ hotlineId: z.string().trim().min(1).max(60) }).loose()
const FIELDS = ['customerName', 'phone', 'address', 'model', 'serialNo', 'faultDescription', 'calledAt'] as const

const idBy = async (ctx: Ctx, table: 'unit' | 'product_line', code: string): Promise<string | null> => known(ctx, `hotline/${table}/${code}`, async () => (await ctx.query<{ id: string }>(`select id from ${table} where tenant_id = $1 and code = $2 and not coalesce(off, false)${table === 'unit' ? " and kind = 'station'" : ''}`, [ctx.tenant.id, code]))[0]?.id ?? null)

async function draftOf(ctx: Ctx, row: Record<string, unknown>): Promise<Record<string, unknown>> {
  const station = String(row.station ?? '').trim().toUpperCase(), line = String(row.productLine ?? '').trim().toUpperCase()
  const unitId = await idBy(ctx, 'unit', station) ?? fail('HOTLINE_STATION', { code: station })
  const productLineId = line ? await idBy(ctx, 'product_line', line) ?? fail('HOTLINE_LINE', { code: line }) : null
  return { unitId, productLineId, ...Object.fromEntries(FIELDS.map(name => [name, row[name] ?? null])) }
}

type What = 'created' | 'updated' | 'unchanged'

async function one(ctx: Ctx, row: Record<string, unknown>): Promise<{ what: What; id: string }> {
  const entity = ctx.entities.get('hotlineTicket'), draft = await draftOf(ctx, row)
  const hotlineId = entity.fields.get('hotlineId')!.kind.parse(row.hotlineId, entity.fields.get('hotlineId') as never)
  const [was] = await ctx.query<{ id: string; version: number; state: string }>('select id, version, state from hotline_ticket where tenant_id = $1 and hotline_id = $2 for update', [ctx.tenant.id, hotlineId])
  if (!was) return { what: 'created', id: (await create(ctx, entity, { hotlineId, ...draft })).id }
  // what the station already took up is not changed from outside; the same words again are no change
  const now = await update(ctx, entity, was.id, draft)
  return { what: now.version === was.version ? 'unchanged' : 'updated', id: was.id }
}

/** Records of the hotline, each for itself and known by its number: sent again it changes nothing; one that is wrong does not stop the others (207). */
export const postTickets = defineAction({
  name: 'postHotlineTickets', label: ['导入热线单', 'Post hotline tickets'], method: 'POST', path: '/api/hotline/tickets', permission: 'hotlineTicket:import',
  input: z.object({ tickets: z.array(TICKET).min(1) }),
  async run(ctx, { tickets }) {
    if (tickets.length > MOST_TICKETS) fail('TICKETS_LIMIT', { max: MOST_TICKETS })
    const counts = { created: 0, updated: 0, unchanged: 0, failed: 0 }
    const errors: Array<{ index: number; hotlineId: string; code: string; message: string }> = []
    for (const [index, row] of tickets.entries()) {
      try { counts[(await attempt(ctx, () => one(ctx, row))).what]++ } catch (error) {
        if (!(error instanceof AppError)) throw error
        counts.failed++
        const { code, message } = error.body(ctx.locale)
        errors.push({ index, hotlineId: row.hotlineId, code, message })
      }
    }
    return errors.length ? new Answer(207, { ...counts, errors }) : counts
  },
})
