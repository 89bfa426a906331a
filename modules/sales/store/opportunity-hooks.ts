import { elevated, known, type Change, type Ctx } from '@quancheng/kernel'
import { begin, prepareStart } from '@quancheng/process'
import { keepInBlock } from './block.ts'
import { handTasks } from './deal-owner.ts'

type Values = Record<string, unknown>
export const OPPORTUNITY_PROCESS = 'opportunity'

export interface Chance { chance: number; staleDays: number | null }

/** What each stage is worth, as the administrator has set it. */
export const chances = (ctx: Ctx): Promise<ReadonlyMap<string, Chance>> => known(ctx, 'stage-chances', async () =>
  new Map((await ctx.query<{ stage: string; chance: number; stale_days: number | null }>('select stage, chance, stale_days from stage_chance where tenant_id = $1', [ctx.tenant.id])).map(r => [r.stage, { chance: r.chance, staleDays: r.stale_days }])))

/** Who and where follow from the customer and whoever enters it; the chance follows the stage unless somebody gives another. */
export async function opportunityBefore(ctx: Ctx, c: Change): Promise<void> {
  const d = c.draft, was = c.before as Values | null
  if (c.act === 'remove') return
  await keepInBlock(ctx, 'opportunity', c as never)
  if (c.act === 'create') {
    d.stage ??= 'qualify'
    d.ownerId ??= ctx.user?.id ?? null
    d.unitId ??= ctx.user?.unitId ?? null
  }
  const moved = d.stage !== undefined && d.stage !== was?.stage
  if (!moved) return
  const stage = String(d.stage), closed = stage === 'won' || stage === 'lost'
  d.stageAt ??= ctx.now()
  // given with the very change: the owner's own view of it
  if (c.act === 'update' || d.chance === undefined || d.chance === null) d.chance = (await chances(ctx)).get(stage)?.chance ?? (stage === 'won' ? 100 : 0)
  d.outcome = closed ? stage : 'open'
  if (closed) d.closedAt ??= ctx.now()
  else if (was?.closedAt) d.closedAt = null
}

/** Every open deal is a case of its process, whatever road it came by; it begins at the stage that it has. */
export async function opportunityAfter(ctx: Ctx, c: Change): Promise<void> {
  const row = c.row as Values | null
  if (!row) return
  if (c.act === 'create' && row.outcome === 'open') {
    const sys = elevated(ctx, '商机登记')
    const prepared = await prepareStart(sys, OPPORTUNITY_PROCESS, { stage: row.stage, ownerId: row.ownerId ?? null }, null, row.unitId as string)
    await begin(sys, prepared, { entity: 'opportunity', record: row, unitId: row.unitId as string, label: String(row.number) })
  }
  if (c.act === 'update' && row.outcome === 'open' && row.ownerId !== (c.before as Values).ownerId) await handTasks(ctx, String(row.id), (row.ownerId as string | null) ?? null)
}
