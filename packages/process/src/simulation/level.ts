/** At most so many points in a chart; then two become one. */
export const POINTS = 120

/** Averages over equal spans of time whose width doubles as time goes on, so a run of any length fits. */
export interface Series { width: number; areas: number[] }

export const seriesOf = (): Series => ({ width: 15, areas: [] })

function coarser(s: Series): void {
  s.width *= 2
  s.areas = Array.from({ length: Math.ceil(s.areas.length / 2) }, (_, i) => s.areas[2 * i]! + (s.areas[2 * i + 1] ?? 0))
}

export function fitTo(s: Series, width: number): void {
  while (s.width < width) coarser(s)
}

function spread(s: Series, from: number, to: number, value: number): void {
  while (to / s.width > POINTS) coarser(s)
  for (let i = Math.floor(from / s.width); i * s.width < to; i += 1) {
    const span = Math.min(to, (i + 1) * s.width) - Math.max(from, i * s.width)
    while (s.areas.length <= i) s.areas.push(0)
    s.areas[i] = s.areas[i]! + span * value
  }
}

/** A number that changes in steps over time (a queue, people at work): its average, its peak and its course. */
export interface Level {
  value: number
  max: number
  /** value × minutes on its own clock */
  area: number
  /** when it last changed, in minutes: on its own clock, and in working time (the axis of the charts) */
  at: number
  axis: number
  series: Series | null
}

export const levelOf = (drawn: boolean): Level => ({ value: 0, max: 0, area: 0, at: 0, axis: 0, series: drawn ? seriesOf() : null })

export function change(l: Level, by: number, at: number, axis: number): void {
  l.area += l.value * (at - l.at)
  if (l.series && axis > l.axis) spread(l.series, l.axis, axis, l.value)
  l.at = at
  l.axis = axis
  l.value += by
  if (l.value > l.max) l.max = l.value
}
