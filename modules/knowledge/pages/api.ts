import { api } from '@quancheng/ui'

export type Piece = { text: string, hit: boolean }
export type Found = { id: string, number: string, title: Piece[], excerpt: Piece[], visibility: Visibility, uses: number, useful: number, useless: number, publishedAt: string | null, stale: boolean, lines: string[] }
export type Visibility = 'public' | 'internal' | 'limited'
export type DiffLine = { kind: 'same' | 'out' | 'in', text: string }
export type ArticleView = {
  id: string, number: string, title: string, body: string, state: 'draft' | 'review' | 'published' | 'withdrawn', revision: string | null, visibility: Visibility, edition: number, publishedAt: string | null, validUntil: string | null
  uses: number, useful: number, useless: number, faultCodes: string[], requestId: string | null, requestNumber: string | null, author: string | null, publishedBy: string | null, lines: string[], units: string[], roles: string[]
  myRating: { useful: boolean, reason: string | null } | null
  usedIn: Array<{ id: string, number: string, model: string | null, fault: string | null, at: string, by: string | null }>
  may: { update: boolean, publish: boolean, approve: boolean, wrote: boolean }
  open: { state: 'draft' | 'review', title: string, note: string | null, reason: string | null, by: string | null, diff: DiffLine[] | null } | null
  complaints: Array<{ by: string, reason: string | null, at: string }>
}
export type Version = { edition: number, title: string, note: string | null, at: string, by: string | null, approved: string | null, diff: DiffLine[] | null }
export type Draft = { title: string, body: string, productLineIds: string[], faultCodes: string[], visibility: Visibility, unitIds: string[], roleIds: string[], validUntil: string | null, note: string | null }
export type OpenDraft = Draft & { id: string, number: string, state: string, working: 'draft' | 'review' | null, seen: number | null, reason: string | null }
export type Miss = { id: string, words: string, times: number, byCustomers: number, lastAt: string }
export type Work = { id: string, number: string, title: string, state: string, revision: string | null, author: string | null, at: string }
export type ForRequest = { items: Found[], words: string[], used: Array<{ id: string, title: string }>, own: { id: string, title: string, state: string } | null, ended: boolean, writable: boolean }
export type Asked = { q?: string, productLineId?: string, faultCode?: string, sort?: 'used' | 'newest' }

const at = (id: string) => `/knowledge/articles/${id}`

export const knowledge = {
  find: (asked: Asked, signal: AbortSignal) => api.get<{ items: Found[] }>('/knowledge/search', { query: asked, signal }),
  missed: (q: string) => api.post('/knowledge/misses', { q }, { quiet: true }),
  misses: (signal: AbortSignal) => api.get<{ items: Miss[] }>('/knowledge/misses', { signal }),
  closeMiss: (id: string) => api.post(`/knowledge/misses/${id}/close`),
  work: (signal: AbortSignal) => api.get<{ toApprove: Work[], mine: Work[] }>('/knowledge/work', { signal }),
  view: (id: string, signal: AbortSignal) => api.get<ArticleView>(at(id), { signal }),
  versions: (id: string, signal: AbortSignal) => api.get<{ items: Version[] }>(`${at(id)}/versions`, { signal }),
  draft: (id: string, signal: AbortSignal) => api.get<OpenDraft>(`${at(id)}/draft`, { signal }),
  create: (draft: Draft) => api.post<{ id: string }>('/knowledge/articles', draft),
  save: (id: string, draft: Draft & { seen?: number }) => api.patch<{ version: number }>(at(id), draft),
  act: (id: string, act: 'submit' | 'recall' | 'publish' | 'send-back' | 'withdraw', body: object = {}) => api.post(`${at(id)}/${act}`, body),
  rate: (id: string, useful: boolean, reason?: string) => api.post(`${at(id)}/rating`, { useful, ...(reason ? { reason } : {}) }),
  use: (id: string, requestId: string) => api.post<{ uses: number }>(`${at(id)}/uses`, { requestId }),
  forRequest: (requestId: string, signal: AbortSignal) => api.get<ForRequest>(`/knowledge/for-request/${requestId}`, { signal }),
  fromRequest: (requestId: string) => api.post<{ id: string, created: boolean }>(`/knowledge/from-request/${requestId}`),
}

export const imageOf = (file: string): string => `/api/attachments/${file}`
