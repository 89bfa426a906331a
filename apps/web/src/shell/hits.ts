export type Hit = { entity: string, plural: string, id: string, title: string, subtitle?: string | null, unitId?: string | null, at?: string | null }

/** Hits in groups of one entity, groups in the order of their best hit, so that arrow keys follow what is seen. */
export function groupHits(hits: Hit[], labelOf: (entity: string) => string): Array<{ entity: string, label: string, hits: Hit[] }> {
  const groups = new Map<string, Hit[]>()
  for (const hit of hits) groups.set(hit.entity, [...groups.get(hit.entity) ?? [], hit])
  return [...groups].map(([entity, inside]) => ({ entity, label: labelOf(entity), hits: inside }))
}
