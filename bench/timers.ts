import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createRuntime, tenantIds } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { prepareTenants } from '../apps/server/src/install.ts'
import { cpuOf, cpuOfServer } from './cpu.ts'
import { percentile, round } from './figures.ts'
import { postmasterOf } from './program.ts'
import { modules, faults, loadCases, makeWorld, type Kind } from './timers/world.ts'

/*
 * Timers and jobs in masses: what waiting ones cost, how fast due ones are done and whether each was done once, and what people feel of a storm.
 * CPU and ratios count; rates are lower bounds on a machine that does other work.
 */
const { values: v } = parseArgs({ options: {
  waiting: { type: 'string', default: '1000000' }, idle: { type: 'string', default: '60' }, due: { type: 'string', default: '40000' }, among: { type: 'string', default: '140000' }, storm: { type: 'string', default: '100000' },
  kinds: { type: 'string', default: 'timer,sla,warn,bench.many,bench.one' }, workers: { type: 'string', default: '1,2' }, lanes: { type: 'string', default: 'batch,single' }, only: { type: 'string', default: 'idle,rate,storm' }, seconds: { type: 'string', default: '12' }, profile: { type: 'string', default: '' }, storms: { type: 'string', default: 'batch,greedy,single' },
} })
const number = (text: string): number => Number(text.replaceAll('_', ''))
const sections = v.only.split(',')
const began = performance.now()
const say = (line: string): void => { process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(0)} s · load ${os.loadavg()[0]!.toFixed(1)}] ${line}\n`) }
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))
const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false })
const owner = await db.connectOwner()
const runtime = createRuntime({ connection: db.app, modules, poolSize: 4 })
const children = new Set<ChildProcess>()

const heard = <T>(child: ChildProcess): Promise<T> => new Promise((resolve, reject) => { child.once('message', m => { resolve(m as T) }); child.once('exit', code => { reject(new Error(`子进程已退出（${code}）`)) }) })
async function startChild(env: object): Promise<ChildProcess> {
  const child = fork(path.join(import.meta.dirname, 'timers', 'child.ts'), { env: { ...process.env, BENCH_TIMERS: JSON.stringify(env) }, execArgv: ['--disable-warning=ExperimentalWarning', ...(v.profile ? ['--cpu-prof', `--cpu-prof-dir=${v.profile}`] : [])] })
  children.add(child)
  await heard(child)
  return child
}
async function stopChild(child: ChildProcess): Promise<void> {
  const gone = new Promise(resolve => child.once('exit', resolve))
  child.send({ stop: true })
  await gone
  children.delete(child)
}
const row = (...cells: Array<string | number>): void => { console.log(`| ${cells.join(' | ')} |`) }
const head = (...cells: string[]): void => { row(...cells); row(...cells.map(() => '--')) }

try {
  await prepareTenants(runtime, db, { demo: false, log: () => {} })
  const [tenant] = await tenantIds(runtime)
  const w = await makeWorld(runtime, owner, tenant!.id)
  const setting = { connection: db.app, tenantId: w.tenantId, userId: w.userId }
  const postmaster = postmasterOf(dataDir)
  const settle = async (): Promise<void> => { await owner.query('vacuum analyze job; '); await owner.query('vacuum analyze process_step'); await owner.query('vacuum analyze process_instance'); await owner.query('checkpoint') }
  const clear = async (): Promise<void> => { await owner.query("delete from job where kind like 'process.%' or kind like 'bench.%'"); await owner.query('delete from alarm; delete from bench_done'); await owner.query('delete from process_step where instance_id <> $1', [w.template]); await owner.query('delete from process_instance where id <> $1', [w.template]); await settle() }
  let from = 1
  await owner.query('delete from job')

  if (sections.includes('idle')) {
    const seconds = number(v.idle)
    console.log(`\n## 等着的定时器（${seconds} 秒空转）· waiting timers, idle poller\n`)
    head('在等 waiting', '程序 CPU ms/s', 'PostgreSQL CPU ms/s', '合计占一个核 of a core')
    for (const waiting of [0, number(v.waiting)]) {
      say(`装入 ${waiting} 个等着的定时器…`)
      if (waiting) await owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'process.timer', 'w' || n, now() + make_interval(secs => 86400 + n), jsonb_build_object('instanceId', gen_random_uuid(), 'stepId', gen_random_uuid(), 'nodeId', 'due'), now() from generate_series(1, $2::int) n", [w.tenantId, waiting])
      await settle()
      const child = await startChild(setting)
      child.send({ work: 'batch' })
      await delay(5000)
      const app = cpuOf(child.pid!), pg = cpuOfServer(postmaster), at = performance.now()
      await delay(seconds * 1000)
      const s = (performance.now() - at) / 1000
      const used = [(cpuOf(child.pid!) - app) / s, (cpuOfServer(postmaster) - pg) / s] as const
      row(waiting, round(used[0]), round(used[1]), `${round((used[0] + used[1]) / 10)} %`)
      await stopChild(child)
    }
    await clear()
  }

  if (sections.includes('rate')) {
    const due = number(v.due), more = number(v.among) - due
    console.log(`\n## ${due} 件到期（共 ${due + more} 件）· due among waiting\n`)
    head('哪种 kind', '做法 lane', '进程 workers', '件/秒 a second', '程序 CPU ms/件', 'PostgreSQL CPU ms/件', '件 done', '每件恰好一次 exactly once', '负载 load')
    for (const kind of v.kinds.split(',') as Kind[]) {
      for (const lane of v.lanes.split(',')) {
        for (const n of lane === 'single' ? [1] : v.workers.split(',').map(Number)) {
          if (kind === 'bench.one' && lane === 'single') continue
          say(`${kind} · ${lane} · ${n}…`)
          await loadCases(owner, w, kind, { from, count: due, dueIn: -60, spread: 50 })
          await owner.query("insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'process.timer', 'w' || n, now() + make_interval(secs => 86400 + n), jsonb_build_object('instanceId', gen_random_uuid(), 'stepId', gen_random_uuid(), 'nodeId', 'due'), now() from generate_series(1, $2::int) n", [w.tenantId, more])
          await settle()
          const started = await Promise.all(Array.from({ length: n }, () => startChild(setting)))
          const left = async (): Promise<number> => (await owner.query<{ n: number }>('select count(*)::int as n from job where due_at <= now() and not dead')).rows[0]!.n
          const before = started.map(c => cpuOf(c.pid!)), pg = cpuOfServer(postmaster), at = performance.now()
          for (const c of started) c.send({ work: lane })
          let rest = due
          // one by one takes long: so many seconds tell enough
          while (rest > 0 && (lane === 'batch' || performance.now() - at < number(v.seconds) * 1000)) { await delay(150); if (lane === 'single' || !(await owner.query('select 1 from job where due_at <= now() and not dead limit 1')).rowCount) rest = await left() }
          const s = (performance.now() - at) / 1000, done = due - rest
          const app = started.reduce((sum, c, i) => sum + cpuOf(c.pid!) - before[i]!, 0), server = cpuOfServer(postmaster) - pg
          for (const c of started) await stopChild(c)
          const wrong = rest ? null : await faults(owner, kind, { from, count: due })
          row(kind, lane, n, Math.round(done / s), (app / done).toFixed(3), (server / done).toFixed(3), done, wrong === null ? '–' : wrong.length ? wrong.join('；') : '是 yes', os.loadavg()[0]!.toFixed(1))
          if (wrong?.length) process.exitCode = 1
          from += due
          await clear()
        }
      }
    }
  }

  if (sections.includes('storm')) {
    const storm = number(v.storm), every = 100, acts = 200
    console.log(`\n## ${storm} 件同时到期时的人 · people in a storm of due timers（每 ${every} ms 办一件）\n`)
    head('做法 lane', '何时 when', 'p50 ms', 'p99 ms', '最长 max', 'p50 比 ratio', 'p99 比 ratio', '程序 CPU ms/s', 'PostgreSQL CPU ms/s', '其间到期的做了 timers done', '负载 load')
    for (const lane of v.storms.split(',')) {
      await loadCases(owner, w, 'timer', { from, count: storm, dueIn: 86_400, spread: 0 })
      await owner.query("update process_instance set label = 'person-' || label where label = any(select 'timer-' || n from generate_series($1::int, $2::int) n)", [from, from + acts * 3])
      await settle()
      const steps = (await owner.query<{ id: string }>("select s.id from process_step s join process_instance i on i.id = s.instance_id where i.label like 'person-%'")).rows.map(r => r.id)
      await owner.query("delete from job where payload->>'stepId' = any($1)", [steps])
      const child = await startChild(setting)
      const measure = async (list: string[]): Promise<{ times: number[]; app: number; pg: number }> => {
        const pg = cpuOfServer(postmaster), app = cpuOf(child.pid!), at = performance.now()
        const told = heard<{ times: number[] }>(child)
        child.send({ people: list, everyMs: every })
        const { times } = await told
        const s = (performance.now() - at) / 1000
        return { times: times.toSorted((a, b) => a - b), app: (cpuOf(child.pid!) - app) / s, pg: (cpuOfServer(postmaster) - pg) / s }
      }
      await measure(steps.splice(0, acts))
      const calm = await measure(steps.splice(0, acts))
      const line = (when: string, m: typeof calm, done: string): void => row(lane, when, round(percentile(m.times, 0.5)), round(percentile(m.times, 0.99)), round(m.times.at(-1)!), round(percentile(m.times, 0.5) / percentile(calm.times, 0.5)), round(percentile(m.times, 0.99) / percentile(calm.times, 0.99)), Math.round(m.app), Math.round(m.pg), done, os.loadavg()[0]!.toFixed(1))
      line('平时 before', calm, '')
      say(`${lane}: 风暴…`)
      await owner.query("update job set due_at = now() where kind = 'process.timer'")
      await owner.query('vacuum analyze job')
      const waits = async (): Promise<number> => (await owner.query<{ n: number }>("select count(*)::int as n from job where kind = 'process.timer'")).rows[0]!.n
      const before = await waits()
      child.send({ work: lane })
      await delay(300)
      const hit = await measure(steps.splice(0, acts))
      line('风暴中 during', hit, `${before - await waits()}`)
      await stopChild(child)
      from += storm
      await clear()
    }
  }
} finally {
  for (const c of children) c.kill('SIGKILL')
  await owner.end()
  await runtime.close()
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
}
