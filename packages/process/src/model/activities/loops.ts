import { readExpression, readFeel, readValue } from '../expressions.ts'
import { definitionsOf, readTrigger } from '../events/triggers.ts'
import type { FeelExpression } from '../../feel/index.ts'
import { FeelError, compileFeel } from '../../feel/index.ts'
import type { Moddle } from '../moddle.ts'
import { called, get, many, one, text } from '../moddle.ts'
import { unresolvedRef } from '../parse.ts'
import type { Findings } from '../problems.ts'
import { refuse } from '../problems.ts'
import type { LoopEvent, LoopSpec } from '../types.ts'
import { vendorElements, vendorText } from '../vendor.ts'

export function readLoop(activity: Moddle, findings: Findings): LoopSpec | null {
  const loop = one(activity, 'loopCharacteristics')
  if (!loop) return null
  return loop.$type === 'bpmn:StandardLoopCharacteristics' ? readStandard(activity, loop, findings) : readMulti(activity, loop, findings)
}

function readStandard(activity: Moddle, loop: Moddle, findings: Findings): LoopSpec {
  const before = findings.problems.length
  const condition = readExpression(one(loop, 'loopCondition'), activity, findings)
  const given = get(loop, 'loopMaximum')
  const maximum = given === undefined ? null : Number(given)
  if (maximum !== null && (!Number.isInteger(maximum) || maximum < 0)) refuse(findings, activity.id, 'LOOP_INVALID', `${called(activity)}的循环上限须是不小于 0 的整数`)
  if (!condition && maximum === null && before === findings.problems.length) {
    refuse(findings, activity.id, 'LOOP_INVALID', `${called(activity)}的循环既没有条件也没有上限，永远不会结束`)
  }
  return { kind: 'standard', testBefore: get(loop, 'testBefore') === true, condition, maximum }
}

function readMulti(activity: Moddle, loop: Moddle, findings: Findings): LoopSpec {
  const before = findings.problems.length
  const cardinality = readExpression(one(loop, 'loopCardinality'), activity, findings)
  const collection = readCollection(activity, loop, findings)
  if (!cardinality && !collection && before === findings.problems.length) {
    refuse(findings, activity.id, 'MULTI_INVALID', `${called(activity)}的多实例没有写个数（loopCardinality）或集合`)
  }
  const zeebe = vendorElements(loop, 'zeebe', 'loopCharacteristics')[0]
  const item = one(loop, 'inputDataItem')
  return {
    kind: 'multi',
    sequential: get(loop, 'isSequential') === true,
    cardinality,
    collection,
    element: text(loop, 'qc:elementVariable') ?? zeebe?.attributes['inputElement'] ?? vendorText(loop, 'camunda', 'elementVariable') ?? (item && dataName(item)),
    completion: readExpression(one(loop, 'completionCondition'), activity, findings),
    output: readOutput(activity, loop, findings),
    events: readEvents(activity, loop, findings),
  }
}

/** Data of the process are variables; a data object goes by its name, else by its id. */
function dataName(element: Moddle): string | null {
  return (text(element, 'name') ?? element.id ?? null)?.trim() || null
}

/** Not every name is one: `in` means something else to FEEL. */
function isVariable(name: string): boolean {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return false
  try {
    return compileFeel(name).variables.includes(name)
  } catch (error) {
    if (error instanceof FeelError) return false
    throw error
  }
}

function readCollection(activity: Moddle, loop: Moddle, findings: Findings): FeelExpression | null {
  const zeebe = vendorElements(loop, 'zeebe', 'loopCharacteristics')[0]?.attributes['inputCollection']
  const attribute = text(loop, 'qc:collection') ?? vendorText(loop, 'camunda', 'collection') ?? zeebe ?? null
  if (attribute !== null) return readFeel(attribute, activity.id, findings)
  const loose = unresolvedRef(loop, 'bpmn:loopDataInputRef')
  if (loose) return readFeel(loose, activity.id, findings)
  const ref = one(loop, 'loopDataInputRef')
  if (!ref) return null
  const names = sourcesOf(activity, ref)
  const usable = names.filter(isVariable)
  if (!usable.length) {
    refuse(findings, activity.id, 'MULTI_INVALID', `${called(activity)}的集合“${names[0] ?? ''}”不能作变量名`)
    return null
  }
  // whichever of the names the process has set: the data object's name, its id, the reference's
  return readFeel(usable.reduceRight((rest, n) => (rest === '' ? n : `(if ${n} != null then ${n} else ${rest})`), ''), activity.id, findings)
}

/** The data behind a loop's input: an input of the activity stands for what is drawn into it. */
function sourcesOf(activity: Moddle, ref: Moddle): string[] {
  const drawn = many(activity, 'dataInputAssociations').filter((a) => one(a, 'targetRef') === ref).flatMap((a) => many(a, 'sourceRef'))
  const all = [...drawn, ref].flatMap((e) => [one(e, 'dataObjectRef'), e]).filter((e) => e !== null)
  return [...new Set(all.flatMap((e) => [text(e, 'name'), e.id ?? null]).filter((n) => n !== null))]
}

function readOutput(activity: Moddle, loop: Moddle, findings: Findings) {
  const zeebe = vendorElements(loop, 'zeebe', 'loopCharacteristics')[0]
  const ref = one(loop, 'loopDataOutputRef')
  const to = text(loop, 'qc:outputCollection') ?? zeebe?.attributes['outputCollection'] ?? (ref && dataName(ref))
  const item = one(loop, 'outputDataItem')
  const source = text(loop, 'qc:outputElement') ?? zeebe?.attributes['outputElement'] ?? (item && dataName(item))
  if (!to || !source) return null
  const from = readValue(source.startsWith('=') ? source : `=${source}`, activity.id, findings)
  return from && { to, from }
}

function readEvents(activity: Moddle, loop: Moddle, findings: Findings): LoopEvent[] {
  const behavior = text(loop, 'behavior') ?? 'All'
  if (behavior === 'None' || behavior === 'One') {
    const definition = one(loop, behavior === 'None' ? 'noneBehaviorEventRef' : 'oneBehaviorEventRef')
    const trigger = definition && readTrigger(activity, definition, ['signal', 'message', 'escalation', 'error'], findings)
    // without a reference a default signal is thrown (table 10.30), which a boundary signal event without a name catches
    return [{ condition: null, first: behavior === 'One', triggers: trigger ? [trigger] : definition ? [] : [{ on: 'signal', name: '' }] }]
  }
  if (behavior !== 'Complex') return []
  return many(loop, 'complexBehaviorDefinition').flatMap((complex) => {
    const condition = readExpression(one(complex, 'condition'), activity, findings)
    const event = one(complex, 'event')
    const triggers = event ? definitionsOf(event).flatMap((d) => readTrigger(activity, d, ['signal', 'message', 'escalation', 'error'], findings) ?? []) : []
    return condition ? [{ condition, first: false, triggers }] : []
  })
}
