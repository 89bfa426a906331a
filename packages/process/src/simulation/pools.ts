import { heapOf, type Heap } from './heap.ts'
import { change, levelOf, type Level } from './level.ts'
import type { Staff } from './types.ts'

/** A live step of a case, as the simulation sees it. */
export interface Work {
  id: string
  key: string
  pool: Pool | null
  state: 'waiting' | 'working' | 'over'
  /** on the clock of its pool, minutes since the beginning */
  entered: number
  started: number
  /** ms */
  enteredAt: number
  /** ms when its standard is up; Infinity without one */
  due: number
  order: number
}

/** The people of one role, and who waits for them. */
export interface Pool {
  role: string
  staff: Staff
  always: boolean
  waiting: Heap<Work>
  queue: Level
  busy: Level
  waits: number[]
}

export function poolOf(role: string, staff: Staff, discipline: 'fifo' | 'due'): Pool {
  const before = (a: Work, b: Work): boolean => (discipline === 'due' && a.due !== b.due ? a.due < b.due : a.order < b.order)
  return { role, staff, always: staff.hours === 'always', waiting: heapOf(before), queue: levelOf(true), busy: levelOf(true), waits: [] }
}

export const isFree = (pool: Pool): boolean => pool.staff.number === null || pool.busy.value < pool.staff.number

/** The next that waits and has not been taken away meanwhile. */
export function nextOf(pool: Pool): Work | null {
  for (;;) {
    const work = pool.waiting.pop()
    if (!work) return null
    if (work.state === 'waiting') return work
  }
}

/** Everything is counted up to this moment. */
export function closeLevels(pool: Pool, at: number, axis: number): void {
  change(pool.queue, 0, at, axis)
  change(pool.busy, 0, at, axis)
}
