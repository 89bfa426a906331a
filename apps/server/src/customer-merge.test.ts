import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { modules } from './modules.ts'

const app = await testApp({ modules, clock: '2026-11-22T01:00:00Z' })

test('CU-07 in the whole installation two companies become one, with the rows of every module that knows them, and two again', async () => {
  const [a, b, unitId, role] = await app.system(async ctx => {
    const unit = (await create(ctx, ctx.entities.get('unit'), { code: 'HZ01', name: '杭州一站', kind: 'station' })).id
    const make = async (name: string) => (await create(ctx, ctx.entities.get('customer'), { name, kind: 'company', phone: '13877770001', unitId: unit })).id
    const [r] = await ctx.query<{ id: string }>("select id from role where tenant_id = $1 and code = 'admin'", [ctx.tenant.id])
    return [await make('云启科技有限公司'), await make('云启科技股份有限公司'), unit, r!.id]
  })
  const admin = await app.person({ username: 'adm', unitId, roleIds: [role] })
  assert.equal((await admin.post('/api/sales-orders', { customerId: b, unitId, channel: 'web', orderedOn: '2026-11-19' })).status, 201)
  const merged = await admin.post(`/api/customers/${a}/merge`, { mergedId: b })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
  assert.equal((await admin.get('/api/sales-orders')).body.items[0].customerId, a)
  assert.equal((await admin.post(`/api/customer-merges/${merged.body.id}/undo`, {})).status, 200)
  assert.equal((await admin.get('/api/sales-orders')).body.items[0].customerId, b)
})
