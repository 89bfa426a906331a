import type { CaseStep, FieldMeta, Lateness } from '../../core/types.ts'

/** Answers of /api/approvals and /api/cases (docs/api.md). */
export type VoteView = CaseStep & {
  id: string, kind: string, answer: string | null, assigneeName: string | null, actorName: string | null, forName: string | null, handedFrom: string | null
  added: { byName: string | null, how: 'before' | 'after' | 'parallel' } | null, minutesUsed: number, dueAt?: string | null, minutesLeft?: number | null, tentative?: boolean, lateness: Lateness
}
export type ApprovalStep = VoteView & { votes?: VoteView[], gate?: { caseId: string } | null }
export type ApprovalField = FieldMeta & { value: unknown, valueLabel: unknown }

export type ApprovalView = {
  id: string, title: string, label: string, entity: string, entityLabel: string, plural: string, recordId: string
  starter: { id: string, name: string, unitName: string | null } | null, reason: 'record' | 'starter' | 'asked' | 'acted' | 'copy'
  form: ApprovalField[], instance: { id: string, state: string, startedAt: string, endedAt: string | null, endName: string | null }
  process: { key: string, name: string, version: number }, steps: ApprovalStep[], planned: Array<{ nodeId: string, name: string, end?: boolean }>, current: string[], done: string[], xmlUrl: string
  copies: Array<{ name: string, readAt: string | null, sentAt: string }>, urgedAt: string | null, task: { id: string, forName: string | null, kind: string } | null
  can: { withdraw: boolean, urge: boolean, copy: boolean, openRecord: boolean, reassign: string[] }
}

export type CaseRow = {
  id: string, entity: string, recordId: string, process: string, key: string, title: string, summary: string, state: string, stage: string, startedAt: string, endedAt: string | null
  starterName: string | null, at: string, readAt: string | null, note: string | null, byName: string | null, waitsFor: string | null
}
export type CaseList = { items: CaseRow[], next: string | null }

export const approvalKeys = { all: ['approvals'] as const, one: (id: string) => ['approvals', 'one', id] as const, box: (box: string) => ['approvals', 'box', box] as const }
