import { csvLine, CSV_BOM, localeOf, lock, tokenOf, withCaller, type Ctx, type Runtime } from '@quancheng/kernel'
import { blocksOf, makePdf, wordsOf, type TextDocument } from '@quancheng/paper'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { statementOf } from '../store/collection.ts'
import { contractText } from '../store/text.ts'
import { today } from '../store/today.ts'

async function contractDocument(ctx: Ctx, id: string): Promise<TextDocument> {
  const { row } = await lock(ctx, ctx.entities.get('contract'), id, 'read', { forUpdate: false }), made = await contractText(ctx, id)
  const text = row.state !== 'draft' && row.content ? String(row.content) : made.text
  return { kind: 'text', company: (await wordsOf(ctx)).company, title: made.title, number: made.number, blocks: blocksOf(text), made: row.state === 'draft' ? `草稿 ${today(ctx)}` : today(ctx) }
}

async function statementDocument(ctx: Ctx, id: string): Promise<TextDocument> {
  const s = await statementOf(ctx, id), { company } = await wordsOf(ctx)
  return {
    kind: 'text', company, title: `对账单 ${s.customer}`, number: `${s.customer} ${s.today}`, made: company,
    blocks: [{ kind: 'heading', level: 1, text: '对账单' }, { kind: 'paragraph', text: `客户：${s.customer}\n截至：${s.today}\n未收余额：¥${s.balance}` },
      { kind: 'table', right: [false, false, true, true, true], rows: [['日期', '事项', '应收', '已收', '余额'], ...s.lines.map(l => [l.day, l.what, l.due ?? '', l.paid ?? '', l.balance])] }, { kind: 'paragraph', text: '如有不符，请在收到后十日内告知。' }],
  }
}

const send = (reply: FastifyReply, type: string, name: string, body: Buffer | string) => reply.type(type).header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(name)}`).header('cache-control', 'no-store').send(body)

/** The contract and a customer's statement as files. Read in one transaction, drawn after it. */
export function paperRoutes(app: FastifyInstance, runtime: Runtime): void {
  const asked = <T>(req: FastifyRequest<{ Params: { id: string } }>, run: (ctx: Ctx, id: string) => Promise<T>): Promise<T> => {
    const id = z.uuid().parse(req.params.id), locale = localeOf(req)
    return withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true, ...(locale ? { locale } : {}) }, ctx => run(ctx, id))
  }
  app.get<{ Params: { id: string } }>('/api/contracts/:id/contract.pdf', async (req, reply) => {
    const d = await asked(req, contractDocument)
    return send(reply, 'application/pdf', `合同-${d.number}.pdf`, await makePdf(d))
  })
  app.get<{ Params: { id: string } }>('/api/collection/statement/:id/statement.pdf', async (req, reply) => {
    const d = await asked(req, statementDocument)
    return send(reply, 'application/pdf', `对账单-${d.number}.pdf`, await makePdf(d))
  })
  app.get<{ Params: { id: string } }>('/api/collection/statement/:id/statement.csv', async (req, reply) => {
    const s = await asked(req, statementOf)
    return send(reply, 'text/csv; charset=utf-8', `对账单-${s.customer}-${s.today}.csv`, CSV_BOM + [['日期', '事项', '应收', '已收', '余额'], ...s.lines.map(l => [l.day, l.what, l.due ?? '', l.paid ?? '', l.balance])].map(r => csvLine(r)).join(''))
  })
}
