import { localeOf, lock, tokenOf, visible, withCaller, type Ctx, type Runtime } from '@quancheng/kernel'
import { makePdf, wordsOf, type TextDocument } from '@quancheng/paper'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'

/** The notice as it goes out: who, since when, by which rule. Only lines that the caller may read. */
async function noticeDocument(ctx: Ctx, id: string): Promise<TextDocument> {
  const { row } = await lock(ctx, ctx.entities.get('noticeList'), id, 'read', { forUpdate: false }), lines = visible(ctx, ctx.entities.get('noticeLine'), 't', 'read')
  const { rows } = lines ? await sql<{ name: string; unit: string | null; last: string | null; days: number; penalty: string | null }>`select t.name, t.unit_name as unit, t.last_day::text as last, t.days, t.penalty from notice_line t where ${lines} and t.list_id = ${id} order by t.days desc, t.name`.execute(ctx.db) : { rows: [] }
  const [rule] = row.ruleId ? await ctx.query<{ title: string; edition: number }>('select title, edition from rule_document where tenant_id = $1 and id = $2', [ctx.tenant.id, row.ruleId]) : []
  const { company } = await wordsOf(ctx)
  return {
    kind: 'text', company, title: String(row.name), number: String(row.number), made: company,
    blocks: [
      { kind: 'heading', level: 1, text: String(row.name) }, { kind: 'paragraph', text: `截至 ${String(row.onDay)}，下列 ${rows.length} 人长时间没有登录客户关系管理系统，特此通报。${rule ? `\n依据：${rule.title}（第 ${rule.edition} 版）` : ''}` },
      { kind: 'table', right: [false, false, false, true, false], rows: [['姓名', '单位', '最近登录', '天数', '处理办法'], ...rows.map(r => [r.name, r.unit ?? '', r.last ?? '从未', String(r.days), r.penalty ?? '按各公司规定'])] },
      ...(row.note ? [{ kind: 'paragraph' as const, text: String(row.note) }] : []),
    ],
  }
}

export function noticeRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get<{ Params: { id: string } }>('/api/notice-lists/:id/notice.pdf', async (req, reply) => {
    const id = z.uuid().parse(req.params.id), locale = localeOf(req)
    const d = await withCaller(runtime, tokenOf(req), { ip: req.ip ?? null, readOnly: true, ...(locale ? { locale } : {}) }, ctx => noticeDocument(ctx, id))
    return reply.type('application/pdf').header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(`${d.title}.pdf`)}`).header('cache-control', 'no-store').send(await makePdf(d))
  })
}
