/** A drawn model turned upright, so that it fits beside the map of what really happened: both run from top to bottom, the same step on the same height. */

export type Point = { x: number, y: number }
export type Box = Point & { id: string, name: string, kind: 'task' | 'gateway' | 'event', width: number, height: number }
export type Drawing = { width: number, height: number, boxes: Box[], flows: Array<{ id: string, points: Point[] }> }
/** What of the model's picture is needed: shapes and edges as they stand in the file. */
export type Shapes = { shapes: Array<{ id: string, name: string, kind: Box['kind'], x: number, y: number, width: number, height: number }>, edges: Array<{ id: string, points: Point[] }> }

/** Names are written across: a step needs this much room, whatever it had in the file. */
const WIDE = 92, HIGH = 44, MARGIN = 16, ALONG = 0.62

/** How much to pull together across the process, so that no two steps at about the same height touch. */
function across(shapes: Shapes['shapes']): number {
  const tasks = shapes.filter(s => s.kind === 'task')
  let least = Infinity
  for (const [i, a] of tasks.entries()) for (const b of tasks.slice(i + 1)) { const d = Math.abs(a.y + a.height / 2 - b.y - b.height / 2); if (d > 5 && Math.abs(a.x - b.x) < 110) least = Math.min(least, d) }
  return Math.min(1.3, Math.max(0.58, (WIDE + 10) / least))
}

/** A picture that runs from left to right runs from top to bottom afterwards; one that already does is only moved to the corner. */
export function upright({ shapes, edges }: Shapes): Drawing {
  if (shapes.length === 0) return { width: 0, height: 0, boxes: [], flows: [] }
  const left = Math.min(...shapes.map(s => s.x)), top = Math.min(...shapes.map(s => s.y))
  const right = Math.max(...shapes.map(s => s.x + s.width)), bottom = Math.max(...shapes.map(s => s.y + s.height))
  const turn = right - left >= bottom - top, side = turn ? across(shapes) : 1
  const at = (p: Point): Point => turn ? { x: MARGIN + (p.y - top) * side, y: MARGIN + (p.x - left) * ALONG } : { x: MARGIN + p.x - left, y: MARGIN + p.y - top }
  const boxes = shapes.map((s): Box => ({
    id: s.id, name: s.name, kind: s.kind, ...at({ x: s.x + s.width / 2, y: s.y + s.height / 2 }), ...(s.kind === 'task' ? { width: turn ? WIDE : s.width, height: turn ? HIGH : s.height } : turn ? { width: s.width * ALONG, height: s.width * ALONG } : { width: s.width, height: s.height }),
  }))
  const ends = new Map(shapes.map((s, i) => [boxes[i]!, { min: at({ x: s.x - 3, y: s.y - 3 }), max: at({ x: s.x + s.width + 3, y: s.y + s.height + 3 }) }]))
  const boxAt = (p: Point): Box | undefined => boxes.find(box => { const { min, max } = ends.get(box)!; return p.x >= min.x && p.x <= max.x && p.y >= min.y && p.y <= max.y })
  const flows = edges.map(e => {
    const points = e.points.map(at)
    if (points.length > 1) {
      points[0] = touch(boxAt(points[0]!), points[0]!, points[1]!)
      points[points.length - 1] = touch(boxAt(points.at(-1)!), points.at(-1)!, points.at(-2)!)
    }
    return { id: e.id, points }
  })
  const half = WIDE / 2 + MARGIN, out = turn ? Math.max(0, half - Math.min(...boxes.filter(b => b.kind === 'task').map(b => b.x), half)) : 0
  const moved = <P extends Point>(p: P): P => ({ ...p, x: p.x + out })
  return { width: 2 * MARGIN + 2 * out + (turn ? (bottom - top) * side : right - left), height: 2 * MARGIN + (turn ? (right - left) * ALONG : bottom - top), boxes: boxes.map(moved), flows: flows.map(f => ({ ...f, points: f.points.map(moved) })) }
}

/** The end of a flow at the border of its box, which is larger or smaller than it was in the file. */
function touch(box: Box | undefined, end: Point, before: Point): Point {
  if (!box) return end
  return Math.abs(before.x - end.x) > Math.abs(before.y - end.y) ? { x: box.x + Math.sign(before.x - box.x) * box.width / 2, y: end.y } : { x: end.x, y: box.y + Math.sign(before.y - box.y) * box.height / 2 }
}

const TASKS = new Set(['task', 'userTask', 'serviceTask', 'scriptTask', 'manualTask', 'sendTask', 'receiveTask', 'businessRuleTask', 'callActivity', 'subProcess', 'transaction', 'adHocSubProcess'])

/** Reads the shapes out of the model; the browser's parser. Lanes and texts are left out. */
export function shapesOf(xml: string): Shapes {
  const doc = new DOMParser().parseFromString(xml, 'text/xml'), elements = new Map<string, Element>()
  for (const element of doc.getElementsByTagName('*')) { const id = element.getAttribute('id'); if (id && !element.nodeName.startsWith('bpmndi:')) elements.set(id, element) }
  const number = (element: Element | undefined, name: string): number => Number(element?.getAttribute(name) ?? 0)
  const found: Shapes = { shapes: [], edges: [] }
  for (const shape of doc.getElementsByTagNameNS('*', 'BPMNShape')) {
    const id = shape.getAttribute('bpmnElement') ?? '', element = elements.get(id), kind = element?.localName ?? ''
    const is: Box['kind'] | null = TASKS.has(kind) ? 'task' : kind.endsWith('Gateway') ? 'gateway' : kind.endsWith('Event') ? 'event' : null
    const bounds = shape.getElementsByTagNameNS('*', 'Bounds')[0]
    if (is && bounds) found.shapes.push({ id, name: element!.getAttribute('name') ?? '', kind: is, x: number(bounds, 'x'), y: number(bounds, 'y'), width: number(bounds, 'width'), height: number(bounds, 'height') })
  }
  for (const edge of doc.getElementsByTagNameNS('*', 'BPMNEdge')) {
    const id = edge.getAttribute('bpmnElement') ?? ''
    if (elements.get(id)?.localName === 'sequenceFlow') found.edges.push({ id, points: [...edge.getElementsByTagNameNS('*', 'waypoint')].map(p => ({ x: number(p, 'x'), y: number(p, 'y') })) })
  }
  return found
}
