import { Answer, AppError, attempt, defineAction, fail } from '@quancheng/kernel'
import { moveRecord } from '@quancheng/process'
import { z } from 'zod'

const COMMENT = z.string().max(4000).optional()
const MAX_BULK = 200

/** One stage on, by where it should go. Refused with what is missing; then nothing at all is stored (SP-04). */
export const move = defineAction({
  name: 'moveRequest', label: ['办理环节', 'Move'], method: 'POST', path: '/api/service-requests/:id/move', permission: 'serviceRequest:move',
  input: z.object({ id: z.uuid(), to: z.string().min(1).max(80), comment: COMMENT, fields: z.record(z.string(), z.unknown()).optional(), ticked: z.array(z.string().max(80)).max(200).optional() }),
  run: (ctx, { id, ...input }) => moveRecord(ctx, 'serviceRequest', id, input),
})

/** Many at once under the same guards, each for itself: what is refused stays as it was (SP-05). */
export const bulkMove = defineAction({
  name: 'bulkMoveRequests', label: ['批量办理', 'Move many'], method: 'POST', path: '/api/service-requests/bulk-move', permission: 'serviceRequest:move',
  input: z.object({ ids: z.array(z.uuid()).min(1), to: z.string().min(1).max(80), comment: COMMENT }),
  async run(ctx, { ids, to, comment }) {
    if (ids.length > MAX_BULK) fail('BULK_LIMIT', { max: MAX_BULK })
    const done: string[] = []
    const refused: Array<{ id: string; number: string | null; code: string; message: string; details: unknown }> = []
    // a fixed order, so that two bulk acts over the same requests wait for each other instead of locking each other out
    for (const id of [...new Set(ids)].toSorted()) {
      try {
        await attempt(ctx, () => moveRecord(ctx, 'serviceRequest', id, { to, comment }))
        done.push(id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        const visible = error.code !== 'NOT_FOUND'
        const [r] = visible ? await ctx.query<{ number: string }>('select number from service_request where tenant_id = $1 and id = $2', [ctx.tenant.id, id]) : []
        refused.push({ id, number: r?.number ?? null, ...error.body(ctx.locale) })
      }
    }
    return new Answer(207, { done, refused })
  },
})
