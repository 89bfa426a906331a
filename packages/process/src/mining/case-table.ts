/**
 * The history of one process in columns: what `ActivityRow` says of one step takes 33 bytes here and no object, so that 65,000 steps are
 * read through in milliseconds. Steps of a case lie side by side in order of the mining (by completion), so no pass over them sorts.
 */
export interface CaseTable {
  /** grows with every change; whatever was computed from an older generation is out of date */
  generation: number
  activities: Names
  nodes: Names
  roles: Names
  /** a person's id or the name an imported log gives; number 0 is nobody */
  people: Names
  labels: Names
  /** of each label: its activity, node and role */
  labelActivity: number[]
  labelNode: number[]
  labelRole: number[]
  /** kinds of records that cases belong to */
  entities: Set<string>

  /** Cases, by slot. A slot is never given to another case. */
  ids: string[]
  slotOf: Map<string, number>
  /** ms since 1970 */
  caseStarted: Float64Array
  /** NaN while it is open */
  caseEnded: Float64Array
  /** the model's version */
  caseVersion: Uint32Array
  /** number of the end node among `nodes`; 0 where unknown */
  caseEnd: Uint32Array
  /** 1 where the case came to an end of its own, not by being cancelled */
  caseWhole: Uint8Array
  first: Uint32Array
  length: Uint32Array

  /** Steps. Times in ms since 1970, NaN where there is none. */
  steps: number
  /** steps that no case refers to any more */
  dead: number
  label: Uint32Array
  who: Uint32Array
  entered: Float64Array
  started: Float64Array
  finished: Float64Array
  flags: Uint8Array
}

/** The step is of a log that knows completions only. */
export const COMPLETE_ONLY = 1
/** It ended after its due time. */
export const LATE = 2
/** It had a due time and has ended. */
export const JUDGED = 4

export interface Names { list: string[]; index: Map<string, number> }

export interface NewCase { id: string; started: number; ended: number; version: number; endNode: string; whole: boolean }
export interface NewStep { activity: string; nodeId: string; role: string; who: string; entered: number; started: number; finished: number; flags: number }

const names = (...list: string[]): Names => ({ list, index: new Map(list.map((name, i) => [name, i])) })

/** The number of a name, given at first sight. */
export function numberOf(of: Names, name: string): number {
  const known = of.index.get(name)
  if (known !== undefined) return known
  of.index.set(name, of.list.length)
  return of.list.push(name) - 1
}

export function caseTable(): CaseTable {
  return {
    generation: 0, activities: names(), nodes: names(''), roles: names(''), people: names(''), labels: names(), labelActivity: [], labelNode: [], labelRole: [], entities: new Set(),
    ids: [], slotOf: new Map(), caseStarted: new Float64Array(256), caseEnded: new Float64Array(256), caseVersion: new Uint32Array(256), caseEnd: new Uint32Array(256), caseWhole: new Uint8Array(256),
    first: new Uint32Array(256), length: new Uint32Array(256),
    steps: 0, dead: 0, label: new Uint32Array(1024), who: new Uint32Array(1024), entered: new Float64Array(1024), started: new Float64Array(1024), finished: new Float64Array(1024), flags: new Uint8Array(1024),
  }
}

export function labelNumber(t: CaseTable, activity: string, nodeId: string, role: string): number {
  const key = `${activity}\u0000${nodeId}\u0000${role}`
  const known = t.labels.index.get(key)
  if (known !== undefined) return known
  t.labelActivity.push(numberOf(t.activities, activity))
  t.labelNode.push(numberOf(t.nodes, nodeId))
  t.labelRole.push(numberOf(t.roles, role))
  return numberOf(t.labels, key)
}

type Sizable = Uint32Array | Float64Array | Uint8Array
const CASE_COLUMNS = ['caseStarted', 'caseEnded', 'caseVersion', 'caseEnd', 'caseWhole', 'first', 'length'] as const
const STEP_COLUMNS = ['label', 'who', 'entered', 'started', 'finished', 'flags'] as const

function grow(t: CaseTable, columns: readonly (typeof CASE_COLUMNS[number] | typeof STEP_COLUMNS[number])[], needed: number): void {
  for (const name of columns) {
    const old: Sizable = t[name]
    if (old.length >= needed) return
    const wider = new (old.constructor as new (n: number) => Sizable)(Math.max(needed, old.length * 2))
    wider.set(old as never)
    t[name] = wider as never
  }
}

/** Room for `n` more steps at the end; returns where they begin. Write the columns there, then call `putCase`. */
export function roomFor(t: CaseTable, n: number): number {
  grow(t, STEP_COLUMNS, t.steps + n)
  return t.steps
}

/**
 * Takes the `n` steps written at the end of the columns as the steps of this case: a new one, or the same again as it is now.
 * Steps may come in order of entry; they are put in order of the mining here.
 */
export function putCase(t: CaseTable, c: NewCase, n: number): void {
  let slot = t.slotOf.get(c.id)
  if (slot === undefined) {
    slot = t.ids.push(c.id) - 1
    t.slotOf.set(c.id, slot)
    grow(t, CASE_COLUMNS, slot + 1)
  } else t.dead += t.length[slot]!
  t.caseStarted[slot] = c.started
  t.caseEnded[slot] = c.ended
  t.caseVersion[slot] = c.version
  t.caseEnd[slot] = c.endNode ? numberOf(t.nodes, c.endNode) : 0
  t.caseWhole[slot] = c.whole ? 1 : 0
  t.first[slot] = t.steps
  t.length[slot] = n
  inOrder(t, t.steps, n)
  t.steps += n
  t.generation++
  if (t.dead > 4096 && t.dead > t.steps / 2) compact(t)
}

/** The same from objects; for tests and small tables. */
export function addCase(t: CaseTable, c: NewCase, steps: readonly NewStep[]): void {
  const from = roomFor(t, steps.length)
  for (const [i, s] of steps.entries()) {
    t.label[from + i] = labelNumber(t, s.activity, s.nodeId, s.role)
    t.who[from + i] = s.who ? numberOf(t.people, s.who) : 0
    t.entered[from + i] = s.entered
    t.started[from + i] = s.started
    t.finished[from + i] = s.finished
    t.flags[from + i] = s.flags
  }
  putCase(t, c, steps.length)
}

/** When a step counts for the order: its completion, its start where not completed, its entry where not started. */
export function momentAt(t: CaseTable, i: number): number {
  const finished = t.finished[i]!
  if (finished === finished) return finished
  const started = t.started[i]!
  return started === started ? started : t.entered[i]!
}

function inOrder(t: CaseTable, from: number, n: number): void {
  let sorted = true
  for (let i = from + 1; i < from + n && sorted; i++) sorted = momentAt(t, i) >= momentAt(t, i - 1)
  if (sorted) return
  const order = Array.from({ length: n }, (_, i) => from + i).sort((a, b) => momentAt(t, a) - momentAt(t, b))
  for (const name of STEP_COLUMNS) {
    const column: Sizable = t[name]
    const moved = order.map(i => column[i]!)
    column.set(moved, from)
  }
}

/** Moves the living steps together; slots stay, so a selection of slots stays true. */
function compact(t: CaseTable): void {
  const next = Object.fromEntries(STEP_COLUMNS.map(name => [name, new (t[name].constructor as new (n: number) => Sizable)(Math.max(1024, t.steps - t.dead))])) as Record<typeof STEP_COLUMNS[number], Sizable>
  let at = 0
  for (let slot = 0; slot < t.ids.length; slot++) {
    const from = t.first[slot]!, n = t.length[slot]!
    for (const name of STEP_COLUMNS) next[name].set(t[name].subarray(from, from + n) as never, at)
    t.first[slot] = at
    at += n
  }
  Object.assign(t, next)
  t.steps = at
  t.dead = 0
}

/** What the table holds in memory, bytes; names and ids as they are usually stored. */
export function bytesOf(t: CaseTable): number {
  const columns = [...CASE_COLUMNS, ...STEP_COLUMNS].reduce((sum, name) => sum + t[name].byteLength, 0)
  const text = [t.activities, t.nodes, t.roles, t.people, t.labels].reduce((sum, of) => sum + of.list.reduce((n, name) => n + 2 * name.length + 64, 0), 0)
  return columns + text + t.ids.length * 112
}

/** All cases, as a selection. */
export const everyCase = (t: CaseTable): Uint32Array => Uint32Array.from(t.ids.keys())
