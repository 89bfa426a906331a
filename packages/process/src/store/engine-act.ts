import { AppError } from '@quancheng/kernel'
import { ProcessError, type Effects } from '../engine/index.ts'
import { FeelError } from '../feel/index.ts'

/** Runs the pure engine; its refusals become answers with a stable code. Tokens that can never go on are stored as an incident (incidents.ts). */
export function engineAct(run: () => Effects): Effects {
  try { return run() } catch (error) {
    if (error instanceof ProcessError) {
      if (error.code === 'STEP_NOT_ACTIVE') throw new AppError('TASK_DONE', error.params)
      if (error.code === 'OUTCOME_UNKNOWN' || error.code === 'OUTCOME_REQUIRED') throw new AppError(error.code, error.params)
      throw new AppError('PROCESS_BROKEN', { reason: error.message, ...error.params })
    }
    if (error instanceof FeelError) throw new AppError('PROCESS_BROKEN', { reason: error.message })
    throw error
  }
}
