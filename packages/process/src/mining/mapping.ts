import type { CompiledProcess } from '../model/index.ts'
import { numberOf, type CaseTable, type Names } from './case-table.ts'

/** A node of a model that an activity of a log can stand for. */
export interface Place { id: string; name: string }

/** `how`: somebody said so, or the names are the same; `left`: it is not counted; null: the model has nothing like it. */
export interface Mapped { activity: string; /** steps of the log */ times: number; node: string | null; how: 'given' | 'name' | 'left' | null }

/** What somebody says of an activity: a node's id; '' to leave it out of the replay; null for one that the model has not. */
export type Given = Readonly<Record<string, string | null>>

/** Activities and events that have a name: what a log could have recorded of a drawn process. */
export const placesOf = (process: CompiledProcess): Place[] =>
  Object.values(process.nodes).flatMap(n => (/task|activity|subProcess/i.test(n.type) || (/event$/i.test(n.type) && n.name) ? [{ id: n.id, name: n.name || n.id }] : []))

/** Names are the same whatever their spaces, strokes, width and case. */
const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/[\s\p{P}\p{S}]+/gu, '')

/** Which node each activity of a log stands for: what was said, else the one node of that name. Of several nodes of one name none is guessed. */
export function mapActivities(activities: ReadonlyArray<{ activity: string; times: number }>, places: readonly Place[], given: Given): Mapped[] {
  const byName = new Map<string, string | null>()
  for (const p of places) byName.set(plain(p.name), byName.has(plain(p.name)) ? null : p.id)
  return activities.map(({ activity, times }) => {
    const said = given[activity]
    if (said !== undefined) return { activity, times, node: said || null, how: said ? 'given' : said === '' ? 'left' : null }
    const node = byName.get(plain(activity)) ?? null
    return { activity, times, node, how: node ? 'name' : null }
  })
}

/** A label with this number instead of a node's is not there. */
export const LEFT_OUT = -1

/** The same history with its activities as nodes of a model. What the model has not keeps a node of its own, which no model can have; how cases ended is not known of a log. */
export function onNodes(t: CaseTable, mapped: readonly Mapped[]): CaseTable {
  const nodes: Names = { list: [''], index: new Map([['', 0]]) }
  const of = new Map(mapped.map(m => [m.activity, m]))
  const labelNode = t.labelActivity.map(a => {
    const activity = t.activities.list[a]!, m = of.get(activity)
    return m?.how === 'left' ? LEFT_OUT : numberOf(nodes, m?.node ?? `\u0001${activity}`)
  })
  return { ...t, nodes, labelNode, caseEnd: new Uint32Array(t.caseEnd.length) }
}

/** Steps by activity within a selection, the frequent first. */
export function activitiesOf(t: CaseTable, selection: Uint32Array): Array<{ activity: string; times: number }> {
  const times = t.activities.list.map(() => 0)
  for (const slot of selection) for (let i = t.first[slot]!, end = i + t.length[slot]!; i < end; i++) times[t.labelActivity[t.label[i]!]!]!++
  return t.activities.list.flatMap((activity, i) => (times[i] ? [{ activity, times: times[i] }] : [])).sort((a, b) => b.times - a.times || (a.activity < b.activity ? -1 : 1))
}
