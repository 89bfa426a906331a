import './designer.css'
import { ApiError, can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { again, designApi, type VersionLine } from './api.ts'
import { Changes } from './compare/Changes.tsx'
import { Pictures, type Shower } from './compare/Pictures.tsx'
import { OldCases } from './OldCases.tsx'
import { td } from './texts.ts'

type V = number | 'draft'
const parse = (text: string | null): V | null => (text === 'draft' ? 'draft' : Number(text) > 0 ? Number(text) : null)

/** All versions of a process: who published what and why, what still runs on each, and what differs between any two. */
export default function Versions() {
  const key = useParams().key!
  const [params, setParams] = useSearchParams()
  const read = useQuery({ queryKey: ['design', 'versions', key], queryFn: ({ signal }) => designApi.versions(key, signal) })
  const at = `/designer/${encodeURIComponent(key)}`
  const data = read.data
  const choices: V[] = data ? [...(data.draft ? ['draft' as const] : []), ...data.items.map(each => each.version)] : []
  // newest against the one before it, unless told otherwise
  const to = choices.find(each => each === parse(params.get('to'))) ?? choices[0] ?? null
  const from = choices.find(each => each === parse(params.get('from'))) ?? choices[to === null ? 1 : choices.indexOf(to) + 1] ?? null
  const choose = (next: { from?: V, to?: V }) => setParams({ from: String(next.from ?? from ?? ''), to: String(next.to ?? to ?? '') }, { replace: true })
  const name = data?.draft?.name ?? data?.items[0]?.name ?? td('versions')
  return (
    <PageFrame title={`${name} · ${td('versions')}`} back={at} actions={<><Link className="qc-button" to={`${at}/manual`}>{td('manual')}</Link><Link className="qc-button" to={at}>{td(can('process:deploy') ? 'edit' : 'look')}</Link></>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !data ? <div className="qc-panel"><Skeleton lines={8} /></div> : (
        <div className="qd-versions">
          <section className="qc-panel" aria-label={td('versions')}>
            <OldCases keyName={key} n={data.items.slice(1).reduce((sum, each) => sum + each.running, 0)} />
            {data.items.length === 0 && <EmptyState icon="flow" title={td('noVersions')} hint={td('noVersionsHint')} />}
            <ol className="qc-plain">
              {data.draft && <li className="qd-version" data-shown={to === 'draft' || from === 'draft'}><div className="qd-version-head"><span className="qd-chip qd-chip-draft">{td('draft')}</span><span className="qc-soft">{data.draft.byName}</span><span className="qc-faint"><When at={data.draft.at} form="absolute" /></span></div><div className="qd-version-acts"><button type="button" className="qc-link" onClick={() => { const base = data.items[0]?.version; choose({ to: 'draft', ...(base ? { from: base } : {}) }) }}>{td('compare')}</button></div></li>}
              {data.items.map((line, i) => <Line key={line.version} line={line} current={i === 0} shown={choices.length > 1 && (to === line.version || from === line.version)} keyName={key} draftVersion={data.draft?.version ?? 0} comparable={choices.length > 1} onCompare={() => choose(i === 0 && !data.draft ? { to: line.version, from: data.items[1]?.version ?? line.version } : { from: line.version, to: i === 0 ? 'draft' : data.items[0]!.version })} />)}
            </ol>
          </section>
          {from !== null && to !== null && from !== to ? <Compare key={`${from}-${to}`} keyName={key} from={from} to={to} choices={choices} onChoose={choose} /> : data.items.length > 0 && <section className="qc-panel"><EmptyState icon="swap" title={td('one')} /></section>}
        </div>
      )}
    </PageFrame>
  )
}

function Line({ line, current, shown, keyName, draftVersion, comparable, onCompare }: { line: VersionLine, current: boolean, shown: boolean, keyName: string, draftVersion: number, comparable: boolean, onCompare: () => void }) {
  const say = useSay()
  const navigate = useNavigate()
  const restore = async () => {
    if (!await say.ask({ title: td('restoreAsk', { n: line.version }), content: td('restoreText', { n: line.version }), danger: draftVersion > 0 })) return
    try {
      await designApi.restore(keyName, line.version, draftVersion)
      await again()
      say.ok(td('restored'))
      await navigate(`/designer/${encodeURIComponent(keyName)}`)
    } catch (error) {
      say.error(error)
      if (error instanceof ApiError && error.code === 'DRAFT_CHANGED') await again()
    }
  }
  return (
    <li className="qd-version" data-shown={shown}>
      <div className="qd-version-head"><b>{td('version', { n: line.version })}</b>{current && <span className="qd-chip qd-chip-on">{td('current')}</span>}{line.running > 0 && <span className="qc-soft">{td('runningCases', { n: line.running })}</span>}</div>
      <div className="qc-soft">{line.byName ?? td('system')} <span className="qc-faint"><When at={line.at} form="absolute" /></span></div>
      {line.note && <p className="qd-version-note">{line.note}</p>}
      <div className="qd-version-acts">
        {comparable && <button type="button" className="qc-link" onClick={onCompare}>{td('compare')}</button>}
        <a className="qc-link" href={`/api/process-designs/${encodeURIComponent(keyName)}/file?version=${line.version}`} download>{td('download')}</a>
        <Link className="qc-link" to={`/designer/${encodeURIComponent(keyName)}/manual?version=${line.version}`}>{td('manual')}</Link>
        {can('process:deploy') && !(current && draftVersion === 0) && <button type="button" className="qc-link" onClick={() => void restore()}>{td('restore')}</button>}
      </div>
    </li>
  )
}

function Compare({ keyName, from, to, choices, onChoose }: { keyName: string, from: V, to: V, choices: readonly V[], onChoose: (next: { from?: V, to?: V }) => void }) {
  const shower = useRef<Shower>(null)
  const [overlay, setOverlay] = useState(false)
  const read = useQuery({ queryKey: ['design', 'difference', keyName, from, to], queryFn: ({ signal }) => designApi.difference(keyName, from, to, signal) })
  const called = (v: V) => (v === 'draft' ? td('draft') : td('version', { n: v }))
  const pick = (which: 'from' | 'to', value: V) => (
    <select aria-label={td(which === 'from' ? 'older' : 'newer')} value={String(value)} onChange={event => onChoose({ [which]: parse(event.target.value)! })}>{choices.map(each => <option key={each} value={each} disabled={each === (which === 'from' ? to : from)}>{called(each)}</option>)}</select>
  )
  return (
    <section className="qc-panel qd-compare">
      <header><h2>{td('differences')}</h2><div className="qc-row">{pick('from', from)}<Icon name="right" size={14} />{pick('to', to)}
        <span className="qd-switch" role="group">{[false, true].map(each => <button key={String(each)} type="button" aria-pressed={overlay === each} onClick={() => setOverlay(each)}>{td(each ? 'overlay' : 'sideBySide')}</button>)}</span></div></header>
      {read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : !read.data ? <Skeleton lines={8} /> : <>
        <div className="qd-legend"><span data-what="added">{td('added')}</span><span data-what="changed">{td('changed')}</span><span data-what="removed">{td('removed')}</span></div>
        <Pictures ref={shower} difference={read.data} overlay={overlay} />
        <div className="qc-panel-pad"><Changes difference={read.data} onSelect={id => shower.current?.show(id)} /></div>
      </>}
    </section>
  )
}
