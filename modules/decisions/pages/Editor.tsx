import './decisions.css'
import { can, ErrorState, PageFrame, Skeleton, useMediaQuery } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { decisionApi } from './api.ts'
import { Reading } from './reading/Reading.tsx'
import { tx } from './texts.ts'

const Board = lazy(() => import('./editor/Board.tsx').then(module => ({ default: module.Board })))

/** One table: to be written where there is room and right, to be read and tried elsewhere. */
export default function Editor() {
  const key = useParams().key!
  const wide = useMediaQuery('(min-width: 900px)')
  const [round, setRound] = useState(0)
  // what is being written must not be read again behind the person's back
  const read = useQuery({ queryKey: ['decisions', 'open', key, round], queryFn: ({ signal }) => decisionApi.open(key, signal), staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' })
  if (read.error) return <PageFrame title={tx('title')} back="/decisions"><div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div></PageFrame>
  if (!read.data || (read.isFetching && !read.isFetchedAfterMount)) return <PageFrame title={tx('title')} back="/decisions"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>
  const writable = can('decision:edit')
  if (!wide || !writable) return <Reading open={read.data} narrow={!wide && writable} />
  return <Suspense fallback={<PageFrame title={read.data.name} back="/decisions"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>}><Board key={`${key}-${round}`} open={read.data} onAgain={() => setRound(n => n + 1)} /></Suspense>
}
