import { AppError, known, type Ctx } from '@quancheng/kernel'

type Values = Record<string, unknown>
interface Category { line: string | null; off: boolean | null }

/** The category belongs to the request's product line: another line's is refused where it is chosen, and forgotten where the line changes. */
export async function faultFits(ctx: Ctx, draft: Values, before: Readonly<Values> | null | undefined): Promise<void> {
  const chosen = draft.faultCategoryId !== undefined, lineChanged = draft.productLineId !== undefined && before != null
  const id = (chosen ? draft.faultCategoryId : lineChanged ? before?.faultCategoryId : null) as string | null
  if (!id) return
  const line = (draft.productLineId ?? before?.productLineId ?? null) as string | null
  const category = await known(ctx, `fault-category/${id}`, async () => (await ctx.query<Category>('select product_line_id as line, off from fault_category where tenant_id = $1 and id = $2', [ctx.tenant.id, id]))[0] ?? null)
  // that there is none is for the pipeline to say
  if (!category) return
  const fits = category.line === null || category.line === line
  if (!fits && !chosen) draft.faultCategoryId = null
  else if (!fits) refuse('OTHER_LINE', '不是这条产品线的故障类别')
  else if (chosen && category.off && id !== before?.faultCategoryId) refuse('OFF', '这个故障类别已停用')
}

function refuse(code: string, message: string): never {
  throw new AppError('INVALID', { summary: message, fields: [{ field: 'faultCategoryId', code, message }] })
}
