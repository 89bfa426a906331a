import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type { Ctx } from '../src/context.ts'
import { defineModule } from '../src/module.ts'
import { create } from '../src/operations/write.ts'
import { createRuntime } from '../src/app.ts'
import { schedule, unschedule } from '../src/store/jobs.ts'
import { backoffSeconds, drainOutbox, MAX_ATTEMPTS, runOneJob, startWorker } from '../src/store/worker.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { crm, makeTree, type Tree } from './fixture.ts'

let app: TestApp, tree: Tree
const START = '2026-11-22T01:00:00Z'
const ran: string[] = []
let trouble: ((ctx: Ctx, payload: Record<string, unknown>) => Promise<void>) | null = null
const jobs = defineModule({
  name: 'jobs', label: ['作业', 'Jobs'],
  jobs: { note: async (ctx, p) => { await trouble?.(ctx, p); await create(ctx, ctx.entities.get('reading'), { value: p.n }); ran.push(`note ${String(p.n)} ${ctx.tenant.code}`) } },
  listeners: [
    { name: 'first', event: 'account.create', run: async (_ctx, e) => { ran.push(`first ${e.event}`) } },
    { name: 'second', event: 'account.*', run: async (ctx, e) => { await trouble?.(ctx, {}); ran.push(`second ${e.event} ${e.at instanceof Date}`) } },
  ],
})
before(async () => { app = await testApp({ modules: [crm, jobs], clock: START, tenants: 2 }); tree = await makeTree(app); await makeTree(app, app.tenantIds[1]) })
beforeEach(async () => { ran.length = 0; trouble = null; app.clock!.set(START); await app.owner.query('delete from job; delete from outbox; delete from reading') })

const later = (n: number, minutes: number, key?: string, tenant?: string) => app.system(ctx => schedule(ctx, { kind: 'note', dueAt: new Date(Date.parse(START) + minutes * 60_000), payload: { n }, ...(key ? { key } : {}) }), tenant)
const table = async (name: string): Promise<Array<Record<string, unknown>>> => (await app.owner.query(`select * from ${name}`)).rows
const drain = async (): Promise<number> => { let n = 0; do { await drainOutbox(app.runtime) } while (await runOneJob(app.runtime) && ++n < 200); return n }
const account = (ctx: Ctx) => create(ctx, ctx.entities.get('account'), { name: '客户', unitId: tree.n1 })

test('a job runs when it is due and not before, for its own tenant, and is gone then', async () => {
  await later(1, 0)
  await later(2, 10)
  await later(3, 0, undefined, app.tenantIds[1])
  assert.equal(await drain(), 2)
  assert.deepEqual(ran.toSorted(), ['note 1 main', 'note 3 t2'])
  app.clock!.advance(10)
  assert.equal(await drain(), 1)
  assert.deepEqual(await table('job'), [])
  assert.deepEqual((await table('reading')).map(r => r.value).toSorted(), [1, 2, 3])
})

test('asking again with the same key moves the job; taking it off takes it off', async () => {
  await later(1, 0, 'a')
  await later(2, 5, 'a')
  await later(9, 0, 'b')
  await app.system(ctx => unschedule(ctx, ['note'], ['b']))
  assert.equal(await drain(), 0)
  app.clock!.advance(5)
  await drain()
  assert.deepEqual(ran, ['note 2 main'])
})

test('a job that was asked for by a refused act does not exist', async () => {
  await assert.rejects(app.system(async ctx => { await schedule(ctx, { kind: 'note', dueAt: new Date(START), payload: { n: 1 } }); throw new Error('refused') }))
  assert.equal(await drain(), 0)
})

test('a failing job is tried again after longer and longer, then put aside for a person to see', async () => {
  trouble = async () => { throw new Error('打印机没纸') }
  await later(1, 0)
  const waits: number[] = []
  for (let i = 1; i <= MAX_ATTEMPTS; i++) {
    assert.equal(await drain(), 1)
    const [job] = await table('job')
    assert.deepEqual([job!.attempts, job!.last_error, job!.dead], [i, '打印机没纸', i === MAX_ATTEMPTS])
    waits.push(((job!.due_at as Date).getTime() - app.clock!.now.getTime()) / 1000)
    app.clock!.set(job!.due_at as Date)
  }
  assert.deepEqual(waits, Array.from({ length: MAX_ATTEMPTS }, (_, i) => backoffSeconds(i)))
  assert.deepEqual(waits.slice(0, 4), [2, 8, 32, 128])
  app.clock!.advance(24 * 60)
  assert.equal(await drain(), 0, 'dead')
  assert.deepEqual(await table('reading'), [])
})

test('an error after the effects leaves no effect: the work and the end of the job are one', async () => {
  let first = true
  await later(1, 0)
  trouble = async ctx => { await create(ctx, ctx.entities.get('reading'), { value: 77 }); if (first) { first = false; throw new Error('killed in the middle') } }
  await drain()
  assert.deepEqual(await table('reading'), [])
  app.clock!.advance(1)
  await drain()
  assert.deepEqual((await table('reading')).map(r => r.value).toSorted(), [1, 77])
  assert.deepEqual(await table('job'), [])
})

test('a connection lost in the middle leaves the job where it was', async () => {
  await later(1, 0)
  let pid = 0
  trouble = async ctx => {
    await create(ctx, ctx.entities.get('reading'), { value: 5 })
    if (pid) return
    pid = (await ctx.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid
    await app.owner.query('select pg_terminate_backend($1)', [pid])
    await ctx.query('select 1')
  }
  await drain()
  assert.deepEqual(await table('reading'), [])
  assert.equal((await table('job')).length, 1)
  app.clock!.advance(1)
  await drain()
  assert.deepEqual((await table('reading')).map(r => r.value).toSorted(), [1, 5])
})

test('two workers at once run every job once', async () => {
  const other = createRuntime({ connection: app.connection, modules: [crm, jobs], now: () => app.clock!.now, log: () => {}, poolSize: 4 })
  for (let i = 0; i < 60; i++) await later(i, 0)
  for (let i = 0; i < 10; i++) await app.system(account)
  const a = startWorker(app.runtime), b = startWorker(other)
  for (let i = 0; i < 50 && (await table('job')).length + (await table('outbox')).length > 0; i++) await Promise.all([a.idle(), b.idle()])
  await Promise.all([a.stop(), b.stop()])
  await other.close()
  assert.deepEqual(ran.filter(x => x.startsWith('note')).toSorted(), Array.from({ length: 60 }, (_, i) => `note ${i} main`).toSorted())
  assert.equal(ran.filter(x => x.startsWith('first')).length, 10)
  assert.equal((await table('reading')).length, 60)
})

test('an event goes to everyone who listens; one that fails holds up no other and is tried again by itself', async () => {
  await app.system(account)
  let fails = 1
  trouble = async () => { if (fails-- > 0) throw new Error('短信网关不通') }
  await drain()
  assert.deepEqual(ran, ['first account.create'])
  app.clock!.advance(1)
  await drain()
  assert.deepEqual(ran, ['first account.create', 'second account.create true'])
  assert.deepEqual([await table('outbox'), await table('job')], [[], []])
})

test('what nobody listens to leaves no event', async () => {
  await app.system(async ctx => { await create(ctx, ctx.entities.get('reading'), { value: 1 }) })
  assert.deepEqual(await table('outbox'), [])
})

test('a job of a kind that nobody knows is kept as failed, and the others go on', async () => {
  await app.system(ctx => schedule(ctx, { kind: 'nosuch', dueAt: new Date(START) }))
  await later(1, 0)
  await drain()
  assert.deepEqual(ran, ['note 1 main'])
  assert.match(String((await table('job'))[0]!.last_error), /nosuch/)
})

test('idle means that what was committed before is done', async () => {
  const w = startWorker(app.runtime)
  for (let i = 0; i < 15; i++) {
    await later(i, 0)
    await w.idle()
    assert.equal((await table('reading')).length, i + 1)
  }
  await w.stop()
})
