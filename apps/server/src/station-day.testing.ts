import assert from 'node:assert/strict'
import type { Person } from './programs.testing.ts'

export const PASSWORD = 'Zhandian-2026-Qc'

/** Head office as it was set up today: two stations, one clerk in the first who holds every post of the workshop. */
export async function company(admin: Person) {
  const made = async (plural: string, body: Record<string, unknown>): Promise<string> => {
    const r = await admin.post<{ id: string }>(`/api/${plural}`, body)
    assert.equal(r.status, 201, `${plural}: ${JSON.stringify(r.body)}`)
    return r.body.id
  }
  const { body: units } = await admin.get<{ items: Array<{ id: string }> }>('/api/units')
  const top = units.items[0]!.id
  const hz = await made('units', { code: 'HZ01', name: '杭州一站', kind: 'station', parentId: top }), nb = await made('units', { code: 'NB02', name: '宁波二站', kind: 'station', parentId: top })
  const lineId = await made('product-lines', { code: 'NB', name: '笔记本' })
  const { body: roles } = await admin.get<{ items: Array<{ id: string; code: string }> }>('/api/roles?limit=100')
  const role = (code: string): string => roles.items.find(r => r.code === code)!.id
  const user = async (username: string, name: string, unitId: string, codes: string[]): Promise<void> => {
    const id = await made('users', { username, name, unitId, roleIds: codes.map(role) })
    const { body: { link } } = await admin.post<{ link: string }>(`/api/users/${id}/reset-password`)
    const r = await admin.post('/api/password-reset', { token: link.split('token=')[1], password: PASSWORD })
    assert.ok(r.status < 300, JSON.stringify(r.body))
  }
  await user('lijie', '李接', hz, ['receptionist', 'inspector', 'engineer', 'qc', 'stationManager', 'hq'])
  await user('ningbo', '宁接', nb, ['receptionist', 'inspector', 'stationManager'])
  return { hz, nb, lineId }
}

let serial = 0
/** Somebody comes to the counter: a number, and the device registered with it. */
export async function comes(at: Person, o: { lineId: string; unitId: string }): Promise<string> {
  const n = ++serial
  const r = await at.post<{ request: { id: string } }>('/api/service/desk/register', {
    unitId: o.unitId, customer: { name: `客户${n}`, phone: `1380000${String(n).padStart(4, '0')}` }, device: { productLineId: o.lineId, model: 'X1', serialNo: `SN${String(n).padStart(5, '0')}` }, request: { faultDescription: '开不了机' },
  })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return r.body.request.id
}

const WAYS: Record<string, { to: string; fields: Record<string, unknown> }> = {
  reception: { to: '检验', fields: {} }, inspect: { to: '报价', fields: { faultCode: 'board', inspectionResult: '主板短路' } }, quote: { to: '维修', fields: { quotedAmount: '320', customerAnswer: 'agreed' } },
}

/** Does the open stage of a request, with everything that it asks for. `took` gets the milliseconds of the move itself. */
export async function moves(at: Person, id: string, took: number[] = []): Promise<string> {
  const c = await at.get<{ steps: Array<{ id: string; nodeId: string; state: string }> }>(`/api/cases/serviceRequest/${id}`)
  const open = c.body.steps.find(s => ['waiting', 'active', 'paused'].includes(s.state))!
  const t = await at.get<{ items: Array<{ id: string; required: boolean }>; script: Array<{ id: string; required: boolean }> }>(`/api/tasks/${open.id}`)
  const way = WAYS[open.nodeId]!
  const began = performance.now()
  const r = await at.post(`/api/service-requests/${id}/move`, { to: way.to, fields: way.fields, ticked: [...t.body.items, ...t.body.script].filter(i => i.required).map(i => i.id) })
  took.push(performance.now() - began)
  assert.equal(r.status, 200, `${open.nodeId}: ${JSON.stringify(r.body)}`)
  return open.id
}
