/*
 * A task's form as it is designed: one list of what stands on it, top to bottom. A section is a heading; what follows belongs to it until
 * the next. Pure: the board reads and writes it, the tests need no browser.
 */

type Values = Record<string, string | number | boolean | undefined>
export interface FormElement { type: string; values: Values }

export type Part = 'section' | 'field' | 'item' | 'script'

/** `id`: the name of a field, else the identifier. `label`: the text of a line of 话术. `outcomes`: what is required, for these results only; none: for all. */
export interface Entry {
  part: Part
  id: string
  label: string
  required: boolean
  readonly: boolean
  outcomes: readonly string[]
  help: string
  width: '' | 'half' | 'full'
  /** of a variable of a process without a record; '' elsewhere */
  type: string
  options: readonly string[]
  /** FEEL */
  initial: string
  visibleWhen: string
}
export type Form = readonly Entry[]

const TYPES: Readonly<Record<string, Part>> = { 'qc:Section': 'section', 'qc:Field': 'field', 'qc:Item': 'item', 'qc:Script': 'script' }
const BLANK: Entry = { part: 'section', id: '', label: '', required: false, readonly: false, outcomes: [], help: '', width: '', type: '', options: [], initial: '', visibleWhen: '' }

export const entry = (part: Part, values: Partial<Entry>): Entry => ({ ...BLANK, ...values, part })
export const keyOf = (e: Pick<Entry, 'part' | 'id'>): string => `${e.part}:${e.id}`
export const at = (form: Form, key: string | null): number => form.findIndex(e => keyOf(e) === key)
export const hasSections = (form: Form): boolean => form.some(e => e.part === 'section')

const text = (v: Values[string]): string => (v === undefined ? '' : String(v))

function entryOf({ type, values }: FormElement, lines: { n: number }): Entry | null {
  const part = TYPES[type]
  if (!part) return null
  // a line without an identifier is known by its place, as the engine reads it
  if (part === 'script') lines.n += 1
  const width = text(values['width'])
  return entry(part, {
    id: part === 'field' ? text(values['name']) : text(values['id']) || (part === 'script' ? `script${lines.n}` : ''),
    label: text(values[part === 'script' ? 'text' : 'label']),
    required: values['required'] === true, readonly: values['readonly'] === true, outcomes: text(values['outcomes']).split(/[\s,，、]+/).filter(Boolean),
    help: text(values['help']), width: width === 'half' || width === 'full' ? width : '', type: text(values['type']), options: text(values['options']).split('|').map(o => o.trim()).filter(Boolean),
    initial: text(values['default']), visibleWhen: text(values['visibleWhen']),
  })
}

const SHOWN: readonly Part[] = ['script', 'item', 'field']

/** The form in the order in which people meet it: that of the file where it has sections, else what to say, what to tick, what to fill in. */
export function readForm(elements: readonly FormElement[]): Entry[] {
  const lines = { n: 0 }
  const all = elements.flatMap(e => entryOf(e, lines) ?? [])
  return hasSections(all) ? all : SHOWN.flatMap(part => all.filter(e => e.part === part))
}

const WRITTEN: readonly Part[] = ['field', 'item', 'script']

/** As it stands in the model. A form without sections is written as it always was, so models from before stay as they are. */
export function writeForm(form: Form): FormElement[] {
  const ordered = hasSections(form) ? form : WRITTEN.flatMap(part => form.filter(e => e.part === part))
  return ordered.map(e => {
    const only = e.outcomes.join(',')
    switch (e.part) {
      case 'section': return { type: 'qc:Section', values: { id: e.id, label: e.label } }
      case 'item': return { type: 'qc:Item', values: { id: e.id, label: e.label, required: e.required, outcomes: only } }
      case 'script': return { type: 'qc:Script', values: { id: e.id, text: e.label, required: e.required, outcomes: only } }
      case 'field': return { type: 'qc:Field', values: { name: e.id, label: e.label, required: e.required, readonly: e.readonly, outcomes: only, help: e.help, width: e.width, type: e.type, options: e.type === 'choice' ? e.options.join('|') : '', default: e.initial, visibleWhen: e.visibleWhen } }
    }
  })
}

/** The end of what moves together: a section takes along what belongs to it. */
function blockEnd(form: Form, from: number): number {
  if (form[from]?.part !== 'section') return from + 1
  const next = form.findIndex((e, i) => i > from && e.part === 'section')
  return next < 0 ? form.length : next
}

/** Up (-1) or down (1) by one place; a section by one section. Without sections the kinds stand apart, and each moves among its own. */
export function move(form: Form, key: string, by: -1 | 1): Entry[] {
  const from = at(form, key), end = blockEnd(form, from)
  if (from < 0) return [...form]
  const block = form.slice(from, end), rest = form.toSpliced(from, end - from)
  if (form[from]!.part === 'section') {
    if (by > 0) return end >= form.length ? [...form] : rest.toSpliced(blockEnd(form, end) - block.length, 0, ...block)
    const before = form.findLastIndex((e, i) => i < from && e.part === 'section')
    return rest.toSpliced(before < 0 ? 0 : before, 0, ...block)
  }
  const to = from + by
  if (to < 0 || to >= form.length || (!hasSections(form) && form[to]!.part !== form[from]!.part)) return [...form]
  return rest.toSpliced(to, 0, ...block)
}

/** Dropped before the entry `before`; null: at the end. A section cannot fall into itself. */
export function drop(form: Form, key: string, before: string | null): Entry[] {
  const from = at(form, key)
  if (from < 0 || key === before) return [...form]
  const end = blockEnd(form, from), to = before === null ? form.length : at(form, before)
  if (to < 0 || (to >= from && to < end)) return [...form]
  const rest = form.toSpliced(from, end - from)
  return rest.toSpliced(to > from ? to - (end - from) : to, 0, ...form.slice(from, end))
}

/** A new entry behind the one that is selected, before the one where it was dropped, or at the end. */
export function insert(form: Form, made: Entry, where: { after?: string | null; before?: string | null } = {}): Entry[] {
  const to = where.before != null ? at(form, where.before) : where.after != null ? at(form, where.after) + 1 : form.length
  const next = form.toSpliced(to < 0 ? form.length : to, 0, made)
  return hasSections(next) ? next : SHOWN.flatMap(part => next.filter(e => e.part === part))
}

/** Of two with one name (a file from elsewhere) the later one goes: that is how one puts it right. */
export function remove(form: Form, key: string): Entry[] {
  const last = form.findLastIndex(e => keyOf(e) === key)
  return last < 0 ? [...form] : form.toSpliced(last, 1)
}
export const change = (form: Form, key: string, patch: Partial<Entry>): Entry[] => form.map(e => (keyOf(e) === key ? { ...e, ...patch } : e))

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
export const isName = (name: string): boolean => NAME.test(name) && name !== 'outcome'

/** Another name for a variable; null where another field has it already. */
export function rename(form: Form, key: string, id: string): { form: Entry[]; key: string } | null {
  const next = keyOf({ part: 'field', id })
  return next !== key && at(form, next) >= 0 ? null : { form: change(form, key, { id }), key: next }
}

/**
 * A new label. A variable that has just been made takes its name from it, so that conditions read like sentences; later its name stays,
 * for the data of running cases hang on it.
 */
export function relabel(form: Form, key: string, label: string): { form: Entry[]; key: string } {
  const old = form[at(form, key)]
  const fresh = old?.part === 'field' && old.type !== '' && old.label === '' && /^field\d+$/.test(old.id)
  const id = fresh && isName(label) && !form.some(e => e.part === 'field' && e.id === label) ? label : old?.id ?? ''
  return { form: change(form, key, { label, id }), key: old ? keyOf({ part: old.part, id }) : key }
}
