import { Icon, usePhone } from '@quancheng/ui'
import { Modal } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { at as indexOf, change, drop, entry, insert, keyOf, move, readForm, remove, writeForm, type Entry, type Form } from '../../rules/form.ts'
import { lintForm } from '../../rules/form-lint.ts'
import type { PanelProps } from '../panel/common.tsx'
import { formElements, freeId, parts } from '../studio/elements.ts'
import { variablesAt } from '../studio/variables.ts'
import { Canvas, NEW, Trial } from './Canvas.tsx'
import { Fields } from './Fields.tsx'
import { isFixed, labelOf } from './preview.ts'
import { Settings } from './Settings.tsx'
import { tg } from './texts.ts'

/** The form that is on the drawing now. */
export const formNow = (bo: PanelProps['bo']): Entry[] => readForm(formElements(bo))

export function useLint(at: PanelProps, form: Form) {
  return useMemo(() => lintForm(form, {
    fields: at.entity ? new Map(at.entity.fields.map(f => [f.name, { fixed: isFixed(f.meta) }])) : null,
    outcomes: new Set(parts(at.bo, 'qc:Outcome').map(o => String(o.id ?? ''))),
  }), [at, form])
}

type Pane = 'parts' | 'form' | 'props'

/** A task's form, made over the whole screen: what there is, the form as it will look, what is selected. Every change is a command of the drawing. */
export function FormDesigner({ at, onClose }: { at: PanelProps, onClose: () => void }) {
  const { studio, shape, bo, entity, disabled } = at
  const onPhone = usePhone()
  const form = formNow(bo)
  const [selected, setSelected] = useState<string | null>(null)
  const [pane, setPane] = useState<Pane>('form')
  const [device, setDevice] = useState<'desk' | 'phone'>('desk')
  const [trial, setTrial] = useState(false)
  const [told, setTold] = useState('')
  const board = useRef<HTMLDivElement>(null)
  const focusNext = useRef<string | null>(null), showNext = useRef<string | null>(null)
  const lint = useLint(at, form)
  const { commandStack } = studio.services
  // an entry that moves is made anew elsewhere: what had the keyboard keeps it
  useEffect(() => {
    if (showNext.current) board.current?.querySelector(`[data-entry="${CSS.escape(showNext.current)}"]`)?.scrollIntoView({ block: 'nearest' })
    showNext.current = null
    if (!focusNext.current) return
    board.current?.querySelector<HTMLElement>(`[data-entry="${CSS.escape(focusNext.current)}"]`)?.focus()
    focusNext.current = null
  })
  // a change is made to the form as it is then: a field that is left tells its text after the next one was chosen
  const put = (make: (now: Entry[]) => Entry[]): Entry[] => { const next = make(formNow(bo)); studio.setForm(shape, bo, writeForm(next)); return next }
  const nameOf = (key: string): string => { const e = formNow(bo).find(each => keyOf(each) === key); return e ? labelOf(e, entity) : '' }
  const added = (made: Entry, before?: string | null) => {
    put(now => insert(now, made, before === undefined ? { after: selected } : { before }))
    setSelected(keyOf(made))
    showNext.current = keyOf(made)
    setTrial(false)
    setPane('form')
    setTold(tg('added', { name: labelOf(made, entity) }))
  }
  const addField = (name: string, before?: string | null) => {
    if (indexOf(formNow(bo), `field:${name}`) >= 0) { setSelected(`field:${name}`); return }
    const meta = entity?.fields.find(f => f.name === name)?.meta
    added(entry('field', { id: name, readonly: isFixed(meta), type: entity ? '' : 'text' }), before)
  }
  const addPart = (part: 'section' | 'item' | 'script') => {
    const now = formNow(bo), ids = now.filter(e => (part === 'section') === (e.part === 'section') && e.part !== 'field').map(e => e.id)
    const made = entry(part, { id: freeId(part === 'script' ? 'say' : part, ids), required: part === 'item' })
    // the first section of a form is the heading of what is there
    added(made, part === 'section' && !now.some(e => e.part === 'section') ? (now[0] ? keyOf(now[0]) : null) : undefined)
    if (onPhone) setPane('props')
  }
  const addVariable = () => { added(entry('field', { id: freeId('field', formNow(bo).map(e => e.id)), type: 'text' })); if (onPhone) setPane('props') }
  const moveBy = (key: string, by: -1 | 1) => {
    const before = formNow(bo), next = move(before, key, by), n = indexOf(next, key) + 1
    if (n === indexOf(before, key) + 1) { setTold(tg('stays', { name: nameOf(key) })); return }
    focusNext.current = key
    put(() => next)
    setSelected(key)
    setTold(tg('moved', { name: nameOf(key), n, all: next.length }))
  }
  const take = (key: string) => { setTold(tg('removed', { name: nameOf(key) })); put(now => remove(now, key)); setSelected(null) }
  const dropped = (what: string, before: string | null) => {
    if (what.startsWith(NEW)) { addField(what.slice(NEW.length), before); return }
    const next = put(now => drop(now, what, before))
    setSelected(what)
    setTold(tg('moved', { name: nameOf(what), n: indexOf(next, what) + 1, all: next.length }))
  }
  const leave = () => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() }
  const chosen = form.find(e => keyOf(e) === selected)
  const elsewhere = at.said.filter(p => /表单|字段|qc:(Field|Item|Section)/.test(p.message))
  const panes: Pane[] = ['parts', 'form', 'props']
  return (
    <Modal open footer={null} closable={false} width="100%" wrapClassName="qf-wrap" title={null} onCancel={onClose} keyboard mask={false} transitionName="" aria-labelledby="qf-title">
      <div ref={board} className="qf" data-pane={pane}>
        <header className="qf-head">
          <h2 id="qf-title" className="qc-clip">{tg('title', { name: bo.name || bo.id })}</h2>
          {lint.length > 0 && <span className="qc-danger qf-count">{tg('problems', { n: lint.length })}</span>}
          <span className="qf-tools">
            <span className="qf-switch" role="group" aria-label={tg('width')}>{(['desk', 'phone'] as const).map(d => <button key={d} type="button" aria-pressed={device === d} onClick={() => setDevice(d)}>{tg(d)}</button>)}</span>
            <span className="qf-switch"><button type="button" aria-pressed={trial} onClick={() => { leave(); setTrial(!trial); setPane('form') }}>{tg('try')}</button></span>
            {!disabled && <><button type="button" className="qc-link" disabled={!commandStack.canUndo()} onClick={() => { leave(); commandStack.undo() }}>{tg('undo')}</button><button type="button" className="qc-link" disabled={!commandStack.canRedo()} onClick={() => { leave(); commandStack.redo() }}>{tg('redo')}</button></>}
          </span>
          <button type="button" className="qc-button qc-button-primary" onClick={() => { leave(); onClose() }}>{tg('done')}</button>
        </header>
        <div className="qf-body">
          <nav className="qf-side qf-parts" aria-label={tg('parts')}><Fields form={form} entity={entity} variables={entity ? [] : variablesAt(bo, null)} disabled={disabled} onAdd={name => addField(name)} onShow={name => { showNext.current = `field:${name}`; setSelected(`field:${name}`); setPane('form') }} onNewVariable={addVariable} onNewPart={addPart} /></nav>
          <main className="qf-middle">
            {elsewhere.length > 0 && lint.length === 0 && <ul className="qd-said qc-plain" role="alert">{elsewhere.map((p, i) => <li key={i}>{p.message}</li>)}</ul>}
            <div className="qf-paper" data-device={device}>
              {form.length === 0 && <p className="qf-blank"><Icon name="field" size={28} />{tg(onPhone ? 'blankPhone' : 'blank')}</p>}
              {trial ? <Trial form={form} entity={entity} /> : <Canvas form={form} entity={entity} lint={lint} selected={selected} disabled={disabled} onSelect={(key, settings) => { setSelected(key); if (settings && onPhone) setPane('props') }} onMove={moveBy} onRemove={take} onDrop={dropped} />}
            </div>
          </main>
          <aside className="qf-side qf-props" aria-label={tg('props')}>
            {chosen ? <Settings key={selected} at={at} form={form} entry={chosen} lint={lint} onChange={patch => put(now => change(now, keyOf(chosen), patch))} onMove={by => moveBy(keyOf(chosen), by)} onRemove={() => take(keyOf(chosen))}
              onRelabel={make => { const made = make(formNow(bo)); put(() => made.form); setSelected(now => (now === keyOf(chosen) ? made.key : now)) }} /> : <p className="qc-soft">{tg('none')}</p>}
          </aside>
        </div>
        <div className="qf-panes" role="tablist" aria-label={tg('panes')}>{panes.map(p => <button key={p} type="button" role="tab" aria-selected={pane === p} onClick={() => setPane(p)}>{tg(p)}</button>)}</div>
        <span className="qc-sr" aria-live="polite">{told}</span>
      </div>
    </Modal>
  )
}
