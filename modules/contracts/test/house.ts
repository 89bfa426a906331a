import assert from 'node:assert/strict'
import automation from '@quancheng/automation'
import customers from '@quancheng/customers'
import { create, storeNew, type Ctx, type ModuleSpec } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import service from '@quancheng/service'
import contracts from '../index.ts'

export interface House { app: TestApp; unit: string; other: string; customerId: string; productId: string; li: Caller; wang: Caller; lead: Caller; finance: Caller; admin: Caller }

/** A block with two sellers, its lead, and finance; a company that buys. Sunday 2026-11-22, nine in the morning in Hangzhou. */
export async function house(o: { clock?: string; modules?: readonly ModuleSpec[] } = {}): Promise<House> {
  const app = await testApp({ modules: [org, customers, processModule, paper, service, automation, sales, quotes, contracts, ...(o.modules ?? [])], clock: o.clock ?? '2026-11-22T01:00:00Z', worker: true })
  const made = await app.system(async ctx => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '衡川集团', 'group'), units = { east: await unit('EAST', '华东版块', 'block', group), west: await unit('WEST', '西部版块', 'block', group) }
    const roles = await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])
    const line = await create(ctx, ctx.entities.get('productLine'), { code: 'XS', name: '显示' })
    const product = await create(ctx, ctx.entities.get('product'), { code: 'M27', name: '显示器 27 寸', productLineId: line.id })
    return { units, role: Object.fromEntries(roles.map(r => [r.code, r.id])), productId: product.id }
  })
  const person = (username: string, name: string, role: string, unitId = made.units.east) => app.person({ username, name, unitId, roleIds: [made.role[role]!] })
  const li = await person('li', '李销', 'sales')
  const customer = await ok(li.post('/api/customers', { name: '云河科技有限公司', kind: 'company', unitId: made.units.east, ownerId: li.userId, address: '杭州市西湖区 1 号', taxNumber: '91330100MA2XXXX00A' }), 201)
  return {
    app, unit: made.units.east, other: made.units.west, customerId: customer.id, productId: made.productId, li,
    wang: await person('wang', '王销', 'sales', made.units.west), lead: await person('lead', '陈版', 'blockLead'), finance: await person('finance', '孙财', 'finance'), admin: await person('admin2', '管理员', 'admin'),
  }
}

/* a test asks for the fields it knows of */
/* oxlint-disable typescript/no-explicit-any */
export async function ok(asked: Promise<{ status: number; body: any }>, status = 200): Promise<any> {
  const r = await asked
  assert.equal(r.status, status, JSON.stringify(r.body))
  return r.body
}
export async function refused(asked: Promise<{ status: number; body: any }>, code: string, status = 409): Promise<any> {
  const r = await asked
  assert.deepEqual([r.status, r.body.code], [status, code], JSON.stringify(r.body))
  return r.body.details
}

/** A quote in a state, with one line of 100 000 in all: written past the quotes module, whose business its states are. */
export const quoteOf = (h: House, o: { state?: string; quantity?: string; unitPrice?: string; amount?: string } = {}): Promise<string> => h.app.system(async (ctx: Ctx) => {
  const quote = await storeNew(ctx, ctx.entities.get('quote'), { title: '显示器采购', customerId: h.customerId, unitId: h.unit, ownerId: h.li.userId, state: o.state ?? 'accepted', discount: '0', amount: o.amount ?? '100000.00' })
  await ctx.query("insert into quote_line (tenant_id, id, version, created_at, updated_at, ext, quote_id, position, product_id, item, unit, quantity, unit_price, discount, amount) values ($1, gen_random_uuid(), 1, now(), now(), '{}', $2, 1, $3, '显示器 27 寸', '台', $4, $5, 0, $6)", [ctx.tenant.id, quote.id, h.productId, o.quantity ?? '100', o.unitPrice ?? '1000.00', o.amount ?? '100000.00'])
  await ctx.query("update quote set state = $3, amount = $4 where tenant_id = $1 and id = $2", [ctx.tenant.id, quote.id, o.state ?? 'accepted', o.amount ?? '100000.00'])
  return quote.id as string
})

export async function approve(h: House, who: Caller, entity: string, id: string, outcome: 'approve' | 'reject' = 'approve', comment?: string): Promise<void> {
  const tasks = (await ok(who.get('/api/tasks?box=mine'))).items as Array<{ id: string; entity: string; recordId: string }>
  const task = tasks.find(t => t.entity === entity && t.recordId === id)
  assert.ok(task, `no task on ${entity}: ${JSON.stringify(tasks)}`)
  await ok(who.post(`/api/tasks/${task.id}/complete`, { outcome, ...(comment ? { comment } : {}) }))
}

/** A contract in force, from an accepted quote. */
export async function signed(h: House, o: { quantity?: string; unitPrice?: string; amount?: string; signedOn?: string; validUntil?: string } = {}): Promise<string> {
  const { id } = await ok(h.li.post(`/api/quotes/${await quoteOf(h, o)}/contract`), 201)
  if ((await ok(h.li.post(`/api/contracts/${id}/submit`))).state === 'approving') await approve(h, h.lead, 'contract', id)
  await ok(h.li.post(`/api/contracts/${id}/sign`, { ...(o.signedOn ? { signedOn: o.signedOn } : {}), ...(o.validUntil ? { validUntil: o.validUntil } : {}) }))
  return id
}
