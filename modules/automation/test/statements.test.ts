import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, defineModule, type Ctx } from '@quancheng/kernel'
import { statementsOf, testApp } from '@quancheng/kernel/testing'
import org from '@quancheng/org'
import { processModule } from '@quancheng/process'
import { Lead, sales } from './sales.ts'

const outboxRows = (asked: readonly string[]): number => asked.filter(a => a.includes('insert into outbox')).length

test('AP-04 the user’s own act sends not one statement more because of rules: none kept, none meant, or one that answers it', async () => {
  const bare = await testApp({ modules: [org, processModule, defineModule({ name: 'leads', label: ['线索', 'Leads'], entities: [Lead] })], clock: '2026-11-23T01:30:00Z' })
  const unitId = await bare.system(async (ctx: Ctx) => (await create(ctx, ctx.entities.get('unit'), { code: 'G', name: '集团', kind: 'group' })).id as string)
  const grants = Object.fromEntries(['read', 'create', 'update'].map(v => [`lead:${v}`, ['all']]))
  const li = await bare.person({ username: 'li', unitId, roles: [{ code: 'seller', grants }] })
  const input = (n: number, at: string) => ({ name: `线索 ${n}`, province: '浙江', unitId: at })
  await li.post('/api/leads', input(1, unitId))
  const without = await statementsOf(bare, () => li.post('/api/leads', input(2, unitId)))

  const s = await sales()
  const here = (n: number) => statementsOf(s.app, () => s.li.post('/api/leads', input(n, s.units.hz)))
  const cold = await here(1)
  const none = await here(2)
  assert.equal(none.answer.status, 201)
  assert.equal(none.asked.length, without.asked.length)
  assert.equal(cold.asked.filter(a => a.includes('from automation ')).length, 1, 'the rules are asked for once in each state of the reference data')
  await s.kept({ tests: [], event: 'changed', name: '改的时候' })
  await here(3)
  const unmeant = await here(4)
  assert.deepEqual([unmeant.asked.length, outboxRows(unmeant.asked)], [without.asked.length, 0], 'a rule on another event: no row in the outbox either')
  await s.kept({})
  await here(5)
  const answered = await here(6)
  assert.deepEqual([answered.asked.length, outboxRows(answered.asked)], [without.asked.length, 1], 'the event travels in the statement that writes the audit')
})
