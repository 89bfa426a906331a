import { storeChange, storeMany, type Ctx, type NewRow } from '@quancheng/kernel'
import { finished, lately } from './lately.ts'
import { actingAs, DAY_MS, type DemoWorld } from './world.ts'

/** Which part goes into a device of a product line with a fault. */
const FITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NB: { keyboard: 'NB-KB13', heat: 'NB-FAN', storage: 'NB-SSD512', power: 'NB-PSU65', battery: 'NB-BATX1' }, PHONE: { screen: 'SJ-SCR5', battery: 'SJ-BAT5', power: 'SJ-USBC' },
  PAD: { screen: 'PD-SCR11', battery: 'PD-BAT11' }, PRINTER: { paper: 'PR-ROLLER' },
}
/** the shelves were filled so long ago; nothing was taken before */
const DAYS = 59
const REFILL = 6
const MINUTE = 60_000

interface Shelf { id: string; onHand: number; partId: string; unitId: string; at: Date }

/**
 * What went into the devices that were repaired since the shelves were filled: the part that fits the fault where the quote has room for it, the rest of
 * the quote as labour, and both moves in the ledger. A shelf that is empty was filled up the day before.
 */
export async function storeUsedParts(ctx: Ctx, w: DemoWorld): Promise<void> {
  const r = w.random('used-parts'), codeOf = new Map(Object.values(w.lines).map(l => [l.id, l.code]))
  const parts = new Map((await ctx.query<{ id: string; code: string; name: string; price: string }>('select id, code, name, price from part where tenant_id = $1', [ctx.tenant.id])).map(p => [p.code, p]))
  const shelves = new Map((await ctx.query<Shelf & Record<string, unknown>>('select id, on_hand as "onHand", part_id as "partId", unit_id as "unitId", updated_at as at from part_stock where tenant_id = $1', [ctx.tenant.id])).map(s => [`${s.unitId}/${s.partId}`, s]))
  const repaired = (await lately(ctx, w, DAYS)).flatMap(q => { const at = finished(q, 'repair'), quoted = finished(q, 'quote'); return q.stage === 'collected' && at && quoted && q.amount ? [{ q, at, quoted }] : [] }).sort((a, b) => a.at.getTime() - b.at.getTime())
  const lines: NewRow[] = [], moves: NewRow[] = [], touched = new Set<Shelf>()
  for (const { q, at, quoted } of repaired) {
    const part = parts.get(FITS[codeOf.get(q.lineId) ?? '']?.[q.fault ?? ''] ?? ''), shelf = part && shelves.get(`${q.unitId}/${part.id}`)
    if (!part || !shelf || quoted <= shelf.at || Number(part.price) > Number(q.amount) || !r.chance(0.7)) continue
    const move = (kind: string, when: Date, by: string | null, quantity: number, reserved: number, more: Record<string, unknown>): void => { moves.push({ id: r.id(when), at: when, by, draft: { partId: part.id, unitId: q.unitId, kind, quantity, onHand: shelf.onHand, reserved, ...more } }) }
    if (shelf.onHand === 0) {
      shelf.onHand += REFILL
      const manager = w.people.find(p => p.unitId === q.unitId && p.post === 'stationManager') ?? null
      move('receive', new Date(Math.max(shelf.at.getTime() + MINUTE, quoted.getTime() - DAY_MS)), manager?.userId ?? null, REFILL, 0, { note: '补货' })
    }
    const lineId = r.id(quoted), rest = (Number(q.amount) - Number(part.price)).toFixed(2), quotedBy = q.steps.quote?.by ?? null, repairer = q.steps.repair?.by ?? null
    const line = (id: string, draft: Record<string, unknown>): void => { lines.push({ id, at: quoted, by: quotedBy, draft: { requestId: q.id, unitId: q.unitId, quantity: 1, ...draft } }) }
    line(lineId, { kind: 'part', partId: part.id, name: part.name, unitPrice: part.price, amount: part.price, state: 'used', decidedAt: at })
    if (Number(rest) > 0) line(r.id(quoted), { kind: 'labour', name: '维修工时', unitPrice: rest, amount: rest, state: 'agreed' })
    move('reserve', quoted, quotedBy, 1, 1, { requestId: q.id, lineId })
    shelf.onHand--
    shelf.at = at
    move('use', at, repairer, 1, 0, { requestId: q.id, lineId })
    touched.add(shelf)
  }
  await storeMany(ctx, ctx.entities.get('partLine'), lines)
  await storeMany(ctx, ctx.entities.get('stockMove'), moves)
  for (const s of touched) await storeChange(actingAs(ctx, null, s.at), ctx.entities.get('partStock'), s.id, { onHand: s.onHand })
}
