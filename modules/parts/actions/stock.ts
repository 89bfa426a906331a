import { defineAction, fail, requireInUnit, requirePermission, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { holdStock, moveStock, serve, someoneWaits } from '../store/stock.ts'
import { available } from '../rules/stock.ts'

const MOST_PIECES = 100_000

interface StockRow { partId: string; code: string; name: string; measure: string; price: string; onHand: number; reserved: number; available: number; waiting: number }

async function stationIn(ctx: Ctx, permission: string, unitId: string | undefined): Promise<string> {
  const unit = unitId ?? ctx.user?.unitId ?? fail('BAD_REQUEST', { reason: '缺少服务站' })
  await requireInUnit(ctx, permission, unit)
  return unit
}

/** Every part and what a station has of it: on the shelf, promised, free, and how many pieces are waited for. */
export const stock = defineAction({
  name: 'stock', label: ['配件库存', 'Stock'], method: 'GET', path: '/api/parts/stock', permission: 'partStock:read', readOnly: true,
  input: z.object({ unitId: z.uuid().optional(), q: z.string().trim().max(60).default('') }),
  async run(ctx, q) {
    const unitId = await stationIn(ctx, 'partStock:read', q.unitId)
    const [unit] = await ctx.query('select id, code, name, kind from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, unitId])
    const like = `%${q.q.toLowerCase().replace(/[\\%_]/g, c => `\\${c}`)}%`
    const items = await ctx.query<StockRow>(
      `select p.id as "partId", p.code, p.name, p.measure, p.price, coalesce(s.on_hand, 0)::int as "onHand", coalesce(s.reserved, 0)::int as reserved, (coalesce(s.on_hand, 0) - coalesce(s.reserved, 0))::int as available, coalesce(w.n, 0)::int as waiting
       from part p left join part_stock s on s.tenant_id = p.tenant_id and s.part_id = p.id and s.unit_id = $2
       left join (select part_id, sum(quantity) as n from part_line where tenant_id = $1 and unit_id = $2 and state = 'waiting' group by part_id) w on w.part_id = p.id
       where p.tenant_id = $1 and (not p.off or coalesce(s.on_hand, 0) > 0) and ($3 = '%%' or lower(p.code) like $3 or lower(p.name) like $3) order by p.code limit 500`, [ctx.tenant.id, unitId, like])
    return { unit, items }
  },
})

/** 入库. Requests that wait for the part get it in the order in which they asked, and their clocks run again. */
export const receive = defineAction({
  name: 'receiveParts', label: ['入库', 'Receive'], method: 'POST', path: '/api/parts/receive', permission: 'part:receive', status: 201,
  input: z.object({ partId: z.uuid(), unitId: z.uuid().optional(), quantity: z.number().int().min(1).max(MOST_PIECES), note: z.string().trim().max(200).optional() }),
  run: (ctx, i) => change(ctx, 'receive', 'part:receive', i),
})

/** 盘点: what was counted differs from what is written; the difference and its reason are written down. */
export const adjust = defineAction({
  name: 'adjustStock', label: ['盘点调整', 'Adjust'], method: 'POST', path: '/api/parts/adjust', permission: 'part:adjust', status: 201,
  input: z.object({ partId: z.uuid(), unitId: z.uuid().optional(), quantity: z.number().int().min(-MOST_PIECES).max(MOST_PIECES).refine(n => n !== 0, { message: '数量不能为 0' }), note: z.string().trim().min(1).max(200) }),
  run: (ctx, i) => change(ctx, 'adjust', 'part:adjust', i),
})

async function change(ctx: Ctx, kind: 'receive' | 'adjust', permission: string, i: { partId: string; unitId?: string | undefined; quantity: number; note?: string | undefined }) {
  const unitId = await stationIn(ctx, permission, i.unitId)
  const [part] = await ctx.query('select 1 from part where tenant_id = $1 and id = $2', [ctx.tenant.id, i.partId])
  if (!part) fail('NOT_FOUND', { id: i.partId })
  const held = await holdStock(ctx, unitId, i.partId)
  await moveStock(ctx, held, kind, { quantity: i.quantity, note: i.note ?? null })
  await serve(ctx, held)
  return { partId: i.partId, unitId, onHand: held.onHand, reserved: held.reserved, available: available(held), stillWaiting: await someoneWaits(ctx, held) }
}

/** 流水: how a station came to have what it has of a part, newest first. */
export const ledger = defineAction({
  name: 'stockLedger', label: ['库存流水', 'Ledger'], method: 'GET', path: '/api/parts/:partId/ledger', permission: 'stockMove:read', readOnly: true,
  input: z.object({ partId: z.uuid(), unitId: z.uuid().optional() }),
  async run(ctx, i) {
    requirePermission(ctx.access, 'stockMove:read', ctx.entities.get('stockMove'))
    const unitId = await stationIn(ctx, 'stockMove:read', i.unitId)
    const { rows } = await sql`
      select t.id, t.kind, t.quantity, t.on_hand as "onHand", t.reserved, t.note, t.created_at as at, u.name as by, t.request_id as "requestId", r.number
      from stock_move t left join "user" u on u.tenant_id = t.tenant_id and u.id = t.created_by left join service_request r on r.tenant_id = t.tenant_id and r.id = t.request_id
      where ${visible(ctx, ctx.entities.get('stockMove'), 't', 'read')!} and t.unit_id = ${unitId} and t.part_id = ${i.partId} order by t.id desc limit 200`.execute(ctx.db)
    return { items: rows }
  },
})
