import { fail, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { instantsOf } from '../../rules/day.ts'
import type { Span } from '../../rules/period.ts'

interface Closed { id: string; outcome: 'won' | 'lost'; lostTo: string | null; lostReason: string | null; amount: string; unitId: string; unit: string; productId: string | null; product: string | null; month: string }
export interface Tally { key: string | null; label: string | null; closed: number; won: number; lost: number; /** lost of closed, percent with one place */ rate: number }
export interface Rival { competitorId: string | null; name: string; /** the words in which deals name it: what a list filters by */ names: string[]; lost: number; amount: number; rate: number }
export interface WinLoss { closed: number; won: number; lost: number; rivals: Rival[]; reasons: Array<{ reason: string | null; lost: number }>; products: Tally[]; units: Tally[]; months: Tally[] }

export const percent = (n: number, of: number): number => (of ? Math.round(n / of * 1000) / 10 : 0)
/** Names are compared without spaces at their ends and without regard to case. */
export const plain = (name: string): string => name.trim().toLowerCase()

function tally(list: readonly Closed[], key: (d: Closed) => string | null, label: (d: Closed) => string | null): Tally[] {
  return [...Map.groupBy(list, key)].map(([k, of]) => { const lost = of.filter(d => d.outcome === 'lost').length; return { key: k, label: label(of[0]!), closed: of.length, won: of.length - lost, lost, rate: percent(lost, of.length) } }).toSorted((a, b) => b.closed - a.closed || String(a.key).localeCompare(String(b.key)))
}

/** Deals closed in a span, as far as the caller sees them: how many were lost, to whom, why (SA-22). A rival's rate is what was lost to it of all that was closed. */
export async function winLoss(ctx: Ctx, span: Span, o: { unitId?: string | undefined; productId?: string | undefined }): Promise<WinLoss> {
  const seen = visible(ctx, ctx.entities.get('opportunity'), 't') ?? fail('FORBIDDEN', { permission: 'opportunity:read' }), at = instantsOf(ctx, span)
  const { rows } = await sql<Closed>`select t.id, t.outcome, t.lost_to as "lostTo", t.lost_reason as "lostReason", t.amount::text as amount, t.unit_id as "unitId", n.name as unit, t.product_id as "productId", p.name as product, to_char(t.closed_at at time zone ${ctx.tenant.timeZone}::text, 'YYYY-MM') as month
    from opportunity t join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id left join product p on p.tenant_id = t.tenant_id and p.id = t.product_id
    where ${seen} and t.outcome in ('won', 'lost') and t.closed_at >= ${at.fromAt} and t.closed_at < ${at.toAt}
      ${o.unitId ? sql`and t.unit_id in (select descendant_id from unit_closure where tenant_id = ${ctx.tenant.id} and ancestor_id = ${o.unitId})` : sql``} ${o.productId ? sql`and t.product_id = ${o.productId}` : sql``} order by t.closed_at limit 20000`.execute(ctx.db)
  const known = new Map((await ctx.query<{ id: string; name: string; other: string | null }>('select id, name, other_names as other from competitor where tenant_id = $1', [ctx.tenant.id])).flatMap(c => [c.name, ...(c.other ?? '').split(/[、,，;；\n]/)].filter(n => n.trim()).map(n => [plain(n), c] as const)))
  const lost = rows.filter(d => d.outcome === 'lost'), named = lost.filter(d => d.lostTo?.trim())
  const rivals = [...Map.groupBy(named, d => known.get(plain(d.lostTo!))?.id ?? plain(d.lostTo!))].map(([, of]) => { const c = known.get(plain(of[0]!.lostTo!)); return { competitorId: c?.id ?? null, name: c?.name ?? of[0]!.lostTo!.trim(), names: [...new Set(of.map(d => d.lostTo!))], lost: of.length, amount: of.reduce((n, d) => n + Number(d.amount), 0), rate: percent(of.length, rows.length) } })
  return {
    closed: rows.length, won: rows.length - lost.length, lost: lost.length, rivals: rivals.toSorted((a, b) => b.lost - a.lost || a.name.localeCompare(b.name)),
    reasons: [...Map.groupBy(lost, d => d.lostReason)].map(([reason, of]) => ({ reason, lost: of.length })).toSorted((a, b) => b.lost - a.lost),
    products: tally(rows, d => d.productId, d => d.product), units: tally(rows, d => d.unitId, d => d.unit), months: tally(rows, d => d.month, () => null).toSorted((a, b) => String(a.key).localeCompare(String(b.key))),
  }
}
