import type { Base, NodeContext } from '../context.ts'
import type { Moddle } from '../moddle.ts'
import { called, get, many } from '../moddle.ts'
import { refuse, warn } from '../problems.ts'
import type { ActivityBase } from '../types.ts'
import { readLoop } from './loops.ts'
import { readMappings } from './mappings.ts'

/** What is common to all activities: loops, mappings, quantities, compensation, attached events. */
export function activityBase(element: Moddle, base: Base, context: NodeContext): ActivityBase {
  const { findings } = context
  const loop = readLoop(element, findings)
  const { inputs, outputs } = readMappings(element, findings)
  const startQuantity = quantity(element, 'startQuantity', context)
  const completionQuantity = quantity(element, 'completionQuantity', context)
  const forCompensation = get(element, 'isForCompensation') === true
  const compensation = context.compensation(base.id)
  if (forCompensation && (base.incoming.length || base.outgoing.length)) {
    refuse(findings, element.id, 'COMPENSATION_INVALID', `补偿活动${called(element)}不能有进入或离开的连线`)
  }
  if (many(element, 'resources').length) warn(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的 resource 不用于派工，请用 qc:role`)
  return {
    ...base,
    boundary: context.boundary(base.id),
    simple: !loop && !inputs.length && !outputs.length && startQuantity === 1 && completionQuantity === 1 && compensation === null,
    loop, inputs, outputs, startQuantity, completionQuantity, forCompensation, compensation,
  }
}

const QUANTITY_AT_MOST = 1_000

function quantity(element: Moddle, name: string, { findings }: NodeContext): number {
  const value = Number(get(element, name) ?? 1)
  if (Number.isInteger(value) && value >= 1 && value <= QUANTITY_AT_MOST) return value
  refuse(findings, element.id, 'FEATURE_UNSUPPORTED', `${called(element)}的 ${name} 须是 1 到 ${QUANTITY_AT_MOST} 的整数`)
  return 1
}
