import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aimOf, kept, type Target } from './targets.ts'

const target = (id: string, o: Partial<Target>): Target => ({ id, userId: null, post: null, depth: 0, doneADay: 5, onTimePercent: 90, mostOpen: null, ...o })
const zhao = { id: 'zhao', posts: ['engineer'] }

test('SP-18 a person’s own target goes before the post’s, the nearest unit’s before one further up', () => {
  const all = [target('hq', { post: 'engineer', depth: 2 }), target('station', { post: 'engineer', depth: 0 }), target('his', { userId: 'zhao', depth: 1 }), target('hers', { userId: 'qian' }), target('other', { post: 'qc' })]
  assert.deepEqual([aimOf(all, zhao)?.id, aimOf(all, zhao)?.of], ['his', 'person'])
  assert.equal(aimOf(all.filter(t => t.id !== 'his'), zhao)?.id, 'station')
  assert.equal(aimOf(all.slice(0, 1), zhao)?.id, 'hq')
  assert.equal(aimOf([target('other', { post: 'qc' })], zhao), null)
})

test('SP-18 a target is kept or missed; what nobody asked for, and what cannot be judged yet, is neither', () => {
  const aim = aimOf([target('a', { post: 'engineer', mostOpen: 2 })], zhao)
  assert.deepEqual(kept(aim, { open: 2, doneToday: 3, onTimeRate: 90 }), { doneADay: false, onTimePercent: true, mostOpen: true })
  assert.deepEqual(kept(aim, { open: 3, doneToday: 5, onTimeRate: null }), { doneADay: true, onTimePercent: null, mostOpen: false })
  assert.deepEqual(kept(null, { open: 3, doneToday: 5, onTimeRate: 10 }), { doneADay: null, onTimePercent: null, mostOpen: null })
})
