import type { CompiledNode, CompiledProcess, NodeType } from '../model/index.ts'
import { cancelStep } from './cancel.ts'
import { ProcessError } from './errors.ts'
import { newRun, nodeOf, push } from './run.ts'
import { settle } from './settle.ts'
import type { Effects, EngineEnv, InstanceState } from './types.ts'

export interface Jump {
  /** the live step whose token goes back */
  from: string
  /** an earlier user task */
  to: string
  /** user tasks that the case has been through: nobody is sent where the case has never been */
  visited: ReadonlySet<string>
}

/** Why a token cannot go back there; null: it can. Told to people as it is. */
export function jumpProblem(process: CompiledProcess, state: InstanceState, jump: Jump): string | null {
  const step = state.steps.find((s) => s.id === jump.from)
  if (!step) return '这一步已经办完或已取消'
  const [from, to] = [nodeOf(process, step.nodeId), process.nodes[jump.to]]
  if (to?.type !== 'userTask') return '只能退回到有人办理的环节'
  if (!jump.visited.has(to.id)) return `还没有经过“${to.name}”`
  if (to.id === from.id) return `现在就在“${to.name}”`
  if (to.parent !== from.parent) return `“${to.name}”不在同一层流程里`
  if (state.scopes?.some((s) => s.id === step.scopeId && s.kind === 'instance')) return '多份或循环办理的环节不能退回'
  if (!leadsTo(process, to, from, () => true)) return `“${to.name}”在后面，不在前面`
  // a way forward on which tokens neither split nor join: the same token has been at both
  if (leadsTo(process, to, from, (node) => !splits(node) && !joins(node))) return null
  // beyond its own branch a token may go only alone, and only where no join would wait for branches that are over
  if (state.steps.length > 1 || state.joins.some((j) => j.count > 0)) return '还有并行的分支没有办完'
  return depths(process).get(to.id) === 0 ? null : `“${to.name}”在已经汇合的并行分支里`
}

/**
 * Sends a token back (退回, 撤回): its step is cancelled, the earlier task is open again, and the case goes on from there. Errors: JUMP_REFUSED
 * with the reason.
 */
export function jump(process: CompiledProcess, state: InstanceState, to: Jump, env: EngineEnv): Effects {
  const problem = jumpProblem(process, state, to)
  if (problem) throw new ProcessError('JUMP_REFUSED', problem, { to: to.to })
  const step = state.steps.find((s) => s.id === to.from)!
  const run = newRun(process, state, {}, env)
  cancelStep(run, step.id, 'cancelled', to.to)
  push(run, { nodeId: to.to, flowId: null, scopeId: step.scopeId, outcome: null, mode: 'arrive' })
  settle(run)
  return run.effects
}

/** More than one token may leave here: a parallel gateway, or a node whose conditions are not exclusive. */
function splits(node: CompiledNode): boolean {
  if (node.outgoing.length < 2 || node.type === 'exclusiveGateway') return false
  return node.type !== 'userTask' || node.task.outcomes.length === 0 || node.task.outcomes.some((o) => o.flowId === null)
}

const JOINS: ReadonlySet<NodeType> = new Set<NodeType>(['parallelGateway', 'inclusiveGateway', 'complexGateway'])
const joins = (node: CompiledNode): boolean => JOINS.has(node.type) && node.incoming.length > 1

/** Is there a way forward from one node to the other through nodes that pass? */
function leadsTo(process: CompiledProcess, first: CompiledNode, last: CompiledNode, passes: (node: CompiledNode) => boolean): boolean {
  const seen = new Set([first.id])
  const queue = [first]
  for (let node = queue.shift(); node; node = queue.shift()) {
    if (node.id === last.id) return true
    if (!passes(node)) continue
    for (const id of node.outgoing) {
      const next = nodeOf(process, process.flows[id]!.target)
      if (!seen.has(next.id)) queue.push(next)
      seen.add(next.id)
    }
  }
  return false
}

/** How many splits stand open at a node; NaN where two ways there differ, so that nobody relies on it. */
function depths(process: CompiledProcess): Map<string, number> {
  const depth = new Map<string, number>([[process.startId, 0]])
  const queue = [process.startId]
  for (let id = queue.shift(); id; id = queue.shift()) {
    const node = nodeOf(process, id)
    const after = depth.get(id)! - (joins(node) ? 1 : 0) + (splits(node) ? 1 : 0)
    for (const flow of node.outgoing) {
      const target = process.flows[flow]!.target
      const known = depth.get(target)
      // a join counts itself: what enters it is one deeper than what leaves it
      if (known === undefined) { depth.set(target, after); queue.push(target) } else if (known !== after && !Number.isNaN(known)) { depth.set(target, Number.NaN); queue.push(target) }
    }
  }
  return depth
}
