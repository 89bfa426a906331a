import type { DecisionTable } from '@quancheng/process'
import { Icon } from '@quancheng/ui'
import { gapTests, placeOf, type Finding, type Place } from '../../rules/findings.ts'
import type { Checked } from '../editor/useTable.ts'
import { tx } from '../texts.ts'

type Props = { table: DecisionTable, found: Checked | null, onShow: (place: Place) => void, onFill: (tests: string[]) => void }

/** Everything the checker says; a click leads to the cell, the column or the two rules. */
export function CheckPanel({ table, found, onShow, onFill }: Props) {
  if (!found) return <p className="qc-faint dt-side-pad">{tx('checking')}</p>
  const { problems, warnings } = found
  if (problems.length + warnings.length === 0) return <p className="dt-fine dt-side-pad"><Icon name="check" size={14} />{tx('fine')}</p>
  const line = (finding: Finding, i: number, bad: boolean) => {
    const gap = finding.code === 'RULE_GAP' ? gapTests(table, finding.message) : null
    return (
      <li key={`${bad}-${i}`}>
        <button type="button" className="dt-finding" onClick={() => onShow(placeOf(table, finding))}><span className={bad ? 'qc-mark qc-mark-bad' : 'qc-mark'} aria-label={tx(bad ? 'problem' : 'warning')}>{bad ? '!' : '?'}</span><span>{finding.message}</span></button>
        {gap && <button type="button" className="qc-link dt-gap" onClick={() => onFill(gap)}>{tx('fillGap')}</button>}
      </li>
    )
  }
  return (
    <div className="dt-findings">
      {problems.length > 0 && <p className="qc-danger dt-side-pad"><b>{tx('nProblems', { n: problems.length })}</b>，{tx('mustFix')}</p>}
      {problems.length > 0 && <ul className="qc-plain">{problems.map((each, i) => line(each, i, true))}</ul>}
      {warnings.length > 0 && <p className="dt-warned dt-side-pad">{tx('nWarnings', { n: warnings.length })}</p>}
      <ul className="qc-plain">{warnings.map((each, i) => line(each, i, false))}</ul>
    </div>
  )
}
