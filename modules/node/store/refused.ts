import { elevated, hereOf, type Refused } from '@quancheng/kernel'
import { holdersAbove, raiseAlarm } from '@quancheng/process'

/** Said twice, done once: nobody has to call anybody. */
const DONE_ALREADY = /_(ANSWERED|GIVEN|DONE)$/
const text = (v: unknown): string => (typeof v === 'string' ? v.trim() : '')

/**
 * What was taken at head office and told 已收到, and cannot be done here after all (the slot is taken, the number is over): the station's manager hears of
 * it, with whom to call; and whoever did it at head office, by name. Once a command.
 */
export const refusedHere: Refused = async (ctx, { command: c, label, error }) => {
  const here = hereOf(ctx.runtime)
  if (!here || DONE_ALREADY.test(error.code)) return
  const input = (c.input ?? {}) as Record<string, unknown>
  const who = [text(input.name) || text(input.customerName), text(input.phone)].filter(Boolean).join(' ')
  const told = await holdersAbove(ctx, here.unitId, 'stationManager')
  await raiseAlarm(elevated(ctx, '转办没有办成'), {
    kind: 'notice', title: `本部转来的“${label}”没有办成：${error.body('zh-CN').message}${who ? `，请联系 ${who}` : ''}`.slice(0, 200), entity: null, recordId: null, stepKey: `relay/${c.id}`, stage: null, unitId: here.unitId, ownerId: null, recipientIds: [...new Set([...told, ...(c.userId ? [c.userId] : [])])],
  })
}
