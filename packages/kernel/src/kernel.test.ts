import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity } from './entity/define.ts'
import { f } from './entity/field.ts'
import { defineModule } from './module.ts'
import { testApp } from './testing/index.ts'

const Shop = defineEntity('shop', {
  label: ['门店', 'Shop'],
  fields: {
    number: f.serial(['编号', 'Number'], 'S{yyyy}-{0000}'),
    name: f.text(['名称', 'Name'], { required: true, search: 'name' }),
    phone: f.phone(['电话', 'Phone'], { search: 'code', personal: true }),
    size: f.choice(['规模', 'Size'], { small: ['小', 'Small'], big: ['大', 'Big'] }, { default: 'small' }),
    rent: f.money(['租金', 'Rent']),
    unitId: f.ref(['单位', 'Unit'], () => 'unit', { required: true }),
  },
  scope: { unit: 'unitId' },
  display: ['number', 'name'],
  list: ['number', 'name', 'size'],
  tenantFields: true,
})
const shops = defineModule({ name: 'shops', label: ['门店', 'Shops'], entities: [Shop] })
const ALL = Object.fromEntries(['read', 'create', 'update', 'remove', 'export', 'import', 'reveal', 'erase'].map(v => [`shop:${v}`, ['all']]))

test('a declared entity can be created, listed, found, changed and removed over HTTP', async () => {
  const app = await testApp({ modules: [shops], clock: '2026-11-22T01:00:00Z' })
  const boss = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: ALL }] })
  const { body: units } = await boss.get('/api/units')
  const unitId = units.items[0].id
  const made = await boss.post('/api/shops', { name: '西湖腾讯维修店', phone: '138 0000 0001', rent: '1200.5', unitId })
  assert.equal(made.status, 201, JSON.stringify(made.body))
  assert.equal(made.body.number, 'S2026-0001')
  assert.equal(made.body.phone, '13800000001')
  assert.equal(made.body.rent, '1200.50')
  assert.equal(made.body.$labels.unitId, 'TOP 集团')
  for (const q of ['腾讯', 'xhtx', '13800000001', '0001', '138000']) {
    const found = await boss.get(`/api/shops?q=${encodeURIComponent(q)}`)
    assert.equal(found.body.items?.length, 1, `${q}: ${JSON.stringify(found.body)}`)
  }
  const changed = await boss.patch(`/api/shops/${made.body.id}`, { size: 'big', version: 1 })
  assert.equal(changed.body.size, 'big')
  assert.equal((await boss.patch(`/api/shops/${made.body.id}`, { size: 'small', version: 1 })).body.code, 'CHANGED_MEANWHILE')
  const log = await boss.get(`/api/shops/${made.body.id}/history`)
  assert.equal(log.body.length, 2)
  assert.deepEqual(log.body[0].changes, [{ field: 'size', label: '规模', before: 'small', after: 'big' }])
  assert.equal((await boss.get(`/api/audit/verify`)).status, 403)
  const agg = await boss.get('/api/shops/aggregate?group=size&measure=count,sum:rent')
  assert.deepEqual(agg.body.rows[0].count, 1)
  const csv = await boss.get('/api/shops/export?format=csv')
  assert.match(String(csv.body), /西湖腾讯维修店/)
  assert.equal((await boss.remove(`/api/shops/${made.body.id}`)).status, 204)
  assert.equal((await boss.get(`/api/shops/${made.body.id}`)).body.code, 'NOT_FOUND')
  const checked = await app.system(ctx => import('./audit/verify.ts').then(v => v.verifyAudit(ctx)))
  assert.deepEqual(checked.broken, [])
  assert.ok(checked.rows >= 3)
})
