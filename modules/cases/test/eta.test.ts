import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId } from '@quancheng/kernel'
import { runOneJob } from '@quancheng/kernel/testing'
import { learningDone } from '@quancheng/process'
import { house } from './house.ts'

/** When a step and its case are expected to be done, on the list and the page of cases; the station makes groups where a record has nothing else. */

const h = await house()
const { app } = h

/** Forty parcels that are through: taken in in `minutes`, then checked in ten. */
const history = (unitId: string, minutes: (i: number) => number) => app.system(async ctx => {
  const [d] = await ctx.query<{ id: string }>("select id from process_definition where tenant_id = $1 and key = 'parcel'", [ctx.tenant.id])
  const { recordId } = await h.parcel('老包裹', unitId)
  for (let i = 0; i < 40; i++) {
    const id = newId(), begin = ctx.now().getTime() - (i + 1) * 3_600_000 - 86_400_000, at = (m: number) => new Date(begin + m * 60_000), m = minutes(i)
    await ctx.query("insert into process_instance (tenant_id, id, definition_id, entity, record_id, label, unit_id, state, started_at, ended_at, end_node) values ($1,$2,$3,'parcel',$4,'老',$5,'completed',$6,$7,'sent')", [ctx.tenant.id, id, d!.id, recordId, unitId, at(0), at(m + 15)])
    for (const [seq, [node, from, to]] of ([['take', 0, m], ['check', m, m + 10], ['check', m + 10, m + 15]] as const).entries()) {
      await ctx.query("insert into process_step (tenant_id, id, instance_id, seq, node_id, name, kind, state, entered_at, started_at, finished_at, minutes, clock) values ($1,$2,$3,$4,$5,$5,'user','done',$6,$6,$7,$8,'business')", [ctx.tenant.id, newId(), id, seq, node, at(from), at(to), to - from])
    }
  }
})

test('SP-09 the list and the page of cases say when the step is expected to be done, by the history of the own station', async () => {
  await history(h.units.HZ, i => 100 + i)
  await history(h.units.NB, i => 200 + 2 * i)
  app.clock!.advance(16)
  for (let i = 0; i < 20 && await runOneJob(app.runtime); i++) { /* what is due */ }
  await learningDone(app.runtime)
  app.clock!.set('2026-11-24T01:00:00Z')
  const { caseId } = await h.parcel('新包裹')
  const there = await h.parcel('宁波的', h.units.NB)
  const r = await h.wu.get('/api/case-list?key=parcel&limit=200')
  assert.equal(r.status, 200, JSON.stringify(r.body))
  const line = (label: string) => r.body.items.find((x: { label: string }) => x.label === label)
  // 09:00 and 119 minutes, 131 minutes: the middle and four in five of 100 … 139
  assert.deepEqual([line('新包裹').eta.p50, line('新包裹').eta.p80, line('新包裹').eta.n], ['2026-11-24T02:59:00.000Z', '2026-11-24T03:11:00.000Z', 40])
  assert.equal(line('宁波的').eta.n, 40)
  // 262 minutes of Ningbo, the lunch out
  assert.equal(line('宁波的').eta.p80, '2026-11-24T06:52:00.000Z')
  assert.equal(line('宁波的').eta.chance, 48, 'nineteen of the forty took more than the standard of 240 minutes')
  const page = (await h.wu.get(`/api/case-pages/${caseId}`)).body
  assert.equal(page.steps.at(-1).eta.p50, '2026-11-24T02:59:00.000Z')
  assert.equal(page.eta, null, 'a case that has hardly begun is not foretold as a whole')
  const foreign = await h.nan.get(`/api/case-list?key=parcel&limit=200`)
  assert.ok(!foreign.body.items.some((x: { caseId: string }) => x.caseId === caseId) && foreign.body.items.some((x: { caseId: string }) => x.caseId === there.caseId))
})
