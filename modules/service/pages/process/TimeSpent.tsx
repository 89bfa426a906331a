import { durationText, EmptyState } from '@quancheng/ui'
import { percent, Section, Table } from './Section.tsx'
import { tp } from './texts.ts'
import type { CaseQuestion, ReviewView } from './types.ts'

type OnCases = { onCases: (question: CaseQuestion) => void }

/** Where nobody worked on it and where somebody did, activity by activity. A log of completions knows the time from one to the next only, and says so. */
export function WaitingWorking({ time, onCases }: { time: ReviewView['time'] } & OnCases) {
  const known = time.activities.some(each => each.known > 0), most = Math.max(1, ...time.activities.map(each => known ? each.waiting + each.working : each.sojourn))
  return (
    <Section title={tp(known ? 'waitingShare' : 'sojourn')} hint={known ? tp('waitingShareHint', { n: time.steps }) : undefined} plain>
      {known ? <div className="qc-panel-pad"><Split waiting={time.waitingMinutes} working={time.workingMinutes} /></div> : <p className="sp-note sp-note-in">{tp('onlySojourn')}</p>}
      <Table head={[tp('activity'), tp('count'), ...(known ? [tp('waiting'), tp('working'), tp('workingPart')] : [tp('sojourn')])]}>{time.activities.slice(0, 30).map(each => {
        const link = (text: string, by: 'total' | 'waiting' | 'working') => <button type="button" className="qc-link" aria-label={`${each.activity} ${tp(by)}`} onClick={() => onCases({ title: `${each.activity} · ${tp(by)}`, activity: each.activity, by })}>{text}</button>
        const all = each.waiting + each.working
        return (
          <tr key={each.activity}><th scope="row">{each.activity}<i className="sp-two-bar" aria-hidden>{known ? <><s style={{ width: `${100 * each.waiting / most}%` }} className="sp-waits" /><s style={{ width: `${100 * each.working / most}%` }} /></> : <s style={{ width: `${100 * each.sojourn / most}%` }} />}</i></th><td className="sv-right">{each.steps}</td>
            {known ? each.known === 0 ? <td className="sv-right qc-faint" colSpan={3}>{tp('notMeasured')}</td> : <><td className="sv-right">{link(durationText(each.waiting), 'waiting')}</td><td className="sv-right">{link(durationText(each.working), 'working')}</td><td className="sv-right">{all > 0 ? percent(each.working / all) : '—'}</td></>
              : <td className="sv-right">{each.measured === 0 ? <span className="qc-faint">{tp('notMeasured')}</span> : link(durationText(each.sojourn), 'total')}</td>}</tr>
        )
      })}</Table>
    </Section>
  )
}

/** What is done again in a case: how often, how much time it took, and by which way the case came back. */
export function Rework({ rework, onCases }: { rework: ReviewView['rework'] } & OnCases) {
  return (
    <Section title={tp('rework')} hint={tp('reworkHint', { n: rework.cases, share: percent(rework.share) })} plain>
      {rework.activities.length === 0 ? <EmptyState icon="check" title={tp('noRework')} /> : <>
        {rework.timeShare !== null && <p className="sp-note sp-note-in">{tp('reworkTime', { d: durationText(rework.minutes), share: percent(rework.timeShare) })}</p>}
        <Table head={[tp('activity'), tp('cases'), tp('again'), tp('directly'), tp('againTime')]}>{rework.activities.map(each => (
          <tr key={each.activity}><th scope="row"><button type="button" className="qc-link" onClick={() => onCases({ title: `${each.activity} · ${tp('again')}`, again: each.activity })}>{each.activity}</button></th><td className="sv-right">{each.cases}</td><td className="sv-right">{each.again}</td><td className="sv-right">{each.directly}</td><td className="sv-right">{durationText(each.minutes)}</td></tr>
        ))}</Table>
        <Table head={[tp('loop'), tp('cases'), tp('timesHead'), '']}>{rework.loops.map(each => (
          <tr key={`${each.from}>${each.to}`}><th scope="row"><button type="button" className="qc-link" onClick={() => onCases({ title: `${each.from} → ${each.to}`, after: each.from, next: each.to, again: each.to })}>{each.from} → {each.to}</button></th><td className="sv-right">{each.cases}</td><td className="sv-right">{each.times}</td><td /></tr>
        ))}</Table>
      </>}
    </Section>
  )
}

function Split({ waiting, working }: { waiting: number, working: number }) {
  const all = waiting + working
  if (all <= 0) return <EmptyState icon="clock" title={tp('notMeasured')} />
  return (
    <div>
      <div className="sp-split" role="img" aria-label={`${tp('waiting')} ${percent(waiting / all)}，${tp('working')} ${percent(working / all)}`}><i style={{ width: `${100 * waiting / all}%` }} /><i style={{ width: `${100 * working / all}%` }} /></div>
      <p className="sp-split-text"><span>{tp('waiting')} {percent(waiting / all)} · {durationText(waiting)}</span><span>{tp('working')} {percent(working / all)} · {durationText(working)}</span></p>
    </div>
  )
}
