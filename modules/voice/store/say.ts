import { AppError, elevated, fail, storeChange, type Ctx } from '@quancheng/kernel'
import { completeStep, resume } from '@quancheng/process'

export type Subject = 'complaint' | 'feedback'
export interface Asked { what: Subject; id: string; number: string; stage: string; customer_name: string | null }

/** The step that waits for the customer's word, if any. */
async function waiting(ctx: Ctx, a: Asked): Promise<{ id: string; state: string } | undefined> {
  return (await ctx.query<{ id: string; state: string }>(
    `select s.id, s.state from process_step s join process_instance i on i.tenant_id = s.tenant_id and i.id = s.instance_id
     where s.tenant_id = $1 and i.entity = $2 and i.record_id = $3 and s.node_id = $4 and s.kind = 'user' and s.state in ('waiting','active','paused') order by s.seq desc limit 1`, [ctx.tenant.id, a.what, a.id, a.what === 'complaint' ? 'verdict' : 'confirm']))[0]
}

export interface Said { content: boolean; words: string | null; /** null: the customer, by the link; else what the agent says of who told them */ agent: { told: string | null } | null }

/**
 * The customer's own word ends the step that waits for it, by the road that every step takes. Content: the case is closed; not: it is open again.
 * Whoever comes second hears that it is answered.
 */
export async function sayFor(ctx: Ctx, a: Asked, said: Said): Promise<{ stage: string }> {
  const step = await waiting(ctx, a)
  if (!step) return fail(said.agent ? 'VOICE_NOT_ASKED' : 'VOICE_ANSWERED')
  const name = `客户${a.customer_name ? ` ${a.customer_name}` : ''}`.slice(0, 60)
  // an agent stays the author; the customer is nobody's account
  const sys: Ctx = said.agent ? elevated(ctx, '记录客户意见') : { ...elevated({ ...ctx, user: null }, '客户通过链接答复'), reason: '客户通过链接答复' }
  const outcome = a.what === 'complaint' ? (said.content ? 'satisfied' : 'unsatisfied') : said.content ? 'confirmed' : 'again'
  try {
    if (step.state === 'paused') await resume(sys, step.id)
    await completeStep(sys, step.id, {
      outcome, ...(a.what === 'feedback' && said.content ? { fields: { confirmedBy: said.agent?.told ?? name } } : {}), ...(said.words ? { comment: `${name}：${said.words}` } : {}),
    })
  } catch (error) {
    if (error instanceof AppError && ['TASK_DONE', 'NOT_FOUND'].includes(error.code)) return fail(said.agent ? 'VOICE_NOT_ASKED' : 'VOICE_ANSWERED')
    throw error
  }
  if (!said.agent) await ctx.query("update process_step set data = data || jsonb_build_object('actor', $3::text) where tenant_id = $1 and id = $2", [ctx.tenant.id, step.id, name])
  const via = said.agent ? 'agent' : 'link'
  const row = await storeChange(sys, ctx.entities.get(a.what), a.id, a.what === 'complaint' ? { verdictVia: via, verdictWords: said.words } : said.content ? { confirmedVia: via, confirmWords: said.words } : { confirmWords: said.words })
  return { stage: String(row.stage) }
}
