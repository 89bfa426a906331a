import type { FieldMeta, FieldType, Row } from '@quancheng/ui'

/** A tenant's field as it is stored (`tenantField.spec`). Labels are pairs, Chinese first. */
export type FieldSpec = {
  type: FieldType, label: [string, string], help?: [string, string], required?: boolean, max?: number, multiline?: boolean, to?: string
  options?: Array<{ value: string, label: [string, string], color?: string }>
}

export const types = ['text', 'choice', 'choices', 'date', 'datetime', 'integer', 'decimal', 'money', 'boolean', 'phone', 'mail', 'code', 'ref'] as const

export type Draft = { type: FieldType, label: string, labelEn: string, help: string, required: boolean, multiline: boolean, max: number | null, to: string | null, options: string }

export const emptyDraft: Draft = { type: 'text', label: '', labelEn: '', help: '', required: false, multiline: false, max: null, to: null, options: '' }

export function draftOf(row: Row): Draft {
  const spec = row.spec as FieldSpec
  return {
    type: spec.type, label: spec.label[0], labelEn: spec.label[1], help: spec.help?.[0] ?? '', required: spec.required ?? false, multiline: spec.multiline ?? false,
    max: spec.max ?? null, to: spec.to ?? null, options: (spec.options ?? []).map(option => option.label[0]).join('\n'),
  }
}

/** Options keep their stored value when their label stays, so records keep their meaning; a new label gets a new value. */
export function specOf(draft: Draft, before?: FieldSpec): FieldSpec {
  const spec: FieldSpec = { ...before, type: draft.type, label: [draft.label.trim(), draft.labelEn.trim()] }
  const put = <K extends keyof FieldSpec>(key: K, value: FieldSpec[K] | undefined) => { if (value === undefined) delete spec[key]; else spec[key] = value }
  put('help', draft.help.trim() ? [draft.help.trim(), before?.help?.[1] ?? ''] : undefined)
  put('required', draft.required || undefined)
  put('multiline', draft.type === 'text' && draft.multiline ? true : undefined)
  put('max', draft.type === 'text' && draft.max ? draft.max : undefined)
  put('to', draft.type === 'ref' && draft.to ? draft.to : undefined)
  put('options', hasOptions(draft.type) ? optionsOf(draft.options, before?.options ?? []) : undefined)
  return spec
}

export const hasOptions = (type: FieldType) => type === 'choice' || type === 'choices'

function optionsOf(text: string, before: NonNullable<FieldSpec['options']>): NonNullable<FieldSpec['options']> {
  const labels = [...new Set(text.split('\n').map(line => line.trim()).filter(Boolean))]
  const taken = new Set(before.map(option => option.value))
  let next = 1
  return labels.map(label => {
    const old = before.find(option => option.label[0] === label)
    if (old) return old
    while (taken.has('o' + next)) next += 1
    taken.add('o' + next)
    return { value: 'o' + next, label: [label, ''] as [string, string] }
  })
}

/** The field as a form will show it. */
export function previewOf(draft: Draft): FieldMeta {
  const spec = specOf(draft)
  return {
    name: 'preview', type: spec.type, label: spec.label[0] || '…', required: draft.required, readOnly: false, immutable: false, custom: true, access: 'edit', filter: [], sortable: false,
    ...(spec.help ? { help: spec.help[0] } : {}), ...(spec.options ? { options: spec.options.map(option => ({ value: option.value, label: option.label[0] })) } : {}),
    ...(spec.to ? { ref: spec.to } : {}), ...(spec.multiline ? { multiline: true } : {}), ...(spec.max ? { max: spec.max } : {}),
  }
}
