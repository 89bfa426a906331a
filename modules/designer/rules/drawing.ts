import { parseBpmn } from '@quancheng/process'
import { diagramXml, draw, type Graph, type Kind } from '../layout/index.ts'
import { child, children, lanesOf, mainProcess, type Element } from './moddle.ts'

const kindOf = (type: string): Kind => (type.endsWith('Gateway') ? 'gateway' : type === 'bpmn:BoundaryEvent' ? 'boundary' : type.endsWith('Event') ? 'event' : 'task')
const ID = /^[\w.-]+$/

/**
 * A file without a drawing, as some tools and all generators make it, gets one: no editor could show it otherwise. A file that has its
 * drawing, or whose inside is deeper than one level, stays as it is.
 */
export async function withDrawing(xml: string): Promise<string> {
  const { definitions } = await parseBpmn(xml)
  const process = definitions && mainProcess(definitions)
  if (!definitions || !process?.id || children(definitions, 'diagrams').some(d => { const plane = child(d, 'plane'); return plane && children(plane, 'planeElement').length > 0 })) return xml
  const graph = graphOf(process)
  if (!graph) return xml
  const pool = children(definitions, 'rootElements').find(e => e.$type === 'bpmn:Collaboration')
  const participant = pool && children(pool, 'participants').find(p => child(p, 'processRef') === process)
  // lanes are drawn inside a pool; without one they are left out of the picture
  const drawn = participant?.id && graph.lanes.length ? graph : { ...graph, lanes: [] }
  const picture = draw(drawn)
  const diagram = diagramXml(drawn, picture, pool?.id && participant?.id && picture.pool ? pool.id : process.id, participant?.id ?? null)
  const end = /<\/(?:[\w-]+:)?definitions\s*>\s*$/.exec(xml)
  return end ? `${xml.slice(0, end.index)}${diagram}\n${xml.slice(end.index)}` : xml
}

function graphOf(process: Element): Graph | null {
  const elements = children(process, 'flowElements').filter(e => e.id && ID.test(e.id))
  if (elements.some(e => children(e, 'flowElements').length > 0)) return null
  const lanes = lanesOf(process).filter(l => l.id && !child(l, 'childLaneSet'))
  const laneOf = new Map(lanes.flatMap(l => children(l, 'flowNodeRef').map(n => [n.id, l.id!] as const)))
  const nodes = elements.filter(e => e.$type !== 'bpmn:SequenceFlow' && !e.$type.startsWith('bpmn:Data')).map(e => {
    const host = e.$type === 'bpmn:BoundaryEvent' ? child(e, 'attachedToRef')?.id : undefined
    return { id: e.id!, kind: kindOf(e.$type), lane: laneOf.get(e.id!) ?? null, name: e.name ?? '', ...(host ? { host } : {}) }
  })
  const known = new Set(nodes.map(n => n.id))
  const flows = elements.filter(e => e.$type === 'bpmn:SequenceFlow').map(e => ({ id: e.id!, source: child(e, 'sourceRef')?.id ?? '', target: child(e, 'targetRef')?.id ?? '', name: e.name ?? '' })).filter(f => known.has(f.source) && known.has(f.target) && f.source !== f.target)
  return nodes.length ? { nodes, flows, lanes: lanes.map(l => ({ id: l.id!, name: l.name ?? '' })) } : null
}
