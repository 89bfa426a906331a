import { defineAction, fail, isId, read, type Ctx } from '@quancheng/kernel'
import { z } from 'zod'
import { identityOf } from '../timeline/identity.ts'
import { timelineOf } from '../timeline/read.ts'
import { survivorOf } from '../store/merged.ts'

/** The customer whom an id stands for today, if the caller may read it: a merged one's id leads to the survivor. */
export async function customerHere(ctx: Ctx, id: string): Promise<string> {
  if (!isId(id)) return fail('NOT_FOUND', { id })
  const now = await survivorOf(ctx, id)
  await read(ctx, ctx.entities.get('customer'), now, ['id'])
  return now
}

/** CU-06, TP-05: whatever channel or point of sale, one line of events. */
export const timeline = defineAction({
  name: 'customerTimeline', label: ['客户时间线', 'Time line of a customer'], method: 'GET', path: '/api/customers/:id/timeline', permission: 'customer:read', readOnly: true,
  input: z.object({ id: z.string(), before: z.string().max(300).optional(), kinds: z.string().max(200).optional(), q: z.string().max(100).optional(), limit: z.coerce.number().int().min(1).max(100).optional() }),
  async run(ctx, q) {
    const identity = await identityOf(ctx, await customerHere(ctx, q.id))
    return timelineOf(ctx, identity, { ...(q.before ? { before: q.before } : {}), ...(q.kinds ? { kinds: q.kinds.split(',').filter(Boolean) } : {}), ...(q.q ? { q: q.q } : {}), ...(q.limit ? { limit: q.limit } : {}) })
  },
})
