import type { Base, NodeContext, Readers } from '../context.ts'
import { readExpression } from '../expressions.ts'
import type { Moddle } from '../moddle.ts'
import { called, get, one, text } from '../moddle.ts'
import { refuse } from '../problems.ts'
import type { CompiledNode } from '../types.ts'

export const GATEWAY_READERS: Readers = {
  'bpmn:ExclusiveGateway': (_, base) => ({ ...base, type: 'exclusiveGateway' }),
  'bpmn:ParallelGateway': (_, base) => ({ ...base, type: 'parallelGateway' }),
  'bpmn:InclusiveGateway': (_, base) => ({ ...base, type: 'inclusiveGateway' }),
  'bpmn:ComplexGateway': readComplex,
  'bpmn:EventBasedGateway': readEventBased,
}

function readComplex(element: Moddle, base: Base, { findings }: NodeContext): CompiledNode {
  const before = findings.problems.length
  const activation = readExpression(one(element, 'activationCondition'), element, findings)
  if (!activation && base.incoming.length > 1 && findings.problems.length === before) {
    refuse(findings, element.id, 'GATEWAY_INVALID', `复杂网关${called(element)}没有写启动条件（activationCondition），例如 activationCount >= 2`)
  }
  return { ...base, type: 'complexGateway', activation }
}

function readEventBased(element: Moddle, base: Base, { findings }: NodeContext): CompiledNode {
  const instantiate = get(element, 'instantiate') === true
  if (instantiate && base.incoming.length) refuse(findings, element.id, 'GATEWAY_INVALID', `启动流程的事件网关${called(element)}不能有进入的连线`)
  if (!base.outgoing.length) refuse(findings, element.id, 'GATEWAY_INVALID', `事件网关${called(element)}之后没有事件`)
  return { ...base, type: 'eventGateway', instantiate, all: text(element, 'eventGatewayType') === 'Parallel' }
}
