import type pg from 'pg'
import { asSystem } from './act.ts'
import type { Ctx } from './context.ts'
import { newId } from './ids.ts'
import type { Runtime } from './runtime.ts'
import { withTx } from './store/tx.ts'

/** Makes a tenant (as the database's owner) and lets every module lay its foundations in it. Returns its id; known codes are left alone. */
export async function createTenant(owner: pg.Client | pg.PoolClient, t: { code: string; name: string; timeZone?: string }): Promise<string> {
  const id = newId()
  const { rows } = await owner.query<{ id: string }>(
    `insert into tenant (id, code, name, time_zone) values ($1, $2, $3, $4) on conflict (code) do update set code = excluded.code returning id`, [id, t.code, t.name, t.timeZone ?? 'Asia/Shanghai'])
  return rows[0]!.id
}

/** Runs every module's `setup` for a tenant, each in its own transaction; they are idempotent. */
export async function setupTenant(runtime: Runtime, tenantId: string): Promise<void> {
  for (const m of runtime.modules) {
    if (!m.setup) continue
    await withTx(runtime.pool, { tenantId }, tx => asSystem(runtime, tx, tenantId, `setup ${m.name}`, (ctx: Ctx) => m.setup!(ctx)))
  }
}

export const tenantIds = (runtime: Runtime): Promise<Array<{ id: string; code: string; name: string }>> =>
  withTx(runtime.pool, { readOnly: true }, tx => tx.query<{ id: string; code: string; name: string }>('select id, code, name from tenant order by no'))
