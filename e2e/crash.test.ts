import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { openDatabase } from '../apps/server/src/database.ts'

/*
 * BH-8.3: the real program, its own database, several people writing; then the program and the database server are killed with SIGKILL in
 * the middle. Whatever was answered must be there when it comes up again, and every clock that was started must still ring.
 */
const root = path.join(import.meta.dirname, '..')
const dataDir = await mkdtemp(path.join(tmpdir(), 'quancheng-crash-'))
const started: ChildProcess[] = []
after(async () => {
  for (const p of started) if (p.exitCode === null && p.signalCode === null) { p.kill('SIGTERM'); await gone(p) }
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

const gone = (p: ChildProcess): Promise<void> => (p.exitCode !== null || p.signalCode !== null ? Promise.resolve() : new Promise(resolve => { p.once('exit', () => resolve()) }))

interface Program { process: ChildProcess; url: string; said: string[] }

/** `quancheng start` on a port of its own; resolves when it says where it listens. */
async function run(): Promise<Program> {
  const child = spawn(process.execPath, ['apps/server/src/cli.ts', 'start'], { cwd: root, env: { ...process.env, PORT: '0', HOST: '127.0.0.1', QUANCHENG_DATA: dataDir, QUANCHENG_DEMO: 'off', DATABASE_URL: '' }, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const said: string[] = []
  child.stderr.on('data', d => said.push(String(d)))
  return new Promise((resolve, reject) => {
    let url: string | null = null
    createInterface({ input: child.stdout }).on('line', line => {
      said.push(line)
      url ??= /已启动：(http:\S+)/.exec(line)?.[1]?.replace('localhost', '127.0.0.1') ?? null
      if (url && /按 Ctrl\+C/.test(line)) resolve({ process: child, url, said })
    })
    child.once('exit', code => reject(new Error(`the program ended with ${code}:\n${said.join('\n')}`)))
  })
}

const postmaster = async (): Promise<number> => Number((await readFile(path.join(dataDir, 'pg', 'postmaster.pid'), 'utf8')).split('\n')[0])

type Body = Record<string, any>
class Refused extends Error {
  readonly status: number
  constructor(status: number, body: Body) { super(`${status} ${JSON.stringify(body)}`); this.status = status }
}

/** One signed-in person over real HTTP. */
class Person {
  #cookie = ''
  #url: string
  constructor(url: string) { this.#url = url }
  async call(method: string, at: string, body?: unknown): Promise<Body> {
    const r = await fetch(this.#url + at, { method, headers: { cookie: this.#cookie, 'x-requested-with': 'quancheng', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const set = r.headers.getSetCookie().find(c => c.startsWith('qc_session='))
    if (set) this.#cookie = set.split(';')[0]!
    const answer = (r.status === 204 ? {} : await r.json()) as Body
    if (!r.ok) throw new Refused(r.status, answer)
    return answer
  }
  get(at: string): Promise<Body> { return this.call('GET', at) }
  post(at: string, body: unknown = {}): Promise<Body> { return this.call('POST', at, body) }
  static async signIn(url: string, username: string, password: string): Promise<Person> { const p = new Person(url); await p.post('/api/session', { username, password }); return p }
}

const PASSWORD = 'Ceshi-Mima-2026'

/** A station with a clerk, made the way an administrator makes one. */
async function found(p: Program): Promise<{ unitId: string; lineId: string }> {
  const first = /密码 (\S+)/.exec(p.said.join('\n'))![1]!
  const admin = await Person.signIn(p.url, 'admin', first)
  const [top] = (await admin.get('/api/units')).items
  const unit = await admin.post('/api/units', { code: 'HZ01', name: '杭州一站', kind: 'station', parentId: top.id })
  const line = await admin.post('/api/product-lines', { code: 'NB', name: '笔记本' })
  const roles = (await admin.get('/api/roles?limit=100')).items as Body[]
  for (const [username, role] of [['lijie', 'receptionist'], ['zhouzhan', 'stationManager'], ['wuzong', 'hq']]) {
    const user = await admin.post('/api/users', { username, name: username, unitId: username === 'wuzong' ? top.id : unit.id, roleIds: [roles.find(r => r.code === role)!.id] })
    const { link } = await admin.post(`/api/users/${user.id}/reset-password`)
    await admin.post('/api/password-reset', { token: new URL(link, p.url).searchParams.get('token'), password: PASSWORD })
  }
  return { unitId: unit.id, lineId: line.id }
}

interface Written { numbers: Map<string, string>; registered: Map<string, string>; comments: Map<string, string>; cut: boolean }

/**
 * Takes numbers, registers every second one and comments it, until one of the writers is answered no more: the database may be back before
 * all of them have missed it. Only what was answered is kept.
 */
async function write(url: string, where: { unitId: string; lineId: string }, who: string, w: Written, onAnswer: () => void): Promise<void> {
  const clerk = await Person.signIn(url, 'lijie', PASSWORD)
  try {
    for (let i = 0; !w.cut; i++) {
      const taken = await clerk.post('/api/service-requests/take-number', { unitId: where.unitId, phone: '13800000001' })
      w.numbers.set(taken.id, taken.number)
      onAnswer()
      if (i % 2) continue
      const serialNo = `${who}${i}`.toUpperCase()
      await clerk.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: where.lineId, model: 'X1', serialNo }, request: { id: taken.id, faultDescription: '开不了机' } })
      w.registered.set(taken.id, serialNo)
      const comment = await clerk.post(`/api/service-requests/${taken.id}/comments`, { text: `评论 ${who}-${i}` })
      w.comments.set(taken.id, comment.text)
      onAnswer()
    }
  } catch (error) {
    // the program is gone, or it has lost its database: anything else is a failure of the test
    if (error instanceof Refused && error.status !== 503) throw error
    w.cut = true
  }
}

async function verify(url: string, w: Written): Promise<void> {
  const manager = await Person.signIn(url, 'zhouzhan', PASSWORD)
  assert.equal(new Set(w.numbers.values()).size, w.numbers.size, 'a number was given twice')
  for (const [id, number] of w.numbers) {
    const r = await manager.get(`/api/service-requests/${id}`)
    const c = await manager.get(`/api/cases/serviceRequest/${id}`)
    const serialNo = w.registered.get(id)
    assert.equal(r.number, number)
    if (serialNo) assert.deepEqual([r.stage, r.serialNo, r.customerName, c.current[0]], ['reception', serialNo, '张三', 'reception'])
    // an act whose answer never came may be there or not, but never a half of it: stage, course and owner agree
    assert.deepEqual([r.stage], c.current)
    assert.equal(r.ownerId !== null, r.stage === 'reception')
    const text = w.comments.get(id)
    if (text) assert.ok((await manager.get(`/api/service-requests/${id}/comments`)).items.some((x: Body) => x.text === text))
  }
  const audit = await (await Person.signIn(url, 'wuzong', PASSWORD)).get('/api/audit/verify')
  assert.deepEqual([audit.ok, audit.broken], [true, []])
}

test('BH-8.3 program and database are killed while five people write: every answered write is there, every clock rings, the record is whole', { timeout: 480_000 }, async () => {
  let p = await run()
  const where = await found(p)
  const w: Written = { numbers: new Map(), registered: new Map(), comments: new Map(), cut: false }
  for (const victims of [['program', 'database'], ['database', 'program']] as const) {
    const before = w.numbers.size
    w.cut = false
    const enough = Promise.withResolvers<void>()
    const writers = Promise.all(Array.from({ length: 5 }, (_, i) => write(p.url, where, `w${before}x${i}n`, w, () => { if (w.numbers.size >= before + 60) enough.resolve() })))
    await Promise.race([enough.promise, writers])
    assert.ok(w.numbers.size >= before + 60, 'the writers stopped before anything was killed')
    const pid = await postmaster()
    for (const v of victims) {
      process.kill(v === 'program' ? p.process.pid! : pid, 'SIGKILL')
      // the second time the program lives on without its database, and tells everybody so until it is killed too
      if (v === 'database' && victims[0] === 'database') await writers
    }
    await gone(p.process)
    await writers
    p = await run()
    await verify(p.url, w)
  }
  const open = w.numbers.size
  p.process.kill('SIGTERM')
  await gone(p.process)

  // thirty days go by: all clocks of this installation lie thirty days further back
  const db = await openDatabase({ port: 0, host: '127.0.0.1', dataDir, databaseUrl: null, demo: false, trustProxy: false })
  const owner = await db.connectOwner()
  const { rows: [clocks] } = await owner.query(`select count(*)::int as steps, count(j.id)::int as jobs from process_step s left join job j on j.kind = 'process.sla' and j.payload->>'stepId' = s.id::text where s.state in ('waiting', 'active')`)
  assert.ok(clocks.steps >= open)
  assert.equal(clocks.jobs, clocks.steps, 'an open stage without its clock, or with two')
  await owner.query("update process_step set entered_at = entered_at - interval '30 days', warn_at = warn_at - interval '30 days', due_at = due_at - interval '30 days' where state in ('waiting', 'active')")
  await owner.query("update job set due_at = due_at - interval '30 days' where kind like 'process.%'")
  await owner.end()
  await db.close()

  p = await run()
  const hq = await Person.signIn(p.url, 'wuzong', PASSWORD)
  const late = async (): Promise<number> => (await hq.get('/api/alarms/aggregate?group=kind&measure=count')).rows.find((r: Body) => r.group.kind === 'late')?.count ?? 0
  const until = Date.now() + 120_000
  while ((await late()) < clocks.steps && Date.now() < until) await new Promise(resolve => { setTimeout(resolve, 200) })
  assert.equal(await late(), clocks.steps, 'every clock that was started has rung, and none twice')
  await verify(p.url, w)
})
