import { defineAction, fail, visible, type ModuleSpec } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { today } from '../rules/day.ts'
import { addDays } from '../rules/period.ts'
import { MarketIntel } from './entities.ts'

interface Seen { id: string; competitorId: string; competitor: string; item: string; price: string; trend: string; place: string; seenOn: string; unit: string | null; by: string | null; note: string | null; files: number }

/** Newest first; for the line of a trend the same rows from the oldest. */
const intel = defineAction({
  name: 'marketIntel', label: ['市场情报', 'Market intelligence'], method: 'GET', path: '/api/market-intel', permission: 'marketIntel:read', readOnly: true,
  input: z.object({ from: z.iso.date().optional(), to: z.iso.date().optional(), place: z.string().max(40).optional(), competitorId: z.uuid().optional(), item: z.string().max(60).optional() }),
  async run(ctx, i) {
    const seen = visible(ctx, ctx.entities.get('marketIntel'), 't') ?? fail('FORBIDDEN', { permission: 'marketIntel:read' }), to = i.to ?? today(ctx), from = i.from ?? addDays(to, -179)
    const { rows } = await sql<Seen>`select t.id, t.competitor_id as "competitorId", c.name as competitor, t.item, t.price::text as price, t.trend, t.place, t.seen_on::text as "seenOn", n.name as unit, u.name as by, t.note
      from market_intel t join competitor c on c.tenant_id = t.tenant_id and c.id = t.competitor_id left join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id
      where ${seen} and t.seen_on between ${from} and ${to} ${i.place ? sql`and t.place = ${i.place}` : sql``} ${i.competitorId ? sql`and t.competitor_id = ${i.competitorId}` : sql``} ${i.item ? sql`and t.item = ${i.item}` : sql``} order by t.seen_on desc, t.created_at desc limit 500`.execute(ctx.db)
    const lines = [...Map.groupBy(rows, r => `${r.competitor} · ${r.item} · ${r.place}`)].map(([name, list]) => ({ name, item: list[0]!.item, points: list.toReversed().map(r => ({ day: r.seenOn, price: r.price })) }))
    // what is offered for one tap: the items and places of late
    const [{ place } = { place: null }] = await ctx.query<{ place: string | null }>('select coalesce((select place from market_intel where tenant_id = $1 and user_id = $2 order by created_at desc limit 1), (select name from unit where tenant_id = $1 and id = $3)) as place', [ctx.tenant.id, ctx.user?.id ?? null, ctx.user?.unitId ?? null])
    return { from, to, today: today(ctx), items: rows, lines, places: [...new Set(rows.map(r => r.place))], products: [...new Set(rows.map(r => r.item))], place }
  },
})

/** 市场情报: what the planning module takes over from this folder. */
export const intelPart = { entities: [MarketIntel], actions: [intel] } satisfies Partial<ModuleSpec>
