import { TYPE_LABELS, type DecisionTable, type TableRule } from '@quancheng/process'
import { outputWords, testWords } from './cell.ts'

export interface Detail { text: string; before: string | null; after: string | null }
export interface Change { what: 'added' | 'removed' | 'changed' | 'moved'; kind: '决策表' | '输入' | '输出' | '规则'; id: string; name: string; details: Detail[] }

const POLICY: Record<DecisionTable['hitPolicy'], string> = { UNIQUE: '唯一', FIRST: '首条', PRIORITY: '优先级', ANY: '一致', COLLECT: '收集', 'RULE ORDER': '按规则次序', 'OUTPUT ORDER': '按结果次序' }
const SUMMED = { SUM: '求和', MIN: '最小', MAX: '最大', COUNT: '计数' } as const
export const policyName = (table: Pick<DecisionTable, 'hitPolicy' | 'aggregation'>): string => (table.aggregation ? `${POLICY[table.hitPolicy]}（${SUMMED[table.aggregation]}）` : POLICY[table.hitPolicy])

/** What changed from one table to the other, in the words of the people who keep it. Rules are known by their id, in files of other tools by what they say. */
export function difference(from: DecisionTable, to: DecisionTable): Change[] {
  return [...frame(from, to), ...columns('输入', from.inputs, to.inputs, inputFacts), ...columns('输出', from.outputs, to.outputs, outputFacts), ...rules(from, to)]
}

function frame(from: DecisionTable, to: DecisionTable): Change[] {
  const details = told([['名称', from.name, to.name], ['命中规则', policyName(from), policyName(to)]])
  return details.length ? [{ what: 'changed', kind: '决策表', id: to.id, name: to.name, details }] : []
}

type Fact = readonly [text: string, before: string, after: string]
const told = (facts: readonly Fact[]): Detail[] => facts.filter(([, before, after]) => before !== after).map(([text, before, after]) => ({ text, before: before || null, after: after || null }))

const inputFacts = (a: DecisionTable['inputs'][number], b: DecisionTable['inputs'][number]): Fact[] =>
  [['名称', a.label, b.label], ['表达式', a.expression, b.expression], ['类型', TYPE_LABELS[a.type], TYPE_LABELS[b.type]], ['允许值', values(a.values), values(b.values)]]
const outputFacts = (a: DecisionTable['outputs'][number], b: DecisionTable['outputs'][number]): Fact[] =>
  [['名称', a.label, b.label], ['变量', a.name, b.name], ['类型', TYPE_LABELS[a.type], TYPE_LABELS[b.type]], ['允许值', values(a.values), values(b.values)], ['默认值', a.default === null ? '' : outputWords(a.default), b.default === null ? '' : outputWords(b.default)]]
const values = (list: readonly string[]): string => list.map(testWords).join('、')

const called = (column: { label: string; id: string } & ({ expression: string } | { name: string })): string => column.label || ('expression' in column ? column.expression : column.name) || column.id

function columns<T extends { id: string; label: string } & ({ expression: string } | { name: string })>(kind: '输入' | '输出', from: readonly T[], to: readonly T[], facts: (a: T, b: T) => Fact[]): Change[] {
  const before = new Map(from.map(each => [each.id, each])), after = new Set(to.map(each => each.id))
  const kept = to.filter(each => before.has(each.id)), moved = movedIds(from.filter(each => after.has(each.id)).map(each => each.id), kept.map(each => each.id))
  return [
    ...from.filter(each => !after.has(each.id)).map((each): Change => ({ what: 'removed', kind, id: each.id, name: called(each), details: [] })),
    ...to.flatMap((each, at): Change[] => {
      const old = before.get(each.id)
      if (!old) return [{ what: 'added', kind, id: each.id, name: called(each), details: [] }]
      const details = told(facts(old, each))
      if (details.length) return [{ what: 'changed', kind, id: each.id, name: called(each), details }]
      return moved.has(each.id) ? [{ what: 'moved', kind, id: each.id, name: called(each), details: [{ text: `移到第 ${at + 1} 列`, before: null, after: null }] }] : []
    }),
  ]
}

/** A rule in one line: 年消费 ≥ 10000、渠道 门店 → 金卡. */
export function ruleWords(table: DecisionTable, rule: TableRule): string {
  const tests = table.inputs.flatMap((input, i) => (testWords(rule.tests[i]!) === '任意' ? [] : [`${called(input)} ${testWords(rule.tests[i]!)}`]))
  const outputs = table.outputs.map((output, i) => (table.outputs.length > 1 ? `${called(output)} ${outputWords(rule.outputs[i]!)}` : outputWords(rule.outputs[i]!)))
  return `${tests.join('、') || '任何情况'} → ${outputs.join('、')}`
}

function rules(from: DecisionTable, to: DecisionTable): Change[] {
  const pairs = matched(from, to)
  const kept = new Set(pairs.values())
  const number = new Map(from.rules.map((rule, i) => [rule, i + 1]))
  const moved = movedIds(from.rules.filter(rule => kept.has(rule)).map(rule => rule.id), to.rules.flatMap(rule => pairs.get(rule)?.id ?? []))
  return [
    ...from.rules.filter(rule => !kept.has(rule)).map((rule): Change => ({ what: 'removed', kind: '规则', id: rule.id, name: `规则 ${number.get(rule)}`, details: [{ text: ruleWords(from, rule), before: null, after: null }] })),
    ...to.rules.flatMap((rule, at): Change[] => {
      const old = pairs.get(rule), name = `规则 ${at + 1}`
      if (!old) return [{ what: 'added', kind: '规则', id: rule.id, name, details: [{ text: ruleWords(to, rule), before: null, after: null }] }]
      const details = cells(from, old, to, rule)
      if (moved.has(old.id)) details.push({ text: `从第 ${number.get(old)} 条移到第 ${at + 1} 条`, before: null, after: null })
      return details.length ? [{ what: details.length === 1 && moved.has(old.id) ? 'moved' : 'changed', kind: '规则', id: rule.id, name, details }] : []
    }),
  ]
}

/** New rule → the old one that it was: by its id, else by saying the same. */
function matched(from: DecisionTable, to: DecisionTable): Map<TableRule, TableRule> {
  const byId = new Map(from.rules.map(rule => [rule.id, rule]))
  const pairs = new Map<TableRule, TableRule>()
  for (const rule of to.rules) { const old = byId.get(rule.id); if (old) { pairs.set(rule, old); byId.delete(rule.id) } }
  const left = new Map([...byId.values()].map(rule => [ruleWords(from, rule), rule]))
  for (const rule of to.rules) {
    const words = ruleWords(to, rule), old = pairs.has(rule) ? undefined : left.get(words)
    if (old) { pairs.set(rule, old); left.delete(words) }
  }
  return pairs
}

function cells(from: DecisionTable, old: TableRule, to: DecisionTable, rule: TableRule): Detail[] {
  const before = new Map<string, string>([...from.inputs.map((each, i) => [each.id, testWords(old.tests[i]!)] as const), ...from.outputs.map((each, i) => [each.id, outputWords(old.outputs[i]!)] as const)])
  // a column that was added says nothing about rules that leave it open
  const facts: Fact[] = [
    ...to.inputs.map((each, i): Fact => [called(each), before.get(each.id) ?? '任意', testWords(rule.tests[i]!)]),
    ...to.outputs.map((each, i): Fact => [called(each), before.get(each.id) ?? '空', outputWords(rule.outputs[i]!)]), ['备注', old.note, rule.note],
  ]
  return told(facts)
}

/** The fewest that have to be moved to get from one order to the other: all that are not in the longest run that kept its order. */
function movedIds(from: readonly string[], to: readonly string[]): Set<string> {
  const place = new Map(from.map((id, i) => [id, i]))
  const order = to.filter(id => place.has(id))
  const ends: number[] = [], before: number[] = []
  order.forEach((id, i) => {
    let low = 0, high = ends.length
    while (low < high) { const middle = (low + high) >> 1; if (place.get(order[ends[middle]!]!)! < place.get(id)!) low = middle + 1; else high = middle }
    before[i] = low > 0 ? ends[low - 1]! : -1
    ends[low] = i
  })
  const stay = new Set<string>()
  for (let i = ends.at(-1) ?? -1; i >= 0; i = before[i]!) stay.add(order[i]!)
  return new Set(order.filter(id => !stay.has(id)))
}
