import assert from 'node:assert/strict'
import { test } from 'node:test'
import { create, defineEntity, defineModule, f, newId, type Ctx } from '@quancheng/kernel'
import { testApp } from '@quancheng/kernel/testing'
import fc from 'fast-check'
import { readEventLog } from '../log/index.ts'
import { activityTimes, caseTimes, directlyFollows, variants, type ActivityRow, type Measure } from '../mining/index.ts'
import { processModule } from './module.ts'
import { CACHE_LIMITS, forgetTables, keptBytes } from './statistics-cache.ts'

const Job = defineEntity('repairJob', { label: ['维修', 'Repair'], fields: { title: f.text(['标题', 'Title']), unitId: f.ref(['单位', 'Unit'], () => 'unit'), stage: f.text(['环节', 'Stage']) }, scope: { unit: 'unitId' }, display: ['title'], list: ['title'] })
const app = await testApp({ modules: [processModule, defineModule({ name: 'jobs', label: ['维修', 'Jobs'], entities: [Job] })], clock: '2026-11-23T01:00:00Z', tenants: 2 })
const tenantId = app.tenantIds[0]!
const units = await app.system(async (ctx: Ctx) => {
  const unit = async (code: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name: code, kind: parentId ? 'station' : 'group', ...(parentId ? { parentId } : {}) })).id
  const group = await unit('G')
  return { group, A: await unit('A1', group), B: await unit('B1', group) }
})
const grants = { 'process:read': ['all'] as const, 'repairJob:export': ['all'] as const }
const person = (username: string, unitId: string, scope: string, more = {}) => app.person({ username, unitId, roles: [{ code: username, grants: { ...grants, 'repairJob:read': [scope], ...more } as never }] })
const everyone = await person('everyone', units.group, 'all')
const inA = await person('ina', units.A, 'unit')
const inB = await person('inb', units.B, 'unit')
const stranger = await app.person({ username: 'stranger', roles: [{ code: 'stranger', grants: { 'process:read': ['all'] } }] }, app.tenantIds[1]!)
const nothing = await app.person({ username: 'nothing', roles: [{ code: 'nothing', grants: { 'process:read': ['all'] } }] })

/* A process with its history, written as the store would write it; every write is remembered beside the database. */
interface Step { seq: number; name: string; who: string | null; state: 'done' | 'active' | 'waiting' | 'cancelled'; entered: number; started: number | null; finished: number | null }
interface Case { id: string; unit: 'A' | 'B'; version: number; started: number; ended: number | null; steps: Step[] }
const START = Date.parse('2026-01-05T00:00:00Z')
const at = (minute: number | null): Date | null => (minute === null ? null : new Date(START + minute * 60_000))
const NODE: Record<string, string> = { 受理: 'take', 维修: 'repair', 质检: 'check' }
const node = (name: string): string => `<bpmn:userTask id="${NODE[name]}" name="${name}"/>`
const xml = (note: string): string => `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="t"><bpmn:process id="p" name="维修" isExecutable="true"><bpmn:documentation>${note}</bpmn:documentation>
  <bpmn:startEvent id="s"/><bpmn:sequenceFlow id="f1" sourceRef="s" targetRef="take"/>${node('受理')}<bpmn:sequenceFlow id="f2" sourceRef="take" targetRef="repair"/>${node('维修')}<bpmn:sequenceFlow id="f3" sourceRef="repair" targetRef="check"/>${node('质检')}<bpmn:sequenceFlow id="f4" sourceRef="check" targetRef="z"/><bpmn:endEvent id="z"/></bpmn:process></bpmn:definitions>`
let made = 0
async function history(versions = 1) {
  const key = `history-${++made}`
  const definitions: string[] = []
  const add = async (): Promise<void> => {
    const id = newId(), version = definitions.length + 1
    await app.owner.query('insert into process_definition (tenant_id, id, key, version, name, kind, xml, hash, entity, created_at) values ($1,$2,$3,$4,$5,$6,$7,$8,$9,now())', [tenantId, id, key, version, '维修', 'bpmn', xml(`${key} ${version}`), `${key}-${version}`, 'repairJob'])
    definitions.push(id)
  }
  for (let i = 0; i < versions; i++) await add()
  const cases = new Map<string, Case>()
  const put = async (c: Case): Promise<void> => {
    if (!cases.has(c.id)) {
      await app.owner.query('insert into repair_job (tenant_id, id, version, created_at, updated_at, title, unit_id) values ($1,$2,1,now(),now(),$3,$4)', [tenantId, c.id, c.id, units[c.unit]])
      await app.owner.query("insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, started_at, ended_at, end_node) values ($1,$2,$3,'repairJob',$2,$4,$5,$6,$7,$8,$9)",
        [tenantId, c.id, definitions[c.version - 1], `case ${c.id.slice(-6)}`, units[c.unit], c.ended === null ? 'active' : 'completed', at(c.started), at(c.ended), c.ended === null ? null : 'z'])
    } else await app.owner.query('update process_instance set state = $3, ended_at = $4, end_node = $5 where tenant_id = $1 and id = $2', [tenantId, c.id, c.ended === null ? 'active' : 'completed', at(c.ended), c.ended === null ? null : 'z'])
    await app.owner.query('delete from process_step where tenant_id = $1 and instance_id = $2', [tenantId, c.id])
    for (const s of c.steps) await app.owner.query('insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, role, resource, state, entered_at, started_at, finished_at) values ($1,$2,$3,$4,$5,$13,$6,$7,$8,$9,$10,$11,$12)',
      [tenantId, newId(), c.id, s.seq, NODE[s.name], 'user', 'engineer', s.who, s.state, at(s.entered), at(s.started), at(s.finished), s.name])
    cases.set(c.id, c)
  }
  const remove = async (id: string): Promise<void> => {
    await app.owner.query('delete from process_step where instance_id = $1', [id])
    await app.owner.query('delete from process_instance where id = $1', [id])
    await app.owner.query('delete from repair_job where id = $1', [id])
    cases.delete(id)
  }
  return { key, cases, put, remove, addVersion: add, versions: () => definitions.length }
}
const rowsOf = (cases: Iterable<Case>): ActivityRow[] => [...cases].toSorted((a, b) => (a.id < b.id ? -1 : 1)).flatMap(c => c.steps.filter(s => s.state !== 'cancelled').map(s => ({
  caseId: c.id, activity: s.name, resource: s.who, enteredAt: at(s.entered)!, startedAt: at(s.started), finishedAt: at(s.finished),
})))
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value))
const plainly = (rows: ActivityRow[], measure: Measure = 'total') => json({ times: activityTimes(rows, { measure }), caseTimes: caseTimes(rows), dfg: directlyFollows(rows, { measure }), variants: variants(rows, 12), cases: new Set(rows.map(r => r.caseId)).size })
async function asked(who: { get(path: string): Promise<{ status: number; body: any }> }, key: string, query = '') {
  const r = await who.get(`/api/processes/${key}/statistics${query}`)
  assert.equal(r.status, 200, JSON.stringify(r.body))
  const { times, caseTimes, dfg, variants, counts } = r.body
  return { times, caseTimes, dfg, variants, cases: counts.cases }
}

const step = fc.record({ name: fc.constantFrom('受理', '维修', '质检'), who: fc.constantFrom(null, '李', '王'), state: fc.constantFrom('done', 'done', 'active', 'waiting', 'cancelled'), wait: fc.nat(50), work: fc.nat(90) })
const caseOf = fc.record({ unit: fc.constantFrom('A', 'B'), started: fc.nat(100_000), ended: fc.boolean(), version: fc.nat(9), steps: fc.array(step, { minLength: 1, maxLength: 4 }) })
type Drawn = { unit: 'A' | 'B'; started: number; ended: boolean; version: number; steps: Array<{ name: string; who: string | null; state: Step['state']; wait: number; work: number }> }
function caseFrom(id: string, drawn: Drawn, versions: number): Case {
  let clock = drawn.started
  const steps = drawn.steps.map((s, i): Step => {
    const entered = clock, started = s.state === 'waiting' ? null : entered + s.wait, finished = s.state === 'done' || s.state === 'cancelled' ? entered + s.wait + s.work : null
    clock = finished ?? entered
    return { seq: i + 1, name: s.name, who: s.who, state: s.state, entered, started, finished }
  })
  return { id, unit: drawn.unit, version: 1 + drawn.version % versions, started: drawn.started, ended: drawn.ended ? clock : null, steps }
}
const act = fc.oneof(
  fc.record({ do: fc.constant('begin' as const), with: caseOf }), fc.record({ do: fc.constant('change' as const), which: fc.nat(20), with: caseOf }),
  fc.record({ do: fc.constant('remove' as const), which: fc.nat(20) }), fc.record({ do: fc.constant('claim' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('version' as const) }), fc.record({ do: fc.constant('look' as const) }), fc.record({ do: fc.constant('forget' as const) }),
)

test('whatever happens to a history between two looks, the second look gives the figures of the plain reckoning, for each person of their own cases', async () => {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 9 }), fc.constantFrom<Measure>('total', 'waiting', 'working'), async (acts, measure) => {
    const h = await history()
    const compare = async (): Promise<void> => {
      for (const [who, mine] of [[everyone, () => true], [inA, (c: Case) => c.unit === 'A'], [inB, (c: Case) => c.unit === 'B']] as const) {
        assert.deepEqual(await asked(who, h.key, `?measure=${measure}`), plainly(rowsOf([...h.cases.values()].filter(mine)), measure))
      }
    }
    const nth = (n: number): Case | undefined => [...h.cases.values()][n % Math.max(1, h.cases.size)]
    for (const a of acts) {
      if (a.do === 'begin') await h.put(caseFrom(newId(), a.with as Drawn, h.versions()))
      else if (a.do === 'version') await h.addVersion()
      else if (a.do === 'forget') forgetTables()
      else if (a.do === 'look') await compare()
      else {
        const c = nth(a.which)
        if (!c) continue
        if (a.do === 'remove') await h.remove(c.id)
        else if (a.do === 'change') { const { unit, version } = c; await h.put({ ...caseFrom(c.id, a.with as Drawn, 1), unit, version }) } else {
          // an open step is begun without a word to its case
          const open = c.steps.find(s => s.state === 'waiting')
          if (!open || c.ended !== null) continue
          await app.owner.query("update process_step set state = 'active', started_at = $3 where instance_id = $1 and seq = $2", [c.id, open.seq, at(open.entered + 7)])
          Object.assign(open, { state: 'active', started: open.entered + 7 })
        }
      }
    }
    await compare()
  }), { numRuns: 25 })
})

const simple = (unit: 'A' | 'B', started: number, ...names: string[]): Case => ({
  id: newId(), unit, version: 1, started, ended: started + names.length * 10,
  steps: names.map((name, i) => ({ seq: i + 1, name, who: '李', state: 'done', entered: started + i * 10, started: started + i * 10 + 2, finished: started + i * 10 + 10 })),
})

test('dates, unit and version narrow the same table; what another asked for is never answered', async () => {
  const h = await history(2)
  const [a, b, c] = [simple('A', 0, '受理', '维修'), simple('A', 1440 * 3, '受理'), { ...simple('B', 1440 * 3, '受理', '质检'), version: 2 }]
  for (const each of [a, b, c]) await h.put(each)
  const cases = async (who: Parameters<typeof asked>[0], query = '') => (await asked(who, h.key, query)).cases
  assert.deepEqual([await cases(everyone), await cases(inA), await cases(inB), await cases(everyone)], [3, 2, 1, 3])
  assert.deepEqual([await cases(everyone, '?from=2026-01-08'), await cases(everyone, '?to=2026-01-07'), await cases(inA, '?from=2026-01-08')], [2, 1, 1])
  assert.deepEqual([await cases(everyone, `?unitId=${units.B}`), await cases(everyone, `?unitId=${units.group}`), await cases(inA, `?unitId=${units.B}`)], [1, 3, 0])
  assert.deepEqual([await cases(everyone, '?version=1'), await cases(everyone, '?version=2'), await cases(inA, '?version=2')], [2, 1, 0])
  assert.equal((await stranger.get(`/api/processes/${h.key}/statistics`)).status, 404)
  assert.equal((await nothing.get(`/api/processes/${h.key}/statistics`)).body.code, 'FORBIDDEN')
  assert.equal((await nothing.get(`/api/processes/${h.key}/review`)).status, 403)
})

test('a record that moves to another unit is counted there from the next look on, though nothing of its history changed', async () => {
  const h = await history()
  const one = simple('A', 0, '受理')
  await h.put(one)
  assert.deepEqual([(await asked(inA, h.key)).cases, (await asked(inB, h.key)).cases], [1, 0])
  await app.owner.query('update repair_job set unit_id = $2 where id = $1', [one.id, units.B])
  assert.deepEqual([(await asked(inA, h.key)).cases, (await asked(inB, h.key)).cases], [0, 1])
})

test('a process drawn for no record, begun for one, follows that record: who may not see it sees no case', async () => {
  const h = await history()
  await h.put(simple('A', 0, '受理'))
  await h.put(simple('B', 0, '受理', '维修'))
  await app.owner.query('update process_definition set entity = null where key = $1', [h.key])
  assert.deepEqual([(await asked(everyone, h.key)).cases, (await asked(inA, h.key)).cases, (await asked(inB, h.key)).cases, (await asked(nothing, h.key)).cases], [2, 1, 1, 0])
  assert.equal((await inA.get(`/api/processes/${h.key}/log?format=ocel`)).body.events.length, 1)
  assert.equal((await nothing.get(`/api/processes/${h.key}/log`)).status, 403)
})

test('a case whose transaction began before a look and committed after it is in the next one, wherever its clock stood', async () => {
  const h = await history()
  await h.put(simple('A', 10_000, '受理'))
  const late = simple('A', -500_000, '受理', '维修')
  const begun = Promise.withResolvers<void>(), goOn = Promise.withResolvers<void>()
  const slow = app.system(async (ctx: Ctx) => {
    await ctx.query('insert into repair_job (tenant_id, id, version, created_at, updated_at, title, unit_id) values ($1,$2,1,now(),now(),$4,$3)', [tenantId, late.id, units.A, 'late'])
    await ctx.query("insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, started_at, ended_at) select $1,$2,id,'repairJob',$2,'late',$3,'completed',$4,$5 from process_definition where key = $6", [tenantId, late.id, units.A, at(late.started), at(late.ended), h.key])
    begun.resolve()
    await goOn.promise
    for (const s of late.steps) await ctx.query("insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, state, entered_at, started_at, finished_at) values ($1,$2,$3,$4,$5,$5,'user','done',$6,$7,$8)", [tenantId, newId(), late.id, s.seq, s.name, at(s.entered), at(s.started), at(s.finished)])
  })
  await begun.promise
  // another commits in the meantime with a higher transaction number
  await h.put(simple('A', 20_000, '质检'))
  assert.equal((await asked(everyone, h.key)).cases, 2)
  goOn.resolve()
  await slow
  assert.equal((await asked(everyone, h.key)).cases, 3)
})

test('what a transaction has written and may yet roll back never gets into the table', async () => {
  const h = await history()
  await h.put(simple('A', 0, '受理'))
  const { statistics } = await import('./statistics.ts')
  await assert.rejects(app.system(async (ctx: Ctx) => {
    await ctx.query("update process_step set name = '改过' where tenant_id = $1 and name = '受理'", [tenantId])
    assert.deepEqual((await statistics(ctx, h.key, {})).times.map(t => t.activity), ['改过'])
    throw new Error('rolled back')
  }), /rolled back/)
  assert.deepEqual((await asked(everyone, h.key)).times.map((t: { activity: string }) => t.activity), ['受理'])
})

test('many looks at once at a history nobody has looked at count every case once', async () => {
  const h = await history()
  for (let i = 0; i < 5; i++) await h.put(simple(i % 2 ? 'A' : 'B', i * 100, '受理', '维修'))
  const answers = await Promise.all([everyone, inA, everyone, inB, everyone].map(who => asked(who, h.key)))
  assert.deepEqual(answers.map(a => a.cases), [5, 2, 5, 3, 5])
})

test('more than may be kept is not kept, and answered all the same', async () => {
  const h = await history()
  for (let i = 0; i < 4; i++) await h.put(simple('A', i * 100, '受理', '维修'))
  const { bytes } = CACHE_LIMITS
  try {
    CACHE_LIMITS.bytes = 1
    forgetTables()
    const other = await history()
    await other.put(simple('A', 0, '质检'))
    await asked(everyone, other.key)
    const one = keptBytes()
    assert.equal((await asked(everyone, h.key)).cases, 4)
    assert.ok(keptBytes() < one * 2, 'the table looked at before has made room')
  } finally { CACHE_LIMITS.bytes = bytes }
})

test('heat, conformance and cases speak of the same cases, and lead to their records', async () => {
  const h = await history()
  const [fine, skipped, foreign] = [simple('A', 0, '受理', '维修', '质检'), simple('A', 2000, '受理', '质检'), simple('B', 3000, '维修', '受理', '质检')]
  for (const c of [fine, skipped, foreign]) await h.put(c)
  const heat = (await inA.get(`/api/processes/${h.key}/heat`)).body
  assert.deepEqual(heat.nodes.map((n: { nodeId: string; steps: number }) => [n.nodeId, n.steps]).toSorted(), [['check', 2], ['repair', 1], ['take', 2]])
  const found = (await inA.get(`/api/processes/${h.key}/conformance`)).body
  assert.ok(found.deviations, JSON.stringify(found))
  assert.deepEqual([found.cases, found.fitting, found.deviations.map((d: { kind: string; nodeId: string; cases: number }) => [d.kind, d.nodeId, d.cases])], [2, 1, [['skipped', 'repair', 1]]])
  assert.deepEqual(found.flows, { f1: 2, f2: 2, f3: 2, f4: 2 })
  const list = (await inA.get(`/api/processes/${h.key}/cases?deviation=skipped&node=repair`)).body
  assert.deepEqual([list.total, list.items[0].recordId, list.items[0].entity], [1, skipped.id, 'repairJob'])
  const slow = (await everyone.get(`/api/processes/${h.key}/cases?activity=${encodeURIComponent('受理')}&by=total&limit=2`)).body
  assert.deepEqual([slow.total, slow.items.length], [3, 2])
  assert.equal((await everyone.get(`/api/processes/${h.key}/cases?like=${fine.id}`)).body.total, 1)
  assert.equal((await inA.get(`/api/processes/${h.key}/cases?like=${foreign.id}`)).body.total, 0)
  const review = (await inA.get(`/api/processes/${h.key}/review`)).body
  assert.deepEqual([review.cases, review.weeks[0].started, review.people[0].person], [2, 2, '李'])
})

test('the exported log reads back as the history it was, within the scope of whoever exports', async () => {
  const h = await history()
  const [one, two, other] = [simple('A', 0, '受理', '维修', '质检'), simple('A', 2000, '受理', '质检'), simple('B', 3000, '维修')]
  for (const c of [one, two, other]) await h.put(c)
  for (const format of ['xes', 'csv'] as const) {
    const r = await app.server.inject({ method: 'GET', url: `/api/processes/${h.key}/log?format=${format}`, headers: { authorization: `Bearer ${inA.token}` } })
    assert.equal(r.statusCode, 200, r.body)
    const log = await readEventLog([r.rawPayload])
    assert.deepEqual(log.problems, [])
    assert.deepEqual(log.cases.map(c => [c.id, c.events.filter(e => e.lifecycle === 'complete').map(e => e.activity).join()]).toSorted(), [[`case ${one.id.slice(-6)}`, '受理,维修,质检'], [`case ${two.id.slice(-6)}`, '受理,质检']].toSorted())
  }
  const ocel = (await inA.get(`/api/processes/${h.key}/log?format=ocel`)).body
  assert.equal(ocel.events.length, 5)
  assert.deepEqual(ocel.objectTypes.map((t: { name: string }) => t.name), ['repairJob', 'unit'])
  const ids = new Set(ocel.objects.map((o: { id: string }) => o.id))
  for (const e of ocel.events) for (const r of e.relationships) assert.ok(ids.has(r.objectId), r.objectId)
  const reader = await person('reader', units.A, 'unit', { 'repairJob:export': [] })
  assert.equal((await reader.get(`/api/processes/${h.key}/log`)).body.code, 'FORBIDDEN')
  const refused = await inA.get(`/api/processes/${h.key}/log?format=doc`)
  assert.deepEqual([refused.status, refused.body.code], [400, 'INVALID'])
  assert.match(refused.body.message, /[\u4e00-\u9fff]/)
  assert.doesNotMatch(refused.body.message, /Invalid/)
  assert.equal((await stranger.get(`/api/processes/${h.key}/log`)).status, 404)
})

test('a deleted log is gone with the next look, and another under its name is another', async () => {
  const key = `log-${++made}`
  const make = async (activity: string): Promise<void> => {
    const definition = newId(), id = newId()
    await app.owner.query("insert into process_definition (tenant_id, id, key, version, name, kind, hash, created_at) values ($1,$2,$3,1,'日志','log',$4,now())", [tenantId, definition, key, definition])
    await app.owner.query("insert into process_instance (tenant_id, id, definition_id, state, label, started_at, ended_at) values ($1,$2,$3,'completed','1',$4,$4)", [tenantId, id, definition, at(0)])
    await app.owner.query("insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, state, entered_at, finished_at) values ($1,$2,$3,1,$4,$4,'log','done',$5,$5)", [tenantId, newId(), id, activity, at(0)])
  }
  await make('旧')
  assert.deepEqual((await asked(nothing, key)).variants.variants[0].activities, ['旧'])
  await app.owner.query('delete from process_step where instance_id in (select i.id from process_instance i join process_definition d on d.id = i.definition_id where d.key = $1)', [key])
  await app.owner.query('delete from process_instance where definition_id = (select id from process_definition where key = $1)', [key])
  await app.owner.query('delete from process_definition where key = $1', [key])
  assert.equal((await nothing.get(`/api/processes/${key}/statistics`)).status, 404)
  await make('新')
  assert.deepEqual((await asked(nothing, key)).variants.variants[0].activities, ['新'])
  assert.equal((await nothing.get(`/api/processes/${key}/conformance`)).body.code, 'NO_MODEL')
})
