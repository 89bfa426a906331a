import type { CaseEta, Eta } from '@quancheng/ui'

/** What the server answers; instants as text. */
export type Age = 'within' | 'warn' | 'late' | 'twice' | 'paused' | 'hour' | 'day' | 'days' | 'more'
export type StepLine = {
  node: string, name: string, kind: string, open: number, oldestAt: string, oldestMinutes: number, medianMinutes: number
  late: number, warn: number, paused: number, unassigned: number, incident: number, ages: Partial<Record<Age, number>>
}
export type Outcome = { id: string, label: string, danger: boolean, confirm: string | null, requiresComment: boolean }
export type NodeActs = { nodeId: string, name: string, approval: boolean, outcomes: Outcome[], pauseReasons: string[] }
export type Totals = Record<'open' | 'late' | 'warn' | 'paused' | 'unassigned' | 'incident', number>
export type Overview = { process: { key: string, name: string, version: number, versions: number[], entities: string[], free: boolean }, at: string, dayMinutes: number, steps: StepLine[], nodes: NodeActs[], totals: Totals }

export type CaseLine = {
  id: string, caseId: string, stepId: string | null, label: string | null, entity: string | null, recordId: string | null, version: number, state: string, node: string | null, step: string | null, stepState: 'waiting' | 'active' | 'paused' | null, kind: string | null, role: string | null
  unitName: string | null, assigneeId: string | null, assigneeName: string | null, voters: string | null, enteredAt: string | null, ageMinutes: number, dueAt: string | null, tentative: boolean, lateness: 'ok' | 'warn' | 'late', minutesLeft: number | null, pausedFor: string | null
  startedAt: string, starterName: string | null, endedAt: string | null, endName: string | null, urgedAt: string | null, incident: boolean, unassigned: boolean, seen: string, eta: Eta | null, caseEta: CaseEta | null
}
export type Page = { items: CaseLine[], next: string | null, total?: number }
export type ProcessChoice = { key: string, name: string, version: number, open: boolean }

export type ActName = 'handOver' | 'release' | 'urge' | 'pause' | 'resume' | 'complete' | 'sendBack' | 'cancel'
export type ActResult = { caseId: string, stepId: string | null, label: string | null, ok: boolean, code?: string, message?: string }
export type ActedOn = { act: ActName, done: number, refused: number, results: ActResult[] }
