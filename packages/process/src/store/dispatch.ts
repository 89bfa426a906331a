import type { Ctx, Runtime } from '@quancheng/kernel'

/*
 * A step of a post that nobody has by the model's own rules lies in the pool until somebody takes it. A module may give it to a person the moment it
 * opens: by skill, load, distance. What it answers is as good as the model's own word: the step waits for that person.
 */

export interface DispatchAsked { key: string; stepId: string; nodeId: string; name: string; role: string; unitId: string; entity: string; recordId: string; record: Readonly<Record<string, unknown>>; label: string | null }

/** Null: it stays in the pool. Must not ask the database where its tenant dispatches nothing (`known`): every step that opens calls it. */
export type DispatchResolver = (ctx: Ctx, o: DispatchAsked) => Promise<string | null>

const DISPATCH_SERVICE = 'process.dispatch'

export const registerDispatch = (runtime: Runtime, resolver: DispatchResolver): void => { runtime.services.set(DISPATCH_SERVICE, resolver) }

export const dispatched = async (ctx: Ctx, o: DispatchAsked): Promise<string | null> =>
  (await (ctx.runtime.services.get(DISPATCH_SERVICE) as DispatchResolver | undefined)?.(ctx, o)) ?? null
