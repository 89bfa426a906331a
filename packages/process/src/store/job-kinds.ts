/** Kinds of jobs that the process store puts on the list. */
export const JOB_SLA = 'process.sla'
export const JOB_POOL = 'process.pool'
export const JOB_TIMER = 'process.timer'
export const JOB_REMIND = 'process.remind'
/** a program does a service task */
export const JOB_SERVICE = 'process.service'
/** a message or signal is handed on */
export const JOB_DELIVER = 'process.deliver'
/** a message that was kept meets somebody who waits for it */
export const JOB_MATCH = 'process.match'
/** conditions are looked at, for records that changed outside their process */
export const JOB_LOOK = 'process.look'
/** a process begins by its timer */
export const JOB_START = 'process.start'
/** running cases go over to another version, a batch at a time */
export const JOB_MIGRATE = 'process.migrate'

/** a night of learning from ended cases, and one process of it */
export const JOB_LEARN = 'process.learn'
/** once a minute: stages that are likely to be late */
export const JOB_FORESEE = 'process.foresee'

/** a step's clock visits it at most this often under a key of its own: warning, breach, escalation, and one that found the step in use */
const SLA_ROUNDS = 4
/** The key of a visit. A running job still holds its own row, so the next visit has another key. */
export const slaKey = (stepId: string, round: number): string => (round === 0 ? stepId : `${stepId}:${round}`)
export const slaKeys = (stepId: string): string[] => Array.from({ length: SLA_ROUNDS }, (_, i) => slaKey(stepId, i))
export const remindKey = (stepId: string, minutes: number): string => `${stepId}:${minutes}`
