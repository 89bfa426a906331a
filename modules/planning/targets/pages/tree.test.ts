import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTree } from './tree.ts'

const t = (id: string, parentId: string | null) => ({ id, parentId, period: '2026', measure: 'signed', unitId: 'n', unit: '板块', userId: null, person: null, productId: null, product: null, amount: '1', done: '0', percent: 0, elapsed: 0, light: 'red' as const, from: '2026-01-01', to: '2026-12-31', overPeriods: null, overPeople: null })

test('parts stand under their whole; one whose whole is not seen stands at the top', () => {
  assert.deepEqual(inTree([t('q1', 'y'), t('y', null), t('m1', 'q1'), t('mine', 'hidden')]).map(x => [x.id, x.depth]), [['y', 0], ['q1', 1], ['m1', 2], ['mine', 0]])
})

test('the parts of a whole that is folded are left out, and how many they are is known', () => {
  assert.deepEqual(inTree([t('y', null), t('q1', 'y'), t('m1', 'q1'), t('q2', 'y')], (_, depth) => depth === 0).map(x => [x.id, x.parts]), [['y', 2], ['q1', 1], ['q2', 0]])
})
