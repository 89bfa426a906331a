import { defineAction, fail, startOfDay, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { analyse } from '../store/analysis.ts'
import { convertLead } from '../store/convert.ts'
import { assignLead, discardLead, giveBack, seeLead, takeLead } from '../store/leads.ts'

const ID = z.object({ id: z.uuid() })
const MANY = z.array(z.uuid()).min(1).max(200)
const REASON = z.string('请写明原因').trim().min(1, '请写明原因').max(200)

interface PoolRow { id: string; number: string; name: string; company: string | null; province: string | null; city: string | null; source: string; amount: string | null; needs: string | null; unit: string | null; pooledAt: Date; mine: string | null }

const pool = defineAction({
  name: 'leadPool', label: ['公海', 'Pool'], method: 'GET', path: '/api/leads/pool', permission: 'lead:take', readOnly: true, input: z.object({ q: z.string().trim().max(60).optional(), after: z.coerce.number().int().min(0).max(100_000).default(0) }),
  async run(ctx: Ctx, { q, after }) {
    const seen = visible(ctx, ctx.entities.get('lead'), 't', 'take')
    if (!seen) return { items: [], total: 0 }
    const like = q ? sql`and (t.name ilike ${`%${q}%`} or t.company ilike ${`%${q}%`} or t.number ilike ${`%${q}%`} or t.city ilike ${`%${q}%`})` : sql``
    // no telephone and no mail before it is taken: a pool is no address list
    const { rows } = await sql<PoolRow>`select t.id, t.number, t.name, t.company, t.province, t.city, t.source, t.amount::text, t.needs, u.name as unit, t.pooled_at as "pooledAt",
      (select max(x.ended) from lead_turn x where x.tenant_id = t.tenant_id and x.lead_id = t.id and x.person_id = ${ctx.user?.id ?? null} and x.ended in ('back', 'unread', 'idle')) as mine
      from lead t left join unit u on u.tenant_id = t.tenant_id and u.id = t.unit_id where ${seen} and t.state = 'pool' ${like} order by t.pooled_at desc, t.id limit 50 offset ${after}`.execute(ctx.db)
    const { rows: [n] } = await sql<{ n: number }>`select count(*)::int as n from lead t where ${seen} and t.state = 'pool' ${like}`.execute(ctx.db)
    return { items: rows, total: n!.n }
  },
})

const counts = defineAction({
  name: 'leadCounts', label: ['线索数', 'Counts'], method: 'GET', path: '/api/leads/counts', permission: 'lead:read', outsiders: true, readOnly: true, input: z.object({}),
  async run(ctx) {
    const seen = visible(ctx, ctx.entities.get('lead'), 't', 'read'), taken = visible(ctx, ctx.entities.get('lead'), 't', 'take'), me = ctx.user?.id ?? null
    const { rows: [a] } = seen ? await sql<{ mine: number; unread: number; all: number }>`select count(*) filter (where t.owner_id = ${me} and t.state in ('assigned', 'working'))::int as mine, count(*) filter (where t.owner_id = ${me} and t.state = 'assigned' and t.read_at is null)::int as unread, count(*)::int as all from lead t where ${seen}`.execute(ctx.db) : { rows: [] }
    const { rows: [b] } = taken ? await sql<{ n: number }>`select count(*)::int as n from lead t where ${taken} and t.state = 'pool'`.execute(ctx.db) : { rows: [] }
    return { mine: a?.mine ?? 0, unread: a?.unread ?? 0, all: a?.all ?? 0, pool: b?.n ?? 0 }
  },
})

const take = defineAction({ name: 'takeLead', label: ['领取', 'Take'], method: 'POST', path: '/api/leads/:id/take', permission: 'lead:take', status: 200, input: ID, async run(ctx, { id }) { await takeLead(ctx, id); return { id } } })
const back = defineAction({ name: 'giveLeadBack', label: ['放回公海', 'Give back'], method: 'POST', path: '/api/leads/:id/give-back', permission: 'lead:update', outsiders: true, status: 200, input: ID.extend({ reason: REASON }), async run(ctx, { id, reason }) { await giveBack(ctx, id, reason); return { id } } })
const discard = defineAction({ name: 'discardLead', label: ['作废', 'Discard'], method: 'POST', path: '/api/leads/:id/discard', permission: 'lead:update', outsiders: true, status: 200, input: ID.extend({ reason: REASON }), async run(ctx, { id, reason }) { await discardLead(ctx, id, reason); return { id } } })
const see = defineAction({ name: 'seeLead', label: ['查看', 'See'], method: 'POST', path: '/api/leads/:id/see', permission: 'lead:read', outsiders: true, status: 200, input: ID, async run(ctx, { id }) { await seeLead(ctx, id); return { id } } })

const assign = defineAction({
  name: 'assignLeads', label: ['分配线索', 'Assign'], method: 'POST', path: '/api/leads/assign', permission: 'lead:assign', status: 200,
  input: z.object({ ids: MANY, toId: z.uuid().nullish(), unitId: z.uuid().nullish(), reason: REASON }),
  async run(ctx, { ids, toId, unitId, reason }) {
    if (!toId && !unitId) fail('INVALID', { summary: '请选择分给谁或哪个板块', fields: [{ field: 'toId', code: 'REQUIRED', message: '请选择' }] })
    for (const id of ids.toSorted()) await assignLead(ctx, id, { toId: toId ?? null, unitId: unitId ?? null, reason })
    return { count: ids.length }
  },
})

const convert = defineAction({
  name: 'convertLead', label: ['转化', 'Convert'], method: 'POST', path: '/api/leads/:id/convert', permission: 'lead:update', status: 200,
  input: ID.extend({
    customerId: z.uuid().nullish(), name: z.string().trim().max(100).optional(), kind: z.enum(['person', 'company']).optional(), sure: z.boolean().optional(),
    contact: z.object({ name: z.string().trim().min(1).max(60), title: z.string().trim().max(60).nullish() }).nullish(), opportunity: z.object({ name: z.string().trim().min(1, '请填写商机名称').max(100), amount: z.unknown(), closeOn: z.unknown() }).nullish(),
  }),
  run: (ctx, { id, ...o }) => convertLead(ctx, id, o),
})

const doubles = defineAction({
  name: 'leadDoubles', label: ['可能重复', 'Duplicates'], method: 'GET', path: '/api/leads/doubles', permission: 'lead:read', readOnly: true, input: z.object({ phone: z.string().trim().max(40).optional(), mail: z.string().trim().max(100).optional(), company: z.string().trim().max(100).optional(), except: z.uuid().optional() }),
  async run(ctx, { phone, mail, company, except }) {
    // that there is one, and whose, helps whoever is about to enter it again; nothing more of a record that is not theirs is told
    const digits = phone?.replace(/\D/g, '').replace(/^86(?=\d{11}$)/, '') || null
    const { rows } = await sql`select 'lead' as what, t.number as label, u.name as owner from lead t left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id
        where t.tenant_id = ${ctx.tenant.id} and t.state <> 'discarded' and t.id is distinct from ${except ?? null}::uuid and ((${digits}::text is not null and t.phone = ${digits}) or (${mail ?? null}::text is not null and lower(t.mail) = lower(${mail ?? null})) or (${company ?? null}::text is not null and lower(t.company) = lower(${company ?? null})))
      union all select 'customer', c.name, u.name from customer c left join "user" u on u.tenant_id = c.tenant_id and u.id = c.owner_id
        where c.tenant_id = ${ctx.tenant.id} and ((${digits}::text is not null and c.phone = ${digits}) or (${mail ?? null}::text is not null and lower(c.mail) = lower(${mail ?? null})) or (${company ?? null}::text is not null and lower(c.name) = lower(${company ?? null}))) limit 5`.execute(ctx.db)
    return { items: rows }
  },
})

const DAY = z.iso.date()
const analysis = defineAction({
  name: 'leadAnalysis', label: ['线索分析', 'Lead analysis'], method: 'GET', path: '/api/leads/analysis', permission: 'lead:read', readOnly: true, input: z.object({ by: z.enum(['source', 'rule']).default('source'), from: DAY, to: DAY }),
  async run(ctx, { by, from, to }) {
    if (to < from) fail('INVALID', { summary: '结束日不能早于开始日', fields: [{ field: 'to', code: 'ORDER', message: '不能早于开始日' }] })
    const zone = ctx.tenant.timeZone
    return { lines: await analyse(ctx, by, startOfDay(new Date(`${from}T00:00:00Z`), zone), startOfDay(new Date(Date.parse(`${to}T00:00:00Z`) + 86_400_000), zone)) }
  },
})

export const leadActions = [pool, counts, take, back, discard, see, assign, convert, doubles, analysis]
