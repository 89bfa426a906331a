import { can, elevated, fail, storeChange, type Change, type Ctx } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { completeStep, raiseAlarm } from '@quancheng/process'
import { contacted } from './turns.ts'
import { watch } from './pool.ts'

type Values = Record<string, unknown>
const TODO_MINUTES = 1350

/** Where an action belongs follows from what it is about; who gives one to somebody else must be allowed to (SA-23). */
export async function engagementBefore(ctx: Ctx, c: Change): Promise<void> {
  const d = c.draft, was = c.before as Values | null
  if (c.act === 'remove') return
  const now = { ...was, ...d } as Values
  if (c.act === 'create') {
    const [about] = now.opportunityId
      ? await ctx.query<Values>('select customer_id, contact_id, unit_id, null as lead_id from opportunity where tenant_id = $1 and id = $2', [ctx.tenant.id, now.opportunityId])
      : now.leadId ? await ctx.query<Values>('select customer_id, null::uuid as contact_id, unit_id from lead where tenant_id = $1 and id = $2', [ctx.tenant.id, now.leadId])
        : now.contactId ? await ctx.query<Values>('select customer_id, id as contact_id, null::uuid as unit_id from contact where tenant_id = $1 and id = $2', [ctx.tenant.id, now.contactId]) : []
    d.customerId ??= about?.customer_id ?? null
    d.contactId ??= about?.contact_id ?? null
    d.ownerId ??= ctx.user?.id ?? null
    d.unitId ??= about?.unit_id ?? (await unitOf(ctx, d.ownerId as string | null)) ?? ctx.user?.unitId ?? null
    d.at ??= ctx.now()
    if (!ctx.access.system && !d.customerId && !d.contactId && !d.leadId && !d.opportunityId) fail('INVALID', { summary: '请选是对谁做的：客户、线索或商机', fields: [{ field: 'customerId', code: 'REQUIRED', message: '请选客户、线索或商机中的一个' }] })
  }
  const giver = ctx.user?.id ?? null
  const given = giver !== null && d.ownerId && d.ownerId !== giver && d.ownerId !== was?.ownerId && now.state === 'planned'
  if (given) {
    if (!ctx.access.system && !can(ctx.access, 'engagement:assign')) fail('FORBIDDEN', { permission: 'engagement:assign' })
    d.assignedById = giver
  }
  if (now.state === 'done' && was?.state !== 'done') d.doneAt ??= ctx.now()
  if (was?.state === 'done' && d.state === 'planned') fail('ENGAGEMENT_DONE')
}

const unitOf = async (ctx: Ctx, userId: string | null): Promise<string | null> => (userId ? (await ctx.query<{ unit_id: string | null }>('select unit_id from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, userId]))[0]?.unit_id ?? null : null)

export async function engagementAfter(ctx: Ctx, c: Change): Promise<void> {
  const row = c.row as Values | null, was = c.before as Values | null
  if (!row) return
  const done = row.state === 'done' && was?.state !== 'done', planned = row.state === 'planned'
  if (done || (was && (row.nextAt !== was.nextAt)) || !was) await follow(ctx, row, done)
  if (planned && row.assignedById && row.ownerId !== was?.ownerId) {
    const customer = row.customerId ? (await ctx.query<{ name: string }>('select name from customer where tenant_id = $1 and id = $2', [ctx.tenant.id, row.customerId]))[0]?.name : null
    await openTodo(ctx, { title: String(row.subject), details: [customer, row.result].filter(Boolean).join('\n') || null, toId: row.ownerId as string, minutes: TODO_MINUTES, unitId: row.unitId as string, about: { entity: 'engagement', recordId: row.id as string, label: `行动 ${String(row.subject)}` } })
  }
  if (row.assignedById && was?.state === 'planned' && !planned) await feedBack(ctx, row)
}

/** What the lead and the deal know of being followed up: when last, and when next. */
async function follow(ctx: Ctx, row: Values, done: boolean): Promise<void> {
  const sys = elevated(ctx, '行动记录')
  if (row.leadId && done) {
    const [lead] = await ctx.query<{ state: string; unit_id: string | null; read_at: Date | null }>('select state, unit_id, read_at from lead where tenant_id = $1 and id = $2', [ctx.tenant.id, row.leadId])
    if (lead && ['assigned', 'working'].includes(lead.state)) {
      await storeChange(sys, ctx.entities.get('lead'), row.leadId as string, { followedAt: row.at, state: 'working', ...(lead.read_at ? {} : { readAt: ctx.now() }) }, { act: 'followUp' })
      contacted(ctx, row.leadId as string)
      await watch(ctx, row.leadId as string, lead.unit_id, { unread: false })
    }
  }
  if (row.opportunityId) {
    const [next] = await ctx.query<{ at: Date | null; last: Date | null }>(
      `select min(x.at) filter (where x.at >= $3) as at, max(x.done) as last from (
         select case when state = 'planned' then at else next_at end as at, case when state = 'done' then at end as done from engagement where tenant_id = $1 and opportunity_id = $2 and state <> 'dropped') x`, [ctx.tenant.id, row.opportunityId, ctx.now()])
    await storeChange(sys, ctx.entities.get('opportunity'), row.opportunityId as string, { nextAt: next?.at ?? null, ...(next?.last ? { followedAt: next.last } : {}) }, { act: 'followUp' })
  }
}

/** The task is over, and whoever gave it hears how it went. */
async function feedBack(ctx: Ctx, row: Values): Promise<void> {
  const sys = elevated(ctx, '行动反馈')
  const steps = await ctx.query<{ id: string }>(
    `select s.id from todo t join process_instance i on i.tenant_id = t.tenant_id and i.entity = 'todo' and i.record_id = t.id and i.state = 'active' join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.kind = 'user' and s.state in ('waiting', 'active', 'paused')
     where t.tenant_id = $1 and t.entity = 'engagement' and t.about_id = $2`, [ctx.tenant.id, row.id])
  const how = row.state === 'done' ? String(row.result ?? '已完成') : '没有办，已取消'
  for (const s of steps) await completeStep(sys, s.id, row.state === 'done' ? { outcome: 'done', comment: how } : { outcome: 'drop', comment: how })
  if (row.assignedById !== ctx.user?.id) await raiseAlarm(sys, { kind: 'notice', title: `${ctx.user?.name ?? ''} 反馈“${String(row.subject)}”：${how}`.slice(0, 200), entity: 'engagement', recordId: row.id as string, stepKey: `feedback/${String(row.id)}`, stage: null, unitId: row.unitId as string, ownerId: row.assignedById as string, recipientIds: [row.assignedById as string] })
}
