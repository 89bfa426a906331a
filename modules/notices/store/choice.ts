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
