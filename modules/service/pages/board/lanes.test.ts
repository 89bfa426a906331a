import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BoardCard, BoardLane } from '../shared/types.ts'
import { lanesWith, neighbour } from './lanes.ts'

const lane = (nodeId: string, ...ids: string[]): BoardLane => ({ nodeId, name: nodeId, cards: ids.map(id => ({ id }) as BoardCard) })
const lanes = [lane('reception', 'a', 'b'), lane('inspect'), lane('repair', 'c')]
const look = (shown: BoardLane[]) => shown.map(each => each.cards.map(card => card.id))

test('SP-30 a dragged card stands in its new lane while the server is asked, and is back when it refused', () => {
  assert.deepEqual(look(lanesWith(lanes, { cardId: 'a', to: 'repair' })), [['b'], [], ['a', 'c']])
  assert.deepEqual(look(lanesWith(lanes, null)), [['a', 'b'], [], ['c']])
  assert.deepEqual(look(lanesWith(lanes, { cardId: 'a', to: 'nowhere' })), [['a', 'b'], [], ['c']])
})

test('SP-30 arrow keys walk over the board and pass empty lanes', () => {
  assert.equal(neighbour(lanes, 'a', 'ArrowDown'), 'b')
  assert.equal(neighbour(lanes, 'b', 'ArrowRight'), 'c')
  assert.equal(neighbour(lanes, 'c', 'ArrowLeft'), 'a')
  assert.equal(neighbour(lanes, 'a', 'ArrowUp'), null)
  assert.equal(neighbour(lanes, 'x', 'ArrowUp'), null)
})
