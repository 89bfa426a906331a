import { conditionsHold, stateAt, type State } from '@quancheng/automation'
import { fieldLevel, scopesOf, type CompiledEntity, type Ctx, type OutboxEvent, type WatchedChange } from '@quancheng/kernel'
import { CASE_SUBJECT, type CaseNews } from '@quancheng/process'
import { toldAs, typeOf, type Happened } from '../rules/events.ts'
import type { Asked } from './in-force.ts'
import { asOwner, reachedBefore, recordFor, unitReached } from './owner.ts'

export type Event = OutboxEvent & { change: WatchedChange }
/** One message: `source` names it among the messages of its webhook. `dropped`: why it is kept but not sent. */
export interface Message { source: string; type: string; entity: string | null; recordId: string | null; version: number; data: Record<string, unknown>; dropped?: string }

/** How far a message may grow, bytes; a longer one goes without the record, which the receiver then asks for. */
const MOST_BYTES = 256 * 1024

/** What one webhook is told of an event, with the eyes of its owner; nothing where they may not see it. */
export async function messagesFor(ctx: Ctx, a: Asked, e: Event, state: () => Promise<State>): Promise<Message[]> {
  const happened: Happened = { event: e.event, how: e.change.how, fields: e.change.fields }
  const as = await asOwner(ctx, a.hook.asUserId)
  if (!as) return []
  return a.subject.entity === CASE_SUBJECT ? caseMessages(as, a, e, happened) : recordMessages(ctx, as, a, e, happened, state)
}

async function recordMessages(ctx: Ctx, as: Ctx, a: Asked, e: Event, happened: Happened, state: () => Promise<State>): Promise<Message[]> {
  const kind = toldAs(a.subject, happened), entity = ctx.entities.find(e.entity)
  if (kind === null || !entity) return []
  const type = typeOf(entity.name, kind)
  const about = { source: `${e.recordId}/${e.change.version}/${kind}`, type, entity: entity.name, recordId: e.recordId, version: e.change.version }
  const held = a.conditions ? conditionsHold(a.conditions, await state()) : true
  if (held === false) return []
  const record = e.change.how === 'removed' ? null : await recordFor(as, entity, e.recordId)
  if (!record && !(e.change.how === 'removed' && (await reachedBefore(as, entity, e.recordId, (await state()).old)))) return []
  const data = { entity: entity.name, id: e.recordId, version: e.change.version, act: e.event.slice(e.event.indexOf('.') + 1), changed: seen(as, entity, e.change.fields), record }
  return [{ ...about, data, ...(held === true ? {} : { dropped: held }) }]
}

/** names of fields are told as far as the fields are */
const seen = (as: Ctx, entity: CompiledEntity, fields: readonly string[]): string[] => fields.filter(name => { const f = entity.fields.get(name); return f !== undefined && fieldLevel(as.access, entity, f) !== 'none' })

async function caseMessages(as: Ctx, a: Asked, e: Event, happened: Happened): Promise<Message[]> {
  const news = e.payload as CaseNews
  if (a.subject.processes.length && !a.subject.processes.includes(news.process)) return []
  const entity = news.entity ? as.entities.find(news.entity) : undefined
  const record = entity && news.recordId ? await recordFor(as, entity, news.recordId) : null
  if (entity ? !record : !(await mayReadCase(as, e.unitId))) return []
  const wanted = (kind: string): boolean => a.subject.events.includes(kind)
  const base = { case: { id: e.recordId, process: news.process, processName: news.processName, ...(entity ? {} : { label: news.label }) }, entity: news.entity, id: news.recordId }
  const one = (kind: string, key: string, more: Record<string, unknown>): Message => ({ source: `${e.recordId}/${key}/${kind}`, type: kind, entity: news.entity ?? CASE_SUBJECT, recordId: news.recordId ?? e.recordId, version: 0, data: { ...base, ...more, record } })
  return [
    ...(happened.fields.includes('started') && wanted('case.started') ? [one('case.started', 'start', {})] : []),
    ...(wanted('stage.finished') ? news.finished.map(s => one('stage.finished', s.stepId, { step: s })) : []),
    ...(wanted('stage.entered') ? news.entered.map(s => one('stage.entered', s.stepId, { step: s })) : []),
    ...(news.ended && wanted('case.ended') ? [one('case.ended', 'end', { end: news.ended })] : []),
  ]
}

/** A case without a record is seen by those who look after processes, as far as they do. */
async function mayReadCase(as: Ctx, unitId: string | null): Promise<boolean> {
  const scopes = scopesOf(as.access, null, 'process:read')
  return scopes !== null && (scopes.has('all') || (unitId !== null && unitReached(as, scopes, unitId)))
}

export function bodyOf(m: Message, at: Date): string {
  const body = JSON.stringify({ type: m.type, timestamp: at.toISOString(), data: m.data })
  return Buffer.byteLength(body) <= MOST_BYTES ? body : JSON.stringify({ type: m.type, timestamp: at.toISOString(), data: { ...m.data, record: null, tooLarge: true } })
}

/** What the record was by this event, looked up once whoever asks. */
export const stateOf = (ctx: Ctx, e: Event): (() => Promise<State>) => {
  let known: Promise<State> | null = null
  return () => known ??= stateAt(ctx, ctx.entities.get(e.entity), e.recordId, e.change.version, e.at)
}
