import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createRuntime } from '@quancheng/kernel'
import { openDatabase } from '../apps/server/src/database.ts'
import { modules } from '../apps/server/src/modules.ts'
import { cpuOf, cpuOfServer } from './cpu.ts'
import { load } from './load/index.ts'
import { makeOrganisation } from './load/organisation.ts'
import { postmasterOf, startQuancheng } from './program.ts'

/*
 * What a look at the statistics of a process costs, over HTTP, in CPU ms of the program and of PostgreSQL: the first look, the next one at the
 * same data, one by a person with another scope, one with other dates, one after some cases have changed, the other pages.
 */
const { values: o } = parseArgs({ options: { size: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '5' }, changed: { type: 'string', default: '20' } } })
const size = Number(o.size), rounds = Number(o.rounds), changed = Number(o.changed)
const say = (line: string): void => { process.stderr.write(`${line}\n`) }
const dataDir = mkdtempSync(path.join(os.tmpdir(), 'quancheng-bench-'))
const config = { port: 0, host: '', dataDir, databaseUrl: null, demo: false, trustProxy: false }
const median = (list: number[]): number => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

interface Cost { app: number; db: number; wall: number }

try {
  let program = await startQuancheng(dataDir, null)
  try {
    const db = await openDatabase(config)
    const client = await db.connectOwner()
    const runtime = createRuntime({ connection: db.app, modules, poolSize: 2 })
    const org = await makeOrganisation(runtime)
    const loaded = await load(client, org, runtime.metadata.base, size, say)
    await runtime.close()
    let postmaster = postmasterOf(dataDir)
    const look = async (token: string, query = '', page = 'statistics'): Promise<Cost & { status: number; body: string }> => {
      const before = { app: cpuOf(program.pid), db: cpuOfServer(postmaster), at: performance.now() }
      const r = await fetch(`http://127.0.0.1:${program.port}${page.startsWith('/') ? page : `/api/processes/repair/${page}`}${query}`, { headers: { authorization: `Bearer ${token}` } })
      const body = await r.text()
      const wall = performance.now() - before.at
      return { app: cpuOf(program.pid) - before.app, db: cpuOfServer(postmaster) - before.db, wall, status: r.status, body }
    }
    const rows: Array<[string, Cost | null]> = []
    const take = async (label: string, run: () => Promise<Cost & { status: number }>, times = rounds, prepare?: () => Promise<unknown>): Promise<void> => {
      const seen: Cost[] = []
      for (let i = 0; i < times; i++) {
        await prepare?.()
        const cost = await run()
        if (cost.status === 404) { rows.push([label, null]); return }
        if (cost.status !== 200) throw new Error(`${label}: ${cost.status}`)
        seen.push(cost)
      }
      rows.push([label, { app: median(seen.map(c => c.app)), db: median(seen.map(c => c.db)), wall: median(seen.map(c => c.wall)) }])
    }
    // a request that has nothing to do with it warms the connections and the sign-in
    for (let i = 0; i < 3; i++) await fetch(`http://127.0.0.1:${program.port}/api/processes`, { headers: { authorization: `Bearer ${org.adminToken}` } })
    const first = await look(org.adminToken)
    const { counts } = JSON.parse(first.body) as { counts: { cases: number; steps: number } }
    rows.push(['第一次看（程序刚启动） first look', first])
    await take('再看一次 again, nothing changed', () => look(org.adminToken), rounds * 3)
    await take('换一个时间算法 another measure, then both again', () => look(org.adminToken, '?measure=waiting'), rounds)
    await take('大区的人看（另一个范围） a region manager', () => look(org.regionToken), 1)
    await take('大区的人再看 the same again', () => look(org.regionToken), rounds * 3)
    await take('只看一段时间 other dates', () => look(org.adminToken, `?from=2026-0${1 + rows.length % 9}-01`), 1)
    const touch = () => client.query('update process_instance set label = label where id in (select id from process_instance order by started_at desc limit $1)', [changed])
    await take(`改了 ${changed} 个案例之后 after ${changed} cases changed`, () => look(org.adminToken), rounds, touch)
    await take('流程图的数据 heat', () => look(org.adminToken, '', 'heat'), 1)
    await take('与模型对照 conformance', () => look(org.adminToken, '', 'conformance'), 1)
    await take('再对照一次 conformance again', () => look(org.adminToken, '', 'conformance'), rounds)
    await take('数量与结构 review', () => look(org.adminToken, '', 'review'), 1)
    await take('点图 dotted chart, 10,000 cases', () => look(org.adminToken, '', 'dots'), 1)
    // all of them: the analysis keeps nothing, it asks the database every time
    const everything = '?basis=started&from=2020-01-01&by='
    await take('服务分析 service analysis, by station', () => look(org.adminToken, `${everything}station`, '/api/insight/service'), rounds)
    await take('服务分析 by person', () => look(org.adminToken, `${everything}person`, '/api/insight/service'), rounds)
    await take('服务分析的明细 its rows', () => look(org.adminToken, '?basis=started&from=2020-01-01&stage=repair', '/api/insight/service/rows'), rounds)
    await take('站长视图 team', () => look(org.adminToken, '', '/api/insight/team'), rounds)
    await take('导出 XES export', () => look(org.adminToken, '?format=xes', 'log'), 1)
    await client.end()
    await db.close()
    await program.stop()
    // the database server goes with the last program that uses it
    program = await startQuancheng(dataDir, null)
    postmaster = postmasterOf(dataDir)
    for (let i = 0; i < 3; i++) await fetch(`http://127.0.0.1:${program.port}/api/processes`, { headers: { authorization: `Bearer ${org.adminToken}` } })
    const again = await look(org.adminToken)
    rows.push(['重启后第一次 first after a restart', again])
    console.log(`${counts.cases} 个案例 cases，${counts.steps} 步 steps；CPU 毫秒 ms，中位数 medians（${loaded.megabytes} MB）\n`)
    console.log('| | 程序 app | PostgreSQL | 合计 total | 墙上 wall |\n|---|--:|--:|--:|--:|')
    for (const [label, c] of rows) console.log(c ? `| ${label} | ${c.app} | ${c.db} | ${c.app + c.db} | ${Math.round(c.wall)} |` : `| ${label} | – | – | – | – |`)
  } finally { await program.stop() }
} finally { rmSync(dataDir, { recursive: true, force: true }) }
