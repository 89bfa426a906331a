/** Answers of the process routes that these pages read. Durations in minutes of calendar time. */

export type ProcessLine = { key: string, version: number, name: string, kind: 'bpmn' | 'log', entity: string | null, at: string, cases: number, open: number }

export type Summary = { count: number, min: number | null, p25: number | null, median: number | null, p75: number | null, p80: number | null, p95: number | null, max: number | null, mean: number | null }

export type ActivityTime = Summary & { activity: string, instances: number }

export type Statistics = {
  process: { key: string, name: string, kind: 'bpmn' | 'log', version: number }
  truncated: boolean
  counts: { cases: number, steps: number, finished: number, activities: number, people: number, first: string | null, last: string | null }
  times: ActivityTime[]
  caseTimes: Summary & { cases: number }
  dfg: { nodes: Array<{ kind: 'start' | 'activity' | 'end', activity: string, count: number, medianMinutes: number | null }>, edges: Array<{ from: string, to: string, count: number, medianMinutes: number | null }> }
  variants: { cases: number, total: number, variants: Array<{ rank: number, activities: string[], cases: number, share: number, medianMinutes: number | null }> }
}

export type LogProblem = { row?: number | null, line?: number | null, field?: string | null, code: string, message: string }

export type LogReport = { process: { key: string, name: string } | null, format: string, cases: number, events: number, steps: number, activities: number, people: number, problems: LogProblem[], problemCount: number }
