import type { Ctx } from '@quancheng/kernel'

/** The reason under which a whole list of lines is kept at once: priced and added up by whoever keeps it. */
export const SAVING = '保存报价明细'

export interface StoredLine { id: string; position: number; productId: string | null; code: string | null; item: string; unit: string; quantity: string; listPrice: string | null; unitPrice: string; discount: string; amount: string }

export const linesOf = (ctx: Ctx, quoteId: string): Promise<StoredLine[]> => ctx.query<StoredLine & Record<string, unknown>>(
  `select l.id, l.position, l.product_id as "productId", p.code, l.item, l.unit, trim_scale(l.quantity)::text as quantity, l.list_price::text as "listPrice", l.unit_price::text as "unitPrice", trim_scale(coalesce(l.discount, 0))::text as discount, coalesce(l.amount, 0)::text as amount
   from quote_line l left join product p on p.tenant_id = l.tenant_id and p.id = l.product_id where l.tenant_id = $1 and l.quote_id = $2 order by l.position, l.id`, [ctx.tenant.id, quoteId])
