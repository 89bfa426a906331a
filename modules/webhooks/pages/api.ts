import { api, call, queryClient } from '@quancheng/ui'
import type { Subject } from '../rules/types.ts'

export type { Subject }
export type Draft = { name: string, url: string, asUserId: string | null, subjects: Subject[], note: string | null }
export type Hook = Draft & { id: string, version: number, asUserId: string, asUserName: string | null, asUserOff: boolean, off: boolean, updatedAt: string, updatedBy: string | null, successAt: string | null, failingSince: string | null, error: string | null, offReason: string | null, waiting: number, failed: number, oldSecretUntil: string | null, mayEdit: boolean }
export type Choices = { entities: Array<{ name: string, label: string, staged: boolean, personal: boolean }>, case: { name: string, label: string }, processes: Array<{ key: string, name: string }>, me: string | null, others: boolean }
export type State = 'waiting' | 'sending' | 'done' | 'failed' | 'dropped'
export type Delivery = { id: string, webhookId: string, webhookName: string, type: string, test: boolean, entity: string | null, recordId: string | null, label: string | null, at: string, state: State, dueAt: string | null, attempts: number, status: number | null, ms: number | null, error: string | null, finishedAt: string | null }
export type Details = Delivery & { url: string, messageId: string, hidden: boolean, body: string | null, answer: string | null, sentAt: string | null, tries: Array<{ at: string, status: number | null, ms: number, error?: string }> }

export const hooksKey = ['webhooks'] as const
export const logKey = ['webhook-deliveries'] as const
export const again = () => Promise.all([queryClient.invalidateQueries({ queryKey: hooksKey }), queryClient.invalidateQueries({ queryKey: logKey })])

export const hooksApi = {
  hooks: (signal: AbortSignal) => api.get<{ items: Hook[] }>('/webhooks/endpoints', { signal }),
  hook: (id: string, signal: AbortSignal) => api.get<Hook>(`/webhooks/endpoints/${id}`, { signal }),
  choices: (signal: AbortSignal) => api.get<Choices>('/webhooks/choices', { signal }),
  save: (id: string | null, draft: Draft, seen?: number) => id ? call<{ id: string, secret?: string }>('PUT', `/webhooks/endpoints/${id}`, { ...draft, seen }) : api.post<{ id: string, secret?: string }>('/webhooks/endpoints', draft),
  turn: (id: string, off: boolean, waiting: 'send' | 'drop') => api.post(`/webhooks/endpoints/${id}/switch`, { off, waiting }),
  renew: (id: string, overlapHours: number) => api.post<{ secret: string, oldUntil: string | null }>(`/webhooks/endpoints/${id}/secret`, { overlapHours }),
  test: (id: string) => api.post<{ deliveryId: string }>(`/webhooks/endpoints/${id}/test`, {}),
  remove: (id: string) => api.remove(`/webhooks/endpoints/${id}`),
  log: (q: { webhookId?: string | undefined, state?: string | undefined, after?: string | undefined }, signal: AbortSignal) => api.get<{ items: Delivery[], next: string | null }>('/webhooks/deliveries', { query: q, signal }),
  delivery: (id: string, signal?: AbortSignal) => api.get<Details>(`/webhooks/deliveries/${id}`, signal ? { signal } : {}),
  resend: (what: { ids?: string[], webhookId?: string }) => api.post<{ again: number }>('/webhooks/deliveries/again', what),
  settings: (signal: AbortSignal) => api.get<{ hosts: string, own: boolean }>('/webhooks/settings', { signal }),
  saveSettings: (hosts: string) => call<{ hosts: string }>('PUT', '/webhooks/settings', { hosts }),
}
