import type { Bo, Shape } from './types.ts'

/** Reading and rewriting our extension on BPMN elements. No browser here: the test runs it on bpmn-moddle itself. */
export type Plain = Record<string, string | number | boolean | undefined>

export const text = (bo: Bo, name: string): string => { const v = bo.get(name); return typeof v === 'string' ? v : '' }
export const is = (bo: Bo | undefined, ...types: string[]): boolean => bo !== undefined && types.includes(bo.$type)
const isBo = (v: unknown): v is Bo => typeof v === 'object' && v !== null && typeof (v as Bo).$type === 'string'
export const ref = (bo: Bo, name: string): Bo | null => { const v = bo.get(name); return isBo(v) ? v : null }
export const list = (bo: Bo, name: string): Bo[] => { const v = bo.get(name); return Array.isArray(v) ? v.filter(isBo) : [] }

/** The order in which the parts stand in the file, as our own processes have it. */
const ORDER = ['qc:Binding', 'qc:Guide', 'qc:Approval', 'qc:Standard', 'qc:Field', 'qc:Item', 'qc:Script', 'qc:Outcome', 'qc:Input', 'qc:Output']

export function parts(bo: Bo, type: string): Plain[] {
  const holder = ref(bo, 'extensionElements')
  return holder ? list(holder, 'values').filter(v => v.$type === type).map(plain) : []
}

/** Own values of an extension; what belongs to moddle begins with `$`. */
function plain(bo: Bo): Plain {
  return Object.fromEntries(Object.entries(bo).filter(([k, v]) => !k.startsWith('$') && ['string', 'number', 'boolean'].includes(typeof v))) as Plain
}

/** New extension elements with all parts of one type replaced; undefined where nothing is left. The old object stays as it is, for undo. */
export function withParts(bo: Bo, type: string, next: readonly Plain[]): Bo | undefined {
  const holder = ref(bo, 'extensionElements')
  const others = holder ? list(holder, 'values').filter(v => v.$type !== type) : []
  const made = next.map(p => bo.$model.create(type, Object.fromEntries(Object.entries(p).filter(([, v]) => v !== undefined && v !== '' && v !== false))))
  const rank = (v: Bo): number => { const at = ORDER.indexOf(v.$type); return at < 0 ? ORDER.length : at }
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
