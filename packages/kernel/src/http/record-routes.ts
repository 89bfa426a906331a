import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { can } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { isId, newId } from '../ids.ts'
import { read } from '../operations/list.ts'
import type { Runtime } from '../runtime.ts'
import { call } from './call.ts'
import { commentsOf, editComment, mentionable, removeComment, TEXT, writeComment } from './comments.ts'
import { idOf } from './entity-routes.ts'
import { sha256, traceBeside } from '../audit/entry.ts'
import { uploaded } from './upload.ts'

const FILES = `select a.id, a.at, a.author_id as author, u.name as "authorName", a.name, a.media_type as "mediaType", a.size from attachment a
  left join "user" u on u.tenant_id = a.tenant_id and u.id = a.author_id where a.tenant_id = $1 and a.entity = $2 and a.record_id = $3 order by a.id desc limit 200`

/** Comments and files hang on any record; whoever may read the record may read them and add to them. */
export function recordRoutes(app: FastifyInstance, runtime: Runtime): void {
  for (const e of runtime.metadata.base.all()) {
    if (e.internal) continue
    const at = `/api/${e.plural}/:id`
    const reach = async (ctx: Ctx, req: FastifyRequest): Promise<string> => { const id = idOf(req); await read(ctx, ctx.entities.get(e.name), id, ['id']); return id }
    app.get(`${at}/comments`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await commentsOf(ctx, e.name, await reach(ctx, req)) })))
    app.get(`${at}/mentionable`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await mentionable(ctx, ctx.entities.get(e.name), await reach(ctx, req), String((req.query as { q?: string }).q ?? '').slice(0, 60)) })))
    app.post(`${at}/comments`, (req, reply) => call(runtime, req, reply, { status: 201 }, async ctx => writeComment(ctx, ctx.entities.get(e.name), await reach(ctx, req), TEXT.parse(req.body))))
    app.get(`${at}/attachments`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await ctx.query(FILES, [ctx.tenant.id, e.name, await reach(ctx, req)]) })))
    app.post(`${at}/attachments`, async (req, reply) => {
      const file = await uploaded(runtime, req)
      return call(runtime, req, reply, { status: 201 }, async ctx => {
        const recordId = await reach(ctx, req)
        const id = newId()
        await ctx.query('insert into attachment (tenant_id, id, entity, record_id, author_id, at, name, media_type, size, sha256, content) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
          [ctx.tenant.id, id, e.name, recordId, ctx.user!.id, ctx.now(), file.name, file.mediaType, file.content.length, createHash('sha256').update(file.content).digest(), file.content])
        await traceBeside(ctx, { kind: 'attachment', id, act: 'create', of: { entity: e.name, recordId }, content: sha256(file.content) })
        return { id, at: ctx.now(), author: ctx.user!.id, authorName: ctx.user!.name, name: file.name, mediaType: file.mediaType, size: file.content.length }
      })
    })
  }
  app.patch('/api/comments/:id', (req, reply) => call(runtime, req, reply, {}, ctx => editComment(ctx, (req.params as { id: string }).id, TEXT.parse(req.body))))
  app.delete('/api/comments/:id', (req, reply) => call(runtime, req, reply, { status: 204 }, ctx => removeComment(ctx, (req.params as { id: string }).id)))
  const attached = async (ctx: Ctx, req: FastifyRequest) => {
    const { id } = req.params as { id: string }
    const [a] = isId(id) ? await ctx.query<{ entity: string; record_id: string; author_id: string | null; name: string; media_type: string; content: Buffer }>(
      'select entity, record_id, author_id, name, media_type, content from attachment where tenant_id = $1 and id = $2', [ctx.tenant.id, id]) : []
    if (!a) return fail('NOT_FOUND', { id })
    await read(ctx, ctx.entities.get(a.entity), a.record_id, ['id'])
    return a
  }
  app.get('/api/attachments/:id', (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => {
    const a = await attached(ctx, req)
    // never as a page of our own origin: an uploaded HTML or SVG must not run
    const inline = /^image\/(png|jpeg|gif|webp)$|^application\/pdf$/.test(a.media_type)
    reply.header('content-type', inline ? a.media_type : 'application/octet-stream').header('x-content-type-options', 'nosniff').header('content-security-policy', 'sandbox')
      .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(a.name)}`)
    return a.content
  }))
  app.delete('/api/attachments/:id', (req, reply) => call(runtime, req, reply, { status: 204 }, async ctx => {
    const a = await attached(ctx, req)
    if (a.author_id !== ctx.user!.id && !can(ctx.access, `${a.entity}:remove`)) fail('FORBIDDEN', { permission: `${a.entity}:remove` })
    const { id } = req.params as { id: string }
    await ctx.query('delete from attachment where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
    await traceBeside(ctx, { kind: 'attachment', id, act: 'remove', of: { entity: a.entity, recordId: a.record_id }, content: null, before: { name: a.name, content: sha256(a.content) } })
    return undefined
  }))
}
