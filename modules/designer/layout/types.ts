/** What is to be drawn: the graph without coordinates. */
export type Kind = 'task' | 'gateway' | 'event' | 'boundary'
export interface Node { id: string; kind: Kind; lane: string | null; name: string; /** of a boundary event: the task it sits on */ host?: string }
export interface Flow { id: string; source: string; target: string; name: string }
export interface Graph { nodes: readonly Node[]; flows: readonly Flow[]; lanes: ReadonlyArray<{ id: string; name: string }> }

export interface Point { x: number; y: number }
export interface Box extends Point { width: number; height: number }

/** The picture: everything in px, as BPMN's diagram interchange wants it. */
export interface Picture {
  boxes: ReadonlyMap<string, Box>
  labels: ReadonlyMap<string, Box>
  ways: ReadonlyMap<string, readonly Point[]>
  lanes: ReadonlyMap<string, Box>
  /** around all lanes; null where there are none */
  pool: Box | null
}

export const SIZE: Record<Kind, { width: number; height: number }> = {
  task: { width: 100, height: 80 }, gateway: { width: 50, height: 50 }, event: { width: 36, height: 36 }, boundary: { width: 36, height: 36 },
}
export const centre = (b: Box): Point => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 })
