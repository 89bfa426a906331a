/** A target as it is written. `depth`: how far above the person's unit it was written, 0 their own. */
export interface Target { id: string; userId: string | null; post: string | null; depth: number; doneADay: number | null; onTimePercent: number | null; mostOpen: number | null }
export interface Aim { id: string; of: 'person' | 'post'; doneADay: number | null; onTimePercent: number | null; mostOpen: number | null }

/** Which target counts for somebody: their own before their posts', of each the nearest unit's; null where nobody wrote one. */
export function aimOf(targets: readonly Target[], person: { id: string; posts: readonly string[] }): Aim | null {
  const mine = targets.filter(t => (t.userId ? t.userId === person.id : t.post !== null && person.posts.includes(t.post)))
  const [best] = mine.toSorted((a, b) => Number(b.userId !== null) - Number(a.userId !== null) || a.depth - b.depth || (a.id < b.id ? -1 : 1))
  return best ? { id: best.id, of: best.userId ? 'person' : 'post', doneADay: best.doneADay, onTimePercent: best.onTimePercent, mostOpen: best.mostOpen } : null
}

/** Each figure against its target: true where it is kept, null where there is no target or nothing to judge yet. */
export function kept(aim: Aim | null, now: { open: number; doneToday: number; onTimeRate: number | null }): { doneADay: boolean | null; onTimePercent: boolean | null; mostOpen: boolean | null } {
  return {
    doneADay: aim?.doneADay ? now.doneToday >= aim.doneADay : null, onTimePercent: aim?.onTimePercent && now.onTimeRate !== null ? now.onTimeRate >= aim.onTimePercent : null, mostOpen: aim?.mostOpen ? now.open <= aim.mostOpen : null,
  }
}
