import { randomInt } from 'node:crypto'
import { AppError, elevated, fail, known, storeNew, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart, type Prepared } from '@quancheng/process'

export interface OpenInput { unitId: string; productLineId?: string | null | undefined; phone?: string | null | undefined; source: 'kiosk' | 'desk' | 'hotline'; values?: Record<string, unknown> }
export interface OpenedRequest { id: string; number: string; startedAt: Date; code: string; trackUrl: string; ahead: number; stepId: string; row: Record<string, unknown> }

const ALPHABET = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789' // no 0 O 1 l: it is also read aloud
const TOKEN_LENGTH = 14
const token = (): string => Array.from({ length: TOKEN_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')

/** Only the first tenant of an installation goes without its name in public addresses. */
export const trackUrl = (ctx: Ctx, t: string): string => `/p/${t}${ctx.tenant.no === 1 ? '' : `?tenant=${ctx.tenant.code}`}`

interface Line { id: string; process_key: string }

async function lineOf(ctx: Ctx, id: string | null | undefined): Promise<Line> {
  const line = await known(ctx, `product-line/${id ?? ''}`, async () =>
    (await ctx.query<Line>('select id, process_key from product_line where tenant_id = $1 and not coalesce(off, false) and ($2::uuid is null or id = $2) order by position, code limit 1', [ctx.tenant.id, id ?? null]))[0])
  if (line) return line
  return id ? fail('REF_NOT_FOUND', { field: '产品线', name: 'productLineId' }) : fail('PRODUCT_LINE_MISSING')
}

/** The station at whose door it happens. */
export async function stationOf(ctx: Ctx, by: { id?: string; code?: string }): Promise<{ id: string; code: string; name: string; phone: string | null; address: string | null }> {
  const unit = await known(ctx, `station/${by.id ?? ''}/${by.code?.toUpperCase() ?? ''}`, async () =>
    (await ctx.query<{ id: string; code: string; name: string; kind: string; phone: string | null; address: string | null }>(
      'select id, code, name, kind, phone, address from unit where tenant_id = $1 and (id = $2 or code = $3) and not coalesce(off, false)', [ctx.tenant.id, by.id ?? null, by.code?.toUpperCase() ?? null]))[0])
  if (!unit) throw new AppError('STATION_UNKNOWN', { code: by.code ?? by.id ?? '' })
  if (unit.kind !== 'station') throw new AppError('NOT_A_STATION', { name: unit.name })
  return unit
}

/**
 * Takes a number: the request exists from this moment, its clock runs, its number and time are never changed again (SP-01). The caller
 * has been authorised; kiosk, front desk and hotline all come through here.
 */
export async function openRequest(ctx: Ctx, input: OpenInput): Promise<OpenedRequest> {
  const sys = elevated(ctx, '取号')
  const station = await stationOf(ctx, { id: input.unitId }), line = await lineOf(ctx, input.productLineId)
  const queue = ctx.query<{ n: number }>("select count(*)::int as n from process_step where tenant_id = $1 and unit_id = $2 and node_id = 'waiting' and state = 'waiting'", [ctx.tenant.id, input.unitId], 'queue_length')
  const prepared: Prepared = await prepareStart(sys, line.process_key, {}, null, station.id)
  const track = token()
  const draft = {
    ...input.values, unitId: station.id, productLineId: line.id, source: input.source, ...(input.phone ? { phone: input.phone } : {}),
    startedAt: ctx.now(), stage: prepared.stage, trackToken: track, trackCode: String(randomInt(10_000)).padStart(4, '0'), $words: { unit: station.code },
  }
  // the queue is counted while the number is drawn, before this one stands in it
  const [row, [ahead]] = await Promise.all([storeNew(sys, ctx.entities.get('serviceRequest'), draft, { act: 'takeNumber' }), queue])
  const { opened } = await begin(sys, prepared, { entity: 'serviceRequest', record: row, unitId: station.id, label: String(row.number) })
  return { id: row.id as string, number: row.number as string, startedAt: row.startedAt as Date, code: row.trackCode as string, trackUrl: trackUrl(ctx, track), ahead: ahead?.n ?? 0, stepId: opened[0]!.id, row }
}
