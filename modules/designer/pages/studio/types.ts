import type { FieldMeta } from '@quancheng/ui'

/** The little of bpmn-js that we use, typed: its own types speak of CommonJS, its files are ES modules. */
export interface Bo {
  $type: string
  id: string
  name?: string
  $parent?: Bo
  $model: { create: (type: string, properties?: Record<string, unknown>) => Bo; createAny?: (type: string, namespace: string, properties: Record<string, unknown>) => Bo }
  get: (name: string) => unknown
}
export interface Shape { id: string; type: string; businessObject: Bo; parent?: Shape; incoming?: Shape[]; outgoing?: Shape[]; source?: Shape; target?: Shape; x?: number; y?: number; width?: number; height?: number; labelTarget?: Shape; waypoints?: Array<{ x: number; y: number }> }

export interface Services {
  canvas: {
    getRootElement: () => Shape
    zoom: ((mode: 'fit-viewport', centre?: 'auto') => number) & ((factor?: number) => number)
    viewbox: { (): { x: number; y: number; width: number; height: number; scale: number; inner: Box; outer: { width: number; height: number } }; (box: Box): void }
    addMarker: (id: string, marker: string) => void
    removeMarker: (id: string, marker: string) => void
    scrollToElement: (element: Shape, padding?: number | object) => void
    resized: () => void
    focus?: () => void
  }
  elementRegistry: { get: (id: string) => Shape | undefined; filter: (test: (element: Shape) => boolean) => Shape[]; forEach: (run: (element: Shape) => void) => void }
  selection: { get: () => Shape[]; select: (element: Shape | Shape[] | null) => void }
  commandStack: { undo: () => void; redo: () => void; canUndo: () => boolean; canRedo: () => boolean; registerHandler: (name: string, handler: unknown) => void; execute: (name: string, context: object) => void }
  modeling: {
    updateProperties: (element: Shape, properties: Record<string, unknown>) => void
    updateModdleProperties: (element: Shape, bo: Bo, properties: Record<string, unknown>) => void
    updateLabel: (element: Shape, text: string) => void
  }
  eventBus: { on: (events: string | string[], listener: (event: Record<string, unknown>) => unknown) => void; off: (events: string | string[], listener: unknown) => void; fire: (event: string, data?: unknown) => unknown }
  overlays: { add: (id: string, type: string, overlay: { position: { top?: number; left?: number; right?: number; bottom?: number }; html: HTMLElement }) => string; remove: (filter: { type: string }) => void }
  bpmnReplace: { replaceElement: (element: Shape, target: Record<string, unknown>) => Shape }
}
export interface Box { x: number; y: number; width: number; height: number }

export interface Problem { elementId: string | null; code: string; message: string }
export interface Checked { problems: Problem[]; warnings: Problem[] }

export interface CatalogueField { name: string; label: string; type: string; required: boolean; target: string | null; options: Array<{ value: string; label: string }>; /** as forms show it */ meta?: FieldMeta }
export interface CatalogueEntity { name: string; label: string; tenantFields?: boolean; fields: CatalogueField[] }
export interface CatalogueHandler { name: string; label: string; inputs: Array<{ name: string; label: string; required: boolean }> }
export interface Catalogue {
  roles: Array<{ code: string; name: string }>; entities: CatalogueEntity[]; handlers: CatalogueHandler[]
  processes: Array<{ key: string; name: string; entity: string | null; published: boolean }>
  decisions: Array<{ key: string; name: string; asks: string[]; gives: string[] }>
  executed: string[]
}
