import type { CompiledProcess } from '../model/index.ts'
import { compileProcess } from '../model/index.ts'
import { fireTimer } from './acts.ts'
import { cancel, completeTask, start } from './engine.ts'
import { EMPTY_STATE, applyEffects } from './state.ts'
import type { Effects, EngineEnv, InstanceState } from './types.ts'

/** For tests: a whole BPMN file around the elements of one process. */
export function bpmn(elements: string, process = 'id="p" isExecutable="true"', roots = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:qc="urn:quancheng:bpmn:1" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="urn:test">${roots}<bpmn:process ${process}>${elements}</bpmn:process></bpmn:definitions>`
}

/** `a -> b`, `a -> b [x > 1]`, `a -> b default`, one a line; flows are called f1, f2, … (in a subprocess give another prefix) */
export function flows(text: string, prefix = 'f'): string {
  const lines = text.split('\n').map((l) => l.trim()).filter((l) => l !== '')
  return lines.map((line, i) => {
    const m = /^(\S+) -> (\S+)(?: \[(.*)\])?( default)?$/.exec(line)!
    const condition = m[3] ? `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression"><![CDATA[${m[3]}]]></bpmn:conditionExpression>` : ''
    return `<bpmn:sequenceFlow id="${prefix}${i + 1}" sourceRef="${m[1]}" targetRef="${m[2]}">${condition}</bpmn:sequenceFlow>`
  }).join('')
}

/** An element with something inside: `event('boundaryEvent', 'b', 'attachedToRef="a"', timer('PT1H'))` */
export const event = (name: string, id: string, attributes: string, inner: string) => `<bpmn:${name} id="${id}" name="${id}" ${attributes}>${inner}</bpmn:${name}>`

/** What stands inside an event: one definition a trigger. References name a root element by id. */
export const on = {
  timer: (value: string, kind: 'timeDuration' | 'timeDate' | 'timeCycle' = 'timeDuration', more = '') => `<bpmn:timerEventDefinition ${more}><bpmn:${kind}>${value}</bpmn:${kind}></bpmn:timerEventDefinition>`,
  message: (ref: string) => `<bpmn:messageEventDefinition messageRef="${ref}"/>`,
  signal: (ref: string) => `<bpmn:signalEventDefinition signalRef="${ref}"/>`,
  error: (ref = '') => `<bpmn:errorEventDefinition ${ref && `errorRef="${ref}"`}/>`,
  escalation: (ref = '') => `<bpmn:escalationEventDefinition ${ref && `escalationRef="${ref}"`}/>`,
  condition: (feel: string) => `<bpmn:conditionalEventDefinition><bpmn:condition xsi:type="bpmn:tFormalExpression"><![CDATA[${feel}]]></bpmn:condition></bpmn:conditionalEventDefinition>`,
  compensate: (activity = '', more = '') => `<bpmn:compensateEventDefinition ${activity && `activityRef="${activity}"`} ${more}/>`,
  link: (name: string) => `<bpmn:linkEventDefinition name="${name}"/>`,
  cancel: '<bpmn:cancelEventDefinition/>',
  terminate: '<bpmn:terminateEventDefinition/>',
}

/** Messages m1, m2; signals g1, g2; errors E1, E2; escalations X1, X2 (ids and codes are the same). */
export const ROOTS = [1, 2].map((n) => `<bpmn:message id="m${n}" name="M${n}"/><bpmn:signal id="g${n}" name="G${n}"/><bpmn:error id="E${n}" name="e${n}" errorCode="E${n}"/><bpmn:escalation id="X${n}" name="x${n}" escalationCode="X${n}"/>`).join('')

/** A file with the messages, signals, errors and escalations of ROOTS. */
export const model = (elements: string, process = 'id="p" isExecutable="true"', roots = '') => bpmn(elements, process, ROOTS + roots)

export const script = (id: string, feel: string, attributes = '') => `<bpmn:scriptTask id="${id}" name="${id}" scriptFormat="feel" ${attributes}><bpmn:script><![CDATA[${feel}]]></bpmn:script></bpmn:scriptTask>`

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
