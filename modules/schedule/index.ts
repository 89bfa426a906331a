/*
 * For other modules, from their `start: runtime => …` (add '@quancheng/schedule' to your package.json):
 *
 *   registerAgenda(runtime, { name: 'sales.next', label: ['下次跟进', 'Next action'],
 *     items: async (ctx, { personIds, from, to }) => [{ id, personId, title, from: nextAt, href: `/e/engagements/${id}` }] })
 *   registerBusy(runtime, { name: 'parts.count', busy: async (ctx, { personIds, resourceIds, from, to }) => [{ personId, from, to, what: '盘点' }] })
 *
 * An agenda item only shows; a busy time makes its person (or resource) taken. Types: AgendaSource, AgendaItem, BusySource, Busy in store/sources.ts.
 */
export { registerAgenda, registerBusy, type AgendaItem, type AgendaQuery, type AgendaSource, type Busy, type BusyQuery, type BusySource } from './store/sources.ts'
