import { api, can, dateText, EmptyState, ErrorState, Skeleton } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tu } from './texts.ts'

interface Item { kind: 'lead' | 'opportunity', id: string, number: string, name: string, customer: string | null, unitName: string, owner: string, followedAt: string | null, actions: number }

/** 月度跟进: the open leads and deals of a month without a done action. */
export function FollowUps({ month, ownerId }: { month: string, ownerId: string | null }) {
  const read = useQuery({ queryKey: ['usage', 'follow', month, ownerId], queryFn: ({ signal }) => api.get<{ total: number, followed: number, items: Item[] }>('/usage/follow-ups', { query: { month, ...(ownerId ? { ownerId } : {}) }, signal }) })
  return (
    <section className="qc-panel">
      <header><h2>{tu('silent')}</h2>{read.data && <span className="qc-soft">{tu('ofAll', { n: read.data.total, f: read.data.followed })}</span>}</header>
      <p className="qc-soft qc-panel-pad">{tu('silentHint')}</p>
      {read.isPending ? <Skeleton lines={5} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : read.data.items.length === 0 ? <EmptyState icon="check" title={tu('allFollowed')} /> : (
        <ul className="us-list">{read.data.items.map(i => (
          <li key={i.id}><span className="us-what"><Link to={`/e/${i.kind === 'lead' ? 'leads' : 'opportunities'}/${i.id}`}>{tu(i.kind === 'lead' ? 'lead_' : 'deal')} {i.number} {i.name}</Link>{i.customer && <span className="qc-soft"> {i.customer}</span>}</span>
            <span className="qc-soft">{i.owner} · {i.unitName}</span><span className="qc-soft">{i.followedAt ? tu('last', { d: dateText(i.followedAt) }) : tu('never')}</span>
            {can('engagement:create') && <Link to={`/e/engagements/new?${i.kind === 'lead' ? 'leadId' : 'opportunityId'}=${i.id}`}>{tu('write')}</Link>}</li>))}</ul>)}
    </section>
  )
}
