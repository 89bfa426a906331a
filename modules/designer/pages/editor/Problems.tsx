import { Icon } from '@quancheng/ui'
import { useState } from 'react'
import type { Studio } from '../studio/studio.ts'
import type { Checked, Problem } from '../studio/types.ts'
import { td } from '../texts.ts'

/** Everything that is wrong or doubtful, told once; a click shows where. */
export function Problems({ checked, failed, studio }: { checked: Checked | null, failed: boolean, studio: Studio | null }) {
  const [chosen, setOpen] = useState<boolean | null>(null)
  const [last, setLast] = useState<Checked | null>(checked)
  if (checked && checked !== last) setLast(checked)
  const shown = checked ?? last
  // doubts may wait; what stands in the way of publishing is shown
  const open = chosen ?? (shown?.problems.length ?? 0) > 0
  const all = shown ? shown.problems.length + shown.warnings.length : 0
  const nameOf = (p: Problem) => {
    const bo = p.elementId ? studio?.services.elementRegistry.get(p.elementId)?.businessObject : undefined
    if (!bo) return td('wholeProcess')
    // what has no name is called as the message calls it
    return bo.name || /“([^”]+)”/.exec(p.message)?.[1] || bo.id
  }
  const line = (p: Problem, i: number, bad: boolean) => (
    <li key={`${p.code}-${p.elementId}-${i}`}><button type="button" onClick={() => studio?.select(p.elementId)}>
      <span className={bad ? 'qc-mark qc-mark-bad' : 'qc-mark'} aria-label={td(bad ? 'problem' : 'warning')}>{bad ? '!' : '?'}</span><b>{nameOf(p)}</b><span>{p.message}</span><span className="qc-code">{p.code}</span>
    </button></li>
  )
  return (
    <section className="qd-problems" aria-label={td('problems')} aria-busy={checked === null}>
      <button type="button" className="qd-problems-head" aria-expanded={open && all > 0} onClick={() => setOpen(!open)}>
        {failed ? <span className="qc-soft">{td('checkFailed')}</span> : !shown ? <span className="qc-soft">{td('checking')}</span> : all === 0 ? <span className="qd-fine"><Icon name="check" size={14} />{td('fine')}</span> : <>
          {shown.problems.length > 0 && <span className="qc-danger"><b>{td('nProblems', { n: shown.problems.length })}</b>（{td('mustFix')}）</span>}
          {shown.warnings.length > 0 && <span className="qd-warn">{td('nWarnings', { n: shown.warnings.length })}</span>}
        </>}
        {checked === null && shown && <span className="qc-faint">{td('checking')}</span>}
        {all > 0 && <Icon name={open ? 'down' : 'up'} size={14} />}
      </button>
      {open && shown && all > 0 && <ul>{shown.problems.map((p, i) => line(p, i, true))}{shown.warnings.map((p, i) => line(p, i, false))}</ul>}
    </section>
  )
}
