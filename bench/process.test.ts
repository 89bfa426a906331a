import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { compileCalendar, defineModule } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { processModule } from '@quancheng/process'
import { PEER_TABLE, peerSide } from './process/bpmn-engine.ts'
import { handSide } from './process/hand.ts'
import { oneRound } from './process/measure.ts'
import { STEPS } from './process/model.ts'
import { ourSide, storeSide } from './process/ours.ts'
import { changesOf, leftBy, playOne } from './process/rows.ts'
import { makeWorld, otherPool, type Side } from './process/side.ts'

/* What the comparison rests on: both sides leave the same rows, and the other engine really gets to its end. */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const frame = defineModule({ name: 'frame', label: ['框架', 'Frame'], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, frame] })
const world = await makeWorld(app.runtime, app.connection, app.tenantId)

const withPool = async (run: (pool: pg.Pool) => Promise<void>): Promise<void> => {
  const pool = otherPool(world)
  try { await run(pool) } finally { await pool.end() }
}

test('the bench’s hand-written transaction changes as many rows of every table as the product does', async () => {
  await withPool(async pool => {
    const ours = ourSide(world), hand = handSide(world, pool), together = handSide(world, pool, true)
    const expected = await changesOf(app.owner, ours)
    assert.deepEqual(expected.process_step, { inserted: STEPS, updated: STEPS, deleted: 0 })
    assert.deepEqual(expected.process_instance, { inserted: 1, updated: STEPS, deleted: 0 })
    assert.deepEqual(expected.job, { inserted: 1, updated: 0, deleted: 1 })
    assert.deepEqual(await changesOf(app.owner, hand), expected)
    assert.deepEqual(await changesOf(app.owner, together), expected)
  })
})

test('the bench’s hand-written transaction leaves the same values in the rows of a case', async () => {
  await withPool(async pool => {
    const ours = ourSide(world), hand = handSide(world, pool)
    const a = await leftBy(app.owner, await playOne(ours, 7)), b = await leftBy(app.owner, await playOne(hand, 7))
    assert.deepEqual(b.steps, a.steps)
    assert.deepEqual(b.instance, a.instance)
    assert.ok(Math.abs(a.bytes - b.bytes) <= 40, `${a.bytes} and ${b.bytes} bytes`) // names of the end and the case
  })
})

test('the bench takes every side from start to end, with several callers', async () => {
  await app.owner.query(PEER_TABLE)
  await app.owner.query('grant select, insert, update on bench_peer to public')
  await withPool(async pool => {
    const sides = [ourSide(world), storeSide(world), handSide(world, pool), await peerSide(pool)] as Side[]
    for (const side of sides) {
      const r = await oneRound(side, { postmaster: process.pid, callers: 3, cases: 4, first: 100 })
      assert.deepEqual([r.start.acts, r.step.acts], [4, 4 * STEPS], side.key)
    }
    const { rows } = await app.owner.query("select state->>'state' as state, count(*)::int as n from bench_peer group by 1")
    assert.deepEqual(rows, [{ state: 'idle', n: 4 }])
    assert.equal((await app.owner.query("select count(*)::int as n from process_instance where state <> 'completed'")).rows[0].n, 0)
  })
})
