import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import { createTenant, setupTenant, verifyAudit, type Ctx } from '@quancheng/kernel'
import { callerOf, testApp, type TestApp } from '@quancheng/kernel/testing'
import { modules } from '../../modules.ts'
import { demoClock } from '../clock/clock.ts'
import { demoClockModule, type Woken } from '../clock/module.ts'
import { createDemoTenants, DEMO_PASSWORD, loadDemo } from '../index.ts'
import { storeParts } from '../parts.ts'
import { storeRequests } from '../requests.ts'
import { playDay } from './play.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'quancheng-play-'))
after(() => rm(folder, { recursive: true, force: true }))

let wall = Date.parse('2026-11-23T00:30:00Z') // Monday, half past eight in Hangzhou
const real = (): Date => new Date(wall)
const clock = demoClock({ real })
let worker: Woken | null = null
const app: TestApp = await testApp({ modules: [...modules, demoClockModule(clock, () => worker, folder)], now: clock.now, worker: true, tenants: 0 })
worker = app.worker
const [main, other] = await createDemoTenants(app.owner) as [string, string]
for (const id of [main, other]) await setupTenant(app.runtime, id)
await loadDemo(app.runtime, { parts: [(ctx, w) => storeRequests(ctx, w, 8), storeParts] })
const base = await app.server.listen({ port: 0, host: '127.0.0.1' })
const inMain = <T>(run: (ctx: Ctx) => Promise<T>): Promise<T> => app.system(run, main)
const one = async <T>(sql: string, ...values: unknown[]): Promise<T> => (await inMain(ctx => ctx.query(sql, [main, ...values])))[0] as T

async function admin() {
  const r = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'admin', password: DEMO_PASSWORD } })
  return callerOf(app, '', r.cookies.find(c => c.name === 'qc_session')!.value)
}
const TICK = { 'x-requested-with': 'quancheng' }

test('a morning is played: what came in went on its way to pick-up, alarms came and went, nothing was lost, and the clock is a clock again', async () => {
  const begun = clock.now(), lines: string[] = []
  const played = await playDay({ base, speed: 'max', from: 530, to: 630, stations: ['HZ01'], seed: 4, say: line => lines.push(line) })
  assert.ok(played.done > 40, lines.join('\n'))
  assert.equal(played.refused, 0, lines.filter(l => l.includes('没办成')).join('\n'))
  const since = [begun]
  const taken = await one<{ n: number; last: number; on: number }>("select count(*)::int as n, max(split_part(number, '-', 3)::int) as last, count(*) filter (where stage not in ('waiting', 'reception'))::int as on from service_request where tenant_id = $1 and started_at > $2 and number like 'HZ01-%'", ...since)
  const asked = new Set(played.acts.filter(a => a.kind === 'take' || a.kind === 'accept').map(a => a.request)).size
  assert.ok(taken.n >= asked && taken.n === taken.last && taken.on > 1, JSON.stringify({ ...taken, asked }))
  const ready = await one<{ reached: number; collected: number }>("select count(*) filter (where s.node_id = 'pickup' and s.entered_at > $2)::int as reached, count(*) filter (where s.node_id = 'pickup' and s.finished_at > $2)::int as collected from process_step s where s.tenant_id = $1", ...since)
  assert.ok(ready.reached > 0 && ready.collected > 0, JSON.stringify(ready))
  const alarms = await one<{ raised: number; closed: number }>('select count(*) filter (where raised_at > $2)::int as raised, count(*) filter (where closed_at > $2)::int as closed from alarm where tenant_id = $1', ...since)
  assert.ok(alarms.raised > 0 && alarms.closed > 0, JSON.stringify(alarms))
  const calls = await one<{ n: number; open: number }>("select count(*)::int as n, count(*) filter (where state = 'ended' or state = 'missed')::int as open from phone_call where tenant_id = $1 and ring_at > $2", ...since)
  assert.ok(calls.n > 3 && calls.open >= calls.n - 2, JSON.stringify(calls))
  const checked = await inMain(ctx => verifyAudit(ctx))
  assert.deepEqual(checked.broken, [])
  assert.deepEqual([played.clock.speed, played.clock.at.slice(0, 16)], [1, '2026-11-23T02:30'])
})

test('the board that was watched meanwhile says by when each piece of work is likely done', async () => {
  const r = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'zhouzhan', password: DEMO_PASSWORD } })
  const board = (await callerOf(app, '', r.cookies.find(c => c.name === 'qc_session')!.value).get('/api/service/board')).body
  const cards = board.lanes.flatMap((l: { cards: Array<{ eta: unknown }> }) => l.cards) as Array<{ eta: unknown }>
  assert.ok(cards.length > 10 && cards.some(c => c.eta), `${cards.filter(c => c.eta).length} of ${cards.length}`)
})

test('played again it goes on where it was, and started again later the clock is the real one', async () => {
  const before = clock.now(), played = await playDay({ base, speed: 'max', from: 530, to: 692, stations: ['HZ01'], seed: 5, say: () => {} })
  assert.ok(played.acts.length > 0 && played.acts[0]!.at >= 630 && clock.now() > before)
  const { last } = await one<{ last: Date }>('select max(at) as last from audit where tenant_id = $1')
  assert.ok(demoClock({ real, notBefore: last }).now() >= last)
  wall += 86_400_000
  assert.equal(demoClock({ real, notBefore: last }).state().demo, false)
  wall -= 86_400_000
})

test('without the program the player says so, and does nothing', async () => {
  await assert.rejects(playDay({ base: 'http://127.0.0.1:9', speed: 'max', from: 530, to: 700, stations: ['HZ01'], seed: 1, say: () => {} }), /没有在 .* 运行/)
})

test('nobody but the administrator moves the clock, and only from the machine itself', async () => {
  assert.equal((await app.anonymous.post('/api/demo/clock', { speed: 60 })).body.code, 'SIGN_IN_REQUIRED')
  const r = await app.server.inject({ method: 'POST', url: '/api/session', payload: { username: 'zhouzhan', password: DEMO_PASSWORD } })
  assert.equal((await callerOf(app, '', r.cookies.find(c => c.name === 'qc_session')!.value).post('/api/demo/clock', { speed: 60 }, TICK)).body.code, 'FORBIDDEN')
  const boss = await admin()
  assert.equal((await boss.post('/api/demo/clock', { speed: 60 }, { ...TICK, 'x-forwarded-for': '10.1.2.3' })).body.code, 'DEMO_LOCAL')
  assert.equal((await boss.post('/api/demo/clock', { speed: -1 }, TICK)).status, 400)
  assert.equal((await boss.post('/api/demo/clock', { speed: 1, at: '2031-01-01T00:00:00Z' }, TICK)).body.code, 'BAD_REQUEST')
})

test('where there is another company, or the demo’s has become somebody’s own, the clock cannot be moved at all', async () => {
  const boss = await admin(), move = async () => (await boss.post('/api/demo/clock', { speed: 60 }, TICK)).body.code
  await inMain(ctx => ctx.query("update \"user\" set password_hash = 'x' where tenant_id = $1 and username = 'admin'", [main]))
  assert.equal(await move(), 'DEMO_ONLY')
  await createTenant(app.owner, { code: 'real', name: '真实企业' })
  assert.equal(await move(), 'DEMO_ONLY')
  assert.equal(clock.state().speed, 1)
})
