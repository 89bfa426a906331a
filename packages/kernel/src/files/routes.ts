import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sha256, traceBeside } from '../audit/entry.ts'
import { can } from '../access/access.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { call } from '../http/call.ts'
import { uploaded } from '../http/upload.ts'
import { namesOf } from '../operations/names.ts'
import type { Runtime } from '../runtime.ts'
import { attachmentOf, mayReplace, replaceContent, versionContent, versionsOf, type FileContent } from './attachment.ts'

/** Never as a page of our own origin: an uploaded HTML or SVG must not run. A PDF is shown by the browser's own viewer, which a sandbox would switch off. */
function sendFile(reply: FastifyReply, a: FileContent): Buffer {
  const pdf = a.mediaType === 'application/pdf', inline = pdf || /^image\/(png|jpeg|gif|webp)$/.test(a.mediaType)
  reply.header('content-type', inline ? a.mediaType : 'application/octet-stream').header('x-content-type-options', 'nosniff').header('content-security-policy', pdf ? "frame-ancestors 'self'" : 'sandbox')
    .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(a.name)}`)
  return a.content
}

const wholeNumber = (value: unknown, name: string): number => {
  const n = Number(value)
  return Number.isSafeInteger(n) && n > 0 ? n : fail('BAD_REQUEST', { reason: `${name} 应是版本号（从 1 起的整数）` })
}

/** A file by its id: as it is, as it was, its next version, back to an earlier one. */
export function fileRoutes(app: FastifyInstance, runtime: Runtime): void {
  const at = '/api/attachments/:id'
  const idOf = (req: FastifyRequest): string => (req.params as { id: string }).id
  const noOf = (req: FastifyRequest): number => wholeNumber((req.params as { no: string }).no, 'no')
  app.get(at, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => sendFile(reply, await attachmentOf(ctx, idOf(req)))))
  app.get(`${at}/about`, (req, reply) => call(runtime, req, reply, { readOnly: true }, ctx => about(ctx, idOf(req))))
  app.get(`${at}/versions`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => ({ items: await versionsOf(ctx, (await attachmentOf(ctx, idOf(req))).id) })))
  app.get(`${at}/versions/:no`, (req, reply) => call(runtime, req, reply, { readOnly: true }, async ctx => sendFile(reply, await versionContent(ctx, idOf(req), noOf(req)))))
  app.post(`${at}/versions`, async (req, reply) => {
    const file = await uploaded(runtime, req), { base, note } = req.query as { base?: string; note?: string }
    return call(runtime, req, reply, { status: 201 }, ctx => replaceContent(ctx, idOf(req), wholeNumber(base, 'base'), file, note?.slice(0, 200) ?? null))
  })
  app.post(`${at}/versions/:no/restore`, (req, reply) => call(runtime, req, reply, { status: 201 }, async ctx => {
    const old = await versionContent(ctx, idOf(req), noOf(req))
    return replaceContent(ctx, idOf(req), wholeNumber((req.body as { base?: unknown } | null)?.base, 'base'), old, `恢复自第 ${old.version} 版`)
  }))
  app.delete(at, (req, reply) => call(runtime, req, reply, { status: 204 }, async ctx => {
    const a = await attachmentOf(ctx, idOf(req), true)
    if (a.authorId !== ctx.user!.id && !can(ctx.access, `${a.entity}:remove`)) fail('FORBIDDEN', { permission: `${a.entity}:remove` })
    await ctx.query('delete from attachment_version where tenant_id = $1 and attachment_id = $2', [ctx.tenant.id, a.id])
    await ctx.query('delete from attachment where tenant_id = $1 and id = $2', [ctx.tenant.id, a.id])
    await traceBeside(ctx, { kind: 'attachment', id: a.id, act: 'remove', of: { entity: a.entity, recordId: a.recordId }, content: null, before: { name: a.name, content: sha256(a.content) } })
    return undefined
  }))
}

async function about(ctx: Ctx, id: string): Promise<Record<string, unknown>> {
  const a = await attachmentOf(ctx, id), entity = ctx.entities.get(a.entity)
  const names = await namesOf(ctx, new Map([[a.entity, new Set([a.recordId])]]))
  return { id: a.id, name: a.name, mediaType: a.mediaType, size: a.content.length, version: a.version, entity: a.entity, plural: entity.plural, recordId: a.recordId, recordName: names.get(a.recordId) ?? '', recordLabel: entity.label[0], mayEdit: mayReplace(ctx, a) }
}
