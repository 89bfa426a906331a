// Loaded lazily: the modeller, its styles and our extension of BPMN make one chunk of their own.
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css'
import ModelerClass from 'bpmn-js/lib/Modeler.js'
import { qcModdle } from '@quancheng/process/qc-moddle'
import { chinese, english } from './chinese.ts'
import { list, processOf, ref, withForm, withParts, type FormElement, type Plain } from './elements.ts'
import { makeMenus, makePalette } from './menus.ts'
import type { Bo, Problem, Services, Shape } from './types.ts'

interface Modeler { importXML: (xml: string) => Promise<{ warnings: Array<{ message: string }> }>; saveXML: (o: { format: boolean }) => Promise<{ xml?: string }>; get: <K extends keyof Services>(name: K) => Services[K]; destroy: () => void }
const Modeler = ModelerClass as unknown as new (o: object) => Modeler

/** The drawing board and everything the page does with it. Every change is a command: it can be undone. */
export interface Studio {
  services: Services
  importXml: (xml: string) => Promise<void>
  saveXml: () => Promise<string>
  /** after every change and every undo */
  onChange: (listener: () => void) => void
  onSelect: (listener: () => void) => void
  /** the one element the panel shows; the process where none or several are selected */
  selected: () => Shape
  process: () => Bo | null
  select: (id: string | null) => void
  set: (element: Shape, properties: Record<string, unknown>) => void
  /** for what is not drawn itself: the process in its pool, an event's definition */
  setInner: (element: Shape, bo: Bo, properties: Record<string, unknown>) => void
  /** several changes that are one to the person, and one step of undo */
  together: (run: () => void) => void
  setParts: (element: Shape, bo: Bo, type: string, parts: readonly Plain[]) => void
  /** everything on a task's form at once, in its order */
  setForm: (element: Shape, bo: Bo, form: readonly FormElement[]) => void
  /** another kind of element in its place, with its lines; it is selected afterwards */
  replace: (element: Shape, target: Record<string, unknown>) => void
  mark: (problems: readonly Problem[], warnings: readonly Problem[], labels: { problem: string; warning: string }) => void
  /** `readable`: not smaller than one can read, even if the end is out of sight */
  fit: (readable?: boolean) => void
  zoom: (factor: number) => void
  destroy: () => void
}

export function openStudio(container: HTMLElement, o: { zh: boolean; executed: readonly string[]; palette: Record<string, string> }): Studio {
  const executed = new Set(o.executed)
  const modeler = new Modeler({
    container, keyboard: { bind: true }, moddleExtensions: { qc: qcModdle }, textRenderer: { defaultStyle: { fontFamily: 'inherit' } },
    additionalModules: [{ translate: ['value', o.zh ? chinese : english], __init__: ['paletteProvider', 'qcMenus'], paletteProvider: ['type', makePalette(o.palette, executed)], qcMenus: ['type', makeMenus(executed)] }],
  })
  const services = Object.fromEntries((['canvas', 'elementRegistry', 'selection', 'commandStack', 'modeling', 'eventBus', 'overlays', 'bpmnReplace'] as const).map(name => [name, modeler.get(name)])) as unknown as Services
  const { canvas, elementRegistry, selection, modeling, eventBus, overlays, commandStack } = services
  commandStack.registerHandler('qd.together', Together)
  eventBus.on(['commandStack.shape.create.postExecuted', 'commandStack.shape.replace.postExecuted'], event => beginTimer(modeling, event))
  let marked: string[] = []
  const shown = (): Shape => {
    const [one, second] = selection.get()
    return one && !second ? one.labelTarget ?? one : canvas.getRootElement()
  }
  const select = (id: string | null): void => {
    const shape = id === null ? undefined : elementRegistry.get(id)
    selection.select(shape && shape !== canvas.getRootElement() ? shape : null)
    if (shape && shape !== canvas.getRootElement()) canvas.scrollToElement(shape, 120)
  }
  return {
    services,
    importXml: async xml => { await modeler.importXML(xml) },
    saveXml: async () => (await modeler.saveXML({ format: true })).xml ?? '',
    onChange: listener => eventBus.on('commandStack.changed', listener),
    onSelect: listener => eventBus.on('selection.changed', listener),
    selected: shown,
    process: () => processOf(canvas.getRootElement()),
    select,
    set: (element, properties) => modeling.updateProperties(element, properties),
    setInner: (element, bo, properties) => modeling.updateModdleProperties(element, bo, properties),
    together: run => commandStack.execute('qd.together', { run }),
    setParts: (element, bo, type, parts) => modeling.updateModdleProperties(element, bo, { extensionElements: withParts(bo, type, parts) }),
    setForm: (element, bo, form) => modeling.updateModdleProperties(element, bo, { extensionElements: withForm(bo, form) }),
    replace: (element, target) => { const made = services.bpmnReplace.replaceElement(element, target); selection.select(made) },
    mark: (problems, warnings, labels) => {
      overlays.remove({ type: 'qd-lint' })
      for (const id of marked) if (elementRegistry.get(id)) { canvas.removeMarker(id, 'qd-bad'); canvas.removeMarker(id, 'qd-warned') }
      const wrong = Map.groupBy(problems.filter(p => p.elementId), p => p.elementId!), doubtful = Map.groupBy(warnings.filter(p => p.elementId), p => p.elementId!)
      marked = [...new Set([...wrong.keys(), ...doubtful.keys()])].filter(id => { const e = elementRegistry.get(id); return e && e !== canvas.getRootElement() })
      for (const id of marked) {
        const bad = wrong.get(id), all = [...(bad ?? []), ...(doubtful.get(id) ?? [])]
        const badge = document.createElement('button')
        badge.type = 'button'
        badge.className = bad ? 'qd-badge qd-badge-bad' : 'qd-badge'
        badge.textContent = bad ? '!' : '?'
        badge.title = all.map(p => p.message).join('\n')
        badge.setAttribute('aria-label', `${bad ? labels.problem : labels.warning}：${badge.title}`)
        badge.addEventListener('click', () => select(id))
        const shape = elementRegistry.get(id)!
        const middle = shape.waypoints?.[Math.floor((shape.waypoints.length - 1) / 2)]
        overlays.add(id, 'qd-lint', { position: middle ? { top: -10, left: 0 } : { top: -10, right: 10 }, html: badge })
        canvas.addMarker(id, bad ? 'qd-bad' : 'qd-warned')
      }
    },
    fit: (readable = false) => fitView(canvas, readable ? 0.7 : 0.25),
    zoom: factor => void canvas.zoom(canvas.zoom() * factor),
    destroy: () => modeler.destroy(),
  }
}

/** The whole drawing where it fits, never larger than drawn, beginning beside the palette. */
function fitView(canvas: Services['canvas'], least: number): void {
  const { inner, outer } = canvas.viewbox()
  if (!outer.width || !inner.width) return
  const left = outer.width < 600 ? 16 : 150, margin = 24
  const scale = Math.max(outer.width < 600 ? 0.2 : least, Math.min(1, (outer.width - left - margin) / inner.width, (outer.height - margin * 2) / inner.height))
  canvas.viewbox({ x: inner.x - left / scale, y: inner.y - Math.max(margin, (outer.height - inner.height * scale) / 3) / scale, width: outer.width / scale, height: outer.height / scale })
}

/** Commands given while another is prepared belong to that one. */
function Together(this: { preExecute: (context: { run: () => void }) => void }) {
  this.preExecute = context => context.run()
}

/** A timer that was just drawn begins with a day, in the same command: a new element is not a mistake yet. */
function beginTimer(modeling: Services['modeling'], event: Record<string, unknown>): void {
  const context = event['context'] as { shape?: Shape, newShape?: Shape }
  const shape = context.newShape ?? context.shape
  const bo = shape?.businessObject
  const timer = bo && list(bo, 'eventDefinitions').find(d => d.$type === 'bpmn:TimerEventDefinition')
  if (!shape || !timer || ['timeDuration', 'timeDate', 'timeCycle'].some(name => ref(timer, name))) return
  const begins = bo.$type === 'bpmn:StartEvent'
  const expression = bo.$model.create('bpmn:FormalExpression', { body: begins ? 'R/P1D' : 'P1D' })
  expression.$parent = timer
  modeling.updateModdleProperties(shape, timer, begins ? { timeCycle: expression } : { timeDuration: expression, 'qc:clock': 'business' })
}
