import { elevated, storeNew, type Ctx } from '@quancheng/kernel'
import type { ChannelKind } from '../entities/kinds.ts'

export interface Choice { id: string; customerId: string; channels: ChannelKind[] | null; botId: string | null; off: boolean; token: string }

const COLUMNS = 'id, customer_id as "customerId", channels, bot_id as "botId", coalesce(off, false) as off, token'
export const choiceByToken = async (ctx: Ctx, token: string): Promise<Choice | null> => (await ctx.query<Choice & Record<string, unknown>>(`select ${COLUMNS} from notice_choice where tenant_id = $1 and token = $2`, [ctx.tenant.id, token]))[0] ?? null

/** How a customer wants to be told. The first notice makes the row, because every mail carries the link by which they change it. */
export async function choiceOf(ctx: Ctx, customerId: string): Promise<Choice> {
  // two events of one customer at once make one row
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice-choice/${ctx.tenant.id}/${customerId}`])
  const [row] = await ctx.query<Choice & Record<string, unknown>>(`select ${COLUMNS} from notice_choice where tenant_id = $1 and customer_id = $2`, [ctx.tenant.id, customerId])
  if (row) return row
  const made = await storeNew(elevated(ctx, '客户的通知方式'), ctx.entities.get('noticeChoice'), { customerId })
  return { id: made.id as string, customerId, channels: null, botId: null, off: false, token: made.token as string }
}

/** Messages a day to a telephone that somebody typed and nobody has checked: a stranger's must not become a nuisance through us. */
export const GUEST_A_DAY = 5

/**
 * How somebody is told who is in no list of ours: by message to the telephone that they left. Null: not at all, because that telephone has had its
 * messages for a day, or belongs to a customer who wants none.
 */
export async function guestChoice(ctx: Ctx, phone: string): Promise<Choice | null> {
  // two events at once are counted one after the other
  await ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`notice-guest/${ctx.tenant.id}/${phone}`])
  const [seen] = await ctx.query<{ told: number; off: boolean }>(
    `select (select count(*)::int from customer_notice where tenant_id = $1 and "to" = $2 and customer_id is null and event <> 'phoneCode' and created_at > $3) as told,
     exists (select 1 from customer c join notice_choice n on n.tenant_id = c.tenant_id and n.customer_id = c.id and n.off where c.tenant_id = $1 and c.phone = $2) as off`, [ctx.tenant.id, phone, new Date(ctx.now().getTime() - 86_400_000)])
  return seen!.off || seen!.told >= GUEST_A_DAY ? null : { id: '', customerId: '', channels: null, botId: null, off: false, token: '' }
}
