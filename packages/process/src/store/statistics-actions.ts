import { Readable } from 'node:stream'
import { call, defineAction, requirePermission, type Runtime } from '@quancheng/kernel'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { exportLog } from './export-log.ts'
import { statistics } from './statistics.ts'
import { casesOf, conformanceOf, dotsOf, heat, replayOn, reviewOf } from './statistics-views.ts'
import './errors-statistics.ts'

const share = z.coerce.number().min(0).max(1)
const CASES = z.object({ key: z.string(), from: z.iso.date().optional(), to: z.iso.date().optional(), unitId: z.uuid().optional(), version: z.coerce.number().int().optional(), filter: z.string().max(4000).optional(), variant: z.uuid().optional() })
const MEASURE = z.enum(['total', 'waiting', 'working'])
const common = { label: ['查看流程', 'Processes'] as const, method: 'GET' as const, permission: 'process:read', scoped: false, readOnly: true }

/** The figures of a process: each of the cases that the caller may see. */
export const statisticsActions = [
  defineAction({ ...common, name: 'processStatistics', path: '/api/processes/:key/statistics', input: CASES.extend({ activities: share.default(1), paths: share.default(1), measure: MEASURE.default('total'), ways: z.coerce.number().int().min(1).max(200).default(12) }), run: (ctx, { key, ...q }) => statistics(ctx, key, q) }),
  defineAction({ ...common, name: 'processHeat', path: '/api/processes/:key/heat', input: CASES, run: (ctx, { key, ...q }) => heat(ctx, key, q) }),
  defineAction({ ...common, name: 'processConformance', path: '/api/processes/:key/conformance', input: CASES, run: (ctx, { key, ...q }) => conformanceOf(ctx, key, q) }),
  defineAction({
    ...common, name: 'processReplay', method: 'POST', path: '/api/processes/:key/replay', status: 200, input: CASES.extend({ model: z.string().min(1).max(120), map: z.record(z.string().max(200), z.string().max(200).nullable()).default({}) }),
    run: (ctx, { key, ...q }) => replayOn(ctx, key, q),
  }),
  defineAction({ ...common, name: 'processReview', path: '/api/processes/:key/review', input: CASES, run: (ctx, { key, ...q }) => reviewOf(ctx, key, q) }),
  defineAction({ ...common, name: 'processDots', path: '/api/processes/:key/dots', input: CASES.extend({ most: z.coerce.number().int().min(1).max(20_000).default(10_000) }), run: (ctx, { key, ...q }) => dotsOf(ctx, key, q) }),
  defineAction({
    ...common, name: 'processCases', path: '/api/processes/:key/cases',
    input: CASES.extend({
      node: z.string().max(200).optional(), activity: z.string().max(200).optional(), only: z.enum(['late', 'open']).optional(), by: MEASURE.optional(),
      after: z.string().max(200).optional(), next: z.string().max(200).optional(), again: z.string().max(200).optional(), deviation: z.enum(['skipped', 'repeated', 'order', 'unknown', 'end']).optional(), like: z.uuid().optional(), limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    run: (ctx, { key, ...q }) => casesOf(ctx, key, q),
  }),
]

const LOG = CASES.extend({ format: z.enum(['xes', 'csv', 'ocel']).default('xes') })

/** The history as a file; it streams, so it is a route and no action. */
export function statisticsRoutes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/api/processes/:key/log', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    requirePermission(ctx.access, 'process:read')
    const { key, format, ...q } = LOG.parse({ ...(req.query as object), ...(req.params as object) })
    const file = await exportLog(ctx, key, q, format)
    reply.header('content-type', file.mediaType).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    return Readable.from(file.text, { objectMode: false })
  }))
}
