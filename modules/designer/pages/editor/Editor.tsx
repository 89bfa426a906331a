import '../designer.css'
import { can, ErrorState, PageFrame, Skeleton, useMediaQuery } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useParams } from 'react-router'
import { designApi } from '../api.ts'
import { td } from '../texts.ts'
import { WIDE } from '../wide.ts'
import { Reading } from './Reading.tsx'

const Board = lazy(() => import('./Board.tsx').then(module => ({ default: module.Board })))

/** One process: to be drawn where there is room and right, to be read elsewhere. */
export default function Editor() {
  const key = useParams().key!
  const wide = useMediaQuery(WIDE)
  const [round, setRound] = useState(0)
  // a window that is made narrow for a while does not take the drawing away
  const [drawn, setDrawn] = useState(wide)
  if (wide && !drawn) setDrawn(true)
  // what is being drawn must not be read again behind the person's back
  const read = useQuery({ queryKey: ['design', 'open', key, round], queryFn: ({ signal }) => designApi.open(key, signal), staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' })
  const catalogue = useQuery({ queryKey: ['process-catalogue'], queryFn: ({ signal }) => designApi.catalogue(signal), staleTime: 60_000 })
  // read again after a field was added: that it failed is no reason to take the drawing away
  const error = read.error ?? (catalogue.data ? null : catalogue.error)
  if (error) return <PageFrame title={td('title')} back="/designer"><div className="qc-panel"><ErrorState error={error} onRetry={() => { void read.refetch(); void catalogue.refetch() }} /></div></PageFrame>
  if (!read.data || !catalogue.data || (read.isFetching && !read.isFetchedAfterMount)) return <PageFrame title={td('title')} back="/designer"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>
  const writable = can('process:deploy')
  if (!drawn || !writable) return <Reading design={read.data} narrow={!drawn && writable} onEdit={() => setDrawn(true)} />
  return <Suspense fallback={<PageFrame title={read.data.name} back="/designer"><div className="qc-panel"><Skeleton lines={10} /></div></PageFrame>}><Board key={`${key}-${round}`} design={read.data} catalogue={catalogue.data} onAgain={() => setRound(n => n + 1)} /></Suspense>
}
