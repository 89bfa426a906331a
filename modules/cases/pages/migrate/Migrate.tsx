import './migrate.css'
import { EmptyState, ErrorState, Icon, PageFrame, Skeleton, useSay } from '@quancheng/ui'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { EVERY_MS, migrateApi, runsKey, type Mapping, type Version } from './api.ts'
import { MappingTable } from './MappingTable.tsx'
import { Pictures } from './Pictures.tsx'
import { Result } from './Result.tsx'
import { Runs } from './Runs.tsx'
import { tm } from './texts.ts'

/** Takes running cases from one version of a process to another: choose, see what becomes of which step, try, and go. */
export default function Migrate() {
  const [params] = useSearchParams()
  const key = params.get('process')
  return key ? <OfProcess key={key} keyName={key} /> : <Choose />
}

function Choose() {
  const navigate = useNavigate()
  const read = useQuery({ queryKey: ['designs'], queryFn: ({ signal }) => migrateApi.processes(signal) })
  const items = read.data?.items.filter(each => each.versions > 1 && each.running > 0) ?? []
  return (
    <PageFrame title={tm('title')} subtitle={tm('lead')}>
      <div className="qc-panel">
        {read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : !read.data ? <Skeleton lines={6} /> : items.length === 0 ? <EmptyState icon="swap" title={tm('noProcess')} hint={tm('noProcessHint')} />
          : <ul className="qc-plain cm-processes" aria-label={tm('chooseProcess')}>{items.map(each => <li key={each.key}><button type="button" onClick={() => void navigate(`/cases/migrate?process=${encodeURIComponent(each.key)}`)}><b>{each.name}</b><span className="qc-soft">{tm('option', { n: each.version ?? 0, running: each.running })}</span><Icon name="right" size={14} /></button></li>)}</ul>}
      </div>
    </PageFrame>
  )
}

function OfProcess({ keyName }: { keyName: string }) {
  const [params, setParams] = useSearchParams()
  const caseId = params.get('case')
  const read = useQuery({ queryKey: ['design', 'versions', keyName], queryFn: ({ signal }) => migrateApi.versions(keyName, signal) })
  const versions = read.data?.items ?? []
  // the oldest version that still has cases, to the newest, unless told otherwise
  const number = (name: string): number | null => versions.find(each => String(each.version) === params.get(name))?.version ?? null
  const from = number('from') ?? versions.toReversed().find(each => each.running > 0 && each !== versions[0])?.version ?? versions[1]?.version ?? null
  const to = number('to') ?? versions.find(each => each.version !== from)?.version ?? null
  const choose = (which: string, value: string) => setParams(now => { const next = new URLSearchParams(now); next.set(which, value); return next }, { replace: true })
  const runs = useRuns(keyName)
  const running = runs.data?.items.some(each => each.state === 'running') ?? false
  const [begun, setBegun] = useState<string | null>(null)
  const told = !caseId && <Runs keyName={keyName} read={runs} first={begun} />
  return (
    <PageFrame title={`${versions[0]?.name ?? keyName} · ${tm('title')}`} subtitle={caseId ? tm('oneCase') : tm('lead')} back={`/designer/${encodeURIComponent(keyName)}/versions`}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !read.data ? <div className="qc-panel"><Skeleton lines={8} /></div>
        : versions.length < 2 || from === null || to === null ? <div className="qc-panel"><EmptyState icon="swap" title={tm('oneVersion')} hint={tm('oneVersionHint')} /></div> : (
          <div className="cm-page">
            <section className="qc-panel qc-panel-pad cm-way">
              <Pick label={tm('from')} value={from} versions={versions} not={to} onPick={value => choose('from', value)} fixed={caseId !== null} /><Icon name="right" size={16} />
              <Pick label={tm('to')} value={to} versions={versions} not={from} onPick={value => choose('to', value)} />
              {caseId && <Link to={`/cases/migrate?process=${encodeURIComponent(keyName)}&from=${from}&to=${to}`}>{tm('allCases')}</Link>}
            </section>
            {(running || begun) && told}
            <Way key={`${from}-${to}-${caseId ?? ''}`} keyName={keyName} from={from} to={to} caseId={caseId} running={running} onBegun={setBegun} />
            {!running && !begun && told}
          </div>
        )}
    </PageFrame>
  )
}

/** Migrations of the process, asked again while one goes on; when it is over, what the page says of the cases is out of date. */
function useRuns(keyName: string) {
  const client = useQueryClient()
  const read = useQuery({ queryKey: runsKey(keyName), queryFn: ({ signal }) => migrateApi.runs(keyName, signal), refetchInterval: query => (query.state.data?.items.some(each => each.state === 'running') ? EVERY_MS : false) })
  const running = read.data?.items.filter(each => each.state === 'running').length ?? 0
  const before = useRef(0)
  useEffect(() => {
    if (running < before.current) for (const queryKey of [['design', 'versions'], ['migration', 'plan', keyName]]) void client.invalidateQueries({ queryKey })
    before.current = running
  }, [client, keyName, running])
  return read
}

function Pick({ label, value, versions, not, onPick, fixed = false }: { label: string, value: number, versions: readonly Version[], not: number, onPick: (value: string) => void, fixed?: boolean }) {
  return <label className="cm-pick"><span>{label}</span><select value={value} disabled={fixed} onChange={event => onPick(event.target.value)}>{versions.map(each => <option key={each.version} value={each.version} disabled={each.version === not}>{tm('option', { n: each.version, running: each.running })}</option>)}</select></label>
}

function Way({ keyName, from, to, caseId, running, onBegun }: { keyName: string, from: number, to: number, caseId: string | null, running: boolean, onBegun: (id: string) => void }) {
  const say = useSay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [asked, setAsked] = useState<Mapping>({})
  const [tried, setTried] = useState<Mapping>({})
  const [busy, setBusy] = useState(false)
  const read = useQuery({
    queryKey: ['migration', 'plan', keyName, from, to, caseId, tried], placeholderData: keepPreviousData, staleTime: 0, retry: false,
    queryFn: ({ signal }) => migrateApi.plan(keyName, { from, to, mapping: tried, ...(caseId ? { caseIds: [caseId] } : {}) }, signal),
  })
  const plan = read.data
  const stale = useMemo(() => JSON.stringify(asked) !== JSON.stringify(tried), [asked, tried])
  if (read.isError && !plan) return <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
  if (!plan) return <section className="qc-panel qc-panel-pad" aria-live="polite"><p className="qc-soft">{tm('trying')}</p><Skeleton lines={8} /></section>
  if (plan.dryRun.running === 0) return <section className="qc-panel"><EmptyState icon="check" title={tm('nobody', { n: from })} hint={tm('nobodyHint')} /></section>

  const start = async () => {
    const { can, cannot } = plan.dryRun
    const content = <>{tm('askText')}{cannot > 0 && <> {tm('stays', { n: cannot, from })}</>}</>
    if (!await say.ask({ title: tm('ask', { n: can, from, to }), content, okText: tm('start') })) return
    setBusy(true)
    try {
      if (caseId) {
        await migrateApi.one(caseId, { to, mapping: tried })
        say.ok(tm('moved', { to }))
        await navigate(`/cases/${caseId}`)
      } else onBegun((await migrateApi.start(keyName, { from, to, mapping: tried })).id)
    } catch (error) { say.error(error) }
    setBusy(false)
    await Promise.all([client.invalidateQueries({ queryKey: runsKey(keyName) }), client.invalidateQueries({ queryKey: ['design', 'versions'] })])
  }
  return (
    <>
      <section className="qc-panel cm-result">
        <header><h2>{tm('result')}</h2><div className="qc-row">
          {stale && <span className="qc-soft">{tm('stale')}</span>}
          <button type="button" className={stale ? 'qc-button qc-button-primary' : 'qc-button'} disabled={read.isFetching} onClick={() => (stale ? setTried(asked) : void read.refetch())}>{read.isFetching ? tm('trying') : tm('try')}</button>
          <button type="button" className={stale ? 'qc-button' : 'qc-button qc-button-primary'} disabled={stale || busy || running || read.isFetching || plan.dryRun.can === 0} onClick={() => void start()}>{caseId ? tm('startOne') : tm('start')}</button>
        </div></header>
        {read.isError && <ErrorState error={read.error} />}
        <Result plan={plan} />
      </section>
      <section className="qc-panel cm-mapping">
        <header><h2>{tm('mapping')}</h2></header>
        <MappingTable plan={plan} asked={asked} onChange={(id, target) => setAsked(now => ({ ...now, [id]: target }))} />
      </section>
      <section className="qc-panel cm-both">
        <header><h2>{tm('pictures')}</h2><span className="qc-soft">{tm('counts')}</span></header>
        <Pictures keyName={keyName} plan={plan} />
      </section>
    </>
  )
}
