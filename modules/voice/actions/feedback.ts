import { defineAction, lock, requireInUnit } from '@quancheng/kernel'
import { z } from 'zod'
import { linkOf } from '../store/link.ts'
import { openFeedback } from '../store/open.ts'
import { sayFor } from '../store/say.ts'

const WORD = z.unknown().optional()

/** A feedback heard in service or sales; its category says whose it is (CU-16). */
export const registerFeedback = defineAction({
  name: 'registerFeedback', label: ['登记反馈', 'Register feedback'], method: 'POST', path: '/api/feedback/register', relay: true, permission: 'feedback:create', status: 201,
  input: z.object({ fromUnitId: z.uuid().nullish(), source: WORD, category: WORD, words: WORD, customerId: WORD, customerName: WORD, phone: WORD, requestId: WORD }),
  async run(ctx, input) {
    if (input.fromUnitId) await requireInUnit(ctx, 'feedback:create', input.fromUnitId)
    const { role: _, ...opened } = await openFeedback(ctx, { ...input, fromUnitId: input.fromUnitId ?? ctx.access.unitId })
    return opened
  },
})

/** The customer confirmed to somebody, or said that it is not solved. */
export const confirmFeedback = defineAction({
  name: 'confirmFeedback', label: ['记录客户确认', 'Record the confirmation'], method: 'POST', path: '/api/feedback/:id/confirm', relay: true, permission: 'feedback:confirm', status: 200,
  input: z.object({ id: z.uuid(), confirmed: z.boolean(), by: z.string().trim().min(1).max(60), words: z.string().trim().max(500).nullish() }),
  async run(ctx, { id, confirmed, by, words }) {
    const { row } = await lock(ctx, ctx.entities.get('feedback'), id, 'confirm')
    return sayFor(ctx, { what: 'feedback', id, number: String(row.number), stage: String(row.stage), customer_name: row.customerName as string | null }, { content: confirmed, words: words || (confirmed ? null : `${by} 说没解决`), agent: { told: by } })
  },
})

export const feedbackLink = defineAction({
  name: 'feedbackLink', label: ['客户确认链接', 'Link for the confirmation'], method: 'GET', path: '/api/feedback/:id/link', permission: 'feedback:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('feedback'), id, 'read', { forUpdate: false })
    return { link: row.stage === 'confirm' && row.linkToken ? linkOf(ctx, String(row.linkToken)) : null }
  },
})
