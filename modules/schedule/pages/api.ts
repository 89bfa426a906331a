import { api, call, queryClient } from '@quancheng/ui'

export type Shape = 'day' | 'week' | 'month' | 'list'
export type How = 'this' | 'following' | 'all'
export type Item = { key: string, id: string | null, day: string, from: string, to: string, allDay: boolean, free: boolean, title: string, kind: string, place: string | null, level: 'write' | 'full' | 'busy', who: string | null, unitName: string | null, answer: string | null, repeats: boolean, source: string | null, href: string | null, done: boolean }
export type Page = { title: string, items: Item[], days: Record<string, 'off' | 'work'>, now: string }
export type Named = { id: string, name: string }
export type Calendars = { me: Named & { unitId: string | null }, teams: Array<Named & { plan: boolean }>, people: Array<Named & { access: string }>, shares: Array<{ id: string, personId: string, name: string, access: string }>, resources: Array<Named & { kind: string, unitName: string | null }>, members: Named[], feed: { on: boolean, renewedAt: string } | null }
export type Taken = { from: string, to: string, what: string, place: string | null }
export type PersonTime = { id: string, name: string, unitName: string | null, known: boolean, free: boolean, busy: Taken[] }
export type EventPage = {
  id: string, version: number, title: string, kind: string, startsAt: string, endsAt: string, day: string, allDay: boolean, free: boolean, place: string | null, ownerId: string, ownerName: string, unitId: string | null, unitName: string | null, resourceId: string | null, resourceName: string | null,
  rule: string | null, ruleText: string | null, skipHolidays: boolean, reminderMinutes: number | null, visibility: string, note: string | null, about: string | null, aboutHref: string | null, budget: string | null, people: Array<Named & { answer: string }>,
  level: 'write' | 'full', mine: string | null, tasks: Array<{ id: string, title: string, ownerName: string | null, stage: string, dueAt: string | null }>, done: number | null
}
/** Which calendar is looked at: `mine`, `team:<id>`, `resource:<id>`, `person:<id>`. */
export type Which = string

const again = () => queryClient.invalidateQueries({ queryKey: ['schedule'] })
const changed = async <T>(answer: Promise<T>): Promise<T> => { const value = await answer; await again(); return value }

export const scheduleApi = {
  page: (which: Which, from: string, to: string, signal: AbortSignal) => { const [view, id] = which.split(':'); return api.get<Page>('/schedule', { query: { view: view!, ...(id ? { id } : {}), from, to }, signal }) },
  calendars: (signal: AbortSignal) => api.get<Calendars>('/schedule/calendars', { signal }),
  event: (id: string, day: string | null, signal: AbortSignal) => api.get<EventPage>(`/schedule/events/${id}`, { query: day ? { day } : {}, signal }),
  add: (values: Record<string, unknown>) => changed(api.post<{ id: string }>('/schedule/events', values)),
  change: (id: string, values: Record<string, unknown>) => changed(call<{ id: string }>('PATCH', `/schedule/events/${id}`, values)),
  cancel: (id: string, how: How, day: string) => changed(call('DELETE', `/schedule/events/${id}?how=${how}&day=${day}`)),
  answer: (id: string, answer: string) => changed(api.post(`/schedule/events/${id}/answer`, { answer })),
  addTask: (id: string, title: string, toId: string | null) => changed(api.post(`/schedule/events/${id}/tasks`, { title, ...(toId ? { toId } : {}) })),
  freeBusy: (people: string[], from: string, to: string, but: string | null, signal: AbortSignal) => api.get<{ people: PersonTime[], free: number, unknown: number }>('/schedule/free-busy', { query: { people: people.join(','), from, to, ...(but ? { but } : {}) }, signal }),
  now: (unitId: string | null, signal: AbortSignal) => api.get<{ at: string, people: PersonTime[] }>('/schedule/now', { query: unitId ? { unitId } : {}, signal }),
  share: (personId: string, access: string) => changed(api.post('/schedule/shares', { personId, access })),
  unshare: (id: string) => changed(api.remove(`/schedule/shares/${id}`)),
  feed: () => changed(api.post<{ path: string }>('/schedule/feed')),
  stopFeed: () => changed(api.post('/schedule/feed/stop')),
  colleagues: (q: string, signal: AbortSignal) => api.get<{ items: Array<Named & { unitName: string | null }> }>('/colleagues', { query: { q }, signal }),
}
