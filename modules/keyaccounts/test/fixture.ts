import automation from '@quancheng/automation'
import contracts from '@quancheng/contracts'
import customers from '@quancheng/customers'
import decisions from '@quancheng/decisions'
import { create, storeMany, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import notices from '@quancheng/notices'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import paper from '@quancheng/paper'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import service from '@quancheng/service'
import keyaccounts from '../index.ts'

// quotes and contracts are not approved here
const noApprovals = (m: ModuleSpec): ModuleSpec => ({ ...m, setup: async () => {} })

/** A group with head office and two provinces, a worker, and the people who sell. The clock stands at Sunday 22 November 2026, 09:00. */
export async function world() {
  const app = await testApp({ modules: [processModule, org, customers, paper, service, automation, decisions, notices, sales, noApprovals(quotes), noApprovals(contracts), keyaccounts], clock: '2026-11-22T01:00:00Z', worker: true })
  const unit = (code: string, name: string, kind: string, parentId: string | null) => app.system(async ctx => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id as string)
  const hq = await unit('HQ', '集团', 'group', null)
  const units = { hq, js: await unit('JS', '江苏板块', 'block', hq), zj: await unit('ZJ', '浙江板块', 'block', hq) }
  const roleIds = Object.fromEntries((await app.owner.query<{ id: string; code: string }>('select id, code from role')).rows.map(r => [r.code, r.id]))
  const person = (username: string, name: string, role: string, unitId: string) => app.person({ username, name, unitId, roleIds: [roleIds[role] ?? assert(role)] })
  const admin = await person('admin2', '总管', 'admin', hq)
  let n = 0
  /** As sellers would have entered it, in a line. */
  const customer = (o: Record<string, unknown> = {}) => app.system(async ctx => (await create(ctx, ctx.entities.get('customer'), { name: `客户${++n}`, kind: 'company', unitId: hq, ...o })).id)
  const orders = (rows: ReadonlyArray<{ customerId: string; amount: number; on: string; unitId?: string; state?: string; lines?: ReadonlyArray<Record<string, unknown>> }>) => app.system(ctx => addOrders(ctx, hq, rows))
  return { app, units, roleIds, person, admin, customer, orders, at: (wall: string) => app.clock!.set(`${wall.replace(' ', 'T')}:00+08:00`), idle: () => app.worker!.idle() }
}
const assert = (role: string): never => { throw new Error(`no role ${role}`) }

/** Orders with their lines, as history: no event leaves. */
export async function addOrders(ctx: Ctx, unitId: string, rows: ReadonlyArray<{ customerId: string; amount: number; on: string; unitId?: string; state?: string; lines?: ReadonlyArray<Record<string, unknown>> }>): Promise<void> {
  const made = await storeMany(ctx, ctx.entities.get('salesOrder'), rows.map(r => ({ draft: { customerId: r.customerId, unitId: r.unitId ?? unitId, state: r.state ?? 'confirmed', orderedOn: r.on, amount: r.amount.toFixed(2), channel: 'sales' } })))
  const lines = rows.flatMap((r, i) => (r.lines ?? []).map((l, k) => ({ draft: { orderId: made[i]!.id, position: k + 1, customerId: r.customerId, orderedOn: r.on, unit: '公里', unitPrice: '1.00', ...l } })))
  if (lines.length) await storeMany(ctx, ctx.entities.get('orderLine'), lines)
}
