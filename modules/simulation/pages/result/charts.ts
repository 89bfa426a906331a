import { series, tokens } from '@quancheng/ui'
import type { Result } from '../api.ts'
import { ts } from '../texts.ts'
import { numberText } from '../words.ts'

type Course = (role: Result['series']['roles'][number], index: number) => number[]

/** One line a role over working days; of the run compared with, the same colour, broken. */
function lines(run: Result, other: Result | null, nameOf: (role: string) => string, course: (run: Result) => Course, percent: boolean, phone: boolean) {
  const points = (r: Result, values: number[]) => values.map((v, i) => [(i + 0.5) * r.series.width / r.dayMinutes + 1, Math.round(v * 1000) / 1000])
  const of = (r: Result, second: boolean) => r.series.roles.map((role, i) => ({
    name: nameOf(role.role) + (second ? ` · ${ts('compareWith')}` : ''), type: 'line', showSymbol: false, data: points(r, course(r)(role, i)),
    itemStyle: { color: series[Math.max(0, run.series.roles.findIndex(each => each.role === role.role)) % series.length] }, lineStyle: { width: second ? 1.5 : 2, type: second ? 'dashed' : 'solid' },
  }))
  return {
    legend: { top: 0, left: 0, type: 'scroll', itemHeight: 10, data: run.series.roles.map(role => nameOf(role.role)) }, grid: { left: 4, right: 24, top: 34, bottom: 4, containLabel: true },
    tooltip: { trigger: 'axis', confine: true, valueFormatter: (v: number) => (percent ? `${Math.round(v * 100)}%` : numberText(v)) },
    xAxis: { type: 'value', min: 1, max: 'dataMax', splitNumber: phone ? 3 : 8, minInterval: 1, axisLabel: { formatter: (n: number) => ts('axis', { n: Math.floor(n) }), hideOverlap: true }, splitLine: { show: false }, axisPointer: { label: { formatter: ({ value }: { value: number }) => ts('axis', { n: Math.floor(value) }) } } },
    yAxis: { type: 'value', min: 0, ...(percent ? { max: 1, axisLabel: { formatter: (v: number) => `${Math.round(v * 100)}%` } } : { minInterval: 1 }), splitLine: { lineStyle: { color: tokens.lineSoft } } },
    series: [...of(run, false), ...(other ? of(other, true) : [])],
  }
}

export const queueChart = (run: Result, other: Result | null, nameOf: (role: string) => string, phone: boolean) => lines(run, other, nameOf, () => role => role.queue, false, phone)

/** Roles without a limit have no utilisation. */
export const busyChart = (run: Result, other: Result | null, nameOf: (role: string) => string, phone: boolean) => {
  const limited = (r: Result | null): Result | null => r && { ...r, series: { ...r.series, roles: r.series.roles.filter(each => numberOf(r, each.role) !== null) } }
  return lines(limited(run)!, limited(other), nameOf, r => role => role.busy.map(v => Math.min(1, v / Math.max(1, numberOf(r, role.role) ?? 1))), true, phone)
}

const numberOf = (r: Result, role: string): number | null => r.roles.find(each => each.role === role)?.number ?? null
