import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { test } from 'node:test'
import fc from 'fast-check'
import { readEventLog } from './read.ts'
import type { LogCase, LogReadOptions } from './types.ts'
import { writeCsv, writeXes } from './write.ts'

async function readBack(text: AsyncIterable<string>, options?: LogReadOptions) {
  const log = await readEventLog(Readable.from(text).map(piece => Buffer.from(piece as string)), options)
  assert.deepEqual(log.problems, [])
  return strip(log.cases)
}
/** The line is a fact about a file, not about the case; no attributes and an empty list of them are the same. */
const strip = (cases: LogCase[]) => cases.map(c => ({ ...c, events: c.events.map(({ line: _, attributes = {}, ...event }) => ({ ...event, attributes })) }))
async function join(pieces: AsyncIterable<string>) {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

const text = fc.string({ unit: fc.constantFrom('a', '中', '😀', ' ', '&', '<', '>', '"', "'", '\n', '\r', '\t', ',', ';', '|', '=', ']'), minLength: 1, maxLength: 6 })
/* Names are trimmed by the reader, so they begin and end with a letter. */
const name = text.map(inner => `x${inner}y`)
const at = fc.integer({ min: 0, max: 4_000_000 }).map(minute => new Date(minute * 60_123))
const lifecycle = fc.constantFrom(
  { lifecycle: 'complete', lifecycleRaw: null }, { lifecycle: 'start', lifecycleRaw: 'start' }, { lifecycle: 'complete', lifecycleRaw: 'COMPLETE' }, { lifecycle: 'other', lifecycleRaw: 'In Progress' },
) as fc.Arbitrary<{ lifecycle: 'complete' | 'start' | 'other'; lifecycleRaw: string | null }>

function casesOf(value: fc.Arbitrary<unknown>): fc.Arbitrary<LogCase[]> {
  const attributes = fc.dictionary(name, value, { maxKeys: 3, noNullPrototype: true })
  const event = fc.tuple(name, fc.option(name), lifecycle, at, attributes)
    .map(([activity, resource, cycle, time, more]) => ({ activity, resource, ...cycle, at: time, line: 0, attributes: more }))
  const logCase = fc.record({ id: name, attributes, events: fc.array(event, { minLength: 1, maxLength: 4 }) })
  return fc.uniqueArray(logCase, { selector: c => c.id, maxLength: 4, minLength: 1 })
    .map(list => list.map(c => ({ ...c, events: c.events.sort((a, b) => a.at.getTime() - b.at.getTime()) })))
}

test('XES written is XES read: any names, types, nesting and lists', async () => {
  const simple = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter(x => !Object.is(x, -0)), fc.boolean(), at)
  const nested = fc.oneof(
    simple,
    fc.record({ value: simple, attributes: fc.dictionary(name, simple, { minKeys: 1, maxKeys: 2, noNullPrototype: true }) }, { noNullPrototype: true }),
    fc.record({ attributes: fc.dictionary(name, simple, { maxKeys: 2, noNullPrototype: true }) }, { noNullPrototype: true }),
    fc.array(fc.record({ key: name, value: simple }, { noNullPrototype: true }), { maxLength: 2 }),
  )
  await fc.assert(fc.asyncProperty(casesOf(nested), async cases => {
    assert.deepEqual(await readBack(writeXes(cases, { name: '日志' })), strip(cases))
  }), { numRuns: 60 })
})

test('CSV written is CSV read, for attributes of text', async () => {
  await fc.assert(fc.asyncProperty(casesOf(text), fc.constantFrom(',', ';', '\t', '|'), async (cases, delimiter) => {
    assert.deepEqual(await readBack(writeCsv(cases, { delimiter })), strip(cases))
  }), { numRuns: 60 })
})

const one: LogCase = {
  id: 'SR-1', attributes: { 客户: '上海电梯' },
  events: [{ activity: '受理', resource: null, lifecycle: 'complete', lifecycleRaw: null, at: new Date(0), line: 1, attributes: { 备注: '=1+1', n: 3 } }],
}

test('a CSV for people begins with a byte order mark, and formulas are disarmed on request', async () => {
  const plain = await join(writeCsv([one]))
  assert.equal(plain, '\ufeffcase:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition,case:客户,n,备注\r\nSR-1,受理,1970-01-01T00:00:00.000Z,,,上海电梯,3,=1+1\r\n')
  assert.match(await join(writeCsv([one], { guardFormulas: true })), /,'=1\+1\r\n$/)
})

test('writing streams: a case is written before the next is asked for', async () => {
  const asked: string[] = []
  async function* cases() {
    for (const id of ['1', '2']) {
      asked.push(id)
      yield { ...one, id }
    }
  }
  const pieces = writeXes(cases())
  await pieces.next()
  assert.match((await pieces.next()).value!, /value="1"/)
  assert.deepEqual(asked, ['1'])
})

test('characters XML cannot hold do not break the file', async () => {
  const cases = [{ ...one, id: 'SR\u0000\u001f\ud800-1' }]
  assert.deepEqual((await readBack(writeXes(cases))).map(c => c.id), ['SR\ufffd\ufffd\ufffd-1'])
})
