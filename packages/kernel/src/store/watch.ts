import type { Ctx } from '../context.ts'
import type { CompiledEntity } from '../entity/compile.ts'
import type { WatchedChange, Wants } from '../module.ts'

/*
 * Watchers: listeners of whatever a tenant asks for. What it asks for is kept with `known`, so that an act of whose records nobody wants to hear
 * sends nothing more: no question, no row in the outbox. The decision falls while the change is written and travels with its event.
 */

export interface Wanted { name: string; wants: Wants }

/** Called by the write pipeline before it traces a change: learns once an act what this tenant wants to hear of. */
export async function askWatchers(ctx: Ctx, entity: CompiledEntity): Promise<void> {
  if (!entity.watchable || ctx.tenant.wanted) return
  const wanted: Wanted[] = []
  for (const w of ctx.runtime.watchers) wanted.push({ name: w.name, wants: await w.wants(ctx) })
  ctx.tenant.wanted = wanted
}

/** What the outbox keeps of a change that watchers want, beside the note for those who listen anyway. */
export interface WatchedPayload { $note: unknown; $change: WatchedChange; $for: string[] }

/** Null: no watcher of this tenant wants this change. */
export function watched(ctx: Ctx, entity: CompiledEntity, event: string, change: Omit<WatchedChange, 'fields' | 'cause'>, fieldsOf: () => readonly string[], note: unknown): WatchedPayload | null {
  const asked = entity.watchable ? (ctx.tenant.wanted ?? []).flatMap(w => { const wants = w.wants.get(entity.name); return wants ? [{ name: w.name, wants }] : [] }) : []
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
