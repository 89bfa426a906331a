import { create, elevated, fail, lock, storeNew, type Ctx } from '@quancheng/kernel'
import { openStep } from './cases.ts'
import { moveRecord, type Completed, type CompleteInput } from '@quancheng/process'

/** A new deal with its case, by the rights of the caller. What the entity's hooks bring along (owner, block, stage) need not be given. */
export const openOpportunity = (ctx: Ctx, input: Record<string, unknown>): Promise<Record<string, unknown>> => create(ctx, ctx.entities.get('opportunity'), input)

/** A deal that another act has authorised (a converted lead, data brought in): `values` are parsed; a stage among them is where its case begins. */
export const storeOpportunity = (ctx: Ctx, values: Record<string, unknown>): Promise<Record<string, unknown>> => storeNew(elevated(ctx, '商机登记'), ctx.entities.get('opportunity'), values)

/** One stage on or back, by the id or name of the stage. The owner moves it; so may whoever may re-assign it, as their act. */
export async function moveOpportunity(ctx: Ctx, id: string, input: CompleteInput): Promise<Completed> {
  const { row } = await lock(ctx, ctx.entities.get('opportunity'), id, 'move', { forUpdate: false })
  if (row.outcome !== 'open') return fail('DEAL_CLOSED')
  if (ctx.access.system || row.ownerId === ctx.user?.id) return moveRecord(ctx, 'opportunity', id, input)
  await lock(ctx, ctx.entities.get('opportunity'), id, 'reassign', { forUpdate: false })
  const step = await openStep(ctx, id)
  if (step?.pending) return fail('GATE_PENDING', { name: step.name })
  return moveRecord(elevated(ctx, '上级代办'), 'opportunity', id, input)
}

/** The deal is won: from 签约, with everything that this stage demands. The signed contract calls it. */
export const closeWon = (ctx: Ctx, id: string): Promise<Completed> => moveOpportunity(ctx, id, { to: 'won' })
export const closeLost = (ctx: Ctx, id: string, why: { lostReason: string; lostTo?: string | null; comment?: string }): Promise<Completed> =>
  moveOpportunity(ctx, id, { to: 'lost', fields: { lostReason: why.lostReason, ...(why.lostTo ? { lostTo: why.lostTo } : {}) }, ...(why.comment ? { comment: why.comment } : {}) })
