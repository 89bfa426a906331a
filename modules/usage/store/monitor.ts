import { fail, type Ctx } from '@quancheng/kernel'
import { rateOf } from '../rules/sign-ins.ts'
import { dutiesOf } from './duties.ts'
import { entriesOf } from './entries.ts'
import { followUps } from './follow-ups.ts'
import { boundPeople } from './people.ts'
import { ruleOn, type RuleCited } from './rule-documents.ts'
import { today } from './today.ts'

interface Counts { people: number; signedIn: number; due: number; kept: number; contracts: number; entered: number; deals: number; followed: number }
export interface UsageLine extends Counts { id: string; name: string; unitId: string | null; unitName: string; /** per cent, null where there is nothing to count */ peopleRate: number | null; dayRate: number | null; entryRate: number | null; followRate: number | null }
export interface Usage { from: string; until: string; today: string; rule: RuleCited | null; total: UsageLine; units: UsageLine[]; people: UsageLine[] }

const NOTHING: Counts = { people: 0, signedIn: 0, due: 0, kept: 0, contracts: 0, entered: 0, deals: 0, followed: 0 }
const plus = (a: Counts, b: Counts): Counts => Object.fromEntries(Object.keys(NOTHING).map(k => [k, a[k as keyof Counts] + b[k as keyof Counts]])) as unknown as Counts
const lineOf = (who: Pick<UsageLine, 'id' | 'name' | 'unitId' | 'unitName'>, c: Counts): UsageLine => ({ ...who, ...c, peopleRate: rateOf(c.signedIn, c.people), dayRate: rateOf(c.kept, c.due), entryRate: rateOf(c.entered, c.contracts), followRate: rateOf(c.followed, c.deals) })

/**
 * 使用统计 (RU-12): who signed in of those who ought to, days kept of days due, orders entered in time, deals followed up; by block and by person. Only
 * people whose use the caller may see, and of them only records that the caller may read. Deals are counted by the month in which the span ends.
 */
export async function usageOf(ctx: Ctx, o: { from: string; until: string; unitId?: string | undefined }): Promise<Usage> {
  if (o.until < o.from) fail('INVALID', { summary: '结束日不能早于开始日', fields: [{ field: 'until', code: 'ORDER', message: '不能早于开始日' }] })
  const people = await boundPeople(ctx, { unitId: o.unitId }), duties = await dutiesOf(ctx, people, o.from, o.until)
  const entries = await entriesOf(ctx, o.from, o.until), deals = await followUps(ctx, o.until.slice(0, 7))
  const counts = new Map(people.map(p => {
    const d = duties.get(p.id)!, bound = d.due > 0 || d.days > 0
    return [p.id, { ...NOTHING, people: bound ? 1 : 0, signedIn: d.days > 0 ? 1 : 0, due: d.due, kept: d.kept }]
  }))
  for (const e of entries) { const c = counts.get(e.ownerId ?? ''); if (c) { c.contracts++; if (e.inTime) c.entered++ } }
  for (const f of deals) { const c = counts.get(f.ownerId); if (c) { c.deals++; if (f.actions > 0) c.followed++ } }
  const lines = people.map(p => lineOf({ id: p.id, name: p.name, unitId: p.unitId, unitName: p.unitName }, counts.get(p.id)!))
  const units = [...Map.groupBy(lines, l => l.unitId).values()].map(group => lineOf({ id: group[0]!.unitId!, name: group[0]!.unitName, unitId: group[0]!.unitId, unitName: group[0]!.unitName }, group.reduce<Counts>(plus, NOTHING)))
  return { from: o.from, until: o.until, today: today(ctx), rule: await ruleOn(ctx, o.until), total: lineOf({ id: '', name: '合计', unitId: null, unitName: '' }, lines.reduce<Counts>(plus, NOTHING)), units, people: lines }
}

/** One person's days: what was owed and what is missing, and the rule in force at the end of the span. */
export async function personUsage(ctx: Ctx, id: string, from: string, until: string) {
  const [person] = await boundPeople(ctx, { personId: id })
  if (!person) return fail('NOT_FOUND', { id })
  const duty = (await dutiesOf(ctx, [person], from, until)).get(id)!
  return { person, ...duty, rule: await ruleOn(ctx, until) }
}

