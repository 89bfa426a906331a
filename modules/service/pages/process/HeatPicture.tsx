import { api, durationText, EmptyState, ErrorState, ProcessView, Skeleton, usePhone, type Heat } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useMemo, type ReactNode } from 'react'
import { HEAT_MEASURES, heatOf, textOf, valueOf, type HeatMeasure } from './heatFigures.ts'
import { tp } from './texts.ts'
import type { CaseQuestion, ConformanceView, HeatView, NodeHeat } from './types.ts'

export type Filter = Record<string, string | null>
type Props = { processKey: string, filter: Filter, measure: HeatMeasure, onMeasure: (measure: HeatMeasure) => void, onCases: (question: CaseQuestion) => void }

export const xmlUrl = (key: string, version: number): string => `/processes/${encodeURIComponent(key)}/xml?version=${version}`

export function useConformance(processKey: string, filter: Filter) {
  return useQuery({ queryKey: ['processes', processKey, 'conformance', filter], queryFn: ({ signal }) => api.get<ConformanceView>(`/processes/${encodeURIComponent(processKey)}/conformance`, { query: filter, signal }), placeholderData: previous => previous })
}

/** The drawn model with what really happened on it: how often, how long, how late, as colour, in words, and as a table. */
export function HeatPicture({ processKey, filter, measure, onMeasure, onCases }: Props) {
  const phone = usePhone()
  const read = useQuery({ queryKey: ['processes', processKey, 'heat', filter], queryFn: ({ signal }) => api.get<HeatView>(`/processes/${encodeURIComponent(processKey)}/heat`, { query: filter, signal }), placeholderData: previous => previous })
  const flows = useConformance(processKey, filter).data?.flows
  const data = read.data
  const heat = useMemo(() => data ? heatOf(data.nodes, flows ?? {}, measure) : null, [data, flows, measure])
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!data || !heat) return <Skeleton lines={8} height={20} />
  const cases = (node: NodeHeat, only?: 'late' | 'open') => onCases({
    title: `${node.name} · ${tp(only === 'late' ? 'lateSteps' : only === 'open' ? 'openSteps' : 'cases')}`, node: node.nodeId, version: data.version, ...(only ? { only } : {}), ...byOf(measure),
  })
  return (
    <div className="qc-stack">
      <div className="sp-bar">
        <Select aria-label={tp('colour')} className="sp-measure" value={measure} onChange={onMeasure} options={HEAT_MEASURES.map(each => ({ value: each, label: tp(each) }))} />
        <span className="qc-faint">{tp('heatHint', { n: data.cases, v: data.version })}</span>
      </div>
      {data.cases === 0 ? <EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} /> : <>
        <ProcessView xmlUrl={xmlUrl(processKey, data.version)} height={phone ? 220 : 480} heat={heat} legend={<Legend heat={heat} text={value => textOf(value, measure)} />} onSelect={id => { const node = data.nodes.find(each => each.nodeId === id); if (node) cases(node, measure === 'late' ? 'late' : measure === 'open' ? 'open' : undefined) }} />
        <HeatTable nodes={data.nodes} measure={measure} onCases={cases} />
      </>}
    </div>
  )
}

const byOf = (measure: HeatMeasure): { by?: 'total' | 'waiting' | 'working' } => measure.startsWith('waiting') ? { by: 'waiting' } : measure.startsWith('working') ? { by: 'working' } : measure === 'totalMedian' || measure === 'late' ? { by: 'total' } : {}

export function Legend({ heat, text }: { heat: Heat, text: (value: number) => string }): ReactNode {
  if (heat.classes.length === 0) return <span className="qc-heat-legend">{tp('allNothing')}</span>
  return <span className="qc-heat-legend"><span>{tp('legend')}</span>{heat.classes.map(each => <span key={each.color}><i style={{ background: each.color }} aria-hidden />{each.from === each.to ? text(each.to) : `${text(each.from)} – ${text(each.to)}`}</span>)}</span>
}

/** The same figures in words, for whoever does not see the colours, and for a narrow screen. */
function HeatTable({ nodes, measure, onCases }: { nodes: NodeHeat[], measure: HeatMeasure, onCases: (node: NodeHeat, only?: 'late' | 'open') => void }) {
  const ranked = useMemo(() => nodes.toSorted((a, b) => (valueOf(b, measure) ?? -1) - (valueOf(a, measure) ?? -1)), [nodes, measure])
  const duration = (minutes: number | null) => minutes === null ? '—' : durationText(minutes)
  return (
    <div className="sv-table-wrap">
      <table className="sv-table sp-heat-table">
        <thead><tr><th>{tp('step')}</th><th className="sv-right">{tp('count')}</th><th className="sv-right">{tp('waitingMedian')}</th><th className="sv-right">{tp('waitingMean')}</th><th className="sv-right">{tp('workingMedian')}</th><th className="sv-right">{tp('workingMean')}</th><th className="sv-right">{tp('late')}</th><th className="sv-right">{tp('open')}</th></tr></thead>
        <tbody>{ranked.map(node => (
          <tr key={node.nodeId}>
            <th scope="row"><button type="button" className="qc-link" onClick={() => onCases(node)}>{node.name}</button></th>
            <td className="sv-right">{node.steps}</td><td className="sv-right">{duration(node.waiting.median)}</td><td className="sv-right">{duration(node.waiting.mean)}</td><td className="sv-right">{duration(node.working.median)}</td><td className="sv-right">{duration(node.working.mean)}</td>
            <td className="sv-right">{node.judged === 0 ? '—' : node.late === 0 ? '0%' : <button type="button" className="qc-link" aria-label={`${node.name} ${tp('lateSteps')}`} onClick={() => onCases(node, 'late')}>{Math.round(100 * node.late / node.judged)}%（{node.late}/{node.judged}）</button>}</td>
            <td className="sv-right">{node.open === 0 ? '0' : <button type="button" className="qc-link" aria-label={`${node.name} ${tp('openSteps')}`} onClick={() => onCases(node, 'open')}>{node.open}</button>}</td>
          </tr>
        ))}</tbody>
      </table>
    </div>
  )
}
