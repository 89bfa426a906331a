import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { WatchedChange, Wants } from '../module.ts'

/*
 * Watchers: listeners of whatever a tenant asks for. What it asks for is kept with `known`, so that an act of whose records nobody wants to hear
 * sends nothing more: no question, no row in the outbox. The decision falls while the change is written and travels with its event.
 */

export interface Wanted { name: string; wants: Wants; every: boolean }

/** Called by the write pipeline before it traces a change: learns once an act what this tenant wants to hear of. */
export async function askWatchers(ctx: Ctx, entity: CompiledEntity): Promise<void> {
  if (entity.watchable || ctx.runtime.watchers.some(w => w.every)) await ask(ctx)
}

async function ask(ctx: Ctx): Promise<readonly Wanted[]> {
  if (ctx.tenant.wanted) return ctx.tenant.wanted
  const wanted: Wanted[] = []
  for (const w of ctx.runtime.watchers) wanted.push({ name: w.name, wants: await w.wants(ctx), every: w.every ?? false })
  return ctx.tenant.wanted = wanted
}

/** `fields`: what the watchers choose by, where an entity would have its changed fields. */
export interface Told { subject: string; event: string; recordId: string; unitId: string | null; fields: readonly string[]; note: unknown }

/** Something that happened and is no write to a record (a case went on): one statement where a watcher named `subject` and wants it, else none. */
export async function tellWatchers(ctx: Ctx, t: Told): Promise<void> {
  if (!ctx.runtime.watchers.length) return
  const $for = (await ask(ctx)).filter(w => w.wants.get(t.subject)?.({ event: t.event, how: 'changed', fields: t.fields })).map(w => w.name)
  if (!$for.length) return
  const payload: WatchedPayload = { $note: t.note ?? null, $change: { version: 0, how: 'changed', fields: t.fields, ...(ctx.cause === undefined ? {} : { cause: ctx.cause }) }, $for }
  ctx.send('insert into outbox (tenant_id, entity, record_id, unit_id, at, event, payload) values ($1, $2, $3, $4, $5, $6, $7)', [ctx.tenant.id, t.subject, t.recordId, t.unitId, ctx.now(), t.event, JSON.stringify(payload)], 'tell_watchers')
}

/** What the outbox keeps of a change that watchers want, beside the note for those who listen anyway. */
export interface WatchedPayload { $note: unknown; $change: WatchedChange; $for: string[] }

/** Null: no watcher of this tenant wants this change. */
export function watched(ctx: Ctx, entity: CompiledEntity, event: string, change: Omit<WatchedChange, 'fields' | 'cause'>, fieldsOf: () => readonly string[], note: unknown): WatchedPayload | null {
  const asked = (ctx.tenant.wanted ?? []).flatMap(w => { const wants = entity.watchable || w.every ? w.wants.get(entity.name) : undefined; return wants ? [{ name: w.name, wants }] : [] })
  if (!asked.length) return null
  const fields = fieldsOf()
  const $for = asked.filter(w => w.wants({ event, how: change.how, fields })).map(w => w.name)
  return $for.length ? { $note: note ?? null, $change: { ...change, fields, ...(ctx.cause === undefined ? {} : { cause: ctx.cause }) }, $for } : null
}

/** The other way round, for the worker; null for an event that no watcher asked for. */
export function openWatched(payload: unknown): { note: unknown; change: WatchedChange; for: readonly string[] } | null {
  const p = payload as Partial<WatchedPayload> | null
  return p && typeof p === 'object' && p.$change && p.$for ? { note: p.$note, change: p.$change, for: p.$for } : null
}
