import type { DecisionTable } from '@quancheng/process'

export const LEVEL_DECISION = 'customer-level'
const HINT = '"需分析匹配度"'

/** From the top, the first that fits: total purchase of the category a year (yuan), our share of it (%), level, hint. */
const RULES: ReadonlyArray<readonly [string, string, number, string?]> = [
  ['>= 10000000', '>= 80', 1], ['>= 10000000', '>= 60', 2], ['>= 10000000', '>= 30', 3], ['>= 10000000', '-', 5, HINT],
  ['>= 5000000', '>= 60', 3], ['>= 5000000', '>= 30', 4], ['>= 5000000', '-', 6, HINT],
  ['>= 2000000', '>= 60', 4], ['>= 2000000', '>= 40', 5], ['>= 2000000', '-', 7],
  ['>= 1000000', '>= 60', 5], ['>= 1000000', '>= 30', 6], ['>= 1000000', '-', 7],
  ['>= 500000', '>= 60', 6], ['>= 500000', '>= 30', 7], ['>= 500000', '-', 8],
  ['>= 100000', '>= 60', 7], ['>= 100000', '>= 30', 8], ['>= 100000', '-', 9],
  ['>= 20000', '>= 60', 8], ['>= 20000', '-', 9],
  ['-', '-', 10],
]

/** What a company begins with; it writes its own under 决策表. */
export const firstTable = (): DecisionTable => ({
  id: LEVEL_DECISION, name: '客户分级（十级）', hitPolicy: 'FIRST', aggregation: null,
  inputs: [
    { id: 'in-total', label: '年采购总量（元）', expression: 'total', type: 'number', values: ['>= 0'] },
    { id: 'in-share', label: '我们的份额（%）', expression: 'share', type: 'number', values: ['[0..100]'] },
  ],
  outputs: [
    { id: 'out-level', name: 'level', label: '级别', type: 'number', values: [], default: '10' },
    { id: 'out-hint', name: 'hint', label: '提示', type: 'string', values: [], default: null },
  ],
  rules: RULES.map(([total, share, level, hint], i) => ({ id: `rule-${i + 1}`, tests: [total, share], outputs: [String(level), hint ?? ''], note: '' })),
})
