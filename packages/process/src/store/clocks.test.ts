import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, schedule, storeNew, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import { bpmn, flows, tag } from '../engine/testing.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'

const Ticket = defineEntity('ticket', {
  label: ['工单', 'Ticket'],
  fields: {
    title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), urgent: f.boolean(['加急', 'Urgent']),
    unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }),
  },
  scope: { unit: 'unitId', owner: 'ownerId' },
  display: ['title'],
  list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const tickets = defineModule({ name: 'tickets', label: ['工单', 'Tickets'], entities: [Ticket], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) } })
const app = await testApp({ modules: [processModule, tickets], clock: '2026-11-23T01:00:00Z', worker: true })
const grants = Object.fromEntries(['read', 'move', 'reassign'].map(v => [`ticket:${v}`, ['all']]))
const worker = await app.person({ username: 'worker', roles: [{ code: 'worker', grants }] })

const timer = (id: string, host: string, duration: string, attributes = '') => `<bpmn:boundaryEvent id="${id}" name="${id}" attachedToRef="${host}" ${attributes}><bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`
const BOUND = '<bpmn:extensionElements><qc:binding entity="ticket" stageField="stage" /></bpmn:extensionElements>'
const ENDS = tag('startEvent', 's') + tag('endEvent', 'e')
const model = (elements: string): string => bpmn(BOUND + ENDS + elements)

await app.system(async ctx => {
  await deploy(ctx, 'escalate', model(tag('userTask', 'work', 'qc:role="worker"') + tag('userTask', 'boss fast', 'qc:role="worker"') + tag('exclusiveGateway', 'which')
    .replace('/>', ' default="f4"/>') + timer('due', 'work', 'PT2H') + flows('s -> work\nwork -> e\ndue -> which\nwhich -> boss\nwhich -> fast [urgent = true]\nboss -> e\nfast -> e')))
  await deploy(ctx, 'remind', model(tag('userTask', 'work call', 'qc:role="worker"') + timer('nudge', 'work', 'PT1H', 'cancelActivity="false"') + flows('s -> work\nwork -> e\nnudge -> call\ncall -> e')))
  await deploy(ctx, 'both', model(tag('parallelGateway', 'fork join') + tag('userTask', 'left right last', 'qc:role="worker"') + flows('s -> fork\nfork -> left\nfork -> right\nleft -> join\nright -> join\njoin -> last\nlast -> e')))
})

async function open(key: string, values: Record<string, unknown> = {}): Promise<string> {
  return app.system(async (ctx: Ctx) => {
    const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1 limit 1', [ctx.tenant.id])
    const p = await prepareStart(ctx, key)
    const record = await storeNew(ctx, ctx.entities.get('ticket'), { title: key, unitId: unit!.id, stage: p.stage, ...values })
    await begin(ctx, p, { entity: 'ticket', record, unitId: unit!.id, label: key })
    return record.id as string
  })
}
const steps = async (id: string) => (await app.owner.query('select s.id, s.node_id, s.state from process_step s join process_instance i on i.id = s.instance_id where i.record_id = $1 order by s.seq', [id])).rows as Array<{ id: string; node_id: string; state: string }>
const shape = async (id: string) => (await steps(id)).map(x => `${x.node_id} ${x.state}`)
const ticket = async (id: string) => (await worker.get(`/api/tickets/${id}`)).body
const jobs = async (kind: string) => (await app.owner.query('select count(*)::int as n from job where kind = $1', [kind])).rows[0].n as number
const at = async (time: string): Promise<void> => { app.clock!.set(time); await app.worker!.idle() }
const complete = async (id: string, node: string) => worker.post(`/api/tasks/${(await steps(id)).findLast(x => x.node_id === node)!.id}/complete`)

test('a boundary timer that is due moves the case on by the record’s own values, and the record shows where it is', async () => {
  const plain = await open('escalate'), urgent = await open('escalate', { urgent: true })
  await worker.post(`/api/tasks/${(await steps(plain))[0]!.id}/claim`)
  assert.equal((await ticket(plain)).ownerId, worker.userId)
  await at('2026-11-23T02:59:59Z')
  assert.deepEqual(await shape(plain), ['work active'])
  await at('2026-11-23T03:00:00Z')
  assert.deepEqual([await shape(plain), await shape(urgent)], [['work cancelled', 'boss waiting'], ['work cancelled', 'fast waiting']])
  const { stage, ownerId } = await ticket(plain)
  assert.deepEqual([stage, ownerId], ['boss', null])
  const [told] = (await worker.get(`/api/tickets/${plain}/history`)).body
  assert.deepEqual([told.act, told.actor, told.note], ['timer', null, { timer: 'due', ended: false, next: ['boss'] }])
  assert.equal((await complete(plain, 'work')).body.code, 'TASK_DONE')
  assert.equal((await complete(plain, 'boss')).status, 200)
  assert.equal((await ticket(plain)).stage, 'e')
})

test('a task done in time takes its timer off the list, and a timer that comes late all the same changes nothing', async () => {
  app.clock!.set('2026-11-24T01:00:00Z')
  const id = await open('escalate')
  const [step] = await steps(id)
  const { rows: [instance] } = await app.owner.query('select id from process_instance where record_id = $1', [id])
  assert.equal(await jobs('process.timer'), 1)
  assert.equal((await complete(id, 'work')).status, 200)
  assert.equal(await jobs('process.timer'), 0)
  const was = await ticket(id)
  for (let i = 0; i < 2; i++) await app.system(ctx => schedule(ctx, { kind: 'process.timer', dueAt: ctx.now(), payload: { instanceId: instance.id, stepId: step!.id, nodeId: 'due' } }))
  await app.worker!.idle()
  assert.deepEqual([await shape(id), await ticket(id)], [['work done'], was])
})

test('a timer that does not interrupt adds a step and leaves the work to whoever has it', async () => {
  app.clock!.set('2026-11-25T01:00:00Z')
  const id = await open('remind')
  await worker.post(`/api/tasks/${(await steps(id))[0]!.id}/claim`)
  await at('2026-11-25T02:00:00Z')
  assert.deepEqual(await shape(id), ['work active', 'call waiting'])
  assert.equal((await ticket(id)).ownerId, worker.userId)
  assert.equal((await complete(id, 'work')).body.ended, false)
  assert.equal((await complete(id, 'call')).body.ended, true)
})

test('a timer does not wait for a person who is acting on the case, nor the person for the timer: it comes back', async () => {
  app.clock!.set('2026-11-26T01:00:00Z')
  const id = await open('escalate')
  const client = await app.runtime.pool.connect()
  try {
    await client.query(`begin; set local app.tenant = '${app.tenantId}'`)
    await client.query('select 1 from process_instance where record_id = $1 for update', [id])
    await at('2026-11-26T03:00:00Z')
    assert.deepEqual(await shape(id), ['work waiting'])
    assert.equal(await jobs('process.timer'), 1)
  } finally { await client.query('rollback'); client.release() }
  await at('2026-11-26T03:00:05Z')
  assert.deepEqual(await shape(id), ['work cancelled', 'boss waiting'])
})

test('two branches finished at the same moment join once', async () => {
  for (let i = 0; i < 5; i++) {
    const id = await open('both')
    const answers = await Promise.all(['left', 'right'].map(node => complete(id, node)))
    assert.deepEqual(answers.map(a => a.status), [200, 200])
    assert.deepEqual(await shape(id), ['left done', 'right done', 'last waiting'])
    assert.equal((await complete(id, 'last')).body.ended, true)
  }
})

test('while one branch is done the record still shows who works on the other', async () => {
  const id = await open('both')
  await worker.post(`/api/tasks/${(await steps(id)).find(x => x.node_id === 'left')!.id}/claim`)
  assert.equal((await complete(id, 'right')).status, 200)
  assert.equal((await ticket(id)).ownerId, worker.userId)
})

test('a service task whose program is not here is told when the model is published, and waits for a worker outside', async () => {
  const xml = model('<bpmn:serviceTask id="robot" name="机器" qc:handler="robot.act" />' + flows('s -> robot\nrobot -> e'))
  const { warnings } = await app.system(ctx => deploy(ctx, 'robot', xml))
  assert.ok(warnings.some(p => p.elementId === 'robot' && p.code === 'HANDLER_UNKNOWN'))
  const id = await open('robot')
  await app.worker!.idle()
  assert.deepEqual(await shape(id), ['robot waiting'])
})
