import { createHmac } from 'node:crypto'
import { ACCESSORIES, APPEARANCES, inventFault } from '../faults.ts'
import { HENGCHUAN } from '../plans.ts'
import { randomOf, type Random } from '../random.ts'
import { Refused, type Caller, type Client } from './client.ts'
import type { Act, Visitor } from './scene.ts'

/** What the player has learnt while it played: which request an act means, where its customer's link leads, who waits for which part. */
export interface Stage {
  client: Client
  seed: number
  units: Readonly<Record<string, string>>
  /** user name by id, for whoever a step belongs to */
  users: ReadonlyMap<string, string>
  now(): Date
  cti: { path: string; secret: string } | null
  ids: Map<string, string>
  numbers: Map<string, string>
  links: Map<string, string>
  tickets: Map<string, string>
  parts: Map<string, { partId: string; lineId: string; who: string }>
}

/** Does the act and answers what a line should say of it. A refusal is thrown: the player says it and goes on, as a person would. */
export type Perform = (s: Stage, a: Act, by: Caller) => Promise<string>

const idOf = (s: Stage, a: Act): string => s.ids.get(a.request!) ?? (/^[0-9a-f-]{36}$/.test(a.request ?? '') ? a.request! : (() => { throw new Refused(409, 'NOT_THERE', '这件还没有取号') })())
/** The number as people say it at the counter: its last digits. */
export const nameOf = (s: Stage, a: Act): string => { const n = s.numbers.get(a.request ?? ''); return n ? n.split('-').at(-1)! : '' }
const fateOf = (s: Stage, a: Act): Random => randomOf(s.seed, `play/${a.request}`)
const faultOf = (s: Stage, a: Act, line: string) => inventFault(line, fateOf(s, a))

interface Step { id: string; nodeId: string; name: string; state: string; assigneeId: string | null; title?: string }
async function openStep(s: Stage, a: Act, by: Caller): Promise<Step> {
  const course = await by.get<{ steps: Step[] }>(`/api/cases/serviceRequest/${idOf(s, a)}`)
  const step = course.steps.find(x => ['waiting', 'active', 'paused'].includes(x.state)) ?? (() => { throw new Refused(409, 'ENDED', '已经办结') })()
  const stage = a.with.stage
  if (stage && stage !== step.nodeId) throw new Refused(409, 'ELSEWHERE', `现在在“${step.name}”`)
  return step
}

/** Whoever the step belongs to does it: the planned person may have handed it on. */
const doer = (s: Stage, a: Act, step: Step, by: Caller): Caller => { const owner = step.assigneeId ? s.users.get(step.assigneeId) : null; return owner && owner !== a.who ? s.client.as(owner) : by }

async function take(s: Stage, a: Act, opened: { id: string; number: string; trackUrl: string }): Promise<void> {
  s.ids.set(a.request!, opened.id)
  s.numbers.set(a.request!, opened.number)
  s.links.set(a.request!, opened.trackUrl.split('/').at(-1)!)
}
async function link(s: Stage, a: Act): Promise<string> {
  const known = s.links.get(a.request!)
  if (known) return known
  // the link stands on the paper that the customer was given
  const clerk = s.client.as(a.who ?? HENGCHUAN.people.find(p => p.unit === a.station && p.post === 'receptionist')!.username)
  const paper = await clerk.get<{ link: string }>(`/api/service-requests/${idOf(s, a)}/paper`, { origin: 'http://localhost' })
  const token = /\/p\/([^/?]+)/.exec(paper.link)?.[1] ?? (() => { throw new Refused(409, 'NO_LINK', '没有查询链接') })()
  s.links.set(a.request!, token)
  return token
}

async function cti(s: Stage, a: Act, event: string): Promise<void> {
  if (!s.cti) throw new Refused(409, 'NO_CTI', '没有接电话系统')
  const seconds = String(Math.floor(s.now().getTime() / 1000)), day = s.now().toISOString().slice(0, 10)
  const body = JSON.stringify({ eventId: `${day}/${s.seed}/${a.request}/${event}`, callId: `${day}/${s.seed}/${a.request}`, event, at: s.now().toISOString(), direction: 'in', extension: extensionOf(a.who!), ...(a.with.phone ? { phone: a.with.phone } : {}) })
  await s.client.anyone.post(s.cti.path, body, { 'x-timestamp': seconds, 'x-signature': createHmac('sha256', s.cti.secret).update(`${seconds}.${body}`).digest('hex') })
}
export const extensionOf = (agent: string): string => ({ zuoxi: '801', qinxiao: '802', zouting: '803' })[agent] ?? '800'

const visitorOf = (a: Act): Visitor => a.with.visitor as Visitor
const OUTCOME: Readonly<Record<string, string>> = { inspect: '送检', refuse: '拒修', quote: '需报价', free: '免费维修', repair: '维修', transfer: '转修', return: '退机', agree: '客户同意', fixed: '修好', requote: '重新报价', pass: '合格', fail: '不合格，退回维修', collect: '已取机' }

/** The open table of what can happen: a module that comes later adds a line here, and says in simulate.ts when it happens. */
export const ACTS: Record<string, Perform> = {
  async take(s, a) {
    const v = visitorOf(a)
    const opened = await s.client.anyone.post(`/api/public/kiosk/${a.station}/take`, { productLineId: v.lineId, phone: v.phone })
    await take(s, a, opened)
    return `取号 ${nameOf(s, a)}（${v.lineName}），前面 ${opened.ahead} 人`
  },
  async call(s, a, by) { await by.post(`/api/service-requests/${idOf(s, a)}/call`, { counter: a.with.counter }); return `叫号 ${nameOf(s, a)} → ${String(a.with.counter)} 号柜台` },
  async skip(s, a, by) { await by.post(`/api/service-requests/${idOf(s, a)}/skip`); return `过号 ${nameOf(s, a)}，没有人来` },
  async register(s, a, by) {
    const v = visitorOf(a), r = fateOf(s, a), fault = inventFault(v.lineName, r), known = s.ids.get(a.request!) ?? (a.request!.length === 36 ? a.request! : undefined)
    const { request } = await by.post('/api/service/desk/register', {
      unitId: s.units[a.station], customer: v.customerId ? { id: v.customerId } : { name: v.name, phone: v.phone, kind: 'person', unitId: s.units[a.station] }, device: v.deviceId ? { id: v.deviceId } : { productLineId: v.lineId, model: v.model, serialNo: v.serialNo },
      request: { ...(known ? { id: known } : {}), productLineId: v.lineId, faultDescription: fault.said, appearance: r.pick(APPEARANCES), accessories: r.pick(ACCESSORIES) },
    })
    s.ids.set(a.request!, request.id)
    s.numbers.set(a.request!, request.number)
    return `接待 ${nameOf(s, a)} ${v.name}的${v.model}${request.repeatOfId ? `（返修，${request.repeatDays} 天前取走）` : ''}：${fault.said}`
  },
  async claim(s, a, by) {
    const step = await openStep(s, a, by)
    if (step.assigneeId === null && step.state === 'waiting') await by.post(`/api/tasks/${step.id}/claim`)
    return `开始${step.name} ${nameOf(s, a)}`
  },
  async finish(s, a, by) {
    const step = await openStep(s, a, by), who = doer(s, a, step, by)
    if (step.state === 'paused') await who.post(`/api/tasks/${step.id}/resume`)
    if (step.assigneeId === null && step.state === 'waiting') await who.post(`/api/tasks/${step.id}/claim`)
    const task = await who.get<{ form: Array<{ name: string; value: unknown; required: boolean }>; items: Array<{ id: string; required: boolean }>; script: Array<{ id: string; required: boolean }> }>(`/api/tasks/${step.id}`)
    const outcome = String(a.with.outcome), line = (await who.get(`/api/service-requests/${idOf(s, a)}`)).$labels?.productLineId ?? '', fault = faultOf(s, a, line)
    const values: Record<string, unknown> = { faultCode: fault.code, inspectionResult: fault.found, repairAction: fault.done, quotedAmount: String(fault.price[0]), customerAnswer: outcome === 'decline' ? 'declined' : 'agreed', faultDescription: fault.said }
    const fields = Object.fromEntries(task.form.filter(f => f.required && (f.value === null || f.value === undefined || f.value === '') && f.name in values).map(f => [f.name, values[f.name]]))
    await who.post(`/api/tasks/${step.id}/complete`, { outcome, fields, ticked: [...task.items, ...task.script].filter(x => x.required).map(x => x.id), ...(a.with.comment ? { comment: a.with.comment } : {}) })
    return `${step.name} ${nameOf(s, a)}：${OUTCOME[outcome] ?? outcome}${a.with.comment ? `（${String(a.with.comment)}）` : ''}`
  },
  async estimate(s, a, by) {
    const step = await openStep(s, { ...a, with: { stage: 'quote' } }, by)
    const { lines } = await by.get<{ lines?: Array<{ name: string; quantity: number; unitPrice: string }> }>(`/api/service-requests/${idOf(s, a)}/lines`).catch(() => ({ lines: [] }))
    const r = await doer(s, a, step, by).post(`/api/service-requests/${idOf(s, a)}/estimate`, { lines: [{ name: '检修工时', quantity: 1, price: `${Number(a.with.labour)}.00` }, ...(lines ?? []).map(l => ({ name: l.name, quantity: l.quantity, price: String(l.unitPrice) }))] })
    return `报价 ${nameOf(s, a)}：${r.total} 元，已发给客户`
  },
  async answer(s, a) {
    const token = await link(s, a), shown = await s.client.anyone.get(`/api/public/track/${token}`)
    if (!shown.estimate) throw new Refused(409, 'NO_ESTIMATE', '没有待确认的报价')
    await s.client.anyone.post(`/api/public/track/${token}/estimate`, { estimateId: shown.estimate.id, answer: a.with.accept ? 'accept' : 'decline', ...(a.with.accept ? {} : { reason: '价格超出预期' }) })
    return `客户在手机上${a.with.accept ? '同意' : '不同意'}报价 ${nameOf(s, a)}`
  },
  async pause(s, a, by) { const step = await openStep(s, a, by); if (step.state !== 'paused') await doer(s, a, step, by).post(`/api/tasks/${step.id}/pause`, { reason: a.with.reason }); return `${nameOf(s, a)} ${String(a.with.reason)}，暂停计时` },
  async resume(s, a, by) { const step = await openStep(s, a, by); if (step.state === 'paused') await doer(s, a, step, by).post(`/api/tasks/${step.id}/resume`); return `${nameOf(s, a)} 恢复计时` },
  async contact(s, a, by) { await by.post(`/api/service-requests/${idOf(s, a)}/contact-attempts`, { channel: 'call', succeeded: a.with.succeeded, note: a.with.note }); return `联系客户 ${nameOf(s, a)}：${String(a.with.note)}` },
  async part(s, a, by) {
    const { items } = await by.get<{ items: Array<{ partId: string; code: string; name: string; available: number }> }>('/api/parts/stock', { unitId: s.units[a.station] })
    const mark = String(a.with.lineName).includes('手机') ? 'SJ' : String(a.with.lineName).includes('平板') ? 'PD' : String(a.with.lineName).includes('打印') ? 'PR' : 'NB'
    const fits = items.filter(i => i.code.startsWith(`${mark}-`)), wanted = fits.filter(i => (a.with.missing ? i.available <= 0 : i.available > 0))
    const part = wanted.length ? fateOf(s, a).pick(wanted) : fits[0] ?? (() => { throw new Refused(409, 'NO_PART', '没有合用的配件') })()
    // what the customer agreed to holds: the part is in the price, or covered by the warranty
    const added = await by.post(`/api/service-requests/${idOf(s, a)}/lines`, { partId: part.partId, unitPrice: '0.00' })
    if (added.state === 'reserved') { await by.post(`/api/part-lines/${added.id}/use`); return `${nameOf(s, a)} 换上${part.name}` }
    s.parts.set(a.request!, { partId: part.partId, lineId: added.id, who: a.who! })
    return `${nameOf(s, a)} 缺${part.name}，待件`
  },
  async receive(s, a, by) {
    const waits = s.parts.get(a.request!)
    if (!waits) return ''
    s.parts.delete(a.request!)
    await by.post('/api/parts/receive', { partId: waits.partId, unitId: s.units[a.station], quantity: 3, note: '调拨到货' })
    await s.client.as(waits.who).post(`/api/part-lines/${waits.lineId}/use`)
    return `到货 3 件，${nameOf(s, a)} 用上了`
  },
  async ring(s, a) { await cti(s, a, 'ring'); return `来电 ${String(a.with.phone).slice(0, 3)}****${String(a.with.phone).slice(-4)}` },
  async pickUp(s, a) { await cti(s, a, 'answer'); return '接听' },
  async hangUp(s, a, by) {
    await cti(s, a, 'hangup')
    if (a.with.note) { const [call] = (await by.get('/api/phone-calls', { limit: 1, sort: '-ringAt' })).items; if (call) await by.post(`/api/phone-calls/${call.id}/note`, { note: a.with.note }) }
    return a.with.note ? `挂断：${String(a.with.note)}` : '挂断'
  },
  async ticket(s, a, by) {
    const v = visitorOf(a), hotlineId = `RX${s.now().toISOString().slice(2, 10).replaceAll('-', '')}${String(a.request).replace(/\D/g, '').padStart(6, '0')}`
    await by.post('/api/hotline/tickets', { tickets: [{ hotlineId, station: a.station, customerName: v.name, phone: v.phone, model: v.model, serialNo: v.serialNo, productLine: v.lineCode, faultDescription: inventFault(v.lineName, fateOf(s, a)).said, calledAt: s.now().toISOString() }] })
    s.tickets.set(a.request!, hotlineId)
    return `热线单 ${hotlineId} 派给 ${a.station}`
  },
  async accept(s, a, by) {
    const [ticket] = (await by.get('/api/hotline-tickets', { filter: { hotlineId: s.tickets.get(a.request!) ?? '' }, limit: 1 })).items
    if (!ticket) throw new Refused(409, 'NO_TICKET', '没有这张热线单')
    const opened = await by.post(`/api/hotline-tickets/${ticket.id}/accept`)
    await take(s, a, { id: opened.requestId, number: opened.number, trackUrl: opened.trackUrl })
    return `接单 ${ticket.hotlineId} → ${nameOf(s, a)}`
  },
  async rate(s, a) { await s.client.anyone.post(`/api/public/track/${await link(s, a)}/survey`, { score: a.with.score, tags: a.with.tags, ...(a.with.words ? { words: a.with.words } : {}) }); return `客户评价 ${nameOf(s, a)}：${String(a.with.score)} 分${a.with.words ? `“${String(a.with.words)}”` : ''}` },
  async round(s, a, by) {
    const board = await by.get('/api/service/board', { unitId: s.units[a.station] })
    return `站长看板：在办 ${board.totals.open}，超时 ${board.totals.late}，待领 ${board.totals.pool}`
  },
}
