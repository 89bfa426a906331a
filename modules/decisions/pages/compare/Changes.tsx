import type { Change } from '../../rules/difference.ts'
import { tx } from '../texts.ts'

/** The differences of two versions in words. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return <p className="qc-soft">{tx('same')}</p>
  return (
    <ul className="dt-changes qc-plain">{changes.map(change => (
      <li key={`${change.what}-${change.kind}-${change.id}`} data-what={change.what}>
        <span className="dt-what">{tx(change.what)}</span>
        <div><b>{change.name}</b>{change.kind !== '规则' && <span className="qc-faint"> {change.kind}</span>}
          {change.details.length > 0 && <ul className="qc-plain dt-details">{change.details.map(({ text, before, after }, i) => (
            <li key={i}>{text}{(before !== null || after !== null) && <>：{before !== null && <del>{before}</del>}{before !== null && after !== null && ' → '}{after !== null && <ins>{after}</ins>}</>}</li>
          ))}</ul>}
        </div>
      </li>
    ))}</ul>
  )
}
