import { fileOf } from './roots.ts'
import { list, ref } from './elements.ts'
import type { Bo } from './types.ts'

/** The namespace of the attributes that Camunda 7 and its relatives share; the engine reads them as they do. */
export const CAMUNDA = 'http://camunda.org/schema/1.0/bpmn'

/** The prefix under which the file has that namespace, and what the file needs to have it. */
export function camundaPrefix(bo: Bo): { prefix: string; declare: Record<string, string> | null } {
  const attributes = (fileOf(bo) as unknown as { $attrs?: Record<string, string> }).$attrs ?? {}
  const there = Object.entries(attributes).find(([name, uri]) => name.startsWith('xmlns:') && uri === CAMUNDA)
  return there ? { prefix: there[0].slice('xmlns:'.length), declare: null } : { prefix: 'camunda', declare: { 'xmlns:camunda': CAMUNDA } }
}

/** An attribute of that namespace, whatever its prefix here; empty where there is none. */
export function camundaText(bo: Bo, name: string): string {
  const attributes = (bo as unknown as { $attrs?: Record<string, string> }).$attrs ?? {}
  return attributes[`${camundaPrefix(bo).prefix}:${name}`] ?? ''
}

export interface Handed { name: string; value: string }
type Any = Bo & Record<string, string | undefined>

const isMapping = (v: Bo, bo: Bo, kind: 'in' | 'out'): boolean => v.$type === `${camundaPrefix(bo).prefix}:${kind}`

/** What a call hands in or takes out; `all`: every variable goes along. Nothing written means all. */
export function handed(bo: Bo, kind: 'in' | 'out'): { all: boolean; rows: Handed[] } {
  const holder = ref(bo, 'extensionElements')
  const values = holder ? list(holder, 'values') : []
  const mine = values.filter(v => isMapping(v, bo, kind)) as Any[]
  const any = values.some(v => (isMapping(v, bo, 'in') || isMapping(v, bo, 'out')) && (v as Any)['businessKey'] === undefined)
  const rows = mine.filter(v => v['target']).map(v => ({ name: v['target']!, value: v['sourceExpression'] ? v['sourceExpression'].replace(/^=/, '') : v['source'] ?? '' }))
  return { all: mine.some(v => v['variables'] === 'all') || !any, rows }
}

/** Extension elements with what is handed in both directions written anew; everything else of them stays. Undefined where nothing is left. */
export function withHanded(bo: Bo, next: Record<'in' | 'out', { all: boolean; rows: readonly Handed[] }>): Bo | undefined {
  const { prefix } = camundaPrefix(bo)
  const holder = ref(bo, 'extensionElements')
  const others = (holder ? list(holder, 'values') : []).filter(v => !((isMapping(v, bo, 'in') || isMapping(v, bo, 'out')) && (v as Any)['businessKey'] === undefined))
  const plain = (['in', 'out'] as const).every(kind => next[kind].all && next[kind].rows.length === 0)
  const make = (kind: 'in' | 'out', values: Record<string, string>): Bo => bo.$model.createAny!(`${prefix}:${kind}`, CAMUNDA, values)
  // where nothing is written everything goes along: a call that hands over nothing says so
  const nothing = (['in', 'out'] as const).every(kind => !next[kind].all && next[kind].rows.length === 0)
  const made = plain ? [] : (['in', 'out'] as const).flatMap(kind => [
    ...(next[kind].all ? [make(kind, { variables: 'all' })] : []),
    ...(nothing && kind === 'in' ? [make('in', { variables: 'none' })] : []),
    ...next[kind].rows.map(r => make(kind, { target: r.name, sourceExpression: `=${r.value}` })),
  ])
  if (!others.length && !made.length) return undefined
  const result = bo.$model.create('bpmn:ExtensionElements', { values: [...others, ...made] })
  for (const v of made) v.$parent = result
  result.$parent = bo
  return result
}
