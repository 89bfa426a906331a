export interface UnitVersion { version: number }
export interface Adherence { units: number; onNewest: number; behind: number; /** on the newest ÷ all, in percent with one decimal; null without units */ percent: number | null; /** how many units work on which version, newest first */ inForce: Array<{ version: number; units: number }> }

export function adherenceOf(units: readonly UnitVersion[], newest: number): Adherence {
  const counts = new Map<number, number>()
  for (const u of units) counts.set(u.version, (counts.get(u.version) ?? 0) + 1)
  const onNewest = counts.get(newest) ?? 0
  return {
    units: units.length, onNewest, behind: units.length - onNewest, percent: units.length ? Math.round((onNewest / units.length) * 1000) / 10 : null,
    inForce: [...counts].toSorted((a, b) => b[0] - a[0]).map(([version, n]) => ({ version, units: n })),
  }
}
