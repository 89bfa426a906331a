import type { LogProblem } from './types.ts'

export interface ProblemList {
  readonly items: LogProblem[]
  readonly total: number
  add(problem: LogProblem): void
}

/** Keeps the first `limit` problems and counts them all. */
export function problemList(limit: number): ProblemList {
  const items: LogProblem[] = []
  let total = 0
  return {
    items,
    get total() { return total },
    add(problem) {
      total++
      if (items.length < limit) items.push(problem)
    },
  }
}

/** Ends reading at once: the rest of the file cannot be understood, or must not be. Thrown and caught within the readers. */
export class StopReading extends Error {
  readonly problem: LogProblem
  constructor(problem: LogProblem) {
    super(problem.message)
    this.problem = problem
  }
}

/** A quotation from the file fit for a sentence: short and on one line. */
export function quote(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return `“${line.length > 60 ? `${line.slice(0, 60)}…` : line}”`
}
