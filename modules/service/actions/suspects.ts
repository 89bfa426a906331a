import { defineAction, elevated, fail, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { PHONES_SUSPECT, NAMES_SUSPECT } from '../rules/limits.ts'

interface Row { kind: 'phoneNames' | 'serialPhones'; key: string; day: string; requests: number; others: string[]; ids: string[]; units: string[] }
const KEY = { kind: z.enum(['phoneNames', 'serialPhones']), key: z.string().min(1).max(60), day: z.iso.date() }

/** Patterns of one day that honest data does not have: one telephone for many names, one device with many telephones. Days are the tenant's. */
async function patterns(ctx: Ctx, days: number): Promise<Row[]> {
  const zone = ctx.tenant.timeZone, entity = ctx.entities.get('serviceRequest')
  const seen = sql`select t.*, (t.started_at at time zone ${zone})::date as day from service_request t where ${visible(ctx, entity, 't', 'read')!} and t.started_at >= ${ctx.now()}::timestamptz - make_interval(days => ${days}::int)`
  const found = (kind: Row['kind'], key: 'phone' | 'serial_no', other: 'customer_name' | 'phone', least: number) => sql`
    select ${kind}::text as kind, x.${sql.ref(key)} as key, x.day::text as day, count(*)::int as requests, array_agg(distinct x.${sql.ref(other)} order by x.${sql.ref(other)}) as others, array_agg(x.id order by x.id) as ids,
      array(select distinct u.name from unit u where u.tenant_id = ${ctx.tenant.id} and u.id = any(array_agg(x.unit_id)) order by 1) as units
    from seen x where x.${sql.ref(key)} is not null and x.${sql.ref(other)} is not null group by x.${sql.ref(key)}, x.day having count(distinct x.${sql.ref(other)}) >= ${least}`
  const { rows } = await sql<Row>`with seen as (${seen}) ${found('phoneNames', 'phone', 'customer_name', NAMES_SUSPECT)} union all ${found('serialPhones', 'serial_no', 'phone', PHONES_SUSPECT)} order by day desc, requests desc limit 200`.execute(ctx.db)
  return rows
}

/** 疑似虚假: one row a pattern, with what speaks for it and what somebody made of it (SP-22). */
export const suspects = defineAction({
  name: 'suspects', label: ['疑似虚假', 'Suspicious data'], method: 'GET', path: '/api/service/suspects', permission: 'suspicion:read', readOnly: true,
  input: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
  async run(ctx, { days }) {
    const [found, judged] = [await patterns(ctx, days), await ctx.query<{ kind: string; key: string; day: string; verdict: string; note: string; by: string | null; at: Date }>(
      `select s.kind, s.key, s.day::text as day, s.verdict, s.note, u.name as by, s.updated_at as at from suspicion s left join "user" u on u.tenant_id = s.tenant_id and u.id = s.updated_by where s.tenant_id = $1`, [ctx.tenant.id])]
    return {
      days,
      items: found.map(r => {
        const verdict = judged.find(j => j.kind === r.kind && j.key === r.key && j.day === r.day)
        return { ...r, reason: r.kind === 'phoneNames' ? `同一天 ${r.requests} 个请求用同一个电话，登记了 ${r.others.length} 个姓名：${r.others.join('、')}` : `同一天同一序列号登记了 ${r.others.length} 个电话`, verdict: verdict ? { verdict: verdict.verdict, note: verdict.note, by: verdict.by, at: verdict.at } : null }
      }),
    }
  },
})

/** What somebody found out: false or not, and how they know. A later judgement replaces the former; both stand in the history. */
export const judgeSuspect = defineAction({
  name: 'judgeSuspect', label: ['判断疑似虚假', 'Judge'], method: 'POST', path: '/api/service/suspects/judge', permission: 'suspicion:judge',
  input: z.object({ ...KEY, verdict: z.enum(['confirmed', 'dismissed']), note: z.string().trim().min(1).max(300) }),
  async run(ctx, i) {
    const there = (await patterns(ctx, 366)).find(r => r.kind === i.kind && r.key === i.key && r.day === i.day)
    if (!there) return fail('NOT_FOUND', { key: i.key })
    const sys = elevated(ctx, '疑似虚假'), entity = ctx.entities.get('suspicion')
    const [was] = await ctx.query<{ id: string }>('select id from suspicion where tenant_id = $1 and kind = $2 and key = $3 and day = $4 for update', [ctx.tenant.id, i.kind, i.key, i.day])
    if (was) await storeChange(sys, entity, was.id, { verdict: i.verdict, note: i.note })
    else await storeNew(sys, entity, { ...i })
    return { verdict: i.verdict }
  },
})
