import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drainOutbox, runOneJob } from '@quancheng/kernel/testing'
import { inTheWay, sales } from './sales.ts'

const s = await sales({ tenants: 2 })
/** One worker, until nothing is due. */
const work = async (): Promise<void> => { do { await drainOutbox(s.app.runtime) } while (await runOneJob(s.app.runtime)) }
const tasks = async (): Promise<string[]> => (await s.inbox(s.zheng)).map(t => t.title as string)

test('AP-04 once, although the event is delivered twice and the worker is killed in between', async () => {
  const ruleId = await s.kept({ actions: [{ do: 'todo', to: { by: 'role', role: 'salesManager' }, title: '联系 {名称}', minutes: 60 }, { do: 'change', fields: [{ field: 'level', value: '"A"' }] }] })
  const id = await s.lead()
  await drainOutbox(s.app.runtime)
  const twin = await s.app.owner.query("insert into job (tenant_id, id, kind, due_at, payload, created_at) select tenant_id, gen_random_uuid(), kind, due_at, payload, created_at from job where kind = 'outbox' and payload->>'listener' = 'automation'")
  assert.equal(twin.rowCount, 1)
  // its connection goes in the middle of the second action: what kill -9 looks like from the database
  let kills = 0
  inTheWay.write = async ctx => { if (ctx.reason?.startsWith('自动化规则') && kills++ < 2) await ctx.query('select pg_terminate_backend(pg_backend_pid())') }
  await work()
  assert.deepEqual([kills, await tasks()], [1, []], 'nothing is half done')
  for (let n = 0; n < 3; n++) { s.app.clock!.advance(10); await work() }
  assert.deepEqual([kills, await tasks(), (await s.li.get(`/api/leads/${id}`)).body.level], [3, ['联系 澄湖能源'], 'A'])
  assert.deepEqual((await s.runs(ruleId)).map(r => r.state), ['done'])
  inTheWay.write = null
  await s.app.owner.query("insert into job (tenant_id, id, kind, due_at, payload, created_at) select $1, gen_random_uuid(), 'automation.run', $3, jsonb_build_object('runId', id), $3 from automation_run where rule_id = $2", [s.app.tenantId, ruleId, s.app.clock!.now])
  await work()
  assert.equal((await tasks()).length, 1, 'nor does a run that is delivered again do anything')
  await s.admin.post(`/api/automation/rules/${ruleId}/switch`, { off: true })
})

test('four workers at once do each of thirty leads once', async () => {
  const ruleId = await s.kept({ name: '三十条', actions: [{ do: 'change', fields: [{ field: 'rounds', value: 'rounds + 1' }] }] })
  const ids = await Promise.all(Array.from({ length: 30 }, (_, i) => s.lead({ name: `第 ${i} 条` })))
  await Promise.all([work(), work(), work(), work()])
  await work()
  const rows = await s.app.system(ctx => ctx.query<{ rounds: number }>('select rounds from lead where id = any($1)', [ids]))
  assert.deepEqual([rows.length, new Set(rows.map(r => r.rounds))], [30, new Set([1])])
  assert.equal((await s.runs(ruleId)).length, 30)
  await s.admin.post(`/api/automation/rules/${ruleId}/switch`, { off: true })
})

test('another company’s rule sees nothing of it', async () => {
  const other = s.app.tenantIds[1]!
  const boss = await s.app.person({ username: 'boss2', roles: [{ code: 'ruler', grants: { 'lead:read': ['all'], 'lead:create': ['all'], 'automation:read': ['all'], 'automation:edit': ['all'] } }] }, other)
  const kept = await s.rule({ name: '别家的规则', tests: [], actions: [{ do: 'notice', to: { by: 'user', userId: boss.userId }, text: '{名称}' }] }, boss)
  assert.equal(kept.status, 201, kept.raw.toString())
  await s.lead()
  await work()
  assert.deepEqual((await boss.get('/api/automation/runs')).body.items, [])
  assert.equal((await boss.post('/api/leads', { name: '自家的' })).status, 201)
  await work()
  assert.deepEqual((await boss.get('/api/automation/runs')).body.items.map((r: { label: string; state: string }) => [r.label, r.state]), [['自家的', 'done']])
  assert.equal((await s.admin.get(`/api/automation/rules/${kept.body.id}`)).status, 404)
  assert.equal((await s.rule({ actions: [{ do: 'notice', to: { by: 'user', userId: boss.userId }, text: '别家的人' }] })).body.code, 'AUTOMATION_PERSON')
})
