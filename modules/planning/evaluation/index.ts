import { defineAction, fail, schedule, visible, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { beginOf, today } from '../rules/day.ts'
import { shiftPeriod, spanOfPeriod } from '../rules/period.ts'
import { evaluationEntities } from './entities.ts'
import { runScores, wrongCards } from './store/run.ts'

export const JOB_SCORES = 'planning.scores'
const PERIOD = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '月份写成 2026-11 这样'), HOURS = 3_600_000

/** On the first of each month at six the month before is judged: by then the night's other runs are done. */
async function planNextScores(ctx: Ctx): Promise<void> {
  const period = today(ctx).slice(0, 7)
  await schedule(ctx, { kind: JOB_SCORES, key: period, dueAt: new Date(beginOf(ctx, spanOfPeriod(shiftPeriod(period, 1)).from).getTime() + 6 * HOURS), payload: { period } })
}

interface Result { id: string; card: string; period: string; unitId: string; unit: string; userId: string | null; person: string | null; total: string; lines: Array<{ name: string; source: string; value: string | null; points: string; weight: number; reason: string | null }> }

const actions = [
  defineAction({
    name: 'evaluation', label: ['评价', 'Evaluation'], method: 'GET', path: '/api/evaluation', permission: 'scoreResult:read', readOnly: true, input: z.object({ period: PERIOD.optional() }),
    async run(ctx, i) {
      const seen = visible(ctx, ctx.entities.get('scoreResult'), 't') ?? fail('FORBIDDEN', { permission: 'scoreResult:read' }), period = i.period ?? shiftPeriod(today(ctx).slice(0, 7), -1)
      const { rows } = await sql<Result>`select t.id, c.name as card, t.period, t.unit_id as "unitId", n.name as unit, t.user_id as "userId", u.name as person, t.total::text as total,
          (select coalesce(json_agg(json_build_object('name', l.name, 'source', l.source, 'value', l.value::text, 'points', l.points::text, 'weight', l.weight, 'reason', l.reason) order by l.created_at, l.id), '[]') from score_line l where l.tenant_id = t.tenant_id and l.result_id = t.id) as lines
        from score_result t join score_card c on c.tenant_id = t.tenant_id and c.id = t.card_id join unit n on n.tenant_id = t.tenant_id and n.id = t.unit_id left join "user" u on u.tenant_id = t.tenant_id and u.id = t.user_id
        where ${seen} and t.period = ${period} order by (t.user_id = ${ctx.user?.id ?? null}) desc nulls last, t.total desc limit 500`.execute(ctx.db)
      // who sets up cards hears which of them judge nobody
      return { period, me: ctx.user?.id ?? null, results: rows, wrong: visible(ctx, ctx.entities.get('scoreCard'), 't') ? await wrongCards(ctx) : [] }
    },
  }),
  defineAction({ name: 'runScores', label: ['评价一个月', 'Judge a month'], method: 'POST', path: '/api/evaluation/run', permission: 'scoreResult:run', status: 200, input: z.object({ period: PERIOD }), async run(ctx, { period }) {
    const done = await runScores(ctx, period), [first] = done.wrong
    return done.results === 0 && first ? fail('SCORE_WEIGHTS', { name: first.name, sum: first.sum }) : done
  } }),
]

/** 评价: what the planning module takes over from this folder. */
export const evaluationPart = {
  entities: evaluationEntities, actions, permissions: [{ code: 'scoreResult:run', label: ['评价一个月', 'Judge a month'], scoped: false }],
  jobs: { [JOB_SCORES]: async (ctx, payload) => { await runScores(ctx, String(payload.period)); await planNextScores(ctx) } }, setup: planNextScores,
} satisfies Partial<ModuleSpec>
