import assert from 'node:assert/strict'
import { test } from 'node:test'
import automation from '@quancheng/automation'
import { create, defineModule, type Ctx } from '@quancheng/kernel'
import { statementsOf, testApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { deploy, processModule } from '@quancheng/process'
import { receiver } from './receiver.ts'
import { CALL, Lead, world } from './world.ts'

const outboxRows = (asked: readonly string[]): number => asked.filter(a => a.includes('insert into outbox')).length

test('API-W17 an entity write sends not one statement more because of webhooks: none kept, none meant, or one that wants it', async t => {
  const bare = await testApp({ modules: [org, processModule, defineModule({ name: 'leads', label: ['线索', 'Leads'], entities: [Lead] }), automation], clock: '2026-11-23T01:30:00Z' })
  const unitId = await bare.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get('unit'), { code: 'G', name: '集团', kind: 'group' })).id as string)
  const li = await bare.person({ username: 'li', unitId, roles: [{ code: 'seller', grants: Object.fromEntries(['read', 'create', 'update'].map(v => [`lead:${v}`, ['all']])) }] })
  const input = (unit: string) => ({ name: '澄湖能源', unitId: unit })
  await li.post('/api/leads', input(unitId))
  const without = await statementsOf(bare, () => li.post('/api/leads', input(unitId)))
  const w = await world({ worker: false }), one = await receiver()
  const here = () => statementsOf(w.app, () => w.li.post('/api/leads', input(w.units.hz)))
  await here()
  const none = await here()
  assert.equal(none.answer.status, 201)
  assert.deepEqual([none.asked.length, outboxRows(none.asked)], [without.asked.length, 0], 'no webhook: nothing is written for one')
  await w.allow(one.host)
  await w.kept({ url: one.url, subjects: [{ entity: 'lead', events: ['removed'] }] })
  await here()
  const unmeant = await here()
  assert.deepEqual([unmeant.asked.length, outboxRows(unmeant.asked)], [without.asked.length, 0], 'one on another event: no row in the outbox')
  await w.kept({ url: one.url })
  await here()
  const wanted = await here()
  assert.deepEqual([wanted.asked.length, outboxRows(wanted.asked)], [without.asked.length, 1], 'the event travels in the statement that writes the audit')
  t.diagnostic(`statements of one write: ${without.asked.length} without the module, ${none.asked.length} with no webhook, ${unmeant.asked.length} unmeant, ${wanted.asked.length} wanted`)
})

test('API-W17 an act on a case sends one statement more where a webhook wants it, and none where nobody does', async t => {
  const w = await world({ worker: false }), one = await receiver()
  await w.allow(one.host)
  await w.app.system(ctx => deploy(ctx, 'call', CALL))
  const started = async () => { const lead = await w.lead(); return statementsOf(w.app, () => w.admin.post('/api/cases', { key: 'call', entity: 'lead', recordId: lead.id })) }
  await started()
  const none = await started()
  await w.kept({ url: one.url, subjects: [{ entity: 'processCase', events: ['case.started', 'stage.entered'] }] })
  await started()
  const wanted = await started()
  assert.equal(wanted.answer.status, 201)
  assert.deepEqual([outboxRows(none.asked), outboxRows(wanted.asked), wanted.asked.length - none.asked.length], [0, 1, 1])
  t.diagnostic(`statements of starting a case: ${none.asked.length} unwanted, ${wanted.asked.length} wanted`)
})
