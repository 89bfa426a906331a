export { readEventLog } from './read.ts'
export { toActivityInstances, toLogCase } from './activities.ts'
export type { ActivityInstance, Basis } from './activities.ts'
export { writeCsv, writeXes } from './write.ts'
export type { CsvWriteOptions } from './write.ts'
export { timestampParser } from './timestamps.ts'
export type { TimestampOptions, TimestampParser } from './timestamps.ts'
export { recogniseColumns } from './columns.ts'
export { DEFAULT_LIMITS } from './types.ts'
export type {
  Attributes, Lifecycle, LogCase, LogCounts, LogEncoding, LogEvent, LogLimits, LogMapping, LogProblem, LogProblemCode, LogReadOptions, LogReadResult,
} from './types.ts'
