export const DIMENSIONS = ['station', 'product', 'model', 'person', 'fault', 'month'] as const
export type Dimension = typeof DIMENSIONS[number]
export type Figures = {
  requests: number, minutes: number, p50: number | null, p80: number | null, onTime: number, onTimeRate: number | null, cameBack: number, cameBackRate: number | null
  labourMinutes: number, unratedMinutes: number, labourCost: string, partsCost: string, cost: string, costPerRequest: string | null
}
export type StageTimes = { nodeId: string, name: string, visits: number, requests: number, p50: number, p80: number, p95: number, mean: number, sum: number, share: number | null, late: number, histogram: number[] }
export type Group = Figures & { key: string | null, name: string | null, longest: string | null, stage: { p50: number, p80: number, visits: number } | null }
export type AnalysisView = {
  from: string, to: string, basis: 'ended' | 'started', by: Dimension, borders: number[], rated: boolean, stage: string | null
  bottleneck: { nodeId: string, name: string, share: number } | null, total: Figures, stages: StageTimes[], groups: Group[]
}
export type Only = 'late' | 'onTime' | 'cameBack' | 'labour' | 'parts' | 'unrated'
/** Which requests a figure stands for, beside the page's own question. */
export type Asked = { title: string, stage?: string, only?: Only, least?: number, below?: number, sort?: 'minutes' | 'cost' | 'startedAt', more?: Record<string, string> }
export type RowLine = { id: string, number: string, station: string | null, line: string | null, model: string | null, fault: string | null, person: string | null, startedAt: string, endedAt: string | null, minutes: number, late: boolean, cameBack: boolean, labourMinutes: number, cost: string }
/** The part of the question that each split's groups narrow. */
export const FILTER: Record<Dimension, string> = { station: 'unitId', product: 'productLineId', model: 'model', person: 'personId', fault: 'faultCategoryId', month: 'month' }
