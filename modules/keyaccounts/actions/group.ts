import { can, defineAction, elevated, fail, lock, requirePermission, storeChange, storeNew, visible, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { sql } from 'kysely'
import { z } from 'zod'
import { SOLD } from '../rules/choices.ts'
import { yearBefore } from '../rules/period.ts'
import { rollUp, signGroup } from '../store/agreements.ts'
import { groupAbove, placeIn, sets, type Group, type Place } from '../store/group.ts'
import { askPrice, decidePrice } from '../store/prices.ts'
import { today } from '../store/run.ts'
import { subtreeIds } from '../store/tree.ts'

/** working time of a day, as the calendars that a company begins with have it */
const DAY_MINUTES = 450
/** which field of the form a refusal is about */
const at = (field: string, message: string) => ({ fields: [{ field, message }] })
const ID = z.object({ id: z.uuid() })
const DAY = z.iso.date('请填日期，例如 2026-12-31')
const MONEY = z.coerce.string().trim().regex(/^\d{1,12}(\.\d{1,2})?$/, '请填金额，至多两位小数')

/** The group of a page, and what the caller is to it: whoever may read the customer, and its team whatever block they sit in (SA-16). */
async function groupFor(ctx: Ctx, id: string): Promise<{ group: Group & { unitId: string }; place: Place; reads: boolean }> {
  const [row] = await ctx.query<{ id: string; name: string; ownerId: string | null; unitId: string }>('select id, name, owner_id as "ownerId", unit_id as "unitId" from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, id])
  if (!row) return fail('NOT_FOUND', { id })
  const place = await placeIn(ctx, row, today(ctx)), may = visible(ctx, ctx.entities.get('customer'), 'c')
  const reads = may !== null && (await sql`select 1 from customer as c where ${may} and c.id = ${id}`.execute(ctx.db)).rows.length > 0
  if (!reads && !place.member) return fail('NOT_FOUND', { id })
  return { group: row, place, reads }
}

/** One page of a group: its tree with what each company bought in twelve months, agreements, team, what the team heard, requests for prices. */
export const groupPage = defineAction({
  name: 'groupPage', label: ['集团页', 'Group'], method: 'GET', path: '/api/key-accounts/:id', permission: null, readOnly: true, input: ID,
  async run(ctx, { id }) {
    const { group, place } = await groupFor(ctx, id), ids = await subtreeIds(ctx, id), day = today(ctx)
    const tree = await ctx.query(
      `select c.id, c.parent_id as "parentId", c.name, c.kind, c.level, c.province, coalesce(o.amount, 0)::text as amount, coalesce(o.n, 0)::int as orders from customer c
       left join lateral (select sum(amount) as amount, count(*) as n from sales_order o where o.tenant_id = c.tenant_id and o.customer_id = c.id and o.state = any($3) and o.ordered_on > $4 and o.ordered_on <= $5) o on true
       where c.tenant_id = $1 and c.id = any($2) order by c.name limit 2000`, [ctx.tenant.id, ids, [...SOLD], yearBefore(day), day])
    const team = await ctx.query('select t.id, t.user_id as "userId", u.name, n.name as unit, t.role, t.until::text as until, t.duty, case when t.shares is null then 0 else (select count(*)::int from jsonb_object_keys(t.shares)) end as opens from account_team t join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id left join unit n on n.tenant_id = u.tenant_id and n.id = u.unit_id where t.tenant_id = $1 and t.group_id = $2 order by t.role, u.name', [ctx.tenant.id, id])
    const feedback = await ctx.query('select f.id, f.at, f.kind, f.words, f.competitor, f.price::text as price, u.name as by, c.name as branch from team_feedback f join "user" u on u.tenant_id = f.tenant_id and u.id = f.author_id left join customer c on c.tenant_id = f.tenant_id and c.id = f.customer_id where f.tenant_id = $1 and f.group_id = $2 order by f.at desc limit 50', [ctx.tenant.id, id])
    const requests = await ctx.query('select r.id, r.number, r.item, r.from_price::text as "fromPrice", r.to_price::text as "toPrice", r.reason, r.state, r.amount_before::text as "amountBefore", r.amount_after::text as "amountAfter", r.margin_before::text as "marginBefore", r.margin_after::text as "marginAfter", u.name as by, c.name as branch from price_request r join "user" u on u.tenant_id = r.tenant_id and u.id = r.owner_id join customer c on c.tenant_id = r.tenant_id and c.id = r.customer_id where r.tenant_id = $1 and r.group_id = $2 order by r.created_at desc limit 50', [ctx.tenant.id, id])
    const prices = await ctx.query(
      `select q.id, q.item, q.unit, q.unit_price::text as "unitPrice", trim_scale(q.quantity)::text as quantity, k.number, c.name as customer from contract_line q join contract k on k.tenant_id = q.tenant_id and k.id = q.contract_id join customer c on c.tenant_id = k.tenant_id and c.id = k.customer_id
       where q.tenant_id = $1 and k.customer_id = any($2) and k.state = 'active' and k.kind in ('branch', 'group', 'frame') order by q.item, c.name limit 500`, [ctx.tenant.id, ids])
    // what stays over is head office's affair
    const requestsShown = sets(place) || can(ctx.access, 'quote:margin') ? requests : requests.map(r => ({ ...r, marginBefore: null, marginAfter: null }))
    return { id, name: group.name, from: yearBefore(day), until: day, place: { ...place, sets: sets(place) }, tree, agreements: await rollUp(ctx, id), team, feedback, requests: requestsShown, prices }
  },
})

export const signGroupAgreement = defineAction({
  name: 'signGroupAgreement', label: ['签订集团协议', 'Sign the group agreement'], method: 'POST', path: '/api/key-accounts/:id/sign', permission: 'contract:signGroup', status: 201,
  input: ID.extend({ contractId: z.uuid().nullish(), title: z.string().trim().max(100).optional(), validFrom: DAY, validUntil: DAY }),
  async run(ctx, { id, ...o }) {
    const { group, place } = await groupFor(ctx, id)
    if (!sets(place) && !ctx.access.system) {
      const scope = visible(ctx, ctx.entities.get('customer'), 'c', 'update')
      if (!scope || !(await sql`select 1 from customer as c where ${scope} and c.id = ${id}`.execute(ctx.db)).rows.length) return fail('FORBIDDEN', { permission: 'contract:signGroup' })
    }
    return signGroup(ctx, group, o)
  },
})

/** Puts somebody into the team, or changes their part in it; all companies of the group are open to them as long as they are in it (SA-16). */
export const setMember = defineAction({
  name: 'setTeamMember', label: ['虚拟团队成员', 'Team member'], method: 'POST', path: '/api/key-accounts/:id/team', permission: 'accountTeam:set', status: 201,
  input: ID.extend({ userId: z.uuid('请选择成员'), role: z.enum(['lead', 'member']).default('member'), until: DAY.nullish(), duty: z.string().trim().max(200).nullish() }),
  async run(ctx, { id, userId, ...o }) {
    const { row } = await lock(ctx, ctx.entities.get('customer'), id, 'read')
    if (row.kind !== 'group' && (await subtreeIds(ctx, id)).length < 2) return fail('TEAM_GROUP')
    if (o.until && o.until < today(ctx)) return fail('TEAM_PAST', at('until', '不能早于今天'))
    const sys = elevated(ctx, '虚拟团队'), entity = ctx.entities.get('accountTeam'), values = { role: o.role, until: o.until ?? null, duty: o.duty ?? null }
    const [there] = await ctx.query<{ id: string }>('select id from account_team where tenant_id = $1 and group_id = $2 and user_id = $3', [ctx.tenant.id, id, userId])
    const member = there ? await storeChange(sys, entity, there.id, values) : await storeNew(sys, entity, { groupId: id, userId, ...values })
    return { id: member.id }
  },
})

/** Who leads the group gives a member of its team something to do; it lands among their tasks (SA-16). */
export const giveTeamTask = defineAction({
  name: 'giveTeamTask', label: ['交办团队成员', 'Give a member something to do'], method: 'POST', path: '/api/key-accounts/:id/task', permission: null, status: 201,
  input: ID.extend({ userId: z.uuid('请选择成员'), title: z.string().trim().min(1, '请写要做什么').max(100), days: z.coerce.number('请填 1–60 的整数').int('请填 1–60 的整数').min(1, '请填 1–60 的整数').max(60, '请填 1–60 的整数').default(3) }),
  async run(ctx, { id, userId, title, days }) {
    const { group, place } = await groupFor(ctx, id)
    if (!sets(place) && !can(ctx.access, 'accountTeam:set')) return fail('FORBIDDEN', { permission: 'accountTeam:set' })
    const [member] = await ctx.query<{ unit: string | null }>('select u.unit_id as unit from account_team t join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id where t.tenant_id = $1 and t.group_id = $2 and t.user_id = $3 and (t.until is null or t.until >= $4)', [ctx.tenant.id, id, userId, today(ctx)])
    if (!member) return fail('TEAM_NOT_IN', at('userId', '不在虚拟团队里'))
    return openTodo(ctx, { title, details: null, toId: userId, minutes: days * DAY_MINUTES, unitId: member.unit, about: { entity: 'customer', recordId: id, label: group.name } })
  },
})

export const writeFeedback = defineAction({
  name: 'writeTeamFeedback', label: ['团队反馈', 'Team feedback'], method: 'POST', path: '/api/key-accounts/:id/feedback', permission: null, status: 201,
  input: ID.extend({ kind: z.enum(['competition', 'price', 'other']).default('competition'), words: z.string().trim().min(1, '请写内容').max(1000), competitor: z.string().trim().max(60).nullish(), price: MONEY.nullish(), customerId: z.uuid().nullish() }),
  async run(ctx, { id, ...o }) {
    const { place } = await groupFor(ctx, id)
    if (!place.member && !place.owner) return fail('TEAM_NOT_MEMBER')
    if (o.customerId && !(await subtreeIds(ctx, id)).includes(o.customerId)) return fail('NOT_FOUND', { id: o.customerId })
    const row = await storeNew(elevated(ctx, '团队反馈'), ctx.entities.get('teamFeedback'), { groupId: id, authorId: ctx.user!.id, at: ctx.now(), ...o, competitor: o.competitor ?? null, price: o.price ? Number(o.price).toFixed(2) : null, customerId: o.customerId ?? null })
    return { id: row.id }
  },
})

export const askForPrice = defineAction({
  name: 'askForPrice', label: ['调价申请', 'Ask for a price'], method: 'POST', path: '/api/contract-lines/:id/ask-price', permission: null, status: 201,
  input: ID.extend({ toPrice: MONEY, reason: z.string().trim().min(1, '请写理由').max(500) }),
  async run(ctx, { id, ...o }) {
    await lineInReach(ctx, id)
    const { marginBefore: _b, marginAfter: _a, ...shown } = pickRequest(await askPrice(ctx, { contractLineId: id, ...o }))
    return shown
  },
})

export const decidePriceRequest = defineAction({
  name: 'decidePriceRequest', label: ['调价决定', 'Decide on a price'], method: 'POST', path: '/api/price-requests/:id/decide', permission: null, status: 200,
  input: ID.extend({ accept: z.boolean(), decision: z.string().trim().max(500).nullish() }),
  run: async (ctx, { id, accept, decision }) => pickRequest(await decidePrice(ctx, id, { accept, decision: decision ?? null })),
})

const pickRequest = (row: Record<string, unknown>) => ({ id: row.id, number: row.number, state: row.state, fromPrice: row.fromPrice, toPrice: row.toPrice, amountBefore: row.amountBefore, amountAfter: row.amountAfter, marginBefore: row.marginBefore, marginAfter: row.marginAfter })

/** Whoever reads the line, or belongs to its group's team, may ask. */
async function lineInReach(ctx: Ctx, id: string): Promise<void> {
  const [line] = await ctx.query<{ customerId: string }>('select k.customer_id as "customerId" from contract_line q join contract k on k.tenant_id = q.tenant_id and k.id = q.contract_id where q.tenant_id = $1 and q.id = $2', [ctx.tenant.id, id])
  const group = line && await groupAbove(ctx, line.customerId)
  if (group && (await placeIn(ctx, group, today(ctx))).member) return
  requirePermission(ctx.access, 'contractLine:read', ctx.entities.get('contractLine'))
  await lock(ctx, ctx.entities.get('contractLine'), id, 'read', { forUpdate: false })
}
