import { coverageOf } from '@quancheng/customers'
import { defineAction, elevated, fail, lock, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { QUOTING, WORKING, type LineState } from '../rules/lines.ts'
import { times } from '../rules/money.ts'
import { available } from '../rules/stock.ts'
import { decide, goOnLater, linesOf, waitForParts } from '../store/lines.ts'
import { holdStock, moveStock, someoneWaits } from '../store/stock.ts'

interface Request { stage: string; unitId: string; repeat: boolean; deviceId: string | null }

/** What warranty or a contract pays for already: proposed at nothing, for the clerk to change (CE-03). */
async function paidFor(ctx: Ctx, deviceId: string | null): Promise<{ labour: boolean; parts: boolean }> {
  const proposal = deviceId ? (await coverageOf(ctx, deviceId))?.proposal : null
  return { labour: proposal?.labour === 'free', parts: proposal?.parts === 'free' }
}

/** The case is held before the record, as the engine does, so that nobody waits crosswise. */
async function holdRequest(ctx: Ctx, id: string, stages: readonly string[]): Promise<Request> {
  await ctx.query("select 1 from process_instance where tenant_id = $1 and entity = 'serviceRequest' and record_id = $2 and ended_at is null order by id for update", [ctx.tenant.id, id])
  const { row } = await lock(ctx, ctx.entities.get('serviceRequest'), id, 'move')
  if (!stages.includes(String(row.stage))) fail('PARTS_STAGE', { stage: row.stage })
  return { stage: String(row.stage), unitId: String(row.unitId), repeat: row.repeatOfId !== null, deviceId: (row.deviceId as string | null | undefined) ?? null }
}

/** While it is being quoted the price of a request is what its lines come to. */
async function requote(ctx: Ctx, requestId: string, stage: string): Promise<{ total: string }> {
  const { total } = await linesOf(ctx, requestId)
  if (stage !== 'repair') await storeChange(elevated(ctx, '报价明细'), ctx.entities.get('serviceRequest'), requestId, { quotedAmount: total })
  return { total }
}

export const lines = defineAction({
  name: 'partLines', label: ['报价明细', 'Quote lines'], method: 'GET', path: '/api/service-requests/:id/lines', permission: 'partLine:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { rows: [request] } = await sql<{ stage: string; repeat: number | null; device: string | null }>`select t.stage, t.repeat_days as repeat, t.device_id as device from service_request t where ${visible(ctx, ctx.entities.get('serviceRequest'), 't', 'read')!} and t.id = ${id}`.execute(ctx.db)
    if (!request) return fail('NOT_FOUND', { id })
    return { ...(await linesOf(ctx, id)), mayAdd: (QUOTING as readonly string[]).includes(request.stage), mayUse: (WORKING as readonly string[]).includes(request.stage), repeatDays: request.repeat, free: await paidFor(ctx, request.device) }
  },
})

const MONEY = z.string().trim().regex(/^\d{1,9}(\.\d{1,2})?$/, '应为金额')

/** Puts a part or labour on the quote. A part is reserved at the request's station; where none is free it waits for its turn. */
export const addLine = defineAction({
  name: 'addPartLine', label: ['加入明细', 'Add a line'], method: 'POST', path: '/api/service-requests/:id/lines', permission: 'partLine:create', status: 201,
  input: z.object({ id: z.uuid(), partId: z.uuid().optional(), name: z.string().trim().min(1).max(80).optional(), quantity: z.number().int().min(1).max(999).default(1), unitPrice: MONEY.optional() }).refine(i => i.partId ?? i.name, { message: '请选择配件，或写明工时的名称' }),
  async run(ctx, i) {
    const request = await holdRequest(ctx, i.id, QUOTING)
    const [part] = i.partId ? await ctx.query<{ id: string; name: string; price: string; off: boolean }>('select id, name, price, off from part where tenant_id = $1 and id = $2', [ctx.tenant.id, i.partId]) : []
    if (i.partId && !part) fail('NOT_FOUND', { id: i.partId })
    if (part?.off) fail('PART_OFF', { part: part.name })
    const stock = part ? await holdStock(ctx, request.unitId, part.id) : null
    const state: LineState = !stock ? 'agreed' : available(stock) >= i.quantity && !(await someoneWaits(ctx, stock)) ? 'reserved' : 'waiting'
    // what we repaired a month ago is repaired again without a charge for the work (SP-28)
    const free = i.unitPrice === undefined ? await paidFor(ctx, request.deviceId) : null
    const unitPrice = i.unitPrice ?? (free?.[part ? 'parts' : 'labour'] ? '0.00' : part?.price) ?? (request.repeat ? '0.00' : fail('BAD_REQUEST', { reason: '请写明工时金额' }))
    const row = await storeNew(elevated(ctx, '报价明细'), ctx.entities.get('partLine'), { requestId: i.id, unitId: request.unitId, kind: part ? 'part' : 'labour', partId: part?.id ?? null, name: i.name ?? part!.name, quantity: i.quantity, unitPrice: times(unitPrice, 1), amount: times(unitPrice, i.quantity), state })
    if (stock && state === 'reserved') await moveStock(ctx, stock, 'reserve', { quantity: i.quantity, requestId: i.id, lineId: row.id as string })
    const { total } = await requote(ctx, i.id, request.stage)
    if (state === 'waiting' && request.stage === 'repair') await waitForParts(ctx, i.id)
    return { id: row.id, state, total }
  },
})

const STATE_NAMES: Record<LineState, string> = { reserved: '已占用', waiting: '待件', used: '已使用', released: '已取消', returned: '已退回', agreed: '已列入' }

/** 用上 · 取消 · 退回: what becomes of a line. `from` says of which states it can. */
const deciding = (verb: 'use' | 'release' | 'return', label: [string, string], to: LineState, from: readonly LineState[], stages: readonly string[]) => defineAction({
  name: `${verb}PartLine`, label, method: 'POST', path: `/api/part-lines/:id/${verb}`, permission: 'partLine:use', input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const [line] = await ctx.query<{ request_id: string }>('select request_id from part_line where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
    if (!line) return fail('NOT_FOUND', { id })
    const request = await holdRequest(ctx, line.request_id, stages)
    let was: LineState = to
    await decide(ctx, line.request_id, id, state => { was = state; return from.includes(state) ? to : fail('PART_LINE_STATE', { state: STATE_NAMES[state] }) })
    // of a stopped clock the step itself is the judge; it is asked after this act, with the case in hand
    if (was === 'waiting') await goOnLater(ctx, line.request_id)
    return { id, state: to, ...(await requote(ctx, line.request_id, request.stage)) }
  },
})

export const lineActions = [
  lines, addLine,
  deciding('use', ['用上', 'Use'], 'used', ['reserved'], WORKING),
  deciding('release', ['取消', 'Release'], 'released', ['reserved', 'waiting', 'agreed'], QUOTING),
  deciding('return', ['退回', 'Return'], 'returned', ['used'], WORKING),
]
