import type { Ctx, Runtime } from '@quancheng/kernel'

/** A request has come to another stage. Told in the act that moves it, so that what follows from it stands or falls with the move. */
export interface StageChange { id: string; number: string; unitId: string; from: string; to: string }
type Listener = (ctx: Ctx, change: StageChange) => Promise<void>

const STAGES_SERVICE = 'service.stages'
/** The stages in which a request has ended. */
export const ENDED = ['collected', 'refused', 'transferred', 'returned'] as const

/** For modules that build on this one. A listener must ask the database nothing where its tenant has no use for it: every move calls it. */
export function onStage(runtime: Runtime, listener: Listener): void {
  runtime.services.set(STAGES_SERVICE, [...((runtime.services.get(STAGES_SERVICE) as Listener[] | undefined) ?? []), listener])
}

export async function tellStage(ctx: Ctx, change: StageChange): Promise<void> {
  for (const listener of (ctx.runtime.services.get(STAGES_SERVICE) as Listener[] | undefined) ?? []) await listener(ctx, change)
}
