import type { DecisionTable, HitPolicy, TableInput, TableOutput } from './types.ts'

/** A table for tests: each rule is its tests, then its outputs. */
export function tableOf(hitPolicy: HitPolicy, inputs: (string | Partial<TableInput>)[], outputs: (string | Partial<TableOutput>)[], rules: string[][], more: Partial<DecisionTable> = {}): DecisionTable {
  return {
    id: 'table', name: '判断', hitPolicy, aggregation: null,
    inputs: inputs.map((input, i) => ({ id: `in${i + 1}`, label: '', expression: '', type: 'any', values: [], ...(typeof input === 'string' ? { expression: input } : input) })),
    outputs: outputs.map((output, i) => ({ id: `out${i + 1}`, name: '', label: '', type: 'any', values: [], default: null, ...(typeof output === 'string' ? { name: output } : output) })),
    rules: rules.map((cells, i) => ({ id: `r${i + 1}`, tests: cells.slice(0, inputs.length), outputs: cells.slice(inputs.length), note: '' })),
    ...more,
  }
}

/** A DMN 1.3 file around the elements. */
export function dmn(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:x="urn:other" id="d" name="测试" namespace="urn:test">${body}</definitions>`
}
