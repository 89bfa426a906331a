import { fail, unitAndAbove, type Change, type Ctx } from '@quancheng/kernel'

/**
 * RU-06: a record stays in its block. To own it is no reach over another block: only whoever reaches the whole company makes it there or moves it.
 * @throws LEAD_BLOCK
 */
export async function keepInBlock(ctx: Ctx, entity: string, c: Pick<Change, 'act'> & { draft: Record<string, unknown>; before: Record<string, unknown> | null }): Promise<void> {
  const to = c.draft.unitId as string | null | undefined, home = ctx.access.unitId
  if (c.act === 'remove' || !to || to === c.before?.unitId || ctx.access.system || ctx.access.grants.get(`${entity}:${c.act}`)?.has('all')) return
  if (!home || !(await unitAndAbove(ctx, to)).includes(home)) fail('LEAD_BLOCK')
}
