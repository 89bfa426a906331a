import { readFileSync } from 'node:fs'
import { fail } from '@quancheng/kernel'
import { SERVICE } from './service-specs.ts'
import { FORMS } from './form-specs.ts'
import { OFFICE } from './office-specs.ts'
import { PRODUCT } from './product-specs.ts'

export interface Template { id: string; name: string; category: string; about: string; steps: string[]; lanes: string[] }

/** The templates as the dialog lists them, in the order in which people look for them. */
export const TEMPLATES: readonly Template[] = [...SERVICE, ...PRODUCT, ...OFFICE, ...FORMS].map(spec => ({
  id: spec.id, name: spec.name, category: spec.category, about: spec.about, lanes: spec.lanes.map(l => l.name),
  steps: spec.lanes.flatMap(l => l.nodes).filter(n => n.type === 'task').map(n => n.name),
}))

/** The .bpmn file of a template, as it is committed beside this one. */
export function templateXml(id: string): string {
  if (!TEMPLATES.some(t => t.id === id)) return fail('TEMPLATE_UNKNOWN', { id })
  return readFileSync(new URL(`./${id}.bpmn`, import.meta.url), 'utf8')
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

/** The file under another id and name: what a person makes from a template is theirs. */
export function renamed(xml: string, from: string, key: string, name: string): string {
  return xml.replaceAll(`processRef="${from}-process"`, `processRef="${key}-process"`)
    .replace(new RegExp(`(<bpmn:participant id="pool" name=")[^"]*"`), (_, before: string) => `${before}${escape(name)}"`)
    .replace(new RegExp(`<bpmn:process id="${from}-process" name="[^"]*"`), () => `<bpmn:process id="${key}-process" name="${escape(name)}"`)
    .replace(`id="${from}-definitions"`, () => `id="${key}-definitions"`)
}
