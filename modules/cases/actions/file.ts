import { call, csvLine, CSV_BOM, requirePermission, type Ctx, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance } from 'fastify'
import { QUESTION } from '../rules/question.ts'
import { listCases, type CaseLine } from './list.ts'

/** As for other exports. */
const MOST_ROWS = 50_000

const STATE: Record<string, string> = { active: '进行中', completed: '已办结', terminated: '已办结', cancelled: '已终止', failed: '失败' }

/** The list as it is seen, as a table for the office. */
async function fileOf(ctx: Ctx, asked: unknown): Promise<string> {
  requirePermission(ctx.access, 'process:read')
  const q = QUESTION.parse(asked)
  const at = (d: Date | null): string => (d ? new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(d) : '')
  const lateness = (r: CaseLine): string => (r.pausedFor !== null ? `暂停：${r.pausedFor}` : r.lateness === 'late' ? '超时' : r.lateness === 'warn' ? '快超时' : '')
  let text = CSV_BOM + csvLine(['案例', '版本', '状态', '环节', '岗位', '办理人', '单位', '从何时起', '已经（工作分钟）', '应完成', '时限', '异常', '开始', '结束', '结果'])
  for (let after: string | undefined, n = 0; ;) {
    const page = await listCases(ctx, q, { limit: 200, after })
    for (const r of page.items) text += csvLine([r.label ?? r.caseId, `v${r.version}`, STATE[r.state] ?? r.state, r.step ?? '', r.role ?? '', r.voters ?? r.assigneeName ?? (r.unassigned ? '待领取' : ''), r.unitName ?? '', at(r.enteredAt), r.ageMinutes, at(r.dueAt), lateness(r), r.incident ? '有异常' : '', at(r.startedAt), at(r.endedAt), r.endName ?? ''])
    n += page.items.length
    if (!page.next || n >= MOST_ROWS) return text
    after = page.next
  }
}

export function fileRoute(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/case-list/file', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    const text = await fileOf(ctx, req.query)
    reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('流程案例.csv')}`)
    return text
  }))
}
