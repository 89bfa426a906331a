import './quotes.css'
import { api, can, fieldOf, listHref, moneyText, Tag, useEntity, type Page, type PanelProps, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tq } from './texts.ts'

/** Quotes of a customer or a deal, newest first, and the way to the next one. */
function Quotes({ filter, first }: { filter: Record<string, string>, first: Record<string, string> | null }) {
  const meta = useEntity('quote')
  const read = useQuery({ queryKey: ['entity', 'quote', 'panel', filter], queryFn: ({ signal }) => api.get<Page<Row>>('/quotes', { query: { filter, sort: '-createdAt', limit: 5 }, signal, quiet: true }) })
  const rows = read.data?.items ?? [], make = first !== null && can('quote:create')
  if (!rows.length && !make) return null
  const stateOf = (row: Row) => meta && fieldOf(meta, 'state')?.options?.find(o => o.value === row.state)
  return (
    <section className="qc-panel">
      <header><h2>{tq('quotes')}</h2><span>{rows.length > 0 && <Link to={listHref('quotes', filter)}>{tq('all')}</Link>} {make && <Link className="qc-button" to={`/e/quotes/new?${new URLSearchParams(first)}`}>{tq('newQuote')}</Link>}</span></header>
      {rows.length === 0 ? <p className="qc-panel-pad qc-soft">{tq('noQuotes')}</p> : <ul className="qc-plain qt-read">{rows.map(row => { const s = stateOf(row); return (
        <li key={row.id}><span><Link to={`/e/quotes/${row.id}`}>{String(row.number)} {String(row.title ?? '')}</Link> <span className="qc-soft">{tq('version', { n: Number(row.revision) })}</span> {s && <Tag color={s.color === 'default' ? undefined : s.color}>{s.label}</Tag>}</span><span className="qc-number">¥{moneyText(String(row.amount))}</span></li>) })}</ul>}
    </section>
  )
}

const given = (row: Row, ...names: string[]): Record<string, string> => Object.fromEntries(names.filter(n => typeof row[n] === 'string').map(n => [n, String(row[n])]))

/** On a deal that is open: it names the deal and its customer. */
export default function DealQuotes({ row }: PanelProps) {
  const first = { opportunityId: row.id, customerId: String(row.customerId), title: String(row.name), ...given(row, 'contactId', 'unitId', 'ownerId') }
  return <Quotes filter={{ opportunityId: row.id }} first={row.outcome === 'open' ? first : null} />
}
export function CustomerQuotes({ row }: PanelProps) { return <Quotes filter={{ customerId: row.id }} first={{ customerId: row.id, ...given(row, 'unitId') }} /> }
