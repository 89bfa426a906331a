import { isWorkday, schedule, storeMany, type Ctx, type NewRow } from '@quancheng/kernel'
import { tenantCalendar } from '@quancheng/org'
import { deadlineOf, definitionByKey, minutesUsed, type CompiledProcess, type Standard } from '@quancheng/process'
import { playCourse, type Course, type Stage } from './courses.ts'
import { ACCESSORIES, APPEARANCES, inventFault, storeFaultCategories } from './faults.ts'
import { insertColumns, type Columns } from './insert.ts'
import type { Random } from './random.ts'
import { DAY_MS, dayText, type DemoCustomer, type DemoDevice, type DemoPerson, type DemoWorld } from './world.ts'

const DAYS = 91
/** requests that come to a station on a working day; a small company's one station is quieter */
const PER_DAY = { big: [11, 17], small: [3, 6] } as const

const STEP: Columns = {
  id: 'uuid', instance_id: 'uuid', seq: 'int', node_id: 'text', name: 'text', kind: 'text', role: 'text', unit_id: 'uuid', assignee_id: 'uuid', state: 'text', entered_at: 'timestamptz', started_at: 'timestamptz', finished_at: 'timestamptz', finished_by: 'uuid',
  outcome: 'text', standard_minutes: 'numeric', clock: 'text', warn_at: 'timestamptz', due_at: 'timestamptz', paused_at: 'timestamptz', pauses: 'jsonb', minutes: 'numeric', late: 'boolean', data: 'jsonb',
}
const INSTANCE: Columns = { id: 'uuid', definition_id: 'uuid', entity: 'text', record_id: 'uuid', label: 'text', unit_id: 'uuid', state: 'text', next_seq: 'int', started_at: 'timestamptz', ended_at: 'timestamptz', end_node: 'text', end_name: 'text' }
const ALARM: Columns = { id: 'uuid', kind: 'text', title: 'text', entity: 'text', record_id: 'text', step_key: 'text', stage: 'text', unit_id: 'uuid', owner_id: 'uuid', recipient_ids: 'uuid[]', level: 'int', raised_at: 'timestamptz', closed_at: 'timestamptz', minutes: 'int', created_at: 'timestamptz', updated_at: 'timestamptz' }

type Row = Record<string, unknown>

/**
 * Three months of requests: most of them closed, the rest wherever they would be at this hour. Everything goes in by columns, with the
 * history, search rows and alarms that it would have had.
 */
export async function storeRequests(ctx: Ctx, w: DemoWorld, days = DAYS): Promise<void> {
  const r = w.random('requests')
  const cal = await tenantCalendar(ctx)
  const stations = w.plan.units.filter(u => u.kind === 'station')
  const lines = Object.values(w.lines)
  const owners = new Map(w.customers.map(c => [c.id, c]))
  const definitions = new Map<string, { id: string; process: CompiledProcess }>()
  for (const key of new Set(lines.map(l => l.processKey))) { const d = await definitionByKey(ctx, key); definitions.set(key, { id: d.id, process: d.process! }) }
  const categoryOf = await storeFaultCategories(ctx, w)
  const rows = { requests: [] as NewRow[], steps: [] as Row[], instances: [] as Row[], alarms: [] as Row[] }
  const jobs: Array<{ id: string; at: Date }> = []
  // one context for all of them: its calendar is compiled once
  const past: Ctx = { ...ctx, now: () => w.now }
  const shelves = new Map(stations.map(s => [s.code, w.devices.filter(d => owners.get(d.customerId)?.station === s.code)]))
  /** when a device was collected or went elsewhere; one that is still here has no such time */
  const left = new Map<string, Date | null>()
  for (let day = days; day >= 0; day--) {
    const date = new Date(w.today.getTime() - day * DAY_MS)
    const open = addMinutesOfDay(date, 9 * 60)
    for (const station of stations) {
      const staff = w.people.filter(p => p.unitCode === station.code)
      const [low, high] = stations.length > 1 ? PER_DAY.big : PER_DAY.small
      const counts = isOpen(cal, date) ? r.int(low, high) : 0
      const starts = Array.from({ length: counts }, () => arrival(open, r)).filter(t => t < w.now).toSorted((a, b) => a.getTime() - b.getTime())
      for (const [i, start] of starts.entries()) {
        const device = pickDevice(r.chance(0.03) ? w.devices : shelves.get(station.code)!, start, r, left)
        if (!device) continue
        const line = w.lines[device.lineCode]!
        const d = definitions.get(line.processKey)!
        const course = playCourse({ process: line.processKey, start, now: w.now, cal, staff, random: r })
        left.set(device.id, course.end?.at ?? null)
        await storeOne(ctx, w, { station: station.code, number: `${station.code}-${dayText(date).replaceAll('-', '')}-${String(i + 1).padStart(4, '0')}`, start, device, lineName: line.name, definition: d, course, staff, owners, categoryOf, past, r, rows, jobs })
      }
      if (starts.length) await ctx.query('insert into series (tenant_id, key, last) values ($1, $2, $3) on conflict (tenant_id, key) do update set last = excluded.last', [ctx.tenant.id, `${station.code}-${dayText(date).replaceAll('-', '')}-{0000}`, starts.length])
    }
  }
  await storeMany(ctx, ctx.entities.get('serviceRequest'), rows.requests)
  await insertColumns(ctx, 'process_instance', INSTANCE, rows.instances)
  await insertColumns(ctx, 'process_step', STEP, rows.steps)
  await insertColumns(ctx, 'alarm', ALARM, rows.alarms)
  for (const j of jobs) await schedule(ctx, { kind: 'process.sla', key: j.id, dueAt: j.at, payload: { stepId: j.id } })
}

const addMinutesOfDay = (day: Date, minutes: number): Date => new Date(day.getTime() + minutes * 60_000)
const isOpen = (cal: Parameters<typeof playCourse>[0]['cal'], date: Date): boolean => isWorkday(cal, dayText(date))

/** People come in the morning and after lunch; nobody at half past twelve. */
function arrival(open: Date, r: Random): Date {
  const minute = r.chance(0.55) ? r.int(0, 170) : r.int(272, 520)
  return new Date(open.getTime() + minute * 60_000 + r.int(0, 59) * 1000)
}

/** What was here within a month comes again now and then, as it does: the share of repairs that are back within thirty days. */
const RESTS_DAYS = 31, BACK_SOON = 0.07
const TRIES = 40

/** A device that was registered by then and is not in the house; some of them were collected in the last weeks. */
function pickDevice(devices: readonly DemoDevice[], at: Date, r: Random, left: ReadonlyMap<string, Date | null>): DemoDevice | null {
  const gone = (d: DemoDevice): number | null => { const was = left.get(d.id); return was === undefined ? Number.POSITIVE_INFINITY : was && was <= at ? (at.getTime() - was.getTime()) / DAY_MS : null }
  const some = (soon: boolean): DemoDevice | null => {
    const fits = (d: DemoDevice): boolean => { const days = gone(d); return d.createdAt <= at && days !== null && (days > RESTS_DAYS) !== soon }
    for (let i = 0; i < TRIES; i++) { const d = r.pick(devices); if (fits(d)) return d }
    // late in the quarter most of a small station's devices have been here: then whoever is left
    const first = r.int(0, devices.length - 1)
    return devices.slice(first).concat(devices.slice(0, first)).find(fits) ?? null
  }
  return (r.chance(BACK_SOON) ? some(true) : null) ?? some(false)
}

interface One { past: Ctx; owners: ReadonlyMap<string, DemoCustomer>; categoryOf: (productLineId: string, code: string) => string | null; station: string; number: string; start: Date; device: DemoDevice; lineName: string; definition: { id: string; process: CompiledProcess }; course: Course; staff: readonly DemoPerson[]; r: Random; rows: { requests: NewRow[]; steps: Row[]; instances: Row[]; alarms: Row[] }; jobs: Array<{ id: string; at: Date }> }

async function storeOne(ctx: Ctx, w: DemoWorld, o: One): Promise<void> {
  const { course, r } = o
  const unitId = w.units[o.station]!
  const customer = o.owners.get(o.device.customerId)!
  const last = course.stages.at(-1)!
  const seen = (node: string): boolean => course.stages.some(s => s.nodeId === node && s.finishedAt)
  const fault = inventFault(o.lineName, r)
  const id = r.id(o.start), instanceId = r.id(o.start)
  const stage = course.end?.nodeId ?? last.nodeId
  const received = seen('reception') || stage === 'reception'
  const draft: Row = {
    number: o.number, startedAt: o.start, stage, unitId, ownerId: last.by?.userId ?? null, productLineId: o.device.productLineId, source: r.chance(0.7) ? 'kiosk' : 'desk', phone: customer.phone,
    ...(received ? { customerId: customer.id, deviceId: o.device.id, serialNo: o.device.serialNo, faultCategoryId: o.categoryOf(o.device.productLineId, fault.code), faultDescription: fault.said, appearance: r.pick(APPEARANCES), accessories: r.pick(ACCESSORIES) } : {}),
    ...(seen('inspect') ? { faultCode: fault.code, inspectionResult: fault.found } : {}),
    ...(seen('quote') ? { quotedAmount: `${r.int(...fault.price)}.00`, customerAnswer: course.end?.nodeId === 'returned' ? 'declined' : 'agreed' } : {}),
    ...(seen('repair') && course.stages.some(s => s.outcome === 'fixed') ? { repairAction: fault.done } : {}),
    trackToken: `d${id.replaceAll('-', '').slice(-13)}`, trackCode: String(r.int(0, 9999)).padStart(4, '0'),
  }
  o.rows.requests.push({ id, at: o.start, by: (last.by ?? o.staff[0])?.userId ?? null, draft: { ...draft, endedAt: course.end?.at ?? null } })
  o.rows.instances.push({ id: instanceId, definition_id: o.definition.id, entity: 'serviceRequest', record_id: id, label: o.number, unit_id: unitId, state: course.end ? 'completed' : 'active', next_seq: course.stages.length + 1, started_at: o.start, ended_at: course.end?.at ?? null, end_node: course.end?.nodeId ?? null, end_name: course.end?.name ?? null })
  for (const [i, s] of course.stages.entries()) await storeStep(ctx, w, o, s, { i, instanceId, requestId: id, unitId })
}

async function storeStep(ctx: Ctx, w: DemoWorld, o: One, s: Stage, at: { i: number; instanceId: string; requestId: string; unitId: string }): Promise<void> {
  const node = o.definition.process.nodes[s.nodeId]
  if (node?.type !== 'userTask') throw new Error(`demo course visits ${s.nodeId}, which ${o.definition.process.id} does not have`)
  const standard: Standard | null = node.task.standard
  const { past } = o
  const deadline = standard ? await deadlineOf(past, standard, s.enteredAt, s.pauses) : null
  const paused = s.pauses.some(p => p.to === null)
  const minutes = s.finishedAt ? await minutesUsed(past, standard?.clock ?? 'business', s.enteredAt, s.finishedAt, s.pauses) : null
  const id = o.r.id(s.enteredAt)
  const ticked = s.finishedAt ? Object.fromEntries([...node.task.items, ...node.task.script].filter(x => x.required).map(x => [x.id, { by: s.by?.userId ?? null, at: s.finishedAt!.toISOString() }])) : {}
  const late = deadline ? (s.finishedAt ?? w.now) > deadline.dueAt && !paused : false
  o.rows.steps.push({
    id, instance_id: at.instanceId, seq: at.i + 1, node_id: s.nodeId, name: node.name, kind: 'user', role: s.role, unit_id: at.unitId, assignee_id: s.by?.userId ?? null,
    state: s.finishedAt ? 'done' : paused ? 'paused' : s.startedAt && s.by ? 'active' : 'waiting', entered_at: s.enteredAt, started_at: s.startedAt, finished_at: s.finishedAt, finished_by: s.finishedAt ? s.by?.userId ?? null : null,
    outcome: s.outcome, standard_minutes: standard?.minutes ?? null, clock: standard?.clock ?? null, warn_at: deadline?.warnAt ?? null, due_at: deadline?.dueAt ?? null, paused_at: paused ? new Date(s.pauses.at(-1)!.from) : null,
    pauses: JSON.stringify(s.pauses), minutes, late: s.finishedAt ? late : null, data: JSON.stringify({ ticked }),
  })
  if (!s.finishedAt && deadline && !paused && !late) o.jobs.push({ id, at: deadline.warnAt > w.now ? deadline.warnAt : deadline.dueAt })
  if (!deadline || !late) return
  const manager = w.people.find(p => p.unitCode === o.station && p.post === 'stationManager')
  o.rows.alarms.push({
    id: o.r.id(deadline.dueAt), kind: 'late', title: `${o.number} ${node.name}超时`, entity: 'serviceRequest', record_id: at.requestId, step_key: id, stage: node.name, unit_id: at.unitId, owner_id: s.by?.userId ?? null,
    recipient_ids: [s.by?.userId, manager?.userId].filter(Boolean), level: 1, raised_at: deadline.dueAt, closed_at: s.finishedAt, minutes: s.finishedAt ? Math.round((s.finishedAt.getTime() - deadline.dueAt.getTime()) / 60_000) : null, created_at: deadline.dueAt, updated_at: s.finishedAt ?? deadline.dueAt,
  })
}

