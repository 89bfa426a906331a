import { Chart, EmptyState, ErrorState, ProcessView, Skeleton, tokens, usePhone } from '@quancheng/ui'
import { useMemo } from 'react'
import { Legend, useConformance, xmlUrl, type Filter } from './HeatPicture.tsx'
import { casesText, heatOfDeviations } from './heatFigures.ts'
import { tp } from './texts.ts'
import type { CaseQuestion, Deviation, Judgement } from './types.ts'

const percent = (share: number | null, digits = 0): string => share === null ? '—' : `${(share * 100).toFixed(digits)}%`

/** Which finished cases left the drawn path, where and how often; a line leads to the cases. */
export function Conformance({ processKey, filter, onCases }: { processKey: string, filter: Filter, onCases: (question: CaseQuestion) => void }) {
  const read = useConformance(processKey, filter)
  const data = read.data
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!data) return <Skeleton lines={8} height={20} />
  return <Judged data={data} modelKey={processKey} onOpen={d => onCases({ title: `${tp(d.kind)}：${d.name || d.nodeId}`, deviation: d.kind, node: d.nodeId, version: data.version })} />
}

/** What a replay found: figures, the drawing with where cases left it, the deviations, the spread. Without `onOpen` nothing leads to the cases. */
export function Judged({ data, modelKey, onOpen }: { data: Judgement, modelKey: string, onOpen?: (deviation: Deviation) => void }) {
  const phone = usePhone()
  const heat = useMemo(() => heatOfDeviations(data.deviations, data.flows), [data])
  const option = useMemo(() => histogramOf(data.histogram), [data])
  const figures: Array<[string, string]> = [[tp('endedCases'), String(data.cases)], [tp('fitting'), `${data.fitting}（${data.cases ? percent(data.fitting / data.cases) : '—'}）`], [tp('fitness'), percent(data.fitness, 1)], [tp('meanFitness'), percent(data.meanFitness, 1)]]
  return (
    <>
      <dl className="sp-counts">{figures.map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}</dl>
      {data.unchecked > 0 && <p className="sp-note">{tp('unchecked', { n: data.unchecked })}</p>}
      {data.cases === 0 ? <div className="qc-panel"><EmptyState icon="flow" title={tp('noneEnded')} hint={tp('noneEndedHint')} /></div> : <>
        <section className="qc-panel"><header><h2>{tp('where')}</h2><span className="qc-faint sp-hint">{tp('whereHint', { v: data.version })}</span></header><div className="qc-panel-pad">
          <ProcessView xmlUrl={xmlUrl(modelKey, data.version)} height={phone ? 220 : 480} heat={heat} legend={<Legend heat={heat} text={casesText} />} onSelect={id => { const d = data.deviations.find(each => each.nodeId === id); if (d) onOpen?.(d) }} />
        </div></section>
        <section className="qc-panel"><header><h2>{tp('deviations')}</h2><span className="qc-faint sp-hint">{tp('deviationsHint')}</span></header>
          {data.deviations.length === 0 ? <EmptyState icon="check" title={tp('allFit')} /> : (
            <div className="sv-table-wrap"><table className="sv-table">
              <thead><tr><th>{tp('deviation')}</th><th>{tp('step')}</th><th className="sv-right">{tp('cases')}</th><th className="sv-right">{tp('timesHead')}</th><th className="sv-right">{tp('shareOfCases')}</th></tr></thead>
              <tbody>{data.deviations.map(d => <tr key={`${d.kind} ${d.nodeId} ${d.name}`}><td>{tp(d.kind)}</td><th scope="row">{onOpen ? <button type="button" className="qc-link" onClick={() => onOpen(d)}>{d.name || d.nodeId || '—'}</button> : d.name || d.nodeId || '—'}</th><td className="sv-right">{d.cases}</td><td className="sv-right">{d.times}</td><td className="sv-right">{percent(d.cases / data.cases, 1)}</td></tr>)}</tbody>
            </table></div>
          )}
        </section>
        <section className="qc-panel"><header><h2>{tp('fitnessSpread')}</h2></header><div className="qc-panel-pad">
          <Chart option={option} height={180} label={tp('fitnessLabel', { list: data.histogram.map((n, i) => `${i * 10}–${i * 10 + 10}%：${n}`).join('，') })} />
          <p className="qc-faint">{tp('formula', { p: data.tokens.produced, c: data.tokens.consumed, m: data.tokens.missing, r: data.tokens.remaining })}</p>
        </div></section>
      </>}
    </>
  )
}

function histogramOf(histogram: number[]) {
  return {
    xAxis: { type: 'category', data: histogram.map((_, i) => `${i * 10}–${i * 10 + 10}%`), axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: tokens.lineSoft } } },
    series: [{ type: 'bar', barWidth: '62%', data: histogram, itemStyle: { color: tokens.accent }, label: { show: true, position: 'top', formatter: (point: { value: number }) => point.value ? String(point.value) : '' } }],
  }
}
