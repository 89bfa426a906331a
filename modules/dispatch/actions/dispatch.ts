import { defineAction, fail, requireInUnit, visible, type Ctx } from '@quancheng/kernel'
import { latenessOf, minutesUsed, reassign, type StepPause } from '@quancheng/process'
import { sql } from 'kysely'
import { z } from 'zod'
import { choose, weighOne } from '../rules/choose.ts'
import { choiceFor, note, workOf } from '../store/give.ts'
import { modeOf, needsFor, STAGES } from '../store/known.ts'
import { asWorker, peopleAt, placeOfWork, type Place } from '../store/workers.ts'

const MOST_WORK = 100
const SHOWN = 8

interface Raw {
  id: string; requestId: string; number: string; model: string | null; nodeId: string; stage: string; role: string; fault: string | null; faultDescription: string | null; enteredAt: Date; warnAt: Date | null; dueAt: Date | null; clock: 'business' | 'clock' | null; pauses: StepPause[]; state: 'waiting'
  ownerId: string | null; ownerName: string | null; productLineId: string | null; faultCategoryId: string | null; faultCode: string | null; latitude: string | null; longitude: string | null
}

/** The work of a station that nobody has begun, each piece with who could take it and why; and its people, with what they know and have in hand (CE-04). */
export const dispatchBoard = defineAction({
  name: 'dispatchBoard', label: ['派工台', 'Dispatch'], method: 'GET', path: '/api/dispatch', permission: 'serviceRequest:reassign', readOnly: true, input: z.object({ unitId: z.uuid().optional() }),
  async run(ctx, q) {
    const unit = await unitFor(ctx, q.unitId)
    const entity = ctx.entities.get('serviceRequest')
    const { rows } = await sql<Raw>`
      select s.id, t.id as "requestId", t.number, t.model, s.node_id as "nodeId", s.name as stage, s.role, coalesce(fc.name, '') as fault, t.fault_description as "faultDescription", s.entered_at as "enteredAt", s.warn_at as "warnAt", s.due_at as "dueAt", s.clock, s.pauses, s.state,
        s.assignee_id as "ownerId", u.name as "ownerName", t.product_line_id as "productLineId", t.fault_category_id as "faultCategoryId", t.fault_code as "faultCode", b.latitude, b.longitude
      from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null
      join service_request t on t.tenant_id = s.tenant_id and t.id = i.record_id left join "user" u on u.tenant_id = s.tenant_id and u.id = s.assignee_id left join fault_category fc on fc.tenant_id = t.tenant_id and fc.id = t.fault_category_id
      left join lateral (select latitude, longitude from booking b where b.tenant_id = t.tenant_id and b.request_id = t.id and b.service = 'onSite' and b.state in ('booked', 'arrived') order by b.starts_at desc limit 1) b on true
      where s.tenant_id = ${ctx.tenant.id} and s.unit_id = ${unit.id} and s.kind = 'user' and s.state = 'waiting' and s.role is not null and s.node_id = any(${STAGES}::text[]) and ${visible(ctx, entity, 't', 'reassign')!}
      order by s.assignee_id is not null, s.due_at nulls last, s.id limit ${sql.lit(MOST_WORK + 1)}`.execute(ctx.db)
    const roles = [...new Set([...rows.map(r => r.role), 'inspector', 'engineer', 'qc'])]
    const people = await peopleAt(ctx, unit.id, roles), faults = entity.fields.get('faultCode')!.options!
    const work = await Promise.all(rows.slice(0, MOST_WORK).map(async ({ clock, pauses, latitude, longitude, productLineId, faultCategoryId, warnAt, ...r }) => {
      const place: Place | null = latitude !== null && longitude !== null ? { latitude: Number(latitude), longitude: Number(longitude) } : null
      const needs = await needsFor(ctx, { nodeId: r.nodeId, productLineId, faultCategoryId, faultCode: r.faultCode })
      const { ranked, chosen } = choose(needs, people.filter(p => p.roles.includes(r.role)).map(p => asWorker(p, place)))
      return {
        ...r, fault: faults.find(o => o.value === r.faultCode)?.label[0] ?? (r.fault || null), lateness: latenessOf({ dueAt: r.dueAt, warnAt, state: r.state, late: null }, ctx.now()), minutes: Math.round(await minutesUsed(ctx, clock ?? 'business', r.enteredAt, ctx.now(), pauses)),
        needs: needs.map(n => ({ name: n.name, level: n.level })), chosenId: chosen?.id ?? null, ranked: ranked.slice(0, SHOWN),
      }
    }))
    const modes = Object.fromEntries(await Promise.all(STAGES.map(async nodeId => [nodeId, await modeOf(ctx, unit.id, nodeId)] as const)))
    return { unit, at: ctx.now(), truncated: rows.length > MOST_WORK, modes, work, people: people.map(({ place: _, ...p }) => p) }
  },
})

/** The station asked for, or the caller's own; who belongs to none sees the first below them, or (本部) the company's first. */
async function unitFor(ctx: Ctx, asked: string | undefined): Promise<{ id: string; code: string; name: string }> {
  const [unit] = await ctx.query<{ id: string; code: string; name: string }>(
    `select u.id, u.code, u.name from unit u where u.tenant_id = $1 and not coalesce(u.off, false) and case when $3 then u.id = $2 else u.kind = 'station' end
     order by exists (select 1 from unit_closure c where c.tenant_id = u.tenant_id and c.ancestor_id = $2 and c.descendant_id = u.id) desc, u.code limit 1`, [ctx.tenant.id, asked ?? ctx.user?.unitId ?? null, asked !== undefined])
  if (!unit) return fail('NOT_FOUND', { id: asked ?? null })
  await requireInUnit(ctx, 'serviceRequest:reassign', unit.id)
  return unit
}

/** Gives a piece of work to somebody: the manager decides, also against the suggestion; what spoke for or against them is written down. */
export const dispatchAssign = defineAction({
  name: 'dispatchAssign', label: ['派工', 'Assign'], method: 'POST', path: '/api/dispatch/:taskId/assign', relay: true, permission: 'serviceRequest:reassign',
  input: z.object({ taskId: z.uuid(), personId: z.uuid() }),
  async run(ctx, { taskId, personId }) {
    const work = await workOf(ctx, taskId)
    if (!work) return fail('DISPATCH_NOT_OPEN')
    await requireInUnit(ctx, 'serviceRequest:reassign', work.unitId)
    const [needs, people, place] = [await needsFor(ctx, work), await peopleAt(ctx, work.unitId, [work.role]), await placeOfWork(ctx, work.requestId)]
    const person = people.find(p => p.id === personId)
    const weighed = person ? weighOne(needs, asWorker(person, place)) : null
    const why = weighed ? `${ctx.user?.name ?? ''}派给${weighed.name}：${weighed.text}` : `${ctx.user?.name ?? ''}派工`
    await reassign(ctx, taskId, personId, why.slice(0, 300))
    await note(ctx, work, { personId, how: 'manual', why })
    return { taskId, personId, fits: weighed?.fits ?? false, why }
  },
})

/** For one task: who could take it, the best first, in words. */
export const dispatchSuggest = defineAction({
  name: 'dispatchSuggest', label: ['派工建议', 'Suggestion'], method: 'GET', path: '/api/dispatch/:taskId', permission: 'serviceRequest:reassign', readOnly: true, input: z.object({ taskId: z.uuid() }),
  async run(ctx, { taskId }) {
    const work = await workOf(ctx, taskId)
    if (!work) return fail('DISPATCH_NOT_OPEN')
    await requireInUnit(ctx, 'serviceRequest:reassign', work.unitId)
    const { ranked, chosen, why } = await choiceFor(ctx, work)
    return { taskId, chosenId: chosen?.id ?? null, why, ranked, mode: await modeOf(ctx, work.unitId, work.nodeId) }
  },
})
