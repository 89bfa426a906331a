import { Icon } from '@quancheng/ui'
import { useState } from 'react'
import { keyOf, relabel, rename, type Entry, type Form } from '../../rules/form.ts'
import type { Lint, LintOn } from '../../rules/form-lint.ts'
import { str, type PanelProps } from '../panel/common.tsx'
import { Feel } from '../panel/Feel.tsx'
import { Area, Choice, Line, Several, Tick } from '../panel/inputs.tsx'
import { tp } from '../panel/texts.ts'
import { parts } from '../studio/elements.ts'
import { isFixed, labelOf } from './preview.ts'
import { tg } from './texts.ts'

const TYPES = ['text', 'number', 'date', 'boolean', 'choice'] as const

type Props = { at: PanelProps, form: Form, entry: Entry, lint: readonly Lint[], onChange: (patch: Partial<Entry>) => void, onRelabel: (change: (form: Form) => ReturnType<typeof relabel>) => void, onMove: (by: -1 | 1) => void, onRemove: () => void }

/** The settings of what is selected on the form. */
export function Settings({ at, form, entry: e, lint, onChange, onRelabel, onMove, onRemove }: Props) {
  const { entity, disabled, bo } = at
  const [taken, setTaken] = useState('')
  const key = keyOf(e), free = entity === null && e.part === 'field'
  const said = (...on: LintOn[]): string | null => [...new Set(lint.filter(l => l.key === key && on.includes(l.on)).map(l => tg(l.code, { said: l.said })))].join('；') || null
  const known = e.part === 'field' ? entity?.fields.find(f => f.name === e.id) : undefined
  const outcomes = parts(bo, 'qc:Outcome')
  const also = form.filter(f => f.part === 'field' && f.id !== e.id).map(f => ({ name: f.id, label: labelOf(f, entity) }))
  const relabelled = (label: string) => onRelabel(now => relabel(now, key, label))
  return (
    <>
      <header className="qf-props-head"><div><span className="qc-faint">{tg(e.part)}</span><h3>{labelOf(e, entity)}</h3></div>
        {!disabled && <div className="qc-row">
          <button type="button" className="qc-icon-button" aria-label={tg('up')} title={tg('up')} onClick={() => onMove(-1)}><Icon name="up" /></button>
          <button type="button" className="qc-icon-button" aria-label={tg('down')} title={tg('down')} onClick={() => onMove(1)}><Icon name="down" /></button>
          <button type="button" className="qc-icon-button" aria-label={tg('remove')} title={tg('remove')} onClick={onRemove}><Icon name="trash" /></button>
        </div>}
      </header>
      {said('id') && !free && <p className="qc-field-error" role="alert">{said('id')}</p>}
      {e.part === 'section' && <Line label={tg('sectionLabel')} value={e.label} maxLength={40} autoFocus={!e.label} error={said('label')} disabled={disabled} onCommit={relabelled} />}
      {e.part === 'item' && <Line label={tp('itemLabel')} value={e.label} autoFocus={!e.label} error={said('label')} disabled={disabled} onCommit={relabelled} />}
      {e.part === 'script' && <Area label={tp('line')} value={e.label} rows={3} error={said('label')} disabled={disabled} onCommit={relabelled} />}
      {e.part === 'field' && <>
        <Line label={free ? tg('variableLabel') : tg('label')} value={e.label} placeholder={known?.label ?? ''} maxLength={40} autoFocus={free && !e.label} disabled={disabled} onCommit={relabelled} />
        {free && <Line label={tg('variableName')} hint={tg('variableNameHint')} value={e.id} mono maxLength={60} error={taken ? tg('NAME_TWICE', { said: taken }) : said('id')} disabled={disabled} onCommit={id => { const fits = id === '' || rename(form, key, id) !== null; setTaken(fits ? '' : id); if (id && fits) onRelabel(now => rename(now, key, id) ?? { form: [...now], key }) }} />}
        {free && <Choice label={tg('type')} value={e.type || 'text'} disabled={disabled} options={TYPES.map(type => ({ value: type, label: tg(type) }))} onChange={type => onChange({ type: type ?? 'text' })} />}
        {free && e.type === 'choice' && <Area label={tg('options')} value={e.options.join('\n')} error={said('options')} disabled={disabled} onCommit={next => onChange({ options: next.split('\n').map(o => o.trim()).filter(Boolean) })} />}
        <Line label={tg('help')} value={e.help} placeholder={known?.meta?.help ?? ''} maxLength={120} disabled={disabled} onCommit={help => onChange({ help })} />
        <Choice label={tg('fieldWidth')} value={e.width} disabled={disabled} options={(['', 'half', 'full'] as const).map(value => ({ value, label: tg(value || 'auto') }))} onChange={width => onChange({ width: width === 'half' || width === 'full' ? width : '' })} />
        {isFixed(known?.meta) && <p className="qc-field-help">{tg('fixed')}</p>}
        <Tick label={tp('readonly')} checked={e.readonly} disabled={disabled ?? false} onChange={readonly => onChange({ readonly, ...(readonly ? { required: false, initial: '' } : {}) })} />
        {said('readonly') && <p className="qc-field-error" role="alert">{said('readonly')}</p>}
      </>}
      {e.part !== 'section' && !e.readonly && <Tick label={e.part === 'field' ? tp('required') : e.part === 'item' ? tp('must') : tp('mustSay')} checked={e.required} disabled={disabled} onChange={required => onChange({ required, ...(required ? {} : { outcomes: [] }) })} />}
      {e.required && (outcomes.length > 1 || e.outcomes.length > 0) && <Several label={tp('only')} placeholder={tp('always')} value={e.outcomes} error={said('outcomes')} disabled={disabled} options={outcomes.map(o => ({ value: str(o.id), label: str(o.label) || str(o.id) }))} onChange={next => onChange({ outcomes: next })} />}
      {e.part === 'field' && <>
        {!e.readonly && <Feel at={at} also={also} label={tg('initial')} hint={tg('initialHint')} value={e.initial} error={said('initial')} disabled={disabled} onCommit={initial => onChange({ initial })} />}
        <Feel at={at} also={also} label={tg('visibleWhen')} hint={tg('visibleHint')} value={e.visibleWhen} error={said('visibleWhen')} disabled={disabled} onCommit={visibleWhen => onChange({ visibleWhen })} />
      </>}
      {!disabled && <p className="qc-field-help qf-keys">{tg('keys')}</p>}
    </>
  )
}
