import type { CompiledEntity } from '@quancheng/kernel'

/** What people see first, in the order in which a block thinks of it; whatever else has an owner follows. */
const FIRST = ['customer', 'lead', 'opportunity', 'quote', 'contract', 'salesOrder', 'instalment', 'engagement']

/** What stays with a person: who they are, what they looked at, what they did or were told, their own calendar. */
const STAYS = new Set(['user', 'employee', 'savedView', 'alarm', 'phoneCall', 'surveyAnswer', 'counterRating', 'calendarEvent', 'calendarShare', 'receipt', 'signInDay', 'noticeLine', 'accountRequest', 'handover'])

/** Only what is not over moves: what somebody won or did stays theirs. Conditions on the alias `t`; the rest of the kinds move whole. */
const OPEN: Record<string, string> = {
  lead: "t.state in ('new', 'assigned', 'working')",
  opportunity: "t.outcome = 'open'",
  engagement: "t.state = 'planned'",
  instalment: 't.settled_on is null',
  priceRequest: "t.state = 'waiting'",
}
/** Records whose owner is whoever has the open step of their case: over when the case is. */
const BY_CASE = new Set(['serviceRequest', 'todo', 'complaint', 'feedback', 'decline'])

/** The field that says whose a record is, where it may go to somebody else: a person, not fixed at creation, with a history of its own. */
export function ownerField(entity: CompiledEntity): string | null {
  const name = entity.scope?.owner, field = name ? entity.fields.get(name) : undefined
  return field && field.target === 'user' && !field.immutable && field.column && !entity.appendOnly && !entity.noAudit && !entity.internal && !STAYS.has(entity.name) ? name! : null
}

/** Entities that are handed over, found in the declarations: one that is added tomorrow is among them. */
export const handedKinds = (all: readonly CompiledEntity[]): CompiledEntity[] => {
  const rank = (e: CompiledEntity): number => { const at = FIRST.indexOf(e.name); return at < 0 ? FIRST.length : at }
  return all.filter(e => ownerField(e)).toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

export const openCondition = (entity: CompiledEntity): string =>
  BY_CASE.has(entity.name) ? `exists (select 1 from process_instance i where i.tenant_id = t.tenant_id and i.entity = '${entity.name}' and i.record_id = t.id and i.state = 'active')` : OPEN[entity.name] ?? 'true'
