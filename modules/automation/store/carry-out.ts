import { normalise, storeChange, type CompiledEntity, type Ctx } from '@quancheng/kernel'
import { definitionByKey, raiseAlarm, startCase, startFor } from '@quancheng/process'
import type { Rule } from '../rules/types.ts'
import type { Step } from './plan.ts'
import type { State } from './state.ts'
import { openTodo } from './todos.ts'

/** What was done, for the log: a sentence, and where it can be seen. */
export interface Deed { do: Step['do']; text: string; entity?: string; recordId?: string }

export interface Carrying { rule: Pick<Rule, 'name' | 'unitId'>; entity: CompiledEntity; recordId: string; state: State; /** names this run: an alarm of it is raised once */ runId: string }

/** Does one planned step, within the act of the run. */
export async function carryOut(ctx: Ctx, step: Step, index: number, c: Carrying): Promise<Deed> {
  const unitId = c.state.unitId ?? c.rule.unitId
  const about = { entity: c.entity.name, recordId: c.recordId, label: `${c.entity.label[0]} ${c.state.label}`.trim().slice(0, 200) }
  switch (step.do) {
    case 'todo': {
      const { id } = await openTodo(ctx, { title: step.title, details: step.details, toId: step.to.id, minutes: step.minutes, unitId, about, source: c.rule.name })
      return { do: 'todo', text: `给 ${step.to.name} 待办“${step.title}”`, entity: 'todo', recordId: id }
    }
    case 'notice':
      // one each: everybody puts their own away
      for (const p of step.to) await raiseAlarm(ctx, { kind: 'notice', title: step.text, entity: c.entity.name, recordId: c.recordId, stepKey: `${c.runId}/${index}/${p.id.slice(-12)}`, stage: null, unitId: null, ownerId: p.id, recipientIds: [p.id] })
      return { do: 'notice', text: `通知 ${step.to.map(p => p.name).slice(0, 5).join('、')}${step.to.length > 5 ? `等 ${step.to.length} 人` : ''}：${step.text}` }
    case 'change': {
      await storeChange(ctx, c.entity, c.recordId, normalise(ctx, c.entity, step.input, 'update'))
      return { do: 'change', text: step.lines.map(l => `${l.label}：${l.from ?? '（空）'} → ${l.to ?? '（空）'}`).join('；') }
    }
    case 'start': {
      const { name, process } = await definitionByKey(ctx, step.process)
      if (process?.binding) await startFor(ctx, step.process, c.entity.name, c.recordId)
      else await startCase(ctx, step.process, { unitId, label: about.label, variables: { entity: c.entity.name, recordId: c.recordId, record: c.state.record ?? {} } })
      return { do: 'start', text: `发起流程“${name}”` }
    }
  }
}
