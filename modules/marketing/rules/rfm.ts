/**
 * Groups mined from orders: recency, frequency and money in fifths (5 is best), each high from 4 on. The names are those of the eight-part RFM scheme.
 */
export const RFM_GROUPS = {
  HHH: '重要价值客户', HLH: '重要发展客户', LHH: '重要保持客户', LLH: '重要挽留客户', HHL: '一般价值客户', HLL: '一般发展客户', LHL: '一般保持客户', LLL: '一般挽留客户',
} as const
export type RfmGroup = keyof typeof RFM_GROUPS
export const RFM_HIGH = 4

export const rfmGroup = (r: number, f: number, m: number): RfmGroup => [r, f, m].map(x => (x >= RFM_HIGH ? 'H' : 'L')).join('') as RfmGroup
