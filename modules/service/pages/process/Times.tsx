import { Chart, durationText, EmptyState, tokens, usePhone } from '@quancheng/ui'
import { useMemo, useState } from 'react'
import { axisText, shareOfTime } from './figures.ts'
import { tp } from './texts.ts'
import type { ActivityTime } from './types.ts'

/** More bars than this cannot be read at once; the rest comes on demand. */
const FIRST = 12

/** How long each activity takes: the middle half as a bar, median and 95 % as marks, and the figures beside it. */
export function Times({ times }: { times: ActivityTime[] }) {
  const [all, setAll] = useState(false)
  const phone = usePhone()
  const share = useMemo(() => shareOfTime(times), [times])
  const measured = useMemo(() => times.filter(each => each.count > 0).slice(0, FIRST), [times])
  const shown = all ? times : times.slice(0, FIRST)
  const option = useMemo(() => optionOf(measured, phone), [measured, phone])
  if (times.length === 0) return <EmptyState icon="clock" title={tp('nothing')} />
  const label = tp('chartLabel', { list: measured.map(each => `${each.activity} ${tp('median2', { d: durationText(each.median ?? 0) })}`).join('，') })
  return (
    <div className="qc-stack">
      {measured.length > 0 && <Chart option={option} height={measured.length * 34 + 70} label={label} />}
      <div className="sv-table-wrap">
        <table className="sv-table sp-times">
          <thead><tr><th>{tp('activity')}</th><th className="sv-right">{tp('count')}</th><th className="sv-right">{tp('median')}</th><th className="sv-right">{tp('p80')}</th><th className="sv-right">{tp('p95')}</th><th className="sv-right">{tp('mean')}</th><th className="sv-right">{tp('sum')}</th></tr></thead>
          <tbody>{shown.map(each => (
            <tr key={each.activity}><td>{each.activity}</td><td className="sv-right">{each.instances}</td>
              {each.count === 0 ? <td className="sv-right qc-faint" colSpan={4}>{tp('notMeasured')}</td> : [each.median, each.p80, each.p95, each.mean].map((value, i) => <td key={i} className="sv-right">{value === null ? '—' : durationText(value)}</td>)}
              <td className="sv-right">{Math.round((share.get(each.activity) ?? 0) * 100)}%</td></tr>
          ))}</tbody>
        </table>
      </div>
      {!all && times.length > FIRST && <div className="sv-more"><button type="button" className="qc-button" onClick={() => setAll(true)}>{tp('showAll', { n: times.length })}</button></div>}
    </div>
  )
}

/** Times that differ by more than this factor are drawn on a logarithmic axis: else the longest hides all others. */
const WIDE = 60
/** Where a logarithmic axis begins, minutes; what took no time stands there. */
const FLOOR = 0.5

function optionOf(times: ActivityTime[], phone: boolean) {
  const highest = Math.max(1, ...times.map(each => each.p95 ?? 0))
  const medians = times.map(each => Math.max(FLOOR, each.median ?? FLOOR)).sort((a, b) => a - b)
  const log = highest / (medians[Math.floor(medians.length / 2)] ?? 1) > WIDE
  const at = (value: number | null) => log ? Math.max(FLOOR, value ?? FLOOR) : value ?? 0
  const marks = (name: string, pick: (each: ActivityTime) => number | null, symbol: string, color: string) => ({ name, type: 'scatter', symbol, symbolSize: symbol === 'rect' ? [3, 18] : 9, itemStyle: { color }, data: times.map((each, i) => [at(pick(each)), i]), z: 4 })
  return {
    legend: { top: 0, left: 0, data: [tp('middle'), tp('median'), tp('p95')], itemHeight: 10 },
    grid: { left: 4, right: 30, top: 36, bottom: 4, containLabel: true },
    tooltip: { confine: true, trigger: 'item', formatter: (point: { value: [number, number] }) => tooltip(times[point.value[1]]) },
    xAxis: { type: log ? 'log' : 'value', min: log ? FLOOR : 0, splitNumber: phone ? 3 : 6, axisLabel: { formatter: axisText, hideOverlap: true }, splitLine: { lineStyle: { color: tokens.lineSoft } } },
    yAxis: { type: 'category', inverse: true, data: times.map(each => each.activity), axisTick: { show: false }, axisLine: { lineStyle: { color: tokens.line } }, axisLabel: { color: tokens.text, width: phone ? 96 : 220, overflow: 'truncate' } },
    series: [
      // One thick line from 25 % to 75 % an activity: bars cannot begin anywhere on a logarithmic axis.
      ...times.map((each, i) => ({ name: tp('middle'), type: 'line', showSymbol: false, silent: true, color: '#9ccac6', lineStyle: { width: 14, color: '#9ccac6', cap: 'butt' }, data: [[at(each.p25), i], [at(each.p75), i]] })),
      marks(tp('median'), each => each.median, 'rect', tokens.accentDeep),
      marks(tp('p95'), each => each.p95, 'diamond', '#d98324'),
    ],
  }
}

function tooltip(each: ActivityTime | undefined): string {
  if (!each) return ''
  const line = (label: string, value: number | null) => `<br>${label}：${value === null ? '—' : durationText(value)}`
  const safe = each.activity.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)
  return `<b>${safe}</b>${line('25%', each.p25)}${line(tp('median'), each.median)}${line('75%', each.p75)}${line(tp('p95'), each.p95)}`
}
