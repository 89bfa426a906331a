import { elevated, storeNew, type Ctx } from '@quancheng/kernel'
import { cents, yuan } from '@quancheng/quotes'
import { difference, split, type Share } from '../rules/commission.ts'
import { planFor, plans, rolesOf, type Plan } from './plans.ts'

interface Source { kind: 'receipt' | 'contract'; id: string; contractId: string | null; ownerId: string; unitId: string; day: string; amount: string }

/** All that counts up to the end of a month, in the order in which it happened. */
const sources = (ctx: Ctx, lastDay: string): Promise<Source[]> => ctx.query<Source & Record<string, unknown>>(
  `select 'receipt' as kind, r.id, r.contract_id as "contractId", coalesce(c.owner_id, r.owner_id) as "ownerId", r.unit_id as "unitId", r.received_on::text as day, r.amount::text as amount
   from receipt r left join contract c on c.tenant_id = r.tenant_id and c.id = r.contract_id where r.tenant_id = $1 and r.received_on <= $2 and coalesce(c.owner_id, r.owner_id) is not null
   union all select 'contract', id, id, owner_id, unit_id, signed_on::text, amount::text from contract where tenant_id = $1 and signed_on <= $2 and owner_id is not null order by day, id`, [ctx.tenant.id, lastDay])

export const lastDayOf = (period: string): string => new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).toISOString().slice(0, 10)

/** What counts together for the tiers. */
const groupOf = (p: Plan, s: Source): string => (p.per === 'year' ? `${p.id}/${s.ownerId}/${s.day.slice(0, 4)}` : `${p.id}/${s.contractId ?? s.id}`)

export interface Ran { period: string; entries: number; amount: string }

/**
 * Books a month: everything up to its last day that has no entry yet. What was booked stays as it is; what comes late is booked now, at the rate that
 * the sum of all has reached, so that the entries always add up to the commission on the whole. Run again, it adds nothing.
 */
export async function runCommission(ctx: Ctx, period: string): Promise<Ran> {
  // two runs at once: the second waits and finds all booked
  await ctx.query("select pg_advisory_xact_lock(hashtext('commission' || $1::text))", [ctx.tenant.id])
  const [all, roles, list] = [await plans(ctx), await rolesOf(ctx), await sources(ctx, lastDayOf(period))]
  const booked = new Set((await ctx.query<{ key: string }>("select distinct split_part(key, '/', 1) || '/' || split_part(key, '/', 2) as key from commission_entry where tenant_id = $1", [ctx.tenant.id])).map(r => r.key))
  const shares = Map.groupBy(await ctx.query<Share & { contract_id: string }>('select contract_id, user_id as "userId", percent::text as percent from commission_share where tenant_id = $1 order by percent desc, user_id', [ctx.tenant.id]), s => s.contract_id)
  const planned = list.flatMap(s => { const plan = planFor(all, { userId: s.ownerId, roleIds: roles.get(s.ownerId) ?? [] }, s.day); return plan && (plan.basis === 'received') === (s.kind === 'receipt') ? [{ s, plan, group: groupOf(plan, s), key: `${s.kind}/${s.id}` }] : [] })
  const reached = new Map<string, bigint>()
  for (const x of planned) if (booked.has(x.key)) reached.set(x.group, (reached.get(x.group) ?? 0n) + cents(x.s.amount))
  const sys = elevated(ctx, '计提提成'), entity = ctx.entities.get('commissionEntry')
  let entries = 0, sum = 0n
  for (const { s, plan, group, key } of planned) {
    if (booked.has(key)) continue
    const before = reached.get(group) ?? 0n, earned = difference(plan.tiers, yuan(before), s.amount)
    reached.set(group, before + cents(s.amount))
    const of: Share[] = (s.contractId ? shares.get(s.contractId) : undefined) ?? [{ userId: s.ownerId, percent: '100' }]
    for (const [i, part] of split(earned, of).entries()) {
      await storeNew(sys, entity, { period, userId: part.userId, unitId: s.unitId, planId: plan.id, contractId: s.contractId, receiptId: s.kind === 'receipt' ? s.id : null, base: s.amount, percent: of[i]!.percent, amount: part.amount, key: `${key}/${part.userId}` })
      entries++
      sum += cents(part.amount)
    }
  }
  return { period, entries, amount: yuan(sum) }
}
