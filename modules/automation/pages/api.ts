import { api, call, queryClient } from '@quancheng/ui'
import type { EventKind } from '../entities/events.ts'
import type { Action, Test } from '../rules/types.ts'

export type Draft = { name: string, entity: string, event: EventKind, act: string | null, fields: string[], tests: Test[], condition: string | null, unitId: string | null, actions: Action[], note: string | null }
export type Rule = Draft & { id: string, version: number, off: boolean, unitName: string | null, updatedAt: string, updatedBy: string | null, lastAt: string | null, runs: number, failures: number }
export type Choices = { entities: Array<{ name: string, label: string, unit: boolean, change: boolean, processes: Array<{ key: string, name: string }> }>, roles: Array<{ code: string, name: string }> }
export type RunState = 'waiting' | 'done' | 'failed' | 'stopped'
export type Run = { id: string, ruleId: string, ruleName: string, ruleVersion: number, entity: string, recordId: string, label: string, event: string, at: string, state: RunState, attempts: number, did: Array<{ do: Action['do'], text: string, entity?: string, recordId?: string }>, error: string | null, chain: Array<{ rule: string, name: string }>, finishedAt: string | null }
export type Tried = { label: string, holds: boolean, steps: string[], problem: string | null }

export const rulesKey = ['automation-rules'] as const
export const runsKey = ['automation-runs'] as const
export const again = () => Promise.all([queryClient.invalidateQueries({ queryKey: rulesKey }), queryClient.invalidateQueries({ queryKey: runsKey })])

export const automationApi = {
  rules: (signal: AbortSignal) => api.get<{ items: Rule[] }>('/automation/rules', { signal }),
  rule: (id: string, signal: AbortSignal) => api.get<Rule>(`/automation/rules/${id}`, { signal }),
  choices: (signal: AbortSignal) => api.get<Choices>('/automation/choices', { signal }),
  save: (id: string | null, draft: Draft, seen?: number) => id ? call<{ id: string, version: number }>('PUT', `/automation/rules/${id}`, { ...draft, seen }) : api.post<{ id: string, version: number }>('/automation/rules', draft),
  turn: (id: string, off: boolean) => api.post(`/automation/rules/${id}/switch`, { off }),
  remove: (id: string) => api.remove(`/automation/rules/${id}`),
  attempt: (draft: Draft, recordId: string) => api.post<Tried>('/automation/try', { ...draft, recordId }),
  runs: (query: { ruleId?: string | undefined, state?: string | undefined, recordId?: string | undefined, after?: string | undefined }, signal: AbortSignal) => api.get<{ items: Run[], next: string | null }>('/automation/runs', { query, signal }),
  retry: (id: string) => api.post(`/automation/runs/${id}/retry`),
}
