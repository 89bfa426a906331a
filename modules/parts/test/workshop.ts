import assert from 'node:assert/strict'
import { create } from '@quancheng/kernel'
import { testApp, type Caller, type TestApp } from '@quancheng/kernel/testing'
import customers from '@quancheng/customers'
import org from '@quancheng/org'
import paper from '@quancheng/paper'
import { processModule } from '@quancheng/process'
import service from '@quancheng/service'
import parts from '../index.ts'

export interface Workshop { app: TestApp; units: { HZ01: string; NB02: string }; lineId: string; lijie: Caller; wangjian: Caller; zhaoxiu: Caller; qianzhi: Caller; kuguan: Caller; ningbo: Caller; zhouzhan: Caller }

/** Two stations; in the first a post each, at 2026-11-23 09:00 in Hangzhou. */
export async function workshop(o: { worker?: boolean } = {}): Promise<Workshop> {
  const app = await testApp({ modules: [org, customers, processModule, paper, service, parts], clock: '2026-11-23T01:00:00Z', ...o })
  const made = await app.system(async ctx => {
    const unit = async (code: string, name: string, kind: string, parentId?: string) => (await create(ctx, ctx.entities.get('unit'), { code, name, kind, ...(parentId ? { parentId } : {}) })).id
    const group = await unit('GROUP', '集团', 'group')
    const units = { HZ01: await unit('HZ01', '杭州一站', 'station', group), NB02: await unit('NB02', '宁波二站', 'station', group) }
    const line = await create(ctx, ctx.entities.get('productLine'), { code: 'NB', name: '笔记本' })
    const roles = await ctx.query<{ id: string; code: string }>('select id, code from role where tenant_id = $1', [ctx.tenant.id])
    return { units, lineId: line.id, role: Object.fromEntries(roles.map(r => [r.code, r.id])) }
  })
  const person = (username: string, name: string, role: string, unitId = made.units.HZ01) => app.person({ username, name, unitId, roleIds: [made.role[role]!] })
  return {
    app, units: made.units, lineId: made.lineId,
    lijie: await person('lijie', '李接', 'receptionist'), wangjian: await person('wangjian', '王检', 'inspector'), zhaoxiu: await person('zhaoxiu', '赵修', 'engineer'), qianzhi: await person('qianzhi', '钱质', 'qc'),
    kuguan: await person('kuguan', '孙库', 'storekeeper'), ningbo: await person('ningbo', '宁波库管', 'storekeeper', made.units.NB02), zhouzhan: await person('zhouzhan', '周站', 'stationManager'),
  }
}

export const newPart = (w: Workshop, code: string, name: string, price = '320.00'): Promise<string> => w.app.system(async ctx => (await create(ctx, ctx.entities.get('part'), { code, name, price })).id)

export async function receive(w: Workshop, partId: string, quantity: number): Promise<void> {
  const r = await w.kuguan.post('/api/parts/receive', { partId, quantity })
  assert.equal(r.status, 201, JSON.stringify(r.body))
}

const WHO: Record<string, 'lijie' | 'wangjian' | 'zhaoxiu' | 'qianzhi'> = { waiting: 'lijie', reception: 'lijie', inspect: 'wangjian', quote: 'lijie', repair: 'zhaoxiu', quality: 'qianzhi', pickup: 'lijie' }
const WAY: Record<string, [string, Record<string, unknown>?]> = {
  waiting: ['begin'], reception: ['inspect'], inspect: ['quote', { faultCode: 'screen', inspectionResult: '屏幕碎裂' }], quote: ['agree', { customerAnswer: 'agreed' }], repair: ['fixed', { repairAction: '更换屏幕' }], quality: ['pass'], pickup: ['collect'],
}

export interface OpenStep { id: string; nodeId: string; state: string; pausedFor: string | null; minutesUsed: number; assigneeId: string | null }
export async function step(w: Workshop, id: string): Promise<OpenStep> {
  const c = await w.zhouzhan.get(`/api/cases/serviceRequest/${id}`)
  const open = c.body.steps.find((s: { state: string }) => ['waiting', 'active', 'paused'].includes(s.state))
  assert.ok(open, `no open step: ${JSON.stringify(c.body).slice(0, 300)}`)
  return open
}

/** Does the open stage as its post would; answers what the server says. */
export async function act(w: Workshop, id: string, o: { outcome?: string; comment?: string; fields?: Record<string, unknown> } = {}) {
  const open = await step(w, id), who = w[WHO[open.nodeId]!], [outcome, fields] = WAY[open.nodeId]!
  const task = (await who.get(`/api/tasks/${open.id}`)).body
  const ticked = [...task.items, ...task.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id)
  return who.post(`/api/tasks/${open.id}/complete`, { outcome: o.outcome ?? outcome, fields: { ...(o.outcome && o.outcome !== outcome ? {} : fields), ...o.fields }, ticked, ...(o.comment ? { comment: o.comment } : {}) })
}

let serial = 0
/** A device at the counter, brought to a stage on the straight way. */
export async function requestAt(w: Workshop, nodeId: string): Promise<string> {
  const r = await w.lijie.post('/api/service/desk/register', { customer: { name: '张三', phone: '13800000001' }, device: { productLineId: w.lineId, model: 'X1', serialNo: `PF${String(++serial).padStart(5, '0')}` }, request: { faultDescription: '屏幕碎了' } })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  const id: string = r.body.request.id
  await walk(w, id, nodeId)
  return id
}
export async function walk(w: Workshop, id: string, nodeId: string): Promise<void> {
  for (let i = 0; i < 8; i++) {
    if ((await step(w, id)).nodeId === nodeId) return
    const r = await act(w, id)
    assert.equal(r.status, 200, JSON.stringify(r.body))
  }
  assert.fail(`never came to ${nodeId}`)
}

export const stockOf = async (w: Workshop, partId: string): Promise<{ onHand: number; reserved: number; available: number; waiting: number }> => {
  const { onHand, reserved, available, waiting } = (await w.kuguan.get('/api/parts/stock')).body.items.find((i: { partId: string }) => i.partId === partId)
  return { onHand, reserved, available, waiting }
}
