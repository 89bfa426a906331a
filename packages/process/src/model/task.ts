import { readApproval } from './approval.ts'
import { readFields, readLayout } from './form.ts'
import { checkUnique, readAssign, readOutcomes, readStandard } from './task-parts.ts'
import { flag, outcomesOf, requiredText } from './extension.ts'
import type { Moddle } from './moddle.ts'
import { called, extensions, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse, warn } from './problems.ts'
import type { UserTaskSpec } from './types.ts'

export interface TaskContext {
  laneRole: string | null
  /** flows leaving the task, to resolve `target` of an outcome */
  outgoing: readonly { id: string; target: string }[]
  isNode: (id: string) => boolean
  knownRoles: ReadonlySet<string> | null
  findings: Findings
}

/** Everything the qc extension says about a user task: who, what to fill in and tick, how long, and what may follow. */
export function readUserTask(element: Moddle, context: TaskContext): UserTaskSpec {
  const { findings } = context
  const role = text(element, 'qc:role') ?? context.laneRole
  if (role === null) {
    if (!extensions(element, 'qc:Approval').length) warn(findings, element.id, 'ROLE_MISSING', `${called(element)}没有岗位，任何人都可办理`)
  } else if (context.knownRoles && !context.knownRoles.has(role)) warn(findings, element.id, 'ROLE_UNKNOWN', `岗位“${role}”不存在`)
  const spec: UserTaskSpec = {
    role,
    assign: readAssign(element, context),
    outcomes: readOutcomes(element, context),
    fields: readFields(element, findings),
    items: extensions(element, 'qc:Item').map((i) => ({
      id: requiredText(i, 'id', element, findings),
      label: requiredText(i, 'label', element, findings),
      required: flag(i, 'required'),
      outcomes: outcomesOf(i),
    })),
    script: extensions(element, 'qc:Script').map((s, index) => ({
      id: text(s, 'id') ?? `script${index + 1}`,
      text: requiredText(s, 'text', element, findings),
      required: flag(s, 'required'),
      outcomes: outcomesOf(s),
    })),
    standard: readStandard(element, findings),
    guide: extensions(element, 'qc:Guide').map((g) => text(g, 'text')).find((t) => t !== null) ?? null,
    approval: null,
  }
  spec.approval = readApproval(element, spec.outcomes, findings)
  const layout = readLayout(element, spec, findings)
  if (layout) spec.layout = layout
  checkUnique(element, 'qc:Field', spec.fields.map((f) => f.name), findings)
  checkUnique(element, 'qc:Item / qc:Script', [...spec.items, ...spec.script].map((i) => i.id), findings)
  checkOutcomeLists(element, spec, findings)
  return spec
}

function checkOutcomeLists(element: Moddle, spec: UserTaskSpec, findings: Findings): void {
  const declared = new Set(spec.outcomes.map((o) => o.id))
  const named = new Set([...spec.fields, ...spec.items, ...spec.script].flatMap((part) => part.outcomes ?? []))
  for (const id of named) {
    if (!declared.has(id)) refuse(findings, element.id, 'OUTCOME_UNDECLARED', `${called(element)}提到了没有定义的结果“${id}”`)
  }
}
