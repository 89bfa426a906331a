import { api } from '@quancheng/ui'

export type StockLine = { partId: string, code: string, name: string, measure: string, price: string, onHand: number, reserved: number, available: number, waiting: number }
export type StockAnswer = { unit: { id: string, code: string, name: string } | null, items: StockLine[] }
export type MoveKind = 'receive' | 'reserve' | 'release' | 'use' | 'return' | 'adjust'
export type Move = { id: string, kind: MoveKind, quantity: number, onHand: number, reserved: number, note: string | null, at: string, by: string | null, requestId: string | null, number: string | null }
export type LineState = 'reserved' | 'waiting' | 'used' | 'released' | 'returned' | 'agreed'
export type Line = { id: string, kind: 'part' | 'labour', partId: string | null, code: string | null, measure: string | null, name: string, quantity: number, unitPrice: string, amount: string, state: LineState }
export type Lines = { lines: Line[], total: string, mayAdd: boolean, mayUse: boolean, repeatDays: number | null, free: { labour: boolean, parts: boolean } }

export const stockKey = (unitId: string | null, q: string) => ['parts', 'stock', unitId ?? '', q] as const
export const linesKey = (requestId: string) => ['parts', 'lines', requestId] as const

export const partsApi = {
  stock: (unitId: string | null, q: string, signal: AbortSignal) => api.get<StockAnswer>('/parts/stock', { query: { ...(unitId ? { unitId } : {}), q }, signal }),
  ledger: (partId: string, unitId: string, signal: AbortSignal) => api.get<{ items: Move[] }>(`/parts/${partId}/ledger`, { query: { unitId }, signal }),
  receive: (body: { partId: string, unitId: string, quantity: number, note?: string }) => api.post('/parts/receive', body),
  adjust: (body: { partId: string, unitId: string, quantity: number, note: string }) => api.post('/parts/adjust', body),
  lines: (requestId: string, signal: AbortSignal) => api.get<Lines>(`/service-requests/${requestId}/lines`, { signal }),
  add: (requestId: string, body: { partId?: string, name?: string, quantity?: number, unitPrice?: string }) => api.post<{ state: LineState, total: string }>(`/service-requests/${requestId}/lines`, body),
  decide: (id: string, verb: 'use' | 'release' | 'return') => api.post(`/part-lines/${id}/${verb}`),
}
