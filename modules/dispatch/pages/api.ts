import { api, type Task } from '@quancheng/ui'

export type Ranked = { id: string, name: string, fits: boolean, score: number, text: string }
export type Work = {
  id: string, requestId: string, number: string, model: string | null, nodeId: string, stage: string, role: string, fault: string | null, faultDescription: string | null, enteredAt: string, dueAt: string | null, lateness: Task['lateness'], minutes: number
  ownerId: string | null, ownerName: string | null, needs: Array<{ name: string, level: number }>, chosenId: string | null, ranked: Ranked[]
}
export type Person = { id: string, name: string, roles: string[], open: number, paused: number, limit: number, skills: Array<{ skillId: string, name: string, level: number }>, absent: string | null }
export type Mode = 'off' | 'suggest' | 'automatic'
export type Board = { unit: { id: string, code: string, name: string }, at: string, truncated: boolean, modes: Record<string, Mode>, work: Work[], people: Person[] }

export type Slot = { startsAt: string, endsAt: string }
export type ServiceKind = 'bringIn' | 'pickUp' | 'onSite'
export type BookingState = 'booked' | 'arrived' | 'missed' | 'cancelled'
export type Booked = { id: string, number: string, ruleId: string, service: ServiceKind, startsAt: string, endsAt: string, state: BookingState, name: string, phone: string | null, faultDescription: string | null, address: string | null, requestId: string | null, requestNumber: string | null, resource: string | null, line: string | null, reason: string | null }
export type Day = { unit: { id: string, code: string, name: string, kind: string }, day: string, today: string, next: string, rules: Array<{ ruleId: string, service: ServiceKind, slots: Array<Slot & { left: number, why?: string }> }>, bookings: Booked[] }

export const boardKey = (unitId: string | null) => ['dispatch', 'board', unitId ?? ''] as const
export const dayKey = (unitId: string | null, day: string | null) => ['bookings', unitId ?? '', day ?? ''] as const

export const dispatchApi = {
  board: (unitId: string | null, signal: AbortSignal) => api.get<Board>('/dispatch', { query: unitId ? { unitId } : {}, signal }),
  assign: (taskId: string, personId: string) => api.post<{ why: string }>(`/dispatch/${taskId}/assign`, { personId }),
  day: (unitId: string | null, day: string | null, signal: AbortSignal) => api.get<Day>('/bookings-day', { query: { ...(unitId ? { unitId } : {}), ...(day ? { day } : {}) }, signal }),
  slots: (ruleId: string, signal: AbortSignal) => api.get<{ slots: Array<Slot & { left: number, why?: string }> }>(`/slot-rules/${ruleId}/slots`, { signal }),
  book: (ruleId: string, body: Record<string, unknown>) => api.post<{ number: string }>(`/slot-rules/${ruleId}/bookings`, body),
  arrive: (id: string) => api.post<{ requestId: string, number: string | null }>(`/bookings/${id}/arrive`),
  missed: (id: string) => api.post(`/bookings/${id}/missed`),
  cancel: (id: string, reason: string) => api.post(`/bookings/${id}/cancel`, { reason }),
  rebook: (id: string, startsAt: string) => api.post(`/bookings/${id}/rebook`, { startsAt }),
}
