import { readFileSync } from 'node:fs'
import { defineModule, sqlFiles, type Ctx } from '@quancheng/kernel'
import { deploy, STANDARD_SERVICE, type StandardResolver } from '@quancheng/process'
import './rules/errors.ts'
import { ruleActions } from './actions/rules.ts'
import { runActions } from './actions/runs.ts'
import { todoActions } from './actions/todos.ts'
import { tryAction } from './actions/try.ts'
import { Automation, Todo } from './entities/index.ts'
import { inForce } from './store/in-force.ts'
import { runJob } from './store/run-job.ts'
import { JOB_RUN } from './store/runs.ts'
import { TODO_PROCESS } from './store/todos.ts'
import { onChange } from './store/watch.ts'

/** 自动化: when this happens, if that holds, then do these things. And 待办, what a rule or a person gives somebody to do. */
export const automation = defineModule({
  name: 'automation',
  label: ['自动化', 'Automation'],
  tables: sqlFiles(new URL('./tables/', import.meta.url)),
  travels: { automation_run: { travels: 'up', belongs: { by: 'record' } } },
  entities: [Automation, Todo],
  actions: [...ruleActions, ...runActions, tryAction, ...todoActions],
  permissions: [{ code: 'automation:edit', label: ['设置规则、试一试、重试', 'Set up rules, try, retry'] }],
  watchers: [{ name: 'automation', wants: async ctx => (await inForce(ctx)).wants, run: onChange }],
  jobs: { [JOB_RUN]: runJob },
  start: runtime => {
    // a to-do has a time of its own; everything else keeps the standard that it had
    const others = runtime.services.get(STANDARD_SERVICE) as StandardResolver | undefined
    const standard: StandardResolver = async (ctx, o) => {
      if (o.key === TODO_PROCESS && o.node.task.standard) return { ...o.node.task.standard, minutes: Number(o.record.minutes) }
      return (await others?.(ctx, o)) ?? null
    }
    runtime.services.set(STANDARD_SERVICE, standard)
  },
  setup: async (ctx: Ctx) => { await deploy(ctx, TODO_PROCESS, readFileSync(new URL('./processes/todo.bpmn', import.meta.url), 'utf8')) },
})
export default automation

export { saveRule } from './actions/rules.ts'
export { checkConditions } from './store/check.ts'
export { conditionsHold, readyConditions, type ReadyConditions } from './store/conditions.ts'
export { stateAt, type State } from './store/state.ts'
export { openTodo } from './store/todos.ts'
export { TEST, type Test } from './rules/types.ts'
export type { RuleInput } from './rules/types.ts'
export { Automation, Todo }
