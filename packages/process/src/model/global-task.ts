import type { Moddle } from './moddle.ts'

const LOCAL: Readonly<Record<string, string>> = {
  'bpmn:GlobalTask': 'bpmn:Task',
  'bpmn:GlobalUserTask': 'bpmn:UserTask',
  'bpmn:GlobalManualTask': 'bpmn:ManualTask',
  'bpmn:GlobalScriptTask': 'bpmn:ScriptTask',
  'bpmn:GlobalBusinessRuleTask': 'bpmn:BusinessRuleTask',
}

export const isGlobalTask = (element: Moddle): boolean => Object.hasOwn(LOCAL, element.$type)

/** A global task is called like a process: one that consists of this task alone. Built as if it had been drawn. */
export function globalTaskProcess(task: Moddle): Moddle {
  const id = task.id ?? ''
  const process = element('bpmn:Process', id, task.name)
  const start = element('bpmn:StartEvent', `${id}_start`)
  const end = element('bpmn:EndEvent', `${id}_end`)
  const inner: Moddle = {
    $type: LOCAL[task.$type]!, id, ...(task.name ? { name: task.name } : {}), ...(task.$attrs ? { $attrs: task.$attrs } : {}),
    get: (name) => task.get?.(name === 'scriptFormat' ? 'scriptLanguage' : name),
  }
  const flow = (n: number, sourceRef: Moddle, targetRef: Moddle) => element('bpmn:SequenceFlow', `${id}_flow${n}`, undefined, { sourceRef, targetRef })
  const parts = [start, inner, end, flow(1, start, inner), flow(2, inner, end)]
  for (const part of parts) part.$parent = process
  process.get = (name) => (name === 'flowElements' ? parts : undefined)
  return process
}

function element(type: string, id: string, name?: string, values: Record<string, unknown> = {}): Moddle {
  return { $type: type, id, ...(name ? { name } : {}), get: (key) => values[key] }
}
