import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalendar, defineEntity, defineModule, f, storeNew, type Ctx } from '@quancheng/kernel'
import { runDue, testApp } from '@quancheng/kernel/testing'
import { bpmn, event, flows, on, tag } from '../engine/testing.ts'
import { begin, prepareStart } from './begin.ts'
import { deploy } from './definitions.ts'
import { processModule } from './module.ts'
import { startCase } from './starts.ts'

/* Two companies live the same days; what comes due is done one by one in the one and in batches in the other. Afterwards all their rows are the same. */

const Ticket = defineEntity('ticket', {
  label: ['工单', 'Ticket'],
  fields: {
    title: f.text(['标题', 'Title'], { required: true }), stage: f.text(['阶段', 'Stage'], { readOnly: true }), urgent: f.boolean(['加急', 'Urgent']),
    unitId: f.ref(['单位', 'Unit'], () => 'unit'), ownerId: f.ref(['负责人', 'Owner'], () => 'user', { readOnly: true }),
  },
  scope: { unit: 'unitId', owner: 'ownerId' }, display: ['title'], list: ['title', 'stage'],
})
const calendar = compileCalendar({ timeZone: 'Asia/Shanghai', shifts: [['09:00', '12:00'], ['13:30', '18:00']], workdays: [1, 2, 3, 4, 5], days: {}, knownYears: [2026] })
const tickets = defineModule({
  name: 'tickets', label: ['工单', 'Tickets'], entities: [Ticket], start: runtime => { runtime.calendar = () => Promise.resolve(calendar) },
  listeners: [{ name: 'tickets.heard', event: 'ticket.timer', run: async () => {} }],
})
const START = '2026-11-23T01:00:00Z'
const app = await testApp({ modules: [processModule, tickets], clock: START, tenants: 2 })
const [ALONE, TOGETHER] = app.tenantIds as [string, string]

const standard = (minutes: number, more = '') => `<bpmn:extensionElements><qc:standard minutes="${minutes}" ${more}/></bpmn:extensionElements>`
const work = (id: string, inner = '', more = '') => event('userTask', id, `qc:role="worker" ${more}`, inner)
const late = (id: string, host: string, duration: string, more = '') => event('boundaryEvent', id, `attachedToRef="${host}" ${more}`, on.timer(duration))
const BOUND = '<bpmn:extensionElements><qc:binding entity="ticket" stageField="stage" /></bpmn:extensionElements>'
const ends = (elements: string): string => tag('startEvent', 's') + tag('endEvent', elements.includes('"e2"') ? 'e e2' : 'e')
const MODELS: Record<string, string> = {
  escalate: work('work', standard(60, 'clock="clock"')) + work('boss', standard(90)) + tag('userTask', 'fast', 'qc:role="worker"') + tag('exclusiveGateway', 'which').replace('/>', ' default="f4"/>') + late('due', 'work', 'PT119M') + flows('s -> work\nwork -> e\ndue -> which\nwhich -> boss\nwhich -> fast [urgent = true]\nboss -> e\nfast -> e2'),
  nudge: work('work', standard(120, 'remind="30,60"')) + work('call', '', 'qc:assign="previous:work"') + late('soon', 'work', 'PT61M', 'cancelActivity="false"') + flows('s -> work\nwork -> e\nsoon -> call\ncall -> e2'),
  drop: work('work') + late('gone', 'work', 'PT3H1M') + flows('s -> work\nwork -> e\ngone -> e2'),
  both: tag('parallelGateway', 'fork join') + work('left') + work('right', standard(30, 'clock="clock"')) + late('l', 'left', 'PT61M') + late('r', 'right', 'PT67M') + flows('s -> fork\nfork -> left\nfork -> right\nleft -> join\nright -> join\nl -> join\nr -> join\njoin -> e'),
  nowhere: work('work') + late('round', 'work', 'PT62M') + tag('exclusiveGateway', 'which') + flows('s -> work\nwork -> e\nround -> which\nwhich -> e2 [1 = 2]'),
  beyond: event('subProcess', 'sub', '', tag('startEvent', 'is') + work('x') + tag('endEvent', 'ie') + flows('is -> x\nx -> ie', 'i')) + late('stop', 'sub', 'PT2H3M') + flows('s -> sub\nsub -> e\nstop -> e2'),
}
for (const tenant of app.tenantIds) {
  await app.person({ username: 'worker', roles: [{ code: 'worker', grants: { 'ticket:read': ['all'], 'ticket:move': ['all'] } }, { code: 'stationManager', grants: {} }] }, tenant)
  await app.system(async ctx => {
    for (const [key, elements] of Object.entries(MODELS)) {
      await deploy(ctx, key, bpmn(BOUND + ends(elements) + elements))
      await deploy(ctx, `free-${key}`, bpmn(ends(elements) + elements.replaceAll('urgent = true', 'true'), 'id="q" isExecutable="true"'))
    }
  }, tenant)
}

let seed = 20261122
const random = (n: number): number => { seed = (seed * 1664525 + 1013904223) >>> 0; return Math.floor(seed / 2 ** 32 * n) }
const each = async (run: (ctx: Ctx) => Promise<void>): Promise<void> => { for (const tenant of app.tenantIds) await app.system(run, tenant) }

async function open(ctx: Ctx, key: string, title: string, urgent: boolean): Promise<void> {
  const [unit] = await ctx.query<{ id: string }>('select id from unit where tenant_id = $1', [ctx.tenant.id])
  if (key.startsWith('free-')) { await startCase(ctx, key, { label: title, unitId: unit!.id }); return }
  const p = await prepareStart(ctx, key)
  const record = await storeNew(ctx, ctx.entities.get('ticket'), { title, unitId: unit!.id, stage: p.stage, urgent })
  await begin(ctx, p, { entity: 'ticket', record, unitId: unit!.id, label: title })
}

/** Only this company's jobs are due while it runs. */
async function only(tenant: string, run: () => Promise<void>): Promise<void> {
  await app.owner.query('update job set dead = true where tenant_id <> $1', [tenant])
  try { await run() } finally { await app.owner.query('update job set dead = false where tenant_id <> $1', [tenant]) }
}
const nextDue = async (until: Date): Promise<Date | null> => (await app.owner.query('select min(due_at) as at from job where not dead and due_at <= $1 and tenant_id = any($2)', [until, app.tenantIds])).rows[0].at as Date | null
const batches: number[] = []
/** jobs that came in a batch, and those that the batch left to be done alone */
const came = { all: 0, alone: 0 }
const usual = app.runtime.batch
app.runtime.batch = kind => { const run = usual(kind); return run && (async (ctx, jobs) => { const left = await run(ctx, jobs); came.all += jobs.length; came.alone += left.alone?.length ?? 0; return left }) }
const drain = async (most: number): Promise<void> => { for (let i = 0; i < 3000; i++) { const n = await runDue(app.runtime, most); if (most > 1) batches.push(n); if (!n) return } assert.fail('no end of jobs') }

/** Everything of a company, case by case, ids replaced by the order in which they come. */
async function rowsOf(tenant: string): Promise<string[]> {
  const rows = async (text: string, values: unknown[] = [tenant]) => (await app.owner.query(text, values)).rows
  const out: string[] = []
  for (const i of await rows('select * from process_instance where tenant_id = $1 order by label')) {
    const steps = await rows('select * from process_step where tenant_id = $1 and instance_id = $2 order by seq', [tenant, i.id])
    const ids = [i.id, i.record_id, ...steps.map(s => s.id)]
    const all = [i, steps,
      await rows('select t.*, s.title as found, s.tokens, s.codes, s.updated_at as found_at from ticket t left join search_doc s on s.record_id = t.id where t.tenant_id = $1 and t.id = $2', [tenant, i.record_id]),
      await rows('select kind, payload, due_at, attempts, dead, last_error from job where tenant_id = $1 and (payload->>\'stepId\' = any($2::text[]) or payload->>\'instanceId\' = any($2::text[])) order by kind, due_at, payload->>\'nodeId\', payload->>\'minutes\'', [tenant, ids]),
      await rows('select * from alarm where tenant_id = $1 and (step_key = any($2::text[]) or record_id = $3::text) order by raised_at, kind, stage', [tenant, ids, i.record_id]),
      await rows('select seq, at, actor_id, act, reason, unit_id, payload from audit where tenant_id = $1 and record_id = $2 order by seq', [tenant, i.record_id]),
      await rows('select event, payload, unit_id, at from outbox where tenant_id = $1 and record_id = $2 order by id', [tenant, i.record_id]),
      await rows('select node_id, kind, code, message, attempts, retry, at from process_incident where tenant_id = $1 and instance_id = $2 order by node_id', [tenant, i.id])]
    const seen = new Map<string, string>()
    out.push(JSON.stringify(all).replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, id => { if (!seen.has(id)) seen.set(id, `#${seen.size}`); return seen.get(id)! }))
  }
  return out
}

test('TM-01 done in batches or one by one, whatever comes due leaves the same rows: cases, steps, records, alarms, audit, events, the list of what is due', async () => {
  for (let day = 0; day < 4; day++) {
    const keys = Object.keys(MODELS).flatMap(k => [k, `free-${k}`])
    for (let n = 0; n < 30; n++) {
      const key = keys[random(keys.length)]!, urgent = random(3) === 0, title = `${day}-${String(n).padStart(2, '0')} ${key}`
      await each(ctx => open(ctx, key, title, urgent))
    }
    for (let hour = 0; hour < 5; hour++) {
      // what comes due at different times comes in that order in both, so that nothing depends on how far a worker is behind
      const until = new Date(app.clock!.now.getTime() + (20 + random(100)) * 60_000)
      for (let next = await nextDue(until); next; next = await nextDue(until)) {
        app.clock!.set(next)
        await only(ALONE, () => drain(1))
        await only(TOGETHER, () => drain(2 + random(60)))
      }
      app.clock!.set(until)
      assert.deepEqual(await rowsOf(TOGETHER), await rowsOf(ALONE), `day ${day}, hour ${hour}`)
    }
  }
  const { rows: [seen] } = await app.owner.query("select (select count(*) from alarm)::int as alarms, (select count(*) from process_incident)::int as incidents, (select count(*) from audit where act = 'timer')::int as moved")
  assert.ok(seen.alarms > 100 && seen.incidents > 3 && seen.moved > 50, JSON.stringify(seen))
  assert.ok(Math.max(...batches) > 10, 'they came in batches')
  // models that refuse or go beyond are 2 of 6; everything else is done together
  assert.ok(came.all > 200 && came.alone < came.all / 4, JSON.stringify(came))
})
