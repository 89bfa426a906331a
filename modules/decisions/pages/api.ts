import { api, call, queryClient } from '@quancheng/ui'
import type { DecisionTable, HitPolicy } from '@quancheng/process'
import type { Change } from '../rules/difference.ts'

export type DraftState = { version: number, basedOn: number | null, at: string, by: string | null, byName: string | null }
export type Line = { key: string, name: string, version: number | null, at: string | null, byName: string | null, note: string | null, hitPolicy: HitPolicy, rules: number, draft: DraftState | null, usedBy: Array<{ key: string, name: string }> }
export type Open = Line & { table: DecisionTable }
export type VersionLine = { version: number, name: string, at: string, byName: string | null, note: string | null, hitPolicy: HitPolicy, rules: number }
export type Template = { id: string, name: string, about: string, table: DecisionTable }
export type V = number | 'draft'
export type Tried = { value: unknown, matched: string[], inputs: Array<{ id: string, label: string, value: unknown }>, problems: Array<{ code: string, message: string }> }

const at = (key: string, more = '') => `/decisions/${encodeURIComponent(key)}${more}`

export const decisionsKey = ['decisions'] as const
export const again = () => queryClient.invalidateQueries({ queryKey: decisionsKey })

export const decisionApi = {
  list: (signal: AbortSignal) => api.get<{ items: Line[] }>('/decisions', { signal }),
  templates: (signal: AbortSignal) => api.get<{ items: Template[] }>('/decision-templates', { signal }),
  open: (key: string, signal?: AbortSignal) => api.get<Open>(at(key), signal ? { signal } : {}),
  create: (o: { key: string, name: string, template?: string, xml?: string, decisionId?: string }) => api.post<DraftState & { key: string }>('/decisions', o),
  save: (key: string, o: { table: DecisionTable, seen: number }) => call<DraftState>('PUT', at(key, '/draft'), o),
  replace: (key: string, o: { xml: string, decisionId?: string, seen: number }) => api.post<DraftState>(at(key, '/import'), o),
  drop: (key: string, seen: number) => api.remove(at(key, '/draft'), { query: { seen } }),
  publish: (key: string, o: { seen: number, over: number, note: string }) => api.post<{ version: number }>(at(key, '/publish'), o),
  versions: (key: string, signal: AbortSignal) => api.get<{ items: VersionLine[], draft: (DraftState & { name: string }) | null }>(at(key, '/versions'), { signal }),
  difference: (key: string, from: V, to: V, signal: AbortSignal) => api.get<{ from: V, to: V, changes: Change[] }>(at(key, '/difference'), { query: { from, to }, signal }),
  restore: (key: string, version: number, seen: number) => api.post<DraftState>(at(key, '/restore'), { version, seen }),
  tryOut: (key: string, variables: Record<string, unknown>, version: V | undefined) => api.post<Tried & { version: V }>(at(key, '/try'), { variables, ...(version === undefined ? {} : { version }) }),
}

export const fileHref = (key: string, version: V) => `/api${at(key, '/file')}?version=${version}`
