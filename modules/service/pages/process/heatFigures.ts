import type { Heat } from '@quancheng/ui'
import { locale } from '@quancheng/ui/core/i18n.ts'
import { heatClasses } from '@quancheng/ui/process/heat.ts'
import { durationText } from '@quancheng/ui/time/format.ts'
import type { Deviation, NodeHeat } from './types.ts'

/** What the colours of the picture can tell. */
export const HEAT_MEASURES = ['steps', 'waitingMedian', 'waitingMean', 'workingMedian', 'workingMean', 'totalMedian', 'late', 'open'] as const
export type HeatMeasure = (typeof HEAT_MEASURES)[number]

const percent = (share: number): string => `${Math.round(share * 100)}%`

/** The figure of a node by the measure; null where nothing was measured. */
export function valueOf(node: NodeHeat, measure: HeatMeasure): number | null {
  switch (measure) {
    case 'steps': return node.steps
    case 'waitingMedian': return node.waiting.median
    case 'waitingMean': return node.waiting.mean
    case 'workingMedian': return node.working.median
    case 'workingMean': return node.working.mean
    case 'totalMedian': return node.total.median
    case 'late': return node.judged ? node.late / node.judged : null
    case 'open': return node.open
  }
}

export function textOf(value: number | null, measure: HeatMeasure): string {
  if (value === null) return '—'
  if (measure === 'steps' || measure === 'open') return locale() === 'zh' ? `${value} 次` : `${value}×`
  return measure === 'late' ? percent(value) : durationText(value)
}

/** The picture's colours, badges and widths of flows. */
export function heatOf(nodes: readonly NodeHeat[], flows: Record<string, number>, measure: HeatMeasure): Heat {
  const values = nodes.map(node => ({ node, value: valueOf(node, measure) }))
  const classes = heatClasses(values.map(v => v.value ?? 0), measure === 'steps' || measure === 'open')
  return {
    classes, flows: widths(flows),
    nodes: Object.fromEntries(values.flatMap(({ node, value }) => value === null || (measure === 'open' && value === 0) ? [] : [[node.nodeId, { value, text: textOf(value, measure) }]])),
  }
}

/** The picture of where cases left the drawn path. */
export function heatOfDeviations(deviations: readonly Deviation[], flows: Record<string, number>): Heat {
  const perNode = new Map<string, number>()
  for (const d of deviations) perNode.set(d.nodeId, (perNode.get(d.nodeId) ?? 0) + d.cases)
  return { classes: heatClasses([...perNode.values()], true), flows: widths(flows), nodes: Object.fromEntries([...perNode].map(([id, cases]) => [id, { value: cases, text: casesText(cases) }])) }
}

export const casesText = (n: number): string => (locale() === 'zh' ? `${n} 例` : `${n} cases`)

function widths(flows: Record<string, number>): Heat['flows'] {
  const most = Math.max(1, ...Object.values(flows))
  return Object.fromEntries(Object.entries(flows).map(([id, n]) => [id, { share: n / most, text: String(n) }]))
}
