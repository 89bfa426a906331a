import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lanesOf } from './lanes.ts'

const lanes = (...blocks: Array<[number, number]>): string[] => lanesOf(blocks.map(([from, to]) => ({ from, to }))).map(p => `${p.lane}/${p.lanes}`)

test('what does not overlap has the whole width, and what ends as another begins does not overlap', () => assert.deepEqual(lanes([540, 600], [600, 660]), ['0/1', '0/1']))
test('two at once share it, a third that overlaps one of them takes the lane that is free again', () => assert.deepEqual(lanes([540, 600], [570, 660], [600, 630]), ['0/2', '1/2', '0/2']))
test('the order in which they come does not matter, and the next group starts anew', () => assert.deepEqual(lanes([700, 760], [570, 660], [540, 600]), ['0/1', '1/2', '0/2']))
