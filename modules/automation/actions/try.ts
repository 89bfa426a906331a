import { AppError, defineAction, lock, type Ctx } from '@quancheng/kernel'
import { FeelError, definitionByKey } from '@quancheng/process'
import { z } from 'zod'
import { RULE, type RuleInput } from '../rules/types.ts'
import { checkRule } from '../store/check.ts'
import { ready } from '../store/in-force.ts'
import { holds, newMeter, plan, type Step } from '../store/plan.ts'
import { stateAt } from '../store/state.ts'

const TRY = RULE.extend({ recordId: z.uuid() })

/** A step as a sentence. */
async function told(ctx: Ctx, step: Step): Promise<string> {
  switch (step.do) {
    case 'todo': return `给 ${step.to.name} 一个待办“${step.title}”，时限 ${step.minutes} 工作分钟`
    case 'notice': return `通知 ${step.to.map(p => p.name).join('、')}：${step.text}`
    case 'change': return step.lines.map(l => `把“${l.label}”从 ${l.from ?? '（空）'} 改为 ${l.to ?? '（空）'}`).join('；')
    case 'start': return `发起流程“${(await definitionByKey(ctx, step.process)).name}”`
  }
}

/** What a rule would do to a record as it stands, as if its last change had just happened. Changes nothing. */
export async function tryRule(ctx: Ctx, r: RuleInput & { recordId: string }): Promise<{ label: string; holds: boolean; steps: string[]; problem: string | null }> {
  const entity = await checkRule(ctx, r)
  await lock(ctx, entity, r.recordId, 'read', { forUpdate: false })
  const state = await stateAt(ctx, entity, r.recordId, null, ctx.now())
  const rule = ready(entity, { id: '', version: 0, name: r.name, entity: r.entity, event: r.event, act: r.act ?? null, fields: r.fields ?? [], tests: r.tests ?? [], condition: r.condition ?? null, unitId: r.unitId ?? null, actions: r.actions, editorId: null })
  const answer = { label: state.label, holds: false, steps: [] as string[], problem: null as string | null }
  try {
    answer.holds = holds(rule, state, newMeter())
    if (answer.holds) for (const step of await plan(ctx, entity, rule, r.recordId, state, newMeter())) answer.steps.push(await told(ctx, step))
  } catch (error) {
    if (!(error instanceof AppError) && !(error instanceof FeelError)) throw error
    answer.problem = error.message
  }
  return answer
}

export const tryAction = defineAction({ name: 'tryAutomation', label: ['试一试规则', 'Try a rule'], method: 'POST', path: '/api/automation/try', permission: 'automation:edit', readOnly: true, status: 200, input: TRY, run: tryRule })
