import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisText, firstShares, graphOf, shareOfTime } from './figures.ts'
import type { ActivityTime } from './types.ts'

const time = (activity: string, mean: number | null, count: number) => ({ activity, mean, count }) as ActivityTime

test('SP-24 the share of all time shows the bottleneck', () => {
  const share = shareOfTime([time('维修', 120, 10), time('检验', 40, 10), time('质检', null, 0)])
  assert.equal(share.get('维修'), 0.75)
  assert.equal(share.get('质检'), 0)
  assert.equal(shareOfTime([time('x', null, 0)]).get('x'), 0)
})

test('a small map is shown whole, a large one begins with its frequent part', () => {
  const graph = (nodes: number, edges: number) => ({ nodes: Array.from({ length: nodes + 2 }, (_, i) => ({ id: String(i), count: 1 })), edges: Array.from({ length: edges }, () => ({ from: '0', to: '1', count: 1 })) })
  assert.deepEqual(firstShares(graph(7, 12)), { activities: 1, paths: 1 })
  assert.deepEqual(firstShares(graph(27, 120)), { activities: 0.45, paths: 0.4 })
})

test('an axis speaks in minutes, hours and days', () => {
  assert.deepEqual([0, 45, 90, 2880].map(axisText), ['0分', '45分', '1.5时', '2天'])
})

test('the map keeps ends without a name of their own', () => {
  const graph = graphOf({ nodes: [{ kind: 'start', activity: '__start__', count: 3, medianMinutes: null }, { kind: 'activity', activity: '检验', count: 3, medianMinutes: 5 }], edges: [{ from: '__start__', to: '检验', count: 3, medianMinutes: null }] })
  assert.deepEqual(graph.nodes.map(node => [node.id, node.label]), [['__start__', ''], ['检验', '检验']])
})
