import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { compileProcess, parseBpmn } from '@quancheng/process'

interface Box { x: number; y: number; width: number; height: number }
interface Point { x: number; y: number }
interface Drawn { bpmnElement: { id: string }; bounds: Box; waypoint?: Point[]; label?: { bounds: Box } }

const FILES = ['repair.bpmn', 'parts-sale.bpmn']

async function drawing(file: string) {
  const xml = await readFile(new URL(file, import.meta.url), 'utf8')
  const process = await compileProcess(xml)
  const { definitions } = await parseBpmn(xml)
  const [diagram] = (definitions as unknown as { diagrams: { plane: { planeElement: Drawn[] } }[] }).diagrams
  const drawn = diagram!.plane.planeElement
  const shapes = new Map(drawn.filter((d) => !d.waypoint).map((d) => [d.bpmnElement.id, d]))
  const edges = new Map(drawn.filter((d) => d.waypoint).map((d) => [d.bpmnElement.id, d]))
  return { process, shapes, edges }
}

const overlap = (a: Box, b: Box) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
const within = (a: Box, b: Box) => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height

/** On the middle of a side: the one spot that lies on the border of a circle, a diamond and a box alike; or along a box. */
function touches(p: Point, box: Box, isTask: boolean): boolean {
  const onX = p.x === box.x || p.x === box.x + box.width
  const onY = p.y === box.y || p.y === box.y + box.height
  const middle = (onX && p.y === box.y + box.height / 2) || (onY && p.x === box.x + box.width / 2)
  const inside = p.x >= box.x && p.x <= box.x + box.width && p.y >= box.y && p.y <= box.y + box.height
  return middle || (isTask && inside && (onX || onY))
}

/** The inside of a box that a straight piece runs through. */
function crosses(a: Point, b: Point, box: Box): boolean {
  return overlap({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x) || 0.1, height: Math.abs(a.y - b.y) || 0.1 },
    { x: box.x + 1, y: box.y + 1, width: box.width - 2, height: box.height - 2 })
}

for (const file of FILES) {
  test(`${file}: every node has a shape in its lane and no two shapes or labels overlap`, async () => {
    const { process, shapes, edges } = await drawing(file)
    const nodes = Object.values(process.nodes)
    const boxes: [string, Box][] = nodes.map((n) => [n.id, shapes.get(n.id)!.bounds])
    const labels = [...shapes, ...edges].flatMap(([id, d]): [string, Box][] => (d.label ? [[`label of ${id}`, d.label.bounds]] : []))
    for (const node of nodes) assert.ok(within(shapes.get(node.id)!.bounds, shapes.get(node.lane!)!.bounds), `${node.id} lies in its lane`)
    const all = [...boxes, ...labels]
    for (const [i, [a, boxA]] of all.entries()) {
      for (const [b, boxB] of all.slice(i + 1)) assert.ok(!overlap(boxA, boxB), `${a} overlaps ${b}`)
    }
  })

  test(`${file}: every flow has an edge of right angles whose ends touch its shapes and which runs through no other`, async () => {
    const { process, shapes, edges } = await drawing(file)
    for (const flow of Object.values(process.flows)) {
      const way = edges.get(flow.id)?.waypoint
      assert.ok(way && way.length >= 2, `${flow.id} is drawn`)
      const box = (id: string) => shapes.get(id)!.bounds
      const isTask = (id: string) => process.nodes[id]!.type === 'userTask'
      assert.ok(touches(way[0]!, box(flow.source), isTask(flow.source)), `${flow.id} starts at ${flow.source}`)
      assert.ok(touches(way.at(-1)!, box(flow.target), isTask(flow.target)), `${flow.id} ends at ${flow.target}`)
      for (const [i, a] of way.slice(0, -1).entries()) {
        const b = way[i + 1]!
        assert.ok(a.x === b.x || a.y === b.y, `${flow.id} has right angles`)
        for (const id of Object.keys(process.nodes)) assert.ok(!crosses(a, b, box(id)), `${flow.id} runs through ${id}`)
      }
    }
  })
}
