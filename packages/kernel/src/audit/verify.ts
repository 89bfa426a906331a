import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { alteredBeside } from './entry.ts'
import { digestOf, hashOf, remainderOf, type AuditPayload } from './chain.ts'

export interface Broken { entity: string; recordId: string; seq: number; why: string }
export interface Verification { ok: boolean; rows: number; broken: Broken[] }

interface AuditRow {
  entity: string; record_id: string; seq: number; at: Date; actor_id: string | null; act: string; reason: string | null; ip: string | null; unit_id: string | null
  payload: AuditPayload; digest: Buffer; hash: Buffer; redacted: boolean
}

const BATCH = 2000

type Only = { entity?: string; recordId?: string }
type Place = readonly [entity: string, recordId: string, seq: number]

/** Walks the chains of one record, one entity or the whole tenant and names every entry that does not fit. */
export async function verifyAudit(ctx: Ctx, only: Only = {}): Promise<Verification> {
  const { rows, broken } = await verifyChains(ctx, only, null, Number.POSITIVE_INFINITY)
  broken.push(...await verifyRecords(ctx, only))
  return { ok: broken.length === 0, rows, broken }
}

/** A part of the chains, from where the last part ended to the end of the first chain after `most` entries. `next` null: that was all. */
export async function verifyChains(ctx: Ctx, only: Only, from: Place | null, most: number): Promise<{ rows: number; broken: Broken[]; next: Place | null }> {
  const broken: Broken[] = []
  let at: Place = from ?? [only.entity ?? '', '00000000-0000-0000-0000-000000000000', -1], count = 0
  let chain: AuditRow[] = []
  for (;;) {
    const { rows } = await sql<AuditRow>`
      select entity, record_id, seq, at, actor_id, act, reason, ip, unit_id, payload, digest, hash, redacted from audit
      where tenant_id = ${ctx.tenant.id} and (entity, record_id, seq) > (${at[0]}, ${at[1]}::uuid, ${at[2]})
        and (${only.entity ?? null}::text is null or entity = ${only.entity ?? null}) and (${only.recordId ?? null}::uuid is null or record_id = ${only.recordId ?? null})
      order by entity, record_id, seq limit ${sql.lit(BATCH)}`.execute(ctx.db)
    for (const r of rows) {
      const was = chain[0]
      if (was && (was.entity !== r.entity || was.record_id !== r.record_id)) {
        broken.push(...faultsOf(ctx.tenant.id, chain))
        chain = []
        if (count >= most) return { rows: count, broken, next: [was.entity, was.record_id, 2_147_483_647] }
      }
      chain.push(r)
      count++
    }
    const last = rows.at(-1)
    if (rows.length < BATCH || !last) break
    at = [last.entity, last.record_id, last.seq]
  }
  if (chain.length) broken.push(...faultsOf(ctx.tenant.id, chain))
  return { rows: count, broken, next: null }
}

/** What the chains alone can not tell: whether their ends are there, and whether comments and files still are what their entries say. */
export const verifyRecords = async (ctx: Ctx, only: Only = {}): Promise<Broken[]> => [...await cutShort(ctx, only), ...await alteredBeside(ctx, only)]

/** One record's entries, from the first to the last. */
function faultsOf(tenantId: string, chain: readonly AuditRow[]): Broken[] {
  const broken: Broken[] = []
  const erased = chain.findLastIndex(r => r.act === 'erase')
  const remainder = erased < 0 ? null : (chain[erased]!.payload?.note as { remainder?: string } | null)?.remainder
  let before: AuditRow | null = null
  for (const [i, r] of chain.entries()) {
    const wrong = (why: string) => broken.push({ entity: r.entity, recordId: r.record_id, seq: r.seq, why })
    if (r.redacted ? i >= erased : !digestOf(r.payload).equals(r.digest)) wrong('内容被改过')
    if (i === erased && remainder !== remainderOf(chain.slice(0, erased))) wrong('清除个人信息之前的内容被改过')
    if (r.seq !== (before?.seq ?? 0) + 1) wrong(`序号不连续，缺第 ${(before?.seq ?? 0) + 1} 条`)
    const expected = hashOf(before?.hash ?? null, { tenantId, entity: r.entity, recordId: r.record_id, seq: r.seq, at: r.at, actorId: r.actor_id, act: r.act, reason: r.reason, ip: r.ip, unitId: r.unit_id, digest: r.digest })
    if (!expected.equals(r.hash)) wrong('链条在此断开')
    before = r
  }
  return broken
}

/** A chain can't tell that its own end was cut off, but the record can: its version is the number of its last entry. */
async function cutShort(ctx: Ctx, only: Only): Promise<Broken[]> {
  const broken: Broken[] = []
  for (const entity of ctx.entities.all()) {
    if (entity.noAudit || (only.entity && only.entity !== entity.name)) continue
    const { rows } = await sql<{ id: string; seq: number }>`
      select t.id, coalesce(a.seq, 0) + 1 as seq from ${sql.table(entity.table)} as t
      left join lateral (select max(seq) as seq from audit where tenant_id = t.tenant_id and entity = ${entity.name} and record_id = t.id) a on true
      where t.tenant_id = ${ctx.tenant.id} and (${only.recordId ?? null}::uuid is null or t.id = ${only.recordId ?? null}) and t.version > coalesce(a.seq, 0) limit 1000`.execute(ctx.db)
    broken.push(...rows.map(r => ({ entity: entity.name, recordId: r.id, seq: r.seq, why: `缺第 ${r.seq} 条及以后` })))
  }
  return broken
}
