/** Blocks that overlap stand beside each other: each gets a lane, and all that touch share the width. Minutes of the day. */
export interface Block { from: number; to: number }
export interface Placed { lane: number; lanes: number }

export function lanesOf(blocks: readonly Block[]): Placed[] {
  const order = blocks.map((b, i) => ({ ...b, i })).toSorted((a, b) => a.from - b.from || b.to - a.to || a.i - b.i), placed: Placed[] = blocks.map(() => ({ lane: 0, lanes: 1 }))
  let group: Array<{ i: number; to: number; lane: number }> = [], end = -1
  const close = (): void => { const lanes = Math.max(0, ...group.map(g => g.lane)) + 1; for (const g of group) placed[g.i] = { lane: g.lane, lanes }; group = [] }
  for (const b of order) {
    if (b.from >= end) close()
    const taken = new Set(group.filter(g => g.to > b.from).map(g => g.lane))
    let lane = 0
    while (taken.has(lane)) lane += 1
    group.push({ i: b.i, to: b.to, lane })
    end = Math.max(end, b.to)
  }
  close()
  return placed
}
