/** What is wrong with a model, for the person who drew it. Codes are stable; see the package's README for the list. */
export type ProblemCode =
  | 'XML_TOO_LARGE' | 'XML_DOCTYPE' | 'XML_INVALID' | 'MODEL_TOO_LARGE'
  | 'ELEMENT_UNKNOWN' | 'ID_DUPLICATE' | 'ID_MISSING' | 'REFERENCE_UNRESOLVED'
  | 'PROCESS_NONE' | 'PROCESS_SEVERAL' | 'PROCESS_NOT_MARKED'
  | 'ELEMENT_UNSUPPORTED' | 'FEATURE_UNSUPPORTED' | 'FOREIGN_EXTENSION' | 'QC_UNKNOWN' | 'QC_INVALID'
  | 'START_MISSING' | 'START_SEVERAL' | 'START_INCOMING' | 'END_MISSING' | 'END_OUTGOING'
  | 'FLOW_DANGLING' | 'NODE_UNREACHABLE' | 'NODE_DEAD_END' | 'BOUNDARY_INVALID'
  | 'GATEWAY_NO_DEFAULT' | 'CONDITION_MISSING' | 'CONDITION_UNUSED' | 'CONDITION_LANGUAGE' | 'DEFAULT_INVALID'
  | 'FEEL_SYNTAX' | 'FEEL_UNKNOWN_FUNCTION' | 'FEEL_TOO_COMPLEX' | 'TIMER_INVALID'
  | 'HANDLER_MISSING' | 'HANDLER_UNKNOWN' | 'ROLE_MISSING' | 'ROLE_UNKNOWN'
  | 'EVENT_INVALID' | 'LINK_INVALID' | 'LOOP_INVALID' | 'MULTI_INVALID' | 'GATEWAY_INVALID' | 'COMPENSATION_INVALID'
  | 'SCRIPT_LANGUAGE' | 'MAPPING_INVALID' | 'CALL_INVALID' | 'NAME_MISSING'
  | 'OUTCOME_DUPLICATE' | 'OUTCOME_TARGET' | 'OUTCOME_UNDECLARED' | 'ASSIGN_INVALID'

export interface Problem {
  /** the BPMN element; null where the file as a whole is meant */
  elementId: string | null
  code: ProblemCode
  /** a Chinese sentence */
  message: string
}

/** Gathers everything that is wrong, so that a modeller is told once and not ten times. */
export interface Findings {
  problems: Problem[]
  warnings: Problem[]
}

export function newFindings(): Findings {
  return { problems: [], warnings: [] }
}

export function refuse(findings: Findings, elementId: string | null | undefined, code: ProblemCode, message: string): void {
  findings.problems.push({ elementId: elementId ?? null, code, message })
}

export function warn(findings: Findings, elementId: string | null | undefined, code: ProblemCode, message: string): void {
  findings.warnings.push({ elementId: elementId ?? null, code, message })
}

/** Thrown by compileProcess: the model is refused, with every reason. */
export class ProcessModelError extends Error {
  readonly code = 'PROCESS_INVALID'
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]

  constructor(findings: Findings) {
    const first = findings.problems[0]
    const more = findings.problems.length > 1 ? `（共 ${findings.problems.length} 处问题）` : ''
    super(`流程模型不能发布：${first?.message ?? ''}${more}`)
    this.name = 'ProcessModelError'
    this.problems = findings.problems
    this.warnings = findings.warnings
  }
}
