import { addBusinessMinutes, storeMany, type CompiledCalendar, type Ctx, type NewRow } from '@quancheng/kernel'
import { openTodo } from '@quancheng/automation'
import { tenantCalendar } from '@quancheng/org'
import { completeStep } from '@quancheng/process'
import { openComplaint, openFeedback, sayFor } from '@quancheng/voice'
import type { Random } from './random.ts'
import { complaintsSaid, FEEDBACK_SAID, RATING_WORDS, type ComplaintSaid } from './voice-words.ts'
import { actingAs, DAY_MS, type DemoPerson, type DemoWorld } from './world.ts'

const WEEKS_DAYS = 28, RATED_DAYS = 35
const COMPLAINTS = 38, FEEDBACK = 22, RATINGS = 400

interface Served extends Record<string, unknown> { id: string; number: string; unit_id: string; customer_id: string | null; person_id: string | null; at: Date }

/** What was received at the counters in the last weeks, latest last. */
const servedSince = (ctx: Ctx, from: Date): Promise<Served[]> => ctx.query<Served>(
  `select t.id, t.number, t.unit_id, t.customer_id, s.finished_by as person_id, s.finished_at as at from service_request t join process_instance i on i.tenant_id = t.tenant_id and i.entity = 'serviceRequest' and i.record_id = t.id
   join process_step s on s.tenant_id = i.tenant_id and s.instance_id = i.id and s.node_id = 'reception' and s.state = 'done' where t.tenant_id = $1 and s.finished_at >= $2 order by s.finished_at, t.number`, [ctx.tenant.id, from])

/** Plays acts one after the other at their times in the past; whatever lies ahead of now has not happened yet. */
function player(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, from: Date) {
  let at = from
  return {
    at: () => at,
    /** null: it has not come to that */
    async after<T>(minutes: number, person: DemoPerson | null, act: (at: Ctx) => Promise<T>): Promise<T | null> {
      const next = minutes ? addBusinessMinutes(cal, at, minutes).due : at
      if (next > w.now) return null
      at = next
      return act(actingAs(ctx, person, at))
    },
  }
}

/** Weeks of complaints, feedback and ratings: most are closed, some wait for the customer, one is late. Everything goes the road that people go. */
export async function storeVoice(ctx: Ctx, w: DemoWorld): Promise<void> {
  const cal = await tenantCalendar(ctx), share = w.plan.people.length > 20 ? 1 : 0.15
  const served = await servedSince(ctx, new Date(w.today.getTime() - RATED_DAYS * DAY_MS))
  if (!served.length) return
  await ratings(ctx, w, served, Math.round(RATINGS * share))
  const recent = served.filter(s => s.at.getTime() > w.today.getTime() - WEEKS_DAYS * DAY_MS && s.customer_id)
  if (recent.length < 10) return
  await complaints(ctx, w, cal, recent, Math.round(COMPLAINTS * share))
  await feedback(ctx, w, cal, recent, Math.round(FEEDBACK * share))
}

const spread = <T>(list: readonly T[], n: number): T[] => Array.from({ length: Math.min(n, list.length) }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / Math.min(n, list.length))]!)

async function ratings(ctx: Ctx, w: DemoWorld, served: readonly Served[], n: number): Promise<void> {
  const r = w.random('ratings'), counters = new Map<string, number>()
  const desks = w.people.filter(p => p.post === 'receptionist')
  for (const p of desks) counters.set(p.userId, desks.filter(d => d.unitCode === p.unitCode).indexOf(p) + 1)
  const known = served.filter(s => s.person_id && counters.has(s.person_id))
  const rows: NewRow[] = []
  for (const s of spread(known, n)) {
    // the third desk of a station is the newest one, and it shows
    const fresh = counters.get(s.person_id!)! > 2
    const score = Number(r.weighted(fresh ? { 5: 38, 4: 34, 3: 16, 2: 8, 1: 4 } : { 5: 63, 4: 26, 3: 7, 2: 3, 1: 1 }))
    const at = new Date(s.at.getTime() + r.int(20, 240) * 1000), words = r.chance(score <= 2 ? 0.8 : 0.12) ? r.pick(RATING_WORDS[score <= 2 ? 'bad' : 'good']) : null
    const id = r.id(at), manager = score <= 2 && at.getTime() > w.today.getTime() - 3 * DAY_MS ? w.people.find(p => p.unitId === s.unit_id && p.post === 'stationManager') : undefined
    const todo = manager ? await openTodo(actingAs(ctx, null, at), { title: `回访：${s.number} 台席评 ${score} 分`, details: words, toId: manager.userId, minutes: 450, unitId: s.unit_id, about: { entity: 'serviceRequest', recordId: s.id, label: `服务请求 ${s.number}` }, source: '台席评分' }) : null
    rows.push({ id, at, by: null, draft: { number: s.number, requestId: s.id, unitId: s.unit_id, counter: String(counters.get(s.person_id!)), personId: s.person_id, customerId: s.customer_id, score, tags: r.chance(0.4) ? [r.pick(['attitude', 'speed', 'clear', 'skill'])] : [], words, source: r.chance(0.6) ? 'device' : 'qr', ratedAt: at, todoId: todo?.id ?? null } })
  }
  await storeMany(ctx, ctx.entities.get('counterRating'), rows)
}

async function complaints(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, recent: readonly Served[], n: number): Promise<void> {
  const r = w.random('complaints'), said = complaintsSaid()
  const before = recent.slice(0, -60), past = spread(before, n - STOPS.length)
  for (const [i, about] of past.entries()) await complaint(ctx, w, cal, about, { ...said[i % said.length]!, ...(i === past.length - 1 ? { severity: 'serious' as const } : {}) }, r, i === past.length - 1 ? 1 : 99)
  // those of the last hours are still on their way, one at each step
  for (const [i, about] of spread(recent.slice(-24), n > 20 ? STOPS.length : 1).entries()) await complaint(ctx, w, cal, about, { ...said[(i * 3) % said.length]!, severity: 'normal' }, r, STOPS[i]!)
}

/** How many acts the newest complaints have seen since they were registered. */
const STOPS = [3, 2, 1, 3, 1, 0] as const

async function complaint(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, about: Served, c: ComplaintSaid, r: Random, acts: number): Promise<void> {
  const staff = w.people.filter(p => p.unitId === about.unit_id), manager = staff.find(p => p.post === 'stationManager') ?? null
  const handler = r.pick(staff.filter(p => ['receptionist', 'engineer', 'stationManager'].includes(p.post)))
  const channel = r.weighted({ desk: 40, phone: 25, web: 20, request: 15 }), heard = channel === 'web' ? null : channel === 'phone' ? w.people.find(p => p.post === 'agent') ?? manager : staff.find(p => p.post === 'receptionist') ?? manager
  const p = player(ctx, w, cal, about.at)
  const opened = await p.after(acts < 99 ? r.int(5, 40) : r.int(30, 900), heard, at => openComplaint(at, { unitId: about.unit_id, category: c.category, severity: c.severity, channel, words: c.words, requestId: about.id, customerId: about.customer_id }))
  if (!opened || acts < 1) return
  const next = await p.after(r.int(4, 24), manager, at => completeStep(at, opened.taskId, { outcome: 'assign', fields: { handlerId: handler.userId } }))
  if (!next || acts < 2) return
  for (let round = 0; round < 2; round++) {
    const handle = round === 0 ? next.next[0]!.id : await openStep(ctx, opened.id, 'handle')
    const slow = acts === 99 && r.chance(0.1) ? 4 : 1, limit = { grave: 60, serious: 240, normal: 450 }[c.severity]
    const reply = handle && await p.after(Math.round(acts < 99 ? r.int(10, 60) : limit * (0.15 + r.next() * 0.3) * slow), handler, at => completeStep(at, handle, { outcome: 'done', fields: { cause: c.cause, result: c.result } }))
    const ask = reply && acts > 2 && await p.after(r.int(3, 25), handler, at => completeStep(at, reply.next[0]!.id, { outcome: 'replied', fields: { replyBy: r.pick(['phone', 'phone', 'visit', 'sms']), reply: c.reply } }))
    if (!ask || acts < 99) return
    if (r.chance(0.08)) { await p.after(1300, handler, at => completeStep(at, ask.next[0]!.id, { outcome: 'silent', ticked: ['called'], comment: '三天打了三次电话都没有人接' })); return }
    const content = round === 1 || !r.chance(0.12)
    const [row] = await ctx.query<{ number: string; customer_name: string | null }>('select number, customer_name from complaint where tenant_id = $1 and id = $2', [ctx.tenant.id, opened.id])
    const link = r.chance(0.65)
    const heardBack = await p.after(r.int(20, 700), link ? null : handler, at => sayFor(at, { what: 'complaint', id: opened.id, number: row!.number, stage: 'verdict', customer_name: row!.customer_name }, { content, words: content ? (r.chance(0.4) ? '谢谢，可以了' : null) : c.again, agent: link ? null : { told: null } }))
    if (!heardBack || content) return
  }
}

const openStep = async (ctx: Ctx, recordId: string, nodeId: string): Promise<string | null> => (await ctx.query<{ id: string }>(
  "select s.id from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id where s.tenant_id = $1 and i.record_id = $2 and s.node_id = $3 and s.state in ('waiting','active') limit 1", [ctx.tenant.id, recordId, nodeId]))[0]?.id ?? null

async function feedback(ctx: Ctx, w: DemoWorld, cal: CompiledCalendar, recent: readonly Served[], n: number): Promise<void> {
  const r = w.random('feedback')
  for (const [i, about] of spread(recent, n).entries()) {
    const f = FEEDBACK_SAID[i % FEEDBACK_SAID.length]!, staff = w.people.filter(p => p.unitId === about.unit_id), p = player(ctx, w, cal, about.at)
    const opened = await p.after(r.int(10, 1200), staff.find(x => x.post === 'receptionist') ?? null, at => openFeedback(at, { fromUnitId: about.unit_id, source: f.category === 'quote' ? 'sales' : r.pick(['service', 'service', 'web']), category: f.category, words: f.words, requestId: about.id, customerId: about.customer_id }))
    if (!opened) continue
    const worker = w.people.find(x => x.post === opened.role && x.unitId === about.unit_id) ?? w.people.find(x => x.post === opened.role) ?? null
    const done = await p.after(r.int(120, 1100), worker, at => completeStep(at, opened.taskId, { outcome: 'done', fields: { result: f.result } }))
    if (!done) continue
    const [row] = await ctx.query<{ number: string; customer_name: string | null }>('select number, customer_name from feedback where tenant_id = $1 and id = $2', [ctx.tenant.id, opened.id])
    await p.after(r.int(60, 1300), null, at => sayFor(at, { what: 'feedback', id: opened.id, number: row!.number, stage: 'confirm', customer_name: row!.customer_name }, { content: true, words: null, agent: null }))
  }
}
