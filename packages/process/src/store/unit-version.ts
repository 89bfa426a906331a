import type { Ctx } from '@quancheng/kernel'

/**
 * Which version of a process the new cases of a unit start on; null: the newest. A module that rolls versions out unit by unit registers it; it must
 * not ask the database where nothing has been rolled out (`known`).
 */
export type VersionResolver = (ctx: Ctx, o: { key: string; unitId: string }) => Promise<number | null>

export const VERSION_SERVICE = 'process.version'

export async function versionFor(ctx: Ctx, key: string, unitId: string | null): Promise<number | undefined> {
  if (!unitId) return undefined
  const resolver = ctx.runtime.services.get(VERSION_SERVICE) as VersionResolver | undefined
  return (await resolver?.(ctx, { key, unitId })) ?? undefined
}
