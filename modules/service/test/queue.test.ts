import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '@quancheng/kernel'
import { callerOf } from '@quancheng/kernel/testing'
import { station } from './station.ts'
import { take } from './walk.ts'

const s = await station()
const next = (counter: string, who = s.lijie) => who.post('/api/service/calls/next', { unitId: s.units.HZ01, counter })
const screen = async (who = s.app.anonymous) => (await who.get('/api/public/screen/HZ01')).body

test('SP-26 a number is called to a counter, called again, moved to another, passed over and called after all', async () => {
  const a = await take(s), b = await take(s)
  const first = await next('2')
  assert.deepEqual(first.body.call, { requestId: a.id, number: a.number, counter: '2', times: 1 })
  assert.deepEqual([(await screen()).called[0].counter, (await screen()).waiting], ['2', [b.number]])
  assert.equal((await s.lijie.post(`/api/service-requests/${a.id}/call`, { counter: '2' })).body.call.times, 2)
  assert.deepEqual((await s.lijie.post(`/api/service-requests/${a.id}/call`, { counter: '3' })).body.call.counter, '3')
  assert.equal((await s.lijie.post(`/api/service-requests/${b.id}/skip`)).body.code, 'CALL_FIRST')
  assert.equal((await s.lijie.post(`/api/service-requests/${a.id}/skip`)).status, 200)
  const passed = await screen()
  assert.deepEqual([passed.called, passed.skipped, passed.waiting], [[], [a.number], [b.number]])
  assert.equal((await next('1')).body.call.number, b.number, 'who was passed over is not the next')
  assert.equal((await next('1')).body.call, null)
  assert.equal((await s.lijie.post(`/api/service-requests/${a.id}/call`, { counter: '1' })).status, 200)
  await s.lijie.post(`/api/service-requests/${a.id}/move`, { to: '接待' })
  assert.equal((await s.lijie.post(`/api/service-requests/${a.id}/call`, { counter: '1' })).body.code, 'CALL_NOT_WAITING')
  const served = async () => (await screen()).called.find((c: { number: string }) => c.number === a.number).served
  assert.equal(await served(), false)
  s.app.clock!.advance(2)
  assert.equal(await served(), true)
})

test('SP-26 only the counter of that station calls, and the screen shows nobody’s name or telephone', async () => {
  const t = await take(s)
  assert.equal((await next('1', s.wangjian)).status, 403)
  assert.equal((await s.lijie.post('/api/service/calls/next', { unitId: s.units.NB02, counter: '1' })).status, 403)
  await next('1')
  assert.equal(/13800000001|张三/.test(JSON.stringify(await screen())), false)
  assert.equal((await s.app.anonymous.get('/api/public/screen/XX99')).status, 404)
  await s.lijie.post(`/api/service-requests/${t.id}/move`, { to: '接待' })
})

test('SP-26 200 numbers taken in ten minutes, three counters call: none skipped, none called twice, in order; the list is right after a restart', async () => {
  const before = (await screen()).waitingCount
  const taken: string[] = [], called: string[] = []
  const taking = (async () => {
    for (let i = 0; i < 40; i++) {
      for (const t of await Promise.all(Array.from({ length: 5 }, () => take(s)))) taken.push(t.number)
      s.app.clock!.advance(0.25)
    }
  })()
  const counter = async (name: string): Promise<void> => { while (called.length < 100) { const { status, body } = await next(name); assert.equal(status, 200, JSON.stringify(body)); if (body.call) called.push(body.call.number) } }
  await Promise.all([taking, counter('1'), counter('2'), counter('3')])
  const order = taken.toSorted()
  assert.equal(new Set(taken).size, 200)
  assert.equal(new Set(called).size, called.length, 'none is called twice')
  assert.deepEqual(called.toSorted(), order.slice(0, called.length), 'and nobody in between was left out')
  const now = await screen()
  assert.equal(now.waitingCount, before + 200 - called.length)
  const again = await createApp({ connection: s.app.connection, modules: s.app.runtime.modules.filter(m => m.name !== 'core'), worker: false, log: () => {}, now: () => s.app.clock!.now })
  try {
    const after = await screen(callerOf(again, '', null))
    assert.deepEqual([after.waiting, after.waitingCount, after.called, after.skipped], [now.waiting, now.waitingCount, now.called, now.skipped])
    assert.deepEqual(after.waiting, order.slice(called.length, called.length + 60))
  } finally { await again.close() }
})

test('SP-26 the screen is told at once when a number is called, and of no other station', async () => {
  const address = await s.app.server.listen({ port: 0, host: '127.0.0.1' })
  const stop = new AbortController()
  const line = await fetch(`${address}/api/public/screen/HZ01/events`, { signal: stop.signal })
  assert.equal(line.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  const reader = line.body!.pipeThrough(new TextDecoderStream()).getReader()
  const until = async (word: string): Promise<string> => { let text = ''; while (!text.includes(word)) text += (await reader.read()).value ?? ''; return text }
  await until('hello')
  await take(s, 'GZ05')
  await next('2')
  assert.match(await until('change'), /^event: change\ndata: \{\}\n\n$/, 'that something changed, and nothing of what')
  stop.abort()
  assert.equal((await fetch(`${address}/api/public/screen/XX99/events`)).status, 404)
})
