import { createHash } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { digestOf, hashOf } from './chain.ts'

/** What hangs on records without being one: its entries make chains of their own, so that a record's version does not move when somebody says a word beside it. */
export type Beside = 'comment' | 'attachment'
export const BESIDE: Readonly<Record<Beside, readonly [zh: string, en: string]>> = { comment: ['评论', 'Comment'], attachment: ['附件', 'Attachment'] }

export const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

export interface BesideEntry { kind: Beside; id: string; act: 'create' | 'update' | 'remove'; /** of which record */ of: { entity: string; recordId: string }; /** digest of what it says now; null: it is gone */ content: string | null; /** what it said before, where that is kept */ before?: Record<string, unknown> }

/** The entry of a comment or a file. It keeps a digest of the content, and the old words of a correction (SP-23). The caller holds the row of one that exists. */
export async function traceBeside(ctx: Ctx, e: BesideEntry): Promise<void> {
  const [last] = e.act === 'create' ? [] : await ctx.query<{ seq: number; hash: Buffer }>('select seq, hash from audit where tenant_id = $1 and entity = $2 and record_id = $3 order by seq desc limit 1', [ctx.tenant.id, e.kind, e.id])
  const payload = { before: e.before ?? null, after: null, note: { of: e.of, content: e.content } }
  const digest = digestOf(payload), at = ctx.now(), actorId = ctx.user?.id ?? null, seq = (last?.seq ?? 0) + 1
  const hash = hashOf(last?.hash ?? null, { tenantId: ctx.tenant.id, entity: e.kind, recordId: e.id, seq, at, actorId, act: e.act, reason: ctx.reason, ip: ctx.ip, unitId: null, digest })
  ctx.send('insert into audit (tenant_id, entity, record_id, seq, at, actor_id, act, reason, ip, unit_id, payload, digest, hash) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,null,$10,$11,$12)',
    [ctx.tenant.id, e.kind, e.id, seq, at, actorId, e.act, ctx.reason, ctx.ip, JSON.stringify(payload), digest, hash], 'trace_beside')
}

interface Altered { entity: string; record_id: string; seq: number; gone: boolean }

/** Comments and files that are not what their last entry says: changed or deleted behind the program's back. */
export async function alteredBeside(ctx: Ctx, only: { entity?: string; recordId?: string }): Promise<Array<{ entity: string; recordId: string; seq: number; why: string }>> {
  const found: Altered[] = []
  const look = async (kind: Beside, content: string): Promise<void> => {
    if (only.entity && only.entity !== kind) return
    found.push(...await ctx.query<Altered & Record<string, unknown>>(
      `select a.entity, a.record_id, a.seq, c.id is null as gone from (select distinct on (record_id) entity, record_id, seq, payload from audit where tenant_id = $1 and entity = $2 and ($3::uuid is null or record_id = $3) order by record_id, seq desc) a
       left join ${kind} c on c.tenant_id = $1 and c.id = a.record_id
       where a.payload->'note'->>'content' is not null and (c.id is null or a.payload->'note'->>'content' <> ${content}) limit 1000`, [ctx.tenant.id, kind, only.recordId ?? null]))
  }
  await look('comment', "encode(sha256(convert_to(c.text, 'UTF8')), 'hex')")
  await look('attachment', "encode(sha256(c.content), 'hex')")
  return found.map(a => ({ entity: a.entity, recordId: a.record_id, seq: a.seq, why: a.gone ? '内容被直接删除，没有留下记录' : '内容与最后一条记录不符，被改过' }))
}
