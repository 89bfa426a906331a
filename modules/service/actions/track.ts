import { addBusinessMinutes, defineAction, fail, type Ctx } from '@quancheng/kernel'
import { calendarOf, definitionByKey, foreseeThrough, minutesUsed, plannedPath, type StepPause } from '@quancheng/process'
import { z } from 'zod'
import { STAGES } from '../entities/service-request.ts'
import { estimateShown, lastEstimate } from '../store/estimates.ts'
import { CODE_TRIES, CODE_WINDOW_MINUTES, TRACK_TRIES, TRACK_WINDOW_MINUTES } from '../rules/limits.ts'

interface Found { id: string; number: string; model: string | null; phone: string | null; stage: string; unit_id: string; product_line_id: string; started_at: Date; ended_at: Date | null }
interface Step { id: string; node_id: string; name: string; state: string; entered_at: Date; finished_at: Date | null; clock: 'business' | 'clock' | null; pauses: StepPause[]; minutes: string | null; standard_minutes: string | null; due_at: Date | null }

const WORK = ['reception', 'inspect', 'quote', 'repair', 'quality'] // what still takes time before the device is ready
const mask = (ctx: Ctx, phone: string | null): string | null => (phone ? ctx.entities.get('serviceRequest').fields.get('phone')!.kind.mask!(phone) as string : null)

/** A customer is told half hours: more would look like a promise to the minute. */
const halfHourUp = (at: Date): Date => new Date(Math.ceil(at.getTime() / 1_800_000) * 1_800_000)

/** What a customer may know of their own request: stages, minutes, what comes next. No names, no notes (SP-10). */
async function progress(ctx: Ctx, r: Found) {
  const [i] = await ctx.query<{ id: string; key: string; version: number; end_name: string | null; ended_at: Date | null }>(
    `select i.id, d.key, d.version, i.end_name, i.ended_at from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.definition_id where i.tenant_id = $1 and i.entity = 'serviceRequest' and i.record_id = $2 order by i.started_by is null desc, i.started_at limit 1`, [ctx.tenant.id, r.id])
  const steps = i ? await ctx.query<Step>("select node_id, name, state, entered_at, finished_at, clock, pauses, minutes, standard_minutes, due_at, id from process_step where tenant_id = $1 and instance_id = $2 and kind = 'user' and state <> 'cancelled' order by seq", [ctx.tenant.id, i.id]) : []
  const now = ctx.now()
  const shown = await Promise.all(steps.map(async s => ({
    nodeId: s.node_id, name: s.name, state: s.state === 'done' ? 'done' as const : 'current' as const, paused: s.state === 'paused' ? s.pauses.at(-1)?.reason ?? null : null,
    minutes: Math.round(s.minutes !== null ? Number(s.minutes) : await minutesUsed(ctx, s.clock ?? 'business', s.entered_at, s.finished_at ?? now, s.pauses)), enteredAt: s.entered_at, finishedAt: s.finished_at,
  })))
  const definition = i ? await definitionByKey(ctx, i.key, i.version) : null
  const planned = definition?.process ? plannedPath(definition.process, {}) : []
  const current = steps.filter(s => s.state !== 'done').at(-1)
  const from = current ? planned.findIndex(p => p.nodeId === current.node_id) : -1
  const todo = r.ended_at ? [] : planned.slice(from + 1).filter(p => !p.end)
  const [station] = await ctx.query('select name, phone, address from unit where tenant_id = $1 and id = $2', [ctx.tenant.id, r.unit_id])
  let expected: Date | null = null, basedOn: number | null = null
  if (current && current.node_id !== 'pickup' && !r.ended_at) {
    const used = shown[steps.indexOf(current)]?.minutes ?? 0
    const left = WORK.includes(current.node_id) ? Math.max(0, Number(current.standard_minutes ?? 0) - used) : 0
    const later = todo.filter(p => WORK.includes(p.nodeId)).reduce((sum, p) => sum + (p.standard?.minutes ?? 0), 0)
    expected = addBusinessMinutes(await calendarOf(ctx), now, left + later).due
    // what such repairs really took says more than the standard, where enough of them are known; while it waits for the customer nobody can say
    const real = current.state === 'paused' ? null : await foreseeThrough(ctx, current.id, WORK.includes(current.node_id), todo.flatMap(p => (WORK.includes(p.nodeId) ? [p.nodeId] : [])))
    if (real) { expected = halfHourUp(real.p80); basedOn = real.n }
  }
  return {
    number: r.number, device: r.model, phone: mask(ctx, r.phone), startedAt: r.started_at, ended: Boolean(r.ended_at), stage: STAGES[r.stage as keyof typeof STAGES]?.[0] ?? r.stage,
    stages: [...shown, ...todo.map(p => ({ nodeId: p.nodeId, name: p.name, state: 'todo' as const, paused: null, minutes: null, enteredAt: null, finishedAt: null })), ...(i?.end_name ? [{ nodeId: 'end', name: i.end_name, state: 'done' as const, paused: null, minutes: null, enteredAt: i.ended_at, finishedAt: i.ended_at }] : [])],
    next: todo[0]?.name ?? null, expected, ...(basedOn === null ? {} : { basedOn }), station: station ?? null,
  }
}

/** The same for whoever tells the customer by other ways; null: there is no such request. */
export async function progressOf(ctx: Ctx, requestId: string) {
  const [r] = await ctx.query<Found>(`select ${COLUMNS} from service_request where tenant_id = $1 and id = $2`, [ctx.tenant.id, requestId])
  return r ? progress(ctx, r) : null
}

const COLUMNS = 'id, number, model, phone, stage, unit_id, product_line_id, started_at, ended_at'
const LIMIT = { name: 'track', max: TRACK_TRIES, minutes: TRACK_WINDOW_MINUTES, count: 'failed' } as const
/** Four digits can be guessed, so they are counted at the number too. */
export const CODE_LIMIT = { ...LIMIT, at: { field: 'number', max: CODE_TRIES, minutes: CODE_WINDOW_MINUTES } } as const

async function withEstimate(ctx: Ctx, r: Found) {
  const [shown, estimate] = await Promise.all([progress(ctx, r), lastEstimate(ctx, r.id)])
  return { ...shown, ...(estimate ? { estimate: estimateShown(ctx, estimate) } : {}) }
}

/** By the link in the QR code. */
export const trackByToken = defineAction({
  name: 'track', label: ['查询进度', 'Track'], method: 'GET', path: '/api/public/track/:token', permission: 'public', readOnly: true, tries: LIMIT, input: z.object({ token: z.string().max(40) }),
  async run(ctx, { token }) {
    const [r] = await ctx.query<Found>(`select ${COLUMNS} from service_request where tenant_id = $1 and track_token = $2`, [ctx.tenant.id, token])
    if (!r) return fail('TRACK_NOT_FOUND')
    return withEstimate(ctx, r)
  },
})

/** By the number on the voucher and its four digits. */
export const trackByCode = defineAction({
  name: 'trackByCode', label: ['查询进度', 'Track'], method: 'POST', path: '/api/public/track', permission: 'public', readOnly: true, tries: CODE_LIMIT, input: z.object({ number: z.string().trim().min(1).max(60), code: z.string().trim().min(1).max(8) }),
  async run(ctx, { number, code }) {
    const [r] = await ctx.query<Found & { track_code: string }>(`select ${COLUMNS}, track_code from service_request where tenant_id = $1 and number = $2`, [ctx.tenant.id, number.toUpperCase()])
    return r && r.track_code === code ? withEstimate(ctx, r) : fail('TRACK_NOT_FOUND')
  },
})
