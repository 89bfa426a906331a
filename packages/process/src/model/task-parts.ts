import { flag, listOf, requiredText } from './extension.ts'
import type { Moddle } from './moddle.ts'
import { called, extensions, get, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import type { TaskContext } from './task.ts'
import type { AssignRule, Clock, Outcome, Standard } from './types.ts'

export function readOutcomes(element: Moddle, { outgoing, findings }: TaskContext): Outcome[] {
  const outcomes = extensions(element, 'qc:Outcome').map((o): Outcome => {
    const id = requiredText(o, 'id', element, findings)
    const target = text(o, 'target')
    const flow = target === null ? null : (outgoing.find((f) => f.id === target || f.target === target) ?? null)
    if (target !== null && flow === null) {
      refuse(findings, element.id, 'OUTCOME_TARGET', `${called(element)}的结果“${id}”指向“${target}”，但没有连线直接到那里`)
    }
    return {
      id,
      label: requiredText(o, 'label', element, findings),
      flowId: flow?.id ?? null,
      danger: flag(o, 'danger'),
      confirm: text(o, 'confirm'),
      requiresComment: flag(o, 'requiresComment'),
      gate: text(o, 'gate'),
    }
  })
  const ids = outcomes.map((o) => o.id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice) refuse(findings, element.id, 'OUTCOME_DUPLICATE', `${called(element)}的结果“${twice}”重复`)
  return outcomes
}

export function readAssign(element: Moddle, { isNode, findings }: TaskContext): AssignRule {
  const value = text(element, 'qc:assign') ?? 'pool'
  if (value === 'pool' || value === 'completer') return { rule: value }
  const nodeId = value.startsWith('previous:') ? value.slice('previous:'.length) : ''
  if (!isNode(nodeId)) refuse(findings, element.id, 'ASSIGN_INVALID', `${called(element)}的 assign“${value}”无效`)
  return { rule: 'previous', nodeId }
}

export function readClock(value: string | null, owner: Moddle, findings: Findings, otherwise: Clock): Clock {
  if (value === null) return otherwise
  if (value === 'business' || value === 'clock') return value
  refuse(findings, owner.id, 'QC_INVALID', `${called(owner)}的计时方式“${value}”无效，应为 business 或 clock`)
  return otherwise
}

export function readStandard(element: Moddle, findings: Findings): Standard | null {
  const [standard, second] = extensions(element, 'qc:Standard')
  if (!standard) return null
  if (second) refuse(findings, element.id, 'QC_INVALID', `${called(element)}有多个时间标准`)
  const minutes = positive(standard, 'minutes')
  const warnPercent = get(standard, 'warn') === undefined ? 80 : positive(standard, 'warn')
  const remindMinutes = listOf(text(standard, 'remind')).map(Number)
  if (minutes === null || warnPercent === null || warnPercent > 100 || remindMinutes.some((m) => !(m > 0))) {
    refuse(findings, element.id, 'QC_INVALID', `${called(element)}的时间标准无效：分钟数须为正数，预警比例须在 1–100`)
  }
  return {
    minutes: minutes ?? 0,
    clock: readClock(text(standard, 'clock'), element, findings, 'business'),
    warnPercent: warnPercent ?? 80,
    pauseReasons: listOf(text(standard, 'pauseReasons')),
    remindMinutes,
  }
}

function positive(element: Moddle, name: string): number | null {
  const value = get(element, name)
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null
}

export function checkUnique(element: Moddle, what: string, ids: string[], findings: Findings): void {
  const twice = ids.find((id, i) => id !== '' && ids.indexOf(id) !== i)
  if (twice) refuse(findings, element.id, 'QC_INVALID', `${called(element)}的 ${what}“${twice}”重复`)
}
