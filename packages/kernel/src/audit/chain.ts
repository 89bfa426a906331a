import { createHash, hash } from 'node:crypto'

/**
 * The record of a record: one entry a change, numbered by the record's version, each hash covering the one before it.
 * `hash = sha256(previous hash ‖ JSON of [tenant, entity, record, seq, at, actor, act, reason, ip, unit] ‖ digest)`, `digest = sha256(canonical payload)`.
 * Personal data can be removed from a payload later: its digest stays, and the entry of that act (`erase`) holds a digest of all that
 * was left of the entries before it. Nothing else can change without the chain telling.
 */
export interface AuditPayload { before: Record<string, unknown> | null; after: Record<string, unknown> | null; note: unknown }

/** JSON with sorted keys: the same text before and after a journey through jsonb. */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (value instanceof Date) return JSON.stringify(value.toISOString())
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object') {
    const o = value as Record<string, unknown>
    return `{${Object.keys(o).filter(k => o[k] !== undefined).toSorted().map(k => `${JSON.stringify(k)}:${canonical(o[k])}`).join(',')}}`
  }
  return JSON.stringify(value)
}

export const digestOf = (payload: AuditPayload): Buffer => digestOfText(canonical(payload))
/** The digest of a payload that is canonical already. */
export const digestOfText = (text: string): Buffer => hash('sha256', text, 'buffer')

export interface ChainLink { tenantId: string; entity: string; recordId: string; seq: number; at: Date; actorId: string | null; act: string; reason: string | null; ip: string | null; unitId: string | null; digest: Buffer }

/** What the first entry of a record follows. */
const FIRST = Buffer.alloc(32)

export function hashOf(previous: Buffer | null, l: ChainLink): Buffer {
  const link = JSON.stringify([l.tenantId, l.entity, l.recordId, l.seq, l.at.toISOString(), l.actorId, l.act, l.reason, l.ip, l.unitId])
  return hash('sha256', Buffer.concat([previous ?? FIRST, Buffer.from(link), l.digest]), 'buffer')
}

/** What is left of the entries of a record after its personal data went; kept in the note of the `erase` entry. */
export const remainderOf = (entries: ReadonlyArray<{ seq: number; payload: AuditPayload | null }>): string =>
  createHash('sha256').update(canonical(entries.map(e => [e.seq, e.payload]))).digest('hex')
