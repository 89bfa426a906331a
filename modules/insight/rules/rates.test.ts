import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rateSpans, type Rate } from './rates.ts'

const above = new Map([['HZ', ['HZ', 'EAST', 'ALL']], ['GZ', ['GZ', 'ALL']]])
const rate = (post: string, unitId: string | null, hourly: string, from: string): Rate => ({ post, unitId, hourly, from })
const shown = (rates: Rate[]) => rateSpans(rates, above).map(s => `${s.post} ${s.unitId} ${s.hourly} ${s.from}–${s.to ?? ''}`)

test('AN-05 the rate of the nearest unit counts, the company’s where no unit has one', () => {
  assert.deepEqual(shown([rate('engineer', null, '60', '2026-01-01'), rate('engineer', 'EAST', '70', '2026-01-01')]), ['engineer HZ 70 2026-01-01–', 'engineer GZ 60 2026-01-01–'])
})

test('AN-05 a new rate counts from its day; what was done before keeps the old one; before the first there is none', () => {
  assert.deepEqual(shown([rate('qc', null, '50', '2026-03-01'), rate('qc', null, '55', '2026-07-01')]), ['qc HZ 50 2026-03-01–2026-07-01', 'qc HZ 55 2026-07-01–', 'qc GZ 50 2026-03-01–2026-07-01', 'qc GZ 55 2026-07-01–'])
})

test('AN-05 the company’s new rate does not touch a unit that has its own', () => {
  assert.deepEqual(shown([rate('qc', 'HZ', '80', '2026-01-01'), rate('qc', null, '55', '2026-07-01')]), ['qc HZ 80 2026-01-01–', 'qc GZ 55 2026-07-01–'])
})
