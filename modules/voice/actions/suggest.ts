import { defineAction, list, read, type Ctx, type Row } from '@quancheng/kernel'
import { z } from 'zod'

const may = (ctx: Ctx, name: string): boolean => ctx.access.system || ctx.access.grants.has(`${name}:read`)
const rows = async (ctx: Ctx, name: string, filter: Record<string, unknown>, limit: number, sort: string): Promise<Row[]> => (may(ctx, name) ? (await list(ctx, ctx.entities.get(name), { filter, limit, sort })).items : [])

/** Whoever this is about: the customers with the telephone, their last requests and complaints; what a request or a survey answer brings (CU-11). */
export const suggest = defineAction({
  name: 'voiceSuggest', label: ['带出客户与请求', 'Who and which request'], method: 'GET', path: '/api/voice/suggest', permission: null, readOnly: true,
  input: z.object({ phone: z.string().trim().max(40).optional(), requestId: z.uuid().optional(), surveyId: z.uuid().optional() }),
  async run(ctx, { phone, requestId, surveyId }) {
    const answer = surveyId && may(ctx, 'surveyAnswer') ? await read(ctx, ctx.entities.get('surveyAnswer'), surveyId) : null
    const about = requestId ?? (answer?.requestId as string | undefined)
    const request = about && may(ctx, 'serviceRequest') ? await read(ctx, ctx.entities.get('serviceRequest'), about).catch(() => null) : null
    const digits = phone?.replace(/[^\d]/g, '').replace(/^86(?=1\d{10}$)/, '') ?? ''
    if (digits.length < 7) return { customers: [], requests: [], complaints: [], request, answer }
    const found = (await ctx.query<{ id: string }>('select id from customer where tenant_id = $1 and phone = $2 union select customer_id from contact where tenant_id = $1 and phone = $2 and until is null limit 5', [ctx.tenant.id, digits])).map(c => c.id)
    // the whole number was typed: whoever knows it may see whose it is, as far as they may see customers at all
    const byPhone = (await ctx.query<{ id: string }>('select id from service_request where tenant_id = $1 and phone = $2 order by id desc limit 5', [ctx.tenant.id, digits])).map(r => r.id)
    const [customers, requests, complaints] = await Promise.all([
      found.length ? rows(ctx, 'customer', { id: { in: found } }, 5, 'name') : [],
      found.length + byPhone.length ? rows(ctx, 'serviceRequest', { or: [{ id: { in: byPhone } }, ...(found.length ? [{ customerId: { in: found } }] : [])] }, 5, '-startedAt') : [],
      found.length ? rows(ctx, 'complaint', { customerId: { in: found } }, 3, '-receivedAt') : [],
    ])
    return { customers, requests, complaints, request, answer }
  },
})
