export type Hit = { entity: string, plural: string, id: string, title: string, subtitle?: string | null, unitId?: string | null, at?: string | null }

/** Of each kind so many, where several kinds were found: a few digits occur in hundreds of numbers, and no kind may hide the others. */
const OF_A_KIND = 6

/** Hits in groups of one entity, groups in the order of their best hit, so that arrow keys follow what is seen. `more`: found and not shown. */
export function groupHits(hits: Hit[], labelOf: (entity: string) => string): Array<{ entity: string, label: string, hits: Hit[], more: number }> {
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) groups.set(hit.entity, [...groups.get(hit.entity) ?? [], hit])
  return [...groups].map(([entity, inside]) => {
    const shown = groups.size > 1 ? inside.slice(0, OF_A_KIND) : inside
    return { entity, label: labelOf(entity), hits: shown, more: inside.length - shown.length }
  })
}
