import { checkRefs, elevated, fail, normalise, storeNew, unitsHere, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart } from '@quancheng/process'
import { newCode } from './link.ts'
import { COMPLAINT_PROCESS } from './limit.ts'
import { routeOf } from './route.ts'

export const FEEDBACK_PROCESS = 'feedback'

export interface Opened { id: string; number: string; code: string; taskId: string; dueAt: Date | null }

const unitOf = async (ctx: Ctx, id: string): Promise<{ id: string; code: string } | undefined> => (await ctx.query<{ id: string; code: string }>('select id, code from unit where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, id]))[0]

/** What somebody typed, checked field by field; who has signed in points only to what they can see. */
async function valuesOf(ctx: Ctx, name: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
  const entity = ctx.entities.get(name), given = Object.fromEntries(Object.entries(input).filter(([, v]) => v !== undefined))
  const values = normalise(elevated(ctx, '登记'), entity, given, 'create')
  if (ctx.user && !ctx.access.system) await checkRefs(ctx, entity, values, null)
  return values
}

/** Records a complaint and begins its case, in one act. The caller has been authorised; desk, telephone, web and demo all come through here. */
export async function openComplaint(ctx: Ctx, input: { unitId: string } & Record<string, unknown>): Promise<Opened> {
  const values = await valuesOf(ctx, 'complaint', input), sys = elevated(ctx, '投诉登记')
  const unit = await unitOf(ctx, input.unitId) ?? fail('VOICE_UNIT'), here = await unitsHere(ctx)
  // another station's complaint is taken at head office, or there
  if (here && !here.includes(unit.id)) fail('VOICE_ELSEWHERE')
  const prepared = await prepareStart(sys, COMPLAINT_PROCESS, {}, null, unit.id)
  const row = await storeNew(sys, ctx.entities.get('complaint'), { ...values, unitId: unit.id, stage: prepared.stage, receivedAt: ctx.now(), trackCode: newCode(), $words: { unit: unit.code } }, { act: 'register' })
  const { opened } = await begin(sys, prepared, { entity: 'complaint', record: row, unitId: unit.id, label: String(row.number) })
  return { id: row.id as string, number: row.number as string, code: row.trackCode as string, taskId: opened[0]!.id, dueAt: row.dueAt as Date }
}

/** Records a feedback with the department that it belongs to (CU-16). */
export async function openFeedback(ctx: Ctx, input: { fromUnitId?: string | null | undefined } & Record<string, unknown>): Promise<Opened & { department: string; role: string }> {
  const values = await valuesOf(ctx, 'feedback', input), sys = elevated(ctx, '反馈登记')
  const route = await routeOf(ctx, String(values.category ?? ''), input.fromUnitId ?? null)
  const prepared = await prepareStart(sys, FEEDBACK_PROCESS, { teamRole: route.role }, null, route.unit.id)
  const row = await storeNew(sys, ctx.entities.get('feedback'), { ...values, unitId: route.unit.id, department: route.department, stage: prepared.stage, receivedAt: ctx.now(), trackCode: newCode(), $words: { unit: route.unit.code } }, { act: 'register' })
  const { opened } = await begin(sys, prepared, { entity: 'feedback', record: row, unitId: route.unit.id, label: String(row.number) })
  return { id: row.id as string, number: row.number as string, code: row.trackCode as string, taskId: opened[0]!.id, dueAt: opened[0]!.dueAt, department: route.department, role: route.role }
}
