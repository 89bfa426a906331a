import type { CompiledProcess } from '@quancheng/process'

type Node = CompiledProcess['nodes'][string]
interface Doubt { elementId: string; code: 'OUTCOME_NEVER' | 'JOIN_WAITS_FOREVER'; message: string }

/** What runs as it is drawn, and yet is hardly what was meant: told while one draws, no reason to refuse. */
export const doubts = (process: CompiledProcess): Doubt[] => [...neverAnswered(process), ...waitsForever(process)]

/** A condition that asks for an outcome which no step before it has: it was renamed or removed. */
function neverAnswered(process: CompiledProcess): Doubt[] {
  return Object.values(process.flows).flatMap(flow => {
    const asked = [...(flow.condition?.text ?? '').matchAll(/\boutcome\s*!?=\s*"([^"]+)"/g)].map(m => m[1]!)
    if (!asked.length) return []
    const tasks = askedBefore(process, flow.source)
    const given = new Set(tasks.flatMap(t => (t.type === 'userTask' ? t.task.outcomes.map(o => o.id) : [])))
    if (!given.size) return []
    return [...new Set(asked)].filter(id => !given.has(id)).map((id): Doubt => ({ elementId: flow.id, code: 'OUTCOME_NEVER', message: `条件里的结果“${id}”，前面的环节没有（有：${[...given].join('、')}）` }))
  })
}

/** The nearest steps for people before a node: whose answer a condition behind it reads. */
function askedBefore(process: CompiledProcess, from: string): Node[] {
  const found: Node[] = [], seen = new Set<string>(), queue = [from]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = process.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    if (node.type === 'userTask') found.push(node)
    else queue.push(...node.incoming.map(f => process.flows[f]!.source))
  }
  return found
}

/** A parallel gateway waits for each flow that enters it. One that comes round from behind it can never be there the first time. */
function waitsForever(process: CompiledProcess): Doubt[] {
  return Object.values(process.nodes).flatMap((node): Doubt[] => {
    if (node.type !== 'parallelGateway' || node.incoming.length < 2) return []
    const after = reach(process, node)
    const round = node.incoming.filter(f => after.has(process.flows[f]!.source))
    if (!round.length || round.length === node.incoming.length) return []
    return [{ elementId: node.id, code: 'JOIN_WAITS_FOREVER', message: `并行“${node.name}”要等每一条进来的连线，其中有绕回来的，第一次永远等不到；请让它们先在一个分支（择一）里汇合，再进并行` }]
  })
}

function reach(process: CompiledProcess, from: Node): Set<string> {
  const seen = new Set<string>(), queue = from.outgoing.map(f => process.flows[f]!.target)
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    const node = process.nodes[id]
    if (!node || seen.has(id)) continue
    seen.add(id)
    queue.push(...node.outgoing.map(f => process.flows[f]!.target), ...('boundary' in node ? node.boundary : []))
  }
  return seen
}
