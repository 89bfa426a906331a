import type { FieldMeta, FormPart, TaskDetail, TaskField } from '@quancheng/ui'
import { at, hasSections, keyOf, type Entry, type Form } from '../../rules/form.ts'
import type { CatalogueEntity } from '../studio/types.ts'

const KINDS: Readonly<Record<string, FieldMeta['type']>> = { number: 'decimal', date: 'date', boolean: 'boolean', choice: 'choice' }

/** Is the field written by the system alone, so that a form can only show it? */
export const isFixed = (meta: FieldMeta | undefined): boolean => meta !== undefined && (meta.readOnly || meta.immutable || meta.type === 'serial')

export const labelOf = (e: Entry, entity: CatalogueEntity | null): string => e.label || (e.part === 'field' ? entity?.fields.find(f => f.name === e.id)?.label : undefined) || e.id

function fieldOf(e: Entry, entity: CatalogueEntity | null): TaskField {
  const known = entity?.fields.find(f => f.name === e.id)
  const meta: FieldMeta = known?.meta ?? { name: e.id, type: KINDS[e.type] ?? 'text', label: e.id, required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false, options: e.options.map(o => ({ value: o, label: o })) }
  return {
    ...meta, access: 'edit', label: labelOf(e, entity), required: e.required, readOnly: e.readonly, value: null, ...(e.help ? { help: e.help } : {}), ...(e.width ? { width: e.width } : {}), ...(e.visibleWhen ? { visibleWhen: e.visibleWhen } : {}),
  }
}

/** The form as the page of the task will be given it. */
export function previewOf(given: Form, entity: CatalogueEntity | null, ticked: ReadonlySet<string>): Pick<TaskDetail, 'script' | 'items' | 'form' | 'layout'> {
  // of two with one name (which is told) one is shown
  const form = given.filter((e, i) => at(given, keyOf(e)) === i)
  const of = (part: Entry['part']) => form.filter(e => e.part === part)
  return {
    script: of('script').map(e => ({ id: e.id, text: e.label || '…', required: e.required, ticked: ticked.has(e.id) })),
    items: of('item').map(e => ({ id: e.id, label: e.label || '…', required: e.required, ticked: ticked.has(e.id) })),
    form: of('field').map(e => fieldOf(e, entity)),
    ...(hasSections(form) ? { layout: form.map((e): FormPart => (e.part === 'section' ? { part: 'section', id: e.id, label: e.label || '…' } : { part: e.part, id: e.id })) } : {}),
  }
}
