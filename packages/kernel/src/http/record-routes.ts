import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Ctx } from '../context.ts'
import { attach } from '../files/attachment.ts'
import { fileRoutes } from '../files/routes.ts'
import { read } from '../operations/list.ts'
import { share, SHARE, sharesOf, unshare } from '../operations/share.ts'
import type { Runtime } from '../runtime.ts'
import { call } from './call.ts'
import { commentsOf, editComment, mentionable, removeComment, TEXT, writeComment } from './comments.ts'
import { idOf } from './entity-routes.ts'
import { uploaded } from './upload.ts'

const FILES = `select a.id, a.at, a.author_id as author, u.name as "authorName", a.name, a.media_type as "mediaType", a.size, a.version, a.changed_at as "changedAt", c.name as "changedByName" from attachment a
  left join "user" u on u.tenant_id = a.tenant_id and u.id = a.author_id
  left join "user" c on c.tenant_id = a.tenant_id and c.id = a.changed_by where a.tenant_id = $1 and a.entity = $2 and a.record_id = $3 order by a.id desc limit 200`

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
    if (e.shareable) {
      app.get(`${at}/shares`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await sharesOf(ctx, ctx.entities.get(e.name), idOf(req)) })))
      app.post(`${at}/shares`, (req, reply) => call(runtime, req, reply, { status: 201 }, ctx => share(ctx, ctx.entities.get(e.name), idOf(req), SHARE.parse(req.body))))
      app.delete(`${at}/shares/:shareId`, (req, reply) => call(runtime, req, reply, { status: 204 }, ctx => unshare(ctx, ctx.entities.get(e.name), idOf(req), (req.params as { shareId: string }).shareId)))
    }
    app.post(`${at}/attachments`, async (req, reply) => {
      const file = await uploaded(runtime, req)
      return call(runtime, req, reply, { status: 201 }, async ctx => {
        const id = await attach(ctx, e.name, await reach(ctx, req), file)
        return { id, at: ctx.now(), author: ctx.user!.id, authorName: ctx.user!.name, name: file.name, mediaType: file.mediaType, size: file.content.length, version: 1 }
      })
    })
  }
  app.patch('/api/comments/:id', (req, reply) => call(runtime, req, reply, {}, ctx => editComment(ctx, (req.params as { id: string }).id, TEXT.parse(req.body))))
  app.delete('/api/comments/:id', (req, reply) => call(runtime, req, reply, { status: 204 }, ctx => removeComment(ctx, (req.params as { id: string }).id)))
  fileRoutes(app, runtime)
}
