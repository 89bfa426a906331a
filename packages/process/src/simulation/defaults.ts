import type { CompiledNode, CompiledProcess, UserTaskSpec } from '../model/index.ts'
import type { Distribution } from './distributions.ts'
import { freeGateways, likelyShares } from './shares.ts'
import type { SimulationInput } from './types.ts'

/** Whose queue a task stands in; votes are taken as one piece of work of the first role asked. '' where the model names nobody. */
export function roleOf(task: UserTaskSpec): string {
  if (task.role !== null) return task.role
  const asked = task.approval?.who.find((w) => w.by === 'role')
  return asked?.by === 'role' ? asked.role : ''
}

/** Until the company's own record says better: work takes half its standard, without one a quarter of an hour; an answer from outside a day. */
export function likelyDuration(node: CompiledNode): Distribution {
  if (node.type === 'userTask') {
    const standard = node.task.standard?.minutes
    return standard ? { kind: 'lognormal', median: standard * 0.5, p80: standard * 0.8 } : { kind: 'lognormal', median: 15, p80: 30 }
  }
  return node.type === 'serviceTask' ? { kind: 'fixed', minutes: 0 } : { kind: 'exponential', mean: 480 }
}

/** An event inside the flow for which something outside must happen; a timer knows by itself when it is due. */
const awaited = (node: CompiledNode): boolean => node.type === 'receiveTask' || (node.type === 'catchEvent' && node.triggers.some((t) => t.on !== 'timer' && t.on !== 'link'))

/** Steps that take time: tasks, and what is awaited from outside. */
export const timedNodes = (process: CompiledProcess): CompiledNode[] => Object.values(process.nodes).filter((n) => n.type === 'userTask' || n.type === 'serviceTask' || awaited(n))

/** Sensible values for every question that this model raises. */
export function defaultsOf(process: CompiledProcess, o: { from: string; seed?: number } = { from: '2026-01-05T01:00:00Z' }): SimulationInput {
  const tasks = Object.values(process.nodes).flatMap((n) => (n.type === 'userTask' ? [n] : []))
  return {
    // days: an average over the time in which the last cases trickle out would make people look idle
    cases: null, days: 20, from: o.from, arrivals: { kind: 'poisson', perHour: 2 },
    durations: Object.fromEntries(timedNodes(process).map((n) => [n.id, likelyDuration(n)])),
    unattended: [],
    outcomes: Object.fromEntries(tasks.filter((n) => n.task.outcomes.length > 1).map((n) => [n.id, likelyShares(n.task.outcomes)])),
    gateways: Object.fromEntries(freeGateways(process).map((n) => [n.id, Object.fromEntries(n.outgoing.map((id) => [id, 1 / n.outgoing.length]))])),
    variables: {}, results: {},
    staff: Object.fromEntries([...new Set(tasks.map((n) => roleOf(n.task)))].map((role) => [role, { number: role === '' ? null : 2 }])),
    discipline: 'fifo', seed: o.seed ?? 1,
  }
}
