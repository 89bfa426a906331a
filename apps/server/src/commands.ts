import { createReadStream, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { createRuntime, systemAct, tenantIds, verifyAudit, type Runtime } from '@quancheng/kernel'
import { backupDatabase, restoreDatabase } from '@quancheng/kernel/install'
import { importLog } from '@quancheng/process'
import { readConfig } from './config.ts'
import { openDatabase, type Database } from './database.ts'
import { prepareTenants } from './install.ts'
import { allMigrations, makeMigration } from './migrations.ts'
import { modules } from './modules.ts'
import { permissionMatrix } from './permissions.ts'
import { start } from './start.ts'
import { becomeStation } from './station.ts'
import { VERSION } from './version.ts'

export interface Command { usage: string; about: string; run(args: string[]): Promise<number | void> }

const say = (line: string): void => { console.log(line) }

/** Runs something on the installation's database, started for it if need be, and lets go of everything afterwards. */
async function withDatabase<T>(run: (db: Database, runtime: Runtime) => Promise<T>): Promise<T> {
  const db = await openDatabase(readConfig())
  const runtime = createRuntime({ connection: db.app, modules, version: VERSION, poolSize: 4 })
  try { return await run(db, runtime) } finally { await runtime.close(); await db.close() }
}

async function tenantOf(runtime: Runtime, code: string | undefined): Promise<string> {
  const all = await tenantIds(runtime)
  const found = code ? all.find(t => t.code === code) : all[0]
  if (!found) throw new Error(code ? `没有企业“${code}”，现有：${all.map(t => t.code).join('、')}` : '还没有企业，请先运行 start')
  return found.id
}

const one = (args: readonly string[], what: string): string => args[0] ?? (() => { throw new Error(`缺少${what}`) })()

const joinOf = (args: readonly string[]): { url: string; code: string } => ({ url: one(args, '本部地址'), code: one(args.slice(1), '接入码') })

export const commands: Record<string, Command> = {
  start: {
    usage: 'start [--join 本部地址 接入码]', about: '启动（首次会建库、迁移、装入演示企业；--join 在新的数据目录里接入为站点节点）',
    async run(args) {
      const running = await start({ ...readConfig(), join: args[0] === '--join' ? joinOf(args.slice(1)) : null }, say)
      await new Promise<void>(resolve => { let asked = false; const stop = () => { if (!asked) { asked = true; resolve() } }; process.on('SIGINT', stop); process.on('SIGTERM', stop) })
      say('正在停止…')
      await running.stop()
    },
  },
  join: {
    usage: 'join 本部地址 接入码', about: '把新的数据目录（QUANCHENG_DATA）接入为站点节点，之后照常 start',
    async run(args) {
      const config = { ...readConfig(), join: joinOf(args) }, db = await openDatabase(config, say)
      try { await becomeStation(config, db, say) } finally { await db.close() }
    },
  },
  migrate: {
    usage: 'migrate [make 名称]', about: '更新数据库结构；make 由声明生成下一个迁移文件',
    async run(args) {
      if (args[0] === 'make') { const file = makeMigration(one(args.slice(1), '迁移名称')); say(file ? `已生成 ${path.relative(process.cwd(), file)}` : '声明与快照一致，无需迁移'); return }
      const db = await openDatabase(readConfig(), say)
      await db.close()
      say(db.migrated.length ? `已执行 ${db.migrated.length} 个迁移` : '数据库结构已是最新')
    },
  },
  demo: {
    usage: 'demo [play]', about: '装入演示企业（已有企业时不改动）；play 在运行中的演示里播放一个工作日：--speed 60 --from 08:50 --to 18:10 --station HZ01 --seed 1',
    async run(args) {
      if (args[0] === 'play') return (await import('./demo/play/command.ts')).playCommand(args.slice(1))
      if (args[0]) throw new Error(`没有 demo ${args[0]}，只有 demo 和 demo play`)
      return withDatabase(async (db, runtime) => { const { lines } = await prepareTenants(runtime, db, { demo: true, log: say }); lines.forEach(say) })
    },
  },
  'import-log': {
    usage: 'import-log 文件 [--name 名称] [--tenant 企业] [--check]', about: '导入 XES 或 CSV 事件日志（可为 .gz），作为已结束的案例',
    async run(args) {
      const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { name: { type: 'string' }, tenant: { type: 'string' }, check: { type: 'boolean' } } })
      const file = one(positionals, '文件')
      if (!existsSync(file)) throw new Error(`没有文件 ${file}`)
      return withDatabase(async (_db, runtime) => {
        const tenantId = await tenantOf(runtime, values.tenant)
        const began = performance.now()
        const r = await systemAct(runtime, tenantId, 'import-log', ctx => importLog(ctx, createReadStream(file), { name: values.name ?? path.basename(file), check: values.check ?? false }))
        for (const p of r.problems.slice(0, 200)) say(`第 ${p.row} 行${p.field ? ` ${p.field}` : ''}：${p.message}（${p.code}）`)
        if (r.problemCount) { say(`✗ 共 ${r.problemCount} 处问题，没有导入任何数据`); return 1 }
        say(`${values.check ? '可以导入' : '已导入'} ${r.format.toUpperCase()}：${r.cases} 个案例，${r.events} 个事件，${r.activities} 种活动，${r.people} 人，用时 ${((performance.now() - began) / 1000).toFixed(1)} 秒`)
        if (r.process) say(`流程 ${r.process.key}，见页面 /processes/${r.process.key}`)
        return 0
      })
    },
  },
  backup: {
    usage: 'backup 文件', about: '备份全部数据到一个压缩文件',
    run: args => withDatabase(async db => {
      const client = await db.connectOwner()
      try { const r = await backupDatabase({ client, file: path.resolve(one(args, '文件')), migrations: allMigrations().map(m => m.name), skip: ['public.migration'] }); say(`已备份 ${r.tables} 张表、${r.rows} 行，${(r.bytes / 1024 / 1024).toFixed(1)} MB`) } finally { await client.end() }
    }),
  },
  restore: {
    usage: 'restore 文件', about: '把备份恢复到空的数据库（QUANCHENG_DATA 指向新的数据目录）',
    run: args => withDatabase(async db => {
      const client = await db.connectOwner()
      try { const r = await restoreDatabase({ client, file: path.resolve(one(args, '文件')), migrations: allMigrations().map(m => m.name), skip: ['public.migration'] }); say(`已恢复 ${r.tables} 张表、${r.rows} 行（备份于 ${new Date(r.createdAt).toLocaleString('zh-CN')}）`) } finally { await client.end() }
    }),
  },
  permissions: {
    usage: 'permissions', about: '由声明重写 docs/permissions.md（标准角色的权限表）',
    run() { writeFileSync(new URL('../../../docs/permissions.md', import.meta.url), permissionMatrix()); say('已写 docs/permissions.md'); return Promise.resolve() },
  },
  verify: {
    usage: 'verify [--tenant 企业]', about: '核对全部变更记录的哈希链',
    async run(args) {
      const { values } = parseArgs({ args, options: { tenant: { type: 'string' } } })
      return withDatabase(async (_db, runtime) => {
        const r = await systemAct(runtime, await tenantOf(runtime, values.tenant), 'verify', ctx => verifyAudit(ctx))
        for (const b of r.broken.slice(0, 100)) say(`✗ ${b.entity} ${b.recordId} 第 ${b.seq} 条：${b.why}`)
        say(r.ok ? `✓ ${r.rows} 条变更记录完整` : `✗ ${r.rows} 条中有 ${r.broken.length} 处不符`)
        return r.ok ? 0 : 1
      })
    },
  },
  version: { usage: 'version', about: '版本', run: async () => { say(VERSION) } },
  help: { usage: 'help', about: '本说明', run: async () => { say(`全程 Quancheng ${VERSION}\n\n用法：npm run quancheng -- <命令>\n`); for (const c of Object.values(commands)) say(`  ${c.usage.padEnd(58)} ${c.about}`) } },
}
