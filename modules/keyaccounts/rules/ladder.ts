import type { DecisionTable } from '@quancheng/process'

/** What a table says of one account. `rule` counts from one; 0: no rule applied, which is the lowest level. */
export interface Hit { level: number; hint: string | null; rule: number }
/** One way up: reach `to` (total in yuan, or share in per cent), and it is `level`. */
export interface Way { to: number; level: number }
/** The least that reaches a better level: by the total at the same share, by the share at the same total, or (where neither alone does) by both. */
export interface Upgrade { total: Way | null; share: Way | null; both: { total: number; share: number; level: number } | null }
export interface Ladder {
  at(total: number, share: number): Hit
  upgrade(total: number, share: number): Upgrade
}
export const TOTAL = 'total', SHARE = 'share'
const LOWEST = 10, STEP = 0.01

/** The numbers that cells of a column compare with, in order. */
function pointsOf(table: DecisionTable, expression: string): number[] {
  const column = table.inputs.findIndex(i => i.expression.trim() === expression)
  if (column < 0) return []
  return [...new Set(table.rules.flatMap(r => (r.tests[column] ?? '').match(/\d+(?:\.\d+)?/g) ?? []).map(Number))].toSorted((a, b) => a - b)
}

/** Does a cell only compare with constants? Then the level is the same between two neighbouring numbers, whatever the value. */
const constant = (text: string): boolean => !/[^\s\d.,<>=[\]()+-]/.test(text.replaceAll(/\bnot\b/g, ''))

/** Atom of a value on a line cut at points: 2i + 1 is point i itself, 2i what lies below it, the last what lies above all. */
function atomOf(points: readonly number[], value: number): number {
  let low = 0, high = points.length
  while (low < high) { const mid = (low + high) >> 1; if (points[mid]! < value) low = mid + 1; else high = mid }
  return points[low] === value ? 2 * low + 1 : 2 * low
}

/**
 * A published table as a ladder of levels. Its cells cut the plane of (total, share) into pieces inside which nothing changes, so each piece is decided
 * once and a million accounts cost two searches in a short list each. A table that computes (an expression in a cell, another input) is asked every time.
 * `decide` answers `{ value: { level, hint }, matched }` as the decision engine does.
 */
export function ladderOf(table: DecisionTable, decide: (variables: { total: number; share: number }) => { value: unknown; matched: readonly string[] }): Ladder {
  const totals = pointsOf(table, TOTAL), shares = pointsOf(table, SHARE), width = 2 * shares.length + 1
  const whole = table.inputs.every(i => [TOTAL, SHARE].includes(i.expression.trim())) && table.rules.every(r => r.tests.every(constant) && r.outputs.every(o => !/[a-z]/i.test(o.replaceAll(/"[^"]*"/g, '').replaceAll('null', ''))))
  const rules = new Map(table.rules.map((r, i) => [r.id, i + 1]))
  const hits = new Map<number, Hit>(), ways = new Map<number, Upgrade>()
  const ask = (total: number, share: number): Hit => {
    const { value, matched } = decide({ total, share })
    const { level, hint } = (typeof value === 'object' && value !== null ? value : { level: value, hint: null }) as { level: unknown; hint: unknown }
    const n = Number(level)
    return { level: level !== null && Number.isInteger(n) && n >= 1 && n <= LOWEST ? n : LOWEST, hint: typeof hint === 'string' && hint ? hint : null, rule: rules.get(matched[0] ?? '') ?? 0 }
  }
  const key = (total: number, share: number): number => atomOf(totals, total) * width + atomOf(shares, share)
  const at = (total: number, share: number): Hit => {
    if (!whole) return ask(total, share)
    const k = key(total, share)
    let hit = hits.get(k)
    if (!hit) hits.set(k, hit = ask(total, share))
    return hit
  }
  // a limit may be `>= n` or `> n`: the number itself, and the least above it
  const above = (points: readonly number[], value: number): number[] => points.filter(p => p >= value).flatMap(p => (p > value ? [p, p + STEP] : [p + STEP])).map(p => Math.round(p * 100) / 100)
  const search = (total: number, share: number): Upgrade => {
    const { level } = at(total, share)
    const first = (values: readonly number[], of: (v: number) => Hit): Way | null => { for (const to of values) { const hit = of(to); if (hit.level < level) return { to, level: hit.level } } return null }
    const up = above(totals, total), wide = above(shares, share).filter(s => s <= 100)
    const one = { total: first(up, t => at(t, share)), share: first(wide, s => at(total, s)) }
    if (one.total || one.share || level === 1) return { ...one, both: null }
    const pairs = up.flatMap(t => wide.map(s => ({ total: t, share: s, level: at(t, s).level, cost: (t - total) / Math.max(1, total) + (s - share) / 100 }))).filter(p => p.level < level).toSorted((a, b) => a.cost - b.cost)
    return { total: null, share: null, both: pairs[0] ? { total: pairs[0].total, share: pairs[0].share, level: pairs[0].level } : null }
  }
  return {
    at,
    upgrade(total, share) {
      if (!whole) return search(total, share)
      const k = key(total, share)
      let way = ways.get(k)
      if (!way) ways.set(k, way = search(total, share))
      return way
    },
  }
}

/** 12 345 000 yuan as people write it among themselves: `12 345k`; less than a thousand stays as it is. */
export function thousands(yuan: number): string {
  if (Math.abs(yuan) < 1000) return String(Math.round(yuan * 100) / 100)
  const k = Math.round(yuan / 10) / 100, [whole, rest] = String(k).split('.')
  return `${whole!.length > 3 ? whole!.replace(/\B(?=(\d{3})+$)/g, ' ') : whole}${rest ? `.${rest}` : ''}k`
}
const points = (n: number): string => String(Math.round(n * 100) / 100)

/** 升到 4 级还需 +1 200k 或 +8 % 份额. Null on the highest level, or where nothing leads up. */
export function upgradeText(u: Upgrade | null, total: number, share: number): string | null {
  if (!u) return null
  const more = u.total && `+${thousands(u.total.to - total)}`, wider = u.share && `+${points(u.share.to - share)} % 份额`
  if (u.total && u.share) return u.total.level === u.share.level ? `升到 ${u.total.level} 级还需 ${more} 或 ${wider}` : `升到 ${u.total.level} 级还需 ${more}，升到 ${u.share.level} 级还需 ${wider}`
  if (u.total || u.share) return `升到 ${(u.total ?? u.share)!.level} 级还需 ${more ?? wider}`
  return u.both ? `升到 ${u.both.level} 级还需 +${thousands(u.both.total - total)} 并且 +${points(u.both.share - share)} % 份额` : null
}
