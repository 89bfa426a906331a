import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { create, createApp, makeSecret, newId, systemAct, type Ctx } from '@quancheng/kernel'
import pg from 'pg'
import { openDatabase } from '../apps/server/src/database.ts'
import { prepareTenants } from '../apps/server/src/install.ts'
import { modules } from '../apps/server/src/modules.ts'
import { cpuOfServer } from './cpu.ts'
import { percentile, round } from './figures.ts'
import { makeOrganisation } from './load/organisation.ts'
import { postmasterOf } from './program.ts'

/*
 * SA-02, CU-01: the pipeline with three thousand open deals, and the list of a hundred thousand customers under five filters, for who sees the group,
 * a block and only what is theirs, through the whole of HTTP but the socket. The peer of the run is the same question as SQL written by hand, prepared,
 * with the same answer as JSON: no sign-in, no rights, no metadata. The caller runs in the program's own process; both carry it alike.
 */
const { values: v } = parseArgs({ options: { accounts: { type: 'string', default: '100000' }, deals: { type: 'string', default: '3000' }, times: { type: 'string', default: '100' } } })
const [accounts, deals, times] = [v.accounts, v.deals, v.times].map(n => Number(n.replaceAll('_', ''))) as [number, number, number]
const BLOCKS = 3, REPS = 10, STAGES = ['qualify', 'needs', 'quote', 'negotiate', 'sign']
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-sales-'))
const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false, join: null })
const owner = await db.connectOwner()
const app = await createApp({ connection: db.app, modules, worker: false, log: () => {}, poolSize: 4 })
const peer = new pg.Client(db.app)
const row = (...cells: Array<string | number>): void => { console.log(`| ${cells.join(' | ')} |`) }

async function sellers(ctx: Ctx, tenantId: string): Promise<{ blocks: string[]; reps: string[]; lead: string; rep: string }> {
  const roles = Object.fromEntries((await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [tenantId])).map(r => [r.code, r.id]))
  const [top] = await ctx.query<{ id: string }>("select id from unit where tenant_id = $1 and kind = 'group'", [tenantId])
  const make = async (entity: string, draft: Record<string, unknown>): Promise<string> => (await create(ctx, ctx.entities.get(entity), draft)).id
  const token = async (userId: string): Promise<string> => {
    const secret = makeSecret(tenantId, 'qct_')
    await ctx.query('insert into api_token (tenant_id, id, token_hash, user_id, name, created_at, used_at) values ($1,$2,$3,$4,$5,now(),now())', [tenantId, newId(), secret.hash, userId, 'bench'])
    return secret.token
  }
  const blocks: string[] = [], reps: string[] = []
  for (let b = 0; b < BLOCKS; b++) {
    blocks.push(await make('unit', { code: `BK${b}`, name: `板块 ${b}`, kind: 'block', parentId: top!.id }))
    for (let i = 0; i < REPS; i++) reps.push(await make('user', { username: `rep${b}${i}`, name: `销售 ${b}${i}`, unitId: blocks[b], roleIds: [roles.sales] }))
  }
  return { blocks, reps, lead: await token(await make('user', { username: 'lead', name: '负责人', unitId: blocks[0], roleIds: [roles.blockLead] })), rep: await token(reps[0]!) }
}

async function load(tenantId: string, blocks: string[], reps: string[]): Promise<void> {
  await owner.query('set session_replication_role = replica')
  await owner.query(`insert into customer (tenant_id, id, version, created_at, updated_at, ext, name, kind, unit_id, owner_id, tier, standing, account_type, province, city, annual_purchase)
    select $1, gen_random_uuid(), 1, now() - n * interval '5 minutes', now(), '{}', '客户 ' || n, 'company', ($2::uuid[])[1 + n % ${BLOCKS}], ($3::uuid[])[1 + (n % ${BLOCKS}) * ${REPS} + (n / ${BLOCKS}) % ${REPS}], (array['ordinary', 'silver', 'gold'])[1 + n % 3], (array['customer', 'customer', 'customer', 'prospect'])[1 + (n / 7) % 4],
      (array['general', 'enterprise', 'government', 'china500'])[1 + (n / 3) % 4], (array['浙江', '上海', '江苏', '广东', '四川'])[1 + (n / 11) % 5], '城 ' || n % 40, (n % 977) * 4000 from generate_series(1, $4::int) n`, [tenantId, blocks, reps, accounts])
  await owner.query(`insert into opportunity (tenant_id, id, version, created_at, updated_at, ext, number, name, customer_id, unit_id, owner_id, amount, close_on, stage, stage_at, chance, outcome)
    select c.tenant_id, gen_random_uuid(), 1, now() - n * interval '20 minutes', now(), '{}', 'SJ' || n, c.name || ' 终端更新', c.id, c.unit_id, c.owner_id, 1000 + (n * 7919) % 400000, current_date + (n % 90)::int, ($2::text[])[1 + n % 5], now() - (n % 40) * interval '1 day', 10 + (n % 5) * 17, 'open'
    from (select *, row_number() over (order by md5(id::text)) as n from customer where tenant_id = $1) c where n <= $3`, [tenantId, STAGES, deals])
  await owner.query('set session_replication_role = origin')
  for (const table of ['customer', 'opportunity', '"user"', 'unit']) await owner.query(`vacuum (analyze) ${table}`)
}

const FILTER = { kind: 'company', accountType: 'government', province: '浙江', standing: 'customer', annualPurchase: { gte: '1000000' } }
const BOARD_SUMS = "select stage, count(*)::int as n, sum(amount)::text as amount, sum(round(amount * coalesce(chance, 0) / 100, 2))::text as weighted from opportunity where tenant_id = $1 and outcome = 'open' and ($2::uuid is null or unit_id = $2) and ($3::uuid is null or owner_id = $3) group by stage"
const BOARD_CARDS = `select x.*, c.name as customer, u.name as owner from (select tenant_id, id, number, name, stage, customer_id, owner_id, amount::text, chance, close_on, stage_at, next_at, row_number() over (partition by stage order by close_on, id) as place
  from opportunity where tenant_id = $1 and outcome = 'open' and ($2::uuid is null or unit_id = $2) and ($3::uuid is null or owner_id = $3)) x
  left join customer c on c.tenant_id = x.tenant_id and c.id = x.customer_id left join "user" u on u.tenant_id = x.tenant_id and u.id = x.owner_id where x.place <= 30`
const LIST = `select c.*, u.name as unit, o.name as owner from customer c left join unit u on u.tenant_id = c.tenant_id and u.id = c.unit_id left join "user" o on o.tenant_id = c.tenant_id and o.id = c.owner_id
  where c.tenant_id = $1 and ($2::uuid is null or c.unit_id = $2) and ($3::uuid is null or c.owner_id = $3) and c.kind = 'company' and c.account_type = 'government' and c.province = '浙江' and c.standing = 'customer' and c.annual_purchase >= 1000000 order by c.name, c.id limit 50`

interface Cost { own: number; server: number; p50: number; p95: number; rows: number }
/** So many calls one after the other: CPU of this process and of PostgreSQL a call, and the wall. */
async function measure(postmaster: number, call: () => Promise<number>): Promise<Cost> {
  let rows = 0
  for (let i = 0; i < 10; i++) rows = await call()
  const ms: number[] = [], own = process.cpuUsage(), server = cpuOfServer(postmaster)
  for (let i = 0; i < times; i++) { const t = performance.now(); await call(); ms.push(performance.now() - t) }
  const used = process.cpuUsage(own), sorted = ms.toSorted((a, b) => a - b)
  return { own: round((used.user + used.system) / 1000 / times, 2), server: round((cpuOfServer(postmaster) - server) / times, 2), p50: round(percentile(sorted, 0.5), 1), p95: round(percentile(sorted, 0.95), 1), rows }
}

try {
  await prepareTenants(app.runtime, db, { demo: false, log: () => {} })
  const org = await makeOrganisation(app.runtime), T = org.tenantId
  const s = await systemAct(app.runtime, T, 'bench', ctx => sellers(ctx, T))
  await load(T, s.blocks, s.reps)
  await peer.connect()
  await peer.query(`set app.tenant = '${T}'`)
  const postmaster = postmasterOf(dataDir)
  const ask = (token: string, url: string, count: (body: Record<string, unknown>) => number) => async (): Promise<number> => {
    const r = await app.server.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
    if (r.statusCode !== 200) throw new Error(`${url}: ${r.statusCode} ${r.body.slice(0, 300)}`)
    return count(r.json() as Record<string, unknown>)
  }
  const byHand = (texts: readonly string[], unit: string | null, person: string | null) => async (): Promise<number> => {
    const answers = []
    for (const [i, text] of texts.entries()) answers.push((await peer.query({ name: `${texts.length}/${i}`, text, values: [T, unit, person] })).rows)
    return (JSON.parse(JSON.stringify(answers.at(-1))) as unknown[]).length
  }
  const { rows: [server] } = await owner.query<{ v: string }>("select current_setting('server_version') as v")
  console.log(`\n${accounts} 位客户，${deals} 个进行中商机，每种 ${times} 次，PostgreSQL ${server!.v}，${os.cpus().length} 核，开始时负载 ${os.loadavg()[0]!.toFixed(1)}\n`)
  row('什么', '谁', '行', '程序 CPU ms', '数据库 CPU ms', 'p50 ms', 'p95 ms', '对照：程序 CPU', '对照：数据库 CPU', '对照 p50')
  row(...Array<string>(10).fill('--'))
  const list = `/api/customers?limit=50&sort=name&filter=${encodeURIComponent(JSON.stringify(FILTER))}`
  for (const [who, token, unit, person] of [['管理员（全部）', org.adminToken, null, null], ['板块负责人', s.lead, s.blocks[0]!, null], ['业务人员（自己的）', s.rep, null, s.reps[0]!]] as const) {
    for (const [what, call, texts] of [
      ['商机看板', ask(token, '/api/opportunities/pipeline', b => (b.lanes as Array<{ cards: unknown[] }>).reduce((n, l) => n + l.cards.length, 0)), [BOARD_SUMS, BOARD_CARDS]],
      ['客户列表，五个条件', ask(token, list, b => (b.items as unknown[]).length), [LIST]],
    ] as const) {
      const a = await measure(postmaster, call), b = await measure(postmaster, byHand(texts, unit, person))
      if (a.rows !== b.rows) throw new Error(`${what} ${who}: ${a.rows} 行，对照 ${b.rows} 行`)
      row(what, who, a.rows, a.own, a.server, a.p50, a.p95, b.own, b.server, b.p50)
    }
  }
  console.log(`\n结束时负载 ${os.loadavg()[0]!.toFixed(1)}`)
} finally {
  await peer.end().catch(() => {})
  await app.close()
  await owner.end()
  await db.close()
  rmSync(dataDir, { recursive: true, force: true })
}
