import type { CompiledFlow, CompiledNode, ProcessStart } from './types.ts'

/** Every way in which an instance of the process may begin, in document order. */
export function startsOf(nodes: ReadonlyMap<string, CompiledNode>, flows: ReadonlyMap<string, CompiledFlow>): ProcessStart[] {
  const gateways = new Set([...nodes.values()].filter((n) => n.type === 'eventGateway' && n.instantiate).map((n) => n.id))
  const isTop = (node: CompiledNode) => node.parent === null
  return [...nodes.values()].filter(isTop).flatMap((node): ProcessStart[] => {
    const start = (triggers: ProcessStart['triggers']) => [{ id: node.id, name: node.name, triggers, all: node.type === 'startEvent' && node.all && triggers.length > 1 }]
    if (node.type === 'startEvent') return start(node.triggers)
    const behindGateway = node.incoming.some((id) => gateways.has(flows.get(id)?.source ?? ''))
    if (behindGateway && (node.type === 'catchEvent' || node.type === 'receiveTask')) return start(node.triggers)
    if (node.type === 'receiveTask' && node.instantiate) return start(node.triggers)
    return []
  })
}

/**
 * What a store must be able to keep besides steps, joins and the timers of tasks before an instance of this process may run there:
 * the elements are named, so that it can say which ones stand in the way.
 */
export function beyondSteps(nodes: readonly CompiledNode[], starts: readonly ProcessStart[]): string[] {
  const simple = (node: CompiledNode): boolean => {
    switch (node.type) {
      case 'startEvent': return !node.triggers.length
      case 'endEvent': return node.triggers.every((t) => t.on === 'terminate')
      case 'throwEvent': return node.triggers.every((t) => t.on === 'link')
      case 'catchEvent': return node.triggers.every((t) => t.on === 'link')
      case 'boundaryTimer': return node.timer.kind === 'duration'
      case 'userTask':
      case 'serviceTask': return node.simple && !(node.type === 'userTask' && node.task.people)
      case 'passTask': return node.simple
      case 'exclusiveGateway':
      case 'parallelGateway':
      case 'inclusiveGateway': return true
      default: return false
    }
  }
  const more = starts.length === 1 ? [] : starts.map((s) => s.id)
  return [...new Set([...nodes.filter((n) => !simple(n)).map((n) => n.id), ...more])]
}
