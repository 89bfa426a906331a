import { checkGraph } from './checks.ts'
import type { NodeContext } from './elements.ts'
import { isInert, readNode } from './elements.ts'
import { readCondition } from './expressions.ts'
import { checkExtensions, requiredText } from './extension.ts'
import type { Moddle } from './moddle.ts'
import { called, documentation, extensions, get, many, one, text } from './moddle.ts'
import { parseBpmn } from './parse.ts'
import type { Findings } from './problems.ts'
import { ProcessModelError, refuse, warn } from './problems.ts'
import type { CompiledFlow, CompiledNode, CompiledProcess, Lane } from './types.ts'

export interface CompileOptions {
  /** role codes that exist; others get a warning. Absent: not checked */
  roles?: Iterable<string>
  /** names of service-task handlers that exist; others get a warning. Absent: not checked */
  handlers?: Iterable<string>
}

export interface CheckedProcess extends Findings {
  /** null when there are problems */
  process: CompiledProcess | null
}

/** Compiles the one executable process of a file. Throws ProcessModelError with all problems. */
export async function compileProcess(xml: string, options: CompileOptions = {}): Promise<CompiledProcess> {
  const checked = await checkProcess(xml, options)
  if (!checked.process) throw new ProcessModelError(checked)
  return checked.process
}

/** As compileProcess, but tells instead of throwing: for the designer and for conformance tables. */
export async function checkProcess(xml: string, options: CompileOptions = {}): Promise<CheckedProcess> {
  const { definitions, findings } = await parseBpmn(xml)
  const root = definitions && executableProcess(definitions, findings)
  const process = root && assemble(root, options, findings)
  return { ...findings, process: findings.problems.length ? null : process }
}

function executableProcess(definitions: Moddle, findings: Findings): Moddle | null {
  const processes = many(definitions, 'rootElements').filter((e) => e.$type === 'bpmn:Process')
  const marked = processes.filter((p) => get(p, 'isExecutable') === true)
  if (marked.length > 1) {
    for (const extra of marked.slice(1)) refuse(findings, extra.id, 'PROCESS_SEVERAL', '一个文件只能有一个可执行流程')
  }
  if (marked[0]) return marked[0]
  const [only] = processes
  if (only && processes.length === 1 && get(only, 'isExecutable') === undefined) {
    warn(findings, only.id, 'PROCESS_NOT_MARKED', '流程没有标明 isExecutable，按可执行处理')
    return only
  }
  refuse(findings, only?.id, 'PROCESS_NONE', '文件里没有标明可执行（isExecutable="true"）的流程')
  return null
}

function assemble(root: Moddle, options: CompileOptions, findings: Findings): CompiledProcess {
  checkExtensions(root, findings)
  const elements = many(root, 'flowElements').filter((e) => !isInert(e))
  for (const nameless of elements.filter((e) => !e.id)) {
    refuse(findings, root.id, 'ID_MISSING', `有一个 ${nameless.$type} 没有编号（id）`)
  }
  const named = elements.filter((e) => e.id)
  const nodeElements = named.filter((e) => e.$type !== 'bpmn:SequenceFlow')
  const flows = readFlows(named.filter((e) => e.$type === 'bpmn:SequenceFlow'), nodeElements, findings)
  const lanes = readLanes(root)
  const context = nodeContext(nodeElements, flows, lanes, options, findings)
  const nodes = new Map<string, CompiledNode>()
  for (const element of nodeElements) {
    const node = readNode(element, context)
    if (node) nodes.set(node.id, node)
  }
  // a refused element would make its neighbours look unreachable: one true complaint instead of many false ones
  if (nodes.size === nodeElements.length) checkGraph({ nodes, flows }, root.id, findings)
  return freeze({
    id: root.id ?? '',
    name: root.name?.trim() || (root.id ?? ''),
    documentation: documentation(root),
    binding: readBinding(root, findings),
    startId: [...nodes.values()].find((n) => n.type === 'startEvent')?.id ?? '',
    nodes: record(nodes),
    flows: record(flows),
    lanes,
    roles: [...new Set([...nodes.values()].flatMap((n) => (n.type === 'userTask' && n.task.role ? [n.task.role] : [])))],
    hasJoin: [...nodes.values()].some((n) => n.type === 'parallelGateway' && n.incoming.length > 1),
    warnings: [...findings.warnings],
  })
}

function readFlows(elements: Moddle[], nodes: Moddle[], findings: Findings): Map<string, CompiledFlow> {
  const inside = new Set(nodes)
  const flows = new Map<string, CompiledFlow>()
  for (const element of elements) {
    const [source, target] = [one(element, 'sourceRef'), one(element, 'targetRef')]
    if (!source || !target || !inside.has(source) || !inside.has(target)) {
      const told = findings.problems.some((p) => p.elementId === element.id && p.code === 'FLOW_DANGLING')
      if (!told) refuse(findings, element.id, 'FLOW_DANGLING', `连线${called(element)}的两端须是本流程的节点`)
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

function readLanes(root: Moddle): Lane[] {
  return many(root, 'laneSets').flatMap((set) => lanesOf(set, null, 0))
}

/** Deeper lanes are no drawing but an attack on the stack. */
const DEEPEST_LANE = 50

/** Lanes nest; the innermost role counts, an inner lane without one takes the outer's. */
function lanesOf(set: Moddle, outerRole: string | null, depth: number): Lane[] {
  if (depth > DEEPEST_LANE) return []
  return many(set, 'lanes').flatMap((lane) => {
    const role = text(lane, 'qc:role') ?? outerRole
    const own = { id: lane.id ?? '', name: lane.name?.trim() ?? '', role, nodeIds: many(lane, 'flowNodeRef').flatMap((n) => n.id ?? []) }
    const inner = one(lane, 'childLaneSet')
    return [own, ...(inner ? lanesOf(inner, role, depth + 1) : [])]
  })
}

function readBinding(root: Moddle, findings: Findings): CompiledProcess['binding'] {
  const binding = extensions(root, 'qc:Binding')[0]
  if (!binding) return null
  return { entity: requiredText(binding, 'entity', root, findings), stageField: text(binding, 'stageField') }
}

function nodeContext(
  elements: Moddle[],
  flows: Map<string, CompiledFlow>,
  lanes: Lane[],
  options: CompileOptions,
  findings: Findings,
): NodeContext {
  const ids = new Set(elements.map((e) => e.id))
  const all = [...flows.values()]
  const incoming = Map.groupBy(all, (f) => f.target)
  const outgoing = Map.groupBy(all, (f) => f.source)
  const boundary = Map.groupBy(elements.filter((e) => e.$type === 'bpmn:BoundaryEvent'), (e) => one(e, 'attachedToRef')?.id)
  const laneOf = new Map(lanes.flatMap((lane) => lane.nodeIds.map((id) => [id, lane] as const)))
  return {
    findings,
    incoming: (id) => (incoming.get(id) ?? []).map((f) => f.id),
    outgoing: (id) => outgoing.get(id) ?? [],
    boundary: (id) => (boundary.get(id) ?? []).map((e) => e.id!),
    lane: (id) => laneOf.get(id) ?? null,
    isNode: (id) => ids.has(id),
    knownRoles: options.roles ? new Set(options.roles) : null,
    knownHandlers: options.handlers ? new Set(options.handlers) : null,
  }
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
