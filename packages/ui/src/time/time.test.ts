import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateTimeText, durationText, relativeText, setTimeZone, shortText } from './format.ts'
import { dayRange, instantOf } from './zone.ts'

test('times are shown on the clock of the tenant', () => {
  assert.equal(dateTimeText('2026-11-22T01:02:10.000Z'), '2026-11-22 09:02')
  assert.equal(dateTimeText('2026-12-31T16:30:00.000Z'), '2027-01-01 00:30')
})

test('a day of the tenant runs from midnight to midnight on its clock', () => {
  assert.deepEqual(dayRange('2026-11-22', '2026-11-22'), { gte: '2026-11-21T16:00:00.000Z', lt: '2026-11-22T16:00:00.000Z' })
})

test('a wall clock time is the same instant in winter and summer of a zone that changes', () => {
  setTimeZone('Europe/Berlin')
  try {
    assert.equal(instantOf('2026-01-10', '09:00').toISOString(), '2026-01-10T08:00:00.000Z')
    assert.equal(instantOf('2026-07-10', '09:00').toISOString(), '2026-07-10T07:00:00.000Z')
  } finally { setTimeZone('Asia/Shanghai') }
})

test('durations are said as people say them', () => {
  assert.equal(durationText(45), '45 分钟')
  assert.equal(durationText(125), '2 小时 5 分')
  assert.equal(durationText(120), '2 小时')
  assert.equal(durationText(4560), '3 天 4 小时')
  assert.equal(durationText(0.4), '不到 1 分钟')
})

test('today shows the hour, this year the day, earlier years the year', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  assert.equal(shortText('2026-11-22T01:02:00Z', now), '09:02')
  assert.equal(shortText('2026-11-20T01:02:00Z', now), '11-20 09:02')
  assert.equal(shortText('2025-11-20T01:02:00Z', now), '2025-11-20')
})

test('what is near is told relatively, what is far not', () => {
  const now = new Date('2026-11-22T04:00:00Z')
  assert.equal(relativeText('2026-11-22T03:57:00Z', now), '3 分钟前')
  assert.equal(relativeText('2026-11-22T06:00:00Z', now), '2 小时后')
  assert.equal(relativeText('2026-10-22T06:00:00Z', now), '')
})
