import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defineEntity, defineModule, f, registerRetention, storeNew, sweepRecords, verifyAudit } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'

const Slip = defineEntity('slip', { label: ['纸条', 'Slip'], fields: { name: f.text(['名称', 'Name'], { required: true }), open: f.boolean(['没办完', 'Open'], { default: false }) }, display: ['name'], list: ['name'] })
const slips = defineModule({ name: 'slips', label: ['纸条', 'Slips'], entities: [Slip], start: runtime => registerRetention(runtime, { key: 'slip', label: ['纸条', 'Slips'], months: 3, least: 2, sweep: sweepRecords('slip', 'not coalesce(t.open, false) and t.created_at < $2') }) })
const app = await testApp({ modules: [slips], clock: '2026-03-01T01:00:00Z', worker: true })
const boss = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: { 'retention:read': ['all'], 'retention:update': ['all'], 'slip:read': ['all'] } }] })
const put = (count: number, open = false) => app.system(async ctx => { for (let i = 0; i < count; i++) await storeNew(ctx, ctx.entities.get('slip'), { name: `${ctx.now().toISOString().slice(0, 10)} ${i}`, open }) })
const left = async () => (await app.owner.query('select name, open from slip order by name')).rows
const setting = async () => (await boss.get('/api/retentions')).body.items[0]
const night = async (utc: string) => { app.clock!.set(utc); await app.worker!.idle() }

test('what is older than its months goes at night, more than one batch of it, each with an entry in the log; what is open or younger stays', async () => {
  await put(450)
  await put(1, true)
  app.clock!.set('2026-05-01T01:00:00Z')
  await put(2)
  await night('2026-05-29T19:30:00Z')
  assert.equal((await left()).length, 453, 'a day before its three months are over')
  await night('2026-06-01T19:30:00Z')
  assert.deepEqual((await left()).map(r => [r.name, r.open]), [['2026-03-01 0', true], ['2026-05-01 0', false], ['2026-05-01 1', false]])
  const kept = await setting()
  assert.deepEqual([kept.name, kept.months, kept.removed, kept.sweptAt], ['纸条', 3, 450, '2026-06-01T19:30:00.000Z'])
  const { rows: [entry] } = await app.owner.query("select count(*)::int as n, count(distinct record_id)::int as records from audit where entity = 'slip' and act = 'sweep' and reason = '保留期已过'")
  assert.deepEqual(entry, { n: 450, records: 450 })
  assert.deepEqual((await app.system(ctx => verifyAudit(ctx))).broken, [])
})

test('a company keeps things as long as it likes, but not for less than they are needed', async () => {
  const kept = await setting()
  const refused = await boss.patch(`/api/retentions/${kept.id}`, { months: 1 })
  assert.deepEqual([refused.status, refused.body.code, refused.body.message], [400, 'RETENTION_LEAST', '“纸条”至少保留 2 个月'])
  assert.equal((await boss.patch(`/api/retentions/${kept.id}`, { months: 24 })).status, 200)
  await night('2026-12-01T19:30:00Z')
  assert.equal((await left()).length, 3)
  assert.equal((await boss.patch(`/api/retentions/${kept.id}`, { key: 'other' })).status >= 400, true)
})
