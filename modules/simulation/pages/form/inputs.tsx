import type { Distribution } from '@quancheng/process'
import { ts } from '../texts.ts'

export function NumberInput({ label, value, onChange, min = 0, max, step = 'any', unit }: { label: string, value: number | null, onChange: (value: number) => void, min?: number, max?: number, step?: number | 'any', unit?: string }) {
  return (
    <span className="si-number"><input type="number" inputMode="decimal" aria-label={label} title={label} value={value ?? ''} min={min} max={max} step={step} required
      onChange={event => { const n = event.target.valueAsNumber; if (!Number.isNaN(n)) onChange(n) }} />{unit && <span className="qc-faint">{unit}</span>}</span>
  )
}

export function Choice<T extends string>({ label, value, options, onChange }: { label: string, value: T, options: ReadonlyArray<readonly [T, string]>, onChange: (value: T) => void }) {
  return <select aria-label={label} value={value} onChange={event => onChange(event.target.value as T)}>{options.map(([id, text]) => <option key={id} value={id}>{text}</option>)}</select>
}

const KINDS = ['lognormal', 'fixed', 'uniform', 'triangular', 'exponential'] as const

/** Another shape begins from about the same length. */
function turned(d: Distribution, kind: Distribution['kind']): Distribution {
  const about = Math.round((d.kind === 'fixed' ? d.minutes : d.kind === 'exponential' ? d.mean : d.kind === 'lognormal' ? d.median : d.kind === 'triangular' ? d.mode : (d.min + d.max) / 2) * 10) / 10
  switch (kind) {
    case 'fixed': return { kind, minutes: about }
    case 'exponential': return { kind, mean: about }
    case 'uniform': return { kind, min: Math.round(about * 5) / 10, max: Math.round(about * 15) / 10 }
    case 'triangular': return { kind, min: Math.round(about * 5) / 10, mode: about, max: about * 2 }
    case 'lognormal': return { kind, median: about, p80: Math.round(about * 15) / 10 }
  }
}

export function DurationInput({ name, value, onChange }: { name: string, value: Distribution, onChange: (value: Distribution) => void }) {
  const parts: Array<[string, string, number]> = value.kind === 'fixed' ? [['minutes', ts('minutes'), value.minutes]] : value.kind === 'exponential' ? [['mean', ts('mean'), value.mean]]
    : value.kind === 'uniform' ? [['min', ts('min'), value.min], ['max', ts('max'), value.max]]
      : value.kind === 'triangular' ? [['min', ts('min'), value.min], ['mode', ts('mode'), value.mode], ['max', ts('max'), value.max]]
        : [['median', ts('median'), value.median], ['p80', ts('p80'), value.p80]]
  return (
    <span className="si-duration">
      <Choice label={`${name} ${ts('duration')}`} value={value.kind} options={KINDS.map(kind => [kind, ts(kind)] as const)} onChange={kind => onChange(turned(value, kind))} />
      {parts.map(([part, label, n]) => <label key={part}><span className="qc-faint">{label}</span><NumberInput label={`${name} ${label}`} value={n} onChange={next => onChange({ ...value, [part]: next } as Distribution)} /></label>)}
    </span>
  )
}

export function Shares({ name, options, value, onChange }: { name: string, options: ReadonlyArray<{ id: string, label: string, hint?: string | undefined }>, value: Readonly<Record<string, number>>, onChange: (value: Record<string, number>) => void }) {
  const total = options.reduce((sum, o) => sum + (value[o.id] ?? 0), 0)
  return (
    <span className="si-shares">{options.map(o => (
      <label key={o.id} title={o.hint}><span>{o.label}</span><NumberInput label={`${name} ${o.label}`} value={Math.round((value[o.id] ?? 0) * 1000) / 1000} onChange={n => onChange({ ...value, [o.id]: n })} /><span className="qc-faint">{total > 0 ? `${Math.round((value[o.id] ?? 0) / total * 100)}%` : '—'}</span></label>
    ))}</span>
  )
}
