import { api, call } from '@quancheng/ui'
import type { FieldRule, Mapping } from '../rules/mapping.ts'

export type { FieldRule, Mapping }
export type Plan = { id: string, version: number, name: string, system: string, target: string, mapping: Mapping | null, match: string | null, onDouble: 'update' | 'skip', updatedAt: string }
export type PlanDraft = Pick<Plan, 'name' | 'system' | 'target' | 'mapping' | 'match' | 'onDouble'>
export type Run = { id: string, createdAt: string, fileName: string, target: string, total: number, made: number, changed: number, unchanged: number, failed: number, takenBackAt: string | null, kept: number | null, $labels: Record<string, string> }
export type Seen = { rows: number, columns: Array<{ title: string, values: string[], more: boolean, filled: number }>, samples: string[][], mapping: Mapping, /** fields that only an import fills */ extra: string[], /** required fields that fill themselves where the file says nothing */ byItself: string[] }
export type Report = { total: number, created: number, updated: number, unchanged: number, failed: number, committed: boolean, runId: string | null, errors: Array<{ line: number, field?: string, code: string, message: string }> }

export const importApi = {
  plans: (signal: AbortSignal) => api.get<{ items: Plan[] }>('/import-plans', { query: { limit: 100 }, signal }),
  plan: (id: string, signal: AbortSignal) => api.get<Plan>(`/import-plans/${id}`, { signal }),
  runs: (signal: AbortSignal) => api.get<{ items: Run[] }>('/import-runs', { query: { limit: 30 }, signal }),
  look: (target: string, file: File) => api.upload<Seen>('/import/look', file, { query: { target } }),
  save: (id: string | null, draft: PlanDraft) => id ? call<Plan>('PATCH', `/import-plans/${id}`, { name: draft.name, system: draft.system, mapping: draft.mapping, match: draft.match, onDouble: draft.onDouble }) : api.post<Plan>('/import-plans', draft),
  run: (id: string, file: File, mode: 'check' | 'commit', partial: boolean) => api.upload<Report>(`/import-plans/${id}/run`, file, { query: { mode, partial: partial ? 1 : 0 } }),
  takeBack: (id: string) => api.post<{ removed: number, kept: number }>(`/import-runs/${id}/take-back`, {}),
  remove: (id: string) => api.remove(`/import-plans/${id}`),
}
