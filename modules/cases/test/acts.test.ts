import assert from 'node:assert/strict'
import { test } from 'node:test'
import { house, itemOf, type Row } from './house.ts'

const h = await house()
interface Acted { code?: string; done: number; refused: number; results: Array<{ caseId: string; label: string | null; ok: boolean; code?: string; message?: string }> }
const act = (who: typeof h.an, body: object, key?: string) => who.post<Acted>('/api/case-acts', body, key ? { 'idempotency-key': key } : {})
const made = async (n: number, prefix: string, unit?: string): Promise<Row[]> => {
  for (let i = 0; i < n; i++) await h.parcel(`${prefix}${String(i).padStart(2, '0')}`, unit)
  return (await h.rows(h.wu)).filter(r => r.label.startsWith(prefix)).toSorted((a, b) => a.label.localeCompare(b.label))
}
const stateOf = async (stepId: string | null) => (await h.app.owner.query('select state, assignee_id, outcome from process_step where id = $1', [stepId])).rows[0] as { state: string; assignee_id: string | null; outcome: string | null }

test('of twenty done at once, the three whose must-do is missing are refused with the reason and stay as they were', async () => {
  const rows = await made(20, '齐')
  const lacking = rows.slice(3, 6)
  for (const r of rows) if (!lacking.includes(r)) await h.an.post(`/api/tasks/${r.stepId}/tick`, { item: 'weigh' })
  const before = await Promise.all(lacking.map(r => stateOf(r.stepId)))
  const r = await act(h.an, { act: 'complete', items: rows.map(itemOf) })
  assert.deepEqual([r.status, r.body.done, r.body.refused], [207, 17, 3])
  assert.deepEqual(r.body.results.filter(x => !x.ok).map(x => [x.caseId, x.label, x.code, x.message]), lacking.map(l => [l.caseId, l.label, 'ACTIVITY_UNFINISHED', r.body.results.find(x => x.caseId === l.caseId)!.message]))
  assert.match(r.body.results.find(x => !x.ok)!.message!, /已称重/)
  assert.deepEqual(await Promise.all(lacking.map(l => stateOf(l.stepId))), before)
  assert.equal((await h.rows(h.wu, '&node=check')).filter(x => x.label.startsWith('齐')).length, 17)
})

test('handing over is for whoever may re-assign, to somebody who may do it, each case told for itself', async () => {
  const rows = await made(3, '交'), [ning] = await made(1, '宁', h.units.NB)
  const refusedToClerk = await act(h.bo, { act: 'handOver', items: rows.map(itemOf), assigneeId: h.an.userId, reason: '换班' })
  assert.deepEqual(refusedToClerk.body.results.map(x => x.code), ['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN'])
  const r = await act(h.zhan, { act: 'handOver', items: [...rows, ning!].map(itemOf), assigneeId: h.an.userId, reason: '换班' })
  assert.deepEqual(r.body.results.map(x => [x.ok, x.code ?? null, x.label]), [[true, null, '交00'], [true, null, '交01'], [true, null, '交02'], [false, 'NOT_FOUND', null]])
  assert.equal((await stateOf(rows[0]!.stepId)).assignee_id, h.an.userId)
  assert.equal((await stateOf(ning!.stepId)).assignee_id, null)
  const [told] = (await h.zhan.get(`/api/parcels/${rows[0]!.recordId}/history`)).body
  assert.match(JSON.stringify(told), /换班/)
  const fresh = (await h.rows(h.wu)).filter(x => x.label.startsWith('交'))
  assert.deepEqual((await act(h.zhan, { act: 'handOver', items: fresh.map(itemOf), assigneeId: h.nan.userId, reason: '帮忙' })).body.results.map(x => x.code), ['NOT_A_CANDIDATE', 'NOT_A_CANDIDATE', 'NOT_A_CANDIDATE'])
})

test('back to the pool, urged, paused and resumed, under the guards of each', async () => {
  const rows = await made(2, '池')
  for (const r of rows) await h.an.post(`/api/tasks/${r.stepId}/claim`)
  const now = async () => (await h.rows(h.zhan)).filter(x => x.label.startsWith('池')).map(itemOf)
  assert.deepEqual((await act(h.zhan, { act: 'urge', items: await now() })).body.results.map(x => x.ok), [true, true])
  assert.deepEqual((await act(h.zhan, { act: 'urge', items: await now() })).body.results.map(x => x.code), ['URGE_SOON', 'URGE_SOON'])
  assert.deepEqual((await act(h.an, { act: 'pause', items: await now(), reason: '吃饭' })).body.results.map(x => x.code), ['PAUSE_REASON', 'PAUSE_REASON'])
  assert.deepEqual((await act(h.zhan, { act: 'pause', items: await now(), reason: '待客户' })).body.results.map(x => x.code), ['POST_NOT_ALLOWED', 'POST_NOT_ALLOWED'])
  assert.deepEqual((await act(h.an, { act: 'pause', items: await now(), reason: '待客户' })).body.done, 2)
  assert.deepEqual((await h.rows(h.zhan, '&flag=paused')).map(x => x.pausedFor), ['待客户', '待客户'])
  assert.deepEqual((await act(h.zhan, { act: 'release', items: await now() })).body.results.map(x => x.code), ['TASK_PAUSED', 'TASK_PAUSED'])
  assert.deepEqual((await act(h.an, { act: 'resume', items: await now() })).body.done, 2)
  assert.deepEqual((await act(h.zhan, { act: 'release', items: await now() })).body.done, 2)
  assert.equal((await stateOf(rows[0]!.stepId)).assignee_id, null)
})

test('sent back to a step it has been at; not to one it has not', async () => {
  const [row] = await made(1, '退')
  await h.an.post(`/api/tasks/${row!.stepId}/tick`, { item: 'weigh' })
  await h.an.post(`/api/tasks/${row!.stepId}/complete`, {})
  const here = async () => (await h.rows(h.an)).filter(x => x.label === '退00').map(itemOf)
  assert.equal((await act(h.an, { act: 'sendBack', items: await here(), to: 'sent', comment: '重称' })).body.results[0]!.code, 'JUMP_REFUSED')
  assert.equal((await act(h.an, { act: 'sendBack', items: await here(), to: 'take', comment: '重称' })).body.done, 1)
  assert.equal((await h.rows(h.an)).find(x => x.label === '退00')!.node, 'take')
})

test('only operators end a case; ended, it takes no act any more, and what it was is told', async () => {
  const rows = await made(2, '终')
  const no = await act(h.zhan, { act: 'cancel', items: rows.map(itemOf), reason: '误登记' })
  assert.deepEqual(no.body.results.map(x => x.code), ['FORBIDDEN', 'FORBIDDEN'])
  const yes = await act(h.wu, { act: 'cancel', items: [rows[0]!, rows[0]!].map(itemOf), reason: '误登记' })
  assert.deepEqual(yes.body.results.map(x => x.ok), [true, true], 'twice the same case is one act')
  // ended in between: the other person's screen still shows it
  assert.deepEqual((await act(h.zhan, { act: 'handOver', items: rows.map(itemOf), assigneeId: h.an.userId, reason: '换班' })).body.results.map(x => x.code ?? 'ok'), ['CASE_OVER', 'ok'])
})

test('what has changed since the list was read is refused: somebody else was quicker', async () => {
  const rows = await made(3, '旧')
  await h.bo.post(`/api/tasks/${rows[0]!.stepId}/claim`)
  await h.an.post(`/api/tasks/${rows[1]!.stepId}/tick`, { item: 'weigh' })
  await h.an.post(`/api/tasks/${rows[1]!.stepId}/complete`, {})
  const r = await act(h.zhan, { act: 'handOver', items: rows.map(itemOf), assigneeId: h.an.userId, reason: '换班' })
  assert.deepEqual(r.body.results.map(x => x.code ?? 'ok'), ['CHANGED_MEANWHILE', 'TASK_DONE', 'ok'])
  assert.equal((await stateOf(rows[0]!.stepId)).assignee_id, h.bo.userId)
})

test('another company’s case, and a step that is not this case’s, are not there', async () => {
  const foreign = await h.parcel('外', null, h.app.tenantIds[1]!), [own, other] = await made(2, '内')
  const step = (await h.app.owner.query('select id from process_step where instance_id = $1', [foreign.caseId])).rows[0].id as string
  const r = await act(h.wu, { act: 'cancel', reason: 'x', items: [{ caseId: foreign.caseId }, { caseId: foreign.caseId, stepId: step }, { caseId: own!.caseId, stepId: other!.stepId }] })
  assert.deepEqual(r.body.results.map(x => [x.code, x.label]), [['NOT_FOUND', null], ['NOT_FOUND', null], ['NOT_FOUND', null]])
  assert.equal((await h.app.owner.query('select state from process_instance where id = $1', [foreign.caseId])).rows[0].state, 'active')
})

test('the same request sent again gives the same answer and does nothing twice; the key is good for that request only', async () => {
  const rows = await made(2, '重')
  await h.an.post(`/api/tasks/${rows[0]!.stepId}/tick`, { item: 'weigh' })
  const body = { act: 'complete', items: rows.map(itemOf) }
  const first = await act(h.an, body, 'k-1')
  assert.deepEqual([first.body.done, first.body.refused], [1, 1])
  await h.an.post(`/api/tasks/${rows[1]!.stepId}/tick`, { item: 'weigh' })
  const second = await act(h.an, body, 'k-1')
  assert.deepEqual([second.status, second.body], [207, first.body])
  assert.equal((await stateOf(rows[1]!.stepId)).state, 'waiting')
  assert.equal((await act(h.an, { ...body, comment: 'x' }, 'k-1')).body.code, 'IDEMPOTENCY_REUSED')
  assert.equal((await act(h.bo, body, 'k-1')).body.results[1]!.ok, true, 'a key is its owner’s')
})

test('a request that broke down half-way is finished by its repeat: what was done counts as done', async () => {
  const rows = await made(3, '断')
  for (const r of rows) await h.an.post(`/api/tasks/${r.stepId}/tick`, { item: 'weigh' })
  const body = { act: 'complete', items: rows.map(itemOf) }
  await act(h.an, body, 'k-2')
  // as if the program had stopped before it could keep the answer, with the last two not yet reached
  await h.app.owner.query("update idempotency set status = null, body = null where key = 'k-2'")
  const again = await act(h.an, body, 'k-2')
  assert.deepEqual(again.body.results.map(x => x.ok), [true, true, true])
  assert.equal((await h.app.owner.query("select count(*)::int as n from process_step where node_id = 'check' and instance_id = any($1)", [rows.map(r => r.caseId)])).rows[0].n, 3)
})

test('two people act on the same cases at once: each case is done once', async () => {
  const rows = await made(4, '抢')
  for (const r of rows) await h.an.post(`/api/tasks/${r.stepId}/tick`, { item: 'weigh' })
  const body = { act: 'complete', items: rows.map(itemOf) }
  const [one, two] = await Promise.all([act(h.an, body), act(h.bo, { ...body, items: body.items.toReversed() })])
  assert.equal(one.body.done + two.body.done, 4)
  for (const x of [...one.body.results, ...two.body.results]) assert.ok(x.ok || x.code === 'TASK_DONE', x.code)
})

test('a database that refuses the very last write leaves that case as it was, and the others are done', async () => {
  const rows = await made(2, '坏')
  for (const r of rows) await h.an.post(`/api/tasks/${r.stepId}/tick`, { item: 'weigh' })
  await h.app.owner.query(`create function refuse_one() returns trigger language plpgsql as 'begin if new.id = ''${rows[0]!.stepId}'' then raise exception ''disk full''; end if; return new; end'`)
  await h.app.owner.query('create constraint trigger refuse after update on process_step deferrable initially deferred for each row execute function refuse_one()')
  const r = await act(h.an, { act: 'complete', items: rows.map(itemOf) })
  await h.app.owner.query('drop trigger refuse on process_step')
  assert.deepEqual(r.body.results.map(x => x.code ?? 'ok'), ['INTERNAL', 'ok'])
  assert.ok(!r.body.results[0]!.message!.includes('disk'), 'not its innards')
  assert.equal((await stateOf(rows[0]!.stepId)).state, 'waiting')
})

test('a case of no record: its post completes it, urging and pausing are not for it', async () => {
  await h.wu.post('/api/processes/clean/start', { variables: {}, label: '扫' })
  const here = async () => (await h.cleaner.get('/api/case-list?key=clean')).body.items.map(itemOf)
  for (const what of [{ act: 'urge' }, { act: 'pause', reason: '待客户' }, { act: 'sendBack', to: 'sweep', comment: 'x' }]) assert.equal((await act(h.cleaner, { ...what, items: await here() })).body.results[0]!.code, 'CASE_ACT_NEEDS_RECORD')
  assert.deepEqual((await act(h.an, { act: 'complete', items: await here() })).body.results.map(x => x.code), ['NOT_FOUND'])
  assert.equal((await act(h.cleaner, { act: 'complete', items: await here() })).body.done, 1)
})

test('an approval shows who is asked, is found by them, and is handed over by its vote; nobody completes it from a list', async () => {
  await h.parcel('款', h.units.HZ, undefined, 'ask', h.an.userId)
  const here = async (query = '') => (await h.zhan.get(`/api/case-list?key=ask${query}`)).body.items as Array<Row & { voters: string | null }>
  const [row] = await here(`&person=${h.zhan.userId}`)
  assert.deepEqual([row!.step, row!.voters, row!.unassigned], ['站长同意', 'zhan', false])
  assert.deepEqual((await here('&flag=unassigned')).length, 0)
  assert.deepEqual((await act(h.zhan, { act: 'complete', outcome: 'yes', items: [itemOf(row!)] })).body.results.map(x => x.code), ['TASK_VOTES'])
  assert.equal((await act(h.zhan, { act: 'handOver', items: [itemOf(row!)], assigneeId: h.ning.userId, reason: '我休假' })).body.done, 1)
  assert.deepEqual((await here()).map(r => r.voters), ['ning'])
})

test('too many, none, and nonsense are refused before anything is done; so is whoever may not look at processes', async () => {
  const [row] = await made(1, '界')
  const item = itemOf(row!)
  assert.equal((await act(h.wu, { act: 'cancel', reason: 'x', items: Array.from({ length: 501 }, () => item) })).body.code, 'CASES_TOO_MANY')
  for (const body of [{}, { act: 'cancel', reason: 'x', items: [] }, { act: 'cancel', items: [item] }, { act: 'cancel', reason: '  ', items: [item] }, { act: 'drop', items: [item] }, { act: 'handOver', items: [item], assigneeId: 'an', reason: 'x' }, { act: 'release', items: ['x'] }, { act: 'release', items: [{ caseId: 'x' }] }, { act: 'release', items: 'all' }, []]) {
    assert.equal((await act(h.wu, body)).status, 400, JSON.stringify(body))
  }
  assert.equal((await act(h.outsider, { act: 'cancel', reason: 'x', items: [item] })).status, 403)
  assert.equal((await h.app.anonymous.post('/api/case-acts', { act: 'cancel', reason: 'x', items: [item] })).status, 401)
  assert.equal((await act(h.wu, { act: 'release', items: [item] }, 'k'.repeat(101))).status, 400)
  assert.equal((await stateOf(row!.stepId)).state, 'waiting')
})
