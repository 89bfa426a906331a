import type { CaseEta, Eta } from '@quancheng/ui'

/** One case as the server tells it. */
export type Step = {
  id: string, nodeId: string, name: string, kind: string, state: string, assigneeId: string | null, assigneeName: string | null, actorName: string | null, enteredAt: string, finishedAt: string | null, dueAt: string | null, tentative: boolean
  lateness: 'ok' | 'warn' | 'late', minutesUsed: number, minutesLeft: number | null, pausedFor: string | null, outcome: string | null, comment: string | null, eta: Eta | null, votes?: Step[]
}
export type Acts = Record<'claim' | 'complete' | 'release' | 'reassign' | 'pause' | 'resume', boolean>
export type CaseView = {
  id: string, label: string, entity: string | null, entityLabel: string | null, plural: string | null, recordId: string | null, unitName: string | null, starterName: string | null, urgedAt: string | null, dayMinutes: number
  instance: { id: string, state: string, startedAt: string, endedAt: string | null, endName: string | null }, process: { key: string, name: string, version: number }
  eta: CaseEta | null
  steps: Step[], planned: Array<{ nodeId: string, name: string }>, current: string[], done: string[], xmlUrl: string, nextDueAt: string | null
  waits: Array<{ kind: string, name: string | null, key: string | null, since: string }>, incidents: Array<{ id: string, message: string | null, at: string, resolvedAt: string | null }>
  related: { cases: Array<{ id: string, label: string | null, process: string, state: string, how: 'waitsFor' | 'waitedBy' | 'sameRecord' }>, called: Array<{ key: string, version: number | null }> }
  variables: Record<string, unknown> | null, seen: Record<string, string>, acts: Record<string, Acts>, can: { cancel: boolean, urge: boolean }
}
