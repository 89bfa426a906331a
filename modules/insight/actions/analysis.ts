import { call, csvLine, CSV_BOM, defineAction, requirePermission, type Ctx, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { DIMENSIONS, QUESTION, type Dimension } from '../rules/question.ts'
import { analyse } from '../store/analysis.ts'
import { rowsOf } from '../store/rows.ts'

const ASK = QUESTION.extend({ by: z.enum(DIMENSIONS).default('station'), stage: z.string().max(60).optional() })
const ROWS = QUESTION.extend({
  stage: z.string().max(60).optional(), only: z.enum(['late', 'onTime', 'cameBack', 'labour', 'parts', 'unrated']).optional(), least: z.coerce.number().min(0).optional(), below: z.coerce.number().min(0).optional(),
  sort: z.enum(['minutes', 'cost', 'startedAt']).default('minutes'), limit: z.coerce.number().int().min(1).max(500).default(100), offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
})

/** 服务分析: stage times, the bottleneck, on time, 返修, cost per request; by station, product, person, fault, month (SP-24, AN-05). */
export const analysis = defineAction({
  name: 'serviceAnalysis', label: ['服务分析', 'Service analysis'], method: 'GET', path: '/api/insight/service', permission: 'serviceRequest:rollup', readOnly: true, input: ASK, run: (ctx, q) => analyse(ctx, q),
})

/** The requests behind one of its figures. */
export const analysisRows = defineAction({
  name: 'serviceAnalysisRows', label: ['服务分析的请求', 'Requests behind the analysis'], method: 'GET', path: '/api/insight/service/rows', permission: 'serviceRequest:rollup', readOnly: true, input: ROWS, run: (ctx, q) => rowsOf(ctx, q),
})

/** As for other exports. */
const MOST_ROWS = 50_000
const HEAD: Record<Dimension, string> = { station: '服务站', product: '产品线', model: '型号', person: '维修人员', fault: '故障类别', month: '月份' }

async function groupsFile(ctx: Ctx, asked: unknown): Promise<string> {
  const found = await analyse(ctx, ASK.parse(asked))
  const stage = found.stages.find(s => s.nodeId === found.stage)?.name ?? '环节'
  return CSV_BOM + csvLine([HEAD[found.by], '请求', '用时P50（分钟）', '用时P80（分钟）', `${stage}P50（分钟）`, `${stage}P80（分钟）`, '最耗时环节', '按时', '按时率（%）', '返修', '返修率（%）', '工时（小时）', '人工成本', '配件成本', '合计成本', '单件成本'])
    + [...found.groups.map(g => ({ ...g, label: g.name ?? '未填' })), { ...found.total, label: '合计', stage: null, longest: null }].map(g => csvLine([g.label, g.requests, g.p50, g.p80, g.stage?.p50 ?? null, g.stage?.p80 ?? null, g.longest, g.onTime, g.onTimeRate, g.cameBack, g.cameBackRate, Math.round(g.labourMinutes / 0.6) / 100, g.labourCost, g.partsCost, g.cost, g.costPerRequest])).join('')
}

async function rowsFile(ctx: Ctx, asked: unknown): Promise<string> {
  requirePermission(ctx.access, 'serviceRequest:export')
  const at = (d: Date | null): string => (d ? new Intl.DateTimeFormat('sv-SE', { timeZone: ctx.tenant.timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' }).format(d) : '')
  const { items } = await rowsOf(ctx, { ...ROWS.omit({ limit: true, offset: true }).parse(asked), limit: MOST_ROWS, offset: 0 })
  return CSV_BOM + csvLine(['请求号', '服务站', '产品线', '型号', '故障类别', '维修人员', '取号', '办结', '用时（分钟）', '按时', '返修', '工时（分钟）', '人工成本', '配件成本', '合计成本'])
    + items.map(r => csvLine([r.number, r.station, r.line, r.model, r.fault, r.person, at(r.startedAt), at(r.endedAt), r.minutes, r.late ? '超时' : '按时', r.cameBack ? '是' : '', r.labourMinutes, r.labourCost, r.partsCost, r.cost])).join('')
}

/** Both as tables for the office. */
export function analysisFiles(app: FastifyInstance, runtime: Runtime): void {
  for (const [path, name, make] of [['/api/insight/service/file', '服务分析.csv', groupsFile], ['/api/insight/service/rows/file', '服务分析明细.csv', rowsFile]] as const) {
    app.get(path, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
      requirePermission(ctx.access, 'serviceRequest:rollup')
      const text = await make(ctx, req.query)
      reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      return text
    }))
  }
}
