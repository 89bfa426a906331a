import { CONTEXT_FUNCTIONS } from './contexts.ts'
import { DATE_FUNCTIONS } from './dates.ts'
import { LIST_FUNCTIONS } from './lists.ts'
import { NUMBER_FUNCTIONS } from './numbers.ts'
import { RANGE_FUNCTIONS } from './ranges.ts'
import type { FunctionSpec } from './spec.ts'
import { STRING_FUNCTIONS } from './strings.ts'

/** The built-in functions of DMN 1.3 except `now` and `today` (nothing here reads a clock), and a few of later versions. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSpec> = new Map([
  ...CONTEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...STRING_FUNCTIONS, ...LIST_FUNCTIONS, ...DATE_FUNCTIONS, ...RANGE_FUNCTIONS,
])
