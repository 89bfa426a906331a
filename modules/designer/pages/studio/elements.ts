import type { Bo, Shape } from './types.ts'

/** Reading and rewriting our extension on BPMN elements. No browser here: the test runs it on bpmn-moddle itself. */
export type Plain = Record<string, string | number | boolean | undefined>

export const text = (bo: Bo, name: string): string => { const v = bo.get(name); return typeof v === 'string' ? v : '' }
export const is = (bo: Bo | undefined, ...types: string[]): boolean => bo !== undefined && types.includes(bo.$type)
const isBo = (v: unknown): v is Bo => typeof v === 'object' && v !== null && typeof (v as Bo).$type === 'string'
export const ref = (bo: Bo, name: string): Bo | null => { const v = bo.get(name); return isBo(v) ? v : null }
export const list = (bo: Bo, name: string): Bo[] => { const v = bo.get(name); return Array.isArray(v) ? v.filter(isBo) : [] }

/** The order in which the parts stand in the file, as our own processes have it. */
const ORDER = ['qc:Binding', 'qc:Guide', 'qc:Approval', 'qc:Standard', 'qc:Section', 'qc:Field', 'qc:Item', 'qc:Script', 'qc:Outcome', 'qc:Input', 'qc:Output']

export function parts(bo: Bo, type: string): Plain[] {
  const holder = ref(bo, 'extensionElements')
  return holder ? list(holder, 'values').filter(v => v.$type === type).map(plain) : []
}

/** Own values of an extension; what belongs to moddle begins with `$`. */
function plain(bo: Bo): Plain {
  return Object.fromEntries(Object.entries(bo).filter(([k, v]) => !k.startsWith('$') && ['string', 'number', 'boolean'].includes(typeof v))) as Plain
}

/** What stands on a task's form. With sections among them, their order in the file is the order on the form. */
export const FORM_PARTS: readonly string[] = ['qc:Section', 'qc:Field', 'qc:Item', 'qc:Script']
export interface FormElement { type: string; values: Plain }

export function formElements(bo: Bo): FormElement[] {
  const holder = ref(bo, 'extensionElements')
  return holder ? list(holder, 'values').filter(v => FORM_PARTS.includes(v.$type)).map(v => ({ type: v.$type, values: plain(v) })) : []
}

/** New extension elements with all parts of one type replaced; undefined where nothing is left. The old object stays as it is, for undo. */
export function withParts(bo: Bo, type: string, next: readonly Plain[]): Bo | undefined {
  const before = formElements(bo)
  if (FORM_PARTS.includes(type) && before.some(e => e.type === 'qc:Section')) return withForm(bo, inPlaces(before, type, next))
  return holding(bo, v => v.$type !== type, next.map(values => ({ type, values })))
}

/** New extension elements with another form, in its order. */
export const withForm = (bo: Bo, form: readonly FormElement[]): Bo | undefined => holding(bo, v => !FORM_PARTS.includes(v.$type), form)

/** A list that is edited by itself keeps its places among the sections; what is added stands behind the last of its kind. */
function inPlaces(before: readonly FormElement[], type: string, next: readonly Plain[]): FormElement[] {
  const key = type === 'qc:Field' ? 'name' : 'id'
  const gone = next.length < before.filter(e => e.type === type).length ? new Set(next.map(n => n[key])) : null
  const rest = [...next]
  const kept = before.flatMap(e => (e.type !== type ? [e] : gone && !gone.has(e.values[key]) ? [] : rest.length ? [{ type, values: rest.shift()! }] : []))
  const last = kept.findLastIndex(e => e.type === type)
  return kept.toSpliced(last < 0 ? kept.length : last + 1, 0, ...rest.map(values => ({ type, values })))
}

function holding(bo: Bo, stays: (v: Bo) => boolean, next: readonly FormElement[]): Bo | undefined {
  const holder = ref(bo, 'extensionElements')
  const others = holder ? list(holder, 'values').filter(stays) : []
  const made = next.map(e => bo.$model.create(e.type, Object.fromEntries(Object.entries(e.values).filter(([, v]) => v !== undefined && v !== '' && v !== false))))
  const ordered = next.some(e => e.type === 'qc:Section')
  const rank = (v: Bo): number => { const at = ORDER.indexOf(ordered && FORM_PARTS.includes(v.$type) ? 'qc:Section' : v.$type); return at < 0 ? ORDER.length : at }
  const values = [...others, ...made].toSorted((a, b) => rank(a) - rank(b))
  if (!values.length) return undefined
  const result = bo.$model.create('bpmn:ExtensionElements', { values })
  for (const v of made) v.$parent = result
  result.$parent = bo
  return result
}

export const documentationOf = (bo: Bo): string => list(bo, 'documentation').map(d => text(d, 'text')).join('\n')

/** The process behind what is drawn: the root itself, or the one in the pool. */
export function processOf(root: Shape): Bo | null {
  const bo = root.businessObject
  if (bo.$type === 'bpmn:Process') return bo
  const processes = list(bo, 'participants').map(p => ref(p, 'processRef')).filter(p => p !== null)
  return processes.find(p => p.get('isExecutable') === true) ?? processes[0] ?? null
}

/** The next free identifier: `item1`, `item2`, … It never changes afterwards, for the history hangs on it. */
export function freeId(prefix: string, taken: ReadonlyArray<string | undefined>): string {
  for (let n = 1; ; n += 1) if (!taken.includes(`${prefix}${n}`)) return `${prefix}${n}`
}

/** The flows at an element, from the flows themselves: many files leave out `<incoming>` and `<outgoing>`. */
const flowsAt = (bo: Bo, end: 'sourceRef' | 'targetRef'): Bo[] => (bo.$parent ? list(bo.$parent, 'flowElements').filter(e => is(e, 'bpmn:SequenceFlow') && ref(e, end) === bo) : [])
export const flowsFrom = (bo: Bo): Bo[] => flowsAt(bo, 'sourceRef')

/** The people's tasks whose answer a condition on this flow can ask for: the nearest before it. */
export function askedBefore(start: Bo): Bo[] {
  const found: Bo[] = [], seen = new Set<string>(), queue = [start]
  for (let bo = queue.shift(); bo; bo = queue.shift()) {
    if (seen.has(bo.id)) continue
    seen.add(bo.id)
    if (is(bo, 'bpmn:UserTask')) { found.push(bo); continue }
    for (const flow of flowsAt(bo, 'targetRef')) { const from = ref(flow, 'sourceRef'); if (from) queue.push(from) }
  }
  return found
}

/** The lane that an element stands in. */
export function laneOf(process: Bo, bo: Bo): Bo | null {
  const lanes = (set: Bo): Bo[] => list(set, 'lanes').flatMap(l => { const inner = ref(l, 'childLaneSet'); return [...(inner ? lanes(inner) : []), l] })
  return list(process, 'laneSets').flatMap(lanes).find(l => list(l, 'flowNodeRef').includes(bo)) ?? null
}
