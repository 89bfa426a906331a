import { createHash } from 'node:crypto'
import { can } from '../access/access.ts'
import { traceBeside } from '../audit/entry.ts'
import type { Ctx } from '../context.ts'
import { fail, registerErrors } from '../errors.ts'
import { isId, newId } from '../ids.ts'
import { read } from '../operations/list.ts'

registerErrors({
  ATTACHMENT_STALE: [409, '{name}已由{author}存成第 {version} 版，您改的是第 {base} 版。没有保存，您改的内容还在：可以另存为副本，或看过新版本后再改。', '{author} saved version {version} of {name}; yours began from version {base}. Nothing was saved: keep yours as a copy.'],
  ATTACHMENT_SAME: [400, '内容和现在的第 {version} 版一样，没有新版本', 'The content equals version {version}'],
})

export interface FileContent { name: string; mediaType: string; content: Buffer }
/** a file of a record as it is now; `version` counts from 1 */
export interface Attachment extends FileContent { id: string; entity: string; recordId: string; authorId: string | null; version: number }
export interface AttachmentVersion { version: number; at: Date; author: string | null; authorName: string | null; name: string; mediaType: string; size: number; note: string | null; current: boolean }

const digest = (content: Buffer): Buffer => createHash('sha256').update(content).digest()

/** A file that the caller may see, because the record may be read. @throws NOT_FOUND */
export async function attachmentOf(ctx: Ctx, id: string, held = false): Promise<Attachment> {
  const [a] = isId(id) ? await ctx.query<{ id: string; entity: string; recordId: string; authorId: string | null; name: string; mediaType: string; version: number; content: Buffer }>(
    `select id, entity, record_id as "recordId", author_id as "authorId", name, media_type as "mediaType", version, content from attachment where tenant_id = $1 and id = $2${held ? ' for update' : ''}`, [ctx.tenant.id, id]) : []
  if (!a) return fail('NOT_FOUND', { id })
  await read(ctx, ctx.entities.get(a.entity), a.recordId, ['id'])
  return a
}

/** Whoever brought a file may replace it, and whoever may change the record. What it was stays in either case. */
export const mayReplace = (ctx: Ctx, a: Pick<Attachment, 'authorId' | 'entity'>): boolean => a.authorId === (ctx.user?.id ?? null) || can(ctx.access, `${a.entity}:update`)

/** Hangs a file on a record; that the caller may do so is settled before. */
export async function attach(ctx: Ctx, entity: string, recordId: string, file: FileContent, note: string | null = null): Promise<string> {
  const id = newId(), sum = digest(file.content)
  await ctx.query('insert into attachment (tenant_id, id, entity, record_id, author_id, at, name, media_type, size, sha256, content, note) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)',
    [ctx.tenant.id, id, entity, recordId, ctx.user?.id ?? null, ctx.now(), file.name, file.mediaType, file.content.length, sum, file.content, note])
  await traceBeside(ctx, { kind: 'attachment', id, act: 'create', of: { entity, recordId }, content: sum.toString('hex') })
  return id
}

/**
 * Makes the next version of a file. `base` is the version that was opened: where somebody else has saved meanwhile nothing is written.
 * @throws ATTACHMENT_STALE, ATTACHMENT_SAME, FORBIDDEN
 */
export async function replaceContent(ctx: Ctx, id: string, base: number, file: FileContent, note: string | null = null): Promise<{ id: string; version: number; size: number; name: string }> {
  const a = await attachmentOf(ctx, id, true)
  if (!mayReplace(ctx, a)) fail('FORBIDDEN', { permission: `${a.entity}:update` })
  if (a.version !== base) {
    const [by] = await ctx.query<{ name: string | null }>('select u.name from attachment a left join "user" u on u.tenant_id = a.tenant_id and u.id = coalesce(a.changed_by, a.author_id) where a.tenant_id = $1 and a.id = $2', [ctx.tenant.id, id])
    fail('ATTACHMENT_STALE', { name: `“${a.name}”`, author: by?.name ?? '系统', version: a.version, base })
  }
  const sum = digest(file.content), before = digest(a.content)
  if (sum.equals(before)) fail('ATTACHMENT_SAME', { version: a.version })
  await ctx.query(`insert into attachment_version (tenant_id, id, attachment_id, entity, record_id, no, author_id, at, name, media_type, size, sha256, note, content)
    select tenant_id, $3, id, entity, record_id, version, coalesce(changed_by, author_id), coalesce(changed_at, at), name, media_type, size, sha256, note, content from attachment where tenant_id = $1 and id = $2`, [ctx.tenant.id, id, newId()])
  await ctx.query('update attachment set version = version + 1, changed_at = $3, changed_by = $4, name = $5, media_type = $6, size = $7, sha256 = $8, content = $9, note = $10 where tenant_id = $1 and id = $2',
    [ctx.tenant.id, id, ctx.now(), ctx.user?.id ?? null, file.name, file.mediaType, file.content.length, sum, file.content, note])
  await traceBeside(ctx, { kind: 'attachment', id, act: 'update', of: { entity: a.entity, recordId: a.recordId }, content: sum.toString('hex'), before: { name: a.name, version: a.version, content: before.toString('hex') } })
  return { id, version: a.version + 1, size: file.content.length, name: file.name }
}

/** All versions of a file, the newest first; the caller may see the file. */
export const versionsOf = (ctx: Ctx, id: string): Promise<AttachmentVersion[]> => ctx.query<AttachmentVersion & Record<string, unknown>>(
  `select v.version, v.at, v.author, u.name as "authorName", v.name, v.media_type as "mediaType", v.size, v.note, v.current from (
    select version, coalesce(changed_at, at) as at, coalesce(changed_by, author_id) as author, name, media_type, size, note, true as current from attachment where tenant_id = $1 and id = $2
    union all select no, at, author_id, name, media_type, size, note, false from attachment_version where tenant_id = $1 and attachment_id = $2) v
   left join "user" u on u.tenant_id = $1 and u.id = v.author order by v.version desc limit 500`, [ctx.tenant.id, id])

/** What a file was in version `no`. @throws NOT_FOUND */
export async function versionContent(ctx: Ctx, id: string, no: number): Promise<Attachment> {
  const a = await attachmentOf(ctx, id)
  if (a.version === no) return a
  const [v] = Number.isSafeInteger(no) ? await ctx.query<FileContent & Record<string, unknown>>('select name, media_type as "mediaType", content from attachment_version where tenant_id = $1 and attachment_id = $2 and no = $3', [ctx.tenant.id, id, no]) : []
  return v ? { ...a, ...v, version: no } : fail('NOT_FOUND', { id, version: no })
}
