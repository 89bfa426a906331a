import './simulation.css'
import { EmptyState, ErrorState, PageFrame, RefPicker, Skeleton, useSay } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { simulationApi, type Defaults, type Input } from './api.ts'
import { Form } from './form/Form.tsx'
import { ResultView } from './result/ResultView.tsx'
import { differenceText, KEPT, type Run } from './runs.ts'
import { ts } from './texts.ts'

/** What would happen with three repairers instead of two: a process tried out with hundreds of cases, run beside run. */
export default function Simulation() {
  const key = useParams().key!
  const [params, setParams] = useSearchParams()
  const asked = { version: params.get('version'), unitId: params.get('unit') }
  const read = useQuery({ queryKey: ['simulation', key, asked], queryFn: ({ signal }) => simulationApi.defaults(key, asked, signal), staleTime: Infinity })
  const set = (name: string, value: string | null) => setParams(all => { const next = new URLSearchParams(all); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const d = read.data
  const versions = d ? [...(d.draft ? ['draft' as const] : []), ...d.versions] : []
  const bar = d && (
    <div className="qc-row">
      {versions.length > 1 && <select className="si-select" aria-label={ts('version')} value={String(d.version)} onChange={event => set('version', event.target.value)}>{versions.map(v => <option key={v} value={v}>{v === 'draft' ? ts('draft') : ts('versionN', { n: v })}</option>)}</select>}
      <RefPicker entity="unit" value={asked.unitId} onChange={id => set('unit', typeof id === 'string' ? id : null)} style={{ width: 200 }} ariaLabel={ts('unit')} placeholder={ts('allUnits')} />
      <span className="qc-faint">{d.history.cases > 0 ? ts('basis', { n: d.history.cases }) : ts('noBasis')}</span>
    </div>
  )
  return (
    <PageFrame title={d ? `${d.name} · ${ts('title')}` : ts('title')} subtitle={ts('lead')} back={`/processes/${encodeURIComponent(key)}`} bar={bar}
      actions={<Link className="qc-button" to={`/simulation/${encodeURIComponent(key)}/walk${d ? `?version=${d.version}` : ''}`}>{ts('walkLink')}</Link>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !d ? <div className="qc-panel"><Skeleton lines={10} /></div> : <Bench key={`${d.key} ${d.version} ${asked.unitId}`} defaults={d} />}
    </PageFrame>
  )
}

function Bench({ defaults }: { defaults: Defaults }) {
  const say = useSay()
  const [input, setInput] = useState<Input>(defaults.input)
  const [runs, setRuns] = useState<Run[]>([])
  const [shown, setShown] = useState<number | null>(null)
  const [beside, setBeside] = useState<number | null>(null)
  const [busy, setBusy] = useState(false)
  const [round, setRound] = useState(0)
  const nameOf = useCallback((role: string) => (role === '' ? ts('noRole') : defaults.roles.find(r => r.role === role)?.name ?? role), [defaults])
  const go = async () => {
    setBusy(true)
    try {
      const result = await simulationApi.run(defaults.key, defaults.version, input)
      const n = (runs.at(-1)?.n ?? 0) + 1
      setRuns(all => [...all, { n, input, result }].slice(-KEPT))
      setBeside(shown)
      setShown(n)
    } catch (error) { say.error(error) }
    setBusy(false)
  }
  useEffect(() => { if (runs.length === 1) document.querySelector('.si-results')?.scrollIntoView({ block: 'nearest' }) }, [runs.length])
  const run = runs.find(r => r.n === shown), other = runs.find(r => r.n === beside && r.n !== shown)
  const called = (r: Run): string => `${ts('runN', { n: r.n })}${runs.length > 1 ? ` · ${differenceText(r.input, (r === runs[0] ? runs[1] : runs[0])!.input, defaults, ts)}` : ''}`
  return (
    <div className="si">
      <Form key={round} defaults={defaults} input={input} busy={busy} onChange={setInput} onRun={() => void go()} onReset={() => { setInput(defaults.input); setRound(n => n + 1) }} />
      <div className="si-results" aria-live="polite" aria-busy={busy}>
        {!run ? <div className="qc-panel">{busy ? <Skeleton lines={8} /> : <EmptyState icon="gauge" title={ts('none')} hint={ts('noneHint')} />}</div> : <>
          {runs.length > 1 && <div className="si-runs qc-row">
            <label>{ts('results')}<select className="si-select" value={run.n} onChange={event => setShown(Number(event.target.value))}>{runs.map(r => <option key={r.n} value={r.n}>{called(r)}</option>)}</select></label>
            <label>{ts('compareWith')}<select className="si-select" value={other?.n ?? ''} onChange={event => setBeside(event.target.value ? Number(event.target.value) : null)}><option value="">{ts('noCompare')}</option>{runs.filter(r => r.n !== run.n).map(r => <option key={r.n} value={r.n}>{called(r)}</option>)}</select></label>
          </div>}
          <ResultView run={run.result} other={other?.result ?? null} nameOf={nameOf} />
        </>}
      </div>
    </div>
  )
}
