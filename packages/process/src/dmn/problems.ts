import type { FeelErrorCode } from '../feel/index.ts'

/** What is wrong with a model or table, for the person who made it. Codes are stable. */
export type DmnProblemCode =
  | 'XML_TOO_LARGE' | 'XML_DOCTYPE' | 'XML_INVALID' | 'MODEL_TOO_LARGE' | 'NOT_DMN'
  | 'ELEMENT_UNSUPPORTED' | 'ELEMENT_IGNORED' | 'ID_MISSING' | 'ID_DUPLICATE' | 'NAME_MISSING' | 'NAME_INVALID' | 'NAME_DUPLICATE'
  | 'REFERENCE_UNRESOLVED' | 'REQUIREMENT_CYCLE' | 'REQUIREMENT_MISSING' | 'DECISION_NONE' | 'DECISION_SEVERAL' | 'NOT_A_TABLE'
  | 'EXPRESSION_MISSING' | 'EXPRESSION_LANGUAGE' | FeelErrorCode
  | 'HIT_POLICY_INVALID' | 'AGGREGATION_INVALID' | 'TYPE_UNKNOWN' | 'TABLE_EMPTY' | 'RULE_SHAPE'
  | 'OUTPUT_VALUES_MISSING' | 'VALUE_NOT_ALLOWED' | 'VALUE_NOT_QUOTED'
  | 'RULE_OVERLAP' | 'RULE_GAP' | 'RULE_UNREACHABLE' | 'NOT_ANALYSED'

export interface DmnProblem {
  /** the element, input, output or rule; null where the file as a whole is meant */
  elementId: string | null
  code: DmnProblemCode
  /** a Chinese sentence */
  message: string
}

/** Everything at once, so that nobody repairs the same table ten times. */
export interface DmnFindings {
  /** with any of these nothing is decided */
  problems: DmnProblem[]
  warnings: DmnProblem[]
}

export function newFindings(): DmnFindings {
  return { problems: [], warnings: [] }
}

export function refuse(findings: DmnFindings, elementId: string | null | undefined, code: DmnProblemCode, message: string): void {
  findings.problems.push({ elementId: elementId ?? null, code, message })
}

export function warn(findings: DmnFindings, elementId: string | null | undefined, code: DmnProblemCode, message: string): void {
  findings.warnings.push({ elementId: elementId ?? null, code, message })
}
