import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, createApp, defineModule, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { completeTask, deliverMessage } from '../engine/index.ts'
import { event, flows, model, on, tag } from '../engine/testing.ts'
import { deploy } from './definitions.ts'
import { registerHandler } from './handlers.ts'
import { settled } from '../testing/settled.ts'
import { processModule } from './module.ts'
import { proceed } from './proceed.ts'
import { startCase } from './starts.ts'

/* What a killed program, several workers and a flood of due timers do to cases: nothing. */

const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const keys: string[] = []
const frame = defineModule({
  name: 'frame', label: ['框架', 'Frame'],
  start: runtime => {
    runtime.calendar = () => Promise.resolve(calendar)
    registerHandler(runtime, 'pay', async (_, call) => { keys.push(call.key); return { paid: keys.length } })
  },
})
const modules = [processModule, frame]
const app = await testApp({ modules, clock: '2026-11-23T01:00:00Z', worker: true })
const clerk = await app.person({ username: 'clerk', roles: [{ code: 'clerk', grants: {} }] })
const FRAME = tag('startEvent', 's') + tag('endEvent', 'e')
const user = (id: string, attributes = '', inner = '') => event('userTask', id, `qc:role="clerk" ${attributes}`, inner)
const publish = (key: string, elements: string) => app.system(ctx => deploy(ctx, key, model(elements, `id="p-${key}" name="${key}" isExecutable="true"`)))
const begin = (key: string, variables: Record<string, unknown> = {}) => app.system(async ctx => (await startCase(ctx, key, { variables })).caseId)
const stepOf = async (caseId: string, node: string) => (await app.owner.query("select id from process_step where instance_id = $1 and node_id = $2 and state in ('waiting','active')", [caseId, node])).rows[0]?.id as string

/** Everything stored of a case, ids replaced by the order in which they come. */
async function dump(caseId: string): Promise<string> {
  const rows = async (text: string) => (await app.owner.query(text, [caseId])).rows
  const all = {
    instance: await rows('select state, variables, joins, engine, next_seq, end_node from process_instance where id = $1'), steps: await rows('select id, seq, node_id, kind, state, scope_id, outcome, data from process_step where instance_id = $1 order by seq'),
    waits: await rows('select id, kind, name, key from process_wait where instance_id = $1 order by kind, name, key, id'), incidents: await rows('select kind, node_id, code from process_incident where instance_id = $1 order by kind, node_id'),
    jobs: await rows("select kind, payload - 'instanceId' - 'from' as payload from job where payload->>'instanceId' = $1::text or payload->>'from' = $1::text or payload->>'stepId' in (select id::text from process_step where instance_id = $1::uuid) order by kind, payload->>'nodeId', due_at"),
  }
  const seen = new Map<string, string>()
  return JSON.stringify(all).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => { if (!seen.has(id)) seen.set(id, `#${seen.size}`); return seen.get(id)! })
}

// one act that touches everything: a subprocess ends, a timer and a subscription go, another begins, a message goes out, a multi-instance opens
await publish('rich', FRAME + event('subProcess', 'sub', '', tag('startEvent', 'is') + user('x') + tag('endEvent', 'ie') + flows('is -> x\nx -> ie', 'i')) + event('boundaryEvent', 'late', 'attachedToRef="sub"', on.timer('PT9H')) + event('boundaryEvent', 'stop', 'attachedToRef="sub"', on.message('m2'))
  + '<bpmn:sendTask id="send" messageRef="m1"/>' + tag('parallelGateway', 'fork') + user('many', '', '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>') + event('receiveTask', 'answer', 'messageRef="m2" qc:correlationKey="= no"', '') + event('serviceTask', 'outside', 'qc:handler="nobody"', '')
  + tag('endEvent', 'e2 e3 e4') + flows('s -> sub\nsub -> send\nsend -> fork\nfork -> many\nfork -> answer\nfork -> outside\nmany -> e\nanswer -> e2\noutside -> e3\nlate -> e4\nstop -> e4'))

test('DU-01 killed before any statement of an act, the case is as it was, and the act done again ends like one never disturbed', async () => {
  const act = async (ctx: Ctx, id: string) => { const step = await stepOf(id, 'x'); await proceed(ctx, id, (p, s, env) => completeTask(p, s, step, { variables: { no: 7 } }, env), { act: 'move' }) }
  // the jobs that the act puts on the list would run at once: they are looked at, not run
  await app.worker!.stop()
  const calm = await begin('rich'), hit = await begin('rich')
  await app.system(ctx => act(ctx, calm))
  const expected = await dump(calm), before = await dump(hit)
  let at = 1
  for (; ; at++) {
    let left = at
    const strike = <A extends unknown[], R>(run: (...a: A) => R) => (...a: A): R => { left -= 1; if (left === 0) throw new Error('killed'); return run(...a) }
    const done = await app.system(ctx => act({ ...ctx, query: strike(ctx.query) as Ctx['query'], send: strike(ctx.send) as Ctx['send'] }, hit)).then(() => true, (error: Error) => { assert.equal(error.message, 'killed'); return false })
    if (done) break
    assert.equal(await dump(hit), before, `killed at statement ${at}`)
  }
  assert.ok(at > 15, `${at} statements`)
  assert.equal(await dump(hit), expected)
  const { engine } = (await app.owner.query('select engine from process_instance where id = $1', [hit])).rows[0]
  assert.deepEqual([engine.scopes.length > 3, engine.waits.length], [true, 1])
})

test('DU-02 a program whose answer was lost is called again with the same key, and its task is completed once', async () => {
  await publish('pay', FRAME + event('serviceTask', 'pay', 'qc:handler="pay"', '') + user('after') + flows('s -> pay\npay -> after\nafter -> e'))
  const id = await begin('pay')
  // the first completion is killed after the program has answered: its transaction fails as a whole
  await app.owner.query("create function kill_once() returns trigger language plpgsql as $f$ begin if new.state = 'done' and (select count(*) from killed) = 0 then raise exception 'killed'; end if; return new; end $f$; create table killed (n int); grant select on killed to public; create trigger kill_once before update on process_step for each row when (new.node_id = 'pay') execute function kill_once()")
  const again = await createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  try {
    await settled(again)
    assert.deepEqual([keys.length, await stepOf(id, 'after')], [1, undefined])
    await app.owner.query('insert into killed values (1)')
    app.clock!.advance(1)
    await settled(again)
    assert.deepEqual([keys.length, new Set(keys).size, Boolean(await stepOf(id, 'after'))], [2, 1, true])
    const done = (await app.owner.query("select count(*)::int as n from process_step where instance_id = $1 and node_id = 'after'", [id])).rows[0].n
    assert.equal(done, 1)
  } finally { await again.close() }
})

test('DU-03 two programs work off two hundred due timers: none is lost, none happens twice', async () => {
  await publish('timed', FRAME + user('wait') + event('boundaryEvent', 'due', 'attachedToRef="wait" cancelActivity="false"', on.timer('PT1H')) + user('chase') + tag('endEvent', 'e2') + flows('s -> wait\nwait -> e\ndue -> chase\nchase -> e2'))
  const ids = await app.system(async ctx => { const made: string[] = []; for (let i = 0; i < 200; i++) made.push((await startCase(ctx, 'timed')).caseId); return made })
  app.clock!.advance(61)
  const two = await Promise.all([1, 2].map(() => createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })))
  try {
    await Promise.all(two.map(a => a.worker!.idle()))
    // whoever found a case in use comes back later
    app.clock!.advance(1)
    await Promise.all(two.map(a => a.worker!.idle()))
    const { rows } = await app.owner.query("select instance_id, count(*)::int as n from process_step where node_id = 'chase' and instance_id = any($1) group by 1", [ids])
    assert.deepEqual([rows.length, rows.every(r => r.n === 1)], [200, true])
    assert.equal((await app.owner.query("select count(*)::int as n from job where kind = 'process.timer' and payload->>'instanceId' = any($1)", [ids])).rows[0].n, 0)
  } finally { for (const a of two) await a.close() }
})

test('DU-04 a message and a timer that come at once for one case: the case takes one and then the other, never half of each', async () => {
  await publish('race', FRAME + tag('eventBasedGateway', 'g') + event('intermediateCatchEvent', 'm', '', on.message('m1')) + event('intermediateCatchEvent', 't', '', on.timer('PT1H')) + user('byMessage') + user('byTimer') + tag('endEvent', 'e2') + flows('s -> g\ng -> m\ng -> t\nm -> byMessage\nt -> byTimer\nbyMessage -> e\nbyTimer -> e2'))
  const ids = await app.system(async ctx => { const made: string[] = []; for (let i = 0; i < 20; i++) made.push((await startCase(ctx, 'race')).caseId); return made })
  app.clock!.advance(61)
  const other = await createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  try {
    await Promise.all([other.worker!.idle(), ...ids.map(id => app.system(ctx => proceed(ctx, id, (p, s, env) => deliverMessage(p, s, { name: 'M1' }, env), { act: 'message' })))])
    app.clock!.advance(1)
    await other.worker!.idle()
    const { rows } = await app.owner.query("select instance_id, array_agg(node_id) filter (where state in ('waiting','active')) as open from process_step where instance_id = any($1) group by 1", [ids])
    assert.ok(rows.length === 20 && rows.every(r => r.open.length === 1 && ['byMessage', 'byTimer'].includes(r.open[0])), JSON.stringify(rows))
    assert.equal((await app.owner.query('select count(*)::int as n from process_wait where instance_id = any($1)', [ids])).rows[0].n, 0)
  } finally { await other.close() }
})

test('DU-05 while ten thousand timers are due, a person’s act is done before they are', async () => {
  const id = await begin('timed')
  await app.owner.query(`insert into job (tenant_id, id, kind, key, due_at, payload, created_at) select $1, gen_random_uuid(), 'process.timer', 'flood-' || n, $2, jsonb_build_object('instanceId', $3::text, 'stepId', gen_random_uuid()::text, 'nodeId', 'due'), $2 from generate_series(1, 10000) n`, [app.tenantId, app.clock!.now, id])
  const flooded = await createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  try {
    flooded.worker!.wake()
    const r = await clerk.post(`/api/tasks/${await stepOf(id, 'wait')}/complete`, {})
    assert.equal(r.status, 200, JSON.stringify(r.body))
    const left = (await app.owner.query("select count(*)::int as n from job where key like 'flood-%'")).rows[0].n as number
    assert.ok(left > 1000, `${left} timers were still to come`)
    assert.equal((await app.owner.query('select state from process_instance where id = $1', [id])).rows[0].state, 'completed')
  } finally { await flooded.close(); await app.owner.query("delete from job where key like 'flood-%'") }
})

test('DU-06 a program that takes long holds up neither timers nor other cases, and the one lost with its server is called again', async () => {
  await publish('slow', FRAME + event('serviceTask', 'slow', 'qc:handler="slow"', '') + user('after') + flows('s -> slow\nslow -> after\nafter -> e'))
  const first = await createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  const seen: string[] = []
  let answer: () => void = () => {}
  registerHandler(first.runtime, 'slow', async (_, call) => { seen.push(call.key); await new Promise<void>(resolve => { answer = resolve }) })
  registerHandler(app.runtime, 'slow', async () => {})
  const id = await begin('slow'), timed = await begin('timed')
  app.clock!.advance(30)
  await first.worker!.idle()
  assert.deepEqual([seen.length, await stepOf(id, 'after')], [1, undefined])
  app.clock!.advance(31)
  await first.worker!.idle()
  assert.ok(await stepOf(timed, 'chase'))
  const second = await createApp({ connection: app.connection, modules, worker: true, log: () => {}, now: () => app.clock!.now, poolSize: 4 })
  registerHandler(second.runtime, 'slow', async (_, call) => { seen.push(call.key) })
  await first.worker!.stop()
  try {
    app.clock!.advance(10)
    await settled(second)
    assert.deepEqual([seen.length, new Set(seen).size, Boolean(await stepOf(id, 'after'))], [2, 1, true])
    // the first one's answer, late, changes nothing
    answer()
    const { allAtRest } = await import('./at-work.ts')
    await allAtRest(first.runtime)
    assert.equal((await app.owner.query("select count(*)::int as n from process_step where instance_id = $1 and node_id = 'after'", [id])).rows[0].n, 1)
  } finally { await second.close(); await first.close() }
})

test('DU-07 a case of tasks and gateways pays nothing for what only other models need', async () => {
  await publish('plain', FRAME + user('a') + user('b') + flows('s -> a\na -> b\nb -> e'))
  const said: string[] = []
  const listen = <A extends [string, ...unknown[]], R>(run: (...x: A) => R) => (...x: A): R => { said.push(x[0]); return run(...x) }
  const watched = (ctx: Ctx): Ctx => ({ ...ctx, query: listen(ctx.query as never) as Ctx['query'], send: listen(ctx.send as never) as Ctx['send'] })
  const id = await app.system(async ctx => (await startCase(watched(ctx), 'plain')).caseId)
  const step = await stepOf(id, 'a')
  await app.system(ctx => proceed(watched(ctx), id, (p, s, env) => completeTask(p, s, step, {}, env), { act: 'move' }))
  assert.ok(said.length > 5)
  assert.deepEqual(said.filter(text => /process_(wait|message|incident|start)|set engine|process\.(deliver|match|service|look)/.test(text)), [])
})
