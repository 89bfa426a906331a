import '../shared/shared.css'
import './process.css'
import { api, can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { tp } from './texts.ts'
import type { ProcessLine } from './types.ts'

/** All processes: those that run here and those that were read from logs. */
export default function Processes() {
  const read = useQuery({ queryKey: ['processes'], queryFn: ({ signal }) => api.get<{ items: ProcessLine[] }>('/processes', { signal }) })
  const lines = read.data?.items ?? []
  const importing = can('eventLog:import') ? <Link className="qc-button" to="/processes/import"><Icon name="upload" />{tp('import')}</Link> : undefined
  return (
    <PageFrame title={tp('title')} actions={importing}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={4} height={22} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : lines.length === 0 ? <EmptyState icon="flow" title={tp('none')} hint={tp('noneHint')} action={importing} />
            : <ul className="sv-plain">{lines.map(line => (
              <li key={line.key} className="sp-line"><Link to={`/processes/${encodeURIComponent(line.key)}`}>
                <Icon name={line.kind === 'bpmn' ? 'flow' : 'chart'} size={20} />
                <span className="sp-name"><b>{line.name}</b><span className="qc-faint">{line.kind === 'bpmn' ? `${tp('bpmn')} · v${line.version}` : tp('log')}</span></span>
                <span className="sp-figure"><b>{line.cases}</b>{tp('cases')}</span>
                <span className="sp-figure"><b>{line.open}</b>{tp('openCases')}</span>
                <span className="qc-faint sp-at"><When at={line.at} form="absolute" /></span>
                <Icon name="right" />
              </Link></li>
            ))}</ul>}
      </section>
    </PageFrame>
  )
}
