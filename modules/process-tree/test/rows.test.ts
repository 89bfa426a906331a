import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeFor, rowsOf } from '../pages/tree/rows.ts'
import { inTreeOrder, type TreeNode } from '../rules/tree.ts'

const node = (id: string, parentId: string | null, position: number): TreeNode => ({ id, code: id, name: `节点${id}`, kind: 'process', parentId, position, nextId: null, ownerRole: null, prepare: null, talkTo: null, support: null, feedback: null, mustBefore: null, mustAfter: null, processKey: null, nodeId: null })
const nodes = inTreeOrder([node('A', null, 1), node('A1', 'A', 1), node('A1x', 'A1', 1), node('A2', 'A', 2), node('B', null, 2)])
const ids = (open: string[], q = '') => rowsOf(nodes, new Set(open), q).map(r => r.node.id)

test('TP-06 closed branches are left out, and a search opens what leads to its matches', () => {
  assert.deepEqual(ids([]), ['A', 'B'])
  assert.deepEqual(ids(['A']), ['A', 'A1', 'A2', 'B'])
  assert.deepEqual(ids(['A', 'A1']), ['A', 'A1', 'A1x', 'A2', 'B'])
  assert.deepEqual(ids([], 'a1X'), ['A', 'A1', 'A1x'])
  assert.deepEqual(ids(['A'], '没有的'), [])
})

test('TP-06 Alt and the arrows move a node among its siblings, in and out, and stop at the ends', () => {
  assert.deepEqual(placeFor(nodes, 'A2', 'up'), { parentId: 'A', before: 'A1' })
  assert.equal(placeFor(nodes, 'A1', 'up'), null)
  assert.deepEqual(placeFor(nodes, 'A1', 'down'), { parentId: 'A', before: null })
  assert.deepEqual(placeFor(nodes, 'A2', 'in'), { parentId: 'A1', before: null })
  assert.deepEqual(placeFor(nodes, 'A1', 'out'), { parentId: null, before: 'B' })
  assert.deepEqual(placeFor(nodes, 'A1x', 'out'), { parentId: 'A', before: 'A2' })
  assert.equal(placeFor(nodes, 'A', 'out'), null)
})
