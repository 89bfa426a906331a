// Loaded lazily, with the viewer that other pages use too.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import ViewerClass from 'bpmn-js/lib/NavigatedViewer.js'
import type { Box, Services, Shape } from '../studio/types.ts'

interface Viewer { importXML: (xml: string) => Promise<unknown>; saveSVG: () => Promise<{ svg: string }>; get: <K extends keyof Services>(name: K) => Services[K]; destroy: () => void }
const NavigatedViewer = ViewerClass as unknown as new (o: object) => Viewer

export interface Drawing {
  mark: (marks: Record<string, readonly string[]>) => void
  view: { get: () => Box; set: (box: Box) => void; onChange: (listener: () => void) => void }
  fit: () => void
  show: (id: string) => boolean
  onClick: (listener: (id: string) => void) => void
  destroy: () => void
}

/** A drawing to look at, whose elements can be coloured and whose view can be led by another. */
export async function drawing(container: HTMLElement, xml: string): Promise<Drawing> {
  const viewer = new NavigatedViewer({ container, textRenderer: { defaultStyle: { fontFamily: 'inherit' } } })
  try { await viewer.importXML(xml) } catch (error) { viewer.destroy(); throw error }
  const canvas = viewer.get('canvas'), registry = viewer.get('elementRegistry'), bus = viewer.get('eventBus')
  const box = (): Box => { const { x, y, width, height } = canvas.viewbox(); return { x, y, width, height } }
  return {
    mark: marks => {
      for (const [marker, ids] of Object.entries(marks)) for (const id of ids) {
        const shape = registry.get(id)
        if (!shape) continue
        canvas.addMarker(id, marker)
        const label = (shape as Shape & { label?: Shape }).label
        if (label) canvas.addMarker(label.id, marker)
      }
    },
    view: { get: box, set: next => canvas.viewbox(next), onChange: listener => bus.on('canvas.viewbox.changed', listener) },
    fit: () => {
      // the place may have changed its size since
      canvas.resized()
      const { inner, outer } = canvas.viewbox()
      if (!inner.width || !outer.width) return
      const margin = 16
      const scale = Math.min(1, (outer.width - margin * 2) / inner.width, (outer.height - margin * 2) / inner.height)
      canvas.viewbox({ x: inner.x - (outer.width / scale - inner.width) / 2, y: inner.y - (outer.height / scale - inner.height) / 2, width: outer.width / scale, height: outer.height / scale })
    },
    show: id => {
      const shape = registry.get(id)
      if (!shape || shape === canvas.getRootElement()) return false
      canvas.scrollToElement(shape, 60)
      return true
    },
    onClick: listener => bus.on('element.click', event => listener((event as { element: Shape }).element.id)),
    destroy: () => viewer.destroy(),
  }
}
