import { api, call, queryClient } from '@quancheng/ui'
import type { Catalogue, Checked } from './studio/types.ts'

type DraftState = { version: number, basedOn: number | null, at: string, by: string | null, byName: string | null }
export type Design = { key: string, name: string, entity: string | null, version: number | null, versions: number, at: string | null, byName: string | null, note: string | null, running: number, draft: DraftState | null }
export type OpenDesign = Design & { xml: string }
export type VersionLine = { version: number, name: string, at: string, byName: string | null, note: string | null, running: number, cases: number }
export type Detail = { text: string, before: string | null, after: string | null }
export type Change = { id: string, what: 'added' | 'removed' | 'changed', kind: string, name: string, details: Detail[] }
export type Difference = { changes: Change[], moved: string[], from: { version: number | 'draft', xml: string }, to: { version: number | 'draft', xml: string } }
export type Template = { id: string, name: string, category: string, about: string, steps: string[], lanes: string[] }

const at = (key: string, more = '') => `/process-designs/${encodeURIComponent(key)}${more}`

export const designsKey = ['designs'] as const
/** After a write: the list and the versions are read again; what is being drawn is not. */
export function again(): Promise<unknown> {
  queryClient.removeQueries({ queryKey: ['design', 'difference'] })
  return Promise.all([designsKey, ['design', 'versions']].map(queryKey => queryClient.invalidateQueries({ queryKey })))
}

export const designApi = {
  list: (signal: AbortSignal) => api.get<{ items: Design[] }>('/process-designs', { signal }),
  open: (key: string, signal?: AbortSignal) => api.get<OpenDesign>(at(key), signal ? { signal } : {}),
  create: (o: { key: string, name: string, template?: string, xml?: string }) => api.post<DraftState & { key: string }>('/process-designs', o),
  save: (key: string, o: { xml: string, seen: number, foreign?: boolean }) => call<DraftState>('PUT', at(key, '/draft'), o),
  drop: (key: string, seen: number) => api.remove(at(key, '/draft'), { query: { seen } }),
  check: (key: string, xml: string, signal: AbortSignal) => api.post<Checked>(at(key, '/check'), { xml }, { signal }),
  publish: (key: string, o: { seen: number, over: number, note: string }) => api.post<{ version: number }>(at(key, '/publish'), o),
  versions: (key: string, signal: AbortSignal) => api.get<{ items: VersionLine[], draft: (DraftState & { name: string }) | null }>(at(key, '/versions'), { signal }),
  difference: (key: string, from: number | 'draft', to: number | 'draft', signal: AbortSignal) => api.get<Difference>(at(key, '/difference'), { query: { from, to }, signal }),
  restore: (key: string, version: number, seen: number) => api.post<DraftState>(at(key, '/restore'), { version, seen }),
  catalogue: (signal: AbortSignal) => api.get<Catalogue>('/process-catalogue', { signal }),
  templates: (signal: AbortSignal) => api.get<{ items: Template[] }>('/process-templates', { signal }),
  template: (id: string, signal: AbortSignal) => api.get<Template & { xml: string }>(`/process-templates/${id}`, { signal }),
}
