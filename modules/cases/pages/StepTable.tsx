import { Icon, shortText } from '@quancheng/ui'
import { AGES, workText } from './shown.ts'
import { tc } from './texts.ts'
import type { Filter } from './useFilter.ts'
import type { Age, Overview, StepLine } from './types.ts'

type Props = { view: Overview, filter: Filter, onFilter: (change: Filter & { node: string }) => void }

export const nameOf = (line: Pick<StepLine, 'node' | 'name'>): string => (line.node === '-' ? tc('nowhere') : line.name)

/** By step: how many, how old, how late. Every figure filters the list to its rows. */
export function StepTable({ view, filter, onFilter }: Props) {
  const most = Math.max(1, ...view.steps.map(line => line.open))
  const figure = (line: StepLine, n: number, label: string, change: Filter, tone = '') => n === 0 ? <span className="qc-faint">0</span>
    : <button type="button" className={`qc-link cs-figure ${tone}`} aria-label={`${nameOf(line)} ${label} ${n}`} onClick={() => onFilter({ node: line.node, ...change })}>{n}</button>
  return (
    <div className="cs-wrap">
      <table className="cs-steps">
        <thead><tr><th>{tc('step')}</th><th className="cs-right">{tc('count')}</th><th className="cs-bar-cell">{tc('ageing')}</th><th className="cs-right">{tc('oldest')}</th><th className="cs-right">{tc('median')}</th><th className="cs-right">{tc('late')}</th><th className="cs-right">{tc('warn')}</th><th className="cs-right">{tc('paused')}</th><th className="cs-right">{tc('unassigned')}</th><th className="cs-right">{tc('incident')}</th></tr></thead>
        <tbody>{view.steps.map(line => (
          <tr key={line.node} aria-current={filter.node === line.node || undefined}>
            <th scope="row"><button type="button" className="qc-link" onClick={() => onFilter({ node: line.node })}>{nameOf(line)}</button></th>
            <td className="cs-right" data-label={tc('count')}><b>{line.open}</b></td>
            <td className="cs-bar-cell"><AgeBar line={line} most={most} onAge={age => onFilter({ node: line.node, age })} /></td>
            <td className="cs-right" data-label={tc('oldest')} title={shortText(line.oldestAt)}>{workText(line.oldestMinutes, view.dayMinutes)}</td>
            <td className="cs-right" data-label={tc('median')}>{workText(line.medianMinutes, view.dayMinutes)}</td>
            <td className="cs-right" data-label={tc('late')}>{figure(line, line.late, tc('late'), { age: 'overdue' }, 'qc-danger')}</td>
            <td className="cs-right" data-label={tc('warn')}>{figure(line, line.warn, tc('warn'), { age: 'warn' })}</td>
            <td className="cs-right" data-label={tc('paused')}>{figure(line, line.paused, tc('paused'), { flag: 'paused' })}</td>
            <td className="cs-right" data-label={tc('unassigned')}>{figure(line, line.unassigned, tc('unassigned'), { flag: 'unassigned' })}</td>
            <td className="cs-right" data-label={tc('incident')}>{figure(line, line.incident, tc('incident'), { flag: 'incident' }, 'qc-danger')}</td>
          </tr>
        ))}</tbody>
        <tfoot><tr><th scope="row">{tc('total')}</th><td className="cs-right" data-label={tc('count')}><b>{view.totals.open}</b></td><td className="cs-bar-cell" /><td className="cs-right cs-blank" /><td className="cs-right cs-blank" />{(['late', 'warn', 'paused', 'unassigned', 'incident'] as const).map(name => <td key={name} className="cs-right" data-label={tc(name)}>{view.totals[name]}</td>)}</tr></tfoot>
      </table>
    </div>
  )
}

/** px; a part that is pressed must be hit. */
const NARROWEST = 22

/** Length is the number, parts are the ages; the words are in the tooltip and for screen readers, so colour is not all. */
function AgeBar({ line, most, onAge }: { line: StepLine, most: number, onAge: (age: Age) => void }) {
  const ages = AGES.filter(age => line.ages[age])
  return (
    <span className="cs-track" style={{ width: `${(line.open / most) * 100}%`, minWidth: ages.length * NARROWEST }}>
      {ages.map(age => (
        <button key={age} type="button" className={`cs-age cs-age-${age}`} style={{ flexGrow: line.ages[age] }} title={`${tc(age)} ${line.ages[age]}`} aria-label={`${nameOf(line)} ${tc(age)} ${line.ages[age]}`} onClick={() => onAge(age)}>
          <span aria-hidden>{line.ages[age]}</span>{age === 'twice' && <Icon name="warn" size={11} />}
        </button>
      ))}
    </span>
  )
}

/** What the colours of the bars are; only those that occur. */
export function AgeLegend({ view }: { view: Overview }) {
  const used = AGES.filter(age => view.steps.some(line => line.ages[age]))
  return <ul className="cs-legend">{used.map(age => <li key={age}><i className={`cs-age-${age}`} aria-hidden />{tc(age)}</li>)}</ul>
}
