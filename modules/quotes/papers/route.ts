import { fail, localeOf, publicTenant, systemAct, tokenOf, withCaller, type Runtime } from '@quancheng/kernel'
import { makePdf, type OrderDocument } from '@quancheng/paper'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { quoteDocument } from './document.ts'

const ORIGIN = z.string().max(200).regex(/^https?:\/\/[^\s/?#@]+$/).optional()

const answer = async (reply: FastifyReply, document: OrderDocument | null): Promise<unknown> => {
  if (!document) return fail('QUOTE_LINK')
  const pdf = await makePdf(document)
  return reply.type('application/pdf').header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`报价单-${document.number}.pdf`)}`).header('cache-control', 'no-store').send(pdf)
}

/** 报价单 as a PDF, for those who may read the quote and for whoever has its link. Read in one transaction, drawn after it. */
export function pdfRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { id: string }; Querystring: { origin?: string } }>('/api/quotes/:id/quote.pdf', async (req, reply) => {
    const id = z.uuid().parse(req.params.id), origin = ORIGIN.parse(req.query.origin) ?? null, locale = localeOf(req)
    return answer(reply, await withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true, ...(locale ? { locale } : {}) }, ctx => quoteDocument(ctx, { id }, origin)))
  })
  app.get<{ Params: { token: string }; Querystring: { origin?: string } }>('/api/public/quote/:token/quote.pdf', async (req, reply) => {
    const token = z.string().min(10).max(40).parse(req.params.token), origin = ORIGIN.parse(req.query.origin) ?? null
    return answer(reply, await systemAct(runtime, await publicTenant(runtime, req), '客户取报价单', ctx => quoteDocument(ctx, { token }, origin)))
  })
}
