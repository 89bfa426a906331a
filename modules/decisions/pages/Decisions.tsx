import './decisions.css'
import { can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useMediaQuery, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { decisionApi, decisionsKey, type Line } from './api.ts'
import { NewDialog } from './NewDialog.tsx'
import { policyLabel, policyMeaning } from './policies.ts'
import { tx } from './texts.ts'

/** All decision tables: what is in force, who is writing, how they decide, who asks them. */
export default function Decisions() {
  const [making, setMaking] = useState(false)
  const [q, setQ] = useState('')
  const read = useQuery({ queryKey: decisionsKey, queryFn: ({ signal }) => decisionApi.list(signal) })
  const all = read.data?.items ?? []
  const wanted = q.trim().toLowerCase()
  const lines = all.filter(each => `${each.name} ${each.key}`.toLowerCase().includes(wanted))
  const may = can('decision:edit')
  const wide = useMediaQuery('(min-width: 900px)')
  const add = may ? <button type="button" className="qc-button qc-button-primary" onClick={() => setMaking(true)}><Icon name="plus" />{tx('newTable')}</button> : undefined
  return (
    <PageFrame title={tx('title')} subtitle={tx('lead')} actions={add}>
      <section className="qc-panel">
        {all.length > 6 && <div className="dt-find"><Icon name="search" /><input type="search" aria-label={tx('filter')} placeholder={tx('filter')} value={q} onChange={event => setQ(event.target.value)} /></div>}
        {read.isPending ? <Skeleton lines={5} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : all.length === 0 ? <EmptyState icon="columns" title={tx('none')} hint={tx('noneHint')} action={add} />
            : lines.length === 0 ? <EmptyState icon="search" title={tx('nothingFound', { q })} />
              : <ul className="qc-plain">{lines.map(line => <TableLine key={line.key} line={line} may={may && wide} />)}</ul>}
      </section>
      {making && <NewDialog taken={all.map(each => each.key)} onClose={() => setMaking(false)} />}
    </PageFrame>
  )
}

function TableLine({ line, may }: { line: Line, may: boolean }) {
  const at = `/decisions/${encodeURIComponent(line.key)}`
  return (
    <li className="dt-line">
      <Link className="dt-line-main" to={at}>
        <Icon name="columns" size={20} />
        <span className="dt-line-name"><b>{line.name}</b><span className="qc-faint qc-mono">{line.key}</span></span>
      </Link>
      <span className="dt-line-state">
        {line.version ? <span className="dt-chip dt-chip-on">{tx('version', { n: line.version })}</span> : <span className="dt-chip">{tx('unpublished')}</span>}
        {line.draft && <span className="dt-chip dt-chip-draft">{line.draft.byName ? tx('draftBy', { name: line.draft.byName }) : tx('draft')}</span>}
      </span>
      <span className="dt-line-kind"><span title={policyMeaning(line.hitPolicy)}>{policyLabel(line.hitPolicy)}</span><span className="qc-faint"> · {tx('rules', { n: line.rules })}</span></span>
      <span className="dt-line-used">{line.usedBy.length ? line.usedBy.map(each => <Link key={each.key} to={`/designer/${encodeURIComponent(each.key)}`}>{each.name}</Link>) : <span className="qc-faint">{tx('unused')}</span>}</span>
      <span className="dt-line-at qc-faint"><When at={line.draft?.at ?? line.at} form="absolute" /></span>
      <span className="dt-line-acts"><Link to={at}>{tx(may ? 'edit' : 'look')}</Link><Link to={`${at}/versions`}>{tx('versions')}</Link></span>
    </li>
  )
}
