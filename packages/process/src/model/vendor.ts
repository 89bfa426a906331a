import type { Moddle } from './moddle.ts'
import { extensions } from './moddle.ts'

/** What other products write into a model, found by namespace, whatever prefix the file gave it. */
const FAMILIES: Readonly<Record<string, Vendor>> = {
  'http://camunda.org/schema/1.0/bpmn': 'camunda',
  'http://activiti.org/bpmn': 'camunda',
  'http://activiti.com/modeler': 'camunda',
  'http://flowable.org/bpmn': 'camunda',
  'http://operaton.org/schema/1.0/bpmn': 'camunda',
  'http://camunda.org/schema/zeebe/1.0': 'zeebe',
}

/** `camunda` stands for Camunda 7 and its relatives, whose attributes have the same names. */
export type Vendor = 'camunda' | 'zeebe'

export function vendorOf(element: Moddle, prefix: string): Vendor | null {
  for (let at: Moddle | undefined = element; at; at = at.$parent) {
    const uri = at.$attrs?.[`xmlns:${prefix}`]
    if (typeof uri === 'string') return Object.hasOwn(FAMILIES, uri) ? FAMILIES[uri]! : null
  }
  return null
}

/** An attribute as a vendor's modeller wrote it; blank is null. */
export function vendorText(element: Moddle, vendor: Vendor, name: string): string | null {
  for (const [key, value] of Object.entries(element.$attrs ?? {})) {
    const [prefix, local] = key.split(':')
    if (local !== name || vendorOf(element, prefix!) !== vendor) continue
    const trimmed = String(value).trim()
    return trimmed === '' ? null : trimmed
  }
  return null
}

export interface VendorElement {
  name: string
  attributes: Readonly<Record<string, string>>
  text: string | null
  children: VendorElement[]
}

type Generic = Moddle & { $children?: Generic[]; $body?: string }

export function vendorElements(element: Moddle, vendor: Vendor, name: string): VendorElement[] {
  return extensions(element).flatMap((child) => {
    const [prefix, local] = child.$type.split(':')
    return local === name && vendorOf(element, prefix!) === vendor ? [plainOf(child as Generic)] : []
  })
}

function plainOf(generic: Generic): VendorElement {
  const attributes: Record<string, string> = {}
  for (const [key, value] of Object.entries(generic)) if (!key.startsWith('$') && typeof value === 'string') attributes[key] = value
  const text = generic.$body?.trim() ?? ''
  return {
    name: generic.$type.slice(generic.$type.indexOf(':') + 1),
    attributes,
    text: text === '' ? null : text,
    children: (generic.$children ?? []).map(plainOf),
  }
}
