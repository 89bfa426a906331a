import { create, defineAction } from '@quancheng/kernel'
import { z } from 'zod'

/** Logs one try to reach the customer of a request. */
export const contact = defineAction({
  name: 'logContact', label: ['登记通知', 'Log a contact'], method: 'POST', path: '/api/service-requests/:id/contact-attempts', permission: 'contactAttempt:create', status: 201,
  input: z.object({ id: z.uuid(), channel: z.enum(['call', 'sms', 'wecom']), succeeded: z.boolean(), note: z.string().max(200).optional() }),
  run: (ctx, { id, ...input }) => create(ctx, ctx.entities.get('contactAttempt'), { requestId: id, ...input }),
})
