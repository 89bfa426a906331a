import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { create, createApp, makeSecret, newId, systemAct } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { prepareTenants } from '../apps/server/src/install.ts'
import { modules } from '../apps/server/src/modules.ts'
import { percentile, round } from './figures.ts'
import { dropIndexes, makeIndexes, TABLES } from './load/indexes.ts'
import { makeOrganisation } from './load/organisation.ts'
import { loadRequests } from './load/requests.ts'

/*
 * SP-11: whoever answers finds the request by what the caller says. So many requests with their search rows on the real schema, then the searches of an
 * agent and of the front desk through the whole of HTTP but the socket: how long they take, and that what was looked for is among what was found.
 * Beside it the lists that look for patterns in all requests (SP-22, SP-28).
 */
const { values: v } = parseArgs({ options: { size: { type: 'string', default: '1000000' }, searches: { type: 'string', default: '500' }, plans: { type: 'boolean', default: false } } })
const size = Number(v.size.replaceAll('_', '')), searches = Number(v.searches)
const began = performance.now()
const say = (line: string): void => { process.stderr.write(`[${((performance.now() - began) / 1000).toFixed(0)} s · load ${os.loadavg()[0]!.toFixed(1)}] ${line}\n`) }
const row = (...cells: Array<string | number>): void => { console.log(`| ${cells.join(' | ')} |`) }

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-find-'))
const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false, join: null })
const owner = await db.connectOwner()
const app = await createApp({ connection: db.app, modules, worker: false, log: () => {}, poolSize: 4 })

interface Wanted { id: string; number: string; phone: string; serial: string; name: string }
interface Asked { key: string; label: string; q: (w: Wanted) => string; /** several requests may answer to it, the newest are shown */ many?: boolean }
const KINDS: readonly Asked[] = [
  { key: 'number', label: '请求号 number', q: w => w.number }, { key: 'tail', label: '请求号末四位 its last four', q: w => w.number.slice(-4), many: true },
  { key: 'serial', label: '序列号 serial', q: w => w.serial, many: true }, { key: 'phone', label: '电话 telephone', q: w => w.phone, many: true },
  { key: 'phoneTail', label: '电话末四位 its last four', q: w => w.phone.slice(-4), many: true }, { key: 'name', label: '姓名 name', q: w => w.name, many: true },
]

async function ask(token: string, url: string): Promise<{ ms: number; body: Record<string, unknown> }> {
  const t = performance.now()
  const r = await app.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  const ms = performance.now() - t
  if (r.statusCode !== 200) throw new Error(`${url}: ${r.statusCode} ${r.body.slice(0, 300)}`)
  return { ms, body: r.json() as Record<string, unknown> }
}
const figures = (ms: readonly number[]): [number, number, number] => { const s = ms.toSorted((a, b) => a - b); return [round(percentile(s, 0.5), 1), round(percentile(s, 0.95), 1), round(s.at(-1)!, 1)] }

try {
  await prepareTenants(app.runtime, db, { demo: false, log: () => {} })
  const org = await makeOrganisation(app.runtime)
  const agentToken = await systemAct(app.runtime, org.tenantId, 'bench', async ctx => {
    const [role] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'agent'", [ctx.tenant.id])
    const [top] = await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and kind = 'group'", [ctx.tenant.id])
    const user = await create(ctx, ctx.entities.get('user'), { username: 'agent.a', name: '坐席甲', unitId: top!.id, roleIds: [role!.id] })
    const secret = makeSecret(ctx.tenant.id, 'qct_')
    await ctx.query('insert into api_token (tenant_id, id, token_hash, user_id, name, created_at, used_at) values ($1,$2,$3,$4,$5,now(),now())', [ctx.tenant.id, newId(), secret.hash, user.id, 'bench'])
    return secret.token
  })
  await owner.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '64MB'")
  await owner.query('create temp table bench_case (request_id uuid, instance_id uuid, number text, stage text, unit_id uuid, last int, open boolean, started timestamptz, ended timestamptz)')
  const definitions = await dropIndexes(owner)
  say(`装入 ${size} 个请求…`)
  const entities = await systemAct(app.runtime, org.tenantId, 'bench', ctx => Promise.resolve(ctx.entities))
  await loadRequests(owner, org, entities, size, 20_261_122)
  say('建索引…')
  await makeIndexes(owner, definitions)
  for (const t of TABLES) await owner.query(`vacuum (analyze) "${t}"`)
  await owner.query('checkpoint')

  const { rows: sample } = await owner.query<Wanted>('select id, number, phone, serial_no as serial, customer_name as name from service_request where tenant_id = $1 order by md5(id::text) limit $2', [org.tenantId, searches])
  const { rows: own } = await owner.query<Wanted>('select id, number, phone, serial_no as serial, customer_name as name from service_request where tenant_id = $1 and unit_id = $2 order by md5(id::text) limit $3', [org.tenantId, org.stations[0]!.id, searches])
  const { rows: [server] } = await owner.query<{ v: string }>("select current_setting('server_version') as v")
  console.log(`\n${size} 个请求，每种 ${searches} 次，PostgreSQL ${server!.v}，${os.cpus().length} 核，开始时负载 ${os.loadavg()[0]!.toFixed(1)}\n`)
  row('查什么', '坐席 p50 ms', 'p95', '最长', '前台 p50 ms', 'p95', '最长', '坐席找到')
  row(...Array<string>(8).fill('--'))
  for (const k of KINDS) {
    const url = (path: string, w: Wanted): string => `${path}?q=${encodeURIComponent(k.q(w))}`
    for (const w of sample.slice(0, 20)) await ask(agentToken, url('/api/search', w))
    const agent: number[] = [], desk: number[] = []
    let found = 0
    for (const w of sample) {
      const { ms, body } = await ask(agentToken, url('/api/search', w))
      agent.push(ms)
      if ((body.items as Array<{ id: string }>).some(x => x.id === w.id)) found++
    }
    for (const w of own) desk.push((await ask(org.stations[0]!.receptionToken, url('/api/service/desk', w))).ms)
    // what one request answers to must be found each time; of what many answer to, the newest are shown
    if (!k.many && found < sample.length) throw new Error(`${k.key}: ${sample.length - found} 次没有找到`)
    row(k.label, ...figures(agent), ...figures(desk), `${found}/${sample.length}${k.many ? '（同样的很多时只列最新的）' : ''}`)
  }

  console.log('')
  row('名单', 'p50 ms', '最长')
  row('--', '--', '--')
  for (const [label, url] of [['疑似虚假，30 天', '/api/service/suspects'], ['疑似虚假，92 天', '/api/service/suspects?days=92'], ['返修率，90 天', '/api/service/repeat-rates'], ['返修识别（前台键入序列号）', `/api/service/desk/repeat?serialNo=${sample[0]!.serial}`]] as const) {
    const times: number[] = []
    for (let i = 0; i < 5; i++) times.push((await ask(org.adminToken, url)).ms)
    const [p50, , most] = figures(times)
    row(label, p50, most)
  }
  if (v.plans) {
    const since = new Date(Date.now() - 30 * 86_400_000)
    for (const [label, text, values] of [
      ['疑似虚假的取数', 'select id, phone, customer_name from service_request where tenant_id = $1 and started_at >= $2', [org.tenantId, since]],
      ['返修率的取数', "select id from service_request where tenant_id = $1 and stage = 'collected' and ended_at >= $2", [org.tenantId, new Date(Date.now() - 90 * 86_400_000)]],
    ] as const) {
      const { rows } = await owner.query<Record<string, string>>(`explain (analyze, buffers) ${text}`, [...values])
      console.log(`\n${label}\n${rows.map(r => r['QUERY PLAN']).join('\n')}`)
    }
  }
} finally {
  await app.close()
  await owner.end()
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
}
