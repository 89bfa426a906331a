import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../core/api.ts'
import { refusalOf } from '../task/refusal.ts'
import { place } from './dfgLayout.ts'
import { countText, simplify, type Dfg } from './dfg.ts'

const graph: Dfg = {
  nodes: [{ id: '$start', count: 10 }, { id: 'a', count: 10 }, { id: 'b', count: 6 }, { id: 'c', count: 1 }, { id: '$end', count: 10 }],
  edges: [{ from: '$start', to: 'a', count: 10 }, { from: 'a', to: 'b', count: 6 }, { from: 'a', to: '$end', count: 4 }, { from: 'b', to: '$end', count: 6 }, { from: 'b', to: 'c', count: 1 }, { from: 'c', to: 'b', count: 1 }],
}

test('fewer activities leave the frequent ones, and start and end', () => {
  assert.deepEqual(simplify(graph, 0.5, 1).nodes.map(node => node.id), ['$start', 'a', 'b', '$end'])
})

test('however few paths are drawn, no activity hangs in the air', () => {
  const { nodes, edges } = simplify(graph, 1, 0)
  for (const node of nodes) {
    if (node.id !== '$start') assert.ok(edges.some(edge => edge.to === node.id), node.id)
    if (node.id !== '$end') assert.ok(edges.some(edge => edge.from === node.id), node.id)
  }
})

test('every activity and path gets its place', () => {
  const placed = place(graph)
  assert.equal(placed.nodes.length, 5)
  assert.ok(placed.nodes.every(node => Number.isFinite(node.x) && Number.isFinite(node.y)))
  assert.ok(placed.edges.every(edge => edge.points.length >= 2))
  assert.ok(placed.height > placed.nodes.length * 26)
})

test('a way from an activity to itself is an arc that leaves it and comes back', () => {
  const placed = place({ nodes: graph.nodes, edges: [...graph.edges, { from: 'b', to: 'b', count: 3 }] })
  const node = placed.nodes.find(each => each.id === 'b')!
  const loop = placed.edges.find(each => each.from === 'b' && each.to === 'b')!
  assert.match(loop.loop!, /^M[\d.]+ [\d.]+C/)
  assert.ok(loop.points.every(point => point.x === node.x + node.width / 2 && Math.abs(point.y - node.y) < node.height / 2))
  assert.equal(placed.edges.filter(each => each.loop).length, 1)
})

test('big counts are short', () => {
  assert.equal(countText(1234), '1,234')
  assert.equal(countText(12_345), '1.2万')
})

test('a refused move says what is missing and what is possible; other errors do not pretend to', () => {
  assert.deepEqual(refusalOf(new ApiError(409, 'ACTIVITY_UNFINISHED', 'x', { missing: ['照片', { label: '费用' }], allowed: [{ outcome: 'wait', label: '等待备件' }] })), { missing: ['照片', '费用'], allowed: ['等待备件'] })
  assert.equal(refusalOf(new ApiError(409, 'TASK_TAKEN', 'x')), null)
})
