import { Icon } from '../../icons.tsx'
import { Duration, Lateness, When } from '../../time/Times.tsx'
import { ta } from './texts.ts'
import type { ApprovalStep, ApprovalView, VoteView } from './types.ts'

const tone = (vote: VoteView): string =>
  vote.state === 'done' ? (vote.answer === 'reject' ? 'no' : vote.answer === 'return' ? 'back' : 'yes') : vote.state === 'queued' ? 'queued' : vote.state === 'cancelled' ? 'gone' : 'now'

/** Every step and every vote, in order: who, when, how long, what they said. Never by colour alone. */
export function ApprovalCourse({ view }: { view: ApprovalView }) {
  const steps = view.steps.filter(step => step.state !== 'cancelled' || step.votes?.some(vote => vote.state === 'done'))
  const seen = new Set(view.steps.map(step => step.nodeId))
  const next = view.instance.state === 'active' ? view.planned.filter(each => !each.end && !seen.has(each.nodeId)) : []
  return (
    <>
      <ol className="qc-plain qa-course">
        {steps.map((step, i) => <Step key={step.id} step={step} first={i === 0} view={view} />)}
        {next.map(each => <li key={each.nodeId} className="qa-step qa-step-queued"><div className="qa-step-name">{each.name}</div></li>)}
        {view.instance.state !== 'active' && <li className="qa-step qa-step-end"><div className="qa-step-name">{view.instance.state === 'cancelled' ? ta('withdrawn') : ta('ended', { name: view.instance.endName ?? '' })} <When at={view.instance.endedAt} form="absolute" /></div></li>}
      </ol>
      {view.copies.length > 0 && <p className="qc-soft">{ta('copies', { list: view.copies.map(each => each.name).join('、') })}</p>}
    </>
  )
}

function Step({ step, first, view }: { step: ApprovalStep, first: boolean, view: ApprovalView }) {
  const lines: VoteView[] = step.votes ?? [step]
  return (
    <li className={`qa-step qa-step-${step.votes ? (step.state === 'active' ? 'now' : 'done') : tone(step)}`}>
      <div className="qa-step-name">{step.name}{step.gate && <span className="qc-soft"> · {ta('gated')}</span>}</div>
      <ul className="qc-plain">{lines.map(vote => <Vote key={vote.id} vote={vote} applicant={first && !step.votes ? view.starter?.name ?? null : null} />)}</ul>
    </li>
  )
}

function Vote({ vote, applicant }: { vote: VoteView, applicant: string | null }) {
  const how = tone(vote)
  const who = vote.forName && vote.actorName ? ta('acting', { a: vote.actorName, b: vote.forName }) : vote.actorName ?? vote.assigneeName ?? applicant ?? '—'
  const word = vote.state === 'done' ? vote.outcome : how === 'queued' ? ta('queued') : how === 'gone' ? ta('notNeeded') : ta('waiting')
  return (
    <li className={`qa-vote qa-vote-${how}`}>
      <div className="qa-vote-head">
        <Icon name={how === 'yes' ? 'check' : how === 'no' ? 'close' : how === 'back' ? 'back' : how === 'now' ? 'clock' : 'minus'} size={14} />
        <strong>{who}</strong><span className="qa-word">{word}</span>
        {vote.state === 'done' && <When at={vote.finishedAt ?? null} form="absolute" />}
        {(vote.state === 'done' || how === 'now') && <span className="qc-soft"><Duration minutes={vote.minutesUsed} /></span>}
        {how === 'now' && <Lateness lateness={vote.lateness} dueAt={vote.dueAt ?? null} minutesLeft={vote.minutesLeft ?? null} tentative={vote.tentative ?? false} />}
      </div>
      {(vote.added || vote.handedFrom) && <div className="qc-faint">{vote.added?.byName ? ta('addedBy', { name: vote.added.byName }) : ''}{vote.handedFrom ? ta('handedBy', { name: vote.handedFrom }) : ''}</div>}
      {vote.comment && <div className="qc-multiline qa-comment">{vote.comment}</div>}
    </li>
  )
}
