import pg from 'pg'
import { hashPassword } from '../access/password.ts'
import { makeSecret } from '../access/token.ts'
import { asSystem } from '../act.ts'
import { createApp, type Connection, type RunningApp } from '../app.ts'
import type { Ctx } from '../context.ts'
import type { ModuleSpec } from '../module.ts'
import { create } from '../operations/write.ts'
import { migrationsFor } from '../store/install.ts'
import { ensureAppRole } from '../store/migrate.ts'
import { withTx } from '../store/tx.ts'
import { createTenant, setupTenant } from '../tenant.ts'
import { compileMetadata } from '../entity/registry.ts'
import { coreModule } from '../core/index.ts'
import { cleanups, testDatabase } from './database.ts'

export { runDue } from '../store/run-jobs.ts'

/** The two halves of a worker's round, for tests that decide when each runs. */
export { drainOutbox, runOneJob } from '../store/worker.ts'
export { statementsOf } from './statements.ts'
export { testDatabase } from './database.ts'

/** A clock that stands still until a test moves it. */
export interface TestClock { now: Date; set(at: string | Date): void; advance(minutes: number): void }
export const testClock = (start: string): TestClock => {
  const clock: TestClock = { now: new Date(start), set: at => { clock.now = new Date(at) }, advance: m => { clock.now = new Date(clock.now.getTime() + m * 60_000) } }
  return clock
}

export interface TestApp extends RunningApp {
  tenantId: string
  tenantIds: string[]
  owner: pg.Client
  connection: Connection
  clock: TestClock | null
  /** one act of the system in a tenant (default: the first) */
  system<T>(run: (ctx: Ctx) => Promise<T>, tenantId?: string): Promise<T>
  /** makes a role, a user and an API token; returns a caller bound to it */
  person(o: { username: string; name?: string; unitId?: string; roles?: Array<{ code: string; grants: Record<string, string[]>; fields?: Record<string, string> }>; roleIds?: string[] }, tenantId?: string): Promise<Caller>
  /** a caller without sign-in */
  anonymous: Caller
}

export interface Answered<T = any> { status: number; body: T; headers: Record<string, string | string[] | undefined>; raw: Buffer }
export interface Caller {
  userId: string
  token: string | null
  call<T = any>(method: string, url: string, body?: unknown, headers?: Record<string, string>): Promise<Answered<T>>
  get<T = any>(url: string): Promise<Answered<T>>
  post<T = any>(url: string, body?: unknown, headers?: Record<string, string>): Promise<Answered<T>>
  patch<T = any>(url: string, body?: unknown): Promise<Answered<T>>
  remove<T = any>(url: string): Promise<Answered<T>>
}

/** HTTP without a socket: the same routes, hooks and errors as over the wire. */
export function callerOf(app: RunningApp, userId: string, token: string | null): Caller {
  const c: Caller = {
    userId, token,
    async call(method, url, body, headers = {}) {
      const r = await app.server.inject({ method: method as 'GET', url, headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers }, ...(body === undefined ? {} : { payload: body as object }) })
      const text = r.body
      let parsed: unknown = text
      if (String(r.headers['content-type'] ?? '').includes('json') && text) parsed = JSON.parse(text)
      return { status: r.statusCode, body: parsed as never, headers: r.headers as Answered['headers'], raw: r.rawPayload }
    },
    get: url => c.call('GET', url),
    post: (url, body = {}, headers) => c.call('POST', url, body, headers),
    patch: (url, body) => c.call('PATCH', url, body),
    remove: url => c.call('DELETE', url),
  }
  return c
}

export const TEST_PASSWORD = 'Ceshi-Mima-2026'
let passwordHash: Promise<string> | null = null

/** A whole application on a fresh database: migrated, one tenant made, modules set up. Closed by itself when the file ends. */
export async function testApp(o: { modules?: readonly ModuleSpec[]; clock?: string; /** a clock of the test's own making */ now?: () => Date; worker?: boolean; tenants?: number } = {}): Promise<TestApp> {
  const modules = o.modules ?? []
  const compiled = compileMetadata([coreModule, ...modules].flatMap(m => m.entities ?? [])).base.all()
  const { owner: ownerConnection, name } = await testDatabase(migrationsFor(modules, compiled))
  const owner = new pg.Client(ownerConnection)
  await owner.connect()
  const role = await ensureAppRole(owner, name, 'test', compiled.filter(e => e.appendOnly).map(e => e.table))
  const connection: Connection = { ...ownerConnection, user: role.user, password: role.password }
  const clock = o.clock ? testClock(o.clock) : null
  const lines: Array<Record<string, unknown>> = []
  const app = await createApp({ connection, modules, worker: o.worker ?? false, log: l => { lines.push(l); if (process.env.QC_TEST_LOG) console.error(l) }, ...(o.now ? { now: o.now } : clock ? { now: () => clock.now } : {}), poolSize: 8 })
  const ids: string[] = []
  for (let i = 0; i < (o.tenants ?? 1); i++) ids.push(await createTenant(owner, { code: i ? `t${i + 1}` : 'main', name: i ? `第${i + 1}企业` : '主企业' }))
  for (const id of ids) await setupTenant(app.runtime, id)
  cleanups.push(async () => {
    await app.close()
    // a test may have restarted the server under the owner's connection
    const last = new pg.Client(ownerConnection)
    await last.connect()
    await last.query(`drop owned by ${role.user}`)
    await last.query(`drop role ${role.user}`)
    await last.end()
    await owner.end().catch(() => {})
  })
  const system: TestApp['system'] = (run, tenantId = ids[0]!) => withTx(app.runtime.pool, { tenantId }, tx => asSystem(app.runtime, tx, tenantId, 'test', run))
  return Object.assign(app, {
    tenantId: ids[0]!, tenantIds: ids, owner, connection, clock, system,
    anonymous: callerOf(app, '', null),
    async person(p: Parameters<TestApp['person']>[0], tenantId = ids[0]!) {
      passwordHash ??= hashPassword(TEST_PASSWORD)
      const hash = await passwordHash
      return system(async ctx => {
        const roleIds = [...(p.roleIds ?? [])]
        for (const r of p.roles ?? []) {
          const [known] = await ctx.query<{ id: string }>('select id from role where tenant_id = $1 and code = $2', [tenantId, r.code])
          roleIds.push(known?.id ?? (await create(ctx, ctx.entities.get('role'), { code: r.code, name: r.code, grants: r.grants, fields: r.fields ?? {} })).id)
        }
        let unitId = p.unitId
        if (!unitId) {
          const [known] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 order by id limit 1', [tenantId])
          unitId = known?.id ?? (await create(ctx, ctx.entities.get('unit'), { code: 'TOP', name: '集团', kind: 'group' })).id
        }
        const user = await create(ctx, ctx.entities.get('user'), { username: p.username, name: p.name ?? p.username, unitId, roleIds })
        await ctx.query('update "user" set password_hash = $3 where tenant_id = $1 and id = $2', [tenantId, user.id, hash])
        const secret = makeSecret(tenantId, 'qct_')
        await ctx.query('insert into api_token (tenant_id, id, token_hash, user_id, name, created_at) values ($1, gen_random_uuid(), $2, $3, $4, $5)', [tenantId, secret.hash, user.id, 'test', ctx.now()])
        return callerOf(app, user.id, secret.token)
      }, tenantId)
    },
  }) as TestApp
}
