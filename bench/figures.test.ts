import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpuOf, cpuOfServer, parseStat } from './cpu.ts'
import { median, percentile } from './figures.ts'
import { idAt, random } from './load/random.ts'

test('percentiles are values that occurred, by nearest rank', () => {
  const s = Array.from({ length: 100 }, (_, i) => i + 1)
  assert.deepEqual([percentile(s, 0.5), percentile(s, 0.95), percentile(s, 0.99), percentile([7], 0.99)], [50, 95, 99, 7])
  assert.deepEqual([median([3, 1, 2]), median([4, 1, 2, 3])], [2, 2.5])
})

test('CPU time is read past a process name that holds brackets and blanks', () => {
  assert.deepEqual(parseStat(`42 (a) b) (c) S 7 ${Array.from({ length: 9 }, () => 0).join(' ')} 11 22 3 4 20 0`), { parent: 7, own: 33, children: 7 })
})

test('a process that works is charged, and a server’s children count as the server', () => {
  if (process.platform !== 'linux') return // CPU time is read from /proc
  const own = cpuOf(process.pid), server = cpuOfServer(process.pid)
  const until = process.cpuUsage().user + 150_000
  while (process.cpuUsage().user < until) Math.sqrt(until)
  assert.ok(cpuOf(process.pid) - own >= 100)
  assert.ok(cpuOfServer(process.pid) - server >= 100)
})

test('the seeded ids of a million rows are all different, and in the order of their time', () => {
  const r = random(1)
  const tails = new Set<string>()
  let before = ''
  for (let i = 0; i < 1_000_000; i++) {
    const id = idAt(1_700_000_000_000 + i * 31_536, i, r)
    if (i % 1000 === 0) { assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/); assert.ok(id > before); before = id }
    tails.add(id.slice(-16))
  }
  assert.equal(tails.size, 1_000_000)
})
