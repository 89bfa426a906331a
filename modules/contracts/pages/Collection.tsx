import './contracts.css'
import { api, can, EmptyState, ErrorState, listHref, moneyText, PageFrame, Skeleton, useLive } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { tk } from './texts.ts'

const KEYS = ['notDue', 'd30', 'd60', 'd90', 'over'] as const
type Key = (typeof KEYS)[number]
type Ageing = Record<Key, string> & { key: string, name: string, total: string }
type Read = { today: string, buckets: Array<{ key: Key, from: string | null, to: string | null }>, total: Ageing | null, byCustomer: Ageing[], byOwner: Ageing[], months: Array<{ month: string, planned: string, received: string }> }
type Entries = { days: number, items: Array<{ id: string, number: string, title: string, customer: string, signedOn: string, enteredOn: string | null, workingDays: number, late: boolean }> }

/** What is still to come in, how long it has been due, and who is to see to it. Every figure opens its rows. */
export default function Collection() {
  const [by, setBy] = useState<'customer' | 'owner'>('customer')
  const read = useQuery({ queryKey: ['contracts', 'collection'], queryFn: ({ signal }) => api.get<Read>('/collection', { signal }) })
  const entries = useQuery({ queryKey: ['contracts', 'entries'], queryFn: ({ signal }) => api.get<Entries>('/collection/order-entries', { signal, quiet: true }), enabled: can('contract:read') })
  useLive(['instalment', 'receipt'], () => void read.refetch())
  const booked = can('receipt:create') ? <Link className="qc-button qc-button-primary" to="/e/receipts/new">{tk('book')}</Link> : null
  if (read.isPending) return <PageFrame title={tk('collection')}><div className="qc-panel"><Skeleton lines={8} /></div></PageFrame>
  if (read.isError) return <PageFrame title={tk('collection')}><div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div></PageFrame>
  const { buckets, total, byCustomer, byOwner, months } = read.data, rows = by === 'customer' ? byCustomer : byOwner
  const span = (key: Key) => { const b = buckets.find(each => each.key === key)!; return b.from && b.to ? { between: [b.from, b.to] } : b.from ? { gte: b.from } : { lte: b.to } }
  const href = (row: Ageing | null, key: Key | null) => listHref('instalments', { settledOn: { isNull: true }, ...(key ? { dueOn: span(key) } : {}), ...(row ? { [by === 'customer' ? 'customerId' : 'ownerId']: row.key || { isNull: true } } : {}) })
  const late = entries.data?.items.filter(each => each.late) ?? []
  return (
    <PageFrame title={tk('collection')} actions={booked}>
      <section className="qc-panel kc-panel">
        <header><h2>{moneyText(total?.total ?? '0')}</h2><Segmented value={by} onChange={value => setBy(value as 'customer' | 'owner')} options={[{ value: 'customer', label: tk('byCustomer') }, { value: 'owner', label: tk('byOwner') }]} /></header>
        {rows.length === 0 ? <EmptyState icon="money" title={tk('nothing')} hint={tk('nothingHint')} /> : <div className="kc-scroll"><table className="kc-table">
          <thead><tr><th>{tk(by === 'customer' ? 'who' : 'owner')}</th>{KEYS.map(key => <th key={key}>{tk(key)}</th>)}<th>{tk('sum')}</th></tr></thead>
          <tbody>
            {rows.map(row => <tr key={row.key}><td>{by === 'customer' ? <><Link to={`/e/customers/${row.key}`}>{row.name}</Link> <a className="qc-soft" href={`/api/collection/statement/${row.key}/statement.pdf`} target="_blank" rel="noreferrer">{tk('statement')}</a> <a className="qc-soft" href={`/api/collection/statement/${row.key}/statement.csv`}>CSV</a></> : row.name}</td>{KEYS.map(key => <td key={key}>{row[key] === '0.00' ? '—' : <Link className={key === 'd90' || key === 'over' ? 'qc-danger' : ''} to={href(row, key)}>{moneyText(row[key])}</Link>}</td>)}<td><Link to={href(row, null)}><b>{moneyText(row.total)}</b></Link></td></tr>)}
            {total && <tr><td><b>{tk('sum')}</b></td>{KEYS.map(key => <td key={key}>{total[key] === '0.00' ? '—' : <Link to={href(null, key)}>{moneyText(total[key])}</Link>}</td>)}<td><Link to={href(null, null)}><b>{moneyText(total.total)}</b></Link></td></tr>}
          </tbody>
        </table></div>}
      </section>
      <section className="qc-panel kc-panel">
        <header><h2>{tk('months')}</h2></header>
        <div className="kc-scroll"><table className="kc-table"><thead><tr><th>{tk('month')}</th><th>{tk('planned')}</th><th>{tk('received')}</th></tr></thead>
          <tbody>{months.map(m => <tr key={m.month}><td>{m.month}</td><td><Link to={listHref('instalments', { dueOn: monthSpan(m.month) })}>{moneyText(m.planned)}</Link></td><td><Link to={listHref('receipts', { receivedOn: monthSpan(m.month) })}>{moneyText(m.received)}</Link></td></tr>)}</tbody></table></div>
      </section>
      {entries.data && <section className="qc-panel kc-panel"><header><h2>{tk('entry')}</h2><span className="qc-soft">{tk('entryHint', { n: entries.data.days })}</span></header>
        {late.length === 0 ? <p className="qc-soft qc-panel-pad">{tk('entryNone')}</p> : <ul className="kc-list">{late.map(each => <li key={each.id}><Link to={`/e/contracts/${each.id}`}>{each.number} {each.title}</Link><span className="qc-soft">{each.customer} · {each.signedOn}</span><span className="qc-danger">{each.enteredOn ? tk('enteredOn', { d: each.enteredOn }) : tk('notEntered')} · {tk('workDays', { n: each.workingDays })}</span></li>)}</ul>}
      </section>}
    </PageFrame>
  )
}

const monthSpan = (month: string) => { const [year, number] = month.split('-').map(Number); return { between: [`${month}-01`, `${month}-${String(new Date(Date.UTC(year!, number!, 0)).getUTCDate()).padStart(2, '0')}`] } }
