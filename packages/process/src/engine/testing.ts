import type { CompiledProcess } from '../model/index.ts'
import { compileProcess } from '../model/index.ts'
import { cancel, completeTask, fireTimer, start } from './engine.ts'
import { EMPTY_STATE, applyEffects } from './state.ts'
import type { Effects, EngineEnv, InstanceState } from './types.ts'

/** For tests: a whole BPMN file around the elements of one process. */
export function bpmn(elements: string, process = 'id="p" isExecutable="true"'): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:qc="urn:quancheng:bpmn:1" targetNamespace="urn:test"><bpmn:process ${process}>${elements}</bpmn:process></bpmn:definitions>`
}

/** `a -> b`, `a -> b [x > 1]`, `a -> b default`, one a line; flows are called f1, f2, … */
export function flows(text: string): string {
  const lines = text.split('\n').map((l) => l.trim()).filter((l) => l !== '')
  return lines.map((line, i) => {
    const m = /^(\S+) -> (\S+)(?: \[(.*)\])?( default)?$/.exec(line)!
    const condition = m[3] ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"><![CDATA[${m[3]}]]></bpmn:conditionExpression>` : ''
    return `<bpmn:sequenceFlow id="f${i + 1}" sourceRef="${m[1]}" targetRef="${m[2]}">${condition}</bpmn:sequenceFlow>`
  }).join('')
}

export const tag = (name: string, ids: string, attributes = '') =>
  ids.split(' ').map((id) => `<bpmn:${name} id="${id}" name="${id}" ${attributes}/>`).join('')

/** Plays one instance in memory; ids are s1, s2, … */
export interface Player {
  process: CompiledProcess
  state: () => InstanceState
  /** names of the nodes that wait, sorted */
  waiting: () => string[]
  effects: () => Effects
  all: Effects[]
  complete: (nodeId: string, outcome?: string | null, variables?: Record<string, unknown>) => Effects
  fire: (timerNodeId: string) => Effects
  cancel: () => Effects
}

export async function play(xml: string, variables: Record<string, unknown> = {}): Promise<Player> {
  return playProcess(await compileProcess(xml), variables)
}

export function playProcess(process: CompiledProcess, variables: Record<string, unknown> = {}): Player {
  let next = 0
  const env: EngineEnv = { newId: () => `s${(next += 1)}` }
  let state: InstanceState = EMPTY_STATE
  const all: Effects[] = []
  const apply = (effects: Effects): Effects => {
    state = applyEffects(state, effects)
    all.push(effects)
    return effects
  }
  apply(start(process, variables, env))
  const stepAt = (nodeId: string) => state.steps.find((s) => s.nodeId === nodeId)?.id ?? 'none'
  return {
    process,
    all,
    state: () => state,
    waiting: () => state.steps.map((s) => s.nodeId).toSorted(),
    effects: () => all.at(-1)!,
    complete: (nodeId, outcome = null, values = {}) => apply(completeTask(process, state, stepAt(nodeId), { outcome, variables: values }, env)),
    fire: (timerNodeId) => {
      const timer = process.nodes[timerNodeId]
      const host = timer?.type === 'boundaryTimer' ? timer.attachedTo : ''
      return apply(fireTimer(process, state, { stepId: stepAt(host), nodeId: timerNodeId }, env))
    },
    cancel: () => apply(cancel(process, state)),
  }
}
