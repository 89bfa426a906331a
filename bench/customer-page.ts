import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { create, createApp, newId, systemAct } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { prepareTenants } from '../apps/server/src/install.ts'
import { modules } from '../apps/server/src/modules.ts'
import { percentile, round } from './figures.ts'
import { makeOrganisation } from './load/organisation.ts'

/*
 * CU-06: the page of a customer with 5,000 events of four channels, beside others that have their own, through the whole of HTTP but the socket: the
 * first page of the time line, the next ones, one kind only, words, and the head with its figures; for who sees everything and for who sees a station.
 */
const { values: v } = parseArgs({ options: { events: { type: 'string', default: '5000' }, others: { type: 'string', default: '400' }, times: { type: 'string', default: '200' } } })
const events = Number(v.events), others = Number(v.others), times = Number(v.times)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-customer-'))
const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false, join: null })
const owner = await db.connectOwner()
const app = await createApp({ connection: db.app, modules, worker: false, log: () => {}, poolSize: 4 })
const row = (...cells: Array<string | number>): void => { console.log(`| ${cells.join(' | ')} |`) }

/** So many events of one customer, a quarter of each channel, over three years. */
async function fill(tenantId: string, customerId: string, unitId: string, lineId: string, n: number): Promise<void> {
  const common = "$1, gen_random_uuid(), 1, now() - g * interval '4 hours', now(), '{}'", at = "now() - g * interval '4 hours'"
  const key = newId().slice(-8)
  await owner.query(`insert into phone_call (tenant_id, id, version, created_at, updated_at, ext, call_key, direction, state, customer_id, ring_at, note) select ${common}, '${key}-' || g, 'in', 'ended', $2, ${at}, '问进度 ' || g from generate_series(1, $3) g`, [tenantId, customerId, n])
  await owner.query(`insert into service_request (tenant_id, id, version, created_at, updated_at, ext, number, started_at, stage, unit_id, product_line_id, customer_id, fault_description) select ${common}, '${key}-' || g, ${at}, 'collected', $4, $5, $2, '开不了机 ' || g from generate_series(1, $3) g`, [tenantId, customerId, n, unitId, lineId])
  await owner.query(`insert into sales_order (tenant_id, id, version, created_at, updated_at, ext, number, customer_id, channel, unit_id, state, ordered_on, amount) select ${common}, 'DD${key}-' || g, $2, 'web', $4, 'confirmed', (${at})::date, g from generate_series(1, $3) g`, [tenantId, customerId, n, unitId])
  await owner.query(`insert into engagement (tenant_id, id, version, created_at, updated_at, ext, kind, state, customer_id, unit_id, owner_id, at, subject) select ${common}, 'visit', 'done', $2, $4, (select id from "user" where tenant_id = $1 limit 1), ${at}, '拜访 ' || g from generate_series(1, $3) g`, [tenantId, customerId, n, unitId])
}

async function ask(token: string, url: string): Promise<{ ms: number; next: string | null }> {
  const t = performance.now()
  const r = await app.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  const ms = performance.now() - t
  if (r.statusCode !== 200) throw new Error(`${url}: ${r.statusCode} ${r.body.slice(0, 300)}`)
  return { ms, next: (r.json() as { next?: string | null }).next ?? null }
}

try {
  await prepareTenants(app.runtime, db, { demo: false, log: () => {} })
  const org = await makeOrganisation(app.runtime), station = org.stations[0]!
  const ids = await systemAct(app.runtime, org.tenantId, 'bench', async ctx => {
    const made: string[] = []
    for (let i = 0; i <= others; i++) made.push((await create(ctx, ctx.entities.get('customer'), { name: `客户 ${i}`, kind: 'company', phone: `138${String(i).padStart(8, '0')}`, unitId: station.id })).id)
    await create(ctx, ctx.entities.get('contact'), { customerId: made[0], name: '李总', phone: '13900000001' })
    return made
  })
  await owner.query('set session_replication_role = replica')
  await fill(org.tenantId, ids[0]!, station.id, org.lineIds[0]!, events / 4)
  for (const id of ids.slice(1)) await fill(org.tenantId, id, station.id, org.lineIds[0]!, 25)
  await owner.query('set session_replication_role = origin')
  await owner.query('analyze')

  const at = `/api/customers/${ids[0]!}`
  const { rows: [server] } = await owner.query<{ v: string }>("select current_setting('server_version') as v")
  console.log(`\n一位客户 ${events} 件往来，另 ${others} 位各 100 件，每种 ${times} 次，PostgreSQL ${server!.v}，${os.cpus().length} 核，开始时负载 ${os.loadavg()[0]!.toFixed(1)}\n`)
  row('什么', '谁', 'p50 ms', 'p95', '最长')
  row(...Array<string>(5).fill('--'))
  const deep = await (async () => { let next: string | null = null; for (let i = 0; i < 50; i++) next = (await ask(org.adminToken, `${at}/timeline?limit=50${next ? `&before=${next}` : ''}`)).next; return next })()
  for (const [who, token] of [['管理员', org.adminToken], ['前台（本站）', station.receptionToken]] as const) {
    for (const [label, url] of [['往来，第一页', `${at}/timeline`], ['往来，第 2500 件以后', `${at}/timeline?before=${deep ?? ''}`], ['往来，只看服务', `${at}/timeline?kinds=service`], ['往来，按字', `${at}/timeline?q=${encodeURIComponent('开不了机 99')}`], ['页头与数字', `${at}/head`]] as const) {
      for (let i = 0; i < 10; i++) await ask(token, url)
      const ms: number[] = []
      for (let i = 0; i < times; i++) ms.push((await ask(token, url)).ms)
      const s = ms.toSorted((a, b) => a - b)
      row(label, who, round(percentile(s, 0.5), 1), round(percentile(s, 0.95), 1), round(s.at(-1)!, 1))
    }
  }
  console.log(`\n结束时负载 ${os.loadavg()[0]!.toFixed(1)}`)
} finally {
  await app.close()
  await owner.end()
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
}
