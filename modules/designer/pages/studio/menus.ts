import { PopupEntries } from 'bpmn-js/lib/features/popup-menu/PopupEntries.js'
import type { Shape } from './types.ts'

/** What the engine runs decides what the menus offer: a drawing that cannot be published helps nobody. */
type Entry = { title?: string; group?: string; className?: string; action?: unknown; label?: string }
type Entries = Record<string, Entry>
type Create = { start: (event: unknown, shape: unknown, context?: object) => void }
type Factory = { createShape: (o: object) => object; createParticipantShape: () => object }
type Tools = { activateHand: (e: unknown) => void; activateSelection: (e: unknown) => void; start: (e: unknown) => void }
type Translate = (text: string) => string
type Registers = { registerProvider: { (priority: number, provider: object): void; (provider: object): void } }
type Popup = { registerProvider: (id: string, priority: number, provider: object) => void }

const tag = (type: string): string => { const local = type.replace(/^bpmn:/, ''); return local.charAt(0).toLowerCase() + local.slice(1) }
const catalogue = PopupEntries as unknown as Record<string, { target: { type: string; eventDefinitionType?: string } }>

/** Events with a trigger that are executed today; the others appear with the engine's full set of events. */
const TODAY = new Set(['timer-boundary', 'non-interrupting-timer-boundary', 'terminate-end'])
const NAMED: Record<string, string> = { 'none-start': 'startEvent', 'none-end': 'endEvent', 'none-intermediate-throw': 'intermediateThrowEvent', 'none-intermediate-throwing': 'intermediateThrowEvent', subprocess: 'subProcess', 'ad-hoc-subprocess': 'adHocSubProcess' }

export function offered(entryId: string, executed: ReadonlySet<string>): boolean {
  const id = entryId.replace(/^replace-with-/, '')
  if (id === entryId || /-flow$|-pool$/.test(id)) return true
  if (id in NAMED) return executed.has(NAMED[id]!)
  const target = catalogue[id]?.target
  if (!target) return true
  if (target.eventDefinitionType && !TODAY.has(id) && !executed.has('intermediateCatchEvent')) return false
  return executed.has(tag(target.type))
}

/** The palette: few things, with their names beside them. */
export function makePalette(labels: Record<string, string>, executed: ReadonlySet<string>) {
  function Palette(this: { getPaletteEntries: () => Entries }, palette: Registers, create: Create, elementFactory: Factory, spaceTool: Tools, lassoTool: Tools, handTool: Tools, globalConnect: Tools) {
    const shape = (group: string, className: string, name: string, o: object, need?: string): Entries => {
      if (need && !executed.has(need)) return {}
      const begin = (event: unknown) => create.start(event, elementFactory.createShape(o))
      return { [`create.${name}`]: { group, className, title: labels[name]!, action: { dragstart: begin, click: begin } } }
    }
    const tool = (name: string, className: string, run: (event: unknown) => void): Entries => ({ [name]: { group: 'tools', className, title: labels[name]!, action: { click: run } } })
    const pool = (event: unknown) => create.start(event, elementFactory.createParticipantShape())
    this.getPaletteEntries = () => ({
      ...shape('event', 'bpmn-icon-start-event-none', 'start', { type: 'bpmn:StartEvent' }),
      ...shape('task', 'bpmn-icon-user-task', 'task', { type: 'bpmn:UserTask' }),
      ...shape('task', 'bpmn-icon-service-task', 'service', { type: 'bpmn:ServiceTask' }, 'serviceTask'),
      ...shape('gateway', 'bpmn-icon-gateway-xor', 'xor', { type: 'bpmn:ExclusiveGateway' }),
      ...shape('gateway', 'bpmn-icon-gateway-parallel', 'and', { type: 'bpmn:ParallelGateway' }),
      ...shape('gateway', 'bpmn-icon-gateway-or', 'or', { type: 'bpmn:InclusiveGateway' }, 'inclusiveGateway'),
      ...shape('time', 'bpmn-icon-intermediate-event-catch-timer', 'timer', { type: 'bpmn:IntermediateCatchEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' }),
      ...shape('time', 'bpmn-icon-end-event-none', 'end', { type: 'bpmn:EndEvent' }),
      ...shape('lane', 'bpmn-icon-subprocess-expanded', 'sub', { type: 'bpmn:SubProcess', isExpanded: true }, 'subProcess'),
      'create.pool': { group: 'lane', className: 'bpmn-icon-participant', title: labels['pool']!, action: { dragstart: pool, click: pool } },
      ...shape('lane', 'bpmn-icon-text-annotation', 'note', { type: 'bpmn:TextAnnotation' }),
      ...tool('connect', 'bpmn-icon-connection-multi', e => globalConnect.start(e)),
      ...tool('lasso', 'bpmn-icon-lasso-tool', e => lassoTool.activateSelection(e)),
      ...tool('space', 'bpmn-icon-space-tool', e => spaceTool.activateSelection(e)),
      ...tool('hand', 'bpmn-icon-hand-tool', e => handTool.activateHand(e)),
    })
    palette.registerProvider(this)
  }
  Palette.$inject = ['palette', 'create', 'elementFactory', 'spaceTool', 'lassoTool', 'handTool', 'globalConnect']
  return Palette
}

/** After the providers of bpmn-js (lower priority is asked later): a task is one for people, and only what runs is offered. */
export function makeMenus(executed: ReadonlySet<string>) {
  function Menus(contextPad: Registers, popupMenu: Popup, elementFactory: Factory, create: Create, autoPlace: { append: (source: Shape, shape: object) => void }, translate: Translate) {
    contextPad.registerProvider(500, { getContextPadEntries: () => (entries: Entries): Entries => {
      const next = { ...entries }
      if (!executed.has('intermediateThrowEvent')) delete next['append.intermediate-event']
      if (next['append.append-task']) {
        const made = () => elementFactory.createShape({ type: 'bpmn:UserTask' })
        next['append.append-task'] = {
          group: 'model', className: 'bpmn-icon-user-task', title: translate('Append task'),
          action: { click: (_: unknown, source: Shape) => autoPlace.append(source, made()), dragstart: (event: unknown, source: Shape) => create.start(event, made(), { source }) },
        }
      }
      return next
    } })
    popupMenu.registerProvider('bpmn-replace', 500, {
      getPopupMenuEntries: () => (entries: Entries): Entries => Object.fromEntries(Object.entries(entries).filter(([id]) => offered(id, executed))),
      // loops and several people for one task: with the engine's multi-instance
      getPopupMenuHeaderEntries: () => (entries: Entries): Entries => (executed.has('subProcess') ? entries : Object.fromEntries(Object.entries(entries).filter(([id]) => /interrupting/.test(id)))),
    })
  }
  Menus.$inject = ['contextPad', 'popupMenu', 'elementFactory', 'create', 'autoPlace', 'translate']
  return Menus
}
