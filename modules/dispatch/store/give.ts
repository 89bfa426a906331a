import { elevated, schedule, storeNew, unitsElsewhere, type Ctx } from '@quancheng/kernel'
import { holdersAbove, raiseAlarm, reassign, type DispatchResolver } from '@quancheng/process'
import { onStage } from '@quancheng/service'
import { choose, type Choice } from '../rules/choose.ts'
import { anyAutomatic, modeOf, needsFor, STAGES } from './known.ts'
import { asWorker, peopleAt, placeOfWork } from './workers.ts'

/** Gives out what lies in a station's pools, once somebody may have room again. */
export const JOB_AGAIN = 'dispatch.again'
const AGAIN_AT_MOST = 100

export interface Work { stepId: string; nodeId: string; name: string; role: string; unitId: string; requestId: string; number: string | null; productLineId: string | null; faultCategoryId: string | null; faultCode: string | null }

export async function choiceFor(ctx: Ctx, w: Work): Promise<Choice> {
  const [needs, people, place] = [await needsFor(ctx, w), await peopleAt(ctx, w.unitId, [w.role]), await placeOfWork(ctx, w.requestId)]
  return choose(needs, people.map(p => asWorker(p, place)))
}

export const note = (ctx: Ctx, w: Work, o: { personId: string | null; how: 'automatic' | 'manual' | 'nobody'; why: string }): Promise<unknown> =>
  storeNew(elevated(ctx, '派工'), ctx.entities.get('dispatchEntry'), { requestId: w.requestId, unitId: w.unitId, stepId: w.stepId, stage: w.name, personId: o.personId, how: o.how, why: o.why.slice(0, 1000) })

/** Two pieces of work for one person's last free hand: the second waits here and counts the first. The case is held before this, always. */
const inTurn = (ctx: Ctx, unitId: string): Promise<unknown> => ctx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`dispatch/${ctx.tenant.id}/${unitId}`])

/** Nobody can take it: it lies in the pool, and the station's manager hears of it at once (the alarm of SP-17, with the reasons). */
async function nobody(ctx: Ctx, w: Work, why: string): Promise<void> {
  await note(ctx, w, { personId: null, how: 'nobody', why })
  await raiseAlarm(ctx, { kind: 'pool', title: `${w.number ?? ''} 待${w.name}：${why}`.slice(0, 200), entity: 'serviceRequest', recordId: w.requestId, stepKey: w.stepId, stage: w.name, unitId: w.unitId, ownerId: null, recipientIds: await holdersAbove(ctx, w.unitId, 'stationManager') })
}

/** The engine asks as a step opens; the case is its own already. */
export const dispatcher: DispatchResolver = async (ctx, o) => {
  if (o.entity !== 'serviceRequest' || !STAGES.includes(o.nodeId) || !(await anyAutomatic(ctx)) || (await modeOf(ctx, o.unitId, o.nodeId)) !== 'automatic') return null
  const fact = (name: string): string | null => (o.record[name] as string | null | undefined) ?? null
  const work: Work = { stepId: o.stepId, nodeId: o.nodeId, name: o.name, role: o.role, unitId: o.unitId, requestId: o.recordId, number: o.label, productLineId: fact('productLineId'), faultCategoryId: fact('faultCategoryId'), faultCode: fact('faultCode') }
  await inTurn(ctx, o.unitId)
  const { chosen, why } = await choiceFor(ctx, work)
  if (!chosen) { await nobody(ctx, work, why); return null }
  await note(ctx, work, { personId: chosen.id, how: 'automatic', why })
  return chosen.id
}

const WORK = `s.id as "stepId", s.node_id as "nodeId", s.name, s.role, s.unit_id as "unitId", i.id as "caseId", i.record_id as "requestId", t.number, t.product_line_id as "productLineId", t.fault_category_id as "faultCategoryId", t.fault_code as "faultCode"
  from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id and i.entity = 'serviceRequest' and i.started_by is null join service_request t on t.tenant_id = i.tenant_id and t.id = i.record_id`

export const workOf = async (ctx: Ctx, stepId: string): Promise<Work | null> =>
  (await ctx.query<Work & Record<string, unknown>>(`select ${WORK} where s.tenant_id = $1 and s.id = $2 and s.kind = 'user' and s.role is not null and s.unit_id is not null and s.state in ('waiting','active','paused')`, [ctx.tenant.id, stepId]))[0] ?? null

/** What waits in the pools, most urgent first; what a person is acting on just now is left to the next time. */
export async function againJob(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  if (!(await anyAutomatic(ctx))) return
  const unitId = typeof payload.unitId === 'string' ? payload.unitId : null
  const waiting = await ctx.query<Work & { caseId: string } & Record<string, unknown>>(
    `select ${WORK} where s.tenant_id = $1 and s.state = 'waiting' and s.assignee_id is null and s.kind = 'user' and s.role is not null and s.node_id = any($2) and ($3::uuid is null or s.unit_id = $3) and s.unit_id <> all($4::uuid[]) order by s.due_at nulls last, s.id limit ${AGAIN_AT_MOST}`, [ctx.tenant.id, STAGES, unitId, [...await unitsElsewhere(ctx)]])
  for (const w of waiting) {
    if ((await modeOf(ctx, w.unitId, w.nodeId)) !== 'automatic') continue
    const held = await ctx.query("select 1 from process_instance where tenant_id = $1 and id = $2 and state = 'active' for update skip locked", [ctx.tenant.id, w.caseId])
    if (!held.length) continue
    const still = await ctx.query("select 1 from process_step where tenant_id = $1 and id = $2 and state = 'waiting' and assignee_id is null", [ctx.tenant.id, w.stepId])
    if (!still.length) continue
    await inTurn(ctx, w.unitId)
    const { chosen, why } = await choiceFor(ctx, w)
    if (!chosen) continue
    await reassign(ctx, w.stepId, chosen.id, why.slice(0, 300))
    await note(ctx, w, { personId: chosen.id, how: 'automatic', why })
  }
}

/** Somebody has finished something: perhaps they have a hand free. The act itself does not wait for it. */
export const lookAgain: Parameters<typeof onStage>[1] = async (ctx, change) => {
  if (STAGES.includes(change.from) && (await anyAutomatic(ctx))) await schedule(ctx, { kind: JOB_AGAIN, key: change.id, dueAt: ctx.now(), payload: { unitId: change.unitId } })
}
