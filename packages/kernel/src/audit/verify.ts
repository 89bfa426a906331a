import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { digestOf, hashOf, type AuditPayload } from './chain.ts'

export interface Broken { entity: string; recordId: string; seq: number; why: string }
export interface Verification { ok: boolean; rows: number; broken: Broken[] }

interface AuditRow { entity: string; record_id: string; seq: number; at: Date; actor_id: string | null; act: string; reason: string | null; payload: AuditPayload; digest: Buffer; hash: Buffer; redacted: boolean }

interface Link { key: string; hash: Buffer; seq: number }

const BATCH = 2000

/** Walks the chains of one record, one entity or the whole tenant and names every entry that does not fit. */
export async function verifyAudit(ctx: Ctx, only: { entity?: string; recordId?: string } = {}): Promise<Verification> {
  const result: Verification = { ok: true, rows: 0, broken: [] }
  let at: [string, string, number] = [only.entity ?? '', '00000000-0000-0000-0000-000000000000', -1]
  let previous = null as Link | null
  for (;;) {
    const { rows } = await sql<AuditRow>`
      select entity, record_id, seq, at, actor_id, act, reason, payload, digest, hash, redacted from audit
      where tenant_id = ${ctx.tenant.id} and (entity, record_id, seq) > (${at[0]}, ${at[1]}::uuid, ${at[2]})
        and (${only.entity ?? null}::text is null or entity = ${only.entity ?? null}) and (${only.recordId ?? null}::uuid is null or record_id = ${only.recordId ?? null})
      order by entity, record_id, seq limit ${sql.lit(BATCH)}`.execute(ctx.db)
    for (const r of rows) {
      const key = `${r.entity}/${r.record_id}`
      const before: Link | null = previous?.key === key ? previous : null
      const wrong = (why: string) => result.broken.push({ entity: r.entity, recordId: r.record_id, seq: r.seq, why })
      if (!r.redacted && !digestOf(r.payload).equals(r.digest)) wrong('内容被改过')
      if (r.seq !== (before?.seq ?? 0) + 1) wrong(`序号不连续，缺第 ${(before?.seq ?? 0) + 1} 条`)
      const expected = hashOf(before?.hash ?? null, { tenantId: ctx.tenant.id, entity: r.entity, recordId: r.record_id, seq: r.seq, at: r.at, actorId: r.actor_id, act: r.act, reason: r.reason, digest: r.digest })
      if (!expected.equals(r.hash)) wrong('链条在此断开')
      previous = { key, hash: r.hash, seq: r.seq }
      result.rows++
    }
    const last = rows.at(-1)
    if (rows.length < BATCH || !last) break
    at = [last.entity, last.record_id, last.seq]
  }
  result.ok = result.broken.length === 0
  return result
}
