import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { event, flows, model, on, tag } from '../engine/testing.ts'
import { settled } from '../testing/settled.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { JOB_MIGRATE } from './job-kinds.ts'
import { BATCH, migrateJob } from './migrate-run.ts'
import { processModule } from './module.ts'
import { startCase } from './starts.ts'
import { VERSION_SERVICE } from './unit-version.ts'

const Repair = defineEntity('repair', {
  label: ['维修单', 'Repair'],
  fields: { title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }) },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
let unitVersion: number | null = null
const repairs = defineModule({
  name: 'repairs', label: ['维修', 'Repairs'], entities: [Repair],
  start: runtime => { runtime.calendar = () => Promise.resolve(calendar); runtime.services.set(VERSION_SERVICE, () => Promise.resolve(unitVersion)) },
})
const app = await testApp({ modules: [processModule, repairs], clock: '2026-11-23T01:00:00Z', worker: true, tenants: 2 })
const work = Object.fromEntries(['read', 'move', 'update'].map(v => [`repair:${v}`, ['all']]))
const keeper = await app.person({ username: 'keeper', roles: [{ code: 'keeper', grants: { 'process:migrate': ['all'], 'process:operate': ['all'], 'repair:read': ['all'] } }] })
const clerk = await app.person({ username: 'clerk', roles: [{ code: 'clerk', grants: work }] })
const boss = await app.person({ username: 'boss', roles: [{ code: 'boss', grants: work }] })
const abroad = await app.person({ username: 'abroad', roles: [{ code: 'keeper', grants: { 'process:migrate': ['all'] } }] }, app.tenantIds[1]!)

const BOUND = '<bpmn:extensionElements><qc:binding entity="repair" stageField="stage" /></bpmn:extensionElements>'
const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const inside = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`
const user = (id: string, inner = '', attributes = '') => event('userTask', id, `qc:role="clerk" ${attributes}`, inner)
const named = (xml: string, id: string, name: string) => xml.replace(`id="${id}" name="${id}"`, `id="${id}" name="${name}"`)
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const rows = async (sql: string, values: unknown[]) => (await app.owner.query(sql, values)).rows
const steps = (caseId: string) => rows("select id, node_id, name, state, standard_minutes, due_at, role, assignee_id, entered_at from process_step where instance_id = $1 and kind <> 'vote' order by seq", [caseId])
const shape = async (caseId: string) => (await steps(caseId)).map(s => `${s.node_id} ${s.state}`)
const versionOf = async (caseId: string): Promise<number> => (await rows('select d.version from process_instance i join process_definition d on d.id = i.definition_id where i.id = $1', [caseId]))[0].version
const timersOf = (caseId: string) => rows("select payload->>'nodeId' as node, payload->>'stepId' as step, due_at from job where kind = 'process.timer' and payload->>'instanceId' = $1 order by 1", [caseId])
const on_ = (key: string, startedBy: string | null = null) => app.system(async (ctx: Ctx) => {
  const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
  const p = await prepareStart(ctx, key)
  const record = await storeNew(ctx, ctx.entities.get('repair'), { title: key, unitId: unit!.id, stage: p.stage })
  const { instanceId } = await begin(ctx, p, { entity: 'repair', record, unitId: unit!.id, label: key, startedBy })
  return { record: record.id as string, caseId: instanceId }
})
const free = (key: string, n: number) => app.system(async ctx => { const made: string[] = []; for (let i = 0; i < n; i++) made.push((await startCase(ctx, key, { label: `${key} ${i}` })).caseId); return made })
const settle = () => settled(app)
const HOUR = 3_600_000

const standard = (minutes: number) => inside(`<qc:standard minutes="${minutes}" clock="clock" /><qc:item id="look" label="看过"/>`)
const workshop = (repair: string, minutes: number, timer: string) => BOUND + FRAME + user('reception') + user(repair, standard(minutes)) + event('boundaryEvent', 'remind', `attachedToRef="${repair}" cancelActivity="false"`, on.timer(timer)) + user('chase') + tag('endEvent', 'e2') + user('check')
  + flows(`s -> reception\nreception -> ${repair}\n${repair} -> check\ncheck -> e\nremind -> chase\nchase -> e2`)

test('MG-20 a case that waits in repair goes on in the new version with its task, its ticks, its clock and its timer', async () => {
  await publish('workshop', workshop('repair', 120, 'PT4H'))
  const { record, caseId } = await on_('workshop')
  const reception = (await steps(caseId))[0]!
  await clerk.post(`/api/tasks/${reception.id}/claim`)
  await clerk.post(`/api/tasks/${reception.id}/complete`, {})
  const before = (await steps(caseId))[1]!
  await clerk.post(`/api/tasks/${before.id}/claim`)
  await clerk.post(`/api/tasks/${before.id}/tick`, { item: 'look', on: true })
  await publish('workshop', named(workshop('fix', 60, 'PT6H'), 'fix', '修理'))
  app.clock!.advance(30)
  await settle()
  assert.equal(await versionOf(caseId), 1)
  const moved = await keeper.post(`/api/cases/${caseId}/migrate`, { to: 2, mapping: { repair: 'fix' } })
  assert.deepEqual([moved.status, moved.body], [200, { id: caseId, from: 1, to: 2 }])
  const now = (await steps(caseId))[1]!
  assert.deepEqual([await shape(caseId), await versionOf(caseId)], [['reception done', 'fix active'], 2])
  assert.deepEqual([now.id, now.name, Number(now.standard_minutes), now.due_at.getTime() - before.entered_at.getTime(), now.assignee_id], [before.id, '修理', 60, HOUR, clerk.userId])
  const [timer] = await timersOf(caseId)
  assert.deepEqual([timer.node, timer.step, timer.due_at.getTime() - before.entered_at.getTime()], ['remind', before.id, 6 * HOUR])
  const seen = (await clerk.get(`/api/repairs/${record}`)).body
  assert.deepEqual([seen.stage, seen.ownerId], ['fix', clerk.userId])
  const line = (await rows("select payload from audit where record_id = $1 and act = 'migrate'", [record]))[0].payload
  assert.deepEqual([line.note.from, line.note.to, line.note.by, line.note.moved], ['v1', 'v2', 'keeper', [{ from: 'repair', to: '修理' }]])
  // late by the new standard
  app.clock!.advance(31)
  await settle()
  assert.equal((await rows("select count(*)::int as n from alarm where step_key = $1 and kind = 'late' and closed_at is null", [now.id]))[0].n, 1)
  app.clock!.advance(6 * 60)
  await settle()
  assert.deepEqual((await shape(caseId)).slice(1), ['fix active', 'chase waiting'])
  const task = (await clerk.get(`/api/tasks/${now.id}`)).body
  assert.deepEqual(task.moves.map((m: { target: { name: string } }) => m.target.name), ['check'])
  assert.equal((await clerk.post(`/api/tasks/${now.id}/complete`, {})).status, 200)
  assert.deepEqual((await shape(caseId)).slice(1), ['fix done', 'chase waiting', 'check waiting'])
  const [log] = (await keeper.get(`/api/cases/${caseId}/migrations`)).body.items
  assert.deepEqual([log.from, log.to, log.byName, log.state], [1, 2, 'keeper', 'done'])
})

test('MG-21 an approval keeps the votes that have been given, and those that are open are given in the new version', async () => {
  const approve = (id: string, share: string) => BOUND + FRAME + user(id, inside(`<qc:approval mode="all" share="${share}" who="user:boss,user:clerk" approve="yes" reject="no"/><qc:outcome id="yes" label="同意"/><qc:outcome id="no" label="驳回"/>`)) + user('after') + flows(`s -> ${id}\n${id} -> after\nafter -> e`)
  await publish('approve', approve('ask', '1'))
  const { caseId } = await on_('approve', keeper.userId)
  await publish('approve', approve('confirm', '1'))
  await publish('approve', approve('confirm', '1/2'))
  const vote = async (who: typeof boss) => { const [v] = await rows("select id from process_step where instance_id = $1 and kind = 'vote' and assignee_id = $2", [caseId, who.userId]); return who.post(`/api/tasks/${v.id}/complete`, { outcome: 'yes' }) }
  assert.equal((await vote(boss)).status, 200)
  const refused = await keeper.post(`/api/cases/${caseId}/migrate`, { to: 3, mapping: { ask: 'confirm' } })
  assert.equal(refused.status, 409, JSON.stringify(refused.body))
  assert.deepEqual([refused.status, refused.body.code, refused.body.details.problems.map((p: { code: string; nodeId: string }) => `${p.code} ${p.nodeId}`)], [409, 'MIGRATION_REFUSED', ['APPROVAL_DIFFERS ask']])
  assert.match(refused.body.message, /审批办法变了/)
  assert.equal((await keeper.post(`/api/cases/${caseId}/migrate`, { to: 2, mapping: { ask: 'confirm' } })).status, 200)
  assert.equal((await vote(clerk)).status, 200)
  assert.deepEqual(await shape(caseId), ['confirm done', 'after waiting'])
})

const small = (...ids: string[]) => FRAME + ids.map(id => user(id)).join('') + flows(ids.map((id, i) => `${i ? ids[i - 1] : 's'} -> ${id}`).concat(`${ids.at(-1)} -> e`).join('\n'))
const toStep = (ids: readonly string[]) => app.system(async ctx => {
  const { proceed } = await import('./proceed.ts'), { completeTask } = await import('../engine/index.ts')
  for (const id of ids) await proceed(ctx, id, (p, s, env) => completeTask(p, s, s.steps[0]!.id, {}, env), { act: 'move' })
})

test('MG-22 a dry run says how many would go, who would not and why, and writes nothing', async () => {
  await publish('small', small('a', 'gone', 'b'))
  const ids = await free('small', 40)
  await toStep(ids.slice(0, 7))
  await publish('small', small('a', 'b'))
  const before = await rows("select (select count(*)::int from job) as jobs, (select max(xmin::text::bigint) from process_instance) as cases, (select max(xmin::text::bigint) from process_step) as steps, (select count(*)::int from process_migration_case) as told", [])
  const r = await keeper.post('/api/processes/small/migrations/plan', { from: 1, to: 2 })
  assert.equal(r.status, 200, JSON.stringify(r.body))
  const { dryRun, nodes, problems } = r.body
  assert.deepEqual([dryRun.running, dryRun.can, dryRun.cannot, dryRun.nodes], [40, 33, 7, { a: { cases: 33, refused: 0 }, gone: { cases: 7, refused: 7 } }])
  assert.deepEqual(dryRun.problems.map((p: { code: string; nodeId: string; cases: number }) => [p.code, p.nodeId, p.cases]), [['NODE_MISSING', 'gone', 7]])
  assert.deepEqual(new Set(dryRun.refused.map((c: { caseId: string }) => c.caseId)), new Set(ids.slice(0, 7)))
  assert.deepEqual([nodes.find((x: { id: string }) => x.id === 'gone').to, problems.length], [null, 1])
  assert.deepEqual(await rows("select (select count(*)::int from job) as jobs, (select max(xmin::text::bigint) from process_instance) as cases, (select max(xmin::text::bigint) from process_step) as steps, (select count(*)::int from process_migration_case) as told", []), before)
  const better = (await keeper.post('/api/processes/small/migrations/plan', { from: 1, to: 2, mapping: { gone: 'b' } })).body.dryRun
  assert.deepEqual([better.can, better.cannot], [40, 0])
})

test('MG-23 only who may migrate does, another company’s cases are not there, and a mapping with an unknown node is refused', async () => {
  const [id] = await free('small', 1)
  for (const [method, path] of [['post', '/api/processes/small/migrations/plan'], ['post', '/api/processes/small/migrations'], ['post', `/api/cases/${id}/migrate`]] as const) assert.equal((await clerk[method](path, { from: 1, to: 2 })).status, 403, path)
  assert.equal((await clerk.get('/api/processes/small/migrations')).status, 403)
  assert.equal((await abroad.post(`/api/cases/${id}/migrate`, { to: 1 })).status, 404)
  assert.equal((await abroad.post('/api/processes/small/migrations/plan', { from: 1, to: 2 })).body.code, 'PROCESS_UNKNOWN')
  assert.deepEqual((await abroad.get(`/api/cases/${id}/migrations`)).body.items, [])
  const unknown = await keeper.post('/api/processes/small/migrations', { from: 1, to: 2, mapping: { nowhere: 'b' } })
  assert.deepEqual([unknown.status, unknown.body.code], [422, 'MIGRATION_NODE_UNKNOWN'])
  assert.equal((await keeper.post('/api/processes/small/migrations/plan', { from: 1, to: 1 })).body.code, 'MIGRATION_SAME')
  assert.equal((await keeper.post('/api/processes/small/migrations/plan', { from: 1, to: 9 })).body.code, 'PROCESS_UNKNOWN')
})

test('MG-24 a thousand cases go over in the background; the seven that cannot stay where they are and are named', async () => {
  await publish('many', small('a', 'gone', 'b'))
  const ids = await free('many', 1000)
  await toStep(ids.slice(100, 107))
  await publish('many', small('a', 'b'))
  const started = await keeper.post('/api/processes/many/migrations', { from: 1, to: 2 })
  assert.deepEqual([started.status, started.body.total, started.body.state], [202, 1000, 'running'])
  assert.equal((await keeper.post('/api/processes/many/migrations', { from: 1, to: 2 })).body.code, 'MIGRATION_RUNNING')
  await settle()
  const run = (await keeper.get(`/api/processes/many/migrations/${started.body.id}`)).body
  assert.deepEqual([run.state, run.done, run.refused, run.left, run.startedBy], ['done', 993, 7, 0, 'keeper'])
  assert.deepEqual(new Set(run.refusedCases.map((c: { caseId: string }) => c.caseId)), new Set(ids.slice(100, 107)))
  assert.deepEqual(run.refusedCases[0].problems.map((p: { code: string }) => p.code), ['NODE_MISSING'])
  assert.deepEqual(await rows("select d.version, count(*)::int as n from process_instance i join process_definition d on d.id = i.definition_id where d.key = 'many' group by 1 order by 1", []), [{ version: 1, n: 7 }, { version: 2, n: 993 }])
  assert.equal((await keeper.post(`/api/processes/many/migrations/${run.id}/stop`, {})).body.code, 'MIGRATION_OVER')
  const [listed] = (await keeper.get('/api/processes/many/migrations')).body.items
  assert.deepEqual([listed.id, listed.done, listed.refused], [run.id, 993, 7])
  // again: those that are over there are nobody's business any more
  const again = await keeper.post('/api/processes/many/migrations', { from: 1, to: 2, mapping: { gone: 'b' } })
  assert.equal(again.body.total, 7)
  await settle()
  assert.deepEqual([(await keeper.get(`/api/processes/many/migrations/${again.body.id}`)).body.done, await shape(ids[100]!)], [7, ['a done', 'b waiting']])
  assert.equal((await keeper.post('/api/processes/many/migrations', { from: 1, to: 2 })).body.code, 'MIGRATION_NONE')
})

test('MG-25 killed at any moment the run goes on where it was, and no case goes over twice', async () => {
  await publish('killed', small('a', 'b'))
  const ids = await free('killed', BATCH + 5)
  await publish('killed', small('a', 'x', 'b'))
  await app.worker!.stop()
  const { body: run } = await keeper.post('/api/processes/killed/migrations', { from: 1, to: 2 })
  const moved = async () => (await rows("select count(*)::int as n from process_migration_case where migration_id = $1", [run.id]))[0].n as number
  const jobs = async () => (await rows('select count(*)::int as n from job where kind = $1', [JOB_MIGRATE]))[0].n as number
  let killed = 0
  for (const at of [1, 2, 3, 10, 40, 150]) {
    let left = at
    // from there on nothing reaches the database any more
    const dead = <A extends unknown[], R>(say: (...a: A) => R) => (...a: A): R => { left -= 1; if (left <= 0) throw new Error('killed'); return say(...a) }
    await app.system(ctx => migrateJob({ ...ctx, query: dead(ctx.query) as Ctx['query'], send: dead(ctx.send) as Ctx['send'] }, { id: run.id })).then(() => assert.fail('it was not killed'), () => { killed += 1 })
    assert.deepEqual([await moved(), await jobs()], [0, 1], `killed at statement ${at}`)
  }
  assert.equal(killed, 6)
  // one batch is through, then the server is gone: another takes the rest
  await app.system(ctx => migrateJob(ctx, { id: run.id }))
  assert.equal(await moved(), BATCH)
  const { createApp } = await import('@quancheng/kernel')
  const other = await createApp({ connection: app.connection, modules: [processModule, repairs], worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  try { await settled(other) } finally { await other.close() }
  const end = (await keeper.get(`/api/processes/killed/migrations/${run.id}`)).body
  assert.deepEqual([end.state, end.done, end.refused, await jobs()], ['done', ids.length, 0, 0])
  assert.deepEqual(await rows('select max(n)::int as most from (select count(*) as n from process_migration_case where migration_id = $1 group by instance_id) x', [run.id]), [{ most: 1 }])
})

test('MG-26 a case that somebody is acting on is left for later, a run that is stopped takes no more, and chosen cases go alone', async () => {
  await publish('busy', small('a', 'b'))
  const ids = await free('busy', BATCH + 5)
  await publish('busy', small('a', 'x', 'b'))
  const { body: some } = await keeper.post('/api/processes/busy/migrations', { from: 1, to: 2, caseIds: ids.slice(0, 2) })
  assert.equal(some.total, 2)
  await app.system(async ctx => {
    await ctx.query('select 1 from process_instance where tenant_id = $1 and id = $2 for update', [ctx.tenant.id, ids[0]])
    await app.system(other => migrateJob(other, { id: some.id }))
    await app.system(other => migrateJob(other, { id: some.id }))
  })
  assert.deepEqual([await versionOf(ids[0]!), await versionOf(ids[1]!), await versionOf(ids[2]!)], [1, 2, 1])
  assert.equal((await keeper.get(`/api/processes/busy/migrations/${some.id}`)).body.left, 1)
  await app.system(ctx => migrateJob(ctx, { id: some.id }))
  await app.system(ctx => migrateJob(ctx, { id: some.id }))
  assert.deepEqual([await versionOf(ids[0]!), (await keeper.get(`/api/processes/busy/migrations/${some.id}`)).body.state], [2, 'done'])
  const { body: all } = await keeper.post('/api/processes/busy/migrations', { from: 1, to: 2 })
  await app.system(ctx => migrateJob(ctx, { id: all.id }))
  const stopped = (await keeper.post(`/api/processes/busy/migrations/${all.id}/stop`, {})).body
  assert.deepEqual([stopped.state, stopped.done], ['stopped', BATCH])
  await app.system(ctx => migrateJob(ctx, { id: all.id }))
  assert.deepEqual(await rows("select d.version, count(*)::int as n from process_instance i join process_definition d on d.id = i.definition_id where d.key = 'busy' group by 1 order by 1", []), [{ version: 1, n: 3 }, { version: 2, n: BATCH + 2 }])
  assert.equal((await abroad.get(`/api/processes/busy/migrations/${all.id}`)).status, 404)
})

test('MG-27 the version that head office has set for a unit is kept to', async () => {
  await publish('rolled', BOUND + small('a', 'b'))
  const { caseId } = await on_('rolled')
  await publish('rolled', BOUND + small('a', 'x', 'b'))
  unitVersion = 1
  const refused = await keeper.post(`/api/cases/${caseId}/migrate`, { to: 2 })
  assert.deepEqual([refused.body.code, refused.body.details.problems[0].code], ['MIGRATION_REFUSED', 'UNIT_VERSION'])
  assert.match(refused.body.message, /标准推行/)
  unitVersion = 2
  assert.equal((await keeper.post(`/api/cases/${caseId}/migrate`, { to: 2 })).status, 200)
  unitVersion = null
})

test('MG-28 subscriptions, a subprocess with its timer and a failed program go over and work on', async () => {
  const rich = (sub: string, x: string, message: string, handler: string) => FRAME + event('subProcess', sub, '', tag('startEvent', 'is') + user(x) + tag('endEvent', 'ie') + flows(`is -> ${x}\n${x} -> ie`, 'i')) + event('boundaryEvent', 'late', `attachedToRef="${sub}" cancelActivity="false"`, on.timer('PT9H')) + user('chase') + event('boundaryEvent', 'stop', `attachedToRef="${sub}"`, on.message(message)) + user('stopped')
    + event('serviceTask', 'pay', `qc:handler="${handler}"`, '') + tag('parallelGateway', 'fork') + tag('endEvent', 'e2 e3 e4') + flows(`s -> fork\nfork -> ${sub}\nfork -> pay\n${sub} -> e\npay -> e2\nlate -> chase\nchase -> e3\nstop -> stopped\nstopped -> e4`)
  await publish('rich', rich('sub', 'x', 'm1', 'oldbank'))
  const [id] = await free('rich', 1)
  await publish('rich', rich('box', 'y', 'm2', 'newbank'))
  const done = await keeper.post(`/api/cases/${id}/migrate`, { to: 2, mapping: { sub: 'box', x: 'y' } })
  assert.equal(done.status, 200, JSON.stringify(done.body))
  assert.deepEqual((await rows('select name from process_wait where instance_id = $1', [id])).map(w => w.name), ['M2'])
  assert.deepEqual((await rows("select data->>'handler' as h from process_step where instance_id = $1 and kind = 'service'", [id])).map(s => s.h), ['newbank'])
  assert.deepEqual((await timersOf(id!)).map(t => t.node), ['late'])
  assert.equal((await keeper.post('/api/messages', { name: 'M1' })).body.delivered, false)
  const heard = (await keeper.post('/api/messages', { name: 'M2' })).body
  assert.deepEqual([heard.caseId, (await shape(id!)).toSorted()], [id, ['pay waiting', 'stopped waiting', 'y cancelled']])
  assert.deepEqual(await timersOf(id!), [])
})
