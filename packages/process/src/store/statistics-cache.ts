import type { Ctx } from '@quancheng/kernel'
import { bytesOf, caseTable, type CaseTable } from '../mining/case-table.ts'
import { changedCases, readCases, type LoadedVersion, type Reading } from './statistics-load.ts'

/*
 * The histories people look at, kept in columns from one look to the next and brought up to date by what changed since. How it stays true:
 *
 * - What changed is asked of the database by transaction number, never by time: every look keeps the oldest transaction that was still running in its
 *   snapshot (the watermark), and the next one reads again each case whose row, or one of whose open steps, was written by that transaction
 *   or a later one. Nothing committed can be older, so nothing is missed; what is read twice is the same twice. A clock that goes backwards,
 *   late commits and corrections of old cases change nothing about this. `age` compares transaction numbers across their wrap-around.
 * - Every act of the engine writes the case's row; claiming, beginning and pausing write only the open step. A step that is done or cancelled
 *   never changes alone. A changed case is read again whole, so a step that was cancelled is gone with the next look.
 * - A deleted case leaves no row to find: the number of cases is counted in the same snapshot, and when it is not what the table holds, the
 *   table is read anew. A deleted or replaced log has another definition id, which is part of the key; so has a new version, whose cases join the same
 *   table because the ids of the known versions are a subset of the new ones.
 * - An imported log never changes once it is there; only its existence is checked (its definition is read at every look).
 * - Each app process has its own tables and asks the database itself; no message between them can get lost.
 * - A transaction that has itself written (its changes may be rolled back) neither reads nor fills the tables.
 * - Who sees what is not in here: every look asks which cases the caller may see, and figures are kept under exactly that set of cases.
 */

/** Bytes of all tables and figures together, and steps of one table; a larger process is read at each look, within its dates. */
export const CACHE_LIMITS = { bytes: 256 * 1024 * 1024, steps: 1_000_000, figures: 24 }

interface Kept { value: unknown; generation: number; bytes: number }
export interface Entry { table: CaseTable; definitions: Set<string>; watermark: string | null; figures: Map<string, Kept>; bytes: number; tooLarge: number | null; turn: Promise<void> }

const entries = new Map<string, Entry>()

const fresh = (): Entry => ({ table: caseTable(), definitions: new Set(), watermark: null, figures: new Map(), bytes: 0, tooLarge: null, turn: Promise.resolve() })

/**
 * The table of a process as it is now, or null where it may not or cannot be kept: then the caller reads for himself.
 * @param key tenant and process
 * @param settled nothing of it can change any more (an imported log)
 */
export async function keptTable(ctx: Ctx, key: string, versions: readonly LoadedVersion[], settled: boolean): Promise<Entry | null> {
  const entry = entries.get(key) ?? fresh()
  // the most recently used is last
  entries.delete(key)
  entries.set(key, entry)
  // one at a time: two readings at once would both append the same cases
  const before = entry.turn
  let done = (): void => {}
  entry.turn = new Promise(resolve => { done = resolve })
  try {
    await before
    return await refresh(ctx, entry, versions, settled)
  } catch (error) {
    // a reading that broke off may have stored half of its cases under the old watermark: begin again
    if (entries.get(key) === entry) entries.delete(key)
    throw error
  } finally { done() }
}

async function refresh(ctx: Ctx, entry: Entry, versions: readonly LoadedVersion[], settled: boolean): Promise<Entry | null> {
  const ids = new Set(versions.map(v => v.id))
  if (entry.watermark !== null && ![...entry.definitions].every(id => ids.has(id))) reset(entry)
  if (entry.watermark !== null && settled && entry.tooLarge === null) return entry
  if (entry.tooLarge !== null) return null
  for (let attempt = 0; attempt < 4; attempt++) {
    // cases of a version that nobody has looked at yet are all new
    const whole = entry.watermark === null || versions.some(v => !entry.definitions.has(v.id))
    const reading = whole ? await readCases(ctx, entry.table, versions, { most: CACHE_LIMITS.steps }) : await readChanged(ctx, entry.table, versions, entry.watermark!)
    if (reading.writing) { reset(entry); return null }
    if (!reading.complete || entry.table.steps - entry.table.dead > CACHE_LIMITS.steps * 1.25) { reset(entry); entry.tooLarge = reading.cases; return null }
    entry.definitions = ids
    entry.watermark = reading.watermark
    const counted = entry.table.ids.length - reading.cases
    if (counted === 0) {
      if (reading.read) entry.bytes = bytesOf(entry.table)
      makeRoom(entry)
      return entry
    }
    // a long reading takes several statements, and cases begin meanwhile: the next round counts them; else a case was deleted
    if (!whole || counted < 0) reset(entry)
  }
  return null
}

/** What is read in the second question may be newer than the watermark of the first: it is then read once more at the next look. */
async function readChanged(ctx: Ctx, table: CaseTable, versions: readonly LoadedVersion[], since: string): Promise<Reading> {
  const { ids, ...reading } = await changedCases(ctx, versions, since)
  if (!ids.length || reading.writing) return { ...reading, read: 0, complete: true }
  const { read, complete } = await readCases(ctx, table, versions, { only: ids, most: CACHE_LIMITS.steps })
  return { ...reading, read, complete }
}

function reset(entry: Entry): void {
  Object.assign(entry, { ...fresh(), turn: entry.turn })
}

/** A state of a table that somebody looks at: while they do, another look may bring the table further or begin a new one. */
export interface Sight { table: CaseTable; generation: number }

/** A figure of the state in sight, computed once for the same question. */
export function figure<T>(entry: Entry, sight: Sight, question: string, compute: () => T): T {
  if (entry.table !== sight.table || entry.table.generation !== sight.generation) return compute()
  const kept = entry.figures.get(question)
  if (kept) entry.figures.delete(question)
  const now: Kept = kept?.generation === entry.table.generation ? kept : measured(compute(), entry.table.generation)
  entry.figures.set(question, now)
  for (const old of entry.figures.keys()) {
    if (entry.figures.size <= CACHE_LIMITS.figures) break
    entry.figures.delete(old)
  }
  makeRoom(entry)
  return now.value as T
}

/** What a figure weighs is about what its text does, twice. */
const measured = (value: unknown, generation: number): Kept => ({ value, generation, bytes: 2 * JSON.stringify(value).length })

const weight = (entry: Entry): number => { let sum = entry.bytes; for (const f of entry.figures.values()) sum += f.bytes; return sum }

/** The longest unused goes first; the one in use stays, so that a single large one can be looked at. */
function makeRoom(inUse: Entry): void {
  let sum = 0
  for (const entry of entries.values()) sum += weight(entry)
  for (const [key, entry] of entries) {
    if (sum <= CACHE_LIMITS.bytes) return
    if (entry === inUse) continue
    entries.delete(key)
    sum -= weight(entry)
  }
}

/** Tests and the bench begin with nothing in memory. */
export function forgetTables(): void { entries.clear() }
export const keptBytes = (): number => [...entries.values()].reduce((sum, entry) => sum + weight(entry), 0)
