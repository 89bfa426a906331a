import { FeelRange, order } from '../values.ts'
import type { FunctionSpec } from './spec.ts'
import { fn } from './spec.ts'

const PAIR = 'point1, point2 | point, range | range, point | range1, range2'

/** Allen's relations between points and intervals, as chapter 10.3.2.7 of DMN 1.3 lays them down. */
export const RANGE_FUNCTIONS: [string, FunctionSpec][] = [
  ['before', fn(PAIR, ([a, b]) => before(a, b))],
  ['after', fn(PAIR, ([a, b]) => before(b, a))],
  ['meets', ofRanges((a, b) => meets(a, b))],
  ['met by', ofRanges((a, b) => meets(b, a))],
  ['overlaps', ofRanges((a, b) => and(not(before(a, b)), not(before(b, a))))],
  ['overlaps before', ofRanges((a, b) => overlapsBefore(a, b))],
  ['overlaps after', ofRanges((a, b) => overlapsBefore(b, a))],
  ['finishes', fn('point, range | range1, range2', ([a, b]) => finishes(a, b))],
  ['finished by', fn('range, point | range1, range2', ([a, b]) => finishes(b, a))],
  ['includes', fn('range, point | range1, range2', ([a, b]) => includes(a, b))],
  ['during', fn('point, range | range1, range2', ([a, b]) => includes(b, a))],
  ['starts', fn('point, range | range1, range2', ([a, b]) => starts(a, b))],
  ['started by', fn('range, point | range1, range2', ([a, b]) => starts(b, a))],
  ['coincides', fn('point1, point2 | range1, range2', ([a, b]) => coincides(a, b))],
]

type Answer = boolean | null

function ofRanges(run: (a: FeelRange, b: FeelRange) => Answer): FunctionSpec {
  return fn('range1, range2', ([a, b]) => (a instanceof FeelRange && b instanceof FeelRange ? run(a, b) : null))
}

function and(a: Answer, b: Answer): Answer {
  return a === null || b === null ? null : a && b
}

function not(a: Answer): Answer {
  return a === null ? null : !a
}

/** Compares two ends without regard to open or closed; null where they cannot be ordered. */
function ends(a: unknown, b: unknown): number | null {
  return a === null || b === null ? null : order(a, b)
}

/** A point is the closed range from itself to itself. */
function asRange(x: unknown): FeelRange | null {
  if (x instanceof FeelRange) return x
  return x === null ? null : new FeelRange(x, x, false, false)
}

function before(x: unknown, y: unknown): Answer {
  const [a, b] = [asRange(x), asRange(y)]
  const gap = a && b ? ends(a.high, b.low) : null
  if (gap === null) return null
  return gap < 0 || (gap === 0 && (a!.highOpen || b!.lowOpen))
}

function meets(a: FeelRange, b: FeelRange): Answer {
  const gap = ends(a.high, b.low)
  return gap === null ? null : gap === 0 && !a.highOpen && !b.lowOpen
}

/** Where a range begins or ends, open ends a little further in: -1, 0, 1. */
function compareLow(a: FeelRange, b: FeelRange): number | null {
  const difference = ends(a.low, b.low)
  return difference === null ? null : Math.sign(difference) || Number(a.lowOpen) - Number(b.lowOpen)
}

function compareHigh(a: FeelRange, b: FeelRange): number | null {
  const difference = ends(a.high, b.high)
  return difference === null ? null : Math.sign(difference) || Number(b.highOpen) - Number(a.highOpen)
}

/** `a` begins first, ends inside `b`, and both have something in common. */
function overlapsBefore(a: FeelRange, b: FeelRange): Answer {
  const [low, high] = [compareLow(a, b), compareHigh(a, b)]
  if (low === null || high === null) return null
  return low < 0 && high <= 0 && and(not(before(a, b)), not(before(b, a)))
}

function finishes(x: unknown, y: unknown): Answer {
  if (!(y instanceof FeelRange)) return null
  if (!(x instanceof FeelRange)) {
    const end = ends(x, y.high)
    return end === null ? null : end === 0 && !y.highOpen
  }
  const [low, high] = [compareLow(x, y), compareHigh(x, y)]
  return low === null || high === null ? null : high === 0 && low >= 0
}

function starts(x: unknown, y: unknown): Answer {
  if (!(y instanceof FeelRange)) return null
  if (!(x instanceof FeelRange)) {
    const begin = ends(x, y.low)
    return begin === null ? null : begin === 0 && !y.lowOpen
  }
  const [low, high] = [compareLow(x, y), compareHigh(x, y)]
  return low === null || high === null ? null : low === 0 && high <= 0
}

function includes(x: unknown, y: unknown): Answer {
  const b = asRange(y)
  if (!(x instanceof FeelRange) || !b) return null
  const [low, high] = [compareLow(x, b), compareHigh(x, b)]
  return low === null || high === null ? null : low <= 0 && high >= 0
}

function coincides(x: unknown, y: unknown): Answer {
  const [a, b] = [asRange(x), asRange(y)]
  if (!a || !b || x instanceof FeelRange !== y instanceof FeelRange) return null
  const [low, high] = [compareLow(a, b), compareHigh(a, b)]
  return low === null || high === null ? null : low === 0 && high === 0
}
