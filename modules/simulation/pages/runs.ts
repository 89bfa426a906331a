import type { ts as texts } from './texts.ts'
import type { Defaults, Input, Result } from './api.ts'

/** One run with what was assumed for it. */
export type Run = { n: number, input: Input, result: Result }

/** At most so many are kept to compare with. */
export const KEPT = 6

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What makes this run different from another, in a few words. */
export function differenceText(of: Input, from: Input, d: Pick<Defaults, 'roles' | 'steps'>, ts: typeof texts): string {
  const parts: string[] = []
  for (const { role, name } of d.roles) {
    const now = of.staff[role], before = from.staff[role]
    if (!equal(now, before) && now) parts.push(`${role === '' ? ts('noRole') : name} ${now.number === null ? ts('unlimited') : `${now.number} ${ts('persons')}`}`)
  }
  if (!equal(of.arrivals, from.arrivals)) parts.push(ts('arrivals') + (of.arrivals.kind === 'poisson' ? ` ${of.arrivals.perHour}/h` : ''))
  if (of.cases !== from.cases || of.days !== from.days) parts.push(of.days === null ? `${of.cases} ${ts('cases')}` : ts('workDays', { n: of.days }))
  if (of.discipline !== from.discipline) parts.push(ts(of.discipline))
  for (const step of d.steps) if (of.unattended.includes(step.key) !== from.unattended.includes(step.key) || !equal(of.durations[step.key], from.durations[step.key]) || !equal(of.outcomes[step.key], from.outcomes[step.key])) parts.push(step.name)
  if (!equal(of.gateways, from.gateways) || !equal(of.variables, from.variables)) parts.push(ts('gateways'))
  if (of.seed !== from.seed) parts.push(`${ts('seed')} ${of.seed}`)
  return parts.slice(0, 3).join('，') || ts('same')
}
