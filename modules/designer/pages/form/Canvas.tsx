import { Icon, TaskForm, useHidden, type FormPart, type TaskField, type Values } from '@quancheng/ui'
import { useMemo, useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import { keyOf, type Form } from '../../rules/form.ts'
import type { Lint } from '../../rules/form-lint.ts'
import type { CatalogueEntity } from '../studio/types.ts'
import { labelOf, previewOf } from './preview.ts'
import { tg } from './texts.ts'

/** What is dragged from the list of fields carries this before its name. */
export const NEW = 'new:'

type Props = {
  form: Form, entity: CatalogueEntity | null, lint: readonly Lint[], selected: string | null, disabled: boolean
  onSelect: (key: string, settings?: boolean) => void
  onMove: (key: string, by: -1 | 1) => void
  onRemove: (key: string) => void
  /** what was dropped (an entry, or `new:` and a field's name) before an entry, or at the end */
  onDrop: (what: string, before: string | null) => void
}

const NO_TICKS: ReadonlySet<string> = new Set()
const NOTHING_HIDDEN: ReadonlySet<string> = new Set()
const nothing = (): void => undefined

/** The form as it will look, by the product's own hands; each thing on it can be selected, moved, dragged. */
export function Canvas({ form, entity, lint, selected, disabled, onSelect, onMove, onRemove, onDrop }: Props) {
  const [over, setOver] = useState<string | null>(null)
  const place = useRef<HTMLDivElement>(null)
  const content = useMemo(() => previewOf(form, entity, NO_TICKS), [form, entity])
  const bad = new Map(lint.map(l => [l.key, tg(l.code, { said: l.said })]))
  const focusOn = (key: string | undefined) => { if (key) place.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(key)}"]`)?.focus() }
  const press = (event: KeyboardEvent, key: string) => {
    const index = form.findIndex(e => keyOf(e) === key)
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (by !== 0 && event.altKey) { event.preventDefault(); if (!disabled) onMove(key, by) }
    else if (by !== 0) { event.preventDefault(); const next = form[index + by]; if (next) { onSelect(keyOf(next)); focusOn(keyOf(next)) } }
    else if (event.key === 'Enter' || event.key === ' ') { event.preventDefault(); onSelect(key, true) }
    else if ((event.key === 'Delete' || event.key === 'Backspace') && !disabled) { event.preventDefault(); const next = form[index + 1] ?? form[index - 1]; onRemove(key); focusOn(next && keyOf(next)) }
  }
  const dropAt = (event: DragEvent, before: string | null) => {
    event.preventDefault()
    event.stopPropagation()
    setOver(null)
    const what = event.dataTransfer.getData('text/plain')
    if (what && !disabled) onDrop(what, before)
  }
  const frame = (part: FormPart, inner: ReactNode) => {
    const key = keyOf(part), index = form.findIndex(e => keyOf(e) === key), entry = form[index]
    if (!entry) return inner
    const wide = entry.part !== 'field' || entry.width === 'full' || (!entry.width && content.form.find(f => f.name === entry.id)?.multiline === true)
    return (
      <div className={`qf-entry qf-${entry.part}${wide ? ' qc-field-wide' : ''}`} data-entry={key} data-bad={bad.has(key) || undefined} data-over={over === key || undefined} role="button" tabIndex={selected === key || (selected === null && index === 0) ? 0 : -1} aria-pressed={selected === key}
        aria-label={tg('place', { what: tg(entry.part), name: labelOf(entry, entity), n: index + 1, all: form.length })} aria-description={bad.get(key)} title={bad.get(key)} draggable={!disabled}
        onClick={() => onSelect(key, true)} onFocus={() => { if (selected !== key) onSelect(key) }} onKeyDown={event => press(event, key)}
        onDragStart={event => { event.dataTransfer.setData('text/plain', key); event.dataTransfer.effectAllowed = 'move' }} onDragOver={event => { event.preventDefault(); event.stopPropagation(); setOver(key) }} onDragLeave={() => setOver(null)} onDrop={event => dropAt(event, key)}>
        <div inert>{inner}</div>
        {entry.visibleWhen && <span className="qf-when" title={entry.visibleWhen}><Icon name="filter" size={12} />{tg('when')}</span>}
      </div>
    )
  }
  return (
    <div ref={place} className="qf-form qc-task" role="group" aria-label={tg('form')} onDragOver={event => { event.preventDefault(); setOver('end') }} onDragLeave={() => setOver(null)} onDrop={event => dropAt(event, null)}>
      <TaskForm content={content} prefix="qf" hidden={NOTHING_HIDDEN} valueOf={() => null} errors={{}} disabled={false} onChange={nothing} onTick={nothing} frame={frame} />
      <div className="qf-end" data-over={over === 'end' || undefined} aria-hidden />
    </div>
  )
}

/** The form to be filled in for a try: conditions count, nothing is kept. */
export function Trial({ form, entity }: Pick<Props, 'form' | 'entity'>) {
  const [values, setValues] = useState<Values>({})
  const [ticked, setTicked] = useState<ReadonlySet<string>>(NO_TICKS)
  const content = useMemo(() => previewOf(form, entity, ticked), [form, entity, ticked])
  const hidden = useHidden(content.form, undefined, values)
  const put = (field: TaskField, value: unknown) => setValues(before => ({ ...before, [field.name]: value }))
  return (
    <div className="qf-form qc-task">
      <p className="qc-field-help">{tg('tryHint')}</p>
      <TaskForm content={content} prefix="qf-try" hidden={hidden} valueOf={name => values[name] ?? null} errors={{}} disabled={false} onChange={put} onTick={(id, on) => setTicked(before => { const next = new Set(before); if (on) next.add(id); else next.delete(id); return next })} />
    </div>
  )
}
