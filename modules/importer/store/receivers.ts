import type { Ctx, Runtime } from '@quancheng/kernel'

/** How a record of an entity comes to be that no form makes (one with a process): given checked input, it answers the new record. */
export type Receiver = (ctx: Ctx, input: Record<string, unknown>) => Promise<{ id: string; version: number }>

const place = (entity: string): string => `importer.receiver.${entity}`

/** A module whose entity has a verb of its own for a new record says how an imported one is stored. */
export const registerReceiver = (runtime: Runtime, entity: string, receive: Receiver): void => { runtime.services.set(place(entity), receive) }

export function storeOf(ctx: Ctx, entity: string): { store?: (input: Record<string, unknown>) => Promise<{ id: string; version: number }> } {
  const receive = ctx.runtime.services.get(place(entity)) as Receiver | undefined
  return receive ? { store: input => receive(ctx, input) } : {}
}
