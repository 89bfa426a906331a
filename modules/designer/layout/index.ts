import { labels } from './labels.ts'
import { place } from './place.ts'
import { route } from './route.ts'
import type { Box, Graph, Picture, Point } from './types.ts'

export type { Box, Flow, Graph, Kind, Node, Picture, Point } from './types.ts'

/** Draws a process from left to right in its lanes. Pure, and the same graph gives the same picture. */
export function draw(graph: Graph): Picture {
  const placed = place(graph)
  const ways = route(graph, placed)
  return { boxes: placed.boxes, lanes: placed.lanes, pool: placed.pool, ways, labels: labels(graph, placed.boxes, ways) }
}

const round = (n: number): number => Math.round(n)
const bounds = (b: Box): string => `<dc:Bounds x="${round(b.x)}" y="${round(b.y)}" width="${round(b.width)}" height="${round(b.height)}" />`
const label = (b: Box | undefined): string => (b ? `<bpmndi:BPMNLabel>${bounds(b)}</bpmndi:BPMNLabel>` : '')
const waypoint = (p: Point): string => `<di:waypoint x="${round(p.x)}" y="${round(p.y)}" />`

const NAMESPACES = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'

/** The picture as BPMN's diagram interchange. `plane` is the process, or the collaboration around it with the pool `poolId`. */
export function diagramXml(graph: Graph, picture: Picture, plane: string, poolId: string | null): string {
  const lines: string[] = []
  const shape = (id: string, box: Box, extra = ''): void => { lines.push(`<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"${extra}>${bounds(box)}${label(picture.labels.get(id))}</bpmndi:BPMNShape>`) }
  if (poolId && picture.pool) shape(poolId, picture.pool, ' isHorizontal="true"')
  for (const [id, box] of picture.lanes) shape(id, box, ' isHorizontal="true"')
  for (const node of graph.nodes) {
    const box = picture.boxes.get(node.id)
    if (box) shape(node.id, box, node.kind === 'gateway' ? ' isMarkerVisible="true"' : '')
  }
  for (const flow of graph.flows) lines.push(`<bpmndi:BPMNEdge id="${flow.id}_di" bpmnElement="${flow.id}">${(picture.ways.get(flow.id) ?? []).map(waypoint).join('')}${label(picture.labels.get(flow.id))}</bpmndi:BPMNEdge>`)
  return `  <bpmndi:BPMNDiagram id="diagram" ${NAMESPACES}>\n    <bpmndi:BPMNPlane id="plane" bpmnElement="${plane}">\n${lines.map(l => `      ${l}`).join('\n')}\n    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>`
}
