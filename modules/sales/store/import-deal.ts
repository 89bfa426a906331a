import { startOfDay, storeNew, type Ctx } from '@quancheng/kernel'
import type { Receiver } from '@quancheng/importer'

/** What an export of another system says of a deal beside the form: where it stood, when and why it ended. */
const FIELDS = ['stage', 'chance', 'closedAt', 'lostReason', 'lostTo', 'source'] as const

/** An ended deal without a day of its own ended on the day that it names for its close, but never after today. */
const endOf = (ctx: Ctx, closeOn: string): Date => {
  const day = startOfDay(new Date(`${closeOn}T00:00:00Z`), ctx.tenant.timeZone)
  return day > ctx.now() ? ctx.now() : day
}

/**
 * A deal of another system stands here where it stood there: an open one is a case that begins at its stage, an ended one is history and no case.
 * Its block is the one of its owner, where the file names none.
 */
export const dealReceiver: Receiver = {
  fields: FIELDS,
  async store(ctx, given, origin) {
    const values: Record<string, unknown> = { ...given }, stage = String(values.stage ?? 'qualify')
    if (values.ownerId && !values.unitId) values.unitId = (await ctx.query<{ unit: string | null }>('select unit_id as unit from "user" where tenant_id = $1 and id = $2', [ctx.tenant.id, values.ownerId]))[0]?.unit ?? null
    if (stage === 'won' || stage === 'lost') {
      const ended = values.closedAt as Date | null | undefined
      values.closedAt = ended && ended < ctx.now() ? ended : values.closeOn ? endOf(ctx, String(values.closeOn)) : null
      Object.assign(values, { stageAt: values.closedAt, chance: stage === 'won' ? 100 : 0 })
    } else values.closedAt = null
    if (stage !== 'lost') Object.assign(values, { lostReason: null, lostTo: null })
    const row = await storeNew(ctx, ctx.entities.get('opportunity'), values, { act: 'import', note: { ...origin } })
    return { id: row.id as string, version: row.version as number }
  },
}
