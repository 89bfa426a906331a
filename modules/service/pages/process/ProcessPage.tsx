import '../shared/shared.css'
import './process.css'
import { api, dateText, DfgView, simplify, type Dfg, durationText, EmptyState, ErrorState, PageFrame, Skeleton, Widget, type FieldMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { useScope } from '../shared/useScope.ts'
import { CaseDrawer } from './CaseDrawer.tsx'
import { CaseFilter } from './CaseFilter.tsx'
import { Compare } from './Compare.tsx'
import { Conformance } from './Conformance.tsx'
import { DottedChart } from './DottedChart.tsx'
import { ExportLog } from './ExportLog.tsx'
import { firstShares, graphOf } from './figures.ts'
import { HEAT_MEASURES } from './heatFigures.ts'
import { HeatPicture } from './HeatPicture.tsx'
import { Replay } from './Replay.tsx'
import { Review } from './Review.tsx'
import { tp } from './texts.ts'
import { Times } from './Times.tsx'
import type { CaseQuestion, Statistics } from './types.ts'
import { Variants } from './Variants.tsx'

const day = (name: string): FieldMeta => ({ name, type: 'date', label: '', required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false })
const measures = ['total', 'waiting', 'working'] as const
type Tab = 'picture' | 'compare' | 'times' | 'conformance' | 'replay' | 'review' | 'dots'

/** A process as it is drawn and as it really ran (SP-24): figures on the picture, the discovered map, times and ways, where cases left the drawing, quantity and structure. */
export default function ProcessPage() {
  const key = useParams().key!
  const [params, setParams] = useSearchParams()
  const scope = useScope('serviceRequest:read')
  const [question, setQuestion] = useState<CaseQuestion | null>(null)
  const filter = useMemo(() => ({ from: params.get('from'), to: params.get('to'), unitId: params.get('unit'), version: params.get('version'), filter: recordFilter(params.get('line'), params.get('fault')), variant: params.get('variant') }), [params])
  const ways = Number(params.get('ways')) || 12
  const query = { ...filter, ...(ways > 12 ? { ways } : {}), measure: measures.find(each => each === params.get('measure')) ?? 'total' }
  const read = useQuery({ queryKey: ['processes', key, query], queryFn: ({ signal }) => api.get<Statistics>(`/processes/${encodeURIComponent(key)}/statistics`, { query, signal, timeoutMs: 120_000 }), placeholderData: previous => previous })
  const data = read.data
  const graph = useMemo(() => data ? graphOf(data.dfg) : null, [data])
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true, preventScrollReset: true })
  }
  const drawn = data?.process.kind === 'bpmn'
  const tabs: Array<[Tab, string]> = [['picture', tp(drawn ? 'tabPicture' : 'tabMap')], ...(drawn ? [['compare', tp('tabCompare')] as [Tab, string]] : []), ['times', tp('tabTimes')], drawn ? ['conformance', tp('tabConformance')] : ['replay', tp('tabReplay')], ['review', tp('tabReview')], ['dots', tp('tabDots')]]
  const tab = tabs.find(([each]) => each === params.get('tab'))?.[0] ?? 'picture'
  const units = scope?.units ?? []
  const bar = (
    <div className="sp-bar">
      {(['from', 'to'] as const).map(name => <label key={name} htmlFor={`sp-${name}`}>{tp(name)}<span className="sp-date"><Widget field={day(name)} id={`sp-${name}`} value={query[name]} onChange={value => set(name, typeof value === 'string' ? value : null)} /></span></label>)}
      {drawn && units.length > 1 && <Select aria-label={tp('unit')} className="sp-unit" allowClear placeholder={tp('allUnits')} value={query.unitId} onChange={(id: string | undefined) => set('unit', id ?? null)} options={units.map(unit => ({ value: unit.id, label: unit.name }))} />}
      <CaseFilter entity={data?.entity ?? null} line={params.get('line')} fault={params.get('fault')} variant={filter.variant} onChange={set} />
      <Versions shown={drawn && (data?.versions ?? 1) > 1} value={filter.version} onChange={value => set('version', value)} newest={data?.versions ?? 1} />
      {(tab === 'picture' || tab === 'times') && <Select aria-label={tp('measure')} value={query.measure} onChange={(value: string) => set('measure', value === 'total' ? null : value)} options={measures.map(each => ({ value: each, label: tp(each) }))} />}
      <span className="qc-faint">{tp('calendarTime')}</span>
    </div>
  )
  const about = (activity: string): CaseQuestion => ({ title: `${activity} · ${tp('cases')}`, activity, by: query.measure })
  return (
    <PageFrame title={data?.process.name ?? tp('title')} subtitle={data && (drawn ? `${tp('bpmn')} · v${data.process.version}` : tp('log'))} back="/processes" bar={data ? bar : undefined} actions={data && <>{drawn && <Link className="qc-button" to={`/simulation/${encodeURIComponent(key)}`}>{tp('simulate')}</Link>}{data.counts.cases > 0 && <ExportLog processKey={key} filter={filter} />}</>}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !data ? <div className="qc-panel"><Skeleton lines={10} height={20} /></div> : (
        <div className={`sp${read.isFetching ? ' sp-busy' : ''}`}>
          {data.truncated && <p className="sp-note">{tp('truncated')}</p>}
          <Counts data={data} />
          <div className="qc-panel"><div className="sv-tabs sp-tabs" role="tablist">{tabs.map(([each, label]) => <button key={each} type="button" role="tab" aria-selected={tab === each} onClick={() => set('tab', each === 'picture' ? null : each)}>{label}</button>)}</div></div>
          {data.counts.cases === 0 && tab !== 'picture' ? <div className="qc-panel"><EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /></div> : <>
            {tab === 'picture' && drawn && <section className="qc-panel"><header><h2>{tp('drawn')}</h2></header><div className="qc-panel-pad"><HeatPicture processKey={key} filter={filter} measure={HEAT_MEASURES.find(each => each === params.get('colour')) ?? 'steps'} onMeasure={value => set('colour', value === 'steps' ? null : value)} onCases={setQuestion} /></div></section>}
            {tab === 'picture' && (data.counts.cases > 0 || !drawn) && <section className="qc-panel"><header><h2>{tp('map')}</h2><span className="qc-faint sp-hint">{tp('mapHint')}</span></header><div className="qc-panel-pad">{data.counts.cases === 0 ? <EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /> : graph && <ProcessMap key={key} graph={graph} onCases={id => setQuestion(about(id))} />}</div></section>}
            {tab === 'times' && <>
              <section className="qc-panel"><header><h2>{tp('times')}</h2></header><div className="qc-panel-pad"><Times times={data.times} /></div></section>
              <section className="qc-panel"><header><h2>{tp('variants')}</h2><span className="qc-faint">{tp('variantsOf', { n: data.variants.total, shown: data.variants.variants.length })}</span></header><Variants variants={data.variants.variants} total={data.variants.total} chosen={filter.variant} onOnly={variant => set('variant', variant.exampleCase)} onMore={() => set('ways', '200')} onCases={variant => setQuestion({ title: tp('wayCases', { n: variant.rank }), like: variant.exampleCase })} /></section>
            </>}
            {tab === 'compare' && <section className="qc-panel"><div className="qc-panel-pad"><Compare processKey={key} filter={filter} statistics={data} onCases={setQuestion} /></div></section>}
            {tab === 'dots' && <section className="qc-panel"><div className="qc-panel-pad"><DottedChart processKey={key} filter={filter} log={!drawn} onCases={setQuestion} /></div></section>}
            {tab === 'conformance' && <Conformance processKey={key} filter={filter} onCases={setQuestion} />}
            {tab === 'replay' && <Replay processKey={key} filter={filter} model={params.get('model')} onModel={model => set('model', model)} />}
            {tab === 'review' && <Review processKey={key} filter={filter} onCases={setQuestion} />}
          </>}
        </div>
      )}
      <CaseDrawer processKey={key} filter={filter} question={question} onClose={() => setQuestion(null)} />
    </PageFrame>
  )
}

/** Product line and fault as a list filter of the record; no filter where neither is chosen. */
function recordFilter(line: string | null, fault: string | null): string | null {
  return line || fault ? JSON.stringify({ ...(line ? { productLineId: line } : {}), ...(fault ? { faultCategoryId: fault } : {}) }) : null
}

/** The drawing is one version's; with several, one may look at the cases of an older one. */
function Versions({ shown, value, onChange, newest }: { shown: boolean, value: string | null, onChange: (value: string | null) => void, newest: number }) {
  if (!shown) return null
  return <Select aria-label={tp('version')} className="sp-unit" allowClear placeholder={tp('allVersions')} value={value} onChange={(version: string | undefined) => onChange(version ?? null)} options={Array.from({ length: newest }, (_, i) => ({ value: String(newest - i), label: tp('versionN', { v: newest - i }) }))} />
}

/** Sixty paths between thirty activities are a ball of wool: such a map begins with the frequent part. */
function ProcessMap({ graph, onCases }: { graph: Dfg, onCases: (activity: string) => void }) {
  const [shares, setShares] = useState(() => firstShares(graph))
  const shown = useMemo(() => simplify(graph, shares.activities, shares.paths), [graph, shares])
  return <DfgView graph={shown} activities={shares.activities} paths={shares.paths} onShares={setShares} height={Math.min(760, 150 + shown.nodes.length * 70)} onSelectNode={id => { if (!id.startsWith('__')) onCases(id) }} />
}

function Counts({ data }: { data: Statistics }) {
  const { counts, caseTimes } = data
  const duration = (minutes: number | null) => minutes === null ? '—' : durationText(minutes)
  const figures: Array<[string, string | number]> = [
    [tp('cases'), counts.cases], [tp('steps'), counts.steps], [tp('activities'), counts.activities], [tp('people'), counts.people],
    [tp('caseMedian'), duration(caseTimes.median)], [tp('caseP80'), duration(caseTimes.p80)],
    [tp('span'), counts.first && counts.last ? `${dateText(counts.first)} – ${dateText(counts.last)}` : '—'],
  ]
  return <dl className="sp-counts">{figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
}
