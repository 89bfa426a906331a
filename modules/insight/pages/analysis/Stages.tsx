import { Chart, durationText, tokens } from '@quancheng/ui'
import { useMemo } from 'react'
import { ta } from './texts.ts'
import type { AnalysisView, Asked, StageTimes } from './types.ts'

const percent = (share: number): number => Math.round(share * 100)

/** Stage by stage: how long, how much of all time; the bottleneck by name, and how one stage's times are spread. */
export function Stages({ view, stage, onStage, onOpen }: { view: AnalysisView, stage: string | null, onStage: (id: string | null) => void, onOpen: (asked: Asked) => void }) {
  const { bottleneck, stages } = view
  const shown = stages.find(each => each.nodeId === (stage ?? view.stage)) ?? stages[0]
  const most = Math.max(...stages.map(each => each.share ?? 0), 0.001)
  // a request may come to a stage twice: the title says how often, the list how many requests that were
  const rows = (each: StageTimes, only?: 'late') => onOpen({ title: `${each.name} · ${only ? `${ta('late')} ` : ''}${ta('nTimes', { n: only ? each.late : each.visits })}`, stage: each.nodeId, ...(only ? { only } : {}) })
  return (
    <div className="ia-two">
      <section className="qc-panel">
        <header><h2>{ta('stages')}</h2><span className="qc-faint ia-hint">{ta('own')}</span></header>
        {bottleneck && <p className="ia-bottleneck"><button type="button" onClick={() => { const neck = stages.find(each => each.nodeId === bottleneck.nodeId); if (neck) rows(neck) }}>{ta('bottleneck', { name: bottleneck.name, share: percent(bottleneck.share) })}</button></p>}
        <div className="ia-wrap"><table className="ia-table">
          <thead><tr><th>{ta('stage')}</th><th>{ta('share')}</th><th className="ia-right">P50</th><th className="ia-right">P80</th><th className="ia-right ia-wide">{ta('p95')}</th><th className="ia-right">{ta('visits')}</th><th className="ia-right">{ta('late')}</th></tr></thead>
          <tbody>{stages.map(each => (
            <tr key={each.nodeId} className={each.nodeId === shown?.nodeId ? 'ia-on' : ''}>
              <th scope="row"><button type="button" className="qc-link" aria-pressed={each.nodeId === shown?.nodeId} onClick={() => onStage(each.nodeId)}>{each.name}</button></th>
              <td className="ia-share">{each.share === null ? <span className="qc-faint">{ta('customers')}</span> : <><i aria-hidden><s style={{ width: `${(each.share / most) * 100}%` }} className={each.nodeId === bottleneck?.nodeId ? 'ia-neck' : ''} /></i><span>{percent(each.share)}%</span></>}</td>
              <td className="ia-right">{durationText(each.p50)}</td><td className="ia-right">{durationText(each.p80)}</td><td className="ia-right ia-wide">{durationText(each.p95)}</td>
              <td className="ia-right"><button type="button" className="qc-link" aria-label={`${each.name} ${ta('visits')}`} onClick={() => rows(each)}>{each.visits}</button></td>
              <td className="ia-right">{each.late === 0 ? '0' : <button type="button" className="qc-link qc-danger" aria-label={`${each.name} ${ta('late')}`} onClick={() => rows(each, 'late')}>{each.late}</button>}</td>
            </tr>
          ))}</tbody>
        </table></div>
      </section>
      {shown && <Spread stage={shown} borders={view.borders} onOpen={onOpen} />}
    </div>
  )
}

function Spread({ stage, borders, onOpen }: { stage: StageTimes, borders: number[], onOpen: (asked: Asked) => void }) {
  const labels = useMemo(() => stage.histogram.map((_, i) => i === borders.length ? ta('over', { n: durationText(borders[i - 1]!) }) : ta('upTo', { n: durationText(borders[i]!) })), [stage, borders])
  const option = useMemo(() => ({
    grid: { left: 4, right: 8, top: 22, bottom: 4, containLabel: true }, xAxis: { type: 'category', data: labels, axisTick: { show: false }, axisLabel: { interval: 0, rotate: 40, fontSize: 11 } }, yAxis: { type: 'value', minInterval: 1, splitLine: { lineStyle: { color: tokens.lineSoft } } },
    series: [{ type: 'bar', data: stage.histogram, itemStyle: { color: tokens.accent }, label: { show: true, position: 'top', formatter: (point: { value: number }) => point.value ? String(point.value) : '' } }],
  }), [stage, labels])
  const bin = (i: number): Asked => ({ title: `${stage.name} ${labels[i]}`, stage: stage.nodeId, ...(i > 0 ? { least: borders[i - 1]! } : {}), ...(i < borders.length ? { below: borders[i]! } : {}) })
  return (
    <section className="qc-panel">
      <header><h2>{ta('spread', { name: stage.name })}</h2><span className="qc-faint ia-hint">{ta('spreadHint')}</span></header>
      <div className="qc-panel-pad">
        <Chart option={option} height={240} label={ta('spreadLabel', { name: stage.name, list: labels.map((label, i) => `${label} ${stage.histogram[i]}`).join('，') })} onClick={click => onOpen(bin(click.dataIndex))} />
        <p className="ia-bins qc-sr">{labels.map((label, i) => <button key={label} type="button" onClick={() => onOpen(bin(i))}>{label} {stage.histogram[i]}</button>)}</p>
      </div>
    </section>
  )
}
