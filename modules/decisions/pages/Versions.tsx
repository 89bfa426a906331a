import './decisions.css'
import { ApiError, can, EmptyState, ErrorState, Icon, PageFrame, Skeleton, useSay, When } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { again, decisionApi, fileHref, type V, type VersionLine } from './api.ts'
import { Changes } from './compare/Changes.tsx'
import { tx } from './texts.ts'

const parse = (text: string | null): V | null => (text === 'draft' ? 'draft' : Number(text) > 0 ? Number(text) : null)

/** All versions of a table: who published what and why, and what differs between any two. */
export default function Versions() {
  const key = useParams().key!
  const [params, setParams] = useSearchParams()
  const read = useQuery({ queryKey: ['decisions', 'versions', key], queryFn: ({ signal }) => decisionApi.versions(key, signal) })
  const at = `/decisions/${encodeURIComponent(key)}`
  const data = read.data
  const choices: V[] = data ? [...(data.draft ? ['draft' as const] : []), ...data.items.map(each => each.version)] : []
  const to = choices.find(each => each === parse(params.get('to'))) ?? choices[0] ?? null
  const from = choices.find(each => each === parse(params.get('from'))) ?? choices[to === null ? 1 : choices.indexOf(to) + 1] ?? null
  const choose = (next: { from?: V, to?: V }) => setParams({ from: String(next.from ?? from ?? ''), to: String(next.to ?? to ?? '') }, { replace: true })
  const name = data?.draft?.name ?? data?.items[0]?.name ?? tx('versions')
  return (
    <PageFrame title={`${name} · ${tx('versions')}`} back={at} actions={<Link className="qc-button" to={at}>{tx(can('decision:edit') ? 'edit' : 'look')}</Link>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !data ? <div className="qc-panel"><Skeleton lines={8} /></div> : (
        <div className="dt-versions">
          <section className="qc-panel" aria-label={tx('versions')}>
            {data.items.length === 0 && <EmptyState icon="columns" title={tx('noVersions')} hint={tx('noVersionsHint')} />}
            <ol className="qc-plain">
              {data.draft && <li className="dt-version" data-shown={to === 'draft' || from === 'draft'}><div className="dt-version-head"><span className="dt-chip dt-chip-draft">{tx('draft')}</span><span className="qc-soft">{data.draft.byName}</span><span className="qc-faint"><When at={data.draft.at} form="absolute" /></span></div></li>}
              {data.items.map((line, i) => <OneVersion key={line.version} line={line} current={i === 0} shown={to === line.version || from === line.version} keyName={key} draftVersion={data.draft?.version ?? 0} onCompare={choices.length > 1 ? () => choose(i === 0 && !data.draft ? { to: line.version, from: data.items[1]?.version ?? line.version } : { from: line.version, to: i === 0 ? 'draft' : data.items[0]!.version }) : null} />)}
            </ol>
          </section>
          {from !== null && to !== null && from !== to ? <Compare key={`${from}-${to}`} keyName={key} from={from} to={to} choices={choices} onChoose={choose} /> : data.items.length > 0 && <section className="qc-panel"><EmptyState icon="swap" title={tx('one')} /></section>}
        </div>
      )}
    </PageFrame>
  )
}

function OneVersion({ line, current, shown, keyName, draftVersion, onCompare }: { line: VersionLine, current: boolean, shown: boolean, keyName: string, draftVersion: number, onCompare: (() => void) | null }) {
  const say = useSay()
  const navigate = useNavigate()
  const restore = async () => {
    if (!await say.ask({ title: tx('restoreAsk', { n: line.version }), content: tx('restoreText'), danger: draftVersion > 0 })) return
    try {
      await decisionApi.restore(keyName, line.version, draftVersion)
      await again()
      say.ok(tx('restored'))
      await navigate(`/decisions/${encodeURIComponent(keyName)}`)
    } catch (error) {
      say.error(error)
      if (error instanceof ApiError && error.code === 'DRAFT_CHANGED') await again()
    }
  }
  return (
    <li className="dt-version" data-shown={shown}>
      <div className="dt-version-head"><b>{tx('version', { n: line.version })}</b>{current && <span className="dt-chip dt-chip-on">{tx('current')}</span>}<span className="qc-faint">{tx('rules', { n: line.rules })}</span></div>
      <div className="qc-soft">{line.byName ?? tx('system')} <span className="qc-faint"><When at={line.at} form="absolute" /></span></div>
      {line.note && <p className="dt-version-note">{line.note}</p>}
      <div className="dt-version-acts">
        {onCompare && <button type="button" className="qc-link" onClick={onCompare}>{tx('compare')}</button>}
        <a className="qc-link" href={fileHref(keyName, line.version)} download>{tx('download')}</a>
        {can('decision:edit') && !(current && draftVersion === 0) && <button type="button" className="qc-link" onClick={() => void restore()}>{tx('restore')}</button>}
      </div>
    </li>
  )
}

function Compare({ keyName, from, to, choices, onChoose }: { keyName: string, from: V, to: V, choices: readonly V[], onChoose: (next: { from?: V, to?: V }) => void }) {
  const read = useQuery({ queryKey: ['decisions', 'difference', keyName, from, to], queryFn: ({ signal }) => decisionApi.difference(keyName, from, to, signal) })
  const called = (v: V) => (v === 'draft' ? tx('draft') : tx('version', { n: v }))
  const pick = (which: 'from' | 'to', value: V) => (
    <select aria-label={tx(which === 'from' ? 'older' : 'newer')} value={String(value)} onChange={event => onChoose({ [which]: parse(event.target.value)! })}>{choices.map(each => <option key={each} value={each} disabled={each === (which === 'from' ? to : from)}>{called(each)}</option>)}</select>
  )
  return (
    <section className="qc-panel">
      <header><h2>{tx('differences')}</h2><div className="qc-row">{pick('from', from)}<Icon name="right" size={14} />{pick('to', to)}</div></header>
      <div className="qc-panel-pad">{read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} /> : !read.data ? <Skeleton lines={8} /> : <Changes changes={read.data.changes} />}</div>
    </section>
  )
}
