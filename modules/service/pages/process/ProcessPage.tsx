import '../shared/shared.css'
import './process.css'
import { api, dateText, DfgView, simplify, type Dfg, durationText, EmptyState, ErrorState, PageFrame, ProcessView, Skeleton, Widget, type FieldMeta } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useMemo, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { useScope } from '../shared/useScope.ts'
import { firstShares, graphOf } from './figures.ts'
import { tp } from './texts.ts'
import { Times } from './Times.tsx'
import type { Statistics } from './types.ts'
import { Variants } from './Variants.tsx'

const day = (name: string): FieldMeta => ({ name, type: 'date', label: '', required: false, readOnly: false, immutable: false, custom: false, access: 'edit', filter: [], sortable: false })
const measures = ['total', 'waiting', 'working'] as const

/** A process as it is drawn and as it really ran: counts, times, the map of what follows what, the ways it went (SP-24). */
export default function ProcessPage() {
  const key = useParams().key!
  const [params, setParams] = useSearchParams()
  const scope = useScope('serviceRequest:read')
  const query = { from: params.get('from'), to: params.get('to'), unitId: params.get('unit'), measure: measures.find(each => each === params.get('measure')) ?? 'total' }
  const read = useQuery({ queryKey: ['processes', key, query], queryFn: ({ signal }) => api.get<Statistics>(`/processes/${encodeURIComponent(key)}/statistics`, { query, signal, timeoutMs: 120_000 }), placeholderData: previous => previous })
  const data = read.data
  const graph = useMemo(() => data ? graphOf(data.dfg) : null, [data])
  const set = (name: string, value: string | null) => {
    const next = new URLSearchParams(params)
    if (value) next.set(name, value)
    else next.delete(name)
    setParams(next, { replace: true, preventScrollReset: true })
  }
  const units = scope?.units ?? []
  const bar = (
    <div className="sp-bar">
      {(['from', 'to'] as const).map(name => <label key={name} htmlFor={`sp-${name}`}>{tp(name)}<span className="sp-date"><Widget field={day(name)} id={`sp-${name}`} value={query[name]} onChange={value => set(name, typeof value === 'string' ? value : null)} /></span></label>)}
      {data?.process.kind === 'bpmn' && units.length > 1 && <Select aria-label={tp('unit')} className="sp-unit" allowClear placeholder={tp('allUnits')} value={query.unitId} onChange={(id: string | undefined) => set('unit', id ?? null)} options={units.map(unit => ({ value: unit.id, label: unit.name }))} />}
      <Select aria-label={tp('measure')} value={query.measure} onChange={(value: string) => set('measure', value === 'total' ? null : value)} options={measures.map(each => ({ value: each, label: tp(each) }))} />
      <span className="qc-faint">{tp('calendarTime')}</span>
    </div>
  )
  return (
    <PageFrame title={data?.process.name ?? tp('title')} subtitle={data && (data.process.kind === 'bpmn' ? `${tp('bpmn')} · v${data.process.version}` : tp('log'))} back="/processes" bar={data ? bar : undefined}>
      {read.isError ? <div className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></div> : !data ? <div className="qc-panel"><Skeleton lines={10} height={20} /></div> : (
        <div className={`sp${read.isFetching ? ' sp-busy' : ''}`}>
          {data.truncated && <p className="sp-note">{tp('truncated')}</p>}
          <Counts data={data} />
          {data.counts.cases === 0 ? <div className="qc-panel"><EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /></div> : <>
            <section className="qc-panel"><header><h2>{tp('map')}</h2><span className="qc-faint sp-hint">{tp('mapHint')}</span></header><div className="qc-panel-pad">{graph && <ProcessMap key={key} graph={graph} />}</div></section>
            <section className="qc-panel"><header><h2>{tp('times')}</h2></header><div className="qc-panel-pad"><Times times={data.times} /></div></section>
            <section className="qc-panel"><header><h2>{tp('variants')}</h2><span className="qc-faint">{tp('variantsOf', { n: data.variants.total, shown: data.variants.variants.length })}</span></header><Variants variants={data.variants.variants} /></section>
          </>}
          {data.process.kind === 'bpmn' && <section className="qc-panel"><header><h2>{tp('model')}</h2></header><div className="qc-panel-pad"><ProcessView xmlUrl={`/processes/${encodeURIComponent(key)}/xml?version=${data.process.version}`} height={460} /></div></section>}
        </div>
      )}
    </PageFrame>
  )
}

/** Sixty paths between thirty activities are a ball of wool: such a map begins with the frequent part. */
function ProcessMap({ graph }: { graph: Dfg }) {
  const [shares, setShares] = useState(() => firstShares(graph))
  const shown = useMemo(() => simplify(graph, shares.activities, shares.paths), [graph, shares])
  return <DfgView graph={shown} activities={shares.activities} paths={shares.paths} onShares={setShares} height={Math.min(680, 130 + shown.nodes.length * 62)} />
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
