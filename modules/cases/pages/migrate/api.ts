import { api } from '@quancheng/ui'

export type Version = { version: number, name: string, running: number, at: string }
export type Problem = { code: string, severity: 'refuse' | 'note', nodeId: string, toId: string | null, message: string }
export type MappedNode = { id: string, name: string, type: string, to: string | null, how: 'id' | 'name' | 'told' | 'none' }
export type TargetNode = { id: string, name: string, type: string }
export type RefusedCase = { caseId: string, label: string, entity: string | null, recordId: string | null, problems: Problem[] }
export type DryRun = { running: number, tried: number, can: number, cannot: number, nodes: Record<string, { cases: number, refused: number }>, problems: Array<Problem & { cases: number }>, refused: RefusedCase[] }
export type Plan = { key: string, name: string, from: number, to: number, nodes: MappedNode[], targets: TargetNode[], problems: Problem[], dryRun: DryRun }
export type Run = { id: string, from: number, to: number, state: 'running' | 'done' | 'stopped', total: number, done: number, refused: number, startedAt: string, startedBy: string | null, endedAt: string | null }
export type OpenRun = Run & { refusedCases: RefusedCase[], left: number }
export type Mapping = Record<string, string | null>
export type Design = { key: string, name: string, version: number | null, versions: number, running: number }

const at = (key: string, more = '') => `/processes/${encodeURIComponent(key)}/migrations${more}`

export const migrateApi = {
  processes: (signal: AbortSignal) => api.get<{ items: Design[] }>('/process-designs', { signal }),
  versions: (key: string, signal: AbortSignal) => api.get<{ items: Version[] }>(`/process-designs/${encodeURIComponent(key)}/versions`, { signal }),
  plan: (key: string, o: { from: number, to: number, mapping: Mapping, caseIds?: string[] }, signal: AbortSignal) => api.post<Plan>(at(key, '/plan'), o, { signal, timeoutMs: 120_000 }),
  start: (key: string, o: { from: number, to: number, mapping: Mapping }) => api.post<Run>(at(key), o),
  one: (caseId: string, o: { to: number, mapping: Mapping }) => api.post<{ id: string }>(`/cases/${caseId}/migrate`, o),
  runs: (key: string, signal: AbortSignal) => api.get<{ items: Run[] }>(at(key), { signal }),
  run: (key: string, id: string, signal: AbortSignal) => api.get<OpenRun>(at(key, `/${id}`), { signal }),
  stop: (key: string, id: string) => api.post<Run>(at(key, `/${id}/stop`)),
}

export const runsKey = (key: string) => ['migrations', key] as const
/** how often a run that goes on is looked at */
export const EVERY_MS = 1500
