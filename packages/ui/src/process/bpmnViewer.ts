// Loaded lazily: bpmn-js and its styles make one chunk of their own.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import ViewerClass from 'bpmn-js/lib/NavigatedViewer.js'

export type Marks = { current: string[], done: string[] }

/** The few services of diagram-js that are used here. */
type Canvas = {
  zoom: ((mode: 'fit-viewport') => number) & ((factor?: number, center?: object) => number)
  viewbox: { (): { inner: { x: number, y: number, width: number, height: number }, outer: { width: number, height: number } }; (box: { x: number, y: number, width: number, height: number }): void }
  addMarker: (id: string, marker: string) => void
  removeMarker: (id: string, marker: string) => void
}
type Registry = { get: (id: string) => unknown, filter: (test: (element: { id: string, type: string }) => boolean) => Array<{ id: string }> }
type EventBus = { on: (event: string, listener: (event: { element: { id: string } }) => void) => void }

type Viewer = { importXML: (xml: string) => Promise<unknown>, get: (service: string) => unknown, destroy: () => void }
// The package's types speak of CommonJS, its files are ES modules; hence the cast.
const NavigatedViewer = ViewerClass as unknown as new (options: { container: HTMLElement }) => Viewer

export type Diagram = {
  mark: (marks: Marks) => void
  fit: () => void
  zoom: (factor: number) => void
  onSelect: (listener: (nodeId: string) => void) => void
  destroy: () => void
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
  const each = (marks: Marks, work: (id: string, marker: string) => void) => {
    for (const id of marks.done) if (registry.get(id)) work(id, 'qc-node-done')
    for (const id of marks.current) if (registry.get(id)) work(id, 'qc-node-current')
  }
  fit()
  return {
    mark: marks => {
      each(marked, canvas.removeMarker.bind(canvas))
      marked = marks
      each(marked, canvas.addMarker.bind(canvas))
    },
    fit,
    zoom: factor => void canvas.zoom(canvas.zoom() * factor),
    onSelect: listener => (viewer.get('eventBus') as EventBus).on('element.click', event => listener(event.element.id)),
    destroy: () => viewer.destroy(),
  }
}
