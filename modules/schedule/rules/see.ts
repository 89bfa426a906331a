/** What may be seen of an event: change it, read it, know only that its people are busy, or nothing. */
export type Level = 'write' | 'full' | 'busy' | 'none'
export interface Seen { ownerId: string; unitId: string | null; visibility: 'private' | 'busy' | 'public'; people: ReadonlyArray<{ id: string }> }
/** What somebody may do with calendars. `busy`: whose time they may see; `teams`, `plan`: units whose calendars they read, keep. */
export interface Sight { me: string | null; reads: ReadonlySet<string>; writes: ReadonlySet<string>; busy: ReadonlySet<string>; teams: ReadonlySet<string>; plan: ReadonlySet<string> }

/**
 * 仅自己 (private): its owner and who was asked; everybody else sees 忙, those who share the calendar too. 只显示忙 (busy): also who shares the calendar, or
 * belongs to the team. 公开 (public): everybody who may see that its people are busy.
 */
export function levelOf(e: Seen, s: Sight): Level {
  if (s.me === e.ownerId) return 'write'
  const asked = e.people.some(p => p.id === s.me), open = e.visibility !== 'private'
  if (e.unitId ? s.plan.has(e.unitId) && open : s.writes.has(e.ownerId) && open) return 'write'
  if (asked) return 'full'
  const near = e.unitId ? s.teams.has(e.unitId) : s.reads.has(e.ownerId) || s.writes.has(e.ownerId)
  if (near) return open ? 'full' : 'busy'
  if (!s.busy.has(e.ownerId) && !e.people.some(p => s.busy.has(p.id))) return 'none'
  return e.visibility === 'public' ? 'full' : 'busy'
}

/** 6 tasks, 4 of them done: 67. What was dropped does not count; null: nothing to do. */
export function progress(tasks: ReadonlyArray<{ stage: string }>): number | null {
  const counted = tasks.filter(t => t.stage !== 'dropped')
  return counted.length ? Math.round((counted.filter(t => t.stage === 'done').length / counted.length) * 100) : null
}
