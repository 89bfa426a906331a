import { Chart, dateTimeText, durationText, usePhone } from '@quancheng/ui'
import { useMemo } from 'react'
import type { Result } from '../api.ts'
import { ts } from '../texts.ts'
import { numberText, percent, workText } from '../words.ts'
import { busyChart, queueChart } from './charts.ts'

type Props = { run: Result, other: Result | null, nameOf: (role: string) => string }

/** What came of it: the figures, where it stuck, the queues over time, each step and role; beside it, the run it is compared with. */
export function ResultView({ run, other, nameOf }: Props) {
  const phone = usePhone()
  const queues = useMemo(() => queueChart(run, other, nameOf, phone), [run, other, nameOf, phone])
  const busy = useMemo(() => busyChart(run, other, nameOf, phone), [run, other, nameOf, phone])
  const { throughput } = run.cases
  const overloaded = run.roles.filter(r => r.utilisation !== null && r.utilisation > 0.97 && r.queue.max > 5)
  return (
    <div className="qc-stack">
      <Figures run={run} other={other} />
      <p className="qc-faint">{ts('clockNote', { m: throughput.clock.median === null ? '—' : durationText(throughput.clock.median), p: throughput.clock.p80 === null ? '—' : durationText(throughput.clock.p80), from: dateTimeText(run.from), to: dateTimeText(run.to) })}</p>
      <Bottleneck run={run} nameOf={nameOf} />
      {overloaded.length > 0 && <div className="qc-notice qc-notice-danger si-flat">{ts('overload', { roles: overloaded.map(r => nameOf(r.role)).join('、') })}</div>}
      {run.problems.length > 0 && <div className="qc-notice qc-notice-danger si-flat"><div><b>{ts('problems')}</b><ul>{run.problems.slice(0, 8).map((p, i) => <li key={i}>{p.name ? `${p.name}：` : ''}{p.message}（{p.cases}）</li>)}</ul></div></div>}
      {run.series.roles.length > 0 && <div className="si-charts">
        <section className="qc-panel"><header><h2>{ts('queueChart')}</h2><span className="qc-faint">{ts('busyNote')}</span></header><div className="qc-panel-pad"><Chart option={queues} height={240} label={ts('queueChart')} /></div></section>
        <section className="qc-panel"><header><h2>{ts('busyChart')}</h2><span className="qc-faint">{ts('busyNote')}</span></header><div className="qc-panel-pad"><Chart option={busy} height={240} label={ts('busyChart')} /></div></section>
      </div>}
      <Roles run={run} other={other} nameOf={nameOf} />
      <Steps run={run} other={other} nameOf={nameOf} />
      <section className="qc-panel"><header><h2>{ts('ends')}</h2></header><ul className="qc-plain qc-panel-pad si-ends">{run.cases.ends.map(e => <li key={e.nodeId}><span>{e.name || e.nodeId}</span><b>{e.cases}</b><span className="qc-faint">{percent(e.cases / Math.max(1, run.cases.finished))}</span></li>)}</ul></section>
    </div>
  )
}

function Figures({ run, other }: { run: Result, other: Result | null }) {
  const of = (r: Result): Array<[string, string]> => {
    const { throughput: { business: t }, started, finished, open, failed, inProgress } = r.cases
    return [
      [ts('began'), String(started)], [ts('finished'), String(finished)], [ts('open'), String(open)], ...((run.cases.failed || other?.cases.failed) ? [[ts('failed'), String(failed)] as [string, string]] : []),
      [ts('throughP50'), workText(t.median, r.dayMinutes)], [ts('throughP80'), workText(t.p80, r.dayMinutes)], [ts('throughP95'), workText(t.p95, r.dayMinutes)], [ts('inProgress'), numberText(inProgress.mean)],
    ]
  }
  const beside = other ? of(other) : null
  return <dl className="si-figures">{of(run).map(([label, value], i) => <div key={label}><dt>{label}</dt><dd>{value}{beside && <small>{beside[i]![1]}</small>}</dd></div>)}</dl>
}

function Bottleneck({ run, nameOf }: { run: Result, nameOf: (role: string) => string }) {
  const b = run.bottleneck
  if (!b) return <div className="qc-notice qc-notice-ok si-flat">{ts('noBottleneck')}</div>
  const step = run.steps.find(s => s.key === b.key)
  return <div className="qc-notice si-flat"><b>{ts('bottleneck')}</b>{ts('bottleneckText', { step: step?.name ?? b.key, role: nameOf(b.role ?? ''), n: numberText(b.meanQueue), p: percent(b.share) })}</div>
}

/** A figure, and below it the one of the other run. */
function Cell({ value, other, compare, warn = false }: { value: string, other: string | undefined, compare: boolean, warn?: boolean }) {
  return <td className={warn ? 'qc-danger' : undefined}>{value}{compare && <small>{other ?? '—'}</small>}</td>
}

function Roles({ run, other, nameOf }: Props) {
  const minutes = (n: number | null) => workText(n, run.dayMinutes)
  const row = (r: Result['roles'][number]) => [r.number === null ? ts('unlimited') : String(r.number), percent(r.utilisation), `${numberText(r.queue.mean)} / ${r.queue.max}`, minutes(r.waiting.mean), minutes(r.waiting.p95)]
  return (
    <section className="qc-panel"><header><h2>{ts('byRole')}</h2></header><div className="si-scroll"><table className="si-table">
      <thead><tr>{[ts('role'), ts('number'), ts('utilisation'), ts('queue'), ts('waitMean'), ts('waitP95')].map(each => <th key={each}>{each}</th>)}</tr></thead>
      <tbody>{run.roles.map(r => {
        const beside = other?.roles.find(each => each.role === r.role)
        const values = row(r), others = beside && row(beside)
        return <tr key={r.role} data-bottleneck={run.bottleneck?.role === r.role}><th scope="row">{nameOf(r.role)}{run.bottleneck?.role === r.role && <i className="si-mark">{ts('bottleneck')}</i>}</th>{values.map((v, i) => <Cell key={i} value={v} other={others?.[i]} compare={other !== null} warn={i === 1 && (r.utilisation ?? 0) > 0.9} />)}</tr>
      })}</tbody>
    </table></div></section>
  )
}

function Steps({ run, other, nameOf }: Props) {
  const minutes = (n: number | null) => workText(n, run.dayMinutes)
  const row = (s: Result['steps'][number]) => [String(s.entered), String(s.open), minutes(s.waiting.mean), minutes(s.waiting.median), minutes(s.waiting.p80), minutes(s.waiting.p95), minutes(s.working.mean), `${numberText(s.queue.mean)} / ${s.queue.max}`, s.late === null ? '—' : `${s.late} (${percent(s.late / Math.max(1, s.entered))})`]
  return (
    <section className="qc-panel"><header><h2>{ts('byStep')}</h2></header><div className="si-scroll"><table className="si-table">
      <thead><tr>{[ts('step'), ts('entered'), ts('left'), ts('waitMean'), ts('waitP50'), ts('waitP80'), ts('waitP95'), ts('working'), ts('queue'), ts('late')].map(each => <th key={each}>{each}</th>)}</tr></thead>
      <tbody>{run.steps.map(s => {
        const beside = other?.steps.find(each => each.key === s.key)
        const values = row(s), others = beside && row(beside)
        return <tr key={s.key} data-bottleneck={run.bottleneck?.key === s.key}><th scope="row">{s.name || s.key}{run.bottleneck?.key === s.key && <i className="si-mark">{ts('bottleneck')}</i>}{s.role && <small>{nameOf(s.role)}</small>}</th>{values.map((v, i) => <Cell key={i} value={v} other={others?.[i]} compare={other !== null} warn={i === 8 && (s.late ?? 0) > 0} />)}</tr>
      })}</tbody>
    </table></div></section>
  )
}
