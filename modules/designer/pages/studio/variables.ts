import { is, list, parts, ref, text } from './elements.ts'
import type { Bo, CatalogueEntity } from './types.ts'

/** A variable that an expression at some place can read: its name, and what it is in the words of the drawing. */
export interface Variable { name: string; label: string }

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u

/** What an element leaves behind for those after it. */
function leaves(bo: Bo): Variable[] {
  const here = bo.name || bo.id
  const result = text(bo, 'qc:resultVariable')
  const loop = ref(bo, 'loopCharacteristics')
  const gathered = loop ? text(loop, 'qc:outputCollection') : ''
  return [
    ...(is(bo, 'bpmn:UserTask') ? parts(bo, 'qc:Field').map(f => ({ name: String(f.name ?? ''), label: String(f.label ?? '') || here })) : []),
    ...parts(bo, 'qc:Output').map(o => ({ name: String(o.name ?? ''), label: here })),
    ...(result ? [{ name: result, label: here }] : []), ...(gathered ? [{ name: gathered, label: here }] : []),
  ]
}

/** The elements from which a token can have come here, at any depth: what surrounds a place was entered before it. */
function before(bo: Bo): Bo[] {
  const scope = bo.$parent
  if (!scope || !['bpmn:Process', 'bpmn:SubProcess', 'bpmn:Transaction', 'bpmn:AdHocSubProcess'].includes(scope.$type)) return []
  const all = list(scope, 'flowElements')
  const seen = new Set<Bo>(), queue = [is(bo, 'bpmn:SequenceFlow') ? ref(bo, 'sourceRef') : is(bo, 'bpmn:BoundaryEvent') ? ref(bo, 'attachedToRef') : bo]
  for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
    if (!at) continue
    const host = is(at, 'bpmn:BoundaryEvent') ? ref(at, 'attachedToRef') : null
    for (const from of [host, ...all.filter(e => is(e, 'bpmn:SequenceFlow') && ref(e, 'targetRef') === at).map(f => ref(f, 'sourceRef'))]) if (from && !seen.has(from)) { seen.add(from); queue.push(from) }
  }
  // the flow behind a step can ask what the step left; a step itself only after a loop back to it
  const source = is(bo, 'bpmn:SequenceFlow') ? ref(bo, 'sourceRef') : null
  const freely = is(scope, 'bpmn:AdHocSubProcess') ? all.filter(e => e !== bo) : []
  return [...(source ? [source] : []), ...seen, ...freely, ...before(scope)]
}

/** What each round of a repeated step has for itself. */
function ofRounds(bo: Bo): Variable[] {
  const loop = ref(bo, 'loopCharacteristics')
  if (!loop) return []
  const each = is(loop, 'bpmn:MultiInstanceLoopCharacteristics') ? text(loop, 'qc:elementVariable') : ''
  return [...(each ? [{ name: each, label: '这一份' }] : []), { name: 'loopCounter', label: '第几次' }, ...(is(loop, 'bpmn:MultiInstanceLoopCharacteristics') ? [{ name: 'nrOfInstances', label: '一共几份' }, { name: 'nrOfCompletedInstances', label: '办完几份' }] : [])]
}

const around = (bo: Bo): Bo[] => (bo.$parent && bo.$parent.$type !== 'bpmn:Definitions' ? [bo.$parent, ...around(bo.$parent)] : [])

/** The variables known at an element: of the record, of the forms and results before it, of the rounds and scopes around it. `own`: also what the element is given for itself. */
export function variablesAt(bo: Bo, entity: CatalogueEntity | null, own = true): Variable[] {
  const scopes = around(bo)
  const process = scopes.find(s => is(s, 'bpmn:Process'))
  const data = [process, ...scopes].flatMap(s => (s ? list(s, 'flowElements') : [])).filter(e => is(e, 'bpmn:DataObjectReference', 'bpmn:DataStoreReference')).map(e => ({ name: e.name ?? '', label: '数据' }))
  const found = [
    ...(is(bo, 'bpmn:ComplexGateway') ? [{ name: 'activationCount', label: '到了几个' }] : []),
    ...(own ? [...parts(bo, 'qc:Input').map(i => ({ name: String(i.name ?? ''), label: '输入' })), ...ofRounds(bo)] : []),
    ...scopes.flatMap(ofRounds),
    ...(entity?.fields ?? []).map(f => ({ name: f.name, label: f.label })),
    ...before(bo).flatMap(leaves), ...data, { name: 'outcome', label: '办理结果' },
  ]
  return [...new Map(found.filter(v => NAME.test(v.name)).toReversed().map(v => [v.name, v])).values()].toReversed()
}
