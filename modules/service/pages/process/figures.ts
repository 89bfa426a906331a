import type { Dfg } from '@quancheng/ui'
import { locale } from '@quancheng/ui/core/i18n.ts'
import type { ActivityTime, Statistics } from './types.ts'

/** The map as the kit draws it. */
export function graphOf({ nodes, edges }: Statistics['dfg']): Dfg {
  return { nodes: nodes.map(node => ({ id: node.activity, label: node.kind === 'activity' ? node.activity : '', count: node.count, medianMinutes: node.medianMinutes })), edges }
}

/** Shares of activities and paths that make a first picture one can read; the sliders go in steps of 5 %. */
export function firstShares(graph: Dfg): { activities: number, paths: number } {
  const step = (share: number) => Math.min(1, Math.ceil(share * 20) / 20)
  return { activities: step(12 / Math.max(1, graph.nodes.length - 2)), paths: graph.edges.length > 40 ? 0.4 : 1 }
}

/** Share of all measured time that an activity takes, 0…1: where the time goes. */
export function shareOfTime(times: readonly ActivityTime[]): Map<string, number> {
  const sum = (each: ActivityTime) => (each.mean ?? 0) * each.count
  const all = times.reduce((total, each) => total + sum(each), 0)
  return new Map(times.map(each => [each.activity, all > 0 ? sum(each) / all : 0]))
}

/** A duration for an axis: one unit, short. */
export function axisText(minutes: number): string {
  const zh = locale() === 'zh'
  const round = (n: number) => String(Math.round(n * 10) / 10)
  if (minutes < 60) return round(minutes) + (zh ? '分' : 'min')
  return minutes < 1440 ? round(minutes / 60) + (zh ? '时' : 'h') : round(minutes / 1440) + (zh ? '天' : 'd')
}
