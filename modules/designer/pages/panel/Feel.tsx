import { compileFeel } from '@quancheng/process/feel'
import { useId, useRef, useState } from 'react'
import { variablesAt, type Variable } from '../studio/variables.ts'
import type { PanelProps } from './common.tsx'
import { Labelled, useTyped, type Common } from './inputs.tsx'
import { tp } from './texts.ts'

/** What is wrong with an expression, in a sentence; null when it can be read. */
export function feelProblem(source: string): string | null {
  if (!source.trim()) return null
  try { compileFeel(source); return null } catch (error) { return error instanceof Error ? error.message : String(error) }
}

/** Names that an expression reads and nothing before it writes. */
function unknownNames(source: string, known: ReadonlySet<string>): string[] {
  if (!source.trim()) return []
  try { return compileFeel(source).variables.filter(name => !known.has(name)) } catch { return [] }
}

const MOST = 40

type Props = Common & { at: Pick<PanelProps, 'bo' | 'entity'>, value: string, onCommit: (next: string) => void, rows?: number, placeholder?: string, bare?: boolean, own?: boolean, also?: readonly Variable[] }

/** A field for an expression: told at once when it cannot be read, with the variables that are known at this place to choose from. */
export function Feel({ at, value, onCommit, rows = 1, placeholder, bare, own = true, also = [], ...common }: Props) {
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const [open, setOpen] = useState(false)
  const { shown, setTyped, commit, drop } = useTyped(value, onCommit)
  const known = variablesAt(at.bo, at.entity, own)
  const variables = [...also.filter(v => !known.some(k => k.name === v.name)), ...known]
  const error = feelProblem(shown) ?? common.error ?? null
  const strange = error ? [] : unknownNames(shown, new Set(variables.map(v => v.name)))
  const put = (name: string) => {
    const area = field.current, from = area?.selectionStart ?? shown.length, to = area?.selectionEnd ?? from
    const gap = from > 0 && !/[\s(]$/.test(shown.slice(0, from)) ? ' ' : ''
    setTyped(`${shown.slice(0, from)}${gap}${name}${shown.slice(to)}`)
    area?.focus()
  }
  const chips = (
    <div className="qd-vars">
      <button type="button" className="qc-link" aria-expanded={open} aria-controls={`${id}-vars`} onMouseDown={event => event.preventDefault()} onClick={() => setOpen(!open)}>{tp('variables', { n: variables.length })}</button>
      {open && <div id={`${id}-vars`} className="qd-var-list">{variables.slice(0, MOST).map(v => <button key={v.name} type="button" title={v.label} onMouseDown={event => event.preventDefault()} onClick={() => put(v.name)}><code>{v.name}</code><span>{v.label}</span></button>)}</div>}
    </div>
  )
  const help = strange.length ? <span className="qd-warn">{tp('unknownVariables', { names: strange.join('、') })}</span> : common.hint
  const area = <textarea ref={field} id={id} className="qc-mono" rows={rows} value={shown} placeholder={placeholder} maxLength={4000} disabled={common.disabled} aria-label={bare ? common.label : undefined} aria-invalid={error ? true : undefined}
    onChange={event => setTyped(event.target.value)} onBlur={commit} onKeyDown={event => { if (event.key === 'Escape') { drop(); event.stopPropagation() } if (event.key === 'Enter' && rows === 1 && !event.shiftKey) { event.preventDefault(); commit() } }} />
  const whole = <>{area}{!common.disabled && chips}</>
  if (!bare) return <Labelled {...common} hint={help} error={error} id={id}>{whole}</Labelled>
  return <div className="qd-field">{whole}{error ? <div className="qc-field-error" role="alert">{error}</div> : strange.length ? <div className="qc-field-help">{help}</div> : null}</div>
}
