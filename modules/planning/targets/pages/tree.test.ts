import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTree } from './tree.ts'

const t = (id: string, parentId: string | null) => ({ id, parentId, period: '2026', measure: 'signed', unitId: 'n', unit: '板块', userId: null, person: null, productId: null, product: null, amount: '1', done: '0', percent: 0, elapsed: 0, light: 'red' as const, from: '2026-01-01', to: '2026-12-31', overPeriods: null, overPeople: null })

test('parts stand under their whole; one whose whole is not seen stands at the top', () => {
  assert.deepEqual(inTree([t('q1', 'y'), t('y', null), t('m1', 'q1'), t('mine', 'hidden')]).map(x => [x.id, x.depth]), [['y', 0], ['q1', 1], ['m1', 2], ['mine', 0]])
})
