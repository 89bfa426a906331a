import { defineAction, localeOf, lock, tokenOf, withCaller, type Runtime } from '@quancheng/kernel'
import { copiesOf, makePdf } from '@quancheng/paper'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { maskedName, requestFacts, voucherFacts } from '../papers/facts.ts'
import { repairOrder } from '../papers/order.ts'
import { unproven } from './phone.ts'

const ORIGIN = z.string().max(200).regex(/^https?:\/\/[^\s/?#@]+$/)

/** What the printed pages show: the same facts as on the strip from the printer, and what the browser needs to draw them. */
export const paperFacts = defineAction({
  name: 'paperFacts', label: ['凭证内容', 'Paper of a request'], method: 'GET', path: '/api/service-requests/:id/paper', permission: 'serviceRequest:print', readOnly: true, input: z.object({ id: z.uuid(), origin: ORIGIN.optional() }),
  async run(ctx, { id, origin }) {
    const { row } = await lock(ctx, ctx.entities.get('serviceRequest'), id, 'print', { forUpdate: false })
    const f = await requestFacts(ctx, id, origin ?? null)
    return {
      number: f.number, code: f.code, model: f.model, serialNo: f.serialNo, customer: maskedName(f.customer), takenAt: f.takenAt, facts: voucherFacts(f), link: f.link ?? f.number, company: f.words.company, site: f.site, terms: f.words.voucherTerms,
      ready: Boolean(row.customerName && row.phone), unproven: await unproven(ctx, id), copies: { voucher: await copiesOf(ctx, id, 'voucher'), label: await copiesOf(ctx, id, 'label') },
    }
  },
})

/** 维修单 as a PDF. It is read in one transaction and drawn after it. */
export function orderRoute(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { id: string }; Querystring: { origin?: string } }>('/api/service-requests/:id/order.pdf', async (req, reply) => {
    const id = z.uuid().parse(req.params.id), origin = ORIGIN.optional().parse(req.query.origin) ?? null, locale = localeOf(req)
    const order = await withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true, ...(locale ? { locale } : {}) }, ctx => repairOrder(ctx, id, origin))
    const pdf = await makePdf(order)
    return reply.type('application/pdf').header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`维修单-${order.number}.pdf`)}`).header('cache-control', 'no-store').send(pdf)
  })
}
