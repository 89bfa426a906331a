import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { can } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { fail } from '../errors.ts'
import { isId, newId } from '../ids.ts'
import { read } from '../operations/list.ts'
import type { Runtime } from '../runtime.ts'
import { CHANNEL, notice } from '../store/notify.ts'
import { call } from './call.ts'
import { idOf } from './entity-routes.ts'
import { uploaded } from './upload.ts'

const TEXT = z.object({ text: z.string().trim().min(1, '请写内容').max(4000, '最多 4000 字') })
const COMMENTS = `select c.id, c.at, c.author_id as author, u.name as "authorName", c.text from comment c
  left join "user" u on u.tenant_id = c.tenant_id and u.id = c.author_id where c.tenant_id = $1 and c.entity = $2 and c.record_id = $3 order by c.id desc limit 200`
const FILES = `select a.id, a.at, a.author_id as author, u.name as "authorName", a.name, a.media_type as "mediaType", a.size from attachment a
  left join "user" u on u.tenant_id = a.tenant_id and u.id = a.author_id where a.tenant_id = $1 and a.entity = $2 and a.record_id = $3 order by a.id desc limit 200`

/** A comment, inside whatever act the caller is in. */
export async function addComment(ctx: Ctx, entity: string, recordId: string, text: string): Promise<string> {
  const id = newId()
  ctx.send('insert into comment (tenant_id, id, entity, record_id, author_id, at, text) values ($1,$2,$3,$4,$5,$6,$7)', [ctx.tenant.id, id, entity, recordId, ctx.user?.id ?? null, ctx.now(), text], 'comment_add')
  return id
}

const unitOf = async (ctx: Ctx, e: CompiledEntity, id: string): Promise<string | null> => {
  const column = e.scope?.unit ? e.fields.get(e.scope.unit)?.column : undefined
  const rows = column ? await ctx.query<{ unit: string | null }>(`select "${column}" as unit from "${e.table}" where tenant_id = $1 and id = $2`, [ctx.tenant.id, id]) : []
  return rows[0]?.unit ?? null
}

/** Comments and files hang on any record; whoever may read the record may read them and add to them. */
export function recordRoutes(app: FastifyInstance, runtime: Runtime): void {
  for (const e of runtime.metadata.base.all()) {
    if (e.internal) continue
    const at = `/api/${e.plural}/:id`
    const reach = async (ctx: Ctx, req: FastifyRequest): Promise<string> => { const id = idOf(req); await read(ctx, ctx.entities.get(e.name), id, ['id']); return id }
    app.get(`${at}/comments`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await ctx.query(COMMENTS, [ctx.tenant.id, e.name, await reach(ctx, req)]) })))
    app.post(`${at}/comments`, (req, reply) => call(runtime, req, reply, { status: 201 }, async ctx => {
      const { text } = TEXT.parse(req.body)
      const recordId = await reach(ctx, req)
      const id = await addComment(ctx, e.name, recordId, text)
      await ctx.query('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, e.name, recordId, await unitOf(ctx, e, recordId), 'comment', ctx.now())])
      return { id, at: ctx.now(), author: ctx.user!.id, authorName: ctx.user!.name, text }
    }))
    app.get(`${at}/attachments`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await ctx.query(FILES, [ctx.tenant.id, e.name, await reach(ctx, req)]) })))
    app.post(`${at}/attachments`, async (req, reply) => {
      const file = await uploaded(runtime, req)
      return call(runtime, req, reply, { status: 201 }, async ctx => {
        const recordId = await reach(ctx, req)
        const id = newId()
        await ctx.query('insert into attachment (tenant_id, id, entity, record_id, author_id, at, name, media_type, size, sha256, content) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)',
          [ctx.tenant.id, id, e.name, recordId, ctx.user!.id, ctx.now(), file.name, file.mediaType, file.content.length, createHash('sha256').update(file.content).digest(), file.content])
        return { id, at: ctx.now(), author: ctx.user!.id, authorName: ctx.user!.name, name: file.name, mediaType: file.mediaType, size: file.content.length }
      })
    })
  }
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
    await ctx.query('delete from attachment where tenant_id = $1 and id = $2', [ctx.tenant.id, (req.params as { id: string }).id])
    return undefined
  }))
}
