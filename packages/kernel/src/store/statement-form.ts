/*
 * Reads our own write statements far enough to write many of them at once: which table, and which column each parameter goes to or is compared
 * with. Anything that is not plainly one of these forms is not read, and then it is not written together (store/together.ts).
 */

export interface Param { /** whose type the parameter has */ column: string; /** `= any($n)` */ list: boolean }

/** One write of a statement. `text` holds the statement's own $n. */
export interface Part {
  act: 'insert' | 'update' | 'delete'
  table: string
  text: string
  params: ReadonlyMap<number, Param>
  /** insert: its columns, the value expressions, and what follows */
  columns: readonly string[]
  exprs: readonly string[]
  suffix: string
  /** update: what is set; update and delete: which rows */
  set: string
  where: string
}

export interface Form { parts: readonly Part[]; /** parameters of `pg_notify` */ notify: readonly [number, number] | null }

const PARAM = /\$(\d+)/g
const numbers = (text: string): number[] => [...new Set([...text.matchAll(PARAM)].map(m => Number(m[1])))]
const bare = (name: string): string => name.trim().replaceAll('"', '')

/** `col = $n`, `col < $n` and `col = any($n)`; `json->>'x' = any($n)` compares texts, which the pseudo column names. */
export const TEXT = '$text'
function learn(text: string, into: Map<number, Param>): void {
  for (const m of text.matchAll(/"?(\w+)"?\s*(?:=|<>|<=|>=|<|>)\s*any\(\$(\d+)\)/g)) into.set(Number(m[2]), { column: m[1]!, list: true })
  for (const m of text.matchAll(/->>'\w+'\s*=\s*any\(\$(\d+)\)/g)) into.set(Number(m[1]), { column: TEXT, list: true })
  for (const m of text.matchAll(/(?<![\w)'>])"?([a-z]\w*)"?\s*(?:=|<>|<=|>=|<|>)\s*\$(\d+)(?!\d)/g)) if (!into.has(Number(m[2]))) into.set(Number(m[2]), { column: m[1]!, list: false })
}

const known = (text: string, params: ReadonlyMap<number, Param>): boolean => numbers(text).every(n => params.has(n))

function partOf(text: string): Part | null {
  const none = { columns: [], exprs: [], suffix: '', set: '', where: '' }
  const params = new Map<number, Param>()
  const insert = /^insert into "?(\w+)"? \(([^)]+)\)\s*values \(([^()]+)\)(\s+on conflict [^$]+)?$/s.exec(text)
  if (insert) {
    const columns = insert[2]!.split(',').map(bare), exprs = insert[3]!.split(',').map(e => e.trim())
    if (columns.length !== exprs.length) return null
    for (const [i, e] of exprs.entries()) {
      const m = /^\$(\d+)(?:::\w+)?$/.exec(e)
      if (m) { if (!params.has(Number(m[1]))) params.set(Number(m[1]), { column: columns[i]!, list: false }) } else if (e.includes('$')) return null
    }
    return { ...none, act: 'insert', table: insert[1]!, text, params, columns, exprs, suffix: insert[4] ?? '' }
  }
  const update = /^update "?(\w+)"? set (.+?) where (.+)$/s.exec(text)
  if (update && !/\breturning\b/.test(text)) {
    learn(update[2]!, params)
    learn(update[3]!, params)
    return known(text, params) ? { ...none, act: 'update', table: update[1]!, text, params, set: update[2]!, where: update[3]! } : null
  }
  const remove = /^delete from "?(\w+)"? where (.+)$/s.exec(text)
  if (remove && !/\b(returning|using)\b/.test(text)) {
    learn(remove[2]!, params)
    return known(text, params) ? { ...none, act: 'delete', table: remove[1]!, text, params, where: remove[2]! } : null
  }
  return null
}

const forms = new Map<string, Form | null>()
const KEPT = 2000

/** Null: not a statement that can be written together with others. */
export function formOf(text: string): Form | null {
  const hit = forms.get(text)
  if (hit !== undefined) return hit
  if (forms.size >= KEPT) forms.clear()
  const made = read(text.trim())
  forms.set(text, made)
  return made
}

function read(text: string): Form | null {
  const told = /^(?:with (.+)\n)?select pg_notify\(\$(\d+), \$(\d+)\)(?: where .+)?$/s.exec(text)
  if (!told) {
    const part = partOf(text)
    return part && { parts: [part], notify: null }
  }
  const bodies = told[1] === undefined ? [] : told[1].split(/,\n(?=\w+ as \()/).map(p => p.replace(/^\w+ as \(/, '').replace(/\)$/, ''))
  const parts = bodies.map(partOf)
  return parts.every(p => p !== null) ? { parts: parts as Part[], notify: [Number(told[2]), Number(told[3])] } : null
}
