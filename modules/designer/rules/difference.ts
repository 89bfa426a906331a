import { identity, shown, type Described, type Description, type Part } from './describe.ts'
import { kindOf, PARTS, propertyOf } from './words.ts'

export interface Detail { text: string; before: string | null; after: string | null }
export interface Change { id: string; what: 'added' | 'removed' | 'changed'; kind: string; name: string; details: Detail[] }
export interface Difference { changes: Change[]; /** elements that only stand elsewhere on the paper */ moved: string[] }

/** What a person would tell about two versions of a process, element by element: first what is new, then what differs, then what is gone. */
export function difference(before: Description, after: Description): Difference {
  const changes: Change[] = []
  for (const [key, e] of after.elements) if (!before.elements.has(key)) changes.push({ id: e.id, what: 'added', kind: kindOf(e.type), name: nameOf(e), details: e.parts.map(p => ({ text: partName(p), before: null, after: summary(p) })) })
  for (const [key, e] of after.elements) {
    const old = before.elements.get(key)
    if (!old) continue
    const details = [...values('', old.values, e.values), ...(old.type === e.type ? [] : [{ text: '类型', before: kindOf(old.type), after: kindOf(e.type) }]), ...parts(old.parts, e.parts)]
    if (details.length) changes.push({ id: e.id, what: 'changed', kind: kindOf(e.type), name: nameOf(e), details })
  }
  for (const [key, e] of before.elements) if (!after.elements.has(key)) changes.push({ id: e.id, what: 'removed', kind: kindOf(e.type), name: nameOf(e), details: [] })
  const told = new Set(changes.map(c => c.id))
  return { changes, moved: [...after.places].filter(([id, place]) => !told.has(id) && before.places.has(id) && before.places.get(id) !== place).map(([id]) => id) }
}

/** A flow without a name is known by its two ends. */
function nameOf(e: Described): string {
  if (e.name) return e.name
  const from = e.values.get('sourceRef'), to = e.values.get('targetRef')
  return from && to ? `${shown(from)} → ${shown(to)}` : ''
}

function values(prefix: string, before: Map<string, string>, after: Map<string, string>, part = ''): Detail[] {
  const details: Detail[] = []
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const [old, now] = [before.get(key) ?? null, after.get(key) ?? null]
    if (identity(old ?? '') !== identity(now ?? '') && !(old === null && now === '否') && !(now === null && old === '否')) details.push({ text: `${prefix}${propertyOf(key, part)}`, before: old && shown(old), after: now && shown(now) })
  }
  return details
}

const partName = (p: Part): string => { const label = PARTS[p.type]?.label ?? p.type; return p.name ? `${label}“${shortened(p.name)}”` : label }
const shortened = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text)
const summary = (p: Part): string => [...p.values].filter(([k, v]) => v !== '' && v !== '否' && k !== PARTS[p.type]?.key && k !== PARTS[p.type]?.name).map(([k, v]) => (v === '是' ? propertyOf(k, p.type) : `${propertyOf(k, p.type)} ${v}`)).join('，')

function parts(before: readonly Part[], after: readonly Part[]): Detail[] {
  const key = (p: Part): string => `${p.type}\n${p.key}`
  const old = new Map(before.map(p => [key(p), p])), now = new Map(after.map(p => [key(p), p]))
  return [
    ...after.filter(p => !old.has(key(p))).map(p => ({ text: `增加${partName(p)}`, before: null, after: summary(p) })),
    ...after.flatMap(p => { const was = old.get(key(p)); return was ? values(`${partName(p)}：`, was.values, p.values, p.type) : [] }),
    ...before.filter(p => !now.has(key(p))).map(p => ({ text: `去掉${partName(p)}`, before: summary(p), after: null })),
    ...(sameOrder(before, after, key) ? [] : [{ text: '次序', before: null, after: '有调整' }]),
  ]
}

const FORM: ReadonlySet<string> = new Set(['qc:Section', 'qc:Field', 'qc:Item', 'qc:Script'])

/** Are the parts that both have still in one order, kind by kind? */
function sameOrder(before: readonly Part[], after: readonly Part[], key: (p: Part) => string): boolean {
  const both = new Set(before.map(key).filter(k => after.some(p => key(p) === k)))
  // on a form with sections the kinds stand among each other
  const sections = before.some(p => p.type === 'qc:Section') && after.some(p => p.type === 'qc:Section')
  const kind = (k: string): string => { const type = k.split('\n')[0]!; return sections && FORM.has(type) ? 'form' : type }
  const order = (list: readonly Part[]): string => list.map(key).filter(k => both.has(k)).toSorted((a, b) => kind(a).localeCompare(kind(b))).join('|')
  return order(before) === order(after)
}
