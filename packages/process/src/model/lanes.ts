import type { Moddle } from './moddle.ts'
import { many, one, text } from './moddle.ts'
import type { Lane } from './types.ts'

/** Deeper lanes are no drawing but an attack on the stack. */
const DEEPEST_LANE = 50

/** Lanes nest; the innermost role counts, an inner lane without one takes the outer's. */
export function lanesOf(set: Moddle, outerRole: string | null, depth: number): Lane[] {
  if (depth > DEEPEST_LANE) return []
  return many(set, 'lanes').flatMap((lane) => {
    const role = text(lane, 'qc:role') ?? outerRole
    const own = { id: lane.id ?? '', name: lane.name?.trim() ?? '', role, nodeIds: many(lane, 'flowNodeRef').flatMap((n) => n.id ?? []) }
    const inner = one(lane, 'childLaneSet')
    return [own, ...(inner ? lanesOf(inner, role, depth + 1) : [])]
  })
}
