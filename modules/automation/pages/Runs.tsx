import './automation.css'
import { can, EmptyState, ErrorState, PageFrame, Skeleton, useMeta, useSay, When } from '@quancheng/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { again, automationApi, rulesKey, runsKey, type Run } from './api.ts'
import { ta } from './texts.ts'

const STATES = ['all', 'done', 'waiting', 'failed', 'stopped'] as const

/** What rules did, newest first: on which record, what was done, what went wrong, once more. */
export default function Runs() {
  const [params, setParams] = useSearchParams()
  const ruleId = params.get('rule') ?? undefined, state = params.get('state') ?? undefined
  const rules = useQuery({ queryKey: rulesKey, queryFn: ({ signal }) => automationApi.rules(signal) })
  const read = useInfiniteQuery({
    queryKey: [...runsKey, ruleId, state], initialPageParam: '', getNextPageParam: (page: { next: string | null }) => page.next,
    queryFn: ({ pageParam, signal }) => automationApi.runs({ ruleId, state, after: pageParam || undefined }, signal), refetchInterval: 10_000,
  })
  const set = (name: string, value: string | undefined) => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const items = read.data?.pages.flatMap(page => page.items) ?? []
  return (
    <PageFrame title={ta('runs')} subtitle={ta('runsLead')} back="/automation" bar={<div className="qc-row au-bar">
      <Select className="au-pick-rule" allowClear showSearch={{ optionFilterProp: 'label' }} aria-label={ta('rule')} placeholder={ta('allRules')} value={ruleId ?? null} onChange={value => set('rule', value ?? undefined)} options={(rules.data?.items ?? []).map(r => ({ value: r.id, label: r.name }))} />
      <Segmented value={state ?? 'all'} onChange={value => set('state', value === 'all' ? undefined : value)} options={STATES.map(each => ({ value: each, label: ta(each) }))} />
    </div>}>
      <section className="qc-panel">
        {read.isPending ? <Skeleton lines={8} height={20} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : items.length === 0 ? <EmptyState icon="audit" title={ta('noRuns')} hint={ta('noRunsHint')} />
            : <ul className="qc-plain">{items.map(run => <OneRun key={run.id} run={run} />)}</ul>}
        {read.hasNextPage && <div className="au-more"><button type="button" className="qc-button" disabled={read.isFetchingNextPage} onClick={() => void read.fetchNextPage()}>{ta('more')}</button></div>}
      </section>
    </PageFrame>
  )
}

function OneRun({ run }: { run: Run }) {
  const say = useSay()
  const meta = useMeta()
  const entityOf = (name: string) => meta.entities.find(e => e.name === name)
  const entity = entityOf(run.entity)
  const name = `${entity?.label ?? run.entity} ${run.label}`
  const retry = async () => {
    try { await automationApi.retry(run.id); say.ok(ta('retried')); await again() } catch (error) { say.error(error) }
  }
  return (
    <li className="au-run" data-state={run.state}>
      <span className={`au-state au-${run.state}`}>{ta(run.state)}</span>
      <div className="au-run-main">
        <p><Link to={`/automation/${run.ruleId}`}><b>{run.ruleName}</b></Link> · {entity ? <Link to={`/e/${entity.plural}/${run.recordId}`}>{name}</Link> : name}</p>
        {run.did.length > 0 && <ul className="qc-plain au-did">{run.did.map((deed, i) => { const at = deed.entity ? entityOf(deed.entity) : undefined; return <li key={i}>{at && deed.recordId ? <Link to={`/e/${at.plural}/${deed.recordId}`}>{deed.text}</Link> : deed.text}</li> })}</ul>}
        {run.error && <p className="qc-danger">{run.error}{run.attempts > 1 && `（${ta('tried', { n: run.attempts })}）`}</p>}
        {run.chain.length > 0 && <p className="qc-faint">{ta('because', { way: run.chain.map(l => l.name).join(' → ') })}</p>}
      </div>
      <span className="au-run-at qc-faint"><When at={run.at} form="absolute" /></span>
      <span className="au-run-act">{can('automation:edit') && (run.state === 'failed' || run.state === 'stopped') && <button type="button" className="qc-button" onClick={() => void retry()}>{ta('retry')}</button>}</span>
    </li>
  )
}
