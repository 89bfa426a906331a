import { api } from '@quancheng/ui'

export type NodeState = 'waiting' | 'active' | 'ended'
export type NodeLine = {
  id: string, name: string, state: NodeState, unit: { id: string, code: string, name: string }, joinedAt: string | null, heardAt: string | null, upTo: string | null, waiting: number | null, version: string | null, clockMs: number | null
  error: string | null, codeUntil: string | null, behind: number, conflicts: number
}
export type Conflict = { id: string, node: string, kind: string, plural: string | null, recordId: string, label: string, at: string, winner: 'hq' | 'station', fields: Array<{ name: string, label: string, lost: unknown, stands: unknown }> }
export type Nodes = { here: string | null, version: string, items: NodeLine[], conflicts: Conflict[] }
export type Code = { code: string, until: string }
export type Here = { station: { unitCode: string, syncedAt: string | null, cutSince: string | null, waiting: number, error: string | null, clockMs: number | null, hqVersion: string | null, version: string } | null }

export const nodesKey = ['nodes'] as const

export const nodesApi = {
  list: (signal: AbortSignal) => api.get<Nodes>('/nodes', { signal }),
  add: (body: { unitId: string, name?: string }) => api.post<Code & { id: string }>('/nodes', body),
  code: (id: string) => api.post<Code>(`/nodes/${id}/code`),
  takeBack: (id: string) => api.post(`/nodes/${id}/take-back`),
  seen: (id: string) => api.post(`/nodes/conflicts/${id}/seen`),
  here: (signal: AbortSignal) => api.get<Here>('/nodes/here', { signal, quiet: true }),
}

/** a clock that differs by more is shown as wrong */
export const CLOCK_LIMIT_MS = 60_000
/** a node that has not called for so long is out of reach */
export const SILENT_MS = 60_000
