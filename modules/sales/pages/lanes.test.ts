import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOf, neighbour } from './lanes.ts'

const lane = (...ids: string[]) => ({ cards: ids.map(id => ({ id })) as never })

test('the arrows walk within a lane, and over empty lanes to the same height of the next', () => {
  const lanes = [lane('a', 'b', 'c'), lane(), lane('d')]
  assert.deepEqual(['ArrowUp', 'ArrowDown', 'ArrowRight', 'ArrowLeft', 'x'].map(k => neighbour(lanes, 'b', k)), ['a', 'c', 'd', null, null])
  assert.equal(neighbour(lanes, 'd', 'ArrowLeft'), 'a')
})

test('a card is old past the days of its stage, late past twice as many', () => {
  const now = new Date('2026-11-30T00:00:00Z'), since = (d: number) => ({ stageAt: new Date(now.getTime() - d * 86_400_000).toISOString() })
  assert.deepEqual([14, 15, 28, 29].map(d => ageOf(since(d), 14, now).age), ['fresh', 'old', 'old', 'late'])
  assert.deepEqual(ageOf({ stageAt: null }, 14, now), { days: null, age: 'fresh' })
})
