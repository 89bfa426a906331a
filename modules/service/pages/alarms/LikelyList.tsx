import { api, EmptyState, ErrorState, EtaText, LikelyLate, shortText, Skeleton, useLive, useMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { LikelyLateItem } from '../shared/types.ts'
import { ta } from './texts.ts'

/** Before the breach: what, by its history, will not be done in time (SP-09). */
export function LikelyList() {
  const meta = useMeta()
  const read = useQuery({ queryKey: ['service', 'likely'], queryFn: ({ signal }) => api.get<{ items: LikelyLateItem[], total: number }>('/likely-late', { signal }), refetchInterval: 60_000 })
  useLive(['task', 'alarm'], () => void read.refetch(), 1000)
  if (read.isPending) return <Skeleton lines={6} height={22} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const { items, total } = read.data
  if (items.length === 0) return <EmptyState icon="check" title={ta('likelyNone')} hint={ta('likelyNoneHint')} />
  return (
    <>
      <p className="sl-hint">{ta('likelyHint')}{total > items.length && ` ${ta('first', { n: items.length, m: total })}`}</p>
      <ul className="sv-plain">{items.map(item => {
        const plural = meta.entities.find(entity => entity.name === item.entity)?.plural
        const to = plural ? `/e/${plural}/${item.recordId}` : `/cases/${item.caseId}`
        return (
          <li key={item.taskId} className="sl-alarm">
            <div className="sl-what"><LikelyLate chance={item.eta.chance} /><Link to={to}>{item.title} {item.stage}</Link></div>
            <div className="sl-facts"><span>{item.unitName ?? ''}</span><span>{ta('owner')}：{item.ownerName ?? ta('nobody')}</span><EtaText eta={{ ...item.eta, likely: false }} basis /></div>
            <div className="sl-time"><b>{ta('due', { t: shortText(item.dueAt) })}</b></div>
            <Link className="qc-button" to={to}>{ta('go')}</Link>
          </li>
        )
      })}</ul>
    </>
  )
}
