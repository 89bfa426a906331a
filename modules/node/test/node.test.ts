import assert from 'node:assert/strict'
import { test } from 'node:test'
import { catalogFor, createTenant, hashSecret, makeSecret, newId, setupTenant } from '@quancheng/kernel'
import { station, take, type Station } from '@quancheng/service/testing'
import node from '../index.ts'

type Answer = { status: number; body: any }
type Call = (what: string, body: Record<string, unknown>, token?: string) => Promise<Answer>

/** Head office with the two stations of the spec; what a node sends is sent as it would send it. */
async function headOffice() {
  const s = await station({ modules: [node] })
  const { schema } = await catalogFor(s.app.runtime)
  const hello = () => ({ version: s.app.runtime.version, schema, now: s.app.clock!.now.toISOString() })
  const call: Call = (what, body, token) => s.app.anonymous.call('POST', `/api/sync/${what}`, { ...hello(), ...body }, token ? { authorization: `Bearer ${token}` } : {})
  const join = async (unitId: string) => {
    const made = await s.admin.post('/api/nodes', { unitId })
    assert.equal(made.status, 201, JSON.stringify(made.body))
    const joined = await call('join', { code: made.body.code })
    assert.equal(joined.status, 200, JSON.stringify(joined.body))
    return { id: made.body.id as string, code: made.body.code as string, token: joined.body.secret as string }
  }
  const push = (token: string, changes: unknown[], lsn = '0/100') => call('push', { waiting: 0, transactions: [{ lsn, at: s.app.clock!.now.toISOString(), changes }] }, token)
  return { s, call, join, push }
}

/** A request's row as a station's log has it. */
async function rowOf(s: Station, table: string, id: string): Promise<Record<string, string | null>> {
  const { columns } = await catalogFor(s.app.runtime)
  const { rows: [r] } = await s.app.owner.query(`select ${columns.get(table)!.map(c => `"${c}"::text`).join(', ')} from "${table}" where id = $1`, [id])
  return r as Record<string, string | null>
}

test('SP-15 a wrong, a used and an old joining code are refused, and guessing is stopped', async () => {
  const { s, call, join } = await headOffice()
  const made = await s.admin.post('/api/nodes', { unitId: s.units.HZ01 })
  assert.equal((await call('join', { code: '1-AAAAAAAAAAAA' })).body.code, 'NODE_CODE_WRONG')
  const renewed = await s.admin.post(`/api/nodes/${made.body.id}/code`)
  assert.equal((await call('join', { code: made.body.code })).body.code, 'NODE_CODE_WRONG', 'the first code ended when the second was made')
  s.app.clock!.advance(49 * 60)
  assert.equal((await call('join', { code: renewed.body.code })).body.code, 'NODE_CODE_WRONG', 'two days are over')
  const n = await join(s.units.NB02)
  assert.equal((await call('ready', {}, n.token)).status, 200)
  assert.equal((await call('join', { code: n.code })).body.code, 'NODE_CODE_WRONG', 'the station has everything: nobody joins with its code again')
  for (let i = 0; i < 12; i++) await call('join', { code: `1-BBBBBBBBBB${i}` })
  assert.equal((await call('join', { code: '1-CCCCCCCCCCCC' })).status, 429)
})

test('SP-15 a station of another version is refused in plain words, and head office shows why', async () => {
  const { s, call, join } = await headOffice()
  const n = await join(s.units.HZ01)
  const r = await call('pull', { schema: 'older', version: '0.0.9', after: { xid: '0', id: 0 } }, n.token)
  assert.equal(r.body.code, 'NODE_VERSION')
  assert.match(r.body.message, /本部 0\.1\.0，本站 0\.0\.9/)
  assert.match((await s.admin.get('/api/nodes')).body.items[0].error, /^NODE_VERSION/)
})

test('SP-15 rows of a station with its own node are written nowhere else: not by the counter, the engine, a job or a form', async () => {
  const { s, join } = await headOffice()
  const taken = await take(s)
  await join(s.units.HZ01)
  for (const r of [
    await s.app.anonymous.post('/api/public/kiosk/HZ01/take', { phone: '13800000002' }),
    await s.lijie.patch(`/api/service-requests/${taken.id}`, { faultDescription: '改', version: 1 }),
    await s.lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: s.lineId, model: 'X1', serialNo: 'PF1' }, request: { id: taken.id, faultDescription: '开不了机' } }),
  ]) { assert.equal(r.status, 409, JSON.stringify(r.body)); assert.equal(r.body.code, 'OWNED_BY_STATION') }
  // the database says so to whatever writes past the program's own checks
  await assert.rejects(s.app.system(ctx => ctx.query("update process_step set state = 'done' where tenant_id = $1 and unit_id = $2", [ctx.tenant.id, s.units.HZ01])), /owned by a station/)
  await assert.rejects(s.app.system(ctx => ctx.query('insert into queue_call (tenant_id, id, unit_id, request_id, called_at, created_at, updated_at) select $1, $2, $3, $4, now(), now(), now()', [ctx.tenant.id, newId(), s.units.HZ01, taken.id])))
  // the other station works as before
  await take(s, 'NB02')
  // what stations' records point to is switched off, not deleted
  assert.equal((await s.admin.remove(`/api/product-lines/${s.lineId}`)).body.code, 'USED_AT_STATIONS')
})

test('SP-15 a node sends its own rows only: another station’s, a new one for another, another company’s and what head office keeps are refused', async () => {
  const { s, join, push, call } = await headOffice()
  const mine = await take(s), theirs = await take(s, 'NB02')
  const n = await join(s.units.HZ01)
  const own = await rowOf(s, 'service_request', mine.id), other = await rowOf(s, 'service_request', theirs.id)
  const refused = async (changes: unknown[], why: string) => { const r = await push(n.token, changes); assert.equal(r.body.code, 'NODE_NOT_YOURS', `${why}: ${JSON.stringify(r.body)}`) }
  await refused([{ table: 'service_request', op: 'update', row: { ...other, fault_description: 'x' } }], 'a row of Ningbo')
  await refused([{ table: 'service_request', op: 'update', row: { ...other, unit_id: s.units.HZ01 } }], 'a row of Ningbo that says it is ours')
  await refused([{ table: 'service_request', op: 'update', row: { ...own, unit_id: s.units.NB02 } }], 'a row of ours that goes to Ningbo')
  await refused([{ table: 'service_request', op: 'delete', row: { tenant_id: other.tenant_id, id: other.id } }], 'Ningbo’s row removed')
  await refused([{ table: 'service_request', op: 'insert', row: { ...own, id: newId(), tenant_id: newId() } }], 'another company')
  await refused([{ table: 'user', op: 'update', row: { tenant_id: own.tenant_id!, id: s.lijie.userId, role_ids: '{}' } }], 'rights')
  await refused([{ table: 'job', op: 'delete', row: { tenant_id: own.tenant_id!, id: newId() } }], 'due things')
  await refused([{ table: 'series', op: 'update', row: { tenant_id: own.tenant_id!, key: 'NB02-20261123-{0000}', last: '900' } }], 'Ningbo’s numbers')
  // a transaction with one wrong row changes nothing at all
  await refused([{ table: 'service_request', op: 'update', row: { ...own, fault_description: '本站的' } }, { table: 'service_request', op: 'update', row: { ...other, fault_description: 'x' } }], 'half and half')
  assert.equal((await rowOf(s, 'service_request', mine.id)).fault_description, null)
  const ok = await push(n.token, [{ table: 'service_request', op: 'update', row: { ...own, fault_description: '本站的' } }])
  assert.equal(ok.body.applied, 1, JSON.stringify(ok.body))
  assert.equal((await rowOf(s, 'service_request', mine.id)).fault_description, '本站的')
  // sent twice, taken once
  assert.equal((await push(n.token, [{ table: 'service_request', op: 'update', row: { ...own, fault_description: '又来' } }])).body.applied, 0)
  assert.equal((await rowOf(s, 'service_request', mine.id)).fault_description, '本站的')
  // and of head office's changes it gets what is for it
  const pulled = await call('pull', { after: { xid: '0', id: 0 } }, n.token)
  assert.equal(pulled.status, 200)
})

test('SP-15 a node that was taken back is heard no more and head office writes again; another company’s secret opens nothing here', async () => {
  const { s, call, join, push } = await headOffice()
  const taken = await take(s)
  const n = await join(s.units.HZ01)
  assert.equal((await s.lijie.post('/api/nodes', { unitId: s.units.NB02 })).status, 403)
  assert.equal((await s.admin.post('/api/nodes', { unitId: s.units.HZ01 })).body.code, 'NODE_THERE')
  assert.equal((await s.admin.post('/api/nodes', { unitId: s.units.east })).body.code, 'NODE_UNIT')
  assert.equal((await s.admin.post(`/api/nodes/${n.id}/take-back`)).status, 204)
  assert.equal((await push(n.token, [])).body.code, 'NODE_UNKNOWN')
  assert.equal((await call('pull', { after: { xid: '0', id: 0 } }, n.token)).body.code, 'NODE_UNKNOWN')
  const again = await s.lijie.patch(`/api/service-requests/${taken.id}`, { faultDescription: '改', version: 1 })
  assert.notEqual(again.body.code, 'OWNED_BY_STATION')
  const other = await createTenant(s.app.owner, { code: 'other', name: '别的企业' })
  await setupTenant(s.app.runtime, other)
  const forged = makeSecret(other, 'qcn_')
  await s.app.owner.query('update sync_peer set secret_hash = $1', [hashSecret(n.token.split('.')[1]!)])
  assert.equal((await push(forged.token, [])).body.code, 'NODE_UNKNOWN')
})

test('SP-15 with the unit its due things go over: head office rings no clock for a station’s case', async () => {
  const { s, call, join } = await headOffice()
  const mine = await take(s), theirs = await take(s, 'NB02')
  const due = async (id: string): Promise<number> => (await s.app.owner.query("select count(*)::int as n from job j join process_step p on j.payload ->> 'stepId' = p.id::text join process_instance i on i.id = p.instance_id where i.record_id = $1", [id])).rows[0].n
  const before = await due(mine.id)
  assert.ok(before > 0)
  const n = await join(s.units.HZ01)
  const { schema } = await catalogFor(s.app.runtime)
  const sent = await s.app.server.inject({ method: 'POST', url: '/api/sync/snapshot', headers: { authorization: `Bearer ${n.token}` }, payload: { version: '0.1.0', schema, now: s.app.clock!.now.toISOString() } })
  const lines = sent.body.trim().split('\n').map(l => JSON.parse(l))
  const rows = (table: string): Array<Record<string, string>> => lines.filter(l => l[0] === table).map(l => l[1])
  assert.deepEqual(lines.at(-1).rows, lines.length - 1)
  assert.deepEqual(rows('service_request').map(r => r.id), [mine.id])
  assert.equal(rows('job').length, before)
  assert.ok(rows('audit').some(r => r.record_id === mine.id) && !rows('audit').some(r => r.record_id === theirs.id))
  assert.deepEqual(rows('series').map(r => r.key), ['HZ01-20261123-{0000}'])
  // everybody is there by name, and nobody else's password or number
  const users = rows('user')
  assert.ok(users.find(u => u.username === 'lijie')!.password_hash)
  assert.equal(users.find(u => u.username === 'sunqu')!.password_hash, null)
  assert.equal(await due(mine.id), before, 'until the station has it all')
  await call('ready', {}, n.token)
  assert.equal(await due(mine.id), 0)
  assert.ok(await due(theirs.id) > 0)
})

test('SP-15 what somebody may do at head office for a station’s case is kept and passed on, once, as theirs', async () => {
  const { s, call, join } = await headOffice()
  const taken = await take(s)
  const task = (await s.lijie.get('/api/tasks?box=pool')).body.items[0].id as string
  const n = await join(s.units.HZ01)
  const r = await s.lijie.post(`/api/tasks/${task}/claim`)
  assert.equal(r.status, 202, JSON.stringify(r.body))
  assert.equal(r.body.message, '已收到，正在通知维修站；站里联网后办理')
  const pull = (answers: unknown[] = []) => call('pull', { after: { xid: '0', id: 0 }, answers }, n.token)
  const [command] = (await pull()).body.commands
  assert.deepEqual([command.action, command.input, command.userId], ['claimTask', { id: task }, s.lijie.userId])
  assert.equal((await pull([{ id: command.id, error: null }])).body.commands.length, 0)
  assert.ok(taken)
})
