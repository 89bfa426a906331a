import { dateTimeText, Duration, durationText, Icon, Lateness, shortText, useNow } from '@quancheng/ui'
import type { CaseAnswer, CaseStep } from '../shared/types.ts'
import { ahead, isOpen, pauseMinutes, totalMinutes } from './course.ts'
import { tq } from './texts.ts'

/** Every stage with its minutes, who did it, its pauses and its comment (SP-03, SP-23). */
export function Course({ view }: { view: CaseAnswer }) {
  const next = ahead(view)
  return (
    <>
      <ol className="sv-plain sr-course">{view.steps.map(step => <Step key={step.id} step={step} />)}</ol>
      {next.length > 0 && <p className="sr-next">{tq('planned', { list: next.join(' → ') })}</p>}
      <p className="sr-total">{tq('total')} <Duration minutes={Math.round(totalMinutes(view))} /></p>
    </>
  )
}

function Step({ step }: { step: CaseStep }) {
  const now = useNow()
  const open = isOpen(step)
  return (
    <li className={`sr-step${open ? ' sr-open' : ''}${step.lateness === 'late' ? ' sr-late' : ''}`}>
      <div className="sr-step-head"><strong>{step.name}</strong><span>{step.assigneeName ?? (open ? tq('nobody') : '')}</span>
        <b className="qc-number">{durationText(Math.round(step.minutesUsed ?? 0))}</b></div>
      <div className="sr-step-times">
        <time dateTime={step.enteredAt} title={dateTimeText(step.enteredAt)}>{shortText(step.enteredAt)}</time> – {step.finishedAt ? <time dateTime={step.finishedAt} title={dateTimeText(step.finishedAt)}>{shortText(step.finishedAt)}</time> : step.state === 'waiting' ? tq(step.assigneeId ? 'assigned' : 'waiting') : tq('working')}
        {step.outcome && <span>{tq('outcome', { o: step.outcome })}</span>}
        {open && step.state !== 'paused' && <Lateness lateness={step.lateness} dueAt={step.dueAt ?? null} minutesLeft={step.minutesLeft ?? null} tentative={step.tentative ?? false} />}
        {!open && step.lateness === 'late' && <span className="qc-late qc-late-late"><Icon name="warn" size={13} />{tq('late')}</span>}
      </div>
      {step.pauses.map(pause => <div key={pause.from} className="sr-pause"><Icon name="pause" size={13} />{pause.to ? tq('pausedFor', { d: durationText(pauseMinutes(pause, now)), why: pause.reason }) : `${tq('pausedNow', { why: pause.reason })} · ${durationText(pauseMinutes(pause, now))}`}</div>)}
      {step.comment && <div className="qc-multiline sr-comment">{step.comment}</div>}
    </li>
  )
}
