import { isWorkday, storeMany, type CompiledCalendar, type Ctx, type NewRow } from '@quancheng/kernel'
import type { Random } from './random.ts'
import { DAY_MS, dayText, type DemoPerson, type DemoWorld } from './world.ts'

/** Two years of selling, and what was there before them. */
export const SOLD_DAYS = 730

/** What a month of the year brings beside an average one: up to the end of each quarter and most of all of the year, down around the spring festival and in summer. */
export const SEASON = [0.8, 0.5, 1.35, 0.9, 0.95, 1.4, 0.7, 0.65, 1.25, 0.9, 1.05, 1.75] as const

export interface SalesKit {
  w: DemoWorld
  reps: readonly Rep[]
  /** unit of each block by its code */
  leads: Readonly<Record<string, DemoPerson>>
  market: DemoPerson
  /** a moment of the working hours of the workday on, or before, so many days ago (below zero: ahead, on or after; so also with `on`) */
  moment(r: Random, daysAgo: number, on?: 'on'): Date
  /** so many days ago, drawn by the season: more at the end of quarters, none on days off; `growth`: how much more the last day brings than the first */
  seasonal(r: Random, span?: number): number
}
export interface Rep extends DemoPerson { /** how good they are at winning: 1 is the mean */ wins: number }

const WINS = [1.28, 1.02, 0.74, 1.12, 0.92, 0.66, 1.2, 0.98, 0.82]

export function salesKit(w: DemoWorld, cal: CompiledCalendar): SalesKit {
  const of = (post: string): DemoPerson[] => w.people.filter(p => p.post === post && w.plan.units.some(u => u.code === p.unitCode && (u.kind === 'block' || post === 'marketing')))
  const open = (day: Date): boolean => isWorkday(cal, dayText(day))
  const weights = Array.from({ length: SOLD_DAYS + 1 }, (_, ago) => weightOf(new Date(w.today.getTime() - ago * DAY_MS), open, ago))
  return {
    w, reps: of('sales').map((p, i) => ({ ...p, wins: WINS[i % WINS.length]! })), leads: Object.fromEntries(of('blockLead').map(p => [p.unitCode, p])), market: of('marketing')[0]!,
    moment(r, daysAgo, on) {
      const step = daysAgo < 0 || on ? DAY_MS : -DAY_MS
      let day = new Date(w.today.getTime() - daysAgo * DAY_MS)
      while (!open(day)) day = new Date(day.getTime() + step)
      const minute = r.chance(0.5) ? r.int(9 * 60, 11 * 60 + 45) : r.int(13 * 60 + 30, 17 * 60 + 45)
      const at = new Date(day.getTime() + minute * 60_000 + r.int(0, 59) * 1000)
      // today only what is over already
      return daysAgo >= 0 && !on && at >= w.now ? new Date(Math.max(w.today.getTime(), w.now.getTime() - r.int(5, 240) * 60_000)) : at
    },
    seasonal(r, span = SOLD_DAYS) {
      const list = weights.slice(1, span + 1)
      let left = r.next() * list.reduce((sum, x) => sum + x, 0)
      for (const [i, x] of list.entries()) if ((left -= x) < 0) return i + 1
      return 1
    },
  }
}

function weightOf(day: Date, open: (day: Date) => boolean, ago: number): number {
  if (!open(day)) return 0
  const [, month, date] = dayText(day).split('-').map(Number) as [number, number, number]
  const late = month % 3 === 0 && date > 20 ? 1.7 : 1
  return SEASON[month - 1]! * late * (1.3 - 0.3 * ago / SOLD_DAYS)
}

/** Rows that wait to be written together, in the order of time; what is numbered gets its number then. */
export interface Rows { add(entity: string, row: NewRow & { id: string; at: Date }): string; flush(...entities: string[]): Promise<void> }

/**
 * Rows that are whole already: what the hooks of an entity would look up one by one (customer, unit, sums) has been given with them, so that the
 * hooks are left out. Numbers are counted here, for a row at a time would be a statement a row.
 */
export function bulkRows(ctx: Ctx): Rows {
  const waiting = new Map<string, Array<NewRow & { id: string; at: Date }>>()
  return {
    add(entity, row) {
      const list = waiting.get(entity)
      if (list) list.push(row)
      else waiting.set(entity, [row])
      return row.id
    },
    async flush(...entities) {
      for (const name of entities) {
        const rows = (waiting.get(name) ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime()), entity = ctx.entities.get(name)
        waiting.delete(name)
        for (const field of entity.fields.values()) if (field.type === 'serial') await number(ctx, field.name, field.series!, rows)
        await storeMany(ctx, { ...entity, hooks: undefined } as typeof entity, rows)
      }
    },
  }
}

async function number(ctx: Ctx, field: string, series: string, rows: ReadonlyArray<NewRow & { at: Date }>): Promise<void> {
  const last = new Map<string, number>()
  const width = /\{(0+)\}/.exec(series)![1]!.length
  for (const row of rows) {
    if (row.draft[field]) continue
    const day = dayText(row.at), key = series.replace('{yyyy}', day.slice(0, 4)).replace('{MM}', day.slice(5, 7)).replace('{dd}', day.slice(8, 10)), n = (last.get(key) ?? 0) + 1
    last.set(key, n)
    row.draft[field] = key.replace(/\{0+\}/, String(n).padStart(width, '0'))
  }
  if (last.size) await ctx.query('insert into series (tenant_id, key, last) select $1, x.key, x.last from unnest($2::text[], $3::int[]) as x(key, last)', [ctx.tenant.id, [...last.keys()], [...last.values()]])
}

export const yuan = (n: number): string => `${Math.round(n)}.00`
/** Mostly around 1, now and then several times as much. */
export const spread = (r: Random, width = 0.8): number => Math.exp((r.next() + r.next() + r.next() - 1.5) * width * 1.4)
export const after = (at: Date, days: number): Date => new Date(at.getTime() + days * DAY_MS)
