/** The data of an event log as it is read, before anything is stored. */

/** Where an event stands in the life of its activity. Everything the standard does not call one of the three is `other`. */
export type Lifecycle = 'start' | 'complete' | 'schedule' | 'other'

/** Attribute values: string, number, boolean, Date; `{ value, attributes }` when nested; an array of `{ key, value }` for a list. */
export type Attributes = Record<string, unknown>

export interface LogEvent {
  activity: string
  resource: string | null
  lifecycle: Lifecycle
  /** What the file said, e.g. `In Progress`; null where the file said nothing (the event then counts as a completion). */
  lifecycleRaw: string | null
  at: Date
  /** Line of the (unzipped) file on which the event ends, from 1. */
  line: number
  /** Everything the file said about the event beyond the fields above. */
  attributes?: Attributes
}

export interface LogCase {
  id: string
  /** In order of time; events of the same instant keep the order of the file. */
  events: LogEvent[]
  attributes: Attributes
}

export type LogProblemCode =
  | 'MISSING_TIMESTAMP'
  | 'BAD_TIMESTAMP'
  | 'MISSING_ACTIVITY'
  | 'MISSING_CASE'
  | 'DUPLICATE_CASE'
  | 'MISSING_COLUMN'
  | 'XML'
  | 'DOCTYPE'
  | 'CSV'
  | 'GZIP'
  | 'ENCODING'
  | 'FORMAT'
  | 'FILE'
  | 'EMPTY'
  | 'TOO_LARGE'

export interface LogProblem {
  /** CSV: the line. XES: the ordinal of the event (from 1, over the whole file); 0 where no event is meant. */
  row: number
  /** Line of the unzipped text, from 1; 0 where the text was never reached. */
  line: number
  caseId?: string
  field?: string
  code: LogProblemCode
  /** A Chinese sentence that names the place and what to do. */
  message: string
}

/** Which column (CSV) or attribute key (XES) holds what; for files whose headers we do not recognise. */
export interface LogMapping {
  case?: string
  activity?: string
  timestamp?: string
  /** CSV only: a second time, when the work began; such a row gives two events, start and complete. */
  startTimestamp?: string
  resource?: string
  lifecycle?: string
}

export interface LogLimits {
  events: number
  cases: number
  /** Distinct activity names: a log with more is not the log of a process. */
  activities: number
  /** Bytes after unzipping; this is what stops a gzip bomb. */
  unzippedBytes: number
  /** Nesting of XML elements. */
  depth: number
  /** Characters of one attribute value or one CSV field. */
  attributeLength: number
  /** Attributes of one event or one case, and columns of a CSV. */
  attributes: number
  /** How many problems are kept in the report; all are counted. */
  problems: number
}

export const DEFAULT_LIMITS: Readonly<LogLimits> = Object.freeze({
  events: 5_000_000,
  cases: 1_000_000,
  activities: 10_000,
  unzippedBytes: 2 * 1024 ** 3,
  depth: 32,
  attributeLength: 100_000,
  attributes: 1_000,
  problems: 1_000,
})

export type LogEncoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be' | 'iso-8859-1' | 'windows-1252'

export interface LogReadOptions {
  /** File name as the user knows it; appears in sentences only. */
  name?: string
  /**
   * Takes each case as soon as it is complete (XES: while reading; CSV: at the end, as rows of a case may be anywhere);
   * `result.cases` then stays empty. Not called again after the first problem, but may have been before it: do the
   * storing in a transaction and roll back unless `result.ok`.
   */
  onCase?: (logCase: LogCase) => void | Promise<void>
  limits?: Partial<LogLimits>
  mapping?: LogMapping
  /** IANA zone of timestamps that carry none. Default Asia/Shanghai. */
  timeZone?: string
  /** How `03/04/2024` is meant; without it an ambiguous date is refused. */
  dateOrder?: 'dmy' | 'mdy'
  /** Overrides detection of the text's encoding. */
  encoding?: LogEncoding
  /** CSV: overrides detection. */
  delimiter?: string
  /** False drops all attributes beyond activity, resource, lifecycle and time: about a third of the memory. Default true. */
  keepAttributes?: boolean
}

export interface LogCounts {
  cases: number
  events: number
  /** Distinct activity names. */
  activities: number
  /** CSV data rows, or XES event elements; with problems, more than `events`. */
  rows: number
  /** Traces without events: counted, not returned. */
  emptyCases: number
  /** Cases whose events were not in order of time in the file and have been sorted. */
  reorderedCases: number
  /** All problems, also those beyond the limit of the report. */
  problems: number
  /** Bytes after unzipping. */
  bytes: number
  firstAt: Date | null
  lastAt: Date | null
}

export interface LogReadResult {
  /** True when there is not one problem. When false, `cases` is empty and nothing should be stored. */
  ok: boolean
  name: string
  format: 'xes' | 'csv' | 'unknown'
  gzip: boolean
  encoding: LogEncoding | null
  /** CSV only: how the columns were understood. */
  csv?: { delimiter: string; columns: string[]; mapping: LogMapping }
  cases: LogCase[]
  problems: LogProblem[]
  counts: LogCounts
}
