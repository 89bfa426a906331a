import { AppError, attempt, type Ctx } from '@quancheng/kernel'
import { raiseAlarm, closeAlarms } from './alarms.ts'
import { administrators } from './incidents.ts'

const ALARM_KEY = 80
const keyOf = (process: string): string => `start/${process}`.slice(0, ALARM_KEY)

/**
 * A process begins by itself, and nobody is there to be told that it could not: what refuses it is undone and becomes an alarm for the
 * administrators, which closes when the process begins again. Null: it was refused.
 */
export async function orAlarm<T>(ctx: Ctx, process: { key: string; name: string }, run: () => Promise<T>): Promise<T | null> {
  try {
    const done = await attempt(ctx, run)
    await closeAlarms(ctx, [keyOf(process.key)], ['incident'])
    return done
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const reason = typeof error.details?.reason === 'string' ? error.details.reason : typeof error.details?.summary === 'string' ? error.details.summary : error.message
    await raiseAlarm(ctx, { kind: 'incident', title: `流程“${process.name}”没有开始：${reason}`.slice(0, 200), entity: null, recordId: null, stepKey: keyOf(process.key), stage: null, unitId: null, ownerId: null, recipientIds: await administrators(ctx) })
    return null
  }
}
