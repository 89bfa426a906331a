import type { Ctx, Filter } from '@quancheng/kernel'
import { scoreOf, worstFive, type Scored } from '../rules/score.ts'
import { figuresOf, type Span } from '../sources/read.ts'
import { pointsOf, type Point } from './points.ts'

export interface MapPoint extends Point, Scored { /** lists of the rows behind the figures */ rows: Array<{ label: string; plural: string; filter: Filter; count: number; scored: Filter | null }> }
export interface JourneyMap { phases: Array<{ name: string; points: MapPoint[] }>; worst: MapPoint[] }

/** The map of one journey: phases × points, each with its volume, score and gap, and the five that are furthest below their standard (TP-04). */
export async function mapOf(ctx: Ctx, journeyId: string, span: Span): Promise<JourneyMap> {
  const points = await pointsOf(ctx, journeyId), figures = Map.groupBy(await figuresOf(ctx, points, span), f => f.pointId)
  const shown = points.map((p): MapPoint => {
    const own = figures.get(p.id) ?? [], add = (of: 'volume' | 'rated' | 'sum'): number => own.reduce((n, f) => n + f[of], 0)
    return { ...p, ...scoreOf({ volume: add('volume'), rated: add('rated'), sum: add('sum') }, p.target), rows: own.filter(f => f.volume).map(f => f.rows) }
  })
  return { phases: [...Map.groupBy(shown, p => p.phase)].map(([name, of]) => ({ name, points: of })), worst: worstFive(shown) }
}
