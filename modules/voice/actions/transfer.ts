import { defineAction, elevated, fail, hereOf, lock, storeChange, unitsElsewhere, type Ctx } from '@quancheng/kernel'
import { caseToUnit, completeStep, resume } from '@quancheng/process'
import { z } from 'zod'

/** Before it has been answered: after that the customer has the word of the unit that answered. */
const BEFORE_ANSWER = new Set(['assign', 'handle', 'reply'])

interface Unit { id: string; name: string }
const unitOf = async (ctx: Ctx, id: string): Promise<Unit | undefined> => (await ctx.query<Unit & Record<string, unknown>>('select id, name from unit where tenant_id = $1 and id = $2 and not coalesce(off, false)', [ctx.tenant.id, id]))[0]

/** The step that is open; the caller holds the case. */
const openStep = async (ctx: Ctx, recordId: string): Promise<{ id: string; node_id: string; state: string } | undefined> => (await ctx.query<{ id: string; node_id: string; state: string }>(
  `select s.id, s.node_id, s.state from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
   where s.tenant_id = $1 and i.entity = 'complaint' and i.record_id = $2 and s.kind = 'user' and s.state in ('waiting','active','paused') order by s.seq desc limit 1`, [ctx.tenant.id, recordId]))[0]

/**
 * 转给别的站: the complaint is another unit's from now on, to be assigned there anew. Who handled it here has it no more; the time limit does not
 * begin again, because the customer waits since the first word. The history keeps from where to where, by whom and why.
 */
export const transferComplaint = defineAction({
  name: 'transferComplaint', label: ['转给别的站', 'Hand to another unit'], method: 'POST', path: '/api/complaints/:id/transfer', permission: 'complaint:transfer', status: 200,
  input: z.object({ id: z.uuid(), unitId: z.uuid('请选择接手的服务站'), reason: z.string().trim().min(1, '请写明为什么转').max(500) }),
  async run(ctx, { id, unitId, reason }) {
    const entity = ctx.entities.get('complaint')
    const { row } = await lock(ctx, entity, id, 'transfer', { forUpdate: false })
    const [from, to] = [await unitOf(ctx, String(row.unitId)), await unitOf(ctx, unitId)]
    if (!to) return fail('VOICE_UNIT')
    if (to.id === row.unitId) return fail('VOICE_SAME_UNIT', { unit: to.name })
    if (hereOf(ctx.runtime) || (await unitsElsewhere(ctx)).some(u => u === to.id || u === row.unitId)) return fail('VOICE_NODE')
    const sys = elevated(ctx, '投诉转站')
    if (BEFORE_ANSWER.has(String(row.stage))) await caseToUnit(sys, { entity: 'complaint', recordId: id }, to.id)
    const step = await openStep(ctx, id)
    if (!step || !BEFORE_ANSWER.has(step.node_id)) return fail('VOICE_NOT_NOW')
    await storeChange(sys, entity, id, { unitId: to.id, handlerId: null, ownerId: null }, { act: 'transfer', note: { from: from?.name ?? null, to: to.name, reason } })
    if (step.node_id !== 'assign') {
      if (step.state === 'paused') await resume(sys, step.id)
      await completeStep(sys, step.id, { outcome: 'back', comment: `转给${to.name}：${reason}` })
    }
    return { id, unitId: to.id, unit: to.name }
  },
})
