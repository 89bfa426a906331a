import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NATIONAL, repairDays, rightsDue, type LawRuleRow } from './law.ts'

const d = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const rules = (category: 'computer' | 'phone'): LawRuleRow[] => NATIONAL[category].map((r, i) => ({ ...r, id: String(i), productLineId: 'x' }))

test('SP-29 微机: thirty days are not too many, the thirty-first is; 手机: the eighth day', () => {
  const rightOn = (category: 'computer' | 'phone', day: string) => rightsDue(rules(category), () => repairDays(d('2026-11-01'), d(day), [], [])).map(r => r.right)
  assert.deepEqual([rightOn('computer', '2026-12-01'), rightOn('computer', '2026-12-02')], [[], ['replace']])
  assert.deepEqual([rightOn('phone', '2026-11-08'), rightOn('phone', '2026-11-09')], [[], ['loaner']])
})

test('SP-29 whole days of waiting for the customer are left out, begun and ended days are not, the same day twice is left out once', () => {
  const rest = { firstWhole: d('2026-11-03'), lastWhole: d('2026-11-05'), reason: '待客户' }
  assert.equal(repairDays(d('2026-11-01'), d('2026-11-10'), [rest, rest], ['待客户']), 6)
  assert.equal(repairDays(d('2026-11-01'), d('2026-11-10'), [rest], ['待件']), 9)
  assert.equal(repairDays(d('2026-11-01'), d('2026-11-10'), [{ ...rest, lastWhole: Number.POSITIVE_INFINITY }], ['待客户']), 1)
  assert.equal(repairDays(d('2026-11-01'), d('2026-11-10'), [{ ...rest, firstWhole: d('2026-11-06') }], ['待客户']), 9, 'a rest within one day holds no whole day')
})
