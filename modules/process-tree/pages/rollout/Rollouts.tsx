import './rollout.css'
import { EmptyState, ErrorState, Icon, PageFrame, Skeleton, useLive } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tp } from '../texts.ts'
import { again, readAll, rolloutKey, type Line } from './api.ts'

/** 标准推行: every process with the share of units on its newest version. */
export default function Rollouts() {
  const read = useQuery({ queryKey: rolloutKey, queryFn: ({ signal }) => readAll(signal) })
  useLive('processRollout', () => void again())
  return (
    <PageFrame title={tp('rollout')} subtitle={tp('rolloutLead')}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={6} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : read.data.items.length === 0 ? <EmptyState icon="flow" title={tp('noUnits')} /> : <ul className="qc-plain">{read.data.items.map(line => <OneLine key={line.key} line={line} />)}</ul>}
      </section>
    </PageFrame>
  )
}

function OneLine({ line }: { line: Line }) {
  return (
    <li className="ro-line">
      <Link className="ro-name" to={`/standards/${encodeURIComponent(line.key)}`}><b>{line.name}</b><span className="qc-faint qc-mono">{line.key}</span></Link>
      <span>{tp('newest')} <b>{tp('version', { n: line.newest })}</b></span>
      <Share percent={line.percent} />
      <span className={line.behind ? 'ro-behind' : 'qc-soft'}>{line.behind ? <><Icon name="warn" size={14} />{tp('behind', { n: line.behind })}</> : tp('allNewest')}</span>
      <span className="qc-faint">{tp('units', { n: line.units })}</span>
    </li>
  )
}

export function Share({ percent }: { percent: number | null }) {
  return <span className="ro-share" role="img" aria-label={`${tp('adherence')} ${percent ?? '—'}%`}><i><i style={{ width: `${percent ?? 0}%` }} /></i><b className="qc-number">{percent === null ? '—' : `${percent}%`}</b></span>
}
