import { event, model, on } from './testing.ts'

/** Random processes without structure, for the property test: any node may lead to any other. Numbers are read modulo what there is. */
export interface Spec {
  k: 'user' | 'auto' | 'xor' | 'and' | 'or' | 'choice' | 'timer' | 'end' | 'kill' | 'sub'
  /** which open place the first flow into it comes from */
  from: number
  /** further flows out of it, to any node */
  more: number[]
  /** which bits of the variable `v` its conditions ask for, and whether it has a default */
  bits: number
  boundary: { timer: boolean; interrupting: boolean }[]
  inner: Spec[]
}

export interface Flow { id: string; from: string; to: string; /** bit of `v` that must be set; null: always */ bit: number | null; otherwise: boolean }

export interface Node {
  id: string
  kind: 'start' | 'user' | 'auto' | 'xor' | 'and' | 'or' | 'choice' | 'message' | 'timer' | 'end' | 'kill' | 'sub' | 'boundary'
  /** of a boundary event */
  host?: string
  interrupting?: boolean
  awaits?: 'timer' | 'message'
  inner?: Graph
}

export interface Graph { nodes: Map<string, Node>; flows: Flow[]; start: string }

const DEAD: ReadonlySet<Node['kind']> = new Set(['end', 'kill', 'choice'])
const DECIDES: ReadonlySet<Node['kind']> = new Set(['xor', 'or', 'user', 'auto', 'sub'])

export function build(specs: readonly Spec[], prefix = 'n'): Graph {
  const nodes = new Map<string, Node>()
  const flows: Flow[] = []
  const add = (node: Node): Node => { nodes.set(node.id, node); return node }
  const line = (from: string, to: string) => flows.push({ id: `${prefix}f${flows.length + 1}`, from, to, bit: null, otherwise: false })
  const ways = (id: string) => flows.filter((f) => f.from === id)
  const start = add({ id: `${prefix}s`, kind: 'start' }).id
  const open: string[] = [start]
  const made = specs.map((spec, i) => {
    const node = add({ id: `${prefix}${i}`, kind: spec.k })
    line(open[spec.from % open.length]!, node.id)
    if (spec.k === 'sub') node.inner = build(spec.inner, `${node.id}_`)
    if (spec.k === 'choice') {
      for (const awaits of ['message', 'timer'] as const) {
        const next = add({ id: `${node.id}${awaits[0]}`, kind: awaits })
        line(node.id, next.id)
        open.push(next.id)
      }
    }
    if (spec.k === 'user' || spec.k === 'sub') {
      for (const [n, b] of spec.boundary.entries()) open.push(add({ id: `${node.id}b${n}`, kind: 'boundary', host: node.id, interrupting: b.interrupting, awaits: b.timer ? 'timer' : 'message' }).id)
    }
    if (!DEAD.has(spec.k)) open.push(node.id)
    return node
  })
  for (const [i, spec] of specs.entries()) if (!DEAD.has(spec.k)) for (const to of spec.more) line(made[i]!.id, made[to % made.length]!.id)
  const end = add({ id: `${prefix}e`, kind: 'end' }).id
  const loose = open.filter((id) => !ways(id).length)
  for (const id of loose.length ? loose : [open.at(-1)!]) line(id, end)
  for (const [i, spec] of specs.entries()) {
    const out = ways(made[i]!.id)
    if (!DECIDES.has(spec.k) || out.length < 2) continue
    // tasks decide now and then; most have several ways on at once
    if (spec.k !== 'xor' && spec.k !== 'or' && spec.bits % 3) continue
    for (const [n, flow] of out.entries()) flow.bit = (spec.bits + n) % 5
    if (spec.bits % 4) Object.assign(out.at(-1)!, { bit: null, otherwise: true })
  }
  return { nodes, flows, start }
}

const TAGS: Record<Exclude<Node['kind'], 'boundary'>, string> = {
  start: 'startEvent', user: 'userTask', auto: 'task', xor: 'exclusiveGateway', and: 'parallelGateway', or: 'inclusiveGateway', choice: 'eventBasedGateway',
  message: 'intermediateCatchEvent', timer: 'intermediateCatchEvent', end: 'endEvent', kill: 'endEvent', sub: 'subProcess',
}

export function toBpmn(graph: Graph): string {
  const messages: string[] = []
  const xml = drawn(graph, messages)
  return model(xml, undefined, messages.map((id) => `<bpmn:message id="M_${id}" name="${id}"/>`).join(''))
}

/** Every message has the name of the event that awaits it. */
function drawn({ nodes, flows }: Graph, messages: string[]): string {
  const awaited = (id: string, what: 'timer' | 'message') => {
    if (what === 'message') messages.push(id)
    return what === 'timer' ? on.timer('PT1H') : on.message(`M_${id}`)
  }
  const elements = [...nodes.values()].map((n) => {
    if (n.kind === 'boundary') return event('boundaryEvent', n.id, `attachedToRef="${n.host!}" cancelActivity="${n.interrupting!}"`, awaited(n.id, n.awaits!))
    const otherwise = flows.find((f) => f.from === n.id && f.otherwise)
    const inner = n.kind === 'sub' ? drawn(n.inner!, messages) : n.kind === 'kill' ? on.terminate : n.kind === 'message' || n.kind === 'timer' ? awaited(n.id, n.kind) : ''
    return event(TAGS[n.kind], n.id, otherwise ? `default="${otherwise.id}"` : '', inner)
  })
  const lines = flows.map((f) => `<bpmn:sequenceFlow id="${f.id}" sourceRef="${f.from}" targetRef="${f.to}">${f.bit === null ? '' : `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">modulo(floor(v / ${2 ** f.bit}), 2) = 1</bpmn:conditionExpression>`}</bpmn:sequenceFlow>`)
  return elements.join('') + lines.join('')
}
