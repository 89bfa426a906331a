import type { FastifyInstance } from 'fastify'
import { requirePermission } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { AUDIT, auditLines } from '../core/actions.ts'
import { AppError } from '../errors.ts'
import { dayOf } from '../query/within.ts'
import type { Runtime } from '../runtime.ts'
import { CSV_BOM, csvLine } from '../tabular/index.ts'
import { MAX_EXPORT } from '../operations/export.ts'
import { call } from './call.ts'
import { localeOf } from './reply.ts'

const HEADER = { 'zh-CN': ['时间', '人员', 'IP', '对象', '记录', '序号', '动作', '原因', '变更'], en: ['Time', 'Person', 'IP', 'Entity', 'Record', 'Entry', 'Act', 'Reason', 'Changes'] } as const

const shown = (value: unknown): string => (value === null || value === undefined ? '∅' : typeof value === 'object' ? JSON.stringify(value) : String(value))

/** The log as a file: the same filter as on the screen, who, what, before and after, from where (BH-7.5). */
async function auditCsv(ctx: Ctx, query: unknown): Promise<string> {
  requirePermission(ctx.access, 'audit:read')
  const q = AUDIT.parse(query)
  const time = new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, dateStyle: 'short', timeStyle: 'medium' })
  let text = CSV_BOM + csvLine([...HEADER[ctx.locale]])
  let after = q.after
  for (let lines = 0; lines < MAX_EXPORT;) {
    const page = await auditLines(ctx, { ...q, limit: 200, ...(after ? { after } : {}) })
    for (const l of page.items) {
      text += csvLine([time.format(l.at), l.actorName ?? '', l.ip ?? '', l.entityLabel, l.title ?? l.recordId, l.seq, l.actName ?? l.act, l.reason ?? '',
        l.changes.map(c => `${c.label}：${c.beforeName ?? shown(c.before)} → ${c.afterName ?? shown(c.after)}`).join('；')])
    }
    lines += page.items.length
    if (!page.next) break
    after = page.next
  }
  return text
}

export function auditRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/audit/export', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    const text = await auditCsv(ctx, req.query)
    const name = `${ctx.locale === 'en' ? 'audit' : '日志'}-${dayOf(ctx.now(), ctx.tenant.timeZone).toISOString().slice(0, 10)}.csv`
    reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
    return Buffer.from(text)
  }))
  // the log is written by the acts themselves; whoever tries to change it is told so (SP-23)
  for (const url of ['/api/audit', '/api/audit/*']) {
    app.route({ method: ['POST', 'PUT', 'PATCH', 'DELETE'], url, handler: req => { throw new AppError('APPEND_ONLY', { entity: localeOf(req) === 'en' ? 'The log' : '日志' }) } })
  }
}
