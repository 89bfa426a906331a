import type { Effects, InstanceState, TimerToArm } from '../engine/index.ts'
import type { NodeType } from '../model/index.ts'

/** Counterparts by node id: what has none is absent. */
export type NodeMapping = Readonly<Record<string, string>>

/** What a person says of the mapping: a node id of the target, or null for none; what is not named is found by the program. */
export type MappingAsked = Readonly<Record<string, string | null>>

export type MigrationCode =
  | 'NODE_MISSING' | 'KIND_DIFFERS' | 'NESTING_DIFFERS' | 'LOOP_DIFFERS' | 'MAPPINGS_DIFFER' | 'APPROVAL_DIFFERS' | 'CALL_DIFFERS' | 'MAPPED_TWICE'
  | 'JOIN_DIFFERS' | 'JOIN_STARVED' | 'BRANCHES_DIFFER' | 'UNDO_MISSING' | 'GATE_MISSING'
  | 'EVENT_GONE' | 'EVENT_NEW' | 'EVENT_CHANGED' | 'STANDARD_CHANGED' | 'ROLE_CHANGED' | 'HANDLER_CHANGED'

/**
 * Something about a node and its counterpart, in a sentence for people. `refuse`: a case that is there cannot go over; `note`: it can, and
 * this is what changes for it.
 */
export interface MigrationProblem {
  code: MigrationCode
  severity: 'refuse' | 'note'
  /** of the old version */
  nodeId: string
  /** of the new version */
  toId: string | null
  message: string
}

/** One node of the old version at which a case can be, and what it becomes. `how`: by its id, by its name, or because a person said so. */
export interface MappedNode { id: string; name: string; type: NodeType; to: string | null; how: 'id' | 'name' | 'told' | 'none' }

/** A node of the new version that may be chosen as a counterpart. */
export interface TargetNode { id: string; name: string; type: NodeType }

export interface MigrationPlan {
  mapping: NodeMapping
  nodes: readonly MappedNode[]
  targets: readonly TargetNode[]
  /** for any case; which of them a case meets depends on where it is */
  problems: readonly MigrationProblem[]
}

/** A timer that is on the list for a step, scope or subscription of the case. */
export interface PendingTimer { ownerId: string; nodeId: string }

/** Everything that changes for one case, as plain data. */
export interface Migration {
  /** the state on the new version, before `effects` */
  state: InstanceState
  /** live steps with another node, or one that says something else; kind and scope stay */
  steps: readonly { id: string; from: string; to: string }[]
  /** ids of flows at joins have become those of the new version */
  joinsMoved: boolean
  /** timers that go on as they are, for the same event under its new id */
  timersMoved: readonly { ownerId: string; from: string; to: string }[]
  /** timers whose event there is no more; `nodeId` of the old version */
  timersGone: readonly { ownerId: string; nodeId: string }[]
  /** timers that now run for another time, counted from when they were armed first; `was`: the old version's event */
  timersReset: readonly { timer: TimerToArm; was: string }[]
  /** what a service task is to be asked now, where its program or its inputs have changed */
  services: readonly { stepId: string; handler: string; input: Record<string, unknown>; headers: Readonly<Record<string, string>> }[]
  /** events that are new begin to be waited for, those that are gone are waited for no longer, and joins that need not wait any more go on */
  effects: Effects
}

export type Migrated = { ok: true; migration: Migration } | { ok: false; problems: readonly MigrationProblem[] }
