import { AGGREGATIONS } from '@quancheng/process/dmn'
import type { Aggregation, DecisionTable, HitPolicy } from '@quancheng/process'
import { duplicateRules, insertInput, insertOutput, insertRules, moveRules, removeRules, type Range } from '../../rules/edit.ts'
import { only, type Selection } from '../grid/selection.ts'
import { POLICIES, policyLabel, policyMeaning } from '../policies.ts'
import { tx } from '../texts.ts'

type Props = { table: DecisionTable, range: Range, selection: Selection, feel: boolean, onFeel: (feel: boolean) => void, onChange: (table: DecisionTable) => void, onSelect: (s: Selection) => void }

/** How the table decides, in a sentence, and what can be done with the selected rules. */
export function Toolbar({ table, range, selection, feel, onFeel, onChange, onSelect }: Props) {
  const { top, bottom } = range, some = selection.row >= 0 && table.rules.length > 0
  const setPolicy = (hitPolicy: HitPolicy) => onChange({ ...table, hitPolicy, aggregation: hitPolicy === 'COLLECT' ? table.aggregation : null })
  const move = (by: -1 | 1) => { const next = moveRules(table, top, bottom, by); if (next !== table) { onChange(next); onSelect({ ...selection, row: selection.row + by, anchorRow: selection.anchorRow + by }) } }
  const act = (key: 'addRule' | 'duplicate' | 'moveUp' | 'moveDown' | 'deleteRules', run: () => void, always = false) => <button type="button" className="qc-link" disabled={!always && !some} onClick={run}>{tx(key)}</button>
  return (
    <div className="dt-bar">
      <div className="dt-policy">
        <label>{tx('hitPolicy')}<select value={table.hitPolicy} onChange={event => setPolicy(event.target.value as HitPolicy)}>{POLICIES.map(policy => <option key={policy} value={policy}>{policyLabel(policy)}</option>)}</select></label>
        {table.hitPolicy === 'COLLECT' && <label>{tx('aggregation')}<select value={table.aggregation ?? ''} onChange={event => onChange({ ...table, aggregation: (event.target.value || null) as Aggregation | null })}><option value="">{tx('list')}</option>{AGGREGATIONS.map(each => <option key={each} value={each}>{tx(each)}</option>)}</select></label>}
        <span className="qc-soft">{policyMeaning(table.hitPolicy)}</span>
      </div>
      <div className="dt-rule-acts">
        {act('addRule', () => { const at = some ? bottom + 1 : table.rules.length; onChange(insertRules(table, at)); onSelect(only(at, 0)) }, true)}
        {act('duplicate', () => { onChange(duplicateRules(table, top, bottom)); onSelect(only(bottom + 1, selection.column)) })}
        {act('moveUp', () => move(-1))}{act('moveDown', () => move(1))}
        {act('deleteRules', () => { onChange(removeRules(table, top, bottom)); onSelect(only(Math.max(-1, Math.min(top, table.rules.length - 2 - (bottom - top))), selection.column)) })}
        <i aria-hidden />
        <button type="button" className="qc-link" onClick={() => { onChange(insertInput(table, table.inputs.length, tx('newInput'))); onSelect(only(-1, table.inputs.length)) }}>{tx('addInput')}</button>
        <button type="button" className="qc-link" onClick={() => { onChange(insertOutput(table, table.outputs.length, tx('newOutput'))); onSelect(only(-1, table.inputs.length + table.outputs.length)) }}>{tx('addOutput')}</button>
        <label className="dt-check dt-feel-switch"><input type="checkbox" checked={feel} onChange={event => onFeel(event.target.checked)} />{tx('showFeel')}</label>
      </div>
    </div>
  )
}
