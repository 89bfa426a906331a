import { newId, storeMany } from '@quancheng/kernel'
import type { Station } from '@quancheng/service/testing'

const MINUTE = 60_000
export const NODES: Readonly<Record<string, [name: string, role: string]>> = {
  waiting: ['待接待', 'receptionist'], reception: ['接待', 'receptionist'], inspect: ['检验', 'inspector'], quote: ['报价', 'receptionist'], repair: ['维修', 'engineer'], quality: ['质检', 'qc'], pickup: ['待取机', 'receptionist'],
}

export interface Visit { node: string; minutes: number; who?: string | null; late?: boolean; /** begun after this many minutes */ taken?: number; from?: string; to?: string; pauses?: Array<{ from: string; to: string; reason: string; by: null }> }
export interface Past { at: string; unit?: 'HZ01' | 'NB02' | 'GZ05'; lineId?: string; fault?: string | null; model?: string; repeatOf?: string; open?: boolean; visits: Visit[] }

/** Requests as they would stand on the record, put there by columns: one stage after the other from `at` on, ended with the last. Returns their ids. */
export async function past(s: Station, list: readonly Past[]): Promise<string[]> {
  const { rows: [definition] } = await s.app.owner.query("select id from process_definition where key = 'repair' and tenant_id = $1", [s.app.tenantId])
  const ids: string[] = [], steps: unknown[][] = [], cases: unknown[][] = []
  const requests = list.map((p, n) => {
    const id = newId(), instance = newId(), unitId = s.units[p.unit ?? 'HZ01']
    ids.push(id)
    let at = new Date(p.at).getTime()
    for (const [i, v] of p.visits.entries()) {
      const from = v.from ? new Date(v.from).getTime() : at, to = v.to ? new Date(v.to).getTime() : from + v.minutes * MINUTE
      steps.push(['user', 'done', newId(), instance, i + 1, v.node, ...NODES[v.node]!, unitId, v.who ?? null, new Date(from), new Date(from + (v.taken ?? 0) * MINUTE), new Date(to), v.minutes, v.late ?? false, JSON.stringify(v.pauses ?? [])])
      at = to
    }
    const ended = p.open ? null : new Date(at)
    cases.push(['serviceRequest', instance, definition.id, id, `P-${ids.length}-${n}`, unitId, p.open ? 'active' : 'completed', new Date(p.at), ended])
    return { id, at: new Date(p.at), by: null, draft: { number: `P-${id.slice(-12)}`, startedAt: new Date(p.at), stage: p.open ? 'repair' : 'collected', unitId, productLineId: p.lineId ?? s.lineId, model: p.model ?? 'X1', faultCategoryId: p.fault ?? null, repeatOfId: p.repeatOf ?? null, endedAt: ended, trackToken: id.slice(-14), trackCode: '0000' } }
  })
  await s.app.system(ctx => storeMany(ctx, ctx.entities.get('serviceRequest'), requests))
  const insert = async (table: string, columns: string, rows: unknown[][]) => {
    for (const row of rows) await s.app.owner.query(`insert into ${table} (tenant_id, ${columns}) values ($1, ${row.map((_, i) => `$${i + 2}`).join(', ')})`, [s.app.tenantId, ...row])
  }
  await insert('process_instance', 'entity, id, definition_id, record_id, label, unit_id, state, started_at, ended_at', cases)
  await insert('process_step', 'kind, state, id, instance_id, seq, node_id, name, role, unit_id, finished_by, entered_at, started_at, finished_at, minutes, late, pauses', steps)
  return ids
}
