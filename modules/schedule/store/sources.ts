import type { Ctx, Label, Runtime } from '@quancheng/kernel'

/** A time at which somebody, or something, is taken. `what` is shown to everybody who may see that they are busy: no names and no secrets in it. */
export interface Busy { personId: string | null; resourceId?: string | null; from: Date; to: Date; what: string; place?: string | null }
export interface BusyQuery { personIds: readonly string[]; resourceIds: readonly string[]; from: Date; to: Date }
/** 忙闲的来源: what of another module takes people's time. `busy` is asked with system eyes: it answers for whomever it is asked. */
export interface BusySource { name: string; busy(ctx: Ctx, q: BusyQuery): Promise<Busy[]> }

/** A dated thing of another module, shown on its person's calendar and opened where it lives. Instants; `allDay` shows the day only; `to` absent: half an hour. */
export interface AgendaItem { id: string; personId: string; title: string; from: Date; to?: Date; allDay?: boolean; /** page of the record, such as /e/engagements/… */ href: string; done?: boolean }
export interface AgendaQuery { personIds: readonly string[]; from: Date; to: Date }
/** 日历上的其他事: read-only. `items` runs with the rights of who looks: answer only what they may read (`visible(ctx, entity, alias)`). */
export interface AgendaSource { name: string; label: Label; items(ctx: Ctx, q: AgendaQuery): Promise<AgendaItem[]> }

const BUSY = 'schedule.busy', AGENDA = 'schedule.agenda'

function add<T extends { name: string }>(runtime: Runtime, key: string, source: T): void {
  const there = (runtime.services.get(key) as T[] | undefined) ?? []
  runtime.services.set(key, [...there.filter(s => s.name !== source.name), source])
}

/** From a module's `start(runtime)`; the same name again replaces. */
export const registerBusy = (runtime: Runtime, source: BusySource): void => add(runtime, BUSY, source)
/** From a module's `start(runtime)`; the same name again replaces. */
export const registerAgenda = (runtime: Runtime, source: AgendaSource): void => add(runtime, AGENDA, source)

export const busySources = (runtime: Runtime): readonly BusySource[] => (runtime.services.get(BUSY) as BusySource[] | undefined) ?? []
export const agendaSources = (runtime: Runtime): readonly AgendaSource[] => (runtime.services.get(AGENDA) as AgendaSource[] | undefined) ?? []
