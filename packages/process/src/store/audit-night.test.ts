import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, defineEntity, defineModule, f, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { processModule } from './module.ts'

const Shelf = defineEntity('shelf', { label: ['书架', 'Shelf'], plural: 'shelves', fields: { name: f.text(['名称', 'Name'], { required: true }) }, display: ['name'], list: ['name'] })
const app = await testApp({ modules: [processModule, defineModule({ name: 'stock', label: ['库房', 'Stock'], entities: [Shelf] })], clock: '2026-11-22T01:00:00Z', worker: true })
const boss = await app.person({ username: 'boss', name: '老板', roles: [{ code: 'admin', grants: { 'shelf:read': ['all'], 'shelf:create': ['all'], 'shelf:update': ['all'], 'audit:read': ['all'], 'alarm:read': ['all'] } }] })
const nights = async () => (await boss.get('/api/audit/nights')).body.items
const alarms = async () => (await app.owner.query("select title, recipient_ids, closed_at from alarm where kind = 'audit'")).rows
const night = async (utc: string) => { app.clock!.set(utc); await app.worker!.idle() }

test('SP-23 every night the log is walked through; one byte changed in row k raises one alarm to the administrators, which closes itself when it fits again', async () => {
  const ids = await app.system(async (ctx: Ctx) => { const made = []; for (const name of ['一', '二', '三']) made.push((await create(ctx, ctx.entities.get('shelf'), { name })).id); return made })
  for (let i = 1; i <= 3; i++) await boss.patch(`/api/shelves/${ids[1]}`, { name: `二${i}` })
  await night('2026-11-22T19:00:00Z')
  assert.deepEqual(await nights(), [], 'three in the morning: not yet')
  await night('2026-11-22T19:32:00Z')
  const [clean] = await nights()
  assert.equal(clean.faults, 0)
  assert.ok(clean.entries >= 6)
  await app.owner.query("update audit set payload = jsonb_set(payload, '{after,name}', '\"贰2\"') where record_id = $1 and seq = 3", [ids[1]])
  await night('2026-11-23T19:32:00Z')
  const [found] = await nights()
  assert.deepEqual([found.faults, found.broken.map((b: { entity: string; recordId: string; seq: number }) => [b.entity, b.recordId, b.seq])], [1, [['shelf', ids[1], 3]]])
  await night('2026-11-24T19:32:00Z')
  const [alarm, ...more] = await alarms()
  assert.deepEqual([more.length, alarm.recipient_ids, alarm.closed_at], [0, [boss.userId], null], 'one alarm, however many nights')
  assert.match(alarm.title, /1 处不一致/)
  await app.owner.query("update audit set payload = jsonb_set(payload, '{after,name}', '\"二2\"') where record_id = $1 and seq = 3", [ids[1]])
  await night('2026-11-25T19:32:00Z')
  assert.notEqual((await alarms())[0].closed_at, null)
  assert.equal((await nights()).length, 4)
})

test('SP-23 a long log is walked in parts, and no chain is torn by the end of a part', async () => {
  const { verifyChains } = await import('@quancheng/kernel')
  await app.system(async ctx => {
    const whole = await verifyChains(ctx, {}, null, Number.POSITIVE_INFINITY)
    let from = null, rows = 0, parts = 0
    for (;;) {
      const part: Awaited<ReturnType<typeof verifyChains>> = await verifyChains(ctx, {}, from, 2)
      assert.deepEqual(part.broken, [])
      rows += part.rows; parts++
      if (!part.next) break
      from = part.next
    }
    assert.equal(rows, whole.rows)
    assert.ok(parts > 3, `${parts}`)
  })
})
