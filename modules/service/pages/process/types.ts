/** Answers of the process routes that these pages read. Durations in minutes of calendar time. */

export type ProcessLine = { key: string, version: number, name: string, kind: 'bpmn' | 'log', entity: string | null, at: string, cases: number, open: number }

export type Summary = { count: number, min: number | null, p25: number | null, median: number | null, p75: number | null, p80: number | null, p95: number | null, max: number | null, mean: number | null }

export type ActivityTime = Summary & { activity: string, instances: number }

export type Statistics = {
  process: { key: string, name: string, kind: 'bpmn' | 'log', version: number }
  /** how many versions the model has had */
  versions: number
  truncated: boolean
  /** the records that its cases belong to */
  entity: string | null
  counts: { cases: number, steps: number, finished: number, activities: number, people: number, first: string | null, last: string | null }
  times: ActivityTime[]
  caseTimes: Summary & { cases: number }
  dfg: { nodes: Array<{ kind: 'start' | 'activity' | 'end', activity: string, count: number, medianMinutes: number | null }>, edges: Array<{ from: string, to: string, count: number, medianMinutes: number | null }> }
  variants: { cases: number, total: number, variants: Array<{ rank: number, activities: string[], cases: number, share: number, cumulativeShare: number, medianMinutes: number | null, exampleCase: string }> }
}

export type LogProblem = { row?: number | null, line?: number | null, field?: string | null, code: string, message: string }

export type LogReport = { process: { key: string, name: string } | null, format: string, cases: number, events: number, steps: number, activities: number, people: number, problems: LogProblem[], problemCount: number }

export type Spent = { count: number, median: number | null, mean: number | null, sum: number, share: number }

export type NodeHeat = { nodeId: string, name: string, steps: number, cases: number, open: number, waiting: Spent, working: Spent, total: Spent, judged: number, late: number }

export type PerVersion = { version: number, cases: number, ended: number }

export type HeatView = { process: { key: string, name: string }, version: number, versions: PerVersion[], truncated: boolean, cases: number, nodes: NodeHeat[] }

export type DeviationKind = 'skipped' | 'repeated' | 'order' | 'unknown' | 'end'

export type Deviation = { kind: DeviationKind, nodeId: string, name: string, cases: number, times: number }

/** What a replay of cases on a drawing found. */
export type Judgement = {
  version: number
  cases: number, fitting: number, unchecked: number, fitness: number | null, meanFitness: number | null
  tokens: { produced: number, consumed: number, missing: number, remaining: number }
  histogram: number[], deviations: Deviation[], flows: Record<string, number>
}

export type ConformanceView = Judgement & { versions: PerVersion[], truncated: boolean, breaks: Array<{ from: string, to: string, times: number, cases: number }> }

export type Place = { id: string, name: string }

/** A log played on the drawing of another process: which activity stands for which node, and what was found. */
export type ReplayView = Omit<Judgement, 'version'> & { model: { key: string, name: string, version: number }, mapped: Array<{ activity: string, times: number, node: string | null, how: 'given' | 'name' | 'left' | null }>, places: Place[], missing: Place[], truncated: boolean }

export type Load = { steps: number, cases: number, people: number, share: number, workingMinutes: number, waitingMinutes: number, open: number }

export type Spending = { activity: string, steps: number, known: number, waiting: number, working: number, sojourn: number, measured: number }

export type ReviewView = {
  truncated: boolean, cases: number
  weeks: Array<{ week: string, started: number, ended: number, open: number }>
  rework: { cases: number, share: number, minutes: number, timeShare: number | null, activities: Array<{ activity: string, cases: number, again: number, directly: number, minutes: number }>, loops: Array<{ from: string, to: string, times: number, cases: number }> }
  handOvers: { total: number, perCase: number, pairs: Array<{ from: string, to: string, count: number }>, people: string[] }
  roles: Array<Load & { role: string, name: string }>
  people: Array<Load & { person: string }>
  time: { waitingMinutes: number, workingMinutes: number, steps: number, activities: Spending[] }
}

export type CaseLine = { id: string, label: string, entity: string | null, recordId: string | null, version: number, startedAt: string, endedAt: string | null, minutes: number | null, steps: number }

/** Which cases a list shows, besides the dates and the unit of the page. */
export type CaseQuestion = { title: string, node?: string, activity?: string, only?: 'late' | 'open', by?: 'total' | 'waiting' | 'working', deviation?: DeviationKind, like?: string, version?: number, after?: string, next?: string, again?: string }
