import { durationText, EtaText, Icon } from '@quancheng/ui'
import { useNavigate } from 'react-router'
import type { BoardCard } from '../shared/types.ts'
import { tr } from '../repeat/texts.ts'
import { tb } from './texts.ts'

type Props = { card: BoardCard, shown: string, station: string | null, busy: boolean, wall: boolean, onMenu: () => void, onKey: (event: React.KeyboardEvent) => void, onDrag: (card: BoardCard | null) => void }

/** One request on the board: number, device, who has it, how long it has been here. Lateness is a sign, a colour and a word. */
export function Card({ card, shown, station, busy, wall, onMenu, onKey, onDrag }: Props) {
  const navigate = useNavigate()
  const open = () => void navigate(`/e/service-requests/${card.id}`)
  const word = card.lateness === 'late' ? tb('late') : card.lateness === 'warn' ? tb('warn') : ''
  return (
    <li className={`sb-card sb-${card.state === 'paused' ? 'paused' : card.lateness}${busy ? ' sb-busy' : ''}`} draggable={!wall && !busy} tabIndex={wall ? undefined : 0} id={`card-${card.id}`} aria-label={`${card.number} ${card.title} ${word}`}
      onDragStart={event => { event.dataTransfer.setData('text/plain', card.id); event.dataTransfer.effectAllowed = 'move'; onDrag(card) }} onDragEnd={() => onDrag(null)}
      onClick={() => { if (!wall) open() }}
      onKeyDown={event => {
        if (event.target !== event.currentTarget) return
        if (event.key === 'Enter') open()
        else if (event.key.toLowerCase() === 'm') { event.preventDefault(); onMenu() }
        else onKey(event)
      }}>
      <div className="sb-card-top"><b title={card.number}>{shown}</b>
        {!wall && <button type="button" className="sb-menu" tabIndex={-1} aria-label={`${tb('moveCard')} ${card.number}`} title={tb('moveCard')} onClick={event => { event.stopPropagation(); onMenu() }}><Icon name="more" /></button>}</div>
      {(card.title || card.customer) && <div className="sb-what">{card.title}{card.customer && <span> {card.customer}</span>}</div>}
      {(card.repeatDays !== null || card.lawRights.length > 0) && <div className="sb-marks">{card.repeatDays !== null && <span>{tr('repeat', { n: card.repeatDays })}</span>}{card.lawRights.map(right => <span key={right} className="sb-law">{tr(right as 'replace' | 'loaner' | 'refund')}</span>)}</div>}
      <div className="sb-foot"><span className="sb-who">{station && `${station} `}{card.state === 'paused' ? tb('pausedFor', { why: card.pausedFor ?? '' }) : card.ownerName ?? tb('nobody')}</span>
        <span className="sb-age">{card.state === 'paused' ? <Icon name="pause" size={13} /> : card.lateness !== 'ok' && <Icon name={card.lateness === 'late' ? 'warn' : 'clock'} size={13} />}{durationText(card.minutes)}</span></div>
      {card.eta && <div className="sb-eta"><EtaText eta={card.eta} short /></div>}
    </li>
  )
}
