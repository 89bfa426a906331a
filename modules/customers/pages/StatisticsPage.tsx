import { api, EmptyState, ErrorState, listHref, moneyText, PageFrame, Skeleton, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { tc } from './texts.ts'
import './customer.css'

interface Axis { key: string; label: string; valueLabel: string | null; total: number; rows: { value: unknown; label: string | null; count: number; amount: string | null; filter: Filter }[] }
const STANDINGS = [['', 'everybody'], ['customer', 'isCustomer'], ['prospect', 'isProspect'], ['former', 'isFormer']] as const

/** How many customers there are and what they are worth, by each axis; behind every figure stand its rows (CU-14). */
export default function StatisticsPage() {
  const [standing, setStanding] = useState('')
  const read = useQuery({ queryKey: ['customer', 'statistics', standing], queryFn: ({ signal }) => api.get<{ total: number; axes: Axis[] }>('/customer-statistics', { query: { standing: standing || undefined }, signal }) })
  return (
    <PageFrame title={tc('statistics')} bar={<Segmented value={standing} onChange={setStanding} options={STANDINGS.map(([value, name]) => ({ value, label: tc(name) }))} />}>
      {read.isPending ? <section className="qc-panel"><Skeleton lines={8} /></section> : read.isError ? <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
        : read.data.total === 0 ? <section className="qc-panel"><EmptyState icon="chart" title={tc('noCustomers')} hint={tc('noCustomersHint')} /></section>
          : <div className="cu-axes">{read.data.axes.map(a => <AxisTable key={a.key} axis={a} />)}</div>}
    </PageFrame>
  )
}

function AxisTable({ axis: a }: { axis: Axis }) {
  const most = a.rows.toSorted((x, y) => (a.key === 'createdAt' ? 0 : y.count - x.count))
  return (
    <section className="qc-panel qc-panel-pad cu-block"><h2>{a.label}</h2>
      <table className="cu-table">
        <thead><tr><th>{tc('value')}</th><th>{tc('count')}</th><th>{tc('share')}</th>{a.valueLabel && <th>{a.valueLabel}</th>}</tr></thead>
        <tbody>{most.map(r => (
          <tr key={String(r.value)}><td>{r.label === null ? tc('none') : a.key === 'createdAt' ? r.label.slice(0, 7) : r.label}</td><td><Link to={listHref('customers', r.filter)}>{r.count}</Link></td><td>{Math.round((r.count / a.total) * 1000) / 10}%</td>{a.valueLabel && <td>{moneyText(r.amount ?? '0')}</td>}</tr>
        ))}</tbody>
        <tfoot><tr><td>{tc('total')}</td><td>{a.total}</td><td>100%</td>{a.valueLabel && <td />}</tr></tfoot>
      </table>
    </section>
  )
}
