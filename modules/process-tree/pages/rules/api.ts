import { api, queryClient } from '@quancheng/ui'

export type Kind = 'field' | 'photo' | 'item' | 'limit'
export type Rule = {
  id: string, code: string, release: number, text: string, processKey: string, nodeId: string, nodeName: string, kind: Kind, fieldName: string | null, least: string | null, most: string | null, photos: number | null, note: string | null
  inForceFrom: string, withdrawnAt: string | null, withdrawNote: string | null, by: string | null
}
export type RuleLine = Rule & { state: 'inForce' | 'coming' | 'withdrawn', releases: number }
export type Process = { key: string, name: string, version: number, photos: boolean, steps: Array<{ id: string, name: string }>, fields: Array<{ name: string, label: string, number: boolean, fillable: boolean }> }
export type Book = { items: RuleLine[], processes: Process[] }

export const bookKey = ['rule-book'] as const
export const readBook = (signal: AbortSignal) => api.get<Book>('/rule-book', { signal })
export const readHistory = (code: string, signal: AbortSignal) => api.get<{ items: Rule[] }>(`/rule-book/${encodeURIComponent(code)}`, { signal })
export const publish = (rule: object) => api.post<{ release: number }>('/rule-book', rule)
export const withdraw = (code: string, reason: string) => api.post(`/rule-book/${encodeURIComponent(code)}/withdraw`, { reason })
export const again = () => queryClient.invalidateQueries({ queryKey: bookKey })
