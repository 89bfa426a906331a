import { StopReading, problemList } from './problems.ts'
import type { ProblemList } from './problems.ts'
import type { LogCase, LogCounts, LogEvent, LogLimits, LogProblem } from './types.ts'

/** What both readers feed: it counts, holds the limits, sorts cases, and hands them on. */
export interface Collector {
  readonly problems: ProblemList
  readonly counts: LogCounts
  readonly cases: LogCase[]
  problem(problem: LogProblem): void
  /** Checks the limits for one more event. @throws StopReading */
  event(event: LogEvent, row: number): void
  /** A case is complete: it waits for `flush`. @throws StopReading beyond the limit of cases */
  case(logCase: LogCase, row: number, line: number): void
  /** Hands waiting cases to `onCase`, or keeps them. */
  flush(): Promise<void>
}

export function collector(limits: LogLimits, onCase: ((logCase: LogCase) => void | Promise<void>) | undefined): Collector {
  const problems = problemList(limits.problems)
  const counts: LogCounts = {
    cases: 0, events: 0, activities: 0, rows: 0, emptyCases: 0, reorderedCases: 0, problems: 0, bytes: 0, firstAt: null, lastAt: null,
  }
  const activities = new Set<string>()
  const cases: LogCase[] = []
  let waiting: LogCase[] = []

  const tooMany = (row: number, line: number, what: string): never => {
    throw new StopReading({ row, line, code: 'TOO_LARGE', message: `第 ${line} 行：${what}，请拆分后分别导入。` })
  }

  return {
    problems,
    counts,
    cases,
    problem(problem) {
      problems.add(problem)
      counts.problems = problems.total
      cases.length = 0
      waiting = []
    },
    event(event, row) {
      if (++counts.events > limits.events) tooMany(row, event.line, `事件超过 ${limits.events} 个的上限`)
      activities.add(event.activity)
      counts.activities = activities.size
      if (activities.size > limits.activities) tooMany(row, event.line, `不同的活动名称超过 ${limits.activities} 个，很可能选错了活动列`)
      if (!counts.firstAt || event.at < counts.firstAt) counts.firstAt = event.at
      if (!counts.lastAt || event.at > counts.lastAt) counts.lastAt = event.at
    },
    case(logCase, row, line) {
      if (logCase.events.length === 0) {
        counts.emptyCases++
        return
      }
      if (++counts.cases > limits.cases) tooMany(row, line, `案例超过 ${limits.cases} 个的上限`)
      if (sortByTime(logCase.events)) counts.reorderedCases++
      if (problems.total === 0) waiting.push(logCase)
    },
    async flush() {
      const ready = waiting
      waiting = []
      if (!onCase) {
        for (const logCase of ready) cases.push(logCase)
        return
      }
      for (const logCase of ready) await onCase(logCase)
    },
  }
}

/** Stable; true when something had to move. */
function sortByTime(events: LogEvent[]): boolean {
  const disordered = events.some((event, i) => i > 0 && event.at < events[i - 1]!.at)
  if (disordered) events.sort((a, b) => a.at.getTime() - b.at.getTime())
  return disordered
}
