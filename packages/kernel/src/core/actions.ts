import { sql } from 'kysely'
import { z } from 'zod'
import { makeSecret, TOKEN_PREFIX_API } from '../access/token.ts'
import { endSessions } from '../access/session.ts'
import { changesFor } from '../operations/history.ts'
import { actName, nameChanges } from '../operations/names.ts'
import { sourceOptions } from './options.ts'
import { lock, storeChange, type Locked } from '../operations/write.ts'
import { elevated } from '../act.ts'
import { BESIDE, type Beside } from '../audit/entry.ts'
import { verifyAudit } from '../audit/verify.ts'
import type { AuditPayload } from '../audit/chain.ts'
import type { Ctx } from '../context.ts'
import { fail } from '../errors.ts'
import { meta, permissionCatalogue } from '../http/meta.ts'
import { isId, newId } from '../ids.ts'
import { startOfDay } from '../query/within.ts'
import { defineAction } from '../module.ts'
import { searchAll } from '../search/search.ts'
import { pick } from '../i18n.ts'
import { can } from '../access/access.ts'

const ID = z.object({ id: z.uuid() })
const RESET_HOURS = 24

/** A link with which somebody gives themselves a password, once; for acts that have authorised it. */
export async function passwordLink(ctx: Ctx, id: string, found?: Locked): Promise<{ link: string; expiresAt: Date }> {
  const sys = elevated(ctx, 'reset password'), locked = found ?? await lock(sys, ctx.entities.get('user'), id, 'update')
  const secret = makeSecret(ctx.tenant.id)
  const expiresAt = new Date(ctx.now().getTime() + RESET_HOURS * 3_600_000)
  await ctx.query('delete from password_reset where tenant_id = $1 and user_id = $2', [ctx.tenant.id, id])
  await ctx.query('insert into password_reset (tenant_id, token_hash, user_id, expires_at) values ($1, $2, $3, $4)', [ctx.tenant.id, secret.hash, id, expiresAt])
  await storeChange(sys, ctx.entities.get('user'), id, {}, { act: 'resetPassword', note: {}, locked })
  return { link: `/reset-password?token=${secret.token}`, expiresAt }
}

const resetPassword = defineAction({
  name: 'resetPassword', label: ['重置密码', 'Reset password'], method: 'POST', path: '/api/users/:id/reset-password', permission: 'user:update', input: ID,
  run: async (ctx, { id }) => passwordLink(ctx, id, await lock(ctx, ctx.entities.get('user'), id, 'update')),
})

const endUserSessions = defineAction({
  name: 'endSessions', label: ['结束登录', 'End sessions'], method: 'POST', path: '/api/users/:id/end-sessions', permission: 'user:update', input: ID,
  async run(ctx, { id }) {
    const locked = await lock(ctx, ctx.entities.get('user'), id, 'update')
    await endSessions(ctx, id)
    await storeChange(elevated(ctx, 'end sessions'), ctx.entities.get('user'), id, {}, { act: 'endSessions', note: {}, locked })
    return { ended: true }
  },
})

const unlock = defineAction({
  name: 'unlock', label: ['解除锁定', 'Unlock'], method: 'POST', path: '/api/users/:id/unlock', permission: 'user:update', input: ID,
  async run(ctx, { id }) {
    const locked = await lock(ctx, ctx.entities.get('user'), id, 'update')
    await storeChange(elevated(ctx, 'unlock'), ctx.entities.get('user'), id, { lockedUntil: null, wrong: 0 }, { act: 'unlock', note: {}, locked })
    return { unlocked: true }
  },
})

const listTokens = defineAction({
  name: 'listApiTokens', label: ['接口令牌', 'API tokens'], method: 'GET', path: '/api/api-tokens', permission: null, readOnly: true,
  async run(ctx) {
    return { items: await ctx.query('select id, name, created_at as "createdAt", used_at as "usedAt", expires_at as "expiresAt" from api_token where tenant_id = $1 and user_id = $2 order by id desc', [ctx.tenant.id, ctx.user!.id]) }
  },
})

const makeToken = defineAction({
  name: 'makeApiToken', label: ['新建接口令牌', 'New API token'], method: 'POST', path: '/api/api-tokens', permission: null, status: 201,
  input: z.object({ name: z.string().trim().min(1).max(60), days: z.number().int().min(1).max(3650).optional() }),
  async run(ctx, { name, days }) {
    const secret = makeSecret(ctx.tenant.id, TOKEN_PREFIX_API)
    const id = newId()
    const expiresAt = days ? new Date(ctx.now().getTime() + days * 86_400_000) : null
    await ctx.query('insert into api_token (tenant_id, id, token_hash, user_id, name, created_at, expires_at) values ($1,$2,$3,$4,$5,$6,$7)', [ctx.tenant.id, id, secret.hash, ctx.user!.id, name, ctx.now(), expiresAt])
    return { id, name, token: secret.token, expiresAt }
  },
})

const dropToken = defineAction({
  name: 'dropApiToken', label: ['删除接口令牌', 'Delete API token'], method: 'DELETE', path: '/api/api-tokens/:id', permission: null, input: ID,
  async run(ctx, { id }) {
    const rows = await ctx.query('delete from api_token where tenant_id = $1 and id = $2 and user_id = $3 returning 1', [ctx.tenant.id, id, ctx.user!.id])
    if (!rows.length) fail('NOT_FOUND', { id })
    return undefined
  },
})

/** Where a page of the log ended: time, record, number of the entry. */
function positionOf(after: string): [string, string, number] {
  const [at, id, seq] = after.split('_')
  return at && !Number.isNaN(Date.parse(at)) && isId(id) && /^\d{1,9}$/.test(seq ?? '') ? [at, id, Number(seq)] : fail('BAD_CURSOR')
}

/** A day of the tenant's calendar (its end where `days` is 1), or a moment as it is written. */
function momentOf(ctx: Ctx, text: string, days: 0 | 1): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const at = new Date(day ? `${text}T00:00:00Z` : text)
  if (Number.isNaN(at.getTime())) return fail('BAD_REQUEST', { reason: `没有这个时间 ${text}` })
  return day ? startOfDay(new Date(at.getTime() + days * 86_400_000), ctx.tenant.timeZone) : at
}

export const AUDIT = z.object({ entity: z.string().optional(), actor: z.uuid().optional(), recordId: z.uuid().optional(), act: z.string().optional(), from: z.string().optional(), to: z.string().optional(), after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) })

interface AuditLine { entity: string; record_id: string; seq: number; at: Date; actor_id: string | null; actor_name: string | null; act: string; reason: string | null; ip: string | null; payload: AuditPayload; redacted: boolean }

/** The log of the whole tenant, by person, time, entity (BH-7.5). */
export async function auditLines(ctx: Ctx, q: z.infer<typeof AUDIT>) {
  const [at, recordId, seq] = q.after ? positionOf(q.after) : [null, null, null]
  const from = q.from ? momentOf(ctx, q.from, 0) : null
  const to = q.to ? momentOf(ctx, q.to, 1) : null
  const { rows } = await sql<AuditLine>`
    select a.entity, a.record_id, a.seq, a.at, a.actor_id, u.name as actor_name, a.act, a.reason, a.ip, a.payload, a.redacted
    from audit a left join "user" u on u.tenant_id = a.tenant_id and u.id = a.actor_id
    where a.tenant_id = ${ctx.tenant.id}
      and (${q.entity ?? null}::text is null or a.entity = ${q.entity ?? null}) and (${q.actor ?? null}::uuid is null or a.actor_id = ${q.actor ?? null})
      and (${q.recordId ?? null}::uuid is null or a.record_id = ${q.recordId ?? null}) and (${q.act ?? null}::text is null or a.act = ${q.act ?? null})
      and (${from}::timestamptz is null or a.at >= ${from}) and (${to}::timestamptz is null or a.at < ${to})
      and (${at}::timestamptz is null or (a.at, a.record_id, a.seq) < (${at}::timestamptz, ${recordId}::uuid, ${seq}::int))
    order by a.at desc, a.record_id desc, a.seq desc limit ${sql.lit(q.limit + 1)}`.execute(ctx.db)
  const more = rows.length > q.limit
  const shown = rows.slice(0, q.limit)
  const last = shown.at(-1)
  const items = shown.map(r => {
    const entity = ctx.entities.find(r.entity) ?? null
    const entityLabel = entity ? pick(entity.label, ctx.locale) : r.entity in BESIDE ? pick(BESIDE[r.entity as Beside], ctx.locale) : r.entity
    return { entity: r.entity, entityLabel, plural: entity?.plural ?? null, recordId: r.record_id, title: null as string | null, seq: r.seq, at: r.at, actor: r.actor_id, actorName: r.actor_name, act: r.act, actName: actName(ctx, r.entity, r.act),
      reason: r.reason, ip: r.ip, redacted: r.redacted, changes: entity ? changesFor(ctx, entity, r.payload) : [], note: r.payload?.note ?? null }
  })
  const names = await nameChanges(ctx, items.map(i => ({ entity: ctx.entities.find(i.entity) ?? null, recordId: i.recordId, changes: i.changes })))
  for (const i of items) i.title = names.get(i.recordId) ?? null
  return {
    items,
    next: more && last ? `${last.at.toISOString()}_${last.record_id}_${last.seq}` : null,
  }
}

const audit = defineAction({
  name: 'audit', label: ['查看日志', 'Audit log'], method: 'GET', path: '/api/audit', permission: 'audit:read', scoped: false, readOnly: true, input: AUDIT,
  run: (ctx, q) => auditLines(ctx, q),
})

const verify = defineAction({
  name: 'verifyAudit', label: ['查看日志', 'Audit log'], method: 'GET', path: '/api/audit/verify', permission: 'audit:read', scoped: false, readOnly: true,
  input: z.object({ entity: z.string().optional(), id: z.uuid().optional() }),
  run: (ctx, q) => verifyAudit(ctx, { ...(q.entity ? { entity: q.entity } : {}), ...(q.id ? { recordId: q.id } : {}) }),
})

const getMeta = defineAction({ name: 'meta', label: ['元数据', 'Metadata'], method: 'GET', path: '/api/meta', permission: null, outsiders: true, readOnly: true, run: ctx => Promise.resolve(meta(ctx)) })

const permissions = defineAction({
  name: 'permissions', label: ['权限目录', 'Permission catalogue'], method: 'GET', path: '/api/permissions', permission: 'role:read', scoped: false, readOnly: true,
  run: ctx => Promise.resolve({ items: permissionCatalogue(ctx) }),
})

const search = defineAction({
  name: 'search', label: ['全局搜索', 'Search'], method: 'GET', path: '/api/search', permission: null, outsiders: true, readOnly: true,
  input: z.object({ q: z.string().max(200).default(''), entity: z.string().optional(), limit: z.coerce.number().int().min(1).max(50).default(10) }),
  async run(ctx, q) { return { items: q.q.trim() ? await searchAll(ctx, q.q, { ...(q.entity ? { entities: [q.entity] } : {}), limit: q.limit }) : [] } },
})

const deadJobs = defineAction({
  name: 'system', label: ['系统状态', 'System'], method: 'GET', path: '/api/system', permission: 'system:read', scoped: false, readOnly: true,
  async run(ctx) {
    const [jobs] = await ctx.query('select count(*) filter (where not dead)::int as waiting, count(*) filter (where dead)::int as dead, min(due_at) filter (where not dead) as "nextDue" from job where tenant_id = $1', [ctx.tenant.id])
    const [outbox] = await ctx.query<{ n: number }>('select count(*)::int as n from outbox where tenant_id = $1', [ctx.tenant.id])
    const [database] = await ctx.query("select version() as version, pg_database_size(current_database())::bigint as bytes, pg_postmaster_start_time() as since")
    const failed = can(ctx.access, 'system:read') ? await ctx.query('select id, kind, attempts, last_error as error, due_at as "dueAt" from job where tenant_id = $1 and attempts > 0 order by due_at limit 50', [ctx.tenant.id]) : []
    return { version: ctx.runtime.version, jobs, outbox: outbox?.n ?? 0, database, failed }
  },
})

export const coreActions = [sourceOptions, resetPassword, endUserSessions, unlock, listTokens, makeToken, dropToken, audit, verify, getMeta, permissions, search, deadJobs]
