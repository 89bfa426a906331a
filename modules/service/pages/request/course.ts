import type { CaseAnswer, CaseStep } from '../shared/types.ts'

export const isOpen = (step: CaseStep): boolean => step.state !== 'done'

/** Minutes of one pause; a pause that lasts counts until now. Calendar minutes: that is how long the customer waited. */
export function pauseMinutes(pause: { from: string, to: string | null }, now: Date): number {
  return Math.max(0, Math.round(((pause.to ? new Date(pause.to) : now).getTime() - new Date(pause.from).getTime()) / 60_000))
}

/** Working minutes of all stages together. */
export function totalMinutes(view: CaseAnswer): number {
  return view.steps.reduce((sum, step) => sum + (step.minutesUsed ?? 0), 0)
}

/** What is still to come on the usual way: the planned stages behind the one that is open. */
export function ahead(view: CaseAnswer): string[] {
  const at = view.planned.findLastIndex(each => view.current.includes(each.nodeId))
  return view.instance?.endedAt ? [] : view.planned.slice(at + 1).map(each => each.name)
}

/** Failed tries since the last time the customer was reached; entries newest first. */
export function failuresInARow(attempts: ReadonlyArray<Record<string, unknown>>): number {
  const at = attempts.findIndex(each => each.succeeded === true)
  return at < 0 ? attempts.length : at
}
