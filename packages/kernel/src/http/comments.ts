import { sha256, traceBeside } from '../audit/entry.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import { can } from '../access/access.ts'
import { ownPerson } from '../access/outside.ts'
import { readersOf } from '../access/readers.ts'
import { elevated, type UserRow } from '../act.ts'
import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import { fail, registerErrors } from '../errors.ts'
import { isId, newId } from '../ids.ts'
import { read } from '../operations/list.ts'
import { searchCondition } from '../search/search.ts'
import { CHANNEL, notice } from '../store/notify.ts'

registerErrors({
  COMMENT_OWN: [403, '只能修改或删除自己写的评论', 'Only one’s own comments can be changed'],
  COMMENT_OLD: [409, '超过 {hours} 小时的评论不能再改，可以删除后重写', 'A comment can be changed for {hours} hours'],
  MENTION_UNREADABLE: [422, '{names} 看不到这条记录，不能 @', '{names} may not read this record'],
})

/** So long a comment can be put right: later, others have answered it. It can always be taken back. */
export const EDIT_HOURS = 24
const MAX_MENTIONS = 20
const OFFERED = 8
/** so many are looked at to find those who may read the record */
const LOOKED_AT = 60

export const TEXT = z.object({ text: z.string().trim().min(1, '请写内容').max(4000, '最多 4000 字'), mentions: z.array(z.uuid()).max(MAX_MENTIONS, `一次至多 @ ${MAX_MENTIONS} 人`).optional() })

/** `comment.mention`: people were named in a comment, each told of once a comment. */
export const MENTION_EVENT = 'comment.mention'
export interface Mention { commentId: string; userIds: string[]; authorId: string | null; authorName: string | null }

const COMMENTS = `select c.id, c.at, c.author_id as author, u.name as "authorName", c.text, c.edited_at as "editedAt", c.removed_at is not null as removed,
  coalesce((select json_agg(json_build_object('id', p.id, 'name', p.name) order by p.name) from comment_mention m join "user" p on p.tenant_id = m.tenant_id and p.id = m.user_id where m.tenant_id = c.tenant_id and m.comment_id = c.id), '[]') as mentions
  from comment c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.author_id where c.tenant_id = $1 and c.entity = $2 and c.record_id = $3 order by c.id desc limit 200`

/** A partner reads what its own people wrote and what was said to them by name; the rest is talk of the house (docs/adr/0049). */
const OWN = `(select p.id from "user" p join unit_closure x on x.tenant_id = p.tenant_id and x.descendant_id = p.unit_id where p.tenant_id = $1 and x.ancestor_id = $4)`
const TO_THEM = `(c.author_id in ${OWN} or exists (select 1 from comment_mention m where m.tenant_id = c.tenant_id and m.comment_id = c.id and m.user_id in ${OWN}))`
const COMMENTS_TO_THEM = COMMENTS.replace('order by c.id desc limit 200', `and ${TO_THEM} order by c.id desc limit 200`)

export const commentsOf = (ctx: Ctx, entity: string, recordId: string): Promise<Record<string, unknown>[]> =>
  (ctx.access.outside ? ctx.query(COMMENTS_TO_THEM, [ctx.tenant.id, entity, recordId, ctx.access.unitId]) : ctx.query(COMMENTS, [ctx.tenant.id, entity, recordId]))

/** Whom a partner may name: their own people, and who has spoken to them on this record. */
const knownTo = (ctx: Ctx, e: CompiledEntity, recordId: string) => sql<boolean>`(${ownPerson(ctx, 'u.id')} or u.id in (select c.author_id from comment c join comment_mention m on m.tenant_id = c.tenant_id and m.comment_id = c.id
  where c.tenant_id = ${ctx.tenant.id} and c.entity = ${e.name} and c.record_id = ${recordId} and ${ownPerson(ctx, 'm.user_id')}))`

/** A comment, inside whatever act the caller is in. */
export async function addComment(ctx: Ctx, entity: string, recordId: string, text: string): Promise<string> {
  const id = newId()
  ctx.send('insert into comment (tenant_id, id, entity, record_id, author_id, at, text) values ($1,$2,$3,$4,$5,$6,$7)', [ctx.tenant.id, id, entity, recordId, ctx.user?.id ?? null, ctx.now(), text], 'comment_add')
  await traceBeside(ctx, { kind: 'comment', id, act: 'create', of: { entity, recordId }, content: sha256(text) })
  return id
}

export const unitOf = async (ctx: Ctx, e: CompiledEntity, id: string): Promise<string | null> => {
  const column = e.scope?.unit ? e.fields.get(e.scope.unit)?.column : undefined
  const rows = column ? await ctx.query<{ unit: string | null }>(`select "${column}" as unit from "${e.table}" where tenant_id = $1 and id = $2`, [ctx.tenant.id, id]) : []
  return rows[0]?.unit ?? null
}

const USERS = 'select u.id, u.username, u.name, u.unit_id, u.locale, coalesce(u.off, false) as off from "user" u where u.tenant_id = $1 and u.id = any($2)'

/** Keeps whom a comment names, and says so to whoever listens: only of those whom this comment has not named before. Who may not read the record is refused. */
async function mention(ctx: Ctx, e: CompiledEntity, recordId: string, commentId: string, asked: readonly string[]): Promise<void> {
  const ids = [...new Set(asked)].filter(id => id !== ctx.user?.id)
  const users = ids.length ? await ctx.query<UserRow & Record<string, unknown>>(USERS, [ctx.tenant.id, ids]) : []
  if (ctx.access.outside && ids.length) {
    const { rows: [row] } = await sql<{ n: number }>`select count(*)::int as n from "user" u where u.tenant_id = ${ctx.tenant.id} and u.id = any(${ids}::uuid[]) and ${knownTo(ctx, e, recordId)}`.execute(ctx.db)
    if (row!.n < ids.length) fail('MENTION_UNREADABLE', { names: '？' })
  }
  const readers = await readersOf(ctx, e, recordId, users)
  const blind = ids.filter(id => !readers.has(id))
  if (blind.length) fail('MENTION_UNREADABLE', { names: blind.map(id => users.find(u => u.id === id)?.name ?? '？').join('、') })
  const told = ids.length ? await ctx.query<{ user_id: string }>('insert into comment_mention (tenant_id, comment_id, user_id, at) select $1, $2, x, $4 from unnest($3::uuid[]) x on conflict do nothing returning user_id', [ctx.tenant.id, commentId, ids, ctx.now()]) : []
  const unitId = await unitOf(ctx, e, recordId), heard = told.length > 0 && ctx.runtime.listensTo(MENTION_EVENT)
  if (heard) {
    const payload: Mention = { commentId, userIds: told.map(t => t.user_id), authorId: ctx.user?.id ?? null, authorName: ctx.user?.name ?? null }
    await ctx.query('insert into outbox (tenant_id, entity, record_id, unit_id, at, event, payload) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.tenant.id, e.name, recordId, unitId, ctx.now(), MENTION_EVENT, JSON.stringify(payload)])
  }
  await ctx.query('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, e.name, recordId, unitId, 'comment', ctx.now(), heard)])
}

export async function writeComment(ctx: Ctx, e: CompiledEntity, recordId: string, input: z.infer<typeof TEXT>) {
  const id = await addComment(ctx, e.name, recordId, input.text)
  await mention(ctx, e, recordId, id, input.mentions ?? [])
  return { id, at: ctx.now(), author: ctx.user!.id, authorName: ctx.user!.name, text: input.text }
}

interface Kept { entity: string; record_id: string; author_id: string | null; at: Date; text: string; removed_at: Date | null }

async function reached(ctx: Ctx, id: string): Promise<Kept> {
  const [c] = isId(id) ? await ctx.query<Kept & Record<string, unknown>>('select entity, record_id, author_id, at, text, removed_at from comment where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, id]) : []
  if (!c || c.removed_at) return fail('NOT_FOUND', { id })
  await read(ctx, ctx.entities.get(c.entity), c.record_id, ['id'])
  return c
}

/** Its author puts it right, within a day. Whom it names now and did not before is told. */
export async function editComment(ctx: Ctx, id: string, input: z.infer<typeof TEXT>): Promise<{ id: string }> {
  const c = await reached(ctx, id)
  if (c.author_id !== ctx.user!.id) fail('COMMENT_OWN')
  if (ctx.now().getTime() - c.at.getTime() > EDIT_HOURS * 3_600_000) fail('COMMENT_OLD', { hours: EDIT_HOURS })
  await ctx.query('update comment set text = $3, edited_at = $4 where tenant_id = $1 and id = $2', [ctx.tenant.id, id, input.text, ctx.now()])
  await traceBeside(ctx, { kind: 'comment', id, act: 'update', of: { entity: c.entity, recordId: c.record_id }, content: sha256(input.text), before: { text: c.text } })
  await mention(ctx, ctx.entities.get(c.entity), c.record_id, id, input.mentions ?? [])
  return { id }
}

/** Taken back by its author, or by who may remove such records. That there was one stays to be seen; what it said is gone. */
export async function removeComment(ctx: Ctx, id: string): Promise<void> {
  const c = await reached(ctx, id)
  if (c.author_id !== ctx.user!.id && !can(ctx.access, `${c.entity}:remove`)) fail('COMMENT_OWN')
  await ctx.query("update comment set text = '', removed_at = $3 where tenant_id = $1 and id = $2", [ctx.tenant.id, id, ctx.now()])
  await traceBeside(ctx, { kind: 'comment', id, act: 'remove', of: { entity: c.entity, recordId: c.record_id }, content: null })
  const e = ctx.entities.get(c.entity)
  await ctx.query('select pg_notify($1, $2)', [CHANNEL, notice(ctx.tenant.id, e.name, c.record_id, await unitOf(ctx, e, c.record_id), 'comment', ctx.now())])
}

/** Whom a comment on this record may name: by name, pinyin or user name, colleagues of one's own unit first, and only those who may read the record. */
export async function mentionable(ctx: Ctx, e: CompiledEntity, recordId: string, q: string): Promise<Array<{ id: string; name: string; unitName: string | null }>> {
  const sys = elevated(ctx, '@')
  const matching = q.trim() ? searchCondition(sys, ctx.entities.get('user'), 'u', q) : sql<boolean>`true`
  const { rows } = await sql<UserRow & { unit_name: string | null }>`
    select u.id, u.username, u.name, u.unit_id, u.locale, false as off, n.name as unit_name from "user" u left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id
    where u.tenant_id = ${ctx.tenant.id} and not coalesce(u.off, false) and u.id is distinct from ${ctx.user?.id ?? null}::uuid and ${matching} ${ctx.access.outside ? sql`and ${knownTo(ctx, e, recordId)}` : sql``}
    order by (u.unit_id is not distinct from ${ctx.user?.unitId ?? null}::uuid) desc, u.name, u.id limit ${sql.lit(LOOKED_AT)}`.execute(ctx.db)
  const readers = await readersOf(ctx, e, recordId, rows)
  return rows.filter(u => readers.has(u.id)).slice(0, OFFERED).map(u => ({ id: u.id, name: u.name, unitName: u.unit_name }))
}
