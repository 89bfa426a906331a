import { create, storeNew, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import approvals from '@quancheng/approvals'
import contracts from '@quancheng/contracts'
import customers from '@quancheng/customers'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import planning from '../index.ts'

/** A group with two blocks and their people; `deal` writes an opportunity as it stands, without its process. */
export async function house(clock = '2026-11-22T01:00:00Z', modules: readonly ModuleSpec[] = []) {
  const app = await testApp({ modules: [org, processModule, approvals, customers, paper, sales, quotes, contracts, planning, ...modules], clock, worker: true })
  const make = (entity: string, values: Record<string, unknown>): Promise<string> => app.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get(entity), values)).id)
  const group = await make('unit', { code: 'G', name: '衡川集团', kind: 'group' }), north = await make('unit', { code: 'N', name: '华北板块', kind: 'block', parentId: group }), south = await make('unit', { code: 'S', name: '华南板块', kind: 'block', parentId: group })
  const roles = Object.fromEntries((await app.system(ctx => ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id]))).map(r => [r.code, r.id]))
  const person = (username: string, name: string, unitId: string, ...codes: string[]) => app.person({ username, name, unitId, roleIds: codes.map(c => roles[c]!) })
  const people = { sun: await person('sun', '孙销售', north, 'sales'), li: await person('li', '李销售', north, 'sales'), lead: await person('lead', '北负责人', north, 'blockLead', 'deptManager'), other: await person('other', '南负责人', south, 'blockLead'), market: await person('market', '市场营销部', group, 'marketing'), board: await person('board', '集团管理层', group, 'groupManager'), director: await person('director', '钱总监', group, 'director') }
  const customer = await make('customer', { name: '澄湖能源', kind: 'company', unitId: north, ownerId: people.sun.userId })
  let n = 0
  /** rows that other modules' acts would have made on other days */
  const put = (table: string, values: Record<string, unknown>): Promise<string> => app.system(async ctx => {
    const all: Record<string, unknown> = { tenant_id: ctx.tenant.id, version: 1, created_at: ctx.now(), updated_at: ctx.now(), ...values }, keys = Object.keys(all)
    const [row] = await ctx.query<{ id: string }>(`insert into ${table} (id, ${keys.map(k => `"${k}"`).join(', ')}) values (gen_random_uuid(), ${keys.map((_, i) => `$${i + 1}`).join(', ')}) returning id`, Object.values(all))
    return row!.id
  })
  const deal = (values: Record<string, unknown> = {}): Promise<string> => put('opportunity', { number: `T${++n}`, name: `商机${n}`, customer_id: customer, unit_id: north, owner_id: people.sun.userId, amount: '100000', close_on: '2026-12-31', stage: 'quote', chance: 40, outcome: 'open', ...values })
  const rows = <T extends object>(text: string, ...values: unknown[]): Promise<T[]> => app.system(ctx => ctx.query<T & Record<string, unknown>>(text, [ctx.tenant.id, ...values]))
  const stored = (entity: string, values: Record<string, unknown>): Promise<string> => app.system(async ctx => String((await storeNew(ctx, ctx.entities.get(entity), values)).id))
  return { app, make, put, deal, rows, stored, group, north, south, roles, customer, ...people }
}
export const ok = (r: { status: number; body: any }, status = 200): any => { if (r.status !== status) throw new Error(`${r.status} ${JSON.stringify(r.body)}`); return r.body }
