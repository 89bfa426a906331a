// Loaded lazily: bpmn-js and its styles make one chunk of their own.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import ViewerClass from 'bpmn-js/lib/NavigatedViewer.js'
import { classOf, type Heat } from './heat.ts'

export type Marks = { current: string[], done: string[] }

/** The few services of diagram-js that are used here. */
type Canvas = {
  zoom: ((mode: 'fit-viewport') => number) & ((factor?: number, center?: object) => number)
  viewbox: { (): { inner: { x: number, y: number, width: number, height: number }, outer: { width: number, height: number } }; (box: { x: number, y: number, width: number, height: number }): void }
  addMarker: (id: string, marker: string) => void
  removeMarker: (id: string, marker: string) => void
}
type Registry = { get: (id: string) => unknown, getGraphics: (id: string) => SVGElement | undefined, filter: (test: (element: { id: string, type: string }) => boolean) => Array<{ id: string }> }
type Overlays = { add: (id: string, type: string, overlay: object) => void, remove: (filter: { type: string }) => void }
type EventBus = { on: (event: string, listener: (event: { element: { id: string } }) => void) => void }

type Viewer = { importXML: (xml: string) => Promise<unknown>, get: (service: string) => unknown, destroy: () => void }
// The package's types speak of CommonJS, its files are ES modules; hence the cast.
const NavigatedViewer = ViewerClass as unknown as new (options: { container: HTMLElement }) => Viewer

export type Diagram = {
  mark: (marks: Marks) => void
  /** null takes the colours away */
  paint: (heat: Heat | null) => void
  fit: () => void
  zoom: (factor: number) => void
  onSelect: (listener: (nodeId: string) => void) => void
  destroy: () => void
}

/** An arrow head grows with its line; here only the line says something. */
function widen(connection: SVGElement | undefined, line: SVGElement | null | undefined, width: number): void {
  line?.style.setProperty('stroke-width', `${width}px`, 'important')
  for (const marker of connection?.querySelectorAll('marker') ?? []) {
    for (const [name, value] of [['markerUnits', 'userSpaceOnUse'], ['markerWidth', '22'], ['markerHeight', '22']] as const) marker.setAttribute(name, value)
  }
}

/** Clicks go through to the step below it. On a small picture the badge is what shows the colour. */
function badge(name: string, text: string, color = '#fff'): HTMLElement {
  const element = document.createElement('span')
  element.className = 'qc-heat-badge'
  element.style.background = color
  for (const line of [name, text]) if (line) element.appendChild(document.createElement(line === name ? 'small' : 'b')).textContent = line
  return element
}

/** Draws BPMN 2.0 XML into the container, as wide as it is. Throws when the XML cannot be drawn. */
export async function drawDiagram(container: HTMLElement, xml: string): Promise<Diagram> {
  const viewer = new NavigatedViewer({ container })
  try {
    await viewer.importXML(xml)
  } catch (error) {
    viewer.destroy()
    throw error
  }
  const canvas = viewer.get('canvas') as Canvas
  const registry = viewer.get('elementRegistry') as Registry
  let marked: Marks = { current: [], done: [] }
  const fit = () => {
    const { inner, outer } = canvas.viewbox()
    const margin = 20
    const width = inner.width + margin * 2
    // A small diagram keeps its natural size; a big one is made as wide as the place.
    const scale = Math.min(1, outer.width / width, outer.height / (inner.height + margin * 2) * 1.6)
    canvas.viewbox({ x: inner.x - margin - Math.max(0, outer.width / scale - width) / 2, y: inner.y - margin, width: outer.width / scale, height: outer.height / scale })
  }
  const overlays = viewer.get('overlays') as Overlays
  const shape = (id: string) => registry.getGraphics(id)?.querySelector<SVGElement>('.djs-visual > :not(defs)')
  let painted: string[] = []
  const paint = (heat: Heat | null) => {
    for (const id of painted) {
      for (const name of ['fill', 'stroke-width']) shape(id)?.style.removeProperty(name)
      registry.getGraphics(id)?.classList.remove('qc-heated')
    }
    overlays.remove({ type: 'qc-heat' })
    painted = heat ? [...Object.keys(heat.nodes), ...Object.keys(heat.flows)].filter(id => registry.get(id)) : []
    for (const id of painted) {
      const node = heat!.nodes[id], flow = heat!.flows[id]
      if (flow) widen(registry.getGraphics(id), shape(id), 1.5 + 7 * Math.sqrt(flow.share))
      if (!node) continue
      const color = classOf(heat!.classes, node.value)?.color
      if (color) shape(id)?.style.setProperty('fill', color, 'important')
      registry.getGraphics(id)?.classList.add('qc-heated')
      const element = registry.get(id) as { width?: number, businessObject?: { name?: string } }
      overlays.add(id, 'qc-heat', { position: { bottom: 12, left: (element.width ?? 0) / 2 }, html: badge(element.businessObject?.name ?? '', node.text, color), scale: { min: 0.8, max: 1.2 } })
    }
  }
  // small, the picture's own texts cannot be read: the badges then say the names too
  const far = () => container.classList.toggle('qc-heat-far', canvas.zoom() < 0.8)
  ;(viewer.get('eventBus') as EventBus).on('canvas.viewbox.changed', far)
  const each = (marks: Marks, work: (id: string, marker: string) => void) => {
    for (const id of marks.done) if (registry.get(id)) work(id, 'qc-node-done')
    for (const id of marks.current) if (registry.get(id)) work(id, 'qc-node-current')
  }
  fit()
  far()
  return {
    mark: marks => {
      each(marked, canvas.removeMarker.bind(canvas))
      marked = marks
      each(marked, canvas.addMarker.bind(canvas))
    },
    paint,
    fit,
    zoom: factor => void canvas.zoom(canvas.zoom() * factor),
    onSelect: listener => (viewer.get('eventBus') as EventBus).on('element.click', event => listener(event.element.id)),
    destroy: () => viewer.destroy(),
  }
}
