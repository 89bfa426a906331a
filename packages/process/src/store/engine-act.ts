import { AppError } from '@quancheng/kernel'
import { ProcessError, type Effects } from '../engine/index.ts'
import { FeelError } from '../feel/index.ts'

/** Runs the pure engine; its refusals become answers with a stable code, its dead ends are told as such. */
export function engineAct(run: () => Effects): Effects {
  let effects: Effects
  try { effects = run() } catch (error) {
    if (error instanceof ProcessError) {
      if (error.code === 'STEP_NOT_ACTIVE') throw new AppError('TASK_DONE', error.params)
      if (error.code === 'OUTCOME_UNKNOWN' || error.code === 'OUTCOME_REQUIRED') throw new AppError(error.code, error.params)
      throw new AppError('PROCESS_BROKEN', { reason: error.message, ...error.params })
    }
    if (error instanceof FeelError) throw new AppError('PROCESS_BROKEN', { reason: error.message })
    throw error
  }
  if (effects.stuck.length) throw new AppError('PROCESS_BROKEN', { reason: effects.stuck.map(s => s.name).join('、') })
  return effects
}
