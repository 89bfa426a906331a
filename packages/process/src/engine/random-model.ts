import { bpmn, flows } from './testing.ts'

/** Random block-structured processes for the property test: the shape, its BPMN, and an oracle that never sees BPMN. */
export type Shape =
  | { k: 'task' }
  | { k: 'skip' }
  | { k: 'seq' | 'and'; items: Shape[] }
  | { k: 'xor'; items: Shape[]; choice: number }
  | { k: 'or'; items: Shape[]; taken: number }
  | { k: 'sub'; body: Shape }
  | { k: 'multi'; body: Shape; times: number; sequential: boolean }
  | { k: 'loop'; body: Shape }
  | { k: 'timer'; interrupting: boolean; tasks: number }

/** The same with ids: of the task, the gateway pair or the timer. */
export type Block =
  | { k: 'task'; id: string }
  | { k: 'skip' }
  | { k: 'seq'; items: Block[] }
  | { k: 'and'; id: string; items: Block[] }
  | { k: 'xor'; id: string; items: Block[]; choice: number }
  | { k: 'or'; id: string; items: Block[]; taken: number }
  | { k: 'sub'; id: string; body: Block }
  | { k: 'multi'; id: string; body: Block; times: number; sequential: boolean }
  | { k: 'loop'; id: string; body: Block }
  | { k: 'timer'; id: string; interrupting: boolean; side: Block[] }

/** Which branches an inclusive split takes: bits of a number; none means the last one, its default. */
export const takenBranches = (block: { items: unknown[]; taken: number }): number[] => {
  const chosen = block.items.map((_, i) => i).filter((i) => i < block.items.length - 1 && (block.taken >> i) % 2 === 1)
  return chosen.length ? chosen : [block.items.length - 1]
}

export function named(shape: Shape): Block {
  let n = 0
  const id = () => `n${(n += 1)}`
  const walk = (s: Shape): Block => {
    switch (s.k) {
      case 'task': return { k: 'task', id: id() }
      case 'skip': return { k: 'skip' }
      case 'seq': return { k: 'seq', items: s.items.map(walk) }
      case 'and': return { k: 'and', id: id(), items: s.items.map(walk) }
      case 'xor': return { k: 'xor', id: id(), items: s.items.map(walk), choice: s.choice }
      case 'or': return { k: 'or', id: id(), items: s.items.map(walk), taken: s.taken }
      case 'sub': return { k: 'sub', id: id(), body: walk(s.body) }
      case 'multi': return { k: 'multi', id: id(), body: walk(s.body), times: s.times, sequential: s.sequential }
      case 'loop': return { k: 'loop', id: id(), body: walk(s.body) }
      case 'timer': return { k: 'timer', id: id(), interrupting: s.interrupting, side: Array.from({ length: s.tasks }, () => ({ k: 'task', id: id() })) }
    }
  }
  return walk(shape)
}

/** Which branch each exclusive gateway takes, as process variables. */
export function choices(block: Block): Record<string, number> {
  switch (block.k) {
    case 'seq':
    case 'and': return Object.assign({}, ...block.items.map(choices))
    case 'xor': return Object.assign({ [`x_${block.id}`]: block.choice }, ...block.items.map(choices))
    case 'or': return Object.assign({ [`o_${block.id}`]: block.taken }, ...block.items.map(choices))
    case 'sub':
    case 'multi':
    case 'loop': return choices(block.body)
    default: return {}
  }
}

export function toBpmn(block: Block): string {
  return bpmn(drawn(block, 'start', 'end', 'f'))
}

/** The elements of one (sub)process; flows inside it have a prefix of their own. */
function drawn(block: Block, first: string, last: string, prefix: string): string {
  const elements: string[] = []
  const lines: string[] = []
  const put = (xml: string) => elements.push(`<bpmn:${xml}/>`)
  /** draws the block between two nodes already there; `condition` belongs to its first flow */
  const draw = (b: Block, from: string, to: string, condition = ''): void => {
    const line = (a: string, z: string, c = '') => lines.push(`${a} -> ${z}${c}`)
    switch (b.k) {
      case 'skip': return void line(from, to, condition)
      case 'task':
        put(`userTask id="${b.id}"`)
        line(from, b.id, condition)
        return void line(b.id, to)
      case 'seq': {
        // an exclusive gateway with one way in and out ties the parts together and changes nothing
        let at = from
        b.items.forEach((item, i) => {
          const next = i === b.items.length - 1 ? to : `${first}k${elements.length}`
          if (next !== to) put(`exclusiveGateway id="${next}"`)
          draw(item, at, next, i === 0 ? condition : '')
          at = next
        })
        return
      }
      case 'and':
      case 'xor': {
        const gateway = b.k === 'and' ? 'parallelGateway' : 'exclusiveGateway'
        const open = elements.push('') - 1
        put(`${gateway} id="${b.id}j"`)
        line(from, b.id, condition)
        let otherwise = ''
        b.items.forEach((item, i) => {
          const last = i === b.items.length - 1
          if (b.k === 'xor' && last) otherwise = ` default="${prefix}${lines.length + 1}"`
          draw(item, b.id, `${b.id}j`, b.k === 'xor' && !last ? ` [x_${b.id} = ${i}]` : '')
        })
        elements[open] = `<bpmn:${gateway} id="${b.id}"${otherwise}/>`
        return void line(`${b.id}j`, to)
      }
      case 'or': {
        const open = elements.push('') - 1
        put(`inclusiveGateway id="${b.id}j"`)
        line(from, b.id, condition)
        let otherwise = ''
        b.items.forEach((item, i) => {
          const isLast = i === b.items.length - 1
          if (isLast) otherwise = ` default="${prefix}${lines.length + 1}"`
          draw(item, b.id, `${b.id}j`, isLast ? '' : ` [modulo(floor(o_${b.id} / ${2 ** i}), 2) = 1]`)
        })
        elements[open] = `<bpmn:inclusiveGateway id="${b.id}"${otherwise}/>`
        return void line(`${b.id}j`, to)
      }
      case 'sub':
      case 'multi': {
        const loop = b.k === 'sub' ? '' : `<bpmn:multiInstanceLoopCharacteristics isSequential="${b.sequential}"><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${b.times}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`
        elements.push(`<bpmn:subProcess id="${b.id}">${loop}${drawn(b.body, `${b.id}s`, `${b.id}e`, `${b.id}f`)}</bpmn:subProcess>`)
        line(from, b.id, condition)
        return void line(b.id, to)
      }
      case 'loop':
        put(`exclusiveGateway id="${b.id}m"`)
        put(`exclusiveGateway id="${b.id}x"`)
        put(`exclusiveGateway id="${b.id}k"`)
        elements.push(`<bpmn:userTask id="${b.id}"><bpmn:extensionElements><qc:outcome id="again" label="再来"/><qc:outcome id="done" label="好了"/></bpmn:extensionElements></bpmn:userTask>`)
        line(from, `${b.id}m`, condition)
        draw(b.body, `${b.id}m`, `${b.id}k`)
        line(`${b.id}k`, b.id)
        line(b.id, `${b.id}x`)
        line(`${b.id}x`, `${b.id}m`, ' [outcome = "again"]')
        return void line(`${b.id}x`, to, ' [outcome = "done"]')
      case 'timer': {
        put(`userTask id="${b.id}"`)
        elements.push(`<bpmn:boundaryEvent id="${b.id}t" attachedToRef="${b.id}" cancelActivity="${b.interrupting}"><bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>`)
        put(`exclusiveGateway id="${b.id}j"`)
        line(from, b.id, condition)
        line(b.id, `${b.id}j`)
        line(`${b.id}j`, to)
        const meet = b.interrupting ? `${b.id}j` : `${b.id}e`
        if (!b.interrupting) put(`endEvent id="${b.id}e"`)
        return draw({ k: 'seq', items: b.side.length ? b.side : [{ k: 'skip' }] }, `${b.id}t`, meet)
      }
    }
  }
  put(`startEvent id="${first}"`)
  put(`endEvent id="${last}"`)
  draw(block, first, last)
  return elements.join('') + flows(lines.join('\n'), prefix)
}
