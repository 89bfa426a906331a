import { api, CasePanel, EntityPage, ErrorState, forget, keys, listHref, Skeleton, TaskPanel, useLive, type CaseView, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { text, yuan } from './shared.tsx'
import { tk } from './texts.ts'

/** One decline: how far the account fell below its own base, and the task that is open now. */
export default function DeclinePage() {
  const id = useParams().id!
  return <EntityPage key={id} entity="decline" id={id} back="/e/declines" top={row => <Top row={row} />} tabs={row => [{ key: 'course', label: tk('course'), content: <CasePanel entity="decline" recordId={row.id} /> }]} />
}

function Top({ row }: { row: Row }) {
  const month = text(row.month), next = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 1)).toISOString().slice(0, 10)
  return (
    <div className="qc-stack">
      <section className="qc-panel qc-panel-pad ka-sums"><div><span className="qc-soft">{tk('month')}</span><b>{month}</b></div><div><span className="qc-soft">{tk('base')}</span><b>{yuan(row.base)}</b></div><div><span className="qc-soft">{tk('amount')}</span><b><Link to={listHref('sales-orders', { customerId: text(row.customerId), orderedOn: { gte: `${month}-01`, lt: next } })}>{yuan(row.volume)}</Link></b></div><div><span className="qc-soft">{tk('change')}</span><b className="qc-danger">{text(row.change)} %</b></div></section>
      <Open id={row.id} />
    </div>
  )
}

function Open({ id }: { id: string }) {
  const read = useQuery({ queryKey: keys.part('decline', id, 'case'), queryFn: ({ signal }) => api.get<Omit<CaseView, 'steps'> & { steps: Array<{ id: string, state: string }> }>(`/cases/decline/${id}`, { signal }) })
  useLive(change => change.id === id, () => void forget('decline'))
  if (read.isPending) return <section className="qc-panel"><Skeleton lines={4} /></section>
  if (read.isError) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  return <>{read.data.steps.filter(s => ['waiting', 'active', 'paused'].includes(s.state)).map(s => <section key={s.id} className="qc-panel qc-panel-pad"><TaskPanel taskId={s.id} onDone={() => void read.refetch()} /></section>)}</>
}
