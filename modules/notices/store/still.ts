import type { Ctx, Runtime } from '@quancheng/kernel'
import type { NoticeEvent } from '../entities/kinds.ts'

/** Whether what a notice says is still so; `occasion` is what the module that made it gave. */
export type Still = (ctx: Ctx, occasion: string) => Promise<boolean>

const all = new WeakMap<Runtime, Map<NoticeEvent, Still>>()

/** A notice may wait for the morning: before it leaves, the module whose event it is says whether it is still to be told. */
export function registerStill(runtime: Runtime, events: readonly NoticeEvent[], still: Still): void {
  const known = all.get(runtime) ?? new Map<NoticeEvent, Still>()
  for (const event of events) known.set(event, still)
  all.set(runtime, known)
}

/** The key is event / occasion / customer / channel, and an occasion may have strokes of its own. */
export const occasionOf = (key: string): string => key.split('/').slice(1, -2).join('/')
export const stillSo = async (ctx: Ctx, n: { event: NoticeEvent; key: string }): Promise<boolean> => (await all.get(ctx.runtime)?.get(n.event)?.(ctx, occasionOf(n.key))) ?? true
