import { changeMany, storeMany, type Ctx } from '@quancheng/kernel'
import type { Why } from '../rules/choices.ts'
import { judge, type Judged } from '../rules/judge.ts'
import { yearBefore } from '../rules/period.ts'
import type { Fact } from './facts.ts'
import { tiersByLevel, type Table } from './table.ts'

const money = (n: number): string => n.toFixed(2)

/** Does this row say something else than before? The mean moves every night with everybody's orders: by itself it is no change. */
function differs(f: Fact, j: Judged): boolean {
  const s = f.standing
  return !s || f.level !== j.level || s.level !== j.level || s.below !== j.below || s.total !== money(j.total) || s.ours !== money(j.ours) || s.toNext !== j.toNext
}

export const judgeAll = (facts: readonly Fact[], table: Table, mean: number): Array<{ fact: Fact; judged: Judged }> =>
  facts.map(fact => ({ fact, judged: judge(table.ladder, table.version, { purchase: fact.purchase, ours: fact.ours, mean }) }))

/**
 * Judges accounts and writes down what is new, in a few statements for all of them: the standing, the customer's level and service tier, and a row of
 * history where the level or the side of the mean changed. `held`: customers that somebody else was writing at that moment.
 */
export async function applyLevels(ctx: Ctx, facts: readonly Fact[], o: { table: Table; mean: number; on: string; why: Why }): Promise<{ changed: number; held: string[] }> {
  const moved = judgeAll(facts, o.table, o.mean).filter(({ fact, judged }) => differs(fact, judged))
  if (!moved.length) return { changed: 0, held: [] }
  const tiers = await tiersByLevel(ctx), standing = ctx.entities.get('customerStanding')
  const customers = moved.flatMap(({ fact, judged }) => {
    const tier = tiers.get(judged.level) ?? fact.tier
    return fact.level === judged.level && fact.tier === tier ? [] : [{ id: fact.id, draft: { level: judged.level, tier } }]
  })
  const { held } = await changeMany(ctx, ctx.entities.get('customer'), customers, { act: 'grade' })
  const left = new Set(held), period = `${yearBefore(o.on)} – ${o.on}`, written = moved.filter(m => !left.has(m.fact.id))
  const values = ({ judged: j }: (typeof moved)[number]) => ({
    level: j.level, total: money(j.total), ours: money(j.ours), share: money(j.share), period, mean: money(o.mean), below: j.below, hint: j.hint, explanation: j.explanation, toNext: j.toNext, upgrade: j.upgrade, tableVersion: o.table.version,
  })
  await storeMany(ctx, standing, written.filter(m => !m.fact.standing).map(m => ({ draft: { customerId: m.fact.id, joinedOn: o.on, ...values(m) } })))
  const again = await changeMany(ctx, standing, written.filter(m => m.fact.standing).map(m => ({ id: m.fact.standing!.id, draft: values(m) })), { act: 'grade' })
  const missed = new Set(again.held), told = written.filter(m => !m.fact.standing || (!missed.has(m.fact.standing.id) && (m.fact.standing.level !== m.judged.level || m.fact.standing.below !== m.judged.below)))
  await storeMany(ctx, ctx.entities.get('standingChange'), told.map(({ fact, judged: j }) => ({ draft: { customerId: fact.id, at: ctx.now(), fromLevel: fact.standing?.level ?? null, toLevel: j.level, below: j.below, total: money(j.total), ours: money(j.ours), share: money(j.share), why: o.why, explanation: j.explanation } })))
  return { changed: written.length - missed.size, held: [...held, ...written.filter(m => m.fact.standing && missed.has(m.fact.standing.id)).map(m => m.fact.id)] }
}
