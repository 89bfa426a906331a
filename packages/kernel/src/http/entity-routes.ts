import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { offers, type CompiledEntity } from '../entity/compile.ts'
import { AppError, fail } from '../errors.ts'
import { isId } from '../ids.ts'
import { aggregate } from '../operations/aggregate.ts'
import { erase } from '../operations/erase.ts'
import { exportRows } from '../operations/export.ts'
import { history } from '../operations/history.ts'
import { importRows, importTemplate } from '../operations/import.ts'
import { list, read, type ListQuery } from '../operations/list.ts'
import { related } from '../operations/related.ts'
import { reveal } from '../operations/reveal.ts'
import { create, remove, update } from '../operations/write.ts'
import type { Filter } from '../query/filter.ts'
import type { Runtime } from '../runtime.ts'
import { Answer, call } from './call.ts'
import { uploaded } from './upload.ts'

type Q = Record<string, string | undefined>
/** A parameter given twice counts once, the last time. */
const query = (req: FastifyRequest): Q => Object.fromEntries(Object.entries(req.query as Record<string, string | string[]>).map(([k, v]) => [k, Array.isArray(v) ? v.at(-1) : v]))
export const idOf = (req: FastifyRequest): string => {
  const { id } = req.params as { id?: string }
  return isId(id) ? id : fail('NOT_FOUND', { id })
}

/** The list grammar of docs/api.md, read from a query string. */
export function listQuery(q: Q): ListQuery {
  return {
    ...filterOf(q),
    ...(q.sort ? { sort: q.sort } : {}),
    ...(q.fields ? { fields: q.fields.split(',').map(s => s.trim()).filter(Boolean) } : {}),
    ...(q.limit !== undefined ? { limit: Number(q.limit) } : {}),
    ...(q.after ? { after: q.after } : {}),
    ...(q.count === '1' || q.count === 'true' ? { count: true } : {}),
  }
}

export function filterOf(q: Q): { filter?: Filter; q?: string } {
  let filter: Filter | undefined
  if (q.filter) { try { filter = JSON.parse(q.filter) as Filter } catch { return fail('BAD_FILTER', { reason: '不是有效的 JSON' }) } }
  return { ...(filter ? { filter } : {}), ...(q.q ? { q: q.q } : {}) }
}

const body = (req: FastifyRequest): Record<string, unknown> =>
  req.body !== null && typeof req.body === 'object' && !Array.isArray(req.body) ? (req.body as Record<string, unknown>) : fail('BAD_REQUEST', { reason: '请求体应为 JSON 对象' })

const REASON = z.object({ field: z.string().max(60).optional(), reason: z.string().trim().min(2).max(200) })

/** The routes that every entity has. They are registered once, by path; which entity is meant is looked up in the caller's tenant. */
export function entityRoutes(app: FastifyInstance, runtime: Runtime): void {
  for (const base of runtime.metadata.base.all()) {
    if (base.internal) continue
    const at = `/api/${base.plural}`
    const of = (ctx: Ctx): CompiledEntity => ctx.entities.get(base.name)
    app.get(at, (req, reply) => call(runtime, req, reply, { readOnly: true }, ctx => list(ctx, of(ctx), listQuery(query(req)))))
    app.get(`${at}/aggregate`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
      const q = query(req)
      const rows = await aggregate(ctx, of(ctx), { group: (q.group ?? '').split(',').filter(Boolean), measures: (q.measure ?? 'count').split(',').filter(Boolean), ...filterOf(q) })
      return { rows: rows.map(r => ({ group: r.group, labels: r.labels, ...r.values, filter: r.filter })) }
    }))
    app.get(`${at}/export`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
      const file = await exportRows(ctx, of(ctx), listQuery(query(req)), query(req).format === 'csv' ? 'csv' : 'xlsx')
      reply.header('content-type', file.mediaType).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      return file.content
    }))
    if (offers(base, 'import')) app.get(`${at}/import-template`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
      const file = await importTemplate(ctx, of(ctx))
      reply.header('content-type', file.mediaType).header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      return file.content
    }))
    if (offers(base, 'import')) app.post(`${at}/import`, async (req, reply) => {
      const file = await uploaded(runtime, req)
      return call(runtime, req, reply, {}, async ctx => {
        const q = query(req)
        const report = await importRows(ctx, of(ctx), file, { commit: q.mode === 'commit', partial: q.partial === '1' })
        return report.failed && q.mode === 'commit' && q.partial !== '1'
          ? new Answer(422, { ...new AppError('IMPORT_REFUSED', { failed: report.failed }).body(ctx.locale), ...report }) : report
      })
    })
    app.post(at, (req, reply) => call(runtime, req, reply, { status: 201 }, ctx => create(ctx, of(ctx), body(req))))
    app.get(`${at}/:id`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
      const names = query(req).fields?.split(','), { mergedInto } = base
      const row = await read(ctx, of(ctx), idOf(req), names && mergedInto ? [...names, mergedInto] : names)
      if (!mergedInto || !row[mergedInto]) return row
      const into = String(row[mergedInto]), at301 = `${at}/${into}${req.url.includes('?') ? req.url.slice(req.url.indexOf('?')) : ''}`
      reply.header('location', at301)
      return new Answer(301, { id: into, mergedFrom: row.id, location: at301 })
    }))
    app.patch(`${at}/:id`, (req, reply) => call(runtime, req, reply, {}, ctx => update(ctx, of(ctx), idOf(req), body(req))))
    app.delete(`${at}/:id`, (req, reply) => call(runtime, req, reply, { status: 204 }, ctx => remove(ctx, of(ctx), idOf(req))))
    app.get(`${at}/:id/related`, (req, reply) => call(runtime, req, reply, { readOnly: true }, ctx => related(ctx, of(ctx), idOf(req))))
    app.get(`${at}/:id/history`, (req, reply) => call(runtime, req, reply, { readOnly: true }, ctx => history(ctx, of(ctx), idOf(req), query(req).after)))
    if (!offers(base, 'reveal')) continue
    app.post(`${at}/:id/reveal`, (req, reply) => call(runtime, req, reply, {}, ctx => { const b = REASON.parse(req.body); return reveal(ctx, of(ctx), idOf(req), b.field ?? '', b.reason) }))
    app.post(`${at}/:id/erase`, (req, reply) => call(runtime, req, reply, {}, ctx => erase(ctx, of(ctx), idOf(req), REASON.parse(req.body).reason)))
  }
}
