import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startEmbedded } from '@quancheng/kernel/install'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, on, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'
import { startCase } from './starts.ts'

/* Real processes on a server of their own: what is killed in the middle of a mass of due timers loses none and does none twice. */

const dataDir = await mkdtemp(join(tmpdir(), 'quancheng-timers-'))
const server = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
process.env.QC_TEST_PG = JSON.stringify({ host: server.host, port: server.port, user: server.user, password: server.password })
after(async () => { await server.stop(); await rm(dataDir, { recursive: true, force: true }) })

const hours = (n: number): string => new Date(Date.now() - n * 3_600_000).toISOString()
const app = await testApp({ modules: [processModule], clock: hours(3) })
await app.person({ username: 'clerk', roles: [{ code: 'clerk', grants: {} }] })
app.owner.on('error', () => {})
const user = (id: string) => event('userTask', id, 'qc:role="clerk"', '')
await app.system(ctx => deploy(ctx, 'timed', model(tag('startEvent', 's') + tag('endEvent', 'e e2') + user('wait') + event('boundaryEvent', 'due', 'attachedToRef="wait"', on.timer('PT1H')) + user('chase') + flows('s -> wait\nwait -> e\ndue -> chase\nchase -> e2'))))
const CASES = 400
const begin = (): Promise<string[]> => app.system(async ctx => { const made: string[] = []; for (let i = 0; i < CASES; i++) made.push((await startCase(ctx, 'timed')).caseId); return made })

const children: ChildProcess[] = []
after(() => { for (const c of children) c.kill('SIGKILL') })
async function workerProcess(): Promise<ChildProcess> {
  const child = fork(new URL('../testing/worker-process.ts', import.meta.url), { env: { ...process.env, WORKER_CONNECTION: JSON.stringify(app.connection) }, execArgv: ['--disable-warning=ExperimentalWarning'] })
  children.push(child)
  await new Promise((resolve, reject) => { child.once('message', resolve); child.once('exit', code => { reject(new Error(`worker ended with ${code}`)) }) })
  return child
}
const ended = (child: ChildProcess): Promise<unknown> => new Promise(resolve => child.once('exit', resolve))
async function stop(child: ChildProcess): Promise<void> { const gone = ended(child); child.send('stop'); await gone }

/** Looks through a connection of the application's own pool, which finds the server again. */
const look = async <T>(text: string, values: unknown[] = []): Promise<T> => app.system(async ctx => (await ctx.query(text, values))[0] as T)
const doneOf = (ids: string[]) => look<{ n: number }>("select count(*)::int as n from process_step where tenant_id = $1 and instance_id = any($2) and node_id = 'chase'", [app.tenantId, ids]).then(r => r.n)
async function until(met: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (await met().catch(() => false)) return
    await new Promise(resolve => setImmediate(resolve))
  }
}

async function eachOnce(ids: string[]): Promise<void> {
  const seen = await look<Record<string, number>>(`select count(*)::int as cases, count(*) filter (where chase = 1 and gone = 1 and live = 1)::int as once from (
    select instance_id, count(*) filter (where node_id = 'chase') as chase, count(*) filter (where node_id = 'wait' and state = 'cancelled') as gone, count(*) filter (where state in ('waiting','active')) as live
    from process_step where tenant_id = $1 and instance_id = any($2) group by instance_id) x`, [app.tenantId, ids])
  assert.deepEqual(seen, { cases: CASES, once: CASES })
  const left = await look<{ n: number }>("select count(*)::int as n from job where tenant_id = $1 and kind = 'process.timer'", [app.tenantId])
  assert.equal(left.n, 0)
}

test('TM-02 of two workers on a mass of due timers one is killed by its pid in the middle: the other does the rest, each timer once', async () => {
  const ids = await begin()
  const [first, second] = await Promise.all([workerProcess(), workerProcess()])
  await until(async () => (await doneOf(ids)) > 20)
  const gone = ended(first)
  process.kill(first.pid!, 'SIGKILL')
  await gone
  await until(async () => (await doneOf(ids)) === CASES)
  await stop(second)
  await eachOnce(ids)
})

test('TM-03 the database is restarted in the middle of a mass of due timers: when it is back the rest is done, each timer once', async () => {
  const ids = await begin()
  const child = await workerProcess()
  await until(async () => (await doneOf(ids)) > 20)
  const before = server.pid
  process.kill(before, 'SIGQUIT')
  await until(() => Promise.resolve(server.pid !== before))
  await until(async () => (await doneOf(ids)) === CASES)
  await stop(child)
  await eachOnce(ids)
})
