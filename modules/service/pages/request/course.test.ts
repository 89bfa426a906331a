import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CaseAnswer } from '../shared/types.ts'
import { ahead, failuresInARow, pauseMinutes } from './course.ts'

test('SP-08 failed tries count from the last success', () => {
  assert.equal(failuresInARow([{ succeeded: false }, { succeeded: false }, { succeeded: true }, { succeeded: false }]), 2)
  assert.equal(failuresInARow([{ succeeded: true }, { succeeded: false }]), 0)
  assert.equal(failuresInARow([{ succeeded: false }]), 1)
  assert.equal(failuresInARow([]), 0)
})

test('a pause that lasts is counted until now', () => {
  const now = new Date('2026-11-23T03:00:00Z')
  assert.equal(pauseMinutes({ from: '2026-11-23T02:00:00Z', to: null }, now), 60)
  assert.equal(pauseMinutes({ from: '2026-11-23T02:00:00Z', to: '2026-11-23T02:20:00Z' }, now), 20)
})

test('what is to come begins behind the open stage; nothing is to come when the request has ended', () => {
  const planned = ['inspect', 'repair', 'quality'].map(id => ({ nodeId: id, name: id.toUpperCase() }))
  const view = { instance: { id: 'i', state: 'active', startedAt: '', endedAt: null, endName: null }, process: null, steps: [], planned, current: ['repair'], done: [] } satisfies CaseAnswer
  assert.deepEqual(ahead(view), ['QUALITY'])
  assert.deepEqual(ahead({ ...view, instance: { ...view.instance, endedAt: 'x' } }), [])
})
