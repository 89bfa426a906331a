import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timerTextValid } from '@quancheng/process'
import { beginning, firstMonthday, firstWeekday, timingOf, timingText, timingWords, type Clock, type Timing, type TimerKind } from './timing.ts'

const SUNDAY = new Date('2026-11-22T14:00:00Z')
const EXAMPLES: ReadonlyArray<[TimerKind, string, Clock, string]> = [
  ['duration', 'P2D', 'business', '2 个工作日后'], ['duration', 'PT48H', 'clock', '48 小时后'], ['duration', 'P1M', 'clock', '1 个月后'], ['duration', 'PT30M', 'clock', '30 分钟后'], ['duration', 'P2W', 'clock', '2 周后'],
  ['date', '2026-05-01T09:00:00', 'clock', '2026 年 5 月 1 日 9:00'],
  ['cycle', 'R/PT4H', 'business', '每 4 工作小时一次'], ['cycle', 'R3/P1D', 'clock', '每 1 天一次，共 3 次'],
  ['cycle', 'R/2026-11-23T09:00:00/P1W', 'clock', '每周一 9:00'], ['cycle', 'R/2026-11-29T18:30:00/P1W', 'clock', '每周日 18:30'], ['cycle', 'R/2026-11-23T08:05:00/P1D', 'clock', '每天 8:05'], ['cycle', 'R/2026-12-15T09:00:00/P1M', 'clock', '每月 15 日 9:00'],
  ['duration', '=dueIn', 'clock', '由“dueIn”得出'],
]

test('every timing that can be chosen is said in Chinese, and read back from the text that it writes', () => {
  for (const [kind, text, clock, words] of EXAMPLES) {
    const timing = timingOf(kind, text)
    assert.equal(timingWords(timing, clock), words)
    assert.deepEqual(timingText(timing), { kind, text })
    if (!text.startsWith('=')) assert.ok(timerTextValid(kind, text), text)
  }
})

test('what the form has no way for is kept as the file says it: a moment of another zone, a mixed duration, a bounded series of Mondays, nonsense', () => {
  for (const [kind, text] of [['date', '2026-05-01T09:00:00+08:00'], ['duration', 'P1DT2H'], ['cycle', 'R3/2026-11-23T09:00:00/P1W'], ['cycle', 'R/2026-11-23T09:00:00/P2W'], ['cycle', '0 9 * * 1'], ['duration', '']] as const) {
    assert.deepEqual(timingOf(kind, text), { is: 'written', kind, text })
  }
})

test('a way to begin with is valid at once, and a series begins on its own day, today included', () => {
  for (const is of ['after', 'at', 'every', 'daily', 'weekly', 'monthly', 'written'] satisfies Array<Timing['is']>) {
    const { kind, text } = timingText(beginning(is, SUNDAY))
    assert.ok(timerTextValid(kind, text), text)
  }
  assert.deepEqual([firstWeekday(1, SUNDAY), firstWeekday(7, SUNDAY), firstMonthday(22, SUNDAY), firstMonthday(1, SUNDAY)], ['2026-11-23', '2026-11-22', '2026-11-22', '2026-12-01'])
})
