import { storeNew } from '@quancheng/kernel'
import type { Receiver } from '@quancheng/importer'

/**
 * A lead of another system: one that had ended there is kept as ended; any other is somebody's to work on, the one whom the file names or whom
 * the rules give it to, and its clocks begin now.
 */
export const leadReceiver: Receiver = {
  fields: ['ownerId', 'state'],
  async store(ctx, given, origin) {
    const values: Record<string, unknown> = { ...given }
    if (values.state === 'converted') values.convertedAt = ctx.now()
    else if (values.state !== 'discarded') delete values.state
    if (values.ownerId && !values.unitId) values.unitId = (await ctx.query<{ unit: string | null }>('select unit_id as unit from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, values.ownerId]))[0]?.unit ?? null
    values.unitId ??= values.state ? ctx.user?.unitId ?? null : null
    const row = await storeNew(ctx, ctx.entities.get('lead'), values, { act: 'import', note: { ...origin } })
    return { id: row.id as string, version: row.version as number }
  },
}
