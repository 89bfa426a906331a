/** One published version of a rule, as a step is checked by it. */
export interface RuleVersion {
  code: string; release: number; text: string; processKey: string; nodeId: string; kind: 'field' | 'photo' | 'item' | 'limit'
  fieldName: string | null; least: string | number | null; most: string | number | null; photos: number | null; inForceFrom: Date; withdrawnAt: Date | null
}

/**
 * The versions that bind a case opened at `startedAt`: of every rule the newest that was in force by then. A withdrawn version binds nobody any more, and
 * none before it takes its place, for withdrawing takes all of them.
 */
export function inForce(rules: readonly RuleVersion[], startedAt: Date): RuleVersion[] {
  const best = new Map<string, RuleVersion>()
  for (const r of rules) {
    if (r.withdrawnAt || r.inForceFrom > startedAt) continue
    const known = best.get(r.code)
    if (!known || r.release > known.release) best.set(r.code, r)
  }
  return [...best.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

const number = (value: unknown): number | null => (value === null || value === undefined || value === '' || !Number.isFinite(Number(value)) ? null : Number(value))

/** Does a value keep to a limit? Nothing there is within any limit: whether it must be there is another rule's matter. */
export function withinLimit(rule: Pick<RuleVersion, 'least' | 'most'>, value: unknown): boolean {
  const v = number(value), least = number(rule.least), most = number(rule.most)
  return v === null || ((least === null || v >= least) && (most === null || v <= most))
}
