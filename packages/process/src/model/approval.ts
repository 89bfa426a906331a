import { flag, listOf } from './extension.ts'
import type { Moddle } from './moddle.ts'
import { called, extensions, get, text } from './moddle.ts'
import type { Findings } from './problems.ts'
import { refuse } from './problems.ts'
import type { Approver, ApprovalSpec, Outcome } from './types.ts'

const MODES = ['all', 'any', 'sequence'] as const
const WHO = 'role:岗位代码、field:字段、user:用户名、starter、starter.manager'

/** `<qc:approval …>` of a user task; null: it is an ordinary task. */
export function readApproval(element: Moddle, outcomes: readonly Outcome[], findings: Findings): ApprovalSpec | null {
  const [approval, second] = extensions(element, 'qc:Approval')
  if (!approval) return null
  const say = (what: string) => refuse(findings, element.id, 'QC_INVALID', `${called(element)}的审批${what}`)
  if (second) say('写了两次')
  const mode = MODES.find((m) => m === (text(approval, 'mode') ?? 'all'))
  if (!mode) say('方式应为 all（会签）、any（或签）或 sequence（依次）')
  const share = shareOf(text(approval, 'share'))
  if (share === null) say('通过比例应为 0 到 1 之间的数、分数（2/3）或百分数（66%）')
  if (mode !== 'all' && (get(approval, 'share') !== undefined || flag(approval, 'veto'))) say('只有会签（mode="all"）可以写通过比例和一票否决')
  const who = listOf(text(approval, 'who')).map(approverOf)
  if (!who.length || who.includes(null)) say(`人（who）应为 ${WHO}，多个用逗号分开`)
  const [approve, reject] = [text(approval, 'approve') ?? 'approve', text(approval, 'reject') ?? 'reject']
  for (const id of [approve, reject]) if (!outcomes.some((o) => o.id === id)) say(`需要办理结果“${id}”（qc:outcome）`)
  return { mode: mode ?? 'all', share: share ?? 1, veto: flag(approval, 'veto'), who: who.filter((w) => w !== null), approve, reject }
}

/** Above 0, at most 1. A fraction is exact: two thirds of nine are six. */
function shareOf(value: string | null): number | null {
  if (value === null) return 1
  const [, n, unit] = /^(\d+(?:\.\d+)?)(%|\/\d+)?$/.exec(value) ?? []
  if (n === undefined) return null
  const share = Number(n) / (unit === '%' ? 100 : unit ? Number(unit.slice(1)) : 1)
  return share > 0 && share <= 1 ? share : null
}

function approverOf(value: string): Approver | null {
  if (value === 'starter') return { by: 'starter' }
  if (value === 'starter.manager') return { by: 'manager' }
  const [, by, name] = /^(role|field|user):([\w.-]+)$/.exec(value) ?? []
  if (by === 'role') return { by, role: name! }
  if (by === 'field') return { by, field: name! }
  if (by === 'user') return { by, username: name! }
  return null
}
