import '../shared/shared.css'
import './alarms.css'
import { api, durationText, EmptyState, EntityList, ErrorState, fieldOf, Icon, keys, PageFrame, Skeleton, t, Tag, useEntity, useLive, useMeta, useNow, When, type Page, type Row } from '@quancheng/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'react-router'
import { LikelyList } from './LikelyList.tsx'
import { ta } from './texts.ts'

const tabs = ['open', 'likely', 'closed', 'all'] as const
const OPEN = { closedAt: { isNull: true } }

/** What somebody must look at, newest first and live; it closes itself when its cause is gone (SP-07, SP-08, SP-17). */
export default function Alarms() {
  const [params, setParams] = useSearchParams()
  const filtered = params.has('f')
  const tab = tabs.find(each => each === params.get('tab')) ?? 'open'
  // A link with conditions (a figure of the roll-up): the list with its chips, where they can be seen and changed.
  if (filtered) return <EntityList entity="alarm" />
  return (
    <PageFrame title={ta('title')}>
      <section className="qc-panel">
        <div className="sv-tabs" role="tablist">{tabs.map(each => <button key={each} type="button" role="tab" aria-selected={each === tab} onClick={() => setParams(each === 'open' ? {} : { tab: each })}>{ta(each)}</button>)}</div>
        {tab === 'open' ? <Open /> : tab === 'likely' ? <LikelyList /> : tab === 'closed' ? <EntityList key="closed" embedded entity="alarm" filter={{ closedAt: { isNull: false } }} limit={20} /> : <EntityList key="all" embedded entity="alarm" limit={20} />}
      </section>
    </PageFrame>
  )
}

function Open() {
  const read = useInfiniteQuery({
    queryKey: keys.list('alarm', { page: 'open' }), initialPageParam: '', getNextPageParam: (page: Page<Row>) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<Page<Row>>('/alarms', { query: { filter: OPEN, sort: '-raisedAt', limit: 50, after: pageParam }, signal }),
  })
  useLive('alarm', () => void read.refetch())
  if (read.isPending) return <Skeleton lines={6} height={22} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const rows = read.data.pages.flatMap(page => page.items)
  if (rows.length === 0) return <EmptyState icon="check" title={ta('none')} hint={ta('noneHint')} />
  return (
    <>
      <ul className="sv-plain">{rows.map(row => <Alarm key={row.id} row={row} />)}</ul>
      {read.hasNextPage && <div className="sv-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button></div>}
    </>
  )
}

function Alarm({ row }: { row: Row }) {
  const now = useNow()
  const meta = useMeta()
  const alarm = useEntity('alarm')
  const kind = alarm && fieldOf(alarm, 'kind')?.options?.find(each => each.value === row.kind)
  const target = meta.entities.find(entity => entity.name === row.entity)
  const to = target && typeof row.recordId === 'string' ? `/e/${target.plural}/${row.recordId}` : null
  const labels = (row.$labels ?? {}) as Record<string, string | Record<string, string>>
  const told = labels.recipientIds && typeof labels.recipientIds === 'object' ? Object.values(labels.recipientIds) : []
  const raised = String(row.raisedAt)
  return (
    <li className="sl-alarm">
      <div className="sl-what">{kind && <Tag color={kind.color}>{kind.label}</Tag>}{to ? <Link to={to}>{String(row.title)}</Link> : <strong>{String(row.title)}</strong>}{Number(row.level) > 1 && <span className="qc-late qc-late-late"><Icon name="up" size={13} />{ta('escalated')}</span>}</div>
      <div className="sl-facts"><span>{typeof labels.unitId === 'string' ? labels.unitId : ''}</span><span>{ta('owner')}：{typeof labels.ownerId === 'string' ? labels.ownerId : ta('nobody')}</span>{told.length > 0 && <span>{ta('told')}：{told.join('、')}</span>}</div>
      <div className="sl-time"><b>{ta('since', { d: durationText(Math.max(0, Math.round((now.getTime() - new Date(raised).getTime()) / 60_000))) })}</b><When at={raised} form="absolute" /></div>
      {to && <Link className="qc-button" to={to}>{ta('go')}</Link>}
    </li>
  )
}
