import { Link } from 'react-router'
import type { Plan, RefusedCase } from './api.ts'
import { tm } from './texts.ts'

/** How many would go, and what keeps the others. */
export function Result({ plan: { dryRun } }: { plan: Plan }) {
  const { running, tried, can, cannot } = dryRun
  const text = cannot === 0 ? tm('all', { n: tried }) : can === 0 ? tm('noneCan', { n: tried }) : tm('some', { n: tried, can, cannot })
  return (
    <div className="qc-panel-pad" aria-live="polite">
      <p className="cm-sum" data-how={cannot === 0 ? 'ok' : 'some'}>{text}{cannot > 0 && '：'}</p>
      {tried < running && <p className="qc-notice">{tm('limit', { n: tried })}</p>}
      {dryRun.problems.length > 0 && <ul className="cm-problems">{dryRun.problems.map((each, i) => <li key={i}><span>{each.message}</span> <span className="qc-faint">{tm('casesOf', { n: each.cases })}</span></li>)}</ul>}
      <Refused cases={dryRun.refused} all={cannot} />
    </div>
  )
}

/** The cases that stay, each with the way to it. */
export function Refused({ cases, all }: { cases: readonly RefusedCase[], all: number }) {
  if (cases.length === 0) return null
  return (
    <details className="cm-refused" open={cases.length <= 5}>
      <summary>{tm('refused')} <span className="qc-faint">{all > cases.length ? tm('firstOnly', { n: cases.length }) : all}</span></summary>
      <ul className="qc-plain">{cases.map(each => <li key={each.caseId}><Link to={`/cases/${each.caseId}`}>{each.label || tm('unnamed')}</Link><span className="qc-soft">{each.problems.map(p => p.message).join('；')}</span></li>)}</ul>
    </details>
  )
}
