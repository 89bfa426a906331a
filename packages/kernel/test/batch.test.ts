import assert from 'node:assert/strict'
import { before, beforeEach, test } from 'node:test'
import type { Ctx } from '../src/context.ts'
import { defineModule } from '../src/module.ts'
import { create } from '../src/operations/write.ts'
import { schedule } from '../src/store/jobs.ts'
import { runDue, startWorker } from '../src/store/worker.ts'
import type { Batched, DueJob } from '../src/store/run-jobs.ts'
import { NotTogether, together } from '../src/store/together.ts'
import { testApp, type TestApp } from '../src/testing/index.ts'
import { crm, makeTree } from './fixture.ts'

let app: TestApp
const START = '2026-11-22T01:00:00Z'
const batches: number[] = []
let bad = 0
let special: (ctx: Ctx, jobs: readonly DueJob[]) => Batched | Promise<Batched>
const write = async (ctx: Ctx, n: unknown): Promise<void> => { if (n === bad) throw new Error('打印机没纸'); await create(ctx, ctx.entities.get('reading'), { value: n }) }
const jobs = defineModule({
  name: 'jobs', label: ['作业', 'Jobs'],
  jobs: { note: (ctx, p) => write(ctx, p.n) },
  batches: {
    async note(ctx, due) {
      batches.push(due.length)
      const left = await special(ctx, due), out = new Set([...(left.alone ?? []), ...(left.later ?? [])])
      for (const j of due) if (!out.has(j.id)) await write(ctx, j.payload.n)
      return left
    },
  },
})
before(async () => { app = await testApp({ modules: [crm, jobs], clock: START, tenants: 2 }); await makeTree(app); await makeTree(app, app.tenantIds[1]) })
beforeEach(async () => { batches.length = 0; bad = 0; special = () => ({}); app.clock!.set(START); await app.owner.query('delete from job; delete from outbox; delete from reading') })

const due = (from: number, to: number, tenant?: string, minutes = 0) => app.system(async ctx => { for (let n = from; n <= to; n++) await schedule(ctx, { kind: 'note', key: String(n), dueAt: new Date(Date.parse(START) + minutes * 60_000 + n), payload: { n } }) }, tenant)
const values = async (): Promise<number[]> => (await app.owner.query('select value from reading order by value')).rows.map(r => Number(r.value))
const list = async () => (await app.owner.query('select * from job order by due_at')).rows
const drain = async (most = 100): Promise<void> => { for (let i = 0; i < 200 && await runDue(app.runtime, most); i++); }
const upTo = (n: number, but: number[] = []): number[] => Array.from({ length: n }, (_, i) => i + 1).filter(x => !but.includes(x))

test('many due jobs of one kind are done in one transaction, each company’s by itself', async () => {
  await due(1, 20)
  await due(21, 25, app.tenantIds[1])
  app.clock!.advance(1)
  await drain()
  assert.deepEqual([batches, await values(), await list()], [[20, 5], upTo(25), []])
})

test('one bad job fails no other: the batch is taken back, each runs by itself, and only the bad one is tried again later', async () => {
  bad = 13
  await due(1, 40)
  app.clock!.advance(1)
  await drain()
  assert.deepEqual(await values(), upTo(40, [13]))
  const left = await list()
  assert.deepEqual(left.map(j => [j.payload.n, j.attempts, j.last_error, j.dead]), [[13, 1, '打印机没纸', false]])
})

test('what a batch leaves alone runs by itself at once; what somebody is using comes back as it was, a little later', async () => {
  await due(1, 10)
  app.clock!.advance(1)
  special = (_, all) => ({ alone: all.filter(j => Number(j.payload.n) % 5 === 0).map(j => j.id), later: all.filter(j => j.payload.n === 3 || j.payload.n === 4).map(j => j.id) })
  await drain()
  assert.deepEqual(await values(), upTo(10, [3, 4]))
  assert.deepEqual((await list()).map(j => [j.payload.n, j.key, (j.due_at.getTime() - app.clock!.now.getTime()) / 1000, j.attempts]), [[3, '3', 5, 0], [4, '4', 5, 0]])
  special = () => ({})
  app.clock!.advance(1)
  await drain()
  assert.deepEqual([await values(), await list()], [upTo(10), []])
})

test('a batch whose connection is lost in the middle is done again, once', async () => {
  await due(1, 30)
  app.clock!.advance(1)
  let lost = 0
  special = async ctx => {
    if (lost++) return {}
    await write(ctx, 99)
    await app.owner.query('select pg_terminate_backend($1)', [(await ctx.query<{ pid: number }>('select pg_backend_pid() as pid'))[0]!.pid])
    await ctx.query('select 1')
    return {}
  }
  await assert.rejects(runDue(app.runtime, 100), { code: 'DATABASE_DOWN' })
  assert.equal((await list()).length, 30)
  await drain()
  assert.deepEqual([await values(), await list()], [upTo(30), []])
})

test('the clock is set back and far ahead: no job is lost, none runs twice, and the next is not slept through', async () => {
  await due(1, 10)
  await due(11, 20, undefined, 600)
  const w = startWorker(app.runtime)
  try {
    app.clock!.advance(1)
    await w.idle()
    app.clock!.set('2026-11-21T01:00:00Z')
    await due(21, 30)
    await w.idle()
    assert.deepEqual(await values(), upTo(10), 'a day back: nothing new is due')
    app.clock!.set('2026-12-24T01:00:00Z')
    await w.idle()
    assert.deepEqual([await values(), await list()], [upTo(30), []])
    app.clock!.set(START)
    await w.idle()
    assert.deepEqual(await values(), upTo(30))
  } finally { await w.stop() }
})

test('looking for due jobs among a hundred thousand that wait is a probe of the index on the due time', async () => {
  await app.owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'note', 'w' || n, $2::timestamptz + make_interval(mins => n), '{}', $2 from generate_series(1, 100000) n", [app.tenantId, START])
  await app.owner.query('analyze job')
  const client = await app.runtime.pool.connect()
  try {
    await client.query("begin; set local app.worker = 'on'")
    const planOf = async (text: string, values: unknown[]): Promise<{ text: string; rows: number }> => {
      const lines = (await client.query(`explain (analyze, costs off, timing off, summary off) ${text}`, values)).rows.map(r => r['QUERY PLAN'] as string)
      return { text: lines.join('\n'), rows: Math.max(...lines.map(l => Number(/rows=([\d.]+)/.exec(l)?.[1] ?? 0))) }
    }
    const now = app.clock!.now
    for (const plan of [
      await planOf('select tenant_id, id from job where due_at <= $1 and not dead order by due_at limit 1 for update skip locked', [now]),
      await planOf('select due_at from job where not dead order by due_at limit 1', []),
    ]) {
      assert.match(plan.text, /Index (Only )?Scan using ix_job__due/)
      assert.doesNotMatch(plan.text, /Seq Scan|Sort/)
      assert.ok(plan.rows <= 1, plan.text)
    }
  } finally { await client.query('rollback'); client.release() }
})

test('an act that is taken with others leaves nothing behind when it fails, and one that reads what it wrote has to go alone', async () => {
  await app.system(async ctx => {
    const t = together(ctx), reading = ctx.entities.get('reading')
    const { storeNew } = await import('../src/operations/write.ts')
    const good = [await t.take(async own => { await storeNew(own, reading, { value: 1 }) }), await t.take(async own => { await storeNew(own, reading, { value: 2 }) })]
    await assert.rejects(t.take(async own => { await storeNew(own, reading, { value: 3 }); throw new Error('no') }), /no/)
    await assert.rejects(t.take(async own => { await storeNew(own, reading, { value: 4 }); await own.query('select * from reading where tenant_id = $1', [own.tenant.id]) }), NotTogether)
    await assert.rejects(t.take(async own => { await own.query('select pg_advisory_xact_lock(1)') }), NotTogether)
    await t.write(good)
  })
  assert.deepEqual(await values(), [1, 2])
})
