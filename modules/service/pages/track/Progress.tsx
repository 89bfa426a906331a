import { dateTimeText, durationText, Icon, shortText } from '@quancheng/ui'
import type { TrackStage, TrackView } from '../shared/types.ts'
import { tc } from './texts.ts'
import { promiseText } from './when.ts'

/** Where the customer's device is, how long each stage took, what comes next (SP-10). */
export function Progress({ view, at }: { view: TrackView, at: number }) {
  const current = view.stages.find(stage => stage.state === 'current')
  const ready = current?.nodeId === 'pickup'
  const headline = view.ended ? `${tc('ended')} · ${view.stages.at(-1)?.name ?? view.stage}` : ready ? tc('ready') : tc('now', { stage: current?.name ?? view.stage })
  return (
    <>
      <section className={`sc-now${ready || view.ended ? ' sc-now-ready' : ''}`}>
        <p className="sc-number">{view.number}</p>
        <h1>{headline}</h1>
        {current?.paused && <p>{tc('paused', { why: current.paused })}</p>}
        {!view.ended && !ready && view.expected && <p className="sc-expected">{tc(view.basedOn === undefined ? 'expected' : 'likely', { at: promiseText(view.expected) })}</p>}
        {!view.ended && !ready && view.expected && view.basedOn !== undefined && <p className="sc-likely">{tc('likelyNote', { n: view.basedOn })}</p>}
        {!view.ended && !ready && view.next && <p>{tc('next', { stage: view.next })}</p>}
      </section>
      <section className="sc-card" aria-label={tc('stages')}>
        <ol className="sc-stages">{view.stages.map((stage, i) => <Stage key={`${stage.nodeId}-${i}`} stage={stage} />)}</ol>
        <p className="sc-foot">{tc('workTime')} · {tc('updated', { t: shortText(new Date(at)) })}</p>
      </section>
      <section className="sc-card">
        <dl className="sc-facts">
          {view.device && <><dt>{tc('device')}</dt><dd>{view.device}</dd></>}
          <dt>{tc('came')}</dt><dd>{dateTimeText(view.startedAt)}</dd>
          {view.phone && <><dt>{tc('phone')}</dt><dd>{view.phone}</dd></>}
          {view.station && <><dt>{tc('station')}</dt><dd>{view.station.name}</dd></>}
          {view.station?.address && <><dt>{tc('address')}</dt><dd>{view.station.address}</dd></>}
        </dl>
        {view.station?.phone && <a className="sc-call" href={`tel:${view.station.phone.replace(/[^\d+]/g, '')}`}><Icon name="phone" size={20} />{tc('call')} {view.station.phone}</a>}
      </section>
    </>
  )
}

function Stage({ stage }: { stage: TrackStage }) {
  return (
    <li className={`sc-stage sc-${stage.state}`} aria-current={stage.state === 'current' ? 'step' : undefined}>
      <i aria-hidden>{stage.state === 'done' && <Icon name="check" size={14} />}</i>
      <div><strong>{stage.name}</strong>
        <span>{stage.state === 'todo' ? tc('todo') : stage.minutes === null ? '' : tc(stage.state === 'current' ? 'soFar' : 'minutes', { d: durationText(stage.minutes) })}</span></div>
      {stage.finishedAt && <time dateTime={stage.finishedAt}>{shortText(stage.finishedAt)}</time>}
    </li>
  )
}
