import type { DecisionTable, ValueType } from '@quancheng/process'
import { useId } from 'react'
import { bare, literalOf, readTest, splitValues, writeTest, type Test } from '../../rules/cell.ts'
import { cellAt, columnsOf, setCell, type Column } from '../../rules/edit.ts'
import { typedTest } from '../../rules/typed.ts'
import { labelOf } from '../grid/geometry.ts'
import type { Mark } from '../grid/Rows.tsx'
import { countOf, type Selection } from '../grid/selection.ts'
import { tx } from '../texts.ts'
import { Late } from './Late.tsx'

type Props = { table: DecisionTable, selection: Selection, marks: ReadonlyMap<string, ReadonlyMap<string, Mark>>, onChange: (table: DecisionTable) => void }

/** The active cell for people who do not write formulas; the formula is shown below and may be written as well. */
export function CellPanel({ table, selection, marks, onChange }: Props) {
  const { row, column } = selection, here = columnsOf(table)[column]
  if (!here || row < 0 || !table.rules[row]) return <p className="qc-faint dt-side-pad">{tx('nothingSelected')}</p>
  const text = cellAt(table, row, column), count = countOf(selection)
  const name = `${tx('ruleN', { n: row + 1 })} · ${labelOf(here) || tx('noteColumn')}`
  const said = [marks.get(table.rules[row].id)?.get(String(column)), marks.get(table.rules[row].id)?.get('*')].filter(each => each !== undefined)
  const set = (next: string) => onChange(setCell(table, row, column, next, true))
  const write = (next: string) => onChange(setCell(table, row, column, next))
  return (
    <div className="dt-side-pad qc-stack">
      <h3>{name}</h3>
      {count > 1 && <p className="qc-soft">{tx('manySelected', { n: count, cell: name })}</p>}
      {here.kind === 'note' ? <Late key={`${row}-${column}`} as="textarea" label={tx('noteColumn')} text={text} onText={set} />
        : here.kind === 'input' ? <TestForm key={`${row}-${column}`} column={here} text={text} onFeel={set} onTyped={write} />
          : <OutputForm key={`${row}-${column}`} column={here} text={text} onFeel={set} onTyped={write} />}
      {here.kind !== 'note' && <Late key={`feel-${row}-${column}`} label="FEEL" mono text={text} onText={set} help={here.kind === 'input' ? tx('formulaHint') : undefined} />}
      {said.map(each => <p key={each.text} className={each.bad ? 'dt-said qc-danger' : 'dt-said'} role="status">{each.text}</p>)}
    </div>
  )
}

type FormProps<K extends Column['kind']> = { column: Extract<Column, { kind: K }>, text: string, onFeel: (text: string) => void, onTyped: (text: string) => void }
type Choice = 'any' | 'values' | 'not' | 'compare' | 'between' | 'text'

const ORDERED: readonly ValueType[] = ['number', 'date', 'dateTime', 'time', 'any', 'dayTimeDuration', 'yearMonthDuration']
const choiceOf = (test: Test): Choice => (test.kind === 'values' && test.not ? 'not' : test.kind)

function TestForm({ column, text, onFeel, onTyped }: FormProps<'input'>) {
  const { type, values } = column.input, name = useId()
  const test = readTest(text), choice = choiceOf(test)
  const first = test.kind === 'values' ? test.values[0] : test.kind === 'compare' ? test.value : test.kind === 'between' ? test.low : undefined
  const begin = first ?? (type === 'number' ? '0' : ORDERED.includes(type) && type !== 'any' ? literalOf(type === 'date' ? today() : '', type) : values[0] ?? '""')
  const put = (next: Test) => { const feel = writeTest(next); if (feel !== null) onFeel(feel) }
  const choose = (next: Choice) => {
    if (next === 'any') put({ kind: 'any' })
    else if (next === 'compare') put({ kind: 'compare', op: '>=', value: begin })
    else if (next === 'between') put({ kind: 'between', low: begin, high: begin, lowOpen: false, highOpen: false })
    else if (next !== 'text') put({ kind: 'values', values: test.kind === 'values' ? test.values : [begin], not: next === 'not' })
  }
  const choices: Choice[] = ['any', 'values', 'not', ...(ORDERED.includes(type) ? ['compare', 'between'] as const : []), ...(choice === 'text' ? ['text'] as const : [])]
  if (type === 'boolean' && choice !== 'text') return <Chips name={tx('how')} options={[{ text: '-', words: tx('anyValue') }, { text: 'true', words: tx('yes') }, { text: 'false', words: tx('no') }]} on={[text.trim() === '' ? '-' : text.trim()]} onPick={onFeel} />
  return <>
    <label className="dt-field"><span>{tx('how')}</span><select value={choice} onChange={event => choose(event.target.value as Choice)}>{choices.map(each => <option key={each} value={each}>{tx(LABELS[each])}</option>)}</select></label>
    {test.kind === 'values' && <ValuesForm name={name} type={type} allowed={values} test={test} onPut={put} />}
    {test.kind === 'compare' && <div className="dt-pair">
      <label className="dt-field"><span>{tx('op')}</span><select value={test.op} onChange={event => put({ ...test, op: event.target.value as '<' })}>{(['>=', '>', '<=', '<'] as const).map(op => <option key={op} value={op}>{{ '>=': '≥', '>': '>', '<=': '≤', '<': '<' }[op]}</option>)}</select></label>
      <Late label={tx('value')} type={type} text={bare(test.value)} onText={next => put({ ...test, value: literalOf(next, type) })} />
    </div>}
    {test.kind === 'between' && <><div className="dt-pair">
      <Late label={tx('low')} type={type} text={bare(test.low)} onText={next => put({ ...test, low: literalOf(next, type) })} />
      <Late label={tx('high')} type={type} text={bare(test.high)} onText={next => put({ ...test, high: literalOf(next, type) })} />
    </div><div className="dt-pair">
      <label className="dt-check"><input type="checkbox" checked={!test.lowOpen} onChange={event => put({ ...test, lowOpen: !event.target.checked })} />{tx('includeLow')}</label>
      <label className="dt-check"><input type="checkbox" checked={!test.highOpen} onChange={event => put({ ...test, highOpen: !event.target.checked })} />{tx('includeHigh')}</label>
    </div></>}
    {test.kind === 'any' && values.length > 0 && type === 'string' && <Chips name={tx('allowed')} options={values.map(each => ({ text: each, words: bare(each) }))} on={[]} onPick={onTyped} />}
  </>
}

const LABELS = { any: 'anyValue', values: 'oneOf', not: 'notOneOf', compare: 'compares', between: 'between', text: 'formula' } as const

function ValuesForm({ name, type, allowed, test, onPut }: { name: string, type: ValueType, allowed: readonly string[], test: Extract<Test, { kind: 'values' }>, onPut: (test: Test) => void }) {
  const listed = allowed.filter(each => readTest(each).kind === 'values')
  const others = test.values.filter(each => !listed.includes(each))
  if (listed.length && !others.length) {
    const flip = (value: string) => onPut({ ...test, values: test.values.includes(value) ? test.values.filter(each => each !== value) : listed.filter(each => each === value || test.values.includes(each)) })
    return <div className="dt-checks" role="group" aria-labelledby={name}>{listed.map(each => <label key={each} className="dt-check"><input type="checkbox" checked={test.values.includes(each)} onChange={() => flip(each)} />{bare(each)}</label>)}</div>
  }
  return <Late label={tx('value')} help={tx('valuesHint')} text={test.values.map(bare).join('、')} onText={next => { const read = readTest(typedTest(splitValues(next.replace(/[、，]/g, ','))?.map(each => literalOf(each, type)).join(', ') ?? next, type)); if (read.kind === 'values' || read.kind === 'any') onPut(read.kind === 'values' ? { ...read, not: test.not } : read) }} />
}

function OutputForm({ column, text, onTyped }: FormProps<'output'>) {
  const { values, type } = column.output
  if (type === 'boolean') return <Chips name={tx('result')} options={[{ text: 'true', words: tx('yes') }, { text: 'false', words: tx('no') }]} on={[text.trim()]} onPick={onTyped} />
  if (values.length && values.every(each => readTest(each).kind === 'values')) return <Chips name={tx('result')} options={values.map(each => ({ text: each, words: bare(each) }))} on={[text.trim()]} onPick={onTyped} />
  return <Late label={tx('result')} type={type === 'date' ? type : undefined} text={readTest(text).kind === 'values' ? bare(text) : text.trim() === '-' ? '' : text} onText={onTyped} help={tx('outputHint')} />
}

function Chips({ name, options, on, onPick }: { name: string, options: Array<{ text: string, words: string }>, on: readonly string[], onPick: (text: string) => void }) {
  return <div className="dt-field"><span>{name}</span><div className="dt-picks" role="group" aria-label={name}>{options.map(each => <button key={each.text} type="button" aria-pressed={on.includes(each.text)} onClick={() => onPick(each.text)}>{each.words}</button>)}</div></div>
}

function today(): string {
  const now = new Date()
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}
