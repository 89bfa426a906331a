import '../shared/shared.css'
import './repeat.css'
import { api, EmptyState, ErrorState, listHref, PageFrame, Skeleton, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { tr } from './texts.ts'

type Line = { id: string, name: string, collected: number, repeats: number, rate: number | null, filter: Filter }
type Rates = { from: string, to: string, days: number, total: { collected: number, repeats: number, rate: number | null }, units: Line[], engineers: Line[] }

/** 返修率 by station and by engineer; each figure opens the requests that it counted (SP-28). */
export default function Repeat() {
  const [params, setParams] = useSearchParams()
  const span = { ...(params.get('from') ? { from: params.get('from')! } : {}), ...(params.get('to') ? { to: params.get('to')! } : {}) }
  const read = useQuery({ queryKey: ['service', 'repeat', span], queryFn: ({ signal }) => api.get<Rates>('/service/repeat-rates', { query: span, signal }) })
  const set = (name: 'from' | 'to', value: string) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  return (
    <PageFrame title={tr('title')}>
      {read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <div className="re-stack">
        <section className="qc-panel qc-panel-pad re-head">
          <p className="qc-soft">{tr('hint', { n: read.data.days })}</p>
          <div className="qc-row"><label>{tr('from')} <input type="date" value={read.data.from} onChange={event => set('from', event.target.value)} /></label><label>{tr('to')} <input type="date" value={read.data.to} onChange={event => set('to', event.target.value)} /></label>
            <span>{tr('total')} <b>{read.data.total.repeats}</b> / {read.data.total.collected} · <b>{read.data.total.rate === null ? '—' : `${read.data.total.rate}%`}</b></span></div>
        </section>
        <Table title={tr('byUnit')} lines={read.data.units} />
        <Table title={tr('byEngineer')} lines={read.data.engineers} />
      </div>}
    </PageFrame>
  )
}

function Table({ title, lines }: { title: string, lines: Line[] }) {
  return (
    <section className="qc-panel">
      <header><h2>{title}</h2></header>
      {lines.length === 0 ? <EmptyState icon="check" title={tr('nothing')} /> : (
        <div className="sv-table-wrap"><table className="sv-table"><thead><tr><th>{tr('who')}</th><th className="sv-right">{tr('collected')}</th><th className="sv-right">{tr('repeats')}</th><th className="sv-right">{tr('rate')}</th></tr></thead>
          <tbody>{lines.map(line => <tr key={line.id}><td>{line.name}</td><td className="sv-right" data-label={tr('collected')}>{line.collected}</td><td className="sv-right" data-label={tr('repeats')}><Link to={listHref('service-requests', line.filter)}>{line.repeats}</Link></td><td className="sv-right" data-label={tr('rate')}>{line.rate === null ? '—' : `${line.rate}%`}</td></tr>)}</tbody></table></div>
      )}
    </section>
  )
}
