import type { DecisionTable } from '@quancheng/process'
import { useSay } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import { tryFields, tryVariables, type TryField } from '../../rules/fields.ts'
import type { Tried } from '../api.ts'
import { tx } from '../texts.ts'

type Props = { table: DecisionTable, lead: string, variables?: readonly string[], run: (variables: Record<string, unknown>) => Promise<Tried | null>, onTried: (tried: Tried | null) => void }

/** A case is filled in, and the rules that apply light up. */
export function TryPanel({ table, lead, variables, run, onTried }: Props) {
  const say = useSay()
  const [texts, setTexts] = useState<Record<string, string>>({})
  const [answer, setAnswer] = useState<{ table: DecisionTable, tried: Tried | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const fields = tryFields(table, variables)
  const go = async () => {
    setBusy(true)
    try {
      const tried = await run(tryVariables(fields, texts))
      setAnswer({ table, tried })
      onTried(tried)
    } catch (error) { say.error(error) }
    setBusy(false)
  }
  return (
    <form className="dt-try" onSubmit={event => { event.preventDefault(); void go() }}>
      <p className="qc-soft">{lead}</p>
      {fields.length === 0 && <p className="qc-faint">{tx('tryEmpty')}</p>}
      {fields.map(field => <TryInput key={field.path.join('.')} field={field} text={texts[field.path.join('.')] ?? ''} onText={text => setTexts(all => ({ ...all, [field.path.join('.')]: text }))} />)}
      <button type="submit" className="qc-button qc-button-primary" disabled={busy}>{tx('tryNow')}</button>
      {/* what was found out about another table says nothing about this one */}
      {answer?.table === table && (answer.tried ? <Result tried={answer.tried} table={table} /> : <div className="qc-notice qc-notice-danger" role="alert">{tx('tryBad')}</div>)}
    </form>
  )
}

function TryInput({ field, text, onText }: { field: TryField, text: string, onText: (text: string) => void }) {
  const options = field.type === 'boolean' ? [tx('yes'), tx('no')] : field.options
  const type = field.type === 'date' ? 'date' : field.type === 'dateTime' ? 'datetime-local' : field.type === 'time' ? 'time' : 'text'
  return (
    <label className="dt-field"><span>{field.label}</span>
      {options.length > 0
        ? <select value={text} onChange={event => onText(event.target.value)}><option value="">—</option>{options.map((each, i) => <option key={each} value={field.type === 'boolean' ? ['是', '否'][i] : each}>{each}</option>)}</select>
        : <input type={type} inputMode={field.type === 'number' ? 'decimal' : undefined} value={text} onChange={event => onText(event.target.value)} />}
    </label>
  )
}

/** Values come as JSON or as values of FEEL, whose text is what JSON would say. */
function words(value: unknown): string {
  if (value === null || value === undefined) return tx('empty')
  if (typeof value === 'boolean') return tx(value ? 'yes' : 'no')
  if (Array.isArray(value)) return value.length ? value.map(words).join('、') : tx('empty')
  if (typeof value !== 'object') return String(value)
  const plain = JSON.parse(JSON.stringify(value)) as unknown
  return plain !== null && typeof plain === 'object' ? Object.entries(plain).map(([name, inner]) => `${name} = ${words(inner)}`).join('，') : String(plain)
}

function Result({ tried, table }: { tried: Tried, table: DecisionTable }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => { place.current?.scrollIntoView({ block: 'nearest' }) }, [tried])
  const numbers = tried.matched.map(id => table.rules.findIndex(rule => rule.id === id) + 1).filter(n => n > 0)
  return (
    <div ref={place} className="dt-result" role="status">
      <span className="qc-soft">{tx('result')}</span>
      <b className="dt-result-value">{words(tried.value)}</b>
      <span>{numbers.length ? tx('tryMatched', { list: numbers.join('、') }) : tx('tryNone')}</span>
      {tried.problems.map((problem, i) => <p key={i} className="qc-danger">{problem.message}</p>)}
    </div>
  )
}
