import pg from 'pg'
import type { Ctx } from '../context.ts'
import { CHANNEL } from './notify.ts'
import { formOf, TEXT, type Part } from './statement-form.ts'
import { kyselyOver } from './tx.ts'

/*
 * Many acts of one kind in one transaction, written with one statement a table. Each act runs the very code that it runs alone; its writes are
 * kept instead of sent, so that an act which fails leaves nothing behind and takes no other with it. What an act reads it is answered at once,
 * the same question once for all; one that reads what it has itself written, or writes in a way that cannot be put together, has to go alone.
 */

/** This act cannot be done together with others. */
export class NotTogether extends Error {}

interface Kept { writes: Array<{ part: Part; values: readonly unknown[] }>; notices: string[]; tables: Set<string>; after: Array<() => void> }
export interface Taken { readonly kept: unknown }

export interface Together {
  /** runs one act and keeps its writes; its error is the caller's, nothing of it is left */
  take(run: (ctx: Ctx) => Promise<void>): Promise<Taken>
  /** sends what was taken: deletes, then inserts, then updates */
  write(taken: readonly Taken[]): Promise<void>
}

const READ = /^\s*select\b/i
const SIDE_EFFECT = /\b(pg_(try_)?advisory\w*|for update|for share|nextval|setval)\b/i

export function together(ctx: Ctx): Together {
  let now: Kept | null = null
  const answers = new Map<string, Promise<unknown[]>>()
  const keep = (text: string, values: readonly unknown[] = []): boolean => {
    const form = formOf(text)
    if (!form) return false
    if (!now) throw new Error('a write outside the act that was taken')
    for (const part of form.parts) {
      // what every act reads first must not change under those that come after
      if (part.table === 'tenant') throw new NotTogether(text)
      now.writes.push({ part, values })
      now.tables.add(part.table)
    }
    if (form.notify) {
      if (values[form.notify[0] - 1] !== CHANNEL) throw new NotTogether(text)
      now.notices.push(String(values[form.notify[1] - 1]))
    }
    return true
  }
  const ask = async (text: string, values: unknown[] = [], name?: string): Promise<unknown[]> => {
    if (keep(text, values)) return []
    if (!READ.test(text) || SIDE_EFFECT.test(text)) throw new NotTogether(text)
    for (const table of now?.tables ?? []) if (new RegExp(`\\b${table}\\b`).test(text)) throw new NotTogether(text)
    const key = `${text}\n${JSON.stringify(values)}`
    let answer = answers.get(key)
    if (!answer) answers.set(key, answer = ctx.query(text, values, name))
    return answer
  }
  // one moment for all: what differs in nothing else is then one statement
  const at = ctx.now()
  const taking: Ctx = {
    ...ctx, now: () => at, query: ask as Ctx['query'],
    send: (text, values) => { if (!keep(text, values)) throw new NotTogether(text) },
    afterCommit: run => { now!.after.push(run) },
  }
  taking.db = kyselyOver(ask)
  return {
    async take(run) {
      const kept: Kept = { writes: [], notices: [], tables: new Set(), after: [] }
      now = kept
      try { await run(taking) } finally { now = null }
      return { kept }
    },
    async write(taken) {
      const all = taken.map(t => t.kept as Kept)
      const groups = new Map<string, { part: Part; rows: Array<readonly unknown[]> }>()
      for (const { writes } of all) {
        for (const { part, values } of writes) {
          const group = groups.get(part.text)
          if (group) group.rows.push(values)
          else groups.set(part.text, { part, rows: [values] })
        }
      }
      const order = { delete: 0, insert: 1, update: 2 }
      for (const g of [...groups.values()].toSorted((a, b) => order[a.part.act] - order[b.part.act])) await send(ctx, g.part, g.rows)
      const notices = all.flatMap(k => k.notices)
      if (notices.length) ctx.send('select pg_notify($1, n) from unnest($2::text[]) n', [CHANNEL, notices], 'notify_many')
      for (const k of all) for (const run of k.after) ctx.afterCommit(run)
    },
  }
}

/** Types of a table's columns; a migration that changes one restarts the program. */
const types = new Map<string, Promise<Map<string, string>>>()
async function typesOf(ctx: Ctx, table: string): Promise<Map<string, string>> {
  const hit = types.get(table)
  if (hit) return hit
  const made = ctx.query<{ name: string; type: string }>('select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped', [`"${table}"`])
    .then(rows => new Map(rows.map(r => [r.name, r.type])))
  made.catch(() => types.delete(table))
  types.set(table, made)
  return made
}

const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils

/** The same statement for lists: where all agree on everything but one list, that list grows. */
function joined(part: Part, rows: ReadonlyArray<readonly unknown[]>): unknown[] | null {
  if (part.act === 'insert') return null
  const first = rows[0]!
  const differing = [...part.params.keys()].filter(n => rows.some(r => JSON.stringify(r[n - 1]) !== JSON.stringify(first[n - 1])))
  if (differing.length > 1 || differing.some(n => !part.params.get(n)!.list)) return null
  const [n] = differing
  return first.map((v, i) => (i + 1 === n ? rows.flatMap(r => r[i] as unknown[]) : v))
}

/** Rows of the list of due things that somebody else has just taken are left to them: whoever waits for them here could wait in a circle. */
const unheld = (source: string, where: string): string =>
  `delete from job using (select k.tenant_id, k.id from ${source}job k where ${where} for update of k skip locked) x where job.tenant_id = x.tenant_id and job.id = x.id`

async function send(ctx: Ctx, part: Part, rows: ReadonlyArray<readonly unknown[]>): Promise<void> {
  const list = joined(part, rows)
  if (list) { ctx.send(part.act === 'delete' && part.table === 'job' ? unheld('', part.where) : part.text, list); return }
  // no index finds rows of another list by one condition or another
  if (/\bor\b/.test(part.where)) { for (const r of rows) ctx.send(part.text, [...r]); return }
  if (part.act === 'update' && new Set(rows.map(r => JSON.stringify([...part.where.matchAll(/\$(\d+)/g)].map(m => r[Number(m[1]) - 1])))).size < rows.length) throw new NotTogether(`a row twice: ${part.text}`)
  const columns = await typesOf(ctx, part.table)
  const used = [...part.params.keys()]
  const values: unknown[] = [], params: string[] = [], as = new Map<number, string>()
  for (const n of used) {
    const { column, list: many } = part.params.get(n)!
    const cast = new RegExp(`\\$${n}::(\\w+)`).exec(part.text)?.[1]
    const own = cast ?? (column === TEXT ? 'text' : columns.get(column)?.replace(/\(.*\)/, ''))
    if (own === undefined) throw new NotTogether(`${part.table}.${column}`)
    const type = many ? `${own}[]` : own
    // PostgreSQL has no lists of lists of different lengths: a list travels as its text
    const nested = type.endsWith('[]')
    params.push(`$${values.push(rows.map(r => (nested ? prepareValue(r[n - 1]) : r[n - 1]) ?? null))}::${nested ? 'text' : type}[]`)
    as.set(n, nested ? `r.p${n}::${type}` : `r.p${n}`)
  }
  const source = `unnest(${params.join(', ')}) as r(${used.map(n => `p${n}`).join(', ')})`
  const filled = (text: string): string => text.replace(/\$(\d+)(?:::\w+)?/g, (_, n: string) => as.get(Number(n))!)
  const text = part.act === 'insert' ? `insert into "${part.table}" (${part.columns.map(c => `"${c}"`).join(', ')}) select ${part.exprs.map(filled).join(', ')} from ${source}${part.suffix}`
    : part.act === 'update' ? `update "${part.table}" set ${filled(part.set)} from ${source} where ${filled(part.where)}`
    : part.table === 'job' ? unheld(`${source}, `, filled(part.where))
    : `delete from "${part.table}" using ${source} where ${filled(part.where)}`
  ctx.send(text, values)
}
