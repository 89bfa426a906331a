import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity } from '../entity/define.ts'
import { f } from '../entity/field.ts'
import { defineModule } from '../module.ts'
import { testApp } from '../testing/index.ts'

const Term = defineEntity('term', { label: ['期限', 'Term'], fields: { name: f.text(['名称', 'Name'], { required: true }), validFrom: f.date(['生效日', 'From']), validUntil: f.date(['到期日', 'Until']) }, display: ['name'], list: ['name'] })
const grants = { 'term:read': ['all' as const], 'term:create': ['all' as const], 'term:update': ['all' as const] }

test('an end before its start is refused at its field, made or changed; what is not touched is not judged', async () => {
  const app = await testApp({ modules: [defineModule({ name: 'terms', label: ['期限', 'Terms'], entities: [Term] })] })
  const who = await app.person({ username: 'anna', roles: [{ code: 'boss', grants }] })
  const refused = await who.post('/api/terms', { name: '甲', validFrom: '2026-05-02', validUntil: '2026-05-01' })
  assert.deepEqual([refused.status, refused.body.details.fields], [400, [{ field: 'validUntil', code: 'ORDER', message: '不能早于“生效日”' }]])
  const { body: row } = await who.post('/api/terms', { name: '甲', validFrom: '2026-05-01', validUntil: '2026-05-01' })
  assert.equal((await who.patch(`/api/terms/${row.id}`, { validFrom: '2026-06-01' })).body.details.fields[0].field, 'validUntil')
  await app.owner.query("update term set valid_until = '2020-01-01' where id = $1", [row.id])
  assert.equal((await who.patch(`/api/terms/${row.id}`, { name: '乙' })).status, 200)
  assert.equal((await who.patch(`/api/terms/${row.id}`, { validUntil: null })).status, 200)
  const meta = (await who.get('/api/meta')).body.entities.find((e: { name: string }) => e.name === 'term')
  assert.deepEqual(meta.fields.filter((x: { after?: string }) => x.after).map((x: { name: string, after: string }) => [x.name, x.after]), [['validUntil', 'validFrom']])
  for (const [day, message] of [['1899-12-31', '应在 1900 年到 2200 年之间'], ['2026-02-30', '没有这一天'], ['明天', '日期应写成 2026-11-22']]) assert.equal((await who.post('/api/terms', { name: '丙', validFrom: day })).body.details.fields[0].message, message)
})
