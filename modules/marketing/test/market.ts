import assert from 'node:assert/strict'
import automation from '@quancheng/automation'
import contracts from '@quancheng/contracts'
import { create, storeMany, type Ctx } from '@quancheng/kernel'
import type { Caller } from '@quancheng/kernel/testing'
import notices, { atWork } from '@quancheng/notices'
import quotes from '@quancheng/quotes'
import sales from '@quancheng/sales'
import { station, type Station } from '@quancheng/service/testing'
import marketing from '../index.ts'

/* a test asks for the fields it knows of */
/* oxlint-disable typescript/no-explicit-any */
export interface Market extends Station {
  market: Caller
  jia: Caller
  settled(): Promise<void>
  customer(values?: Record<string, unknown>): Promise<string>
  consents(customerId: string, values?: Record<string, unknown>): Promise<void>
  segment(rule: unknown): Promise<string>
  campaign(plan: Record<string, unknown>, steps: Array<Record<string, unknown>>, values?: Record<string, unknown>): Promise<string>
  order(customerId: string, amount: string, values?: Record<string, unknown>): Promise<string>
  repairs(customerId: string, at: string, n: number): Promise<void>
  channel(values: Record<string, unknown>): Promise<string>
  figures(id: string): Promise<Record<string, any>>
}

export const ok = (r: { status: number; body: any }, status = 200): any => { assert.equal(r.status, status, JSON.stringify(r.body)); return r.body }

let seq = 0

/** The station of the spec with everything that sells, and the marketing department; Monday 2026-11-23, 09:02:10. */
export async function market(): Promise<Market> {
  const s = await station({ worker: true, modules: [automation, notices, sales, quotes, contracts, marketing] })
  const person = (username: string, name: string, role: string) => s.app.person({ username, name, unitId: s.units.hq, roleIds: [s.roleIds[role]!] })
  const who = await person('shichang', '市场营销部', 'marketing'), jia = await person('jia', '销售甲', 'sales')
  const [setting] = ok(await s.admin.get('/api/notice-settings')).items
  ok(await s.admin.patch(`/api/notice-settings/${setting.id}`, { baseUrl: 'https://fw.example.com' }))
  const make = (entity: string, input: Record<string, unknown>): Promise<string> => s.app.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get(entity), input)).id)
  return {
    ...s, market: who, jia,
    async settled() { for (let i = 0; i < 4; i++) { await s.app.worker!.idle(); await atWork(s.app.runtime).idle() } },
    customer: values => make('customer', { name: `客户${++seq}`, phone: `139${String(seq).padStart(8, '0')}`, unitId: s.units.HZ01, ownerId: jia.userId, city: '杭州', ...values }),
    consents: async (customerId, values) => { await make('consent', { customerId, purpose: 'marketing', channel: 'any', given: 'yes', evidence: '登记单', ...values }) },
    async segment(rule) { const { id } = ok(await who.post('/api/segments', { name: `细分${++seq}` }), 201); ok(await who.post(`/api/segments/${id}/rule`, { rule })); return id },
    async campaign(plan, steps, values) {
      const { id } = ok(await who.post('/api/campaigns', { code: `HD${++seq}`, name: '换新活动', unitId: s.units.hq, ownerId: who.userId, ...values }), 201)
      ok(await who.post(`/api/campaigns/${id}/plan`, { trigger: 'time', controlPercent: 0, purpose: 'marketing', ...plan, steps: steps.map(x => ({ kind: 'message', channel: 'usual', afterDays: 0, onlyIf: 'noReply', text: '{{客户}}您好', ...x })) }))
      return id
    },
    async order(customerId, amount, values) {
      const id = await make('salesOrder', { customerId, unitId: s.units.hq, ownerId: jia.userId, ...values })
      await make('orderLine', { orderId: id, item: '笔记本', quantity: '1', unitPrice: amount, ...(values?.$line as object | undefined) })
      ok(await who.post(`/api/sales-orders/${id}/confirm`))
      return id
    },
    repairs: (customerId, at, n) => s.app.system(async ctx => { await storeMany(ctx, ctx.entities.get('serviceRequest'), Array.from({ length: n }, () => ({ draft: { number: `R${++seq}`, startedAt: new Date(at), stage: 'collected', unitId: s.units.HZ01, productLineId: s.lineId, customerId, trackToken: `t${seq}` } }))) }),
    async channel(values) { return ok(await s.admin.post('/api/notices/channels', { name: String(values.kind), ...values })).id },
    async figures(id) { const f = ok(await who.get(`/api/campaigns/${id}/figures`)); return { ...Object.fromEntries([...f.funnel, ...f.money].map((x: any) => [x.key, x])), roi: f.roi } },
  }
}
