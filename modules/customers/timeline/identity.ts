import type { Condition, Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'

/** A telephone, and the days on which it was theirs: a contact who has left takes it along (YYYY-MM-DD, both included; null: no bound). */
export interface OwnPhone { phone: string; since: string | null; until: string | null }

/** All that a customer is known by: the ids of those merged into it, its telephone and those of the people there. */
export interface Identity { customerIds: readonly string[]; phones: readonly OwnPhone[] }

/** The customer, those that were merged into it (rows made at a station by an old id arrive late), and the telephones. Two statements in one. */
export async function identityOf(ctx: Ctx, customerId: string): Promise<Identity> {
  const ids = (await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and (id = $2 or merged_into_id = $2)', [ctx.tenant.id, customerId])).map(r => r.id)
  const phones = await ctx.query<OwnPhone & Record<string, unknown>>(
    `select phone, null as since, null as until from customer where tenant_id = $1 and id = any($2) and phone is not null
     union select phone, since::text, until::text from contact where tenant_id = $1 and customer_id = any($2) and phone is not null`, [ctx.tenant.id, ids])
  return { customerIds: ids, phones: phones.map(p => ({ phone: p.phone, since: p.since, until: p.until })) }
}

/** Rows that bear one of the telephones while it was theirs. */
export function byPhone(ctx: Ctx, identity: Identity, column: string, at: string): Condition {
  const always = identity.phones.filter(p => !p.since && !p.until).map(p => p.phone), bounded = identity.phones.filter(p => p.since || p.until)
  const day = sql`(${sql.ref(at)} at time zone ${ctx.tenant.timeZone})::date`
  const parts = [...(always.length ? [sql<boolean>`${sql.ref(column)} = any(${always}::text[])`] : []),
    ...bounded.map(p => sql<boolean>`(${sql.ref(column)} = ${p.phone} and ${day} between coalesce(${p.since}::date, '-infinity') and coalesce(${p.until}::date, 'infinity'))`)]
  return parts.length ? sql<boolean>`(${sql.join(parts, sql` or `)})` : sql<boolean>`false`
}
