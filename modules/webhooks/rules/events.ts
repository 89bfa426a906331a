import { CASE_SUBJECT } from '@quancheng/process'
import type { Subject } from './types.ts'
export { ACTS, ALARM, ALARM_KINDS, CASE_KINDS, RECORD_KINDS } from './event-names.ts'

export interface Happened { event: string; how: 'created' | 'changed' | 'removed'; fields: readonly string[] }

const CASES: Record<string, string> = { started: 'case.started', entered: 'stage.entered', finished: 'stage.finished', ended: 'case.ended' }
const actOf = (event: string): string => event.slice(event.indexOf('.') + 1)

/** What an event is to those who choose: its kinds, the narrowest first. A write that made a record and has a name of its own is both. */
export function kindsOf(entity: string, e: Happened): string[] {
  if (entity === CASE_SUBJECT) return e.fields.flatMap(f => CASES[f] ?? [])
  if (entity === 'alarm') {
    if (e.how === 'created' || (e.how === 'changed' && e.fields.includes('raisedAt'))) return ['raised']
    return e.how === 'changed' && e.fields.includes('closedAt') ? ['closed'] : []
  }
  return [`act:${actOf(e.event)}`, e.how]
}

/** The kind under which a subject is told of this event; null: not at all. Of a case there may be several at once, see `payload`. */
export function toldAs(s: Pick<Subject, 'entity' | 'events' | 'fields'>, e: Happened): string | null {
  return kindsOf(s.entity, e).find(k => s.events.includes(k) && (k !== 'changed' || !s.fields.length || s.fields.some(f => e.fields.includes(f)))) ?? null
}

/** `serviceRequest.move`, `customer.created`, `stage.entered`: the type that the receiver reads. */
export const typeOf = (entity: string, kind: string): string => (kind.includes('.') ? kind : `${entity}.${kind.startsWith('act:') ? kind.slice(4) : kind}`)
