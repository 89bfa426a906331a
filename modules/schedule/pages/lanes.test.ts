import assert from 'node:assert/strict'
import { test } from 'node:test'
import { spotAt } from './drag.ts'
import { lanesOf } from './lanes.ts'

const lanes = (...blocks: Array<[number, number]>): string[] => lanesOf(blocks.map(([from, to]) => ({ from, to }))).map(p => `${p.lane}/${p.lanes}`)

test('what does not overlap has the whole width, and what ends as another begins does not overlap', () => assert.deepEqual(lanes([540, 600], [600, 660]), ['0/1', '0/1']))
test('two at once share it, a third that overlaps one of them takes the lane that is free again', () => assert.deepEqual(lanes([540, 600], [570, 660], [600, 630]), ['0/2', '1/2', '0/2']))
test('the order in which they come does not matter, and the next group starts anew', () => assert.deepEqual(lanes([700, 760], [570, 660], [540, 600]), ['0/1', '1/2', '0/2']))

test('CA-01 a dragged event keeps its length and stays in its day; by its lower edge it is a quarter of an hour at least', () => {
  const hold = { key: 'a', what: 'move' as const, from: 540, to: 600, day: '2026-11-23', grab: 20 }
  assert.deepEqual(spotAt(hold, '2026-11-25', 20 + 14 * 60 + 7), { day: '2026-11-25', from: 840, to: 900 }, 'to the next quarter')
  assert.deepEqual([spotAt(hold, '2026-11-23', 0), spotAt(hold, '2026-11-23', 1440)].map(s => [s.from, s.to]), [[0, 60], [1380, 1440]])
  const edge = { ...hold, what: 'end' as const }
  assert.deepEqual([660, 300, 1500].map(m => spotAt(edge, '2026-11-26', m)), [{ day: '2026-11-23', from: 540, to: 660 }, { day: '2026-11-23', from: 540, to: 555 }, { day: '2026-11-23', from: 540, to: 1440 }], 'its day and its start stay')
})
