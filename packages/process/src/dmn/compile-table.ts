import { bind, constantOf, toClosure } from '../feel/compile.ts'
import { parseUnaryTests } from '../feel/parser.ts'
import type { Closure, Env } from '../feel/values.ts'
import { equal, plain, spend } from '../feel/values.ts'
import type { Cell, CompiledCell } from './cells.ts'
import { compileCell, indexRules } from './cells.ts'
import { checkShape } from './check-shape.ts'
import type { Site } from './compile-boxed.ts'
import { feelClosure, feelTree, guarded } from './compile-boxed.ts'
import type { Hit, PolicySpec } from './hit-policy.ts'
import { combine, emptyResult } from './hit-policy.ts'
import { refuse, warn } from './problems.ts'
import type { DecisionTable, TableInput, TableOutput, TableRule } from './types.ts'
import { MISFIT, TYPE_LABELS, coerce } from './values.ts'

/** Why a table gave null although its rules are sound; about the data or two rules that contradict each other. */
export interface DecisionProblem {
  code: 'INPUT_TYPE' | 'INPUT_NOT_ALLOWED' | 'OUTPUT_NOT_ALLOWED' | 'RULES_CONFLICT'
  /** the input, output or table */
  elementId: string
  message: string
}

export interface InputValue {
  id: string
  label: string
  value: unknown
}

export interface TableOutcome {
  value: unknown
  /** ids of the rules that apply */
  matched: string[]
  inputs: InputValue[]
  problems: DecisionProblem[]
}

export interface CompiledTable {
  run(env: Env): TableOutcome
}

interface Column {
  input: TableInput
  label: string
  run: Closure
  /** allowed values; null: anything */
  allowed: Cell | null
  /** local that holds the input for cells that say `?` */
  slot: number
}

interface Output {
  output: TableOutput
  label: string
  allowed: Cell | null
  fallback: Closure | null
}

/** An output cell; `checked`: it can only be judged when evaluated. */
interface Entry {
  run: Closure
  checked: boolean
}

export function inputLabel(input: TableInput): string {
  return input.label || input.expression || input.id
}

export function outputLabel(output: TableOutput): string {
  return output.label || output.name || output.id
}

export function compileTable(table: DecisionTable, site: Site): CompiledTable {
  checkShape(table, site.findings)
  const columns = table.inputs.map((input) => compileColumn(input, site))
  const outputs = table.outputs.map((output) => compileOutput(output, site))
  const rows = table.rules.map((rule, i) => columns.map((column, at) => testOf(rule, i, column, rule.tests[at] ?? '', site)))
  const entries = table.rules.map((rule, i) => outputs.map((output, at) => entryOf(rule, i, output, rule.outputs[at] ?? '', site)))
  site.height += 10
  return { run: runner(table, columns, outputs, rows, entries, policyOf(table)) }
}

function compileColumn(input: TableInput, site: Site): Column {
  const label = inputLabel(input)
  const run = feelClosure(input.expression.trim(), site, input.id, `输入“${label}”的表达式`)
  const { slot } = bind(site.scope, '?', 'variable')
  const allowed = allowedOf(input.values, site, input.id, `输入“${label}”的允许值`)
  site.scope.locals.pop()
  return { input, label, run, allowed, slot }
}

function compileOutput(output: TableOutput, site: Site): Output {
  const label = outputLabel(output)
  const allowed = allowedOf(output.values, site, output.id, `输出“${label}”的允许值`)
  const fallback = output.default?.trim() ? feelClosure(output.default.trim(), site, output.id, `输出“${label}”的默认值`) : null
  return { output, label, allowed, fallback }
}

function allowedOf(values: string[], site: Site, elementId: string, what: string): Cell | null {
  if (!values.length) return null
  return guarded(site, elementId, what, () => compileCell(parseUnaryTests(values.join(', '), site.names), site.scope).test)
}

function testOf(rule: TableRule, number: number, column: Column, text: string, site: Site): CompiledCell {
  const what = `规则 ${number + 1} 的“${column.label}”`
  const everything: CompiledCell = { test: null, keys: null }
  if (text.trim() === '') return everything
  return guarded(site, rule.id, what, () => {
    const tests = parseUnaryTests(text, site.names)
    for (const { op, x } of tests.tests) if (op === null && x.t === 'name') unquoted(x.name, rule.id, what, site)
    site.scope.locals.push({ name: '?', slot: column.slot, kind: 'variable' })
    const cell = compileCell(tests, site.scope)
    site.scope.locals.pop()
    return cell
  }) ?? everything
}

function entryOf(rule: TableRule, number: number, output: Output, text: string, site: Site): Entry {
  if (text.trim() === '' || text.trim() === '-') return { run: () => null, checked: false }
  const what = `规则 ${number + 1} 的“${output.label}”`
  const tree = feelTree(text, site, rule.id, what)
  if (!tree) return { run: () => null, checked: false }
  if (tree.t === 'name') unquoted(tree.name, rule.id, what, site)
  const known = constantOf(tree)
  if (!known) return { run: toClosure(tree, site.scope), checked: output.allowed !== null }
  if (output.allowed && known.value !== null && !output.allowed(known.value, emptyEnv())) {
    refuse(site.findings, rule.id, 'VALUE_NOT_ALLOWED', `${what}是 ${text}，不在允许值 ${output.output.values.join('、')} 之内`)
  }
  return { run: () => known.value, checked: false }
}

/** The commonest slip: 金卡 where "金卡" is meant reads as a variable that does not exist. */
function unquoted(name: string, elementId: string, what: string, site: Site): void {
  if (site.names.callable.has(name) || site.scope.locals.some((local) => local.name === name)) return
  warn(site.findings, elementId, 'VALUE_NOT_QUOTED', `${what}写的 ${name} 会当作变量；如果是文字，请加引号："${name}"`)
}

function emptyEnv(): Env {
  return { scope: {}, locals: [], steps: 0, stack: 0 }
}

/** null for what is no value; `allowedOf` has told what cannot be read. */
function rankedValue(text: string): unknown {
  try {
    const [first] = parseUnaryTests(text).tests
    return first ? (constantOf(first.x)?.value ?? null) : null
  } catch {
    return null
  }
}

function policyOf(table: DecisionTable): PolicySpec {
  const names = table.outputs.map((output) => output.name)
  const ordered = table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER'
  const ranks = table.outputs.map((output) => {
    const values = ordered ? output.values.map(rankedValue) : []
    return (value: unknown, env: Env) => {
      const at = values.findIndex((other) => equal(other, value, env) === true)
      return at < 0 ? values.length : at
    }
  })
  const resultOf = (outputs: readonly unknown[]): unknown => {
    if (names.length === 1) return outputs[0]
    const result: Record<string, unknown> = {}
    for (let i = 0; i < names.length; i += 1) result[names[i]!] = outputs[i]
    return result
  }
  return { policy: table.hitPolicy, aggregation: table.aggregation, resultOf, ranks }
}

function runner(table: DecisionTable, columns: Column[], outputs: Output[], rows: CompiledCell[][], entries: Entry[][], policy: PolicySpec): CompiledTable['run'] {
  const index = indexRules(rows, columns.length)
  const all = rows.map((_, i) => i)
  // cells that everything passes are not looked at, nor is the column the index has settled
  const tests = rows.map((row) => row.flatMap(({ test }, column) => (test && column !== index?.column ? [{ test, column }] : [])))
  const firstOnly = table.hitPolicy === 'FIRST'
  const ruleIds = table.rules.map((rule) => rule.id)
  const fallbacks = outputs.some((output) => output.fallback) ? outputs.map((output) => output.fallback) : null

  return (env) => {
    const values: unknown[] = []
    const inputs: InputValue[] = []
    const problems: DecisionProblem[] = []
    for (const column of columns) values.push(readValue(column, env, inputs, problems))
    if (problems.length) return { value: null, matched: [], inputs, problems }
    const candidates = index ? index.candidates(values[index.column]) : all
    const hits: Hit[] = []
    for (const rule of candidates) {
      spend(env, 1)
      if (!applies(tests[rule]!, values, env)) continue
      hits.push({ rule, outputs: entries[rule]!.map((entry, i) => outputOf(entry, outputs[i]!, env, problems)) })
      if (firstOnly) break
    }
    if (!hits.length) return { value: fallbacks ? defaultOf(fallbacks, policy, env) : emptyResult(table.hitPolicy, table.aggregation), matched: [], inputs, problems }
    const matched = hits.map((hit) => ruleIds[hit.rule]!)
    if (problems.length) return { value: null, matched, inputs, problems }
    const { value, conflict } = combine(hits, policy, env)
    if (conflict) problems.push({ code: 'RULES_CONFLICT', elementId: table.id, message: conflictSentence(table, conflict) })
    return { value, matched, inputs, problems }
  }
}

function applies(tests: { test: Cell; column: number }[], values: unknown[], env: Env): boolean {
  for (const { test, column } of tests) if (!test(values[column], env)) return false
  return true
}

/** The value in the column's type, checked; also where cells find it as `?`. */
function readValue({ input, label, run, allowed, slot }: Column, env: Env, inputs: InputValue[], problems: DecisionProblem[]): unknown {
  const raw = plain(run(env))
  const value = coerce(input.type, raw)
  inputs.push({ id: input.id, label, value: value === MISFIT ? raw : value })
  if (value === MISFIT) {
    problems.push({ code: 'INPUT_TYPE', elementId: input.id, message: `“${label}”应为${TYPE_LABELS[input.type]}` })
    return null
  }
  env.locals[slot] = value
  if (value !== null && allowed && !allowed(value, env)) {
    problems.push({ code: 'INPUT_NOT_ALLOWED', elementId: input.id, message: `“${label}”的值不在允许值 ${input.values.join('、')} 之内` })
  }
  return value
}

function outputOf(entry: Entry, { output, label, allowed }: Output, env: Env, problems: DecisionProblem[]): unknown {
  const value = plain(entry.run(env))
  if (entry.checked && value !== null && !allowed!(value, env)) {
    problems.push({ code: 'OUTPUT_NOT_ALLOWED', elementId: output.id, message: `“${label}”算出的值不在允许值 ${output.values.join('、')} 之内` })
  }
  return value
}

function defaultOf(fallbacks: (Closure | null)[], policy: PolicySpec, env: Env): unknown {
  const value = policy.resultOf(fallbacks.map((run) => plain(run?.(env) ?? null)))
  return Array.isArray(emptyResult(policy.policy, policy.aggregation)) ? [value] : value
}

function conflictSentence(table: DecisionTable, rules: readonly number[]): string {
  const list = rules.slice(0, 10).map((rule) => `规则 ${rule + 1}`).join('、')
  const why = table.hitPolicy === 'ANY' ? '结果不同' : '只允许一条命中'
  return `“${table.name}”的${list}同时命中，而${why}`
}
