import assert from 'node:assert/strict'
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startEmbedded } from '@quancheng/kernel/install'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'

/* A program that is killed while it learns: the job is still on the list, and the next program learns. */

const dataDir = await mkdtemp(join(tmpdir(), 'quancheng-learn-'))
const server = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
process.env.QC_TEST_PG = JSON.stringify({ host: server.host, port: server.port, user: server.user, password: server.password })
after(async () => { await server.stop(); await rm(dataDir, { recursive: true, force: true }) })

const app = await testApp({ modules: [processModule] })
const user = (id: string) => event('userTask', id, 'qc:role="clerk"', '')
await app.system(ctx => deploy(ctx, 'long', model(tag('startEvent', 's') + tag('endEvent', 'e') + ['a', 'b', 'c', 'd'].map(user).join('') + flows('s -> a\na -> b\nb -> c\nc -> d\nd -> e'))))

/** Two thousand ended cases of four steps; how long the third takes depends on nothing that is known. */
const CASES = 2000
await app.owner.query(`with c as (
    insert into process_instance (tenant_id, id, definition_id, label, state, started_at, ended_at, end_node)
    select $1, gen_random_uuid(), (select id from process_definition where tenant_id = $1 and key = 'long'), 'c' || i, 'completed', now() - interval '90 days' + i * interval '30 minutes', now() - interval '90 days' + i * interval '30 minutes' + (60 + (i * 7919) % 3000) * interval '1 minute', 'e' from generate_series(1, ${CASES}) i returning id, started_at, ended_at)
  insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, state, entered_at, finished_at, minutes, clock)
  select $1, gen_random_uuid(), c.id, n, substr('abcd', n, 1), substr('abcd', n, 1), 'user', 'done', c.started_at + (n - 1) * interval '10 minutes', case when n = 4 then c.ended_at else c.started_at + n * interval '10 minutes' end, 10 * n, 'business' from c cross join generate_series(1, 4) n`, [app.tenantId])

const children: ChildProcess[] = []
after(() => { for (const c of children) c.kill('SIGKILL') })
async function program(): Promise<ChildProcess> {
  const child = fork(new URL('../testing/worker-process.ts', import.meta.url), { env: { ...process.env, WORKER_CONNECTION: JSON.stringify(app.connection) }, execArgv: ['--disable-warning=ExperimentalWarning'] })
  children.push(child)
  await new Promise((resolve, reject) => { child.once('message', resolve); child.once('exit', code => { reject(new Error(`the program ended with ${code}`)) }) })
  return child
}
const gone = (child: ChildProcess): Promise<unknown> => new Promise(resolve => child.once('exit', resolve))
const look = async <T>(text: string): Promise<T[]> => (await app.owner.query(text)).rows as T[]
const learned = () => look<{ version: number; cases: number; choice: string }>("select version, cases, choice from process_prediction where key = 'long'")
const onList = () => look<{ later: boolean }>("select due_at > now() + interval '10 minutes' as later from job where kind = 'process.learn' and key = 'of long'")
async function until(met: () => Promise<boolean>): Promise<void> { while (!(await met())) await new Promise(resolve => setImmediate(resolve)) }

test('a program that is killed while it learns loses nothing: the job is on the list, and the next program learns', async () => {
  await app.owner.query("update job set due_at = now() where kind = 'process.learn'")
  const first = await program()
  await until(async () => (await onList())[0]?.later === true)
  assert.deepEqual(await learned(), [], 'its thread is at it')
  const end = gone(first)
  process.kill(first.pid!, 'SIGKILL')
  await end
  assert.deepEqual(await learned(), [])
  assert.equal((await onList()).length, 1)

  // twenty minutes later
  await app.owner.query("update job set due_at = now() where kind = 'process.learn' and key = 'of long'")
  const second = await program()
  await until(async () => (await learned()).length > 0 && (await onList()).length === 0)
  const [row] = await learned()
  assert.deepEqual([row!.version, row!.cases], [1, CASES])
  const over = gone(second)
  second.send('stop')
  await over
})
