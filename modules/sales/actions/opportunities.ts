import { defineAction, lock, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { STAGES } from '../rules/choices.ts'
import { openStep } from '../store/cases.ts'
import { checklistOf, saveAnswers } from '../store/checklist.ts'
import { moveOpportunity } from '../store/open.ts'
import { chances } from '../store/opportunity-hooks.ts'

const MOVE = z.object({ id: z.uuid(), to: z.string().min(1).max(80), comment: z.string().max(4000).optional(), fields: z.record(z.string(), z.unknown()).optional(), ticked: z.array(z.string().max(80)).max(200).optional() })

/** One stage on or back; refused with what is missing, or waiting for an approval (SA-03). */
const move = defineAction({
  name: 'moveOpportunity', label: ['推进商机', 'Move a deal'], method: 'POST', path: '/api/opportunities/:id/move', permission: 'opportunity:move', status: 200, input: MOVE,
  run: (ctx, { id, ...input }) => moveOpportunity(ctx, id, input),
})

/** The open step of a deal, for the page: its task, and whether an approval is awaited. */
const step = defineAction({
  name: 'opportunityStep', label: ['当前阶段', 'Current step'], method: 'GET', path: '/api/opportunities/:id/step', permission: 'opportunity:read', readOnly: true, input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('opportunity'), id, 'read', { forUpdate: false })
    return { step: await openStep(ctx, id), stage: row.stage, chances: Object.fromEntries(await chances(ctx)) }
  },
})

const LANE = 30
const FILTER = z.object({ ownerId: z.uuid().optional(), unitId: z.uuid().optional(), q: z.string().trim().max(60).optional(), closeTo: z.iso.date().optional() })
interface Card { id: string; number: string; name: string; stage: string; customer: string | null; owner: string | null; ownerId: string | null; amount: string; chance: number; closeOn: string; stageAt: Date | null; nextAt: Date | null }

function conditions(ctx: Ctx, o: z.infer<typeof FILTER>) {
  const seen = visible(ctx, ctx.entities.get('opportunity'), 't', 'read')
  if (!seen) return null
  return sql`${seen} and t.outcome = 'open' ${o.ownerId ? sql`and t.owner_id = ${o.ownerId}` : sql``}
    ${o.unitId ? sql`and t.unit_id in (select descendant_id from unit_closure where tenant_id = ${ctx.tenant.id} and ancestor_id = ${o.unitId})` : sql``}
    ${o.q ? sql`and (t.name ilike ${`%${o.q}%`} or t.number ilike ${`%${o.q}%`} or exists (select 1 from customer c where c.tenant_id = t.tenant_id and c.id = t.customer_id and c.name ilike ${`%${o.q}%`}))` : sql``}
    ${o.closeTo ? sql`and t.close_on <= ${o.closeTo}` : sql``}`
}

const cards = async (ctx: Ctx, where: ReturnType<typeof sql>, stage: string | null, after: number): Promise<Card[]> => {
  const { rows } = await sql<Card>`
    with ranked as (select t.id, row_number() over (partition by t.stage order by t.close_on, t.id) as n from opportunity t where ${where} ${stage ? sql`and t.stage = ${stage}` : sql``})
    select t.id, t.number, t.name, t.stage, c.name as customer, u.name as owner, t.owner_id as "ownerId", t.amount::text, coalesce(t.chance, 0) as chance, to_char(t.close_on, 'YYYY-MM-DD') as "closeOn", t.stage_at as "stageAt", t.next_at as "nextAt"
    from ranked r join opportunity t on t.tenant_id = ${ctx.tenant.id} and t.id = r.id left join customer c on c.tenant_id = t.tenant_id and c.id = t.customer_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.owner_id
    where r.n > ${after} and r.n <= ${after + LANE} order by t.stage, r.n`.execute(ctx.db)
  return rows
}

/** The pipeline: every lane with its count, sum and weighted sum, and its first cards; the sums are of all cards, shown or not. */
const pipeline = defineAction({
  name: 'pipeline', label: ['商机看板', 'Pipeline'], method: 'GET', path: '/api/opportunities/pipeline', permission: 'opportunity:read', readOnly: true, input: FILTER,
  async run(ctx, o) {
    const where = conditions(ctx, o)
    const { rows: sums } = where ? await sql<{ stage: string; n: number; amount: string; weighted: string }>`select t.stage, count(*)::int as n, sum(t.amount)::text as amount, sum(round(t.amount * coalesce(t.chance, 0) / 100, 2))::text as weighted from opportunity t where ${where} group by t.stage`.execute(ctx.db) : { rows: [] }
    const shown = where ? await cards(ctx, where, null, 0) : [], worth = await chances(ctx)
    return {
      lanes: Object.entries(STAGES).filter(([stage]) => stage !== 'won' && stage !== 'lost').map(([stage, [zh, en]]) => {
        const s = sums.find(x => x.stage === stage)
        return { stage, label: [zh, en], chance: worth.get(stage)?.chance ?? 0, staleDays: worth.get(stage)?.staleDays ?? null, count: s?.n ?? 0, amount: s?.amount ?? '0.00', weighted: s?.weighted ?? '0.00', cards: shown.filter(c => c.stage === stage) }
      }),
      now: ctx.now(),
    }
  },
})

const lane = defineAction({
  name: 'pipelineLane', label: ['看板的一列', 'A lane'], method: 'GET', path: '/api/opportunities/pipeline/:stage', permission: 'opportunity:read', readOnly: true, input: FILTER.extend({ stage: z.string().max(20), after: z.coerce.number().int().min(0).max(100_000).default(0) }),
  async run(ctx, { stage, after, ...o }) { const where = conditions(ctx, o); return { cards: where ? await cards(ctx, where, stage, after) : [] } },
})

const CUSTOMER = z.object({ id: z.uuid() })
const checklist = defineAction({
  name: 'checklist', label: ['客户检查单', 'Checklist'], method: 'GET', path: '/api/customers/:id/checklist', permission: 'checklistAnswer:read', readOnly: true, input: CUSTOMER,
  async run(ctx, { id }) { await lock(ctx, ctx.entities.get('customer'), id, 'read', { forUpdate: false }); return { questions: await checklistOf(ctx, id) } },
})
const fillIn = defineAction({
  name: 'fillChecklist', label: ['填写检查单', 'Fill in'], method: 'POST', path: '/api/customers/:id/checklist', permission: 'checklistAnswer:fill', status: 200, input: CUSTOMER.extend({ answers: z.record(z.string().max(40), z.unknown()) }),
  async run(ctx, { id, answers }) { await lock(ctx, ctx.entities.get('customer'), id, 'update'); await saveAnswers(ctx, id, answers); return { questions: await checklistOf(ctx, id) } },
})

export const opportunityActions = [move, step, pipeline, lane, checklist, fillIn]
