import assert from 'node:assert/strict'
import { test } from 'node:test'
import { businessMinutesBetween, compileCalendar } from '@quancheng/kernel'
import { dayMinutes, instantBefore } from './ageing.ts'

const cal = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: { '2026-11-28': 'work', '2026-11-30': 'off' }, knownYears: [2026] })
const at = (text: string): Date => new Date(`${text}+08:00`)

test('an hour of business time before Monday 09:30 began on Friday at 17:30', () => {
  assert.deepEqual(instantBefore(cal, at('2026-11-23T09:30:00'), 60), at('2026-11-20T17:30:00'))
})

test('days off and days worked instead are the calendar’s', () => {
  // Monday the 30th is off, Saturday the 28th is worked
  assert.deepEqual(instantBefore(cal, at('2026-12-01T10:00:00'), 120), at('2026-11-28T17:00:00'))
})

test('whatever began at that moment is that old, and a millisecond later it is not', () => {
  const now = at('2026-11-25T15:45:00')
  for (const minutes of [1, 59.5, 60, dayMinutes(cal), 3 * dayMinutes(cal), 12_345]) {
    const from = instantBefore(cal, now, minutes)
    assert.ok(businessMinutesBetween(cal, from, now) >= minutes, `${minutes}`)
    assert.ok(businessMinutesBetween(cal, new Date(from.getTime() + 1), now) < minutes, `${minutes}`)
  }
})

test('a working day is seven hours and a half here', () => { assert.equal(dayMinutes(cal), 450) })
