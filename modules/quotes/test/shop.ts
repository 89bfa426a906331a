import { create, type Ctx } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import approvals from '@quancheng/approvals'
import customers from '@quancheng/customers'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import sales from '@quancheng/sales'
import quotes from '../index.ts'

type Id = string
export interface Shop {
  app: TestApp
  unit: Record<'group' | 'hq' | 'north' | 'south', Id>
  who: Record<'sun' | 'li' | 'lead' | 'other' | 'boss' | 'market', Caller>
  customer: Id; laptop: Id; cable: Id
  make(entity: string, values: Record<string, unknown>): Promise<Id>
  /** a draft of 孙's with ten laptops at ¥10 000 */
  draft(o?: { discount?: string; lines?: Array<Record<string, unknown>>; quote?: Record<string, unknown> }): Promise<Id>
  row(id: Id): Promise<Record<string, any>>
  lines(id: Id): Promise<Array<Record<string, any>>>
  task(who: Caller, id: Id): Promise<string | null>
}

/** Two blocks under a group, a price book, a customer. Sunday 22 November 2026, nine in the morning in Shanghai. */
export async function shop(o: { worker?: boolean } = {}): Promise<Shop> {
  const app = await testApp({ modules: [org, processModule, approvals, customers, paper, sales, quotes], clock: '2026-11-22T01:00:00Z', ...o })
  const make: Shop['make'] = (entity, values) => app.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get(entity), values)).id)
  const unit = async (code: string, name: string, kind: string, parentId?: string): Promise<Id> => make('unit', { code, name, kind, ...(parentId ? { parentId } : {}) })
  const group = await unit('G', '衡川集团', 'group'), units = { group, hq: await unit('HQ', '本部', 'hq', group), north: await unit('N', '华北板块', 'block', group), south: await unit('S', '华南板块', 'block', group) }
  const roles = Object.fromEntries((await app.system(ctx => ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id]))).map(r => [r.code, r.id]))
  const person = (username: string, name: string, unitId: Id, role: string) => app.person({ username, name, unitId, roleIds: [roles[role]!] })
  const who = {
    sun: await person('sun', '孙销售', units.north, 'sales'), li: await person('li', '李销售', units.north, 'sales'), lead: await person('lead', '周负责', units.north, 'blockLead'),
    other: await person('other', '吴负责', units.south, 'blockLead'), boss: await person('boss', '郑总', units.hq, 'groupManager'), market: await person('market', '冯市场', units.hq, 'marketing'),
  }
  const line = await make('productLine', { code: 'laptop', name: '笔记本' })
  const laptop = await make('product', { code: 'X1', name: '笔记本 X1', productLineId: line }), cable = await make('product', { code: 'C1', name: '电源线', productLineId: line })
  const book = await make('priceBook', { code: 'STD', name: '标准价 2026', validFrom: '2026-01-01', standard: true })
  await make('price', { priceBookId: book, productId: laptop, unitPrice: '10000', floorPrice: '7000', cost: '6000' })
  await make('price', { priceBookId: book, productId: cable, unit: '根', unitPrice: '0.05' })
  const customer = await make('customer', { name: '澄湖能源', kind: 'company', unitId: units.north, ownerId: who.sun.userId, mail: 'cg@example.com' })
  const shopOf: Shop = {
    app, unit: units, who, customer, laptop, cable, make,
    async draft(d = {}) {
      const made = await who.sun.post('/api/quotes', { title: '十台笔记本', customerId: customer, ...d.quote })
      if (made.status !== 201) throw new Error(made.raw.toString())
      const put = await who.sun.call('PUT', `/api/quotes/${made.body.id}/lines`, { lines: d.lines ?? [{ productId: laptop, quantity: '10' }], ...(d.discount ? { discount: d.discount } : {}) })
      if (put.status !== 200) throw new Error(put.raw.toString())
      return made.body.id
    },
    row: async id => (await app.system(ctx => ctx.query<Record<string, any>>('select *, amount::text as amount, list_amount::text as list_amount, rate::text as rate, margin::text as margin from quote where tenant_id = $1 and id = $2', [ctx.tenant.id, id])))[0]!,
    lines: id => app.system(ctx => ctx.query<Record<string, any>>('select * from quote_line where tenant_id = $1 and quote_id = $2 order by position', [ctx.tenant.id, id])),
    async task(caller, id) { return ((await caller.get('/api/tasks')).body.items as Array<Record<string, any>>).find(t => t.recordId === id)?.id ?? null },
  }
  return shopOf
}
