import assert from 'node:assert/strict'
import type { Caller } from '@quancheng/kernel/testing'
import type { Station } from './station.ts'

/** Moves the station's clock to a time on its wall: `at(s, '2026-11-23 09:02:10')`. */
export const at = (s: Station, wall: string): void => s.app.clock!.set(`${wall.replace(' ', 'T')}+08:00`)

/** A moment as the station's wall clock shows it, to the minute. */
export const wall = (moment: string | Date): string => new Date(new Date(moment).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

export interface Taken { id: string; number: string; startedAt: string; code: string; trackUrl: string; ahead: number }

export async function take(s: Station, unit = 'HZ01', body: Record<string, unknown> = { phone: '13800000001' }): Promise<Taken> {
  const r = await s.app.anonymous.post(`/api/public/kiosk/${unit}/take`, body)
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return r.body
}

let serial = 0

/** A number taken at the door and registered at the desk: 张三 with a notebook X1, in 接待 of the clerk. */
export async function register(s: Station, o: { who?: Caller; unit?: string; serialNo?: string; id?: string } = {}): Promise<{ id: string; number: string; taskId: string }> {
  const id = o.id ?? (await take(s, o.unit)).id
  const r = await (o.who ?? s.lijie).post('/api/service/desk/register', {
    customer: { name: '张三', phone: '13800000001' }, device: { productLineId: s.lineId, model: 'X1', serialNo: o.serialNo ?? `PF${String(++serial).padStart(5, '0')}` }, request: { id, faultDescription: '开不了机' },
  })
  assert.equal(r.status, 201, JSON.stringify(r.body))
  return { id, number: r.body.request.number, taskId: r.body.taskId }
}

/** The open task of a request, as the station's manager sees it. */
export async function openTask(s: Station, id: string, who: Caller = s.zhouzhan): Promise<{ id: string; nodeId: string; name: string; state: string; assigneeId: string | null; dueAt: string; warnAt: string; lateness: string; minutesUsed: number }> {
  const c = await who.get(`/api/cases/serviceRequest/${id}`)
  assert.equal(c.status, 200, JSON.stringify(c.body))
  const open = c.body.steps.find((x: { state: string }) => ['waiting', 'active', 'paused'].includes(x.state))
  assert.ok(open, 'no open task')
  return open
}

/** Every must-do item and script line of a task. */
export async function ticksOf(who: Caller, taskId: string): Promise<string[]> {
  const t = await who.get(`/api/tasks/${taskId}`)
  assert.equal(t.status, 200, JSON.stringify(t.body))
  return [...t.body.items, ...t.body.script].filter((i: { required: boolean }) => i.required).map((i: { id: string }) => i.id)
}

const WHO = { waiting: 'lijie', reception: 'lijie', inspect: 'wangjian', quote: 'lijie', repair: 'zhaoxiu', quality: 'qianzhi', pickup: 'lijie' } as const
const WAY: Record<string, { to: string; fields?: Record<string, unknown> }> = {
  waiting: { to: '接待' }, reception: { to: '检验' }, inspect: { to: '报价', fields: { faultCode: 'board', inspectionResult: '主板短路' } }, quote: { to: '维修', fields: { quotedAmount: '320', customerAnswer: 'agreed' } },
  repair: { to: '质检', fields: { repairAction: '更换主板' } }, quality: { to: '待取机' }, pickup: { to: '已取机' },
}

/** Does the open stage of a request as its post would, with everything filled in and ticked; `to` leads elsewhere than straight on. */
export async function doStage(s: Station, id: string, o: { to?: string; comment?: string; who?: Caller } = {}): Promise<{ stage: string; minutes: number; late: boolean }> {
  const task = await openTask(s, id)
  const who = o.who ?? s[WHO[task.nodeId as keyof typeof WHO]]
  const way = WAY[task.nodeId]!
  const r = await who.post(`/api/service-requests/${id}/move`, { to: o.to ?? way.to, fields: way.fields ?? {}, ticked: await ticksOf(who, task.id), ...(o.comment ? { comment: o.comment } : {}) })
  assert.equal(r.status, 200, `${task.name}: ${JSON.stringify(r.body)}`)
  return r.body
}

/** Brings a request to a stage (by node) on the straight way. */
export async function walkTo(s: Station, id: string, nodeId: string): Promise<void> {
  for (let i = 0; i < 10; i++) {
    if ((await openTask(s, id)).nodeId === nodeId) return
    await doStage(s, id)
  }
  assert.fail(`never came to ${nodeId}`)
}

/**
 * The example of SP-18, at Monday 14:45: four requests are open (one of Friday in 质检, 赵修 has an overdue one and a fresh one in 维修, one is
 * at the desk) and 赵修 has finished three today.
 */
export async function mondayOfFour(s: Station): Promise<{ friday: { id: string }; late: { id: string } }> {
  const forZhao = async () => {
    const request = await register(s)
    await walkTo(s, request.id, 'repair')
    const claimed = await s.zhaoxiu.post(`/api/tasks/${(await openTask(s, request.id)).id}/claim`)
    assert.equal(claimed.status, 200, JSON.stringify(claimed.body))
    return request
  }
  at(s, '2026-11-20 09:00')
  const friday = await register(s)
  await walkTo(s, friday.id, 'quality')
  at(s, '2026-11-23 09:00')
  const late = await forZhao()
  at(s, '2026-11-23 13:30')
  for (let i = 0; i < 3; i++) { const { id } = await register(s); await walkTo(s, id, 'quality'); await doStage(s, id); await doStage(s, id) }
  await forZhao()
  await register(s)
  at(s, '2026-11-23 14:45')
  return { friday, late }
}

/** How many rows the tables hold that an act may write: a refused act leaves all of them as they were. */
export async function rowCounts(s: Station): Promise<Record<string, number>> {
  const { rows: [row] } = await s.app.owner.query(`select ${['audit', 'outbox', 'job', 'comment', 'attachment', 'process_step', 'process_instance', 'service_request', 'customer', 'device', 'alarm', 'series', 'idempotency', 'search_doc'].map(t => `(select count(*)::int from ${t}) as ${t}`).join(', ')}`)
  return row
}
