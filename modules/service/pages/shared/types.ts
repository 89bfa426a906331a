import type { CaseEta, Eta, Filter, Row, Task } from '@quancheng/ui'

type Lateness = Task['lateness']

/** Answers of the service routes (docs/api.md) that the pages read. Times are ISO instants, durations minutes. */

export type Station = { id: string, code: string, name: string, phone?: string | null, address?: string | null }

export type KioskView = { unit: Station, tenant: string, productLines: Array<{ id: string, name: string }>, waiting: number, called: Array<{ number: string, at: string }> }

export type Taken = { id: string, number: string, startedAt: string, code: string, trackUrl: string, ahead: number, printing?: boolean }

export type TrackStage = { nodeId: string, name: string, state: 'done' | 'current' | 'todo', paused: string | null, minutes: number | null, enteredAt: string | null, finishedAt: string | null }

export type TrackView = {
  number: string, device: string | null, phone: string | null, startedAt: string, ended: boolean, stage: string
  stages: TrackStage[], next: string | null, expected: string | null, basedOn?: number, station: { name: string, phone: string | null, address: string | null } | null
  /** only by the link, never by number and code */
  estimate?: TrackEstimate | null
}

export type TrackEstimate = { id: string, lines: Array<{ name: string, quantity: number, price: string, amount: string }>, total: string, validUntil: string | null, note: string | null, open: boolean, state: 'open' | 'accepted' | 'declined' | 'replaced' | 'dropped' | 'expired' | 'closed', answeredAt: string | null }

export type BoardCard = {
  id: string, taskId: string, number: string, title: string, customer: string | null, nodeId: string, stage: string, state: 'waiting' | 'active' | 'paused'
  ownerId: string | null, ownerName: string | null, unitId: string, repeatDays: number | null, lawRights: string[], enteredAt: string, dueAt: string | null, lateness: Lateness, minutes: number, pausedFor: string | null, eta: Eta | null
}

export type BoardLane = { nodeId: string, name: string, cards: BoardCard[] }

export type BoardPerson = {
  userId: string, name: string, unitName: string, roles: string[], open: number, late: number, doneToday: number, onTimeRate: number | null
  current: Array<{ id: string, number: string, stage: string, lateness: Lateness, minutes: number }>
}

export type BoardAlarm = { id: string, kind: string, title: string, stage: string | null, recordId: string | null, raisedAt: string, level: number }

export type BoardView = {
  unit: Station & { kind: string }, at: string, truncated: boolean, likely: number, lanes: BoardLane[], people: BoardPerson[], alarms: BoardAlarm[]
  totals: { open: number, late: number, warn: number, paused: number, pool: number, doneToday: number, onTimeRate: number | null }
}

export type RollupLine = {
  unitId: string, code: string, name: string, kind: string, open: number, late: number, warn: number, takenToday: number, endedToday: number, doneToday: number
  onTimeRate: number | null, medianMinutes: number | null, filter: Filter
}

export type RollupView = {
  unit: (Station & { kind: string, parentId: string | null }) | null, at: string, lines: RollupLine[]
  totals: Omit<RollupLine, 'unitId' | 'code' | 'name' | 'kind' | 'medianMinutes' | 'filter'>
}

export type DeskFound = { customers: Array<Row & { devices: Row[] }>, devices: Row[], requests: Row[] }

export type Registered = { request: Row, taskId: string }

export type TaskList = { items: TaskItem[], next: string | null, counts: { mine: number, pool: number, copies: number } }
export type TaskItem = Task & { pausedFor?: string | null, finishedAt?: string | null }

export type CaseStep = TaskItem & { outcome: string | null, comment: string | null, pauses: Array<{ from: string, to: string | null, reason: string }> }

export type CaseAnswer = {
  instance: { id: string, state: string, startedAt: string, endedAt: string | null, endName: string | null } | null
  process: { key: string, name: string, version: number } | null
  eta?: CaseEta | null
  steps: CaseStep[], planned: Array<{ nodeId: string, name: string, end?: boolean }>, current: string[], done: string[], xmlUrl?: string
}

/** A stage that is likely to be late, before it is. */
export type LikelyLateItem = { taskId: string, caseId: string, entity: string | null, recordId: string | null, title: string, stage: string, unitName: string | null, ownerName: string | null, dueAt: string, eta: Eta }
