import { storeMany, type Ctx } from '@quancheng/kernel'
import { FAMILIES, type Family } from '../entities/kinds.ts'
import { FIRST_TEXTS, firstText } from '../rules/first-texts.ts'

/** What a company starts with: texts and quiet hours, no channel. What is there already stays as it is. */
export async function setUp(ctx: Ctx): Promise<void> {
  const known = new Set((await ctx.query<{ key: string }>("select event || '/' || family as key from notice_template where tenant_id = $1", [ctx.tenant.id])).map(r => r.key))
  const rows = FIRST_TEXTS.flatMap(t => (Object.keys(FAMILIES) as Family[]).filter(family => !t.only || family === t.only).map(family => ({ draft: { event: t.event, family, off: t.off ?? false, urgent: false, ...firstText(t, family) } }))).filter(r => !known.has(`${r.draft.event}/${r.draft.family}`))
  if (rows.length) await storeMany(ctx, ctx.entities.get('noticeTemplate'), rows)
  if (!(await ctx.query('select 1 from notice_setting where tenant_id = $1', [ctx.tenant.id])).length) await storeMany(ctx, ctx.entities.get('noticeSetting'), [{ draft: {} }])
}
