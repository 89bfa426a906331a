import { api, EmptyState, ErrorState, moneyText, Skeleton, Tag, useDebounced, useLive, When } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { tc } from './texts.ts'
import type { Event, Line } from './types.ts'

/** Whatever channel or point of sale: everything that happened with the customer, newest first (CU-06). */
export function Timeline({ id }: { id: string }) {
  const [kind, setKind] = useState(''), [q, setQ] = useState('')
  const words = useDebounced(q.trim(), 250)
  const line = useInfiniteQuery({
    queryKey: ['customer', id, 'timeline', kind, words], initialPageParam: '',
    queryFn: ({ pageParam, signal }) => api.get<Line>(`/customers/${id}/timeline`, { query: { kinds: kind || undefined, q: words || undefined, before: pageParam || undefined }, signal }),
    getNextPageParam: page => page.next ?? undefined,
  })
  const kinds = line.data?.pages[0]?.kinds ?? [], events = line.data?.pages.flatMap(p => p.items) ?? []
  useLive(change => change.id === id || events.some(e => e.id === change.id), () => void line.refetch())
  return (
    <section className="qc-panel cu-line" aria-label={tc('timeline')}>
      <div className="cu-line-bar">
        <div className="cu-chips" role="group" aria-label={tc('timeline')}>
          {[{ key: '', label: tc('all') }, ...kinds].map(k => <button key={k.key} type="button" aria-pressed={kind === k.key} onClick={() => setKind(k.key)}>{k.label}</button>)}
        </div>
        <Input.Search allowClear aria-label={tc('search')} placeholder={tc('search')} value={q} onChange={event => setQ(event.target.value)} />
      </div>
      {line.isPending ? <Skeleton lines={8} /> : line.isError ? <ErrorState error={line.error} onRetry={() => void line.refetch()} />
        : !events.length ? <EmptyState icon="clock" title={tc(kind || words ? 'noMatch' : 'nothing')} hint={tc(kind || words ? 'noMatchHint' : 'nothingHint')} />
          : <ol>{events.map(e => <li key={`${e.entity}${e.id}${e.at}`} data-kind={e.kind}><Shown {...e} /></li>)}</ol>}
      {line.hasNextPage && <button type="button" className="qc-button cu-more" disabled={line.isFetchingNextPage} onClick={() => void line.fetchNextPage()}>{tc('more')}</button>}
    </section>
  )
}

function Shown(e: Event) {
  const title = e.title || e.label
  return (
    <>
      <div className="cu-event">
        <span className="qc-soft">{e.label}</span>
        {e.opens ? <Link to={`/e/${e.opens.plural}/${e.opens.id}`}>{title}</Link> : <b>{title}</b>}
        {e.state && <Tag color={e.state.color ?? undefined}>{e.state.label}</Tag>}
        {e.amount && <b className="cu-amount">{moneyText(e.amount)}</b>}
      </div>
      <div className="qc-soft cu-when"><When at={e.at} />{e.channel && <span>{e.channel}</span>}{e.who && <span>{e.who}</span>}</div>
    </>
  )
}
