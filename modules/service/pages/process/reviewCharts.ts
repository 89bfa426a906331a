import { series, tokens } from '@quancheng/ui'
import { tp } from './texts.ts'
import type { ReviewView } from './types.ts'

const line = { lineStyle: { color: tokens.lineSoft } }
const safe = (text: string): string => text.replace(/[&<>"]/g, c => `&#${c.charCodeAt(0)};`)

/** Begun and ended as bars, what stayed open as a line; beyond a year the last year. */
export function weeksOf(weeks: ReviewView['weeks'], phone: boolean) {
  const shown = weeks.slice(phone ? -16 : -53)
  return {
    legend: { top: 0, left: 0, itemHeight: 10 }, tooltip: { trigger: 'axis', confine: true }, grid: { left: 4, right: 8, top: 34, bottom: 4, containLabel: true },
    xAxis: { type: 'category', data: shown.map(w => w.week.slice(5)), axisTick: { show: false } },
    yAxis: { type: 'value', minInterval: 1, splitLine: line },
    series: [
      { name: tp('started'), type: 'bar', data: shown.map(w => w.started), itemStyle: { color: series[0] } },
      { name: tp('ended'), type: 'bar', data: shown.map(w => w.ended), itemStyle: { color: series[1] } },
      { name: tp('openThen'), type: 'line', data: shown.map(w => w.open), symbolSize: 5, itemStyle: { color: series[2] }, lineStyle: { color: series[2] } },
    ],
  }
}

/** Who hands over to whom, among the people with the most of it. */
export function matrixOf({ people, pairs }: ReviewView['handOvers'], phone: boolean) {
  const at = new Map(people.map((person, i) => [person, i]))
  const cells = pairs.flatMap(p => { const from = at.get(p.from), to = at.get(p.to); return from === undefined || to === undefined ? [] : [[to, from, p.count]] })
  const label = { color: tokens.text, width: phone ? 64 : 96, overflow: 'truncate' }
  return {
    grid: { left: 4, right: 8, top: 4, bottom: 4, containLabel: true },
    tooltip: { confine: true, formatter: (point: { value: [number, number, number] }) => `${safe(people[point.value[1]] ?? '')} → ${safe(people[point.value[0]] ?? '')}：${point.value[2]}` },
    visualMap: { show: false, min: 0, max: Math.max(1, ...cells.map(c => c[2]!)), inRange: { color: ['#fff8e3', '#fbd58b', '#f1793f'] } },
    xAxis: { type: 'category', data: people, axisTick: { show: false }, axisLabel: { ...label, interval: 0, rotate: 40 }, splitArea: { show: false } },
    yAxis: { type: 'category', data: people, inverse: true, axisTick: { show: false }, axisLabel: label },
    series: [{ type: 'heatmap', data: cells, label: { show: !phone, color: tokens.text }, itemStyle: { borderColor: '#fff', borderWidth: 1 } }],
  }
}
