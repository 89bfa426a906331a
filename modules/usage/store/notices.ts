import { elevated, fail, requireInUnit, storeNew, unitAndAbove, type Ctx } from '@quancheng/kernel'
import { addDays, daysBetween } from '../rules/days.ts'
import { dutiesOf } from './duties.ts'
import { boundPeople } from './people.ts'
import { ruleOn } from './rule-documents.ts'
import { today } from './today.ts'

interface UnitRule { unit_id: string | null; notice_days: number; penalty: string | null; remind: boolean }
export const USUAL: UnitRule = { unit_id: null, notice_days: 14, penalty: null, remind: true }

/** The rule of the nearest company or block above a unit, the group's where none has its own. */
export async function unitRules(ctx: Ctx): Promise<(unitId: string) => Promise<UnitRule>> {
  const rules = await ctx.query<UnitRule & Record<string, unknown>>('select unit_id, notice_days, penalty, remind from usage_rule where tenant_id = $1 order by created_at, id', [ctx.tenant.id])
  return async unitId => {
    for (const id of await unitAndAbove(ctx, unitId)) { const own = rules.find(r => r.unit_id === id); if (own) return own }
    return rules.find(r => r.unit_id === null) ?? USUAL
  }
}

export interface Absent { userId: string; name: string; unitId: string; unitName: string; lastDay: string | null; days: number; penalty: string | null }

/**
 * Who had not signed in for so many days on a day, by the rule of their own company. Whoever owed nothing in all that time (leave, travel that is not
 * over) is not named: the notice is of a rule that was broken.
 */
export async function absentOn(ctx: Ctx, day: string, unitId: string): Promise<Absent[]> {
  const sys = elevated(ctx, '未登录通报'), people = (await boundPeople(sys, { unitId })).filter(p => p.since <= day), ruleFor = await unitRules(ctx)
  const last = new Map((await ctx.query<{ user_id: string; day: string }>('select user_id, max(day)::text as day from sign_in_day where tenant_id = $1 and day <= $2 and user_id = any($3::uuid[]) group by 1', [ctx.tenant.id, day, people.map(p => p.id)])).map(r => [r.user_id, r.day]))
  const found: Absent[] = []
  for (const p of people) {
    const rule = await ruleFor(p.unitId), lastDay = last.get(p.id) ?? null, days = daysBetween(lastDay ?? p.since, day)
    if (days >= rule.notice_days) found.push({ userId: p.id, name: p.name, unitId: p.unitId, unitName: p.unitName, lastDay, days, penalty: rule.penalty })
  }
  if (!found.length) return []
  const first = addDays(day, -Math.max(...found.map(f => f.days)))
  const duties = await dutiesOf(sys, people.filter(p => found.some(f => f.userId === p.id)), first, day)
  return found.filter(f => duties.get(f.userId)!.missing.some(m => addDays(m.day, m.kind === 'week' ? 6 : 0) > (f.lastDay ?? ''))).toSorted((a, b) => b.days - a.days || a.name.localeCompare(b.name, 'zh-CN'))
}

/** 通报: the list as it is on a day, frozen. NOTICE_NOBODY where nobody is to be named. */
export async function makeNotice(ctx: Ctx, o: { day?: string | undefined; unitId: string; kind: 'monthly' | 'extra'; note?: string | null | undefined }): Promise<{ id: string; name: string; people: number }> {
  const day = o.day ?? today(ctx)
  if (day > today(ctx)) fail('NOTICE_FUTURE')
  await requireInUnit(ctx, 'noticeList:make', o.unitId)
  const absent = await absentOn(ctx, day, o.unitId)
  if (!absent.length) fail('NOTICE_NOBODY', { days: (await (await unitRules(ctx))(o.unitId)).notice_days })
  const sys = elevated(ctx, '未登录通报'), name = `通报 ${day}`
  const list = await storeNew(sys, ctx.entities.get('noticeList'), { name, kind: o.kind, onDay: day, unitId: o.unitId, people: absent.length, ruleId: (await ruleOn(ctx, day))?.id ?? null, note: o.note ?? null })
  for (const a of absent) await storeNew(sys, ctx.entities.get('noticeLine'), { listId: list.id, ...a })
  return { id: list.id as string, name, people: absent.length }
}
