import { elevated, fail, storeChange, storeNew, type Ctx } from '@quancheng/kernel'
import { subtreeIds } from './tree.ts'
import { today } from './run.ts'

/** One branch agreement as the group's page shows it; numbers as texts, exactly as the database adds them. */
export interface Branch { id: string; number: string; title: string; customerId: string; customer: string; unitId: string; state: string; volume: string | null; volumeUnit: string | null; amount: string; unitPrice: string | null; validUntil: string | null; parentId: string | null }
/** All of one measure together; `unitPrice` = amount ÷ volume of those that name a volume. */
export interface Sum { volumeUnit: string | null; count: number; volume: string; amount: string; unitPrice: string | null }
export interface RollUp { agreement: Record<string, unknown> | null; /** no group agreement yet: the branches only add up to one */ virtual: boolean; branches: Branch[]; sums: Sum[] }

const UNIT_PRICE = (amount: string, volume: string) => `case when ${volume} > 0 then round(${amount} / ${volume}, 4)::text end`
/** Branch agreements that count: in force today, or signed and about to be. */
const BRANCHES = `from contract k join customer c on c.tenant_id = k.tenant_id and c.id = k.customer_id where k.tenant_id = $1 and k.kind = 'branch' and k.state = 'active' and k.customer_id = any($2) and (k.valid_until is null or k.valid_until >= $3)`

const under = (parentId: string | null): string => (parentId ? 'and k.parent_id = $4' : 'and k.parent_id is null and $4::uuid is null')

const branchesOf = (ctx: Ctx, ids: readonly string[], day: string, parentId: string | null): Promise<Branch[]> => ctx.query<Branch & Record<string, unknown>>(
  `select k.id, k.number, k.title, k.customer_id as "customerId", c.name as customer, k.unit_id as "unitId", k.state, trim_scale(k.volume)::text as volume, k.volume_unit as "volumeUnit", k.amount::text, ${UNIT_PRICE('k.amount', 'k.volume')} as "unitPrice", k.valid_until::text as "validUntil", k.parent_id as "parentId"
   ${BRANCHES} ${under(parentId)} order by c.name, k.number limit 2000`, [ctx.tenant.id, ids, day, parentId])

/** What a group agrees with us: its agreement with the branches under it, or (before there is one) the branch agreements as 潜在总协议 (SA-14). */
export async function rollUp(ctx: Ctx, groupId: string): Promise<RollUp> {
  const ids = await subtreeIds(ctx, groupId), day = today(ctx)
  const [agreement] = await ctx.query(
    `select id, number, title, state, signed_on::text as "signedOn", valid_from::text as "validFrom", valid_until::text as "validUntil", amount::text, volume::text, volume_unit as "volumeUnit" from contract
     where tenant_id = $1 and customer_id = $2 and kind = 'group' and state = 'active' and (valid_until is null or valid_until >= $3) order by signed_on desc nulls last, id desc limit 1`, [ctx.tenant.id, groupId, day])
  const values = [ctx.tenant.id, ids, day, agreement?.id ?? null]
  const branches = await branchesOf(ctx, ids, day, (agreement?.id as string | undefined) ?? null)
  const sums = await ctx.query<Sum & Record<string, unknown>>(
    `select k.volume_unit as "volumeUnit", count(*)::int as count, trim_scale(coalesce(sum(k.volume), 0))::text as volume, sum(k.amount)::text as amount, ${UNIT_PRICE('sum(k.amount) filter (where k.volume > 0)', 'sum(k.volume)')} as "unitPrice" ${BRANCHES} ${under((agreement?.id as string | undefined) ?? null)} group by 1 order by 1`, values)
  return { agreement: agreement ?? null, virtual: !agreement, branches, sums }
}

/**
 * Signs the group's agreement: what the branches agreed goes under it, in one act, and each keeps its own history. With `contractId` it is a contract
 * that is there already and approved; else one is made of what the branches add up to. Errors: GROUP_NONE, GROUP_UNITS, GROUP_CONTRACT, GROUP_DAYS.
 */
export async function signGroup(ctx: Ctx, group: { id: string; name: string; unitId: string; ownerId: string | null }, o: { contractId?: string | null | undefined; title?: string | undefined; validFrom: string; validUntil: string }): Promise<{ id: string; number: string; children: number; volume: string }> {
  if (o.validUntil < o.validFrom) return fail('GROUP_DAYS', { fields: [{ field: 'validUntil', message: '不能早于生效日' }] })
  const sys = elevated(ctx, '签订集团协议'), entity = ctx.entities.get('contract')
  await ctx.query('select pg_advisory_xact_lock(hashtext($1))', [`${ctx.tenant.id}/group/${group.id}`])
  const { branches, sums, agreement } = await rollUp(ctx, group.id)
  if (agreement) return fail('GROUP_CONTRACT')
  if (!branches.length) return fail('GROUP_NONE')
  if (sums.length > 1) return fail('GROUP_UNITS', { units: sums.map(s => s.volumeUnit ?? '未填').join('、') })
  const [sum] = sums, signed = { signedOn: today(ctx), validFrom: o.validFrom, validUntil: o.validUntil, volume: sum!.volume, volumeUnit: sum!.volumeUnit, amount: sum!.amount }
  let row: Record<string, unknown>
  if (o.contractId) {
    const [found] = await ctx.query("select id from contract where tenant_id = $1 and id = $2 and kind = 'group' and customer_id = $3 and state = 'approved'", [ctx.tenant.id, o.contractId, group.id])
    if (!found) return fail('GROUP_CONTRACT')
    row = await storeChange(sys, entity, o.contractId, { ...signed, state: 'active' }, { act: 'signGroup' })
  } else {
    row = await storeNew(sys, entity, { kind: 'group', title: o.title || `${group.name}集团协议`, customerId: group.id, unitId: group.unitId, ownerId: group.ownerId ?? ctx.user?.id ?? null, state: 'active', ...signed }, { act: 'signGroup' })
  }
  await join(sys, branches, row.id as string)
  return { id: row.id as string, number: row.number as string, children: branches.length, volume: sum!.volume }
}

async function join(sys: Ctx, branches: readonly Branch[], groupContractId: string): Promise<void> {
  for (const b of branches) await storeChange(sys, sys.entities.get('contract'), b.id, { parentId: groupContractId }, { act: 'joinGroup', note: { group: groupContractId } })
}

/** A group agreement that was signed by the usual road of contracts: the branch agreements of its tree that count in its measure go under it. Told again, nothing is left to do. */
export async function adoptBranches(ctx: Ctx, contractId: string): Promise<number> {
  const [c] = await ctx.query<{ customerId: string; volumeUnit: string | null }>("select customer_id as \"customerId\", volume_unit as \"volumeUnit\" from contract where tenant_id = $1 and id = $2 and kind = 'group' and state = 'active'", [ctx.tenant.id, contractId])
  if (!c) return 0
  const free = (await branchesOf(ctx, await subtreeIds(ctx, c.customerId), today(ctx), null)).filter(b => c.volumeUnit === null || b.volumeUnit === c.volumeUnit)
  await join(elevated(ctx, '并入集团协议'), free, contractId)
  return free.length
}
