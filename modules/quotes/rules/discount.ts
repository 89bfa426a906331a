import { beyond, lineRate, under, type Amounted } from './amount.ts'

/** Who may give how much: `free` percent without asking, up to `most` with a yes. Null: everybody, every line. */
export interface Rule { id: string; name: string; userId: string | null; roleId: string | null; productLineId: string | null; free: string; most: string | null; approverId: string | null; approverRoleId: string | null }
export interface Seller { userId: string | null; roleIds: readonly string[] }
export interface Judged extends Amounted { item: string; productLineId: string | null; floorPrice: string | null }

/** The rule of a line: one for the person before one for a role before everybody's, then one for the product line; of equals the most generous. */
export function ruleFor(rules: readonly Rule[], who: Seller, productLineId: string | null): Rule | null {
  const near = (r: Rule): number => (r.userId ? 4 : r.roleId ? 2 : 0) + (r.productLineId ? 1 : 0)
  return rules.filter(r => (r.userId === null || r.userId === who.userId) && (r.roleId === null || who.roleIds.includes(r.roleId)) && (r.productLineId === null || r.productLineId === productLineId))
    .toSorted((a, b) => near(b) - near(a) || Number(b.free) - Number(a.free) || (a.id < b.id ? -1 : 1))[0] ?? null
}

export interface Over { item: string; rate: string; limit: string; rule: Rule | null }
export interface Verdict { /** below the lowest price: never */ floor: Array<{ item: string; floorPrice: string }>; /** more than anybody may give */ most: Over[]; /** needs a yes */ ask: Over[] }

/** What a quote's discounts need. Without any rule every discount needs a yes: nobody has been given leave. */
export function judge(lines: readonly Judged[], whole: string | null, rules: readonly Rule[], who: Seller): Verdict {
  const verdict: Verdict = { floor: [], most: [], ask: [] }
  for (const l of lines) {
    if (l.floorPrice !== null && under(l, whole, l.floorPrice)) verdict.floor.push({ item: l.item, floorPrice: l.floorPrice })
    const rule = ruleFor(rules, who, l.productLineId), free = rule?.free ?? '0'
    if (rule?.most && beyond(l, whole, rule.most)) verdict.most.push({ item: l.item, rate: lineRate(l, whole), limit: rule.most, rule })
    else if (beyond(l, whole, free)) verdict.ask.push({ item: l.item, rate: lineRate(l, whole), limit: free, rule })
  }
  return verdict
}
