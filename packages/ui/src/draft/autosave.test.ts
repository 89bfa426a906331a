import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { makeAutosave, type Refused, type SaveState } from './autosave.ts'

type Answer = { version: number, at: string } | { refuse: Refused }

/** A server that answers when it is told to, and a clock that stands still until it is moved. */
function setUp() {
  mock.timers.enable({ apis: ['setTimeout'] })
  const states: string[] = [], asked: number[] = []
  let answer: ((a: Answer) => void) | null = null
  let revision = 0
  const autosave = makeAutosave({
    value: revision, seen: 3, at: '2026-11-22T01:00:00Z', waitMs: 1000, retryMs: 20_000,
    save: (_, seen) => new Promise((resolve, reject) => { asked.push(seen); answer = a => ('refuse' in a ? reject(a.refuse) : resolve(a)) }),
    refused: error => error as Refused,
    onState: (s: SaveState) => states.push(s.is),
  })
  const settle = async () => { for (let i = 0; i < 10; i += 1) await Promise.resolve() }
  return { autosave, change: (to = ++revision) => autosave.changed(to), states, asked, tick: async (ms: number) => { mock.timers.tick(ms); await settle() }, reply: async (a: Answer) => { answer!(a); await settle() }, done: () => { autosave.stop(); mock.timers.reset() } }
}

test('the draft is saved once a while after the last change, over the version that was seen', async () => {
  const s = setUp()
  s.change()
  await s.tick(900)
  s.change()
  await s.tick(900)
  assert.deepEqual(s.asked, [])
  await s.tick(100)
  assert.deepEqual(s.asked, [3])
  await s.reply({ version: 4, at: '2026-11-22T01:01:00Z' })
  assert.deepEqual([s.autosave.state(), s.autosave.seen()], [{ is: 'saved', at: '2026-11-22T01:01:00Z' }, 4])
  s.done()
})

test('what changes while it is being saved is saved right after, never two at once', async () => {
  const s = setUp()
  s.change()
  await s.tick(1000)
  s.change()
  assert.deepEqual(s.asked, [3])
  await s.reply({ version: 4, at: 'a' })
  assert.deepEqual([s.asked, s.autosave.state().is], [[3, 4], 'saving'])
  await s.reply({ version: 5, at: 'b' })
  assert.deepEqual([s.autosave.seen(), s.autosave.state().is], [5, 'saved'])
  s.done()
})

test('a failure is told, and tried again by the person or by itself', async () => {
  const s = setUp()
  s.change()
  await s.tick(1000)
  await s.reply({ refuse: { message: '暂时连不上服务器' } })
  assert.deepEqual(s.autosave.state(), { is: 'failed', message: '暂时连不上服务器' })
  await s.tick(20_000)
  assert.deepEqual(s.asked, [3, 3])
  await s.reply({ refuse: { message: '仍然连不上' } })
  const flushed = s.autosave.flush()
  await s.tick(0)
  await s.reply({ version: 4, at: 'c' })
  assert.equal(await flushed, true)
  s.done()
})

test('somebody else’s save stops mine until the person has decided; then mine goes over theirs, or theirs is taken', async () => {
  const s = setUp()
  s.change()
  await s.tick(1000)
  await s.reply({ refuse: { conflict: { name: '吴工', at: 'x', version: 7, gone: false } } })
  assert.deepEqual(s.autosave.state(), { is: 'conflict', name: '吴工', at: 'x', version: 7, gone: false })
  s.change()
  await s.tick(60_000)
  assert.deepEqual([s.asked, await s.autosave.flush()], [[3], false])
  s.autosave.adopt(7, null, true)
  await s.tick(0)
  assert.deepEqual(s.asked, [3, 7])
  await s.reply({ version: 8, at: 'y' })
  s.autosave.adopt(9, 'z', false)
  assert.deepEqual([s.autosave.seen(), s.autosave.state()], [9, { is: 'saved', at: 'z' }])
  s.done()
})

test('after the page is left nothing is told any more', async () => {
  const s = setUp()
  s.change()
  s.autosave.stop()
  const before = s.states.length
  await s.tick(5000)
  assert.deepEqual([s.asked, s.states.length], [[], before])
  s.done()
})

test('what is changed back to what is saved is nothing to save; a save that is asked for waits for the one that runs', async () => {
  const s = setUp()
  s.change()
  s.change(0)
  await s.tick(5000)
  assert.deepEqual([s.asked, s.autosave.state()], [[], { is: 'saved', at: '2026-11-22T01:00:00Z' }])
  s.change()
  await s.tick(1000)
  s.change()
  const flushed = s.autosave.flush()
  await s.reply({ version: 4, at: 'a' })
  await s.reply({ version: 5, at: 'b' })
  assert.deepEqual([await flushed, s.asked, s.autosave.state()], [true, [3, 4], { is: 'saved', at: 'b' }])
  s.done()
})
