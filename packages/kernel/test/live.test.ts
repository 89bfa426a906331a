import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { once } from 'node:events'
import http from 'node:http'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { testApp, type Caller, type TestApp } from '../src/testing/index.ts'
import type { Hub } from '../src/http/live.ts'
import type { Notice } from '../src/store/notify.ts'
import { crm, CRM, grants, makeTree, type Tree } from './fixture.ts'

let app: TestApp, boss: Caller, tree: Tree, port: number
const open: http.ClientRequest[] = []
before(async () => {
  app = await testApp({ modules: [crm], tenants: 2 })
  tree = await makeTree(app)
  boss = await app.person({ username: 'boss', unitId: tree.group, roles: [{ code: 'boss', grants: grants([...CRM, 'user', 'role'], 'all') }] })
  await app.server.listen({ port: 0, host: '127.0.0.1' })
  port = (app.server.server.address() as { port: number }).port
})
after(() => { for (const r of open) r.destroy() })

interface Line { events: Array<{ entity: string; id: string; unitId: string | null; kind: string }>; /** waits until an event fits */ until(fits: (e: Line['events'][number]) => boolean): Promise<void>; ended: Promise<unknown> }
async function listen(who: Caller): Promise<Line> {
  const req = http.get({ host: '127.0.0.1', port, path: '/api/events', headers: { authorization: `Bearer ${who.token!}` } })
  open.push(req)
  req.on('error', () => {})
  const [res] = await once(req, 'response') as [http.IncomingMessage]
  assert.equal(res.headers['content-type'], 'text/event-stream; charset=utf-8')
  const events: Line['events'] = []
  let waiting: Array<() => void> = []
  let text = ''
  res.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    for (let i; (i = text.indexOf('\n\n')) >= 0; text = text.slice(i + 2)) {
      const data = /^event: change\ndata: (.*)$/m.exec(text.slice(0, i))
      if (data) events.push(JSON.parse(data[1]!) as Line['events'][number])
    }
    for (const fn of waiting.splice(0)) fn()
  })
  const ended = new Promise<void>(resolve => { res.on('error', () => {}).on('close', () => { resolve() }) })
  if (!text.includes('hello')) await new Promise<void>(resolve => { waiting.push(resolve) })
  waiting = []
  return { events, ended, async until(fits) { while (!events.some(fits)) await new Promise<void>(resolve => { waiting.push(resolve) }) } }
}
const account = async (unitId: string) => (await boss.post('/api/accounts', { name: '客户', unitId })).body.id as string

test('a change reaches those who may read the unit, at once, and nobody of another unit or tenant', async () => {
  const g = (scope: string) => ({ ...grants(['account'], scope, ['read']), 'deal:read': ['all'] })
  const [n1, s1, region, foreign, none] = await Promise.all([
    app.person({ username: 'live-n1', unitId: tree.n1, roles: [{ code: 'unit', grants: g('unit') }] }), app.person({ username: 'live-s1', unitId: tree.s1, roles: [{ code: 'unit2', grants: g('unit') }] }),
    app.person({ username: 'live-north', unitId: tree.n2, roles: [{ code: 'region', grants: g('region') }] }), app.person({ username: 'live-foreign', roles: [{ code: 'all', grants: g('all') }] }, app.tenantIds[1]),
    app.person({ username: 'live-none', unitId: tree.n1 }),
  ])
  const lines = await Promise.all([n1, s1, region, foreign, none, boss].map(p => listen(p!)))
  const [atN1, atS1, atNorth, atForeign, atNone, atBoss] = lines as [Line, Line, Line, Line, Line, Line]
  const id = await account(tree.n1), other = await account(tree.s1)
  await boss.post(`/api/accounts/${id}/comments`, { text: '看这里' })
  await atN1.until(e => e.id === id && e.kind === 'comment')
  await atNorth.until(e => e.id === id && e.kind === 'comment')
  await atS1.until(e => e.id === other)
  await atBoss.until(e => e.kind === 'comment')
  assert.deepEqual(atN1.events.map(e => [e.entity, e.id, e.unitId, e.kind]), [['account', id, tree.n1, 'create'], ['account', id, tree.n1, 'comment']])
  assert.deepEqual(atS1.events.map(e => e.id), [other], 'a right to all deals opens no other unit’s accounts')
  assert.deepEqual(atNorth.events.map(e => e.id), [id, id])
  assert.deepEqual(atBoss.events.map(e => e.id), [id, other, id])
  assert.deepEqual([atForeign.events, atNone.events], [[], []])
  assert.deepEqual(Object.keys(atN1.events[0]!).toSorted(), ['at', 'entity', 'id', 'kind', 'unitId'], 'that something changed, never what')
})

test('a page that has stopped reading is cut off, so that the program keeps nothing for it; the others are told on', async () => {
  const awake = await listen(boss)
  const hub = app.runtime.services.get('live.hub') as Hub
  const others = new Set(hub.subscribers)
  const req = http.get({ host: '127.0.0.1', port, path: '/api/events', headers: { authorization: `Bearer ${boss.token!}` } })
  open.push(req)
  req.on('error', () => {})
  const [asleep] = await once(req, 'response') as [http.IncomingMessage] // and nobody reads it
  const sleeper = [...hub.subscribers].find(s => !others.has(s))!
  const notice: Notice = { t: app.tenantIds[0]!, e: 'account', id: 'x'.repeat(2000), u: tree.n1, k: 'update', at: '' }
  let sent = 0
  while (hub.subscribers.has(sleeper) && sent < 50_000) { for (let i = 0; i < 500; i++, sent++) sleeper.send(notice); await nextTurn() }
  assert.ok(sent < 50_000, 'its line was cut long before a hundred megabytes waited for it')
  asleep.destroy()
  const id = await account(tree.n1)
  await awake.until(e => e.id === id)
})

test('a refused act tells nobody', async () => {
  const line = await listen(boss)
  assert.equal((await boss.post('/api/accounts', { name: '', unitId: tree.n1 })).status, 400)
  const id = await account(tree.n1)
  await line.until(e => e.id === id)
  assert.equal(line.events.length, 1)
})

test('BH-7.1 BH-7.3 who loses the right hears nothing more; who is switched off is cut off', async () => {
  const who = await app.person({ username: 'live-out', unitId: tree.n1, roles: [{ code: 'outgoing', grants: { 'account:read': ['unit'], 'deal:read': ['all'] } }] })
  const line = await listen(who)
  const first = await account(tree.n1)
  await line.until(e => e.id === first)
  const role = (await boss.get('/api/roles?filter={"code":"outgoing"}')).body.items[0]
  const before = app.hub.subscribers.size
  await boss.patch(`/api/roles/${role.id}`, { grants: { 'deal:read': ['all'] } })
  const mine = [...app.hub.subscribers].find(s => s.userId === who.userId)!
  while (mine.entities.has('account')) await new Promise(r => setImmediate(r))
  const second = await account(tree.n1)
  const deal = (await boss.post('/api/deals', { title: 'x', accountId: second })).body.id
  await line.until(e => e.id === deal)
  assert.ok(!line.events.some(e => e.id === second))
  await boss.patch(`/api/users/${who.userId}`, { off: true })
  await line.ended
  while (app.hub.subscribers.size >= before) await new Promise(r => setImmediate(r))
})

test('without a session there is no line', async () => {
  const r = await fetch(`http://127.0.0.1:${port}/api/events`)
  assert.deepEqual([r.status, ((await r.json()) as { code: string }).code], [401, 'SIGN_IN_REQUIRED'])
})
