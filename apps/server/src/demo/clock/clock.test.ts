import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoClock } from './clock.ts'

function at(text: string) { let now = Date.parse(text); return { real: () => new Date(now), pass: (seconds: number) => { now += seconds * 1000 } } }

test('the clock shows the real time until it is set going; then a second is as many as was asked', () => {
  const wall = at('2026-11-22T09:00:00Z'), c = demoClock(wall)
  wall.pass(60)
  assert.deepEqual([c.now().toISOString(), c.state().demo], ['2026-11-22T09:01:00.000Z', false])
  c.run({ at: new Date('2026-11-23T00:50:00Z'), speed: 60 })
  wall.pass(10)
  assert.deepEqual([c.now().toISOString(), c.state().speed, c.state().demo], ['2026-11-23T01:00:00.000Z', 60, true])
})

test('it is never set back: a moment that is past is taken for now, and standing still it stands', () => {
  const wall = at('2026-11-22T09:00:00Z'), c = demoClock(wall)
  c.run({ at: new Date('2026-11-22T08:00:00Z'), speed: 0 })
  wall.pass(100)
  assert.equal(c.now().toISOString(), '2026-11-22T09:00:00.000Z')
})

test('let go, it runs as every clock does from where it stands; started again later it is the real one, unless that is behind what was written', () => {
  const wall = at('2026-11-22T09:00:00Z'), c = demoClock(wall)
  c.run({ at: new Date('2026-11-23T10:00:00Z'), speed: 60 })
  c.release()
  wall.pass(60)
  assert.deepEqual([c.now().toISOString(), c.state().speed, c.state().demo], ['2026-11-23T10:01:00.000Z', 1, true])
  const last = c.now()
  assert.equal(demoClock({ ...wall, notBefore: last }).now().toISOString(), last.toISOString())
  wall.pass(3 * 86_400)
  assert.equal(demoClock({ ...wall, notBefore: last }).state().demo, false)
})

test('let go when the real time has gone past it, it is the real time at once', () => {
  const wall = at('2026-11-22T09:00:00Z'), c = demoClock(wall)
  c.run({ at: new Date('2026-11-22T09:05:00Z'), speed: 0 })
  wall.pass(3600)
  assert.deepEqual([c.release().demo, c.now().toISOString()], [false, '2026-11-22T10:00:00.000Z'])
})
