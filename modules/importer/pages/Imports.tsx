import './importer.css'
import { can, EmptyState, ErrorState, forget, Icon, PageFrame, Skeleton, useMeta, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { importApi, type Run } from './api.ts'
import { ti } from './texts.ts'

export const labelOf = (meta: ReturnType<typeof useMeta>, entity: string): string => meta.entities.find(e => e.name === entity)?.label ?? entity

/** What can be imported by a click, and what was. */
export default function Imports() {
  const meta = useMeta()
  const plans = useQuery({ queryKey: ['entity', 'importPlan', 'all'], queryFn: ({ signal }) => importApi.plans(signal) })
  const runs = useQuery({ queryKey: ['entity', 'importRun', 'all'], queryFn: ({ signal }) => importApi.runs(signal) })
  const failed = plans.error ?? runs.error
  const add = can('importPlan:create') ? <Link className="qc-button qc-button-primary" to="/import/0"><Icon name="plus" />{ti('newPlan')}</Link> : undefined
  return (
    <PageFrame title={ti('title')} subtitle={ti('lead')} actions={add}>
      {failed ? <div className="qc-panel"><ErrorState error={failed} /></div> : !plans.data || !runs.data ? <div className="qc-panel"><Skeleton lines={6} /></div>
        : plans.data.items.length === 0 ? <div className="qc-panel"><EmptyState icon="upload" title={ti('none')} hint={ti('noneHint')} action={add} /></div>
          : <div className="qc-stack">
              <section className="qc-panel"><header><h2>{ti('plans')}</h2></header>
                <ul className="qc-plain">{plans.data.items.map(plan => <li key={plan.id}><Link className="im-line" to={`/import/${plan.id}`}><b>{plan.name}</b><span className="qc-soft">{plan.system} → {labelOf(meta, plan.target)}</span><span className="qc-faint"><When at={plan.updatedAt} /></span></Link></li>)}</ul>
              </section>
              <section className="qc-panel"><header><h2>{ti('runs')}</h2></header>
                {runs.data.items.length === 0 ? <p className="qc-panel-pad qc-soft">{ti('noRuns')}</p> : <ul className="qc-plain">{runs.data.items.map(run => <RunLine key={run.id} run={run} label={labelOf(meta, run.target)} />)}</ul>}
              </section>
            </div>}
    </PageFrame>
  )
}

function RunLine({ run, label }: { run: Run, label: string }) {
  const say = useSay()
  const takeBack = async () => {
    if (!(await say.ask({ title: ti('takeBackAsk', { n: run.made }), danger: true, okText: ti('takeBack') }))) return
    try { const { removed, kept } = await importApi.takeBack(run.id); say.ok(ti('takenBack', { removed, kept })); await Promise.all([forget('importRun'), forget(run.target)]) } catch (error) { say.error(error) }
  }
  return (
    <li className="im-line" data-off={run.takenBackAt ? '' : undefined}>
      <b>{run.fileName}</b>
      <span className="qc-soft">{label} · {ti('counts', { made: run.made, changed: run.changed, unchanged: run.unchanged, failed: run.failed })}</span>
      <span className="qc-faint"><When at={run.createdAt} /> {run.$labels.createdBy}</span>
      {run.takenBackAt ? <span className="qc-soft">{ti('isTakenBack')}</span> : can('importRun:takeBack') && run.made > 0 ? <button type="button" className="qc-button" onClick={() => void takeBack()}>{ti('takeBack')}</button> : <span />}
    </li>
  )
}
