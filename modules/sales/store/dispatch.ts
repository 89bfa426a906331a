import { elevated, known, unitAndAbove, type Change, type Ctx } from '@quancheng/kernel'
import { raiseAlarm } from '@quancheng/process'
import { fits, inTurn, leastLoaded, words, type Rule, type Subject } from '../rules/dispatch.ts'
import { keepInBlock } from './block.ts'
import { heldBy, poolRule, watch } from './pool.ts'
import { holderFor, knownOf } from './territory.ts'
import { beginTurn, type How } from './turns.ts'

type Values = Record<string, unknown>

const rules = (ctx: Ctx): Promise<readonly Rule[]> => known(ctx, 'lead-rules', async () =>
  (await ctx.query<Record<string, never>>('select * from lead_rule where tenant_id = $1 and not coalesce(off, false) order by position, id', [ctx.tenant.id])).map((r: Values) => ({
    id: r.id as string, provinces: words(r.provinces as string), cities: words(r.cities as string), sources: (r.sources as string[] | null) ?? [], productId: r.product_id as string | null, campaignId: r.campaign_id as string | null,
    amountFrom: r.amount_from === null ? null : Number(r.amount_from), amountTo: r.amount_to === null ? null : Number(r.amount_to), unitId: r.unit_id as string, method: r.method as Rule['method'], personIds: (r.person_ids as string[] | null) ?? [],
  })))

const subjectOf = (d: Values): Subject => ({
  province: (d.province as string) ?? null, city: (d.city as string) ?? null, source: (d.source as string) ?? null, productId: (d.productId as string) ?? null, campaignId: (d.campaignId as string) ?? null,
  amount: d.amount === null || d.amount === undefined ? null : Number(d.amount),
})

/** How far the creator reaches: null everywhere; otherwise the unit below which a lead of theirs stays; 'self' it is their own. */
function reachOf(ctx: Ctx): { all: true } | { own: true } | { below: string } {
  if (ctx.access.system || !ctx.user) return { all: true }
  const scopes = ctx.access.grants.get('lead:create')
  if (scopes?.has('all')) return { all: true }
  return scopes?.has('unitBelow') || scopes?.has('unit') || scopes?.has('region') ? { below: ctx.access.unitId ?? '' } : { own: true }
}

/** Whose turn it is. The count goes up in one statement: of two leads at the same moment the second waits for the first's commit. */
async function personOf(ctx: Ctx, rule: Rule, subject: Subject, d: Values): Promise<string | null> {
  if (rule.method === 'pool') return null
  if (rule.method === 'territory') return holderFor(ctx, { ...subject, ...await knownOf(ctx, d) }, null)
  const [row] = await ctx.query<{ turns: string }>('insert into lead_cursor (tenant_id, rule_id, turns) values ($1, $2, 1) on conflict (tenant_id, rule_id) do update set turns = lead_cursor.turns + 1 returning turns', [ctx.tenant.id, rule.id])
  const there = new Set((await ctx.query<{ id: string }>('select id from "user" where tenant_id = $1 and id = any($2) and not coalesce(off, false)', [ctx.tenant.id, rule.personIds])).map(u => u.id))
  const held = await heldBy(ctx, rule.personIds), { maxHeld } = await poolRule(ctx, rule.unitId)
  const may = (id: string): boolean => there.has(id) && (maxHeld === null || (held.get(id) ?? 0) < maxHeld)
  return rule.method === 'load' ? leastLoaded(rule.personIds, held, may) : inTurn(rule.personIds, Number(row!.turns), may)
}

/** One notice a person, however many leads: what is new stands in the list. */
export const tellOwner = async (ctx: Ctx, personId: string, leadId: string, title: string, unitId: string | null): Promise<void> => {
  if (personId === ctx.user?.id) return
  await raiseAlarm(elevated(ctx, '线索分派'), { kind: 'notice', title: title.slice(0, 200), entity: 'lead', recordId: leadId, stepKey: `leads/${personId}`, stage: null, unitId, ownerId: personId, recipientIds: [personId] })
}

async function give(ctx: Ctx, leadId: string, d: Values, personId: string, how: How, ruleId: string | null): Promise<void> {
  Object.assign(d, { ownerId: personId, state: 'assigned', assignedAt: ctx.now(), ...(how === 'own' ? { readAt: ctx.now() } : {}) })
  beginTurn(ctx, { leadId, personId, how, ruleId })
  await watch(ctx, leadId, d.unitId as string, { unread: how !== 'own' })
  await tellOwner(ctx, personId, leadId, `有新线索：${[d.name, d.company].filter(Boolean).join(' ')}`, d.unitId as string)
}

/**
 * A new lead finds its owner in the act that makes it, whatever road it came by: form, import, machine, web. Who reaches only their own records keeps
 * what they enter themselves; who reaches one block never hands out of it.
 */
export async function leadBefore(ctx: Ctx, c: Change): Promise<void> {
  await keepInBlock(ctx, 'lead', c as never)
  if (c.act !== 'create') return
  const d = c.draft, block = d.$block as string | undefined
  delete d.$block
  // brought in with a history of its own
  if (d.state && d.state !== 'new') return
  const reach = reachOf(ctx)
  if ('own' in reach) { d.unitId ??= ctx.user!.unitId; await give(ctx, c.id, d, ctx.user!.id, 'own', null); return }
  if (d.ownerId) { d.unitId ??= ctx.user?.unitId ?? null; await give(ctx, c.id, d, d.ownerId as string, 'hand', null); return }
  const subject = subjectOf(d)
  const inside = async (unitId: string): Promise<boolean> => {
    const above = await unitAndAbove(ctx, unitId)
    return (!('below' in reach) || above.includes(reach.below)) && (!d.unitId || above.includes(d.unitId as string))
  }
  for (const rule of await rules(ctx)) {
    if (!fits(rule, subject) || !(await inside(rule.unitId))) continue
    const personId = await personOf(ctx, rule, subject, d)
    d.unitId = rule.unitId
    if (personId) await give(ctx, c.id, d, personId, 'rule', rule.id)
    else intoPool(ctx, d)
    return
  }
  // a web form names the block for what no rule wants
  d.unitId ??= block ?? ctx.user?.unitId ?? await topUnit(ctx)
  intoPool(ctx, d)
}

const intoPool = (ctx: Ctx, d: Values): void => { Object.assign(d, { state: 'pool', pooledAt: ctx.now() }) }

const topUnit = (ctx: Ctx): Promise<string | null> => known(ctx, 'top-unit', async () => (await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 and parent_id is null order by position, code limit 1', [ctx.tenant.id]))[0]?.id ?? null)

