import { api, EmptyState, ErrorState, listHref, Skeleton, useLive, type Filter } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Segmented } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { tv } from './texts.ts'

type Line = { count: number, open: number, late: number, answered: number, onTime: number, reopened: number, satisfied: number, judged: number, requests: number, onTimeRate: number | null, reopenRate: number | null, satisfiedRate: number | null, perThousand: string | null, filter: Filter, requestFilter: Filter }
type Answer = { at: string, total: Line, lines: Array<Line & { key: string | null, name: string }> }
const BY = [['category', 'byCategory'], ['severity', 'bySeverity'], ['unit', 'byUnit']] as const
export const SPANS = [['30', 'days30'], ['90', 'days90'], ['0', 'ever']] as const
export const since = (days: string): string | undefined => (Number(days) ? new Date(Date.now() - Number(days) * 86_400_000).toISOString() : undefined)
const percent = (n: number | null): string => (n === null ? '—' : `${n}%`)

/** Complaints in figures; behind each stand the rows that it counts. */
export function Figures() {
  const [by, setBy] = useState('category')
  const [days, setDays] = useState('30')
  const read = useQuery({ queryKey: ['complaint-figures', by, days], queryFn: ({ signal }) => api.get<Answer>('/complaints/figures', { query: { by, from: since(days) }, signal }) })
  useLive('complaint', () => void read.refetch())
  return (
    <div className="qc-stack">
      <div className="qc-row"><Segmented value={by} onChange={setBy} options={BY.map(([value, name]) => ({ value, label: tv(name) }))} /><Segmented value={days} onChange={setDays} options={SPANS.map(([value, name]) => ({ value, label: tv(name) }))} /></div>
      {read.isPending ? <section className="qc-panel"><Skeleton lines={6} /></section> : read.isError ? <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
        : read.data.total.count === 0 ? <section className="qc-panel"><EmptyState icon="chart" title={tv('noFigures')} /></section> : <Shown {...read.data} />}
    </div>
  )
}

const href = (filter: Filter, more: Filter = {}): string => listHref('complaints', { ...filter, ...more })
const ON_TIME: Filter = { answeredAt: { isNull: false }, answeredLate: false }

function Shown({ total, lines }: Answer) {
  return (
    <>
      <section className="qc-panel qc-panel-pad vo-total">
        <Link to={href(total.filter)}><span className="qc-soft">{tv('count')}</span><b>{total.count}</b></Link>
        <Link to={listHref('service-requests', total.requestFilter)}><span className="qc-soft">{tv('perThousand')}</span><b>{total.perThousand ?? '—'}</b></Link>
        <Link to={href(total.filter, ON_TIME)}><span className="qc-soft">{tv('onTime')}</span><b>{percent(total.onTimeRate)}</b></Link>
        <Link to={href(total.filter, { reopens: { gt: 0 } })}><span className="qc-soft">{tv('reopenRate')}</span><b>{percent(total.reopenRate)}</b></Link>
        <Link to={href(total.filter, { verdict: 'satisfied' })}><span className="qc-soft">{tv('satisfiedRate')}</span><b>{percent(total.satisfiedRate)}</b></Link>
      </section>
      <section className="qc-panel vo-wrap"><table className="vo-table">
        <thead><tr><th>{tv('line')}</th><th>{tv('count')}</th><th className="vo-less">{tv('openNow')}</th><th className="vo-less">{tv('requests')}</th><th>{tv('perThousand')}</th><th>{tv('onTime')}</th><th>{tv('reopenRate')}</th><th className="vo-less">{tv('satisfiedRate')}</th></tr></thead>
        <tbody>{lines.map(l => (
          <tr key={l.key ?? ''}><td>{l.name}</td><td><Link to={href(l.filter)}>{l.count}</Link></td><td className="vo-less">{l.open ? <Link to={href(l.filter, { endedAt: { isNull: true } })}>{l.open}</Link> : '·'}</td>
            <td className="vo-less"><Link to={listHref('service-requests', l.requestFilter)}>{l.requests}</Link></td><td><Link to={href(l.filter)}>{l.perThousand ?? '—'}</Link></td>
            <td><Link to={href(l.filter, ON_TIME)}>{percent(l.onTimeRate)}</Link></td><td>{l.reopened ? <Link to={href(l.filter, { reopens: { gt: 0 } })}>{percent(l.reopenRate)}</Link> : '·'}</td><td className="vo-less"><Link to={href(l.filter, { verdict: 'satisfied' })}>{percent(l.satisfiedRate)}</Link></td></tr>
        ))}</tbody></table></section>
    </>
  )
}
