import type { ParsedModel } from '@quancheng/process'

/** A BPMN element as bpmn-moddle reads it: plain properties, references and children by name. */
export type Element = NonNullable<ParsedModel['definitions']>

export const value = (e: Element, name: string): unknown => (e.get ? e.get(name) : (e as unknown as Record<string, unknown>)[name])
export const isElement = (v: unknown): v is Element => typeof v === 'object' && v !== null && typeof (v as Element).$type === 'string'
export const child = (e: Element, name: string): Element | null => { const v = value(e, name); return isElement(v) ? v : null }
export const children = (e: Element, name: string): Element[] => { const v = value(e, name); return Array.isArray(v) ? v.filter(isElement) : [] }
export const string = (e: Element, name: string): string => { const v = value(e, name); return typeof v === 'string' ? v.trim() : '' }
export const extensionsOf = (e: Element): Element[] => { const holder = child(e, 'extensionElements'); return holder ? children(holder, 'values') : [] }

/** The process of a file that is executed: the marked one, else the first. */
export function mainProcess(definitions: Element): Element | null {
  const all = children(definitions, 'rootElements').filter(e => e.$type === 'bpmn:Process')
  return all.find(p => value(p, 'isExecutable') === true) ?? all[0] ?? null
}

/** All flow elements, those inside sub-processes too. */
export const flowElements = (scope: Element): Element[] => children(scope, 'flowElements').flatMap(e => [e, ...flowElements(e)])
export const lanesOf = (scope: Element): Element[] => children(scope, 'laneSets').flatMap(set => lanesIn(set))
const lanesIn = (set: Element): Element[] => children(set, 'lanes').flatMap(l => { const inner = child(l, 'childLaneSet'); return [l, ...(inner ? lanesIn(inner) : [])] })
