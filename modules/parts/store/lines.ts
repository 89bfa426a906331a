import { elevated, known, schedule, storeChange, type Ctx } from '@quancheng/kernel'
import { pauseIfAllowed, resume, type DemandResolver } from '@quancheng/process'
import { ENDED, type StageChange } from '@quancheng/service'
import { missingOf, totalOf, UNREPAIRED, type LineState, type LineView } from '../rules/lines.ts'
import { holdStock, JOB_RESUME, moveStock, serve } from './stock.ts'

export interface Line extends LineView { id: string; partId: string | null; code: string | null; measure: string | null; unitId: string; unitPrice: string; decidedAt: Date | null }
export const WAITING_FOR_PARTS = '待件'

/** Lines of a request in the order in which they were written, and what they come to. Money is text with two decimals. */
export async function linesOf(ctx: Ctx, requestId: string): Promise<{ lines: Line[]; total: string }> {
  const lines = await ctx.query<Line>(
    `select l.id, l.kind, l.part_id as "partId", p.code, p.measure, l.unit_id as "unitId", l.name, l.quantity, l.unit_price as "unitPrice", l.amount, l.state, l.decided_at as "decidedAt"
     from part_line l left join part p on p.tenant_id = l.tenant_id and p.id = l.part_id where l.tenant_id = $1 and l.request_id = $2 order by l.id`, [ctx.tenant.id, requestId], 'part_lines')
  return { lines, total: totalOf(lines) }
}

/** Does the company keep parts, or quote by lines, at all? Where it does not, nobody is asked anything. */
export const keepsParts = (ctx: Ctx): Promise<boolean> => known(ctx, 'parts/any', async () => (await ctx.query('select 1 from part where tenant_id = $1 limit 1', [ctx.tenant.id])).length > 0)

const ASKED = new Set(['quote', 'repair'])

/** 报价 agrees with its lines; 修好 only when each part has been put in or given back. */
export const partDemands: DemandResolver = async (ctx, o) => {
  if (o.entity !== 'serviceRequest' || !o.recordId || !ASKED.has(o.nodeId) || !(await keepsParts(ctx))) return null
  const { lines } = await linesOf(ctx, o.recordId)
  if (!lines.length) return null
  // what the customer was shown and asked to agree to is the price, however it came about
  const shown = o.nodeId === 'quote' && (await ctx.query("select 1 from estimate where tenant_id = $1 and request_id = $2 and state = 'open' limit 1", [ctx.tenant.id, o.recordId])).length > 0
  if (shown) return null
  return { items: [], fields: [], refuse: (record, outcome) => missingOf(lines, { nodeId: o.nodeId, outcome, quoted: (record.quotedAmount as string | null) ?? null }) }
}

/** What a change of stage means for the parts: at 维修 the clock stands while one is missing; at the end nothing stays promised. */
export async function atStage(ctx: Ctx, change: StageChange): Promise<void> {
  const ended = (ENDED as readonly string[]).includes(change.to)
  if ((!ended && change.to !== 'repair') || !(await keepsParts(ctx))) return
  if (ended) await giveBack(ctx, change.id, (UNREPAIRED as readonly string[]).includes(change.to))
  else await waitForParts(ctx, change.id)
}

/** Everything still promised is freed; of a device that goes back unrepaired what was put in comes out again (退回). */
async function giveBack(ctx: Ctx, requestId: string, unrepaired: boolean): Promise<void> {
  const { lines } = await linesOf(ctx, requestId)
  // a fixed order of parts, so that two requests that end at once wait for each other instead of locking each other out
  for (const line of lines.filter(l => l.partId).toSorted((a, b) => (a.partId! < b.partId! ? -1 : 1))) await decide(ctx, requestId, line.id, state => (state === 'reserved' || state === 'waiting' ? 'released' : state === 'used' && unrepaired ? 'returned' : null))
}

/** Decides one line while its stock is held: `next` sees the state as it is then. Null leaves it. */
export async function decide(ctx: Ctx, requestId: string, lineId: string, next: (state: LineState) => LineState | null): Promise<LineState | null> {
  const [where] = await ctx.query<{ part_id: string | null; unit_id: string; quantity: number; state: LineState }>('select part_id, unit_id, quantity, state from part_line where tenant_id = $1 and id = $2', [ctx.tenant.id, lineId])
  if (!where) return null
  const stock = where.part_id ? await holdStock(ctx, where.unit_id, where.part_id) : null
  const [now] = await ctx.query<{ state: LineState }>('select state from part_line where tenant_id = $1 and id = $2', [ctx.tenant.id, lineId])
  const state = next(now!.state)
  if (!state) return null
  const of = { quantity: where.quantity, requestId, lineId }
  if (stock) {
    if (state === 'used') await moveStock(ctx, stock, 'use', of)
    else if (state === 'returned') await moveStock(ctx, stock, 'return', of)
    else if (state === 'released' && now!.state === 'reserved') await moveStock(ctx, stock, 'release', of)
  }
  await storeChange(elevated(ctx, 'parts'), ctx.entities.get('partLine'), lineId, { state, decidedAt: ctx.now() })
  // freed pieces go to the next in the queue; one who no longer waits lets those behind move up
  if (stock && state !== 'used') await serve(ctx, stock)
  return state
}

const openSteps = (ctx: Ctx, requestId: string) => ctx.query<{ id: string; state: string; reason: string | null; by: string | null }>(
  `select s.id, s.state, s.pauses->-1->>'reason' as reason, s.pauses->-1->>'by' as by from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
   where s.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 and i.started_by is null and s.kind = 'user' and s.state in ('waiting','active','paused') order by s.seq`, [ctx.tenant.id, requestId])

const waits = async (ctx: Ctx, requestId: string): Promise<boolean> => (await ctx.query("select 1 from part_line where tenant_id = $1 and request_id = $2 and state = 'waiting' limit 1", [ctx.tenant.id, requestId])).length > 0

/** Stops the clock of the step that waits for a part, where its model allows that (待件). */
export async function waitForParts(ctx: Ctx, requestId: string): Promise<void> {
  if (!(await waits(ctx, requestId))) return
  const sys = elevated(ctx, WAITING_FOR_PARTS)
  for (const step of await openSteps(ctx, requestId)) if (step.state !== 'paused') await pauseIfAllowed(sys, step.id, WAITING_FOR_PARTS)
}

/** Every part is there: what stood for parts goes on. A step that somebody paused for another reason stays paused. */
export async function goOn(ctx: Ctx, requestId: string): Promise<void> {
  if (await waits(ctx, requestId)) return
  const sys = elevated(ctx, WAITING_FOR_PARTS)
  for (const step of await openSteps(ctx, requestId)) if (step.state === 'paused' && step.reason === WAITING_FOR_PARTS) await resume(sys, step.id)
}

/** The request's own act decided its last waiting line: the clock goes on after it, with the case taken first. */
export const goOnLater = (ctx: Ctx, requestId: string): Promise<void> => schedule(ctx, { kind: JOB_RESUME, key: requestId, dueAt: ctx.now(), payload: { requestId } })
