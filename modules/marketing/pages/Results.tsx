import { api, can, dateText, EmptyState, ErrorState, listHref, moneyText, Skeleton, useLive, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { tm } from './texts.ts'

type Figure = { key: string, label: string, value: string, money: boolean, plural: string, filter: Filter | null }
type Figures = { funnel: Figure[], money: Figure[], roi: { expected: string | null, lift: string, percent: number | null, target: number, control: number, from: string | null, until: string } }
type Orders = { total: string, count: number, rows: Array<{ id: string, number: string, customer: string, amount: string, orderedOn: string }> }

/** What the campaign came to; each figure opens the rows that it was counted from (AN-04). */
export function Results({ id }: { id: string }) {
  const [orders, setOrders] = useState(false)
  const read = useQuery({ queryKey: ['entity', 'campaign', 'row', id, 'figures'], queryFn: ({ signal }) => api.get<Figures>(`/campaigns/${id}/figures`, { signal }) })
  useLive('campaign', () => void read.refetch())
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={4} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  const { funnel, money, roi } = read.data
  const shown = (f: Figure) => <><span>{f.label}</span><b>{f.money ? `¥ ${moneyText(f.value)}` : f.value}</b></>
  const box = (f: Figure) => (f.filter ? <Link key={f.key} className="mk-figure" data-figure={f.key} to={listHref(f.plural, f.filter)}>{shown(f)}</Link> : <button key={f.key} type="button" className="mk-figure" data-figure={f.key} aria-expanded={orders} onClick={() => setOrders(!orders)}>{shown(f)}</button>)
  return (
    <section className="qc-panel"><header><h2>{tm('results')}</h2>{can('campaignCost:create') && <Link className="qc-button" to={`/e/campaign-costs/new?campaignId=${id}`}>{tm('addCost')}</Link>}</header>
      <div className="qc-panel-pad qc-stack">
        <div className="mk-figures">{funnel.map(box)}</div>
        <div className="mk-figures mk-figures-money">{money.map(box)}
          {roi.expected !== null && <div className="mk-figure" data-plain="true"><span>{tm('expected')}</span><b>¥ {moneyText(roi.expected)}</b></div>}
          <div className="mk-figure" data-plain="true"><span>{tm('lift')}</span><b>¥ {moneyText(roi.lift)}</b></div>
          <div className="mk-figure" data-plain="true" data-figure="roi"><span>{tm('roi')}</span><b>{roi.percent === null ? tm('noCost') : `${roi.percent}%`}</b></div></div>
        <p className="qc-soft">{tm('how')}{roi.from && ` · ${tm('span', { a: dateText(roi.from), b: dateText(roi.until) })}`}</p>
        {orders && <ControlOrders id={id} />}
      </div></section>
  )
}

function ControlOrders({ id }: { id: string }) {
  const read = useQuery({ queryKey: ['entity', 'campaign', 'row', id, 'control'], queryFn: ({ signal }) => api.get<Orders>(`/campaigns/${id}/control-orders`, { signal }) })
  if (read.isPending) return <Skeleton lines={3} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  return <div><h3>{tm('controlOrders')} {read.data.count}</h3>{read.data.rows.length === 0 ? <EmptyState icon="list" title={tm('none')} /> : <table className="mk-table mk-table-money"><thead><tr><th>{tm('order')}</th><th>{tm('customer')}</th><th>{tm('day')}</th><th>{tm('amount')}</th></tr></thead><tbody>{read.data.rows.map(r => <tr key={r.id}><td><Link to={`/e/sales-orders/${r.id}`}>{r.number}</Link></td><td>{r.customer}</td><td>{r.orderedOn}</td><td>¥ {moneyText(r.amount)}</td></tr>)}</tbody></table>}</div>
}
