import { children, child, extensionsOf, flowElements, isElement, lanesOf, mainProcess, string, value, type Element } from './moddle.ts'
import { PARTS, durationWords, kindOf, propertyOf, wordOf } from './words.ts'

/**
 * What is said of an element, without its place on the paper. A value that points to another element carries that one's id behind a
 * NUL: it is shown by its name, and compared by its id, for a new name elsewhere changes nothing here.
 */
export interface Part { type: string; key: string; name: string; values: Map<string, string> }
export interface Described { id: string; type: string; name: string; values: Map<string, string>; parts: Part[] }
export interface Description { elements: Map<string, Described>; /** element → its place, as one comparable text */ places: Map<string, string> }

/** Structure that is told elsewhere, or only mirrors it. */
const SKIP = new Set(['id', 'incoming', 'outgoing', 'flowElements', 'laneSets', 'artifacts', 'extensionElements', 'flowNodeRef', 'childLaneSet', 'ioSpecification', 'processType', 'isClosed', 'documentation', 'di', 'lanes', 'resources', 'properties'])
const REFERENCES = new Set(['sourceRef', 'targetRef', 'default', 'attachedToRef', 'calledElementRef', 'messageRef', 'signalRef', 'errorRef', 'escalationRef', 'activityRef'])

const named = (e: Element): string => `${e.name?.trim() || kindOf(e.$type)}\u0000${e.id ?? ''}`
export const shown = (v: string): string => v.split('\u0000')[0]!
export const identity = (v: string): string => v.split('\u0000')[1] ?? v

/** One value as people read it; a nested definition as its own values in a row. */
function say(name: string, v: unknown): string {
  if (typeof v === 'boolean') return v ? '是' : '否'
  if (typeof v === 'string') return name === 'timeDuration' ? durationWords(v) : wordOf(name, v.trim())
  if (typeof v === 'number') return String(v)
  if (Array.isArray(v)) return v.map(each => say(name, each)).filter(Boolean).join('、')
  if (!isElement(v)) return ''
  if (REFERENCES.has(name)) return named(v)
  const body = value(v, 'body')
  if (typeof body === 'string') return name === 'timeDuration' ? durationWords(body) : body.trim()
  return [v.$type.replace(/^bpmn:(\w+)EventDefinition$/, (_, kind: string) => ({ Timer: '定时', Terminate: '全部结束', Message: '消息', Error: '错误', Signal: '信号', Escalation: '升级', Conditional: '条件', Compensate: '补偿', Cancel: '取消', Link: '跳转' })[kind] ?? kind).replace(/^\w+:/, ''),
    ...properties(v).map(([key, text]) => `${propertyOf(key)} ${text}`)].filter(Boolean).join(' ')
}

function properties(e: Element): Array<[string, string]> {
  // moddle hides references from enumeration
  const references = [...REFERENCES].filter(k => isElement((e as unknown as Record<string, unknown>)[k]))
  return [...new Set([...Object.keys(e).filter(k => !k.startsWith('$') && !SKIP.has(k)), ...references])].flatMap(k => {
    const text = say(k, value(e, k))
    return text ? [[k, text] as [string, string]] : []
  })
}

function partsOf(e: Element): Part[] {
  const counts = new Map<string, number>()
  return extensionsOf(e).map(x => {
    const known = PARTS[x.$type], nth = (counts.get(x.$type) ?? 0) + 1
    counts.set(x.$type, nth)
    const text = (name: string): string => (name ? String((x as unknown as Record<string, unknown>)[name] ?? '') : '')
    const values = new Map(Object.keys(x).filter(k => !k.startsWith('$')).map(k => [k, say(k, value(x, k))]))
    return { type: x.$type, key: known?.key ? text(known.key) || String(nth) : String(nth), name: (known ? text(known.name) || text(known.key) : '').trim(), values }
  })
}

/** The model as a list of elements with what is said of each. Reads anything that BPMN can say; new elements need no change here. */
export function describe(definitions: Element): Description {
  const process = mainProcess(definitions)
  const elements = new Map<string, Described>()
  if (process) {
    const lanes = lanesOf(process)
    const laneOf = new Map(lanes.flatMap(lane => children(lane, 'flowNodeRef').map(n => [n.id, named(lane)] as const)))
    for (const e of [process, ...lanes, ...flowElements(process)]) {
      if (!e.id) continue
      const values = new Map(properties(e))
      const note = children(e, 'documentation').map(d => string(d, 'text')).filter(Boolean).join('\n')
      if (note) values.set('documentation', note)
      const lane = laneOf.get(e.id)
      if (lane) values.set('lane', lane)
      elements.set(e === process ? '' : e.id, { id: e.id, type: e.$type, name: e.name?.trim() ?? '', values, parts: partsOf(e) })
    }
  }
  return { elements, places: placesOf(definitions) }
}

function placesOf(definitions: Element): Map<string, string> {
  const places = new Map<string, string>()
  for (const diagram of children(definitions, 'diagrams')) {
    const plane = child(diagram, 'plane')
    for (const drawn of plane ? children(plane, 'planeElement') : []) {
      const of = child(drawn, 'bpmnElement'), bounds = child(drawn, 'bounds')
      if (of?.id) places.set(of.id, bounds ? ['x', 'y', 'width', 'height'].map(k => Math.round(Number(value(bounds, k)))).join(' ') : children(drawn, 'waypoint').map(p => `${Math.round(Number(value(p, 'x')))},${Math.round(Number(value(p, 'y')))}`).join(' '))
    }
  }
  return places
}
