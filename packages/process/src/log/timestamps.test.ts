import assert from 'node:assert/strict'
import { test } from 'node:test'
import { timestampParser } from './timestamps.ts'

const shanghai = timestampParser()
const iso = (parse: (text: string) => Date | null, text: string) => parse(text)?.toISOString() ?? null

test('timestamps with a zone mean that instant', () => {
  const table: Array<[string, string]> = [
    ['2024-03-05T08:30:00Z', '2024-03-05T08:30:00.000Z'],
    ['2024-03-05T08:30:00.123456789+08:00', '2024-03-05T00:30:00.123Z'],
    ['2011-10-11 13:45:40.276000+02:00', '2011-10-11T11:45:40.276Z'],
    ['2011-10-11 13:45:40 -0330', '2011-10-11T17:15:40.000Z'],
    ['2011-10-11T13:45+02', '2011-10-11T11:45:00.000Z'],
    ['1970-01-02T12:23:00.000+01:00', '1970-01-02T11:23:00.000Z'],
    ['20240305T083000Z', '2024-03-05T08:30:00.000Z'],
    ['1709627400000', '2024-03-05T08:30:00.000Z'],
    ['1709627400', '2024-03-05T08:30:00.000Z'],
  ]
  for (const [text, expected] of table) assert.equal(iso(shanghai, text), expected, text)
})

test('timestamps without a zone are wall clock of the given zone', () => {
  const table: Array<[string, string]> = [
    ['2024-03-05 08:30', '2024-03-05T00:30:00.000Z'],
    ['2024/3/5 8:30', '2024-03-05T00:30:00.000Z'],
    ['2024/03/05 08:30:15,5', '2024-03-05T00:30:15.500Z'],
    ['2024.3.5', '2024-03-04T16:00:00.000Z'],
    ['2024年3月5日 08:30', '2024-03-05T00:30:00.000Z'],
    ['2024年3月5日8时30分15秒', '2024-03-05T00:30:15.000Z'],
    ['2024年3月5日8时30分', '2024-03-05T00:30:00.000Z'],
    ['2024/3/5 下午 1:05', '2024-03-05T05:05:00.000Z'],
    ['2024/3/5 上午12:05', '2024-03-04T16:05:00.000Z'],
    ['2024/3/5 1:05 PM', '2024-03-05T05:05:00.000Z'],
    ['20240305083000', '2024-03-05T00:30:00.000Z'],
    ['20240305', '2024-03-04T16:00:00.000Z'],
    ['45356.354166667', '2024-03-05T00:30:00.000Z'],
    ['5.3.2024 08:30', '2024-03-05T00:30:00.000Z'],
    ['25/12/2024 08:30', '2024-12-25T00:30:00.000Z'],
    ['12/25/2024 08:30', '2024-12-25T00:30:00.000Z'],
  ]
  for (const [text, expected] of table) assert.equal(iso(shanghai, text), expected, text)
  assert.equal(iso(timestampParser({ timeZone: 'America/New_York' }), '2024-07-01 08:00'), '2024-07-01T12:00:00.000Z')
})

test('summer time: an hour that occurs twice is the first, one that never occurs moves forward', () => {
  const berlin = timestampParser({ timeZone: 'Europe/Berlin' })
  assert.equal(iso(berlin, '2024-10-27 02:30'), '2024-10-27T00:30:00.000Z')
  assert.equal(iso(berlin, '2024-10-27 03:00'), '2024-10-27T02:00:00.000Z')
  assert.equal(iso(berlin, '2024-03-31 02:30'), '2024-03-31T01:30:00.000Z')
  assert.equal(iso(berlin, '2024-03-31 01:59'), '2024-03-31T00:59:00.000Z')
})

test('a date that could be two is refused until the order is given', () => {
  assert.equal(shanghai('03/04/2024 08:30'), null)
  assert.equal(iso(timestampParser({ dateOrder: 'dmy' }), '03/04/2024 08:30'), '2024-04-03T00:30:00.000Z')
  assert.equal(iso(timestampParser({ dateOrder: 'mdy' }), '03/04/2024 08:30'), '2024-03-04T00:30:00.000Z')
  assert.equal(timestampParser({ dateOrder: 'mdy' })('25/12/2024'), null)
})

test('impossible times, placeholders and words are refused', () => {
  for (const text of ['', '昨天', '2024-02-30 08:00', '2023-02-29', '2024-13-01', '2024-03-05 24:00', '2024-03-05 08:60', '2024-03-05T08:30:00+8', '0001-01-01', '9999-12-31 00:00', '12', '2024-03', '1e12', '2024-03-05 08:30 tomorrow']) {
    assert.equal(shanghai(text), null, text)
  }
})

test('a hostile cell of a million spaces is refused: a pattern that goes back and forth over them would not come to an end', () => {
  assert.equal(shanghai(`2024-03-05 08:30${' '.repeat(1_000_000)}x`), null)
})

test('an unknown time zone is an error at once', () => {
  assert.throws(() => timestampParser({ timeZone: 'Asia/Nowhere' }), RangeError)
})
