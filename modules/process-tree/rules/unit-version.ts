import { known, type Ctx } from '@quancheng/kernel'
import type { VersionResolver } from '@quancheng/process'

/** Units that are held on a version of their own; everybody else follows the newest. */
const held = (ctx: Ctx, key: string): Promise<ReadonlyMap<string, number>> => known(ctx, `process-rollouts/${key}`, async () =>
  new Map((await ctx.query<{ unit_id: string; release: number }>('select unit_id, release from process_rollout where tenant_id = $1 and process_key = $2 and release is not null', [ctx.tenant.id, key])).map(r => [r.unit_id, r.release])))

export const resolveVersion: VersionResolver = async (ctx, { key, unitId }) => (await held(ctx, key)).get(unitId) ?? null
