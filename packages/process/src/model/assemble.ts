import { checkGraph } from './checks.ts'
import type { CompileOptions } from './compile.ts'
import type { NodeContext } from './context.ts'
import { isEventSub } from './context.ts'
import { isInert, readNode } from './elements.ts'
import { definitionsOf } from './events/triggers.ts'
import { readCondition } from './expressions.ts'
import { checkExtensions, requiredText } from './extension.ts'
import { lanesOf } from './lanes.ts'
import type { Moddle } from './moddle.ts'
import { called, documentation, extensions, get, many, one, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import { beyondSteps, startsOf } from './starts.ts'
import type { CompiledFlow, CompiledNode, CompiledProcess, Container, Lane } from './types.ts'

/** Deeper nesting is no drawing but an attack on the stack. */
const DEEPEST = 50

interface Placed {
  element: Moddle
  holder: Moddle
  /** id of the subprocess around it; null at the top */
  parent: string | null
}

export function assemble(root: Moddle, options: CompileOptions, findings: Findings): CompiledProcess {
  checkExtensions(root, findings)
  const placed = gather(root, findings)
  const flows = readFlows(placed, findings)
  const nodePlaces = placed.filter((p) => p.element.$type !== 'bpmn:SequenceFlow')
  const lanes = [root, ...nodePlaces.map((p) => p.element)].flatMap((e) => many(e, 'laneSets')).flatMap((set) => lanesOf(set, null, 0))
  const context = nodeContext(root, nodePlaces, flows, lanes, options, findings)
  const nodes = new Map<string, CompiledNode>()
  for (const { element, parent } of nodePlaces) {
    const node = readNode(element, parent, context)
    if (node) nodes.set(node.id, node)
  }
  const inner = context.inner(root)
  // a refused element would make its neighbours look unreachable: one true complaint instead of many false ones
  if (nodes.size === nodePlaces.length) checkGraph({ nodes, flows, inner }, root.id, findings)
  const starts = startsOf(nodes, flows)
  const all = [...nodes.values()]
  return freeze({
    id: root.id ?? '',
    name: root.name?.trim() || (root.id ?? ''),
    documentation: documentation(root),
    binding: readBinding(root, findings),
    startId: (starts.find((s) => !s.triggers.length) ?? starts[0])?.id ?? '',
    starts,
    inner,
    beyondSteps: beyondSteps(all, starts),
    nodes: record(nodes),
    flows: record(flows),
    lanes,
    roles: [...new Set(all.flatMap(rolesOf))],
    hasJoin: all.some((n) => (n.type === 'parallelGateway' || n.type === 'inclusiveGateway' || n.type === 'complexGateway') && n.incoming.length > 1),
    warnings: [...findings.warnings],
  })
}

function rolesOf(node: CompiledNode): string[] {
  if (node.type !== 'userTask') return []
  return [node.task.role, ...(node.task.approval?.who ?? []).map((w) => (w.by === 'role' ? w.role : null))].filter((r) => r !== null)
}

/** All elements of the process and its subprocesses, outer ones first. */
function gather(root: Moddle, findings: Findings): Placed[] {
  const placed: Placed[] = []
  let level: { holder: Moddle; parent: string | null }[] = [{ holder: root, parent: null }]
  for (let depth = 0; level.length; depth += 1) {
    if (depth > DEEPEST) {
      refuse(findings, root.id, 'MODEL_TOO_LARGE', `子流程嵌套超过 ${DEEPEST} 层`)
      break
    }
    const deeper: typeof level = []
    for (const { holder, parent } of level) {
      for (const element of many(holder, 'flowElements')) {
        if (isInert(element)) continue
        // the standard lets flows go without an id, and they are told apart well enough by where they stand
        if (!element.id && element.$type === 'bpmn:SequenceFlow') element.id = `${one(element, 'sourceRef')?.id ?? '?'} → ${one(element, 'targetRef')?.id ?? '?'} (${placed.length})`
        if (!element.id) {
          refuse(findings, holder.id, 'ID_MISSING', `有一个 ${element.$type} 没有编号（id）`)
          continue
        }
        placed.push({ element, holder, parent })
        if (many(element, 'flowElements').length) deeper.push({ holder: element, parent: element.id })
      }
    }
    level = deeper
  }
  return placed
}

/** A flow stays within its (sub)process: BPMN lets no flow cross the border of one. */
function readFlows(placed: Placed[], findings: Findings): Map<string, CompiledFlow> {
  const homes = new Map(placed.map((p) => [p.element, p.holder]))
  const flows = new Map<string, CompiledFlow>()
  for (const { element, holder } of placed) {
    if (element.$type !== 'bpmn:SequenceFlow') continue
    const [source, target] = [one(element, 'sourceRef'), one(element, 'targetRef')]
    if (!source || !target || homes.get(source) !== holder || homes.get(target) !== holder) {
      const told = findings.problems.some((p) => p.elementId === element.id && p.code === 'FLOW_DANGLING')
      if (!told) refuse(findings, element.id, 'FLOW_DANGLING', `连线${called(element)}的两端须是同一层的节点`)
      continue
    }
    checkExtensions(element, findings)
    flows.set(element.id!, {
      id: element.id!,
      name: element.name?.trim() ?? '',
      source: source.id!,
      target: target.id!,
      condition: readCondition(element, findings),
      isDefault: one(source, 'default') === element,
    })
  }
  return flows
}

function readBinding(root: Moddle, findings: Findings): CompiledProcess['binding'] {
  const binding = extensions(root, 'qc:Binding')[0]
  if (!binding) return null
  return { entity: requiredText(binding, 'entity', root, findings), stageField: text(binding, 'stageField') }
}

const isCompensation = (event: Moddle): boolean => event.$type === 'bpmn:BoundaryEvent' && definitionsOf(event).some((d) => d.$type === 'bpmn:CompensateEventDefinition')

function nodeContext(root: Moddle, placed: Placed[], flows: Map<string, CompiledFlow>, lanes: Lane[], options: CompileOptions, findings: Findings): NodeContext {
  const ids = new Set(placed.map((p) => p.element.id))
  const homes = new Map(placed.map((p) => [p.element, p.holder]))
  const all = [...flows.values()]
  const incoming = Map.groupBy(all, (f) => f.target)
  const outgoing = Map.groupBy(all, (f) => f.source)
  const events = placed.map((p) => p.element).filter((e) => e.$type === 'bpmn:BoundaryEvent')
  const boundary = Map.groupBy(events.filter((e) => !isCompensation(e)), (e) => one(e, 'attachedToRef')?.id)
  const handlers = compensationHandlers([root, ...placed.map((p) => p.element)])
  const laneOf = new Map(lanes.flatMap((lane) => lane.nodeIds.map((id) => [id, lane] as const)))
  const inside = Map.groupBy(placed, (p) => p.holder)
  const links = placed.filter((p) => p.element.$type === 'bpmn:IntermediateCatchEvent' && linkName(p.element) !== null)
  return {
    findings,
    incoming: (id) => (incoming.get(id) ?? []).map((f) => f.id),
    outgoing: (id) => outgoing.get(id) ?? [],
    boundary: (id) => (boundary.get(id) ?? []).map((e) => e.id!),
    compensation: (id) => handlers.get(id) ?? null,
    lane: (id) => laneOf.get(id) ?? null,
    isNode: (id) => ids.has(id),
    holder: (element) => homes.get(element) ?? root,
    inner: (container) => containerOf(container, inside.get(container) ?? [], (id) => incoming.has(id)),
    linkTarget: (event, name) => {
      const same = links.filter((p) => p.holder === homes.get(event) && linkName(p.element) === name)
      return same.length === 1 ? same[0]!.element.id! : null
    },
    knownRoles: options.roles ? new Set(options.roles) : null,
    knownHandlers: options.handlers ? new Set(options.handlers) : null,
  }
}

function linkName(event: Moddle): string | null {
  const link = definitionsOf(event).find((d) => d.$type === 'bpmn:LinkEventDefinition')
  return link ? (text(link, 'name') ?? event.name?.trim() ?? null) : null
}

/** From the activity to its handler: a compensation event is attached to the one, and an association leads to the other. */
function compensationHandlers(containers: Moddle[]): Map<string, string> {
  const handlers = new Map<string, string>()
  for (const association of containers.flatMap((c) => many(c, 'artifacts')).filter((a) => a.$type === 'bpmn:Association')) {
    const ends = [one(association, 'sourceRef'), one(association, 'targetRef')]
    const event = ends.find((e) => e && isCompensation(e))
    const handler = ends.find((e) => e && e !== event && get(e, 'isForCompensation') === true)
    const host = event && one(event, 'attachedToRef')
    if (host?.id && handler?.id) handlers.set(host.id, handler.id)
  }
  return handlers
}

const NEVER_FIRST = new Set(['bpmn:BoundaryEvent', 'bpmn:SequenceFlow', 'bpmn:StartEvent'])

/** Start events without a trigger; where there is no start event at all, every node to which no flow leads (BPMN 2.0.2, 13.3.4). */
function containerOf(container: Moddle, places: Placed[], hasIncoming: (id: string) => boolean): Container {
  const elements = places.map((p) => p.element)
  const eventSubs = elements.filter(isEventSub).map((e) => e.id!)
  const starts = elements.filter((e) => e.$type === 'bpmn:StartEvent')
  if (isEventSub(container)) return { starts: starts.map((e) => e.id!), eventSubs }
  const plain = starts.filter((e) => !definitionsOf(e).length)
  if (starts.length) return { starts: plain.map((e) => e.id!), eventSubs }
  const first = elements.filter((e) => {
    if (NEVER_FIRST.has(e.$type) || isEventSub(e) || get(e, 'isForCompensation') === true || hasIncoming(e.id!)) return false
    if (e.$type === 'bpmn:IntermediateCatchEvent' && linkName(e) !== null) return false
    return !(get(e, 'instantiate') === true)
  })
  return { starts: first.map((e) => e.id!), eventSubs }
}

/** Without a prototype, so that an element called `constructor` or `__proto__` is an element like any other. */
function record<T>(map: Map<string, T>): Record<string, T> {
  const result = Object.create(null) as Record<string, T>
  for (const [key, value] of map) result[key] = value
  return result
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const inner of Object.values(value)) freeze(inner)
  return value
}
