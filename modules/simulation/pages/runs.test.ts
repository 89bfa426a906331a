import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Input } from './api.ts'
import { differenceText } from './runs.ts'

const say = (key: string, params: Record<string, string | number> = {}): string => [key, ...Object.values(params)].join(' ')

const input: Input = {
  cases: 200, days: null, from: '2026-01-05T01:00:00Z', arrivals: { kind: 'poisson', perHour: 2 }, durations: { repair: { kind: 'fixed', minutes: 20 } }, outcomes: {}, unattended: [], gateways: {}, variables: {}, results: {},
  staff: { engineer: { number: 2 } }, discipline: 'fifo', seed: 1,
}
const d = { roles: [{ role: 'engineer', name: '维修', people: 2 }], steps: [{ key: 'repair', name: '维修机器', kind: 'userTask', role: 'engineer', standard: null, outcomes: [], known: 0 }] }

test('a run is called by what was changed', () => {
  assert.equal(differenceText(input, input, d, say), 'same')
  assert.equal(differenceText({ ...input, staff: { engineer: { number: 3 } }, durations: { repair: { kind: 'fixed', minutes: 10 } } }, input, d, say), '维修 3 persons，维修机器')
  assert.equal(differenceText({ ...input, cases: null, days: 5 }, input, d, say), 'workDays 5')
})
