import { Icon } from '@quancheng/ui'
import { AutoComplete, Select } from 'antd'
import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { tp } from './texts.ts'

/** How long a pause in typing is taken for the end of a thought, and so for one step of undo, in ms. */
const PAUSE_MS = 900

/** A text that becomes one command when the person leaves it, presses Enter, or stops typing. */
export function useTyped(value: string, onCommit: (next: string) => void) {
  const [typed, setTyped] = useState<string | null>(null)
  const latest = useRef({ typed, value, onCommit })
  useEffect(() => { latest.current = { typed, value, onCommit } })
  const commit = () => {
    const { typed: now, value: before, onCommit: tell } = latest.current
    if (now === null) return
    latest.current.typed = null
    setTyped(null)
    if (now.trim() !== before) tell(now.trim())
  }
  useEffect(() => {
    if (typed === null) return
    const timer = setTimeout(() => { const { typed: now, value: before, onCommit: tell } = latest.current; if (now !== null && now.trim() !== before) tell(now.trim()) }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [typed])
  // the panel shows another element: what was typed belongs to the one before
  useEffect(() => () => { const { typed: now, value: before, onCommit: tell } = latest.current; if (now !== null && now.trim() !== before) queueMicrotask(() => tell(now.trim())) }, [])
  return { shown: typed ?? value, setTyped, commit, drop: () => { latest.current.typed = null; setTyped(null) } }
}

export type Common = { label: string, hint?: ReactNode, error?: string | null, disabled?: boolean }

export function Labelled({ label, hint, error, id, children }: Common & { id: string, children: ReactNode }) {
  return <div className="qd-field"><label htmlFor={id}>{label}</label>{children}{error ? <div className="qc-field-error" role="alert">{error}</div> : hint ? <div className="qc-field-help">{hint}</div> : null}</div>
}

export function Line({ value, onCommit, mono, placeholder, maxLength = 200, autoFocus, bare, ...common }: Common & { value: string, onCommit: (next: string) => void, mono?: boolean, placeholder?: string, maxLength?: number, autoFocus?: boolean, bare?: boolean }) {
  const id = useId()
  const { shown, setTyped, commit, drop } = useTyped(value, onCommit)
  const input = <input id={id} className={mono ? 'qc-mono' : undefined} value={shown} placeholder={placeholder} maxLength={maxLength} autoFocus={autoFocus} disabled={common.disabled} aria-label={bare ? common.label : undefined} aria-invalid={common.error ? true : undefined}
    onChange={event => setTyped(event.target.value)} onBlur={commit} onKeyDown={event => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') { drop(); event.stopPropagation() } }} />
  return bare ? input : <Labelled {...common} id={id}>{input}</Labelled>
}

export function Area({ value, onCommit, rows = 3, placeholder, bare, mono, ...common }: Common & { value: string, onCommit: (next: string) => void, rows?: number, placeholder?: string, bare?: boolean, mono?: boolean }) {
  const id = useId()
  const { shown, setTyped, commit, drop } = useTyped(value, onCommit)
  const input = <textarea id={id} className={mono ? 'qc-mono' : undefined} rows={rows} value={shown} placeholder={placeholder} maxLength={4000} disabled={common.disabled} aria-label={bare ? common.label : undefined} aria-invalid={common.error ? true : undefined}
    onChange={event => setTyped(event.target.value)} onBlur={commit} onKeyDown={event => { if (event.key === 'Escape') { drop(); event.stopPropagation() } }} />
  return bare ? input : <Labelled {...common} id={id}>{input}</Labelled>
}

export function Amount({ value, onCommit, min = 1, max = 1_000_000, ...common }: Common & { value: number | null, onCommit: (next: number) => void, min?: number, max?: number }) {
  const id = useId()
  const { shown, setTyped, commit, drop } = useTyped(value === null ? '' : String(value), next => { const n = Math.round(Number(next)); if (next !== '' && Number.isFinite(n) && n >= min && n <= max) onCommit(n) })
  return <Labelled {...common} id={id}><input id={id} inputMode="numeric" value={shown} disabled={common.disabled} onChange={event => setTyped(event.target.value.replace(/[^\d]/g, ''))} onBlur={commit} onKeyDown={event => { if (event.key === 'Enter') commit(); if (event.key === 'Escape') { drop(); event.stopPropagation() } }} /></Labelled>
}

export function Tick({ label, checked, onChange, hint, disabled }: Common & { checked: boolean, onChange: (next: boolean) => void }) {
  return <label className="qd-tick"><input type="checkbox" checked={checked} disabled={disabled} onChange={event => onChange(event.target.checked)} /><span>{label}{hint && <small className="qc-field-help">{hint}</small>}</span></label>
}

export type Option = { value: string, label: string }

export function Choice({ value, options, onChange, placeholder, clearable, bare, search, ...common }: Common & { value: string | null, options: readonly Option[], onChange: (next: string | null) => void, placeholder?: string, clearable?: boolean, bare?: boolean, search?: boolean }) {
  const id = useId()
  const select = <Select id={id} aria-label={common.label} value={value} placeholder={placeholder} allowClear={clearable ?? false} disabled={common.disabled ?? false} options={[...options]} showSearch={search ? { optionFilterProp: 'label' } : false} popupMatchSelectWidth={false} onChange={(next: string | undefined) => onChange(next ?? null)} />
  return bare ? select : <Labelled {...common} id={id}>{select}</Labelled>
}

/** A name that is chosen from those known, or written anew: Enter, a choice or leaving the field takes it. */
export function Pick({ value, options, onCommit, placeholder, mono, ...common }: Common & { value: string, options: readonly Option[], onCommit: (next: string) => void, placeholder?: string, mono?: boolean }) {
  const id = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [open, setOpen] = useState(false)
  const take = (next: string) => { setTyped(null); setOpen(false); if (next.trim() !== value) onCommit(next.trim()) }
  const shown = typed ?? value
  const suggestions = typed === null ? [...options] : options.filter(o => `${o.label} ${o.value}`.toLowerCase().includes(typed.toLowerCase()))
  return (
    <Labelled {...common} id={id}>
      <AutoComplete id={id} {...(mono ? { className: 'qc-mono' } : {})} value={shown} disabled={common.disabled ?? false} placeholder={placeholder} popupMatchSelectWidth={false} {...(common.error ? { status: 'error' as const } : {})}
        options={suggestions}
        onChange={(next: string) => setTyped(next)} onSelect={(next: string) => take(next)} onFocus={() => setOpen(true)} onBlur={() => { setOpen(false); if (typed !== null) take(typed) }} open={open && suggestions.length > 0} onOpenChange={setOpen}
        onKeyDown={event => { if (event.key === 'Escape') { setTyped(null); setOpen(false); event.stopPropagation() } if (event.key === 'Enter' && typed !== null && !suggestions.length) take(typed) }} />
    </Labelled>
  )
}

export function Several({ value, options, onChange, placeholder, free, bare, ...common }: Common & { value: readonly string[], options: readonly Option[], onChange: (next: string[]) => void, placeholder?: string, free?: boolean, bare?: boolean }) {
  const id = useId()
  const select = <Select id={id} aria-label={common.label} mode={free ? 'tags' : 'multiple'} value={[...value]} placeholder={placeholder} disabled={common.disabled ?? false} options={[...options]} tokenSeparators={free ? [',', '，', '、', ' '] : []} popupMatchSelectWidth={false} onChange={(next: string[]) => onChange(next)} />
  return bare ? select : <Labelled {...common} id={id}>{select}</Labelled>
}

/** A part of the panel that opens and closes; it remembers that while the page is open. */
const opened = new Map<string, boolean>()
export function Section({ name, title, hint, count, children, open = false }: { name: string, title: string, hint?: string, count?: number, children: ReactNode, open?: boolean }) {
  return (
    <details className="qd-section" open={opened.get(name) ?? open} onToggle={event => opened.set(name, event.currentTarget.open)}>
      <summary><span>{title}</span>{count ? <span className="qc-count">{count}</span> : null}</summary>
      <div className="qd-section-body">{hint && <p className="qc-field-help">{hint}</p>}{children}</div>
    </details>
  )
}

type RowsProps<T> = { rows: readonly T[], onChange: (rows: T[]) => void, make: () => T, addText: string, disabled?: boolean, what: (row: T) => string, children: (row: T, put: (patch: Partial<T>) => void, fresh: boolean) => ReactNode, extra?: ReactNode }

/** A list that is edited in place: add, change, order, remove. */
export function Rows<T extends object>({ rows, onChange, make, addText, disabled, what, children, extra }: RowsProps<T>) {
  const [fresh, setFresh] = useState(-1)
  const move = (from: number, by: number) => { const next = [...rows]; const [row] = next.splice(from, 1); next.splice(from + by, 0, row!); setFresh(-1); onChange(next) }
  return (
    <div className="qd-rows">
      {rows.map((row, i) => (
        // rows have no identity of their own: their place is what one sees
        <div className="qd-row" key={i} role="group" aria-label={what(row)}>
          <div className="qd-row-main">{children(row, patch => onChange(rows.map((each, at) => (at === i ? { ...each, ...patch } : each))), fresh === i)}</div>
          {!disabled && <div className="qd-row-acts">
            <button type="button" className="qd-mini" disabled={i === 0} aria-label={`${tp('up')} ${what(row)}`} onClick={() => move(i, -1)}><Icon name="up" size={13} /></button>
            <button type="button" className="qd-mini" disabled={i === rows.length - 1} aria-label={`${tp('down')} ${what(row)}`} onClick={() => move(i, 1)}><Icon name="down" size={13} /></button>
            <button type="button" className="qd-mini" aria-label={`${tp('remove')} ${what(row)}`} onClick={() => { setFresh(-1); onChange(rows.filter((_, at) => at !== i)) }}><Icon name="trash" size={13} /></button>
          </div>}
        </div>
      ))}
      {!disabled && <div className="qc-row"><button type="button" className="qd-add" onClick={() => { setFresh(rows.length); onChange([...rows, make()]) }}><Icon name="plus" size={13} />{addText}</button>{extra}</div>}
    </div>
  )
}
