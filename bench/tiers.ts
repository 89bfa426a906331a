import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { create, createRuntime, createTenant, setupTenant, systemAct, tenantIds } from '@quancheng/kernel'
import { startRun, tiersJob } from '@quancheng/keyaccounts'
import { openDatabase } from '../apps/server/src/database.ts'
import { modules as product } from '../apps/server/src/modules.ts'
import { cpuOfServer } from './cpu.ts'
import { postmasterOf } from './program.ts'

/*
 * SA-12: every account of the programme judged anew. The first pass writes a standing, a level and a row of history for each; a second one finds what
 * has changed since (a hundredth of the accounts here); a third finds nothing. Pages are run one after the other as the background does, each with its commit.
 */
const NEEDED = ['process', 'org', 'customers', 'paper', 'service', 'automation', 'decisions', 'notices', 'sales', 'quotes', 'contracts', 'keyaccounts']
const modules = product.filter(m => NEEDED.includes(m.name))
const { values: o } = parseArgs({ options: { accounts: { type: 'string', default: '10000' }, orders: { type: 'string', default: '4' } } })
const accounts = Number(o.accounts.replaceAll('_', '')), perAccount = Number(o.orders)
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))

try {
  const db = await openDatabase({ port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false, join: null })
  const runtime = createRuntime({ connection: db.app, modules, poolSize: 4 })
  const owner = await db.connectOwner()
  if ((await tenantIds(runtime)).length === 0) await createTenant(owner, { code: 'bench', name: '量度' })
  const tenant = (await tenantIds(runtime))[0]!
  await setupTenant(runtime, tenant.id)
  const unitId = await systemAct(runtime, tenant.id, 'bench', async ctx => (await create(ctx, ctx.entities.get('unit'), { code: 'HQ', name: '本部', kind: 'hq' })).id as string)
  // the world is loaded past the program: only the passes are measured
  await owner.query("insert into customer (tenant_id, id, version, created_at, updated_at, name, kind, unit_id, tier, standing, level, annual_purchase, ext) select $1, gen_random_uuid(), 1, now(), now(), '客户' || n, 'company', $2, 'ordinary', 'customer', 10, (n % 1000) * 12000, '{}' from generate_series(1, $3::int) n", [tenant.id, unitId, accounts])
  await owner.query("insert into sales_order (tenant_id, id, version, created_at, updated_at, number, customer_id, unit_id, channel, state, ordered_on, amount, ext) select $1, gen_random_uuid(), 1, now(), now(), 'B' || row_number() over (), c.id, $2, 'sales', 'confirmed', current_date - (g * 60), (('x' || substr(md5(c.id::text || g), 1, 6))::bit(24)::int % 400000) + 100, '{}' from customer c, generate_series(1, $3::int) g where c.tenant_id = $1", [tenant.id, unitId, perAccount])
  await owner.query('vacuum analyze customer; ').catch(() => undefined)
  await owner.query('vacuum analyze sales_order')
  const postmaster = postmasterOf(dataDir)
  const pass = async (name: string): Promise<void> => {
    const began = performance.now(), cpu = process.cpuUsage(), server = cpuOfServer(postmaster)
    const id = await systemAct(runtime, tenant.id, 'bench', ctx => startRun(ctx, 'hand'))
    for (;;) {
      const over = await systemAct(runtime, tenant.id, 'bench', async ctx => { await tiersJob(ctx, { id }); return (await ctx.query<{ state: string }>('select state from tier_run where tenant_id = $1 and id = $2', [tenant.id, id]))[0]!.state !== 'running' })
      if (over) break
    }
    const seconds = (performance.now() - began) / 1000, own = process.cpuUsage(cpu)
    const { rows: [run] } = await owner.query('select changed from tier_run where tenant_id = $1 and id = $2', [tenant.id, id])
    process.stdout.write(`${name.padEnd(28)} ${accounts} accounts, ${run.changed} changed: ${seconds.toFixed(1)} s wall, ${((own.user + own.system) / 1e6).toFixed(1)} s CPU here, ${((cpuOfServer(postmaster) - server) / 1000).toFixed(1)} s CPU of PostgreSQL, load ${os.loadavg()[0]!.toFixed(1)}\n`)
  }
  process.stdout.write(`${accounts} accounts, ${accounts * perAccount} orders\n`)
  await pass('first (everything is new)')
  for (const table of ['customer', 'customer_standing', 'audit', 'sales_order']) await owner.query(`vacuum analyze ${table}`)
  await owner.query("update sales_order set amount = amount + 50000 where tenant_id = $1 and customer_id in (select id from customer where tenant_id = $1 order by id limit $2)", [tenant.id, Math.ceil(accounts / 100)])
  await pass('second (one in a hundred)')
  await pass('third (nothing new)')
  await owner.end()
  await runtime.close()
  await db.close()
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}
