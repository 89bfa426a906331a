import { dateTimeText } from '@quancheng/ui'
import type { Move, Offer, WalkView } from '../api.ts'
import { tw } from '../texts.ts'

const words = (o: Offer): string => {
  switch (o.on) {
    case 'outcome': return o.label ?? tw('done')
    case 'message': return tw('message', { name: o.label ?? '' })
    case 'signal': return tw('signal', { name: o.label ?? '' })
    case 'error': return tw('error', { name: o.label ?? '' })
    default: return tw(o.on)
  }
}

/** The moves, by where they are made: steps that wait first, then what may happen. */
export function Offers({ walk, busy, onTake }: { walk: WalkView, busy: boolean, onTake: (move: Move) => void }) {
  const stepOf = (o: Offer): string | null => ('step' in o.move ? o.move.step : null)
  const events = walk.offers.filter(o => stepOf(o) === null)
  const button = (o: Offer) => <button key={JSON.stringify(o.move)} type="button" disabled={busy} className={`qc-button${o.danger ? ' wk-danger' : o.on === 'outcome' || o.on === 'done' ? ' qc-button-primary' : ''}`} onClick={() => onTake(o.move)}>{words(o)}</button>
  return <>
    {walk.tokens.map(token => {
      const offers = walk.offers.filter(o => stepOf(o) === token.id)
      if (!offers.length) return null
      return (
        <div key={token.id}>
          <h3>{token.name}<small className="qc-faint">{token.kind === 'service' ? tw('program') : token.role ? tw('by', { role: walk.roles[token.role] ?? token.role }) : ''}{token.called ? ` ${tw('inCalled', { name: token.called })}` : ''}{token.local.loopCounter === undefined ? '' : ` #${String(token.local.loopCounter)}`}</small></h3>
          <div className="wk-acts">{offers.map(button)}</div>
        </div>
      )
    })}
    {events.map(o => (
      <div key={JSON.stringify(o.move)}><h3>{o.name}{o.due && <small className="qc-faint">{tw('dueAt', { at: dateTimeText(o.due) })}</small>}</h3><div className="wk-acts">{button(o)}</div></div>
    ))}
  </>
}
