import './designer.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useMediaQuery, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { designApi, designsKey, type Design } from './api.ts'
import { WIDE } from './wide.ts'
import { td } from './texts.ts'

const NewDialog = lazy(() => import('./NewDialog.tsx').then(module => ({ default: module.NewDialog })))

/** All processes that can be designed: which version runs, who is drawing, how many cases are on the way. */
export default function Designs() {
  const [making, setMaking] = useState(false)
  const [q, setQ] = useState('')
  const read = useQuery({ queryKey: designsKey, queryFn: ({ signal }) => designApi.list(signal) })
  const all = read.data?.items ?? []
  const wanted = q.trim().toLowerCase()
  const lines = all.filter(each => `${each.name} ${each.key}`.toLowerCase().includes(wanted))
  const may = can('process:deploy')
  const wide = useMediaQuery(WIDE)
  const add = may ? <button type="button" className="qc-button qc-button-primary" onClick={() => setMaking(true)}><Icon name="plus" />{td('newProcess')}</button> : undefined
  return (
    <PageFrame title={td('title')} subtitle={td('lead')} actions={add}>
      <section className="qc-panel">
        {all.length > 6 && <div className="qd-find"><Icon name="search" /><input type="search" aria-label={td('filter')} placeholder={td('filter')} value={q} onChange={event => setQ(event.target.value)} /></div>}
        {read.isPending ? <Skeleton lines={5} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : all.length === 0 ? <EmptyState icon="flow" title={td('none')} hint={td('noneHint')} action={add} />
            : lines.length === 0 ? <EmptyState icon="search" title={td('nothingFound', { q })} />
              : <ul className="qc-plain">{lines.map(line => <Line key={line.key} design={line} may={may && wide} />)}</ul>}
      </section>
      {making && <Suspense fallback={null}><NewDialog taken={all.map(each => each.key)} onClose={() => setMaking(false)} /></Suspense>}
    </PageFrame>
  )
}

function Line({ design, may }: { design: Design, may: boolean }) {
  const at = `/designer/${encodeURIComponent(design.key)}`
  return (
    <li className="qd-line">
      <Link className="qd-line-main" to={at}>
        <Icon name="flow" size={20} />
        <span className="qd-line-name"><b>{design.name}</b><span className="qc-faint qc-mono">{design.key}</span></span>
      </Link>
      <span className="qd-line-state">
        {design.version ? <span className="qd-chip qd-chip-on">{td('version', { n: design.version })}</span> : <span className="qd-chip">{td('unpublished')}</span>}
        {design.draft && <span className="qd-chip qd-chip-draft" title={design.draft.byName ?? undefined}>{design.draft.byName ? td('draftBy', { name: design.draft.byName }) : td('draft')}</span>}
      </span>
      <span className="qd-line-running">{design.running > 0 ? td('runningCases', { n: design.running }) : <span className="qc-faint">—</span>}</span>
      <span className="qd-line-at qc-faint"><When at={design.draft?.at ?? design.at} form="absolute" /></span>
      <span className="qd-line-acts">
        <Link to={at}>{td(may ? 'edit' : 'look')}</Link>
        <Link to={`${at}/versions`}>{td('versions')}</Link>
        <Link to={`${at}/manual${design.version ? '' : '?version=draft'}`}>{td('manual')}</Link>
        <Link to={`/simulation/${encodeURIComponent(design.key)}${design.version ? '' : '?version=draft'}`}>{td('simulate')}</Link>
      </span>
    </li>
  )
}
