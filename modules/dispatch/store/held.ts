import type { Ctx, Runtime } from '@quancheng/kernel'

/** A time at which a resource is not there for customers, because something else of the company has it. `what`: why, for the people of the station; no titles in it. */
export interface Held { resourceId: string; from: Date; to: Date; what: string }
export interface HeldQuery { resourceIds: readonly string[]; from: Date; to: Date }
export type HeldSource = (ctx: Ctx, q: HeldQuery) => Promise<Held[]>

const HELD = 'dispatch.held'
const sourcesOf = (runtime: Runtime): Map<string, HeldSource> => (runtime.services.get(HELD) as Map<string, HeldSource> | undefined) ?? new Map()

/** From a module's `start(runtime)`: what else takes rooms, places and people that customers can book; the same name again replaces. */
export const registerHeld = (runtime: Runtime, name: string, source: HeldSource): void => { runtime.services.set(HELD, new Map([...sourcesOf(runtime), [name, source]])) }

export async function heldBetween(ctx: Ctx, q: HeldQuery): Promise<Held[]> {
  if (!q.resourceIds.length) return []
  const all: Held[] = []
  for (const source of sourcesOf(ctx.runtime).values()) all.push(...await source(ctx, q))
  return all
}
