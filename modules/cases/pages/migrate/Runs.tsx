import { EmptyState, ErrorState, Skeleton, useSay, When } from '@quancheng/ui'
import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import { EVERY_MS, migrateApi, runsKey, type Run } from './api.ts'
import { Refused } from './Result.tsx'
import { tm } from './texts.ts'

/** What has been migrated before, and how the one that goes on now is getting on. `first`: the one that was begun on this page. */
export function Runs({ keyName, read, first }: { keyName: string, read: UseQueryResult<{ items: Run[] }>, first: string | null }) {
  const [chosen, setChosen] = useState<string | null>(null)
  const runs = read.data?.items ?? []
  const open = chosen ?? runs.find(each => each.state === 'running')?.id ?? first
  return (
    <section className="qc-panel cm-runs">
      <header><h2>{tm('runs')}</h2></header>
      {read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : !read.data ? <Skeleton lines={2} /> : runs.length === 0 ? <EmptyState icon="swap" title={tm('noRuns')} /> : (
        <ol className="qc-plain">{runs.map(run => (
          <li key={run.id}>
            <button type="button" className="cm-run" aria-expanded={run.id === open} onClick={() => setChosen(run.id === open ? '' : run.id)}>
              <b>{tm('version', { n: run.from })} → {tm('version', { n: run.to })}</b><span className="cm-chip" data-state={run.state}>{tm(run.state === 'running' ? 'running' : run.state === 'done' ? 'done' : 'wasStopped')}</span>
              <span className="qc-soft">{run.startedBy} <When at={run.startedAt} form="absolute" /></span>
            </button>
            {run.id === open && <OneRun keyName={keyName} run={run} />}
          </li>
        ))}</ol>
      )}
    </section>
  )
}

function OneRun({ keyName, run }: { keyName: string, run: Run }) {
  const say = useSay()
  const client = useQueryClient()
  const read = useQuery({ queryKey: [...runsKey(keyName), run.id, run.state], queryFn: ({ signal }) => migrateApi.run(keyName, run.id, signal), refetchInterval: query => (query.state.data?.state === 'running' ? EVERY_MS : false) })
  const now = read.data
  if (!now) return read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : <Skeleton lines={2} />
  const stop = async () => {
    if (!await say.ask({ title: tm('stopAsk'), content: tm('stopText'), danger: true, okText: tm('stop') })) return
    try { await migrateApi.stop(keyName, run.id) } catch (error) { say.error(error) }
    await client.invalidateQueries({ queryKey: runsKey(keyName) })
  }
  const text = now.state === 'running' ? tm('progress', { done: now.done + now.refused, total: now.total }) : tm(now.state === 'done' ? 'finished' : 'stopped', { done: now.done, to: now.to })
  return (
    <div className="cm-open" aria-live="polite">
      <div className="qc-row"><span>{text}</span>{now.refused > 0 && <span className="cm-refused-n">{tm('refusedN', { n: now.refused })}</span>}{now.state === 'running' && <><span className="qc-faint">{tm('left', { n: now.left })}</span><button type="button" className="qc-button" onClick={() => void stop()}>{tm('stop')}</button></>}</div>
      <progress max={Math.max(1, now.total)} value={now.done + now.refused} aria-label={text} />
      <Refused cases={now.refusedCases} all={now.refused} />
    </div>
  )
}
