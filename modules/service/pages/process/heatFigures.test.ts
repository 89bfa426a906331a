import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heatOf, heatOfDeviations, textOf, valueOf } from './heatFigures.ts'
import type { NodeHeat } from './types.ts'

const spent = (median: number | null) => ({ count: 1, median, mean: median === null ? null : median * 2, sum: 0, share: 0 })
const node = (nodeId: string, more: Partial<NodeHeat> = {}): NodeHeat => ({ nodeId, name: nodeId, steps: 10, cases: 8, open: 0, waiting: spent(5), working: spent(30), total: spent(35), judged: 8, late: 2, ...more })

test('each measure picks its figure, and what was not measured has none', () => {
  const one = node('a')
  assert.deepEqual((['steps', 'waitingMedian', 'waitingMean', 'workingMedian', 'late', 'open'] as const).map(m => valueOf(one, m)), [10, 5, 10, 30, 0.25, 0])
  assert.equal(valueOf(node('b', { judged: 0 }), 'late'), null)
  assert.equal(textOf(null, 'late'), '—')
  assert.equal(textOf(0.25, 'late'), '25%')
})

test('the picture says in words what it says in colour; a flow is as thick as it is frequent', () => {
  const heat = heatOf([node('a'), node('b', { steps: 40 }), node('c', { judged: 0 })], { f1: 40, f2: 10 }, 'steps')
  assert.deepEqual(heat.nodes.b, { value: 40, text: '40 次' })
  assert.deepEqual([heat.flows.f1!.share, heat.flows.f2!.share], [1, 0.25])
  assert.equal(heatOf([node('c', { judged: 0 })], {}, 'late').nodes.c, undefined)
  assert.deepEqual(heatOf([node('a')], {}, 'open').nodes, {})
})

test('deviations of several kinds at one step add up there', () => {
  const heat = heatOfDeviations([{ kind: 'skipped', nodeId: 'a', name: 'a', cases: 3, times: 3 }, { kind: 'repeated', nodeId: 'a', name: 'a', cases: 1, times: 2 }], {})
  assert.equal(heat.nodes.a!.value, 4)
})
