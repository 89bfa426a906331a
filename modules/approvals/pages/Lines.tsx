import './approvals.css'
import { Icon, moneyText, t } from '@quancheng/ui'
import { Input } from 'antd'
import { tv } from './texts.ts'

export type Line = { date?: string, kind: string, note?: string, amount: string }

/** What is sent: lines with something in them. */
export const filled = (lines: Line[]): Line[] => lines.filter(line => line.kind.trim() !== '' || Number(line.amount) > 0)
export const sumOf = (lines: Line[]): string => (lines.reduce((sum, line) => sum + Math.round(Number(line.amount || 0) * 100), 0) / 100).toFixed(2)
export const linesOf = (value: unknown): Line[] => Array.isArray(value) ? (value as Line[]).map(line => ({ ...line, kind: line.kind ?? '', amount: String(line.amount ?? '') })) : []

/** The lines of an expense claim; their sum is its amount. */
export function Lines({ lines, onChange }: { lines: Line[], onChange: (lines: Line[]) => void }) {
  const put = (at: number, change: Partial<Line>) => onChange(lines.map((line, i) => i === at ? { ...line, ...change } : line))
  return (
    <section className="ap-lines">
      <header><strong>{tv('lines')}</strong>{filled(lines).length > 0 && <span>{tv('sum')} <b className="qc-number">{moneyText(sumOf(filled(lines)))}</b></span>}</header>
      {lines.map((line, i) => (
        <div key={i} className="ap-line">
          <Input type="date" aria-label={`${tv('lineDate')} ${i + 1}`} value={line.date ?? ''} onChange={event => put(i, event.target.value ? { date: event.target.value } : {})} />
          <Input aria-label={`${tv('lineKind')} ${i + 1}`} placeholder={tv('lineKind')} maxLength={40} value={line.kind} onChange={event => put(i, { kind: event.target.value })} />
          <Input aria-label={`${tv('lineNote')} ${i + 1}`} placeholder={tv('lineNote')} maxLength={200} value={line.note ?? ''} onChange={event => put(i, { note: event.target.value })} />
          <Input aria-label={`${tv('lineAmount')} ${i + 1}`} placeholder={tv('lineAmount')} inputMode="decimal" prefix="¥" value={line.amount} onChange={event => { const amount = event.target.value.replaceAll(/[^\d.]/g, ''); put(i, { amount }) }} />
          <button type="button" className="qc-icon-button" aria-label={`${t('remove')} ${i + 1}`} onClick={() => onChange(lines.filter((_, at) => at !== i))}><Icon name="close" size={16} /></button>
        </div>
      ))}
      <button type="button" className="qc-button" onClick={() => onChange([...lines, { kind: '', amount: '' }])}><Icon name="plus" />{tv('addLine')}</button>
    </section>
  )
}
