import type { Attributes } from './types.ts'

/** A case with what it has to do with, for writing. */
export interface ObjectCase {
  id: string
  version: number
  startedAt: Date
  endedAt: Date | null
  /** name of the end it came to */
  end: string | null
  attributes: Attributes
  /** `field`: what the object is to the case (customer, device, …); `type`: what it is */
  objects: Array<{ field: string; type: string; id: string; label: string }>
  steps: Array<{ activity: string; nodeId: string | null; role: string | null; resource: string | null; enteredAt: Date; startedAt: Date | null; finishedAt: Date | null; outcome: string | null; businessMinutes: number | null; late: boolean | null }>
}

interface Value { name: string; value: string }

/**
 * Writes OCEL 2.0 in its JSON form (Berti et al., OCEL 2.0 Specification, 2023): events with the objects they are about. One object is the case, the others
 * are those its record refers to. Events stream; the objects are few by comparison and come after them, each once.
 * Values are text, as the standard's JSON form has them.
 */
export async function* writeOcel(cases: AsyncIterable<ObjectCase>, o: { caseType: string }): AsyncGenerator<string> {
  const objects = new Map<string, { id: string; type: string; label: string }>()
  const activities = new Set<string>()
  const caseType = o.caseType
  const heads: string[] = []
  let number = 0
  yield '{"events":['
  for await (const c of cases) {
    const caseId = `${caseType}:${c.id}`
    const about = [{ objectId: caseId, qualifier: caseType }, ...c.objects.map(x => ({ objectId: `${x.type}:${x.id}`, qualifier: x.field }))]
    for (const x of c.objects) objects.set(`${x.type}:${x.id}`, { id: `${x.type}:${x.id}`, type: x.type, label: x.label })
    let text = ''
    for (const s of c.steps) {
      if (!s.finishedAt) continue
      activities.add(s.activity)
      const attributes = values({ resource: s.resource, role: s.role, node: s.nodeId, entered: s.enteredAt, started: s.startedAt, outcome: s.outcome, businessMinutes: s.businessMinutes, late: s.late })
      text += `${number++ ? ',' : ''}\n${JSON.stringify({ id: `e${number}`, type: s.activity, time: s.finishedAt, attributes, relationships: about })}`
    }
    heads.push(JSON.stringify({
      id: caseId, type: caseType, attributes: values({ ...plain(c.attributes), version: c.version, end: c.end }).map(v => ({ ...v, time: c.startedAt })), relationships: about.slice(1),
    }))
    if (text) yield text
  }
  yield '\n],"objects":['
  for (let from = 0; from < heads.length; from += 500) yield (from ? ',\n' : '\n') + heads.slice(from, from + 500).join(',\n')
  for (const [i, x] of [...objects.values()].entries()) yield `${i || heads.length ? ',' : ''}\n${JSON.stringify({ id: x.id, type: x.type, attributes: values({ name: x.label }).map(v => ({ ...v, time: '1970-01-01T00:00:00.000Z' })), relationships: [] })}`
  const text = (...names: string[]) => names.map(name => ({ name, type: 'string' }))
  const types = [{ name: caseType, attributes: text('version', 'end') }, ...[...new Set([...objects.values()].map(x => x.type))].map(name => ({ name, attributes: text('name') }))]
  yield `\n],"objectTypes":${JSON.stringify(types)}`
  yield `,"eventTypes":${JSON.stringify([...activities].map(name => ({ name, attributes: text('resource', 'role', 'node', 'entered', 'started', 'outcome', 'businessMinutes', 'late') })))}}\n`
}

const values = (of: Record<string, unknown>): Value[] => Object.entries(of).flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ name, value: value instanceof Date ? value.toISOString() : String(value) }]))
/** Nested attributes have no place in the object's flat ones. */
const plain = (of: Attributes): Attributes => Object.fromEntries(Object.entries(of).filter(([, value]) => typeof value !== 'object' || value instanceof Date))
