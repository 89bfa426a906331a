export type ProcessErrorCode =
  | 'STEP_NOT_ACTIVE'
  | 'OUTCOME_UNKNOWN'
  | 'OUTCOME_REQUIRED'
  | 'NODE_UNKNOWN'
  | 'NO_PATH'
  | 'INSTANCE_LOOP'
  | 'TIMER_VALUE'
  | 'JOIN_NOT_READY'
  | 'PROCESS_UNKNOWN'
  | 'DECISION_UNKNOWN'
  | 'MULTI_VALUE'
  | 'MULTI_TOO_MANY'
  | 'SCOPE_DEPTH'
  | 'START_UNKNOWN'
  | 'STEP_NOT_COMPLETABLE'
  | 'ACTIVITY_NOT_STARTABLE'
  | 'JUMP_REFUSED'

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
