import { bind, newScope } from '../feel/compile.ts'
import { knownNames } from '../feel/cursor.ts'
import type { KnownNames } from '../feel/cursor.ts'
import type { Closure, Env } from '../feel/values.ts'
import { FeelFunction } from '../feel/values.ts'
import { refuseName } from './check-shape.ts'
import type { Site } from './compile-boxed.ts'
import { compileBoxed, withNames } from './compile-boxed.ts'
import type { CompiledTable } from './compile-table.ts'
import { orderNodes } from './order.ts'
import type { DmnFindings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { DmnModel, ModelNode } from './types.ts'
import { DMN_LIMITS } from './xml.ts'

/** Decisions ready to be made; frozen, shared and reused as often as wanted. See `decide`. */
export interface CompiledDecisions {
  readonly name: string
  readonly decisions: ReadonlyMap<string, CompiledDecision>
}

export interface CompiledDecision {
  readonly id: string
  readonly name: string
  /** variables that it and the decisions it needs read from the caller */
  readonly variables: readonly string[]
  /** this decision and all it needs, in the order of evaluation; itself last */
  readonly plan: readonly PlannedDecision[]
}

/** Internal to this folder. */
export interface PlannedDecision {
  id: string
  /** what it needs directly, and under which names it sees the results */
  needs: { id: string; names: string[] }[]
  functions: CompiledFunction[]
  slots: number
  height: number
  run: Closure
  table: CompiledTable | null
}

interface CompiledFunction {
  names: string[]
  make(scope: Record<string, unknown>): FeelFunction
}

/** Links and compiles; what is wrong goes to the findings, and the result is then of no use. */
export function compileModel(model: DmnModel, findings: DmnFindings): CompiledDecisions {
  checkNames(model, findings)
  const nodes = new Map([...model.decisions, ...model.functions].map((node) => [node.id, node]))
  checkReferences(model, nodes, findings)
  const makers = makersOf(model)
  const { order, cycle } = orderNodes([...model.functions, ...model.decisions])
  if (cycle) refuse(findings, cycle[0]!.id, 'REQUIREMENT_CYCLE', `决策互相依赖，成了圈：${[...cycle, cycle[0]!].map((node) => `“${node.name}”`).join(' → ')}`)
  const names = knownNames(namesOf(model))
  const functions = new Map(model.functions.map((node) => [node.id, compileFunction(node, names, findings)]))
  if (findings.problems.some((problem) => problem.code === 'MODEL_TOO_LARGE')) return { name: model.name, decisions: new Map() }
  const planned = new Map<string, PlannedDecision>()
  const free = new Map<string, Set<string>>()
  for (const node of order) {
    if (!model.decisions.includes(node)) continue
    const scope = newScope()
    const site: Site = { scope, names, findings, owner: node, height: 0 }
    const { run, table } = compileBoxed(node.expression, site)
    const known = knowledgeOf(node, nodes).flatMap((id) => functions.get(id) ?? [])
    planned.set(node.id, { id: node.id, needs: node.decisions.flatMap((id) => (nodes.has(id) ? [{ id, names: resultNames(nodes.get(id)!) }] : [])), functions: known, slots: scope.slots.used, height: site.height, run, table })
    free.set(node.id, new Set(scope.free))
    warnUnconnected(node, scope.free, makers, findings)
  }
  const decisions = new Map(model.decisions.map((node) => [node.id, describe(node, planned, free, makers)]))
  return Object.freeze({ name: model.name, decisions })
}

function resultNames(node: ModelNode): string[] {
  return [...new Set([node.id, node.name, node.variable])]
}

function namesOf(model: DmnModel): string[] {
  return [...new Set([...model.inputs.map((input) => input.name), ...[...model.decisions, ...model.functions].flatMap(resultNames), ...model.parts])].filter((name) => name !== '')
}

function checkNames(model: DmnModel, findings: DmnFindings): void {
  if (model.decisions.length + model.functions.length > DMN_LIMITS.nodes) refuse(findings, null, 'MODEL_TOO_LARGE', `模型超过 ${DMN_LIMITS.nodes} 个决策`)
  if (!model.decisions.length && !findings.problems.length) refuse(findings, null, 'DECISION_NONE', '文件里没有决策')
  const ids = new Set<string>()
  const variables = new Set<string>()
  for (const node of [...model.decisions, ...model.functions]) {
    if (ids.has(node.id)) refuse(findings, node.id, 'ID_DUPLICATE', `编号“${node.id}”重复`)
    if (variables.has(node.variable)) refuse(findings, node.id, 'NAME_DUPLICATE', `名称“${node.variable}”重复`)
    ids.add(node.id)
    variables.add(node.variable)
    for (const name of resultNames(node)) refuseName(name, node.id, findings)
  }
}

function checkReferences(model: DmnModel, nodes: Map<string, ModelNode>, findings: DmnFindings): void {
  const decisions = new Set(model.decisions)
  for (const node of [...model.decisions, ...model.functions]) {
    for (const id of [...node.decisions, ...node.knowledge]) {
      const target = nodes.get(id)
      const fits = target && decisions.has(target) === node.decisions.includes(id)
      if (!fits) refuse(findings, node.id, 'REFERENCE_UNRESOLVED', `“${node.name}”连到了不存在的“${id}”`)
    }
  }
}

/** Business knowledge models may need others, and so on. */
function knowledgeOf(node: ModelNode, nodes: Map<string, ModelNode>): string[] {
  const found = new Set<string>()
  const queue = [...node.knowledge]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (found.has(id)) continue
    found.add(id)
    queue.push(...(nodes.get(id)?.knowledge ?? []))
  }
  return [...found]
}

function compileFunction(node: ModelNode, names: KnownNames, findings: DmnFindings): CompiledFunction {
  const scope = newScope()
  const expression = node.expression.t === 'function' ? node.expression : { t: 'function' as const, params: [], body: node.expression }
  const { params } = expression
  const slots = params.map((name) => bind(scope, name, 'variable').slot)
  const site: Site = { scope, names: withNames(names, params), findings, owner: node, height: 0 }
  const { run: body } = compileBoxed(expression.body, site)
  const height = site.height + 5
  const accepts = params.map(() => null)
  const locals = new Array<unknown>(scope.slots.used).fill(null)
  return { names: resultNames(node), make: (values) => new FeelFunction({ params, slots, accepts, body, height, weight: height >> 3, locals, scope: values }) }
}

/** Which decision or function stands behind a name. */
function makersOf(model: DmnModel): Map<string, ModelNode> {
  return new Map([...model.decisions, ...model.functions].flatMap((node) => resultNames(node).map((name) => [name, node] as const)))
}

/** Without the connection the name is simply null, which nobody would look for. */
function warnUnconnected(node: ModelNode, free: Set<string>, makers: Map<string, ModelNode>, findings: DmnFindings): void {
  for (const name of free) {
    const maker = makers.get(name)
    if (!maker || maker === node || node.decisions.includes(maker.id) || node.knowledge.includes(maker.id)) continue
    warn(findings, node.id, 'REQUIREMENT_MISSING', `“${node.name}”用到了“${name}”，但没有与它连线，取不到它的结果`)
  }
}

function describe(node: ModelNode, planned: Map<string, PlannedDecision>, free: Map<string, Set<string>>, makers: Map<string, ModelNode>): CompiledDecision {
  const plan: PlannedDecision[] = []
  const seen = new Set<string>()
  const visit = (id: string): void => {
    const own = planned.get(id)
    if (!own || seen.has(id)) return
    seen.add(id)
    for (const needed of own.needs) visit(needed.id)
    plan.push(own)
  }
  visit(node.id)
  const variables = new Set(plan.flatMap(({ id }) => [...(free.get(id) ?? [])]).filter((name) => !makers.has(name)))
  return Object.freeze({ id: node.id, name: node.name, variables: Object.freeze([...variables]), plan: Object.freeze(plan) })
}

/** A fresh environment for one decision. */
export function envFor(decision: PlannedDecision, scope: Record<string, unknown>, steps: number): Env {
  return { scope, locals: new Array<unknown>(decision.slots).fill(null), steps, stack: decision.height }
}
