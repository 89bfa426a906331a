import { TYPE_LABELS, VALUE_TYPES } from '@quancheng/process/dmn'
import type { DecisionTable, ValueType } from '@quancheng/process'
import { bare, readTest } from '../../rules/cell.ts'
import { changeInput, changeOutput, columnsOf, insertInput, insertOutput, moveColumn, removeColumn } from '../../rules/edit.ts'
import { typedOutput, typedValues } from '../../rules/typed.ts'
import { tx } from '../texts.ts'
import { Late } from './Late.tsx'

type Props = { table: DecisionTable, column: number, onChange: (table: DecisionTable) => void, onColumn: (column: number) => void }

/** What a column looks at or gives, in which type, and what is allowed. */
export function ColumnPanel({ table, column, onChange, onColumn }: Props) {
  const here = columnsOf(table)[column]
  if (!here || here.kind === 'note') return null
  const spec = here.kind === 'input' ? here.input : here.output
  const set = (change: Partial<{ label: string, type: ValueType, values: string[] }>) => onChange(here.kind === 'input' ? changeInput(table, here.at, change) : changeOutput(table, here.at, change))
  const insert = (by: 0 | 1) => { onChange(here.kind === 'input' ? insertInput(table, here.at + by, tx('newInput')) : insertOutput(table, here.at + by, tx('newOutput'))); onColumn(column + by) }
  const move = (by: -1 | 1) => { const next = moveColumn(table, here, by); if (next !== table) { onChange(next); onColumn(column + by) } }
  const key = spec.id
  const alone = here.kind === 'output' && table.outputs.length === 1
  return (
    <div className="dt-side-pad qc-stack" data-column-panel>
      <h3>{tx(here.kind === 'input' ? 'inputColumn' : 'outputColumn')}</h3>
      <Late key={`l-${key}`} label={tx('label')} text={spec.label} max={200} onText={label => set({ label })} />
      {here.kind === 'input' ? <Late key={`e-${key}`} label={tx('expression')} mono text={here.input.expression} onText={expression => onChange(changeInput(table, here.at, { expression }))} />
        : <Late key={`n-${key}`} label={tx('outputName')} mono max={200} text={here.output.name} onText={name => onChange(changeOutput(table, here.at, { name: name.trim() }))} />}
      <label className="dt-field"><span>{tx('type')}</span><select value={spec.type} onChange={event => set({ type: event.target.value as ValueType })}>{VALUE_TYPES.map(type => <option key={type} value={type}>{TYPE_LABELS[type]}</option>)}</select></label>
      <Late key={`v-${key}`} as="textarea" label={tx('allowed')} help={tx('allowedHint')} text={spec.values.map(each => (readTest(each).kind === 'values' ? bare(each) : each)).join('\n')} onText={text => set({ values: typedValues(text, spec.type) })} />
      {here.kind === 'output' && <Late key={`d-${key}`} label={tx('default')} help={tx('defaultHint')} text={here.output.default === null ? '' : readTest(here.output.default).kind === 'values' ? bare(here.output.default) : here.output.default} onText={text => onChange(changeOutput(table, here.at, { default: typedOutput(text, spec.type) || null }))} />}
      <div className="dt-acts">
        <button type="button" className="qc-button" onClick={() => insert(0)}>{tx('insertLeft')}</button><button type="button" className="qc-button" onClick={() => insert(1)}>{tx('insertRight')}</button>
        <button type="button" className="qc-button" onClick={() => move(-1)}>{tx('moveLeft')}</button><button type="button" className="qc-button" onClick={() => move(1)}>{tx('moveRight')}</button>
        <button type="button" className="qc-button dt-danger" disabled={alone} onClick={() => { onChange(removeColumn(table, here)); onColumn(Math.max(0, column - 1)) }}>{tx('deleteColumn')}</button>
      </div>
    </div>
  )
}
