export type ProcessErrorCode =
  | 'STEP_NOT_ACTIVE'
  | 'OUTCOME_UNKNOWN'
  | 'OUTCOME_REQUIRED'
  | 'NODE_UNKNOWN'
  | 'NO_PATH'
  | 'INSTANCE_LOOP'
  | 'TIMER_VALUE'
  | 'JOIN_NOT_READY'

/** A refused act; nothing has changed. Codes are stable, the message is for people. */
export class ProcessError extends Error {
  readonly code: ProcessErrorCode
  readonly params: Readonly<Record<string, unknown>>

  constructor(code: ProcessErrorCode, message: string, params: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ProcessError'
    this.code = code
    this.params = params
  }
}
