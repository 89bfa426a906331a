import { AppError, fail, type Ctx } from '@quancheng/kernel'

/** The telephone as it is stored; what is none is refused at its field. */
export function parsePhone(ctx: Ctx, phone: string): string {
  const field = ctx.entities.get('booking').fields.get('phone')!
  try { return field.kind.parse(phone, field as never) as string } catch (error) {
    if (error instanceof AppError) throw error
    return fail('INVALID', { summary: (error as Error).message, fields: [{ field: 'phone', code: 'PHONE', message: (error as Error).message }] })
  }
}

/** The one customer with a telephone; of several nobody knows which is meant. */
export async function customerByPhone(ctx: Ctx, phone: string): Promise<string | null> {
  const found = await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 limit 2', [ctx.tenant.id, phone])
  return found.length === 1 ? found[0]!.id : null
}

/** What somebody who telephones comes to pick up: the one request of theirs that is ready at the station and has no time yet. */
export async function readyByPhone(ctx: Ctx, unitId: string, phone: string): Promise<string | null> {
  const found = await ctx.query<{ id: string }>(
    `select r.id from service_request r where r.tenant_id = $1 and r.unit_id = $2 and r.phone = $3 and r.stage = 'pickup'
     and not exists (select 1 from booking b where b.tenant_id = r.tenant_id and b.request_id = r.id and b.service = 'pickUp' and b.state = 'booked') limit 2`, [ctx.tenant.id, unitId, phone])
  return found.length === 1 ? found[0]!.id : null
}
