import '../../styles/approval.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../core/api.ts'
import { useLive } from '../../core/live.ts'
import { queryClient } from '../../core/query.ts'
import { t } from '../../core/texts.ts'
import { EmptyState, ErrorState, Skeleton } from '../../frame/States.tsx'
import { Icon } from '../../icons.tsx'
import { When } from '../../time/Times.tsx'
import { ta } from './texts.ts'
import { approvalKeys, type CaseList, type CaseRow } from './types.ts'

/** 我发起的, or 抄送我的: one line a case, where it stands and whom it waits for. */
export function CaseBox({ box, running, action }: { box: 'started' | 'copies', running?: boolean, action?: React.ReactNode }) {
  const read = useInfiniteQuery({
    queryKey: [...approvalKeys.box(box), running ?? null], initialPageParam: '', getNextPageParam: (page: CaseList) => page.next,
    queryFn: ({ pageParam, signal }) => api.get<CaseList>('/cases', { query: { box, after: pageParam, ...(running === undefined ? {} : { running }) }, signal }),
  })
  useLive('task', () => void queryClient.invalidateQueries({ queryKey: approvalKeys.box(box) }))
  if (read.isPending) return <Skeleton lines={8} height={20} />
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  const rows = read.data.pages.flatMap(page => page.items)
  if (rows.length === 0) return <EmptyState icon="check" title={ta(box === 'started' ? 'nothingStarted' : 'nothingCopied')} action={action} />
  return (
    <>
      <ul className="qc-plain qa-cases">{rows.map(row => <Case key={row.id} row={row} copies={box === 'copies'} />)}</ul>
      {read.hasNextPage && <div className="qt-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{t('loadMore')}</button></div>}
    </>
  )
}

function Case({ row, copies }: { row: CaseRow, copies: boolean }) {
  const unread = copies && !row.readAt
  return (
    <li className={`qa-case qa-case-${row.state}${unread ? ' qa-unread' : ''}`}><Link to={`/approvals/${row.id}`}>
      <span className="qa-case-top"><b>{row.process}</b><span className="qa-stage">{row.state === 'active' && <Icon name="clock" size={13} />}{row.stage}</span></span>
      <span className="qc-clip">{row.title}{row.summary ? ` ${row.summary}` : ''}</span>
      <span className="qa-case-foot"><When at={row.at} />{copies ? <span>{unread ? `${ta('unread')} · ` : ''}{row.byName ? ta('by', { name: row.byName }) : row.starterName}{row.note ? `：${row.note}` : ''}</span> : <span>{row.waitsFor && row.state === 'active' ? ta('waitsFor', { names: row.waitsFor }) : ''}</span>}</span>
    </Link></li>
  )
}
