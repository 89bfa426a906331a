import { visible, type Ctx } from '@quancheng/kernel'
import { sql, type RawBuilder } from 'kysely'
import { NAMES_SUSPECT, PHONES_SUSPECT, RUN_SUSPECT, SERIAL_CUSTOMERS_SUSPECT } from '../rules/limits.ts'

export const SUSPECT_KINDS = ['phoneNames', 'serialPhones', 'serialCustomers', 'phoneRun'] as const
export type SuspectKind = (typeof SUSPECT_KINDS)[number]
export interface Pattern { kind: SuspectKind; key: string; day: string; requests: number; others: string[]; ids: string[]; units: string[] }

const SHOWN = 200

/**
 * Patterns of one day that honest data does not have: one telephone for many names, one device with many telephones or several customers, telephones
 * that count up. Days are the tenant's. `day`: of that day alone; else of the last `days`.
 */
export async function patternsOf(ctx: Ctx, o: { days: number } | { day: string }): Promise<Pattern[]> {
  const zone = ctx.tenant.timeZone, scope = visible(ctx, ctx.entities.get('serviceRequest'), 't', 'read')!
  const within = 'day' in o
    ? sql`t.started_at >= (${o.day}::date::timestamp at time zone ${zone}) and t.started_at < ((${o.day}::date + 1)::timestamp at time zone ${zone})`
    : sql`t.started_at >= ${ctx.now()}::timestamptz - make_interval(days => ${o.days}::int)`
  // of the wide row only what is asked for, kept once: each pattern reads it anew
  const seen = sql`select t.id, t.unit_id, t.phone, t.serial_no, t.customer_name, t.customer_id::text as customer_id, (t.started_at at time zone ${zone})::date as day from service_request t where ${scope} and ${within}`
  const { rows } = await sql<Pattern>`
    with seen as materialized (${seen}), found as (
      ${many('phoneNames', 'phone', 'customer_name', NAMES_SUSPECT)} union all ${many('serialPhones', 'serial_no', 'phone', PHONES_SUSPECT)}
      union all ${many('serialCustomers', 'serial_no', 'customer_id', SERIAL_CUSTOMERS_SUSPECT, 'customer_name')} union all ${runs()})
    select f.kind, f.key, f.day::text as day, f.requests, f.others, f.ids, array(select distinct u.name from unit u where u.tenant_id = ${ctx.tenant.id} and u.id = any(f.unit_ids) order by 1) as units
    from found f order by f.day desc, f.requests desc, f.kind, f.key limit ${sql.lit(SHOWN)}`.execute(ctx.db)
  return rows
}

type Column = 'phone' | 'serial_no' | 'customer_name' | 'customer_id'

/** One value of a day with at least so many different others. Where the smallest is the largest there is one: most groups end there, and nothing is sorted. */
const many = (kind: SuspectKind, key: Column, other: Column, least: number, shown: Column = other): RawBuilder<unknown> => {
  const [k, x, s] = [sql.ref(`x.${key}`), sql.ref(`x.${other}`), sql.ref(`x.${shown}`)]
  return sql`select ${sql.lit(kind)}::text as kind, ${k} as key, x.day, count(*)::int as requests, array_agg(distinct ${s} order by ${s}) filter (where ${s} is not null) as others, array_agg(x.id order by x.id) as ids, array_agg(distinct x.unit_id) as unit_ids
    from seen x join (select ${k} as key, x.day from seen x where ${k} is not null group by ${k}, x.day having min(${x}) <> max(${x})) m on m.key = ${k} and m.day = x.day
    where ${x} is not null group by ${k}, x.day having count(distinct ${x}) >= ${sql.lit(least)}`
}

/** Mobile numbers of one station and day that follow one upon the other: what each differs by from its place in the order is the same in a run. */
const runs = (): RawBuilder<unknown> => sql`
  select 'phoneRun'::text as kind, min(r.phone) as key, r.day, sum(r.n)::int as requests, array_agg(r.phone order by r.phone) as others,
    (select array_agg(x.id order by x.id) from seen x where x.unit_id = r.unit_id and x.day = r.day and x.phone = any(array_agg(r.phone))) as ids, array[r.unit_id] as unit_ids
  from (select p.unit_id, p.day, p.phone, p.n, p.phone::bigint - row_number() over (partition by p.unit_id, p.day order by p.phone) as of_run
        from (select x.unit_id, x.day, x.phone, count(*) as n from seen x where x.phone ~ '^1[3-9][0-9]{9}$' group by x.unit_id, x.day, x.phone) p) r
  group by r.unit_id, r.day, r.of_run having count(*) >= ${sql.lit(RUN_SUSPECT)}`

/** Of the customers who came in these days, how many have a telephone that they proved; by station, the smallest share first. */
export async function provenShare(ctx: Ctx, days: number): Promise<Array<{ id: string; name: string; customers: number; proven: number }>> {
  const scope = visible(ctx, ctx.entities.get('serviceRequest'), 't', 'read')!
  const { rows } = await sql<{ id: string; name: string; customers: number; proven: number }>`
    select x.unit_id as id, u.name, count(*)::int as customers, count(c.phone_proven_at)::int as proven
    from (select distinct t.unit_id, t.customer_id from service_request t where ${scope} and t.started_at >= ${ctx.now()}::timestamptz - make_interval(days => ${days}::int) and t.customer_id is not null) x
    join customer c on c.tenant_id = ${ctx.tenant.id} and c.id = x.customer_id join unit u on u.tenant_id = c.tenant_id and u.id = x.unit_id
    group by x.unit_id, u.name order by count(c.phone_proven_at)::float / count(*), u.name limit 300`.execute(ctx.db)
  return rows
}

/** Why a row is listed, in a sentence. */
export function reasonOf(p: Pattern): string {
  const others = p.others.join('、')
  switch (p.kind) {
    case 'phoneNames': return `同一天 ${p.requests} 个请求用同一个电话，登记了 ${p.others.length} 个姓名：${others}`
    case 'serialPhones': return `同一天同一序列号登记了 ${p.others.length} 个电话`
    case 'serialCustomers': return `同一天同一序列号登记给了不同的客户：${others}`
    case 'phoneRun': return `同一天同一站有 ${p.others.length} 个连号的电话（${p.others[0]} 到 ${p.others.at(-1)!.slice(-4)}）`
  }
}
