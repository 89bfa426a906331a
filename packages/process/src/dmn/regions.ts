import type { Feel, UnaryTest, UnaryTests } from '../feel/ast.ts'
import { constantOf } from '../feel/compile.ts'
import { parseUnaryTests } from '../feel/parser.ts'
import { quoteFeel } from '../feel/print.ts'
import { FeelDate } from '../feel/index.ts'
import { order } from '../feel/values.ts'
import type { TableInput } from './types.ts'

/**
 * A column cut into pieces (atoms) inside which no cell changes its mind: the values that are listed and all others, or the
 * limits on a line and the stretches between them. A cell is then a set of atoms, written as the bits of a bigint.
 */
export interface Region {
  label: string
  /** how many there are */
  atoms: number
  /** atoms that an input can be at all */
  all: bigint
  /** of each rule; null: an expression that cannot be analysed */
  cells: (bigint | null)[]
  /** a set of atoms in words, e.g. `[100..200)` or `"金卡"、其他值` */
  describe(atoms: bigint): string
}

type Cell = UnaryTests | null

export function regionOf(input: TableInput, label: string, texts: string[]): Region {
  const cells = texts.map((text) => read(text))
  const allowed = input.values.length ? read(input.values.join(', ')) : null
  const found = new Points()
  const usable = cells.map((cell) => cell !== null && found.take(cell))
  const bounded = allowed !== null && found.take(allowed)
  if (found.mixed) return { label, atoms: 1, all: 1n, cells: cells.map((cell) => (cell?.any ? 1n : null)), describe: () => '任意值' }
  if (input.type === 'boolean') found.addAll([true, false])
  const atoms = found.line ? lineAtoms(found.sorted()) : pointAtoms(found.values, input.type === 'boolean')
  const all = bounded ? maskOf(allowed, atoms) & atoms.all : atoms.all
  const masks = cells.map((cell, i) => (usable[i] ? maskOf(cell!, atoms) & all : null))
  return { label, atoms: 2 * found.values.length + 1, all, cells: masks, describe: atoms.describe }
}

function read(text: string): Cell {
  if (text.trim() === '') return { any: true, negated: false, tests: [] }
  try {
    return parseUnaryTests(text)
  } catch {
    return null
  }
}

/** The constants that cells compare with. */
class Points {
  values: unknown[] = []
  line = false
  mixed = false

  /** false for a cell with an expression in it */
  take(cell: UnaryTests): boolean {
    const parts = cell.tests.map(partsOf)
    if (parts.some((part) => part === null)) return false
    for (const part of parts) {
      if (part!.onLine) this.line = true
      this.addAll(part!.values.filter((value) => value !== null))
    }
    return true
  }

  addAll(values: unknown[]): void {
    for (const value of values) {
      if (this.values.some((other) => same(other, value))) continue
      if (this.values.length && typeof value !== 'boolean' && order(this.values[0], value) === null) this.mixed = true
      this.values.push(value)
    }
  }

  sorted(): unknown[] {
    return this.values.toSorted((a, b) => order(a, b) ?? 0)
  }
}

function same(a: unknown, b: unknown): boolean {
  return a === b || order(a, b) === 0
}

function partsOf({ op, x }: UnaryTest): { values: unknown[]; onLine: boolean } | null {
  if (op === null && x.t === 'range') {
    const [low, high] = [constantOf(x.low), constantOf(x.high)]
    return low && high ? { values: [low.value, high.value], onLine: true } : null
  }
  const values = valuesOf(x)
  return values && { values, onLine: op !== null && op !== '=' && op !== '!=' }
}

/** A constant, or a list of them. */
function valuesOf(x: Feel): unknown[] | null {
  const items = x.t === 'list' ? x.items : [x]
  const known = items.map((item) => constantOf(item))
  return known.every((item) => item !== null) ? known.map((item) => item.value) : null
}

interface Atoms {
  all: bigint
  /** atoms of a value */
  at(value: unknown): bigint
  below(value: unknown): bigint
  describe(atoms: bigint): string
}

function bit(i: number): bigint {
  return 1n << BigInt(i)
}

function has(atoms: bigint, i: number): boolean {
  return (atoms & bit(i)) !== 0n
}

function maskOf(cell: UnaryTests, atoms: Atoms): bigint {
  if (cell.any) return atoms.all
  let mask = 0n
  for (const test of cell.tests) mask |= maskOfTest(test, atoms)
  return cell.negated ? atoms.all & ~mask : mask
}

function maskOfTest({ op, x }: UnaryTest, atoms: Atoms): bigint {
  if (op === null && x.t === 'range') {
    const [low, high] = [constantOf(x.low)!.value, constantOf(x.high)!.value]
    const above = atoms.all & ~atoms.below(low) & ~(x.lowOpen ? atoms.at(low) : 0n)
    return above & (atoms.below(high) | (x.highOpen ? 0n : atoms.at(high)))
  }
  const values = valuesOf(x)!
  const here = values.reduce<bigint>((mask, value) => mask | atoms.at(value), 0n)
  if (op === null || op === '=') return here
  if (op === '!=') return atoms.all & ~here
  const below = atoms.below(values[0])
  switch (op) {
    case '<': return below
    case '<=': return below | here
    case '>': return atoms.all & ~below & ~here
    case '>=': return atoms.all & ~below
  }
}

function pointAtoms(values: unknown[], closed: boolean): Atoms {
  const count = values.length + (closed ? 0 : 1)
  const describe = (atoms: bigint) => [...values.flatMap((value, i) => (has(atoms, i) ? [printValue(value)] : [])), ...(!closed && has(atoms, values.length) ? ['其他值'] : [])].join('、')
  return {
    all: bit(count) - 1n,
    at: (value) => {
      const i = values.findIndex((other) => same(other, value))
      return i < 0 ? 0n : bit(i)
    },
    below: () => 0n,
    describe,
  }
}

/** Limits p0 < p1 < … : atom 2i + 1 is the limit pi, atom 2i what lies just below it, the last what lies above all. */
function lineAtoms(points: unknown[]): Atoms {
  const indexOf = (value: unknown) => points.findIndex((point) => same(point, value))
  let all = bit(2 * points.length + 1) - 1n
  // there is nothing between one day and the next
  for (const [i, point] of points.entries()) {
    const before = points[i - 1]
    if (point instanceof FeelDate && before instanceof FeelDate && point.days === before.days + 1) all &= ~bit(2 * i)
  }
  return {
    all,
    at: (value) => (indexOf(value) < 0 ? 0n : bit(2 * indexOf(value) + 1)),
    below: (value) => (indexOf(value) < 0 ? 0n : (bit(2 * indexOf(value) + 1) - 1n) & all),
    describe: (atoms) => stretches(atoms, all, 2 * points.length + 1).map(([from, to]) => printStretch(points, from, to)).join('、'),
  }
}

/** Atoms that follow one another, as from – to; atoms that do not exist break nothing. */
function stretches(atoms: bigint, all: bigint, count: number): [number, number][] {
  const found: [number, number][] = []
  let open = false
  for (let i = 0; i < count; i += 1) {
    if (!has(all, i)) continue
    if (!has(atoms, i)) open = false
    else if (open) found[found.length - 1]![1] = i
    else {
      found.push([i, i])
      open = true
    }
  }
  return found
}

function printStretch(points: unknown[], from: number, to: number): string {
  const [openLow, openHigh] = [from % 2 === 0, to % 2 === 0]
  const low = points[openLow ? from / 2 - 1 : (from - 1) / 2]
  const high = points[openHigh ? to / 2 : (to - 1) / 2]
  if (low === undefined && high === undefined) return '任意值'
  if (low === undefined) return `${openHigh ? '<' : '<='} ${printValue(high)}`
  if (high === undefined) return `${openLow ? '>' : '>='} ${printValue(low)}`
  if (from === to && !openLow) return printValue(low)
  return `${openLow ? '(' : '['}${printValue(low)}..${printValue(high)}${openHigh ? ')' : ']'}`
}

function printValue(value: unknown): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' ? quoteFeel(value) : String(value)
}
