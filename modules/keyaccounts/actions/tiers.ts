import { defineAction, elevated, fail, lock, remove, storeChange, visible, type Ctx } from '@quancheng/kernel'
import { sql } from 'kysely'
import { z } from 'zod'
import { LEVEL_DECISION } from '../rules/first-table.ts'
import { judgeAll } from '../store/apply.ts'
import { factsAfter, meanOf } from '../store/facts.ts'
import { judgeNow, startRun, today } from '../store/run.ts'
import { draftTable, levelTable } from '../store/table.ts'

const SHOWN = 200, READ_PAGE = 20_000

/** Any account may join, whatever it buys; what it is worth is judged at once, and only then (CU-19). */
export const joinProgramme = defineAction({
  name: 'joinProgramme', label: ['加入重点客户计划', 'Join the programme'], method: 'POST', path: '/api/customers/:id/join-programme', permission: 'customerStanding:join', status: 201,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const { row } = await lock(ctx, ctx.entities.get('customer'), id, 'read')
    if (row.level !== null) return fail('TIER_JOINED')
    await judgeNow(ctx, [id], 'joined')
    return standingOf(ctx, id)
  },
})

export async function standingOf(ctx: Ctx, customerId: string): Promise<Record<string, unknown>> {
  const [s] = await ctx.query('select id, level, total, ours, share, below, hint, explanation, to_next as "toNext", upgrade, table_version as "tableVersion" from customer_standing where tenant_id = $1 and customer_id = $2', [ctx.tenant.id, customerId])
  return s ?? fail('TIER_NOT_JOINED')
}

/** No longer in the programme: the level goes, the history stays. */
export const leaveProgramme = defineAction({
  name: 'leaveProgramme', label: ['退出重点客户计划', 'Leave the programme'], method: 'POST', path: '/api/customers/:id/leave-programme', permission: 'customerStanding:join', status: 200,
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const customer = ctx.entities.get('customer'), { row } = await lock(ctx, customer, id, 'read')
    if (row.level === null) return fail('TIER_NOT_JOINED')
    const sys = elevated(ctx, '退出重点客户计划')
    await storeChange(sys, customer, id, { level: null })
    const standing = await standingOf(ctx, id)
    await remove(sys, ctx.entities.get('customerStanding'), standing.id as string)
    return { ok: true }
  },
})

/** Where the programme stands: accounts by level, the last pass with its progress, and whether the table has been published anew since. */
export const tierOverview = defineAction({
  name: 'tierOverview', label: ['分级概况', 'Levels'], method: 'GET', path: '/api/key-accounts/tiers', permission: 'customerStanding:read', readOnly: true, input: z.object({}),
  async run(ctx) {
    const may = visible(ctx, ctx.entities.get('customerStanding'), 's')
    const { rows } = await sql<{ level: number; n: number; below: number; ours: string }>`select s.level, count(*)::int as n, count(*) filter (where s.below)::int as below, sum(s.ours) as ours from customer_standing s where ${may ?? sql`false`} group by 1 order by 1`.execute(ctx.db)
    const packages = await ctx.query('select id, level, name, tier, services, care from tier_package where tenant_id = $1 order by level', [ctx.tenant.id])
    const [run] = await ctx.query('select id, state, why, "on", total, done, changed, mean, table_version as "tableVersion", started_at as "startedAt", ended_at as "endedAt" from tier_run where tenant_id = $1 order by started_at desc limit 1', [ctx.tenant.id])
    const { version } = await levelTable(ctx)
    const [draft] = await ctx.query('select version from decision_draft where tenant_id = $1 and key = $2', [ctx.tenant.id, LEVEL_DECISION])
    return { levels: rows, packages, run: run ?? null, version, draft: draft !== undefined }
  },
})

export const recomputeTiers = defineAction({
  name: 'recomputeTiers', label: ['重算分级', 'Recompute'], method: 'POST', path: '/api/key-accounts/tiers/recompute', permission: 'tierRun:start', scoped: false, status: 202, input: z.object({}),
  run: async ctx => ({ id: await startRun(ctx, 'hand') }),
})

export const stopTiers = defineAction({
  name: 'stopTiers', label: ['停止重算', 'Stop'], method: 'POST', path: '/api/key-accounts/tiers/stop', permission: 'tierRun:start', scoped: false, status: 200, input: z.object({}),
  async run(ctx) {
    const [run] = await ctx.query<{ id: string }>("select id from tier_run where tenant_id = $1 and state = 'running' for update", [ctx.tenant.id])
    if (run) await storeChange(elevated(ctx, '停止重算'), ctx.entities.get('tierRun'), run.id, { state: 'stopped', endedAt: ctx.now() })
    return { stopped: run !== undefined }
  },
})

/** 试算: who would move, by the draft that is being written or by what is published, with the figures of today. Nothing is written. */
export const previewTiers = defineAction({
  name: 'previewTiers', label: ['试算分级', 'Try the table'], method: 'POST', path: '/api/key-accounts/tiers/preview', permission: 'tierRun:start', scoped: false, readOnly: true, status: 200,
  input: z.object({ table: z.enum(['draft', 'published']).default('draft') }),
  async run(ctx, o) {
    const table = o.table === 'draft' ? await draftTable(ctx) : await levelTable(ctx), on = today(ctx), { accounts, mean } = await meanOf(ctx, on)
    const moves = new Map<string, { from: number; to: number; n: number }>(), shown: Array<{ id: string; from: number; to: number; explanation: string }> = []
    let up = 0, down = 0
    for (let cursor: string | null = null; ;) {
      const facts = await factsAfter(ctx, cursor, READ_PAGE, on)
      if (!facts.length) break
      for (const { fact, judged } of judgeAll(facts, table, mean)) {
        const from = fact.standing?.level ?? fact.level
        if (from === judged.level) continue
        if (judged.level < from) up++; else down++
        const key = `${from}/${judged.level}`, move = moves.get(key) ?? { from, to: judged.level, n: 0 }
        moves.set(key, { ...move, n: move.n + 1 })
        if (shown.length < SHOWN) shown.push({ id: fact.id, from, to: judged.level, explanation: judged.explanation })
      }
      cursor = facts.at(-1)!.id
    }
    const names = new Map((await ctx.query<{ id: string; name: string }>('select id, name from customer where tenant_id = $1 and id = any($2)', [ctx.tenant.id, shown.map(s => s.id)])).map(r => [r.id, r.name]))
    return { version: table.version, accounts, up, down, moves: [...moves.values()].toSorted((a, b) => a.from - b.from || a.to - b.to), items: shown.map(s => ({ ...s, name: names.get(s.id) ?? '' })) }
  },
})
