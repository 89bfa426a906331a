import { compileFeel } from '@quancheng/process/feel'
import { isName, keyOf, type Entry, type Form } from './form.ts'

export type LintCode = 'NAME_BAD' | 'NAME_TWICE' | 'NAME_UNKNOWN' | 'LABEL_MISSING' | 'OPTIONS_MISSING' | 'OPTIONS_TWICE' | 'FEEL' | 'SELF' | 'OUTCOME_UNKNOWN' | 'NOT_WRITABLE' | 'READONLY_INITIAL' | 'TYPE_OF_RECORD'
export type LintOn = 'id' | 'label' | 'options' | 'initial' | 'visibleWhen' | 'outcomes' | 'readonly'
/** What is wrong with one entry, at which of its settings. `said`: the complaint of the expression's compiler, or the name that is meant. */
export interface Lint { key: string; on: LintOn; code: LintCode; said: string }

/** `fields`: those of the record, by name; null where the process runs on no record. */
export interface LintAround { fields: ReadonlyMap<string, { fixed: boolean }> | null; outcomes: ReadonlySet<string> }

export function lintForm(form: Form, around: LintAround): Lint[] {
  return form.flatMap(e => lintEntry(e, form, around))
}

function lintEntry(e: Entry, form: Form, { fields, outcomes }: LintAround): Lint[] {
  const found: Lint[] = []
  const say = (on: LintOn, code: LintCode, said = ''): void => { found.push({ key: keyOf(e), on, code, said }) }
  if (e.part !== 'field' && !e.label.trim()) say('label', 'LABEL_MISSING')
  if (form.some(other => other !== e && keyOf(other) === keyOf(e))) say('id', 'NAME_TWICE', e.id)
  const strange = e.outcomes.find(o => !outcomes.has(o))
  if (strange) say('outcomes', 'OUTCOME_UNKNOWN', strange)
  if (e.part !== 'field') return found
  const known = fields?.get(e.id)
  if (fields && !known) say('id', 'NAME_UNKNOWN', e.id)
  if (!fields && !isName(e.id)) say('id', 'NAME_BAD', e.id)
  if (fields && e.type) say('id', 'TYPE_OF_RECORD')
  if (known?.fixed && !e.readonly) say('readonly', 'NOT_WRITABLE')
  if (e.type === 'choice') lintOptions(e.options, say)
  if (e.initial && e.readonly) say('initial', 'READONLY_INITIAL')
  for (const on of ['initial', 'visibleWhen'] as const) {
    const read = feel(e[on])
    if (read.problem) say(on, 'FEEL', read.problem)
    if (on === 'visibleWhen' && read.names.includes(e.id)) say(on, 'SELF', e.id)
  }
  return found
}

function lintOptions(options: readonly string[], say: (on: LintOn, code: LintCode, said?: string) => void): void {
  if (!options.length) say('options', 'OPTIONS_MISSING')
  const twice = options.find((o, i) => options.indexOf(o) !== i)
  if (twice) say('options', 'OPTIONS_TWICE', twice)
}

function feel(source: string): { problem: string | null; names: readonly string[] } {
  if (!source.trim()) return { problem: null, names: [] }
  try { return { problem: null, names: compileFeel(source).variables } } catch (error) { return { problem: error instanceof Error ? error.message : String(error), names: [] } }
}
