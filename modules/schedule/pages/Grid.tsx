import { presentTime } from '@quancheng/ui'
import { useEffect, useRef, useState } from 'react'
import type { Item, Page } from './api.ts'
import { useDrag, type Drag, type Spot } from './drag.ts'
import { lanesOf } from './lanes.ts'
import { ts } from './texts.ts'
import { clock, clockOf, dayOfInstant, minuteOf, onDay, weekdayName } from './time.ts'

const SNAP = 30
type Props = { days: string[], page: Page, onOpen: (item: Item) => void, onNew: (day: string, from: number, to: number) => void, onDay: (day: string) => void, onMove?: ((item: Item, spot: Spot) => void) | undefined }

export const DayMark = ({ kind }: { kind: 'off' | 'work' | undefined }) => (kind ? <em className={`sc-${kind}`}>{ts(kind)}</em> : null)

/** Days side by side, hours downwards. A click makes an hour, a drag what was dragged; an event is dragged to another time, or longer. */
export function Grid({ days, page, onOpen, onNew, onDay: goTo, onMove }: Props) {
  const drag = useDrag((key, spot) => { const item = page.items.find(i => i.key === key); if (item) onMove?.(item, spot) })
  const scroll = useRef<HTMLDivElement>(null), today = dayOfInstant(presentTime())
  useEffect(() => { const box = scroll.current; if (box) box.scrollTop = box.scrollHeight * (8 / 24) - 8 }, [])
  const long = (i: Item): boolean => i.allDay || new Date(i.to).getTime() - new Date(i.from).getTime() >= 86_400_000
  return (
    <section className="sc-grid qc-panel" style={{ '--days': days.length } as React.CSSProperties}>
      <div className="sc-head"><span />{days.map(day => (
        <button type="button" key={day} data-today={day === today || undefined} data-kind={page.days[day]} onClick={() => goTo(day)}><span>{weekdayName(day)}</span><b>{Number(day.slice(8))}</b><DayMark kind={page.days[day]} /></button>))}</div>
      <div className="sc-whole"><span>{ts('allDay')}</span>{days.map(day => <div key={day}>{onDay(page.items, day).filter(long).map(i => <Chip key={i.key} item={i} onOpen={onOpen} />)}</div>)}</div>
      <div className="sc-scroll" ref={scroll} tabIndex={-1}>
        <div className="sc-body">
          <div className="sc-hours">{Array.from({ length: 24 }, (_, h) => <span key={h}>{h > 0 && clockOf(h * 60)}</span>)}</div>
          {days.map(day => <DayColumn key={day} day={day} items={onDay(page.items, day).filter(i => !long(i))} today={day === today} kind={page.days[day]} onOpen={onOpen} onNew={onNew} drag={onMove && drag} />)}
        </div>
      </div>
    </section>
  )
}

export function Chip({ item: i, onOpen, time = false }: { item: Item, onOpen: (item: Item) => void, time?: boolean }) {
  return (
    <button type="button" className="sc-chip" data-kind={i.kind} data-level={i.level} data-answer={i.answer} data-done={i.done || undefined} title={[i.title, i.who, i.place].filter(Boolean).join(' · ')} onClick={event => { event.stopPropagation(); onOpen(i) }} disabled={!i.id && !i.href}>
      {time && !i.allDay && <span>{clock(i.from)}</span>}{i.who && <b>{i.who}</b>}{i.title}
    </button>
  )
}

/** Only what one may change, has its times in one day, and is no whole day. */
const movable = (i: Item): boolean => i.level === 'write' && i.id !== null && i.source === null && i.href === null && !i.allDay && dayOfInstant(i.from) === dayOfInstant(new Date(new Date(i.to).getTime() - 1))

function DayColumn({ day, items, today, kind, onOpen, onNew, drag: moving }: { day: string, items: Item[], today: boolean, kind: 'off' | 'work' | undefined, onOpen: Props['onOpen'], onNew: Props['onNew'], drag: Drag | undefined }) {
  const [drag, setDrag] = useState<{ from: number, to: number } | null>(null)
  const blocks = items.map(i => { const from = dayOfInstant(i.from) < day ? 0 : minuteOf(i.from), to = dayOfInstant(i.to) > day ? 1440 : minuteOf(i.to); return { from, to: Math.max(to, from + 20) } }), lanes = lanesOf(blocks)
  const minute = (event: React.PointerEvent<HTMLElement>): number => { const box = event.currentTarget.getBoundingClientRect(); return Math.max(0, Math.min(1440 - SNAP, Math.floor(((event.clientY - box.top) / box.height) * 1440 / SNAP) * SNAP)) }
  const low = drag && Math.min(drag.from, drag.to), high = drag && Math.max(drag.from, drag.to) + SNAP
  return (
    <div className="sc-day" data-day={day} data-today={today || undefined} data-kind={kind}
      onPointerDown={event => { if (event.target === event.currentTarget && event.button === 0 && event.pointerType === 'mouse') { event.currentTarget.setPointerCapture(event.pointerId); const m = minute(event); setDrag({ from: m, to: m }) } }}
      onPointerMove={event => { if (drag) setDrag({ ...drag, to: minute(event) }) }}
      onPointerCancel={() => setDrag(null)}
      onPointerUp={() => { if (drag) { onNew(day, low!, drag.from === drag.to ? drag.from + 60 : high!); setDrag(null) } }}
      onClick={event => { const e = event as unknown as React.PointerEvent<HTMLElement>; if (event.target === event.currentTarget && (event.nativeEvent as PointerEvent).pointerType !== 'mouse') { const m = minute(e); onNew(day, m, m + 60) } }}>
      {today && <i className="sc-now" style={{ top: `${minuteOf(presentTime()) / 14.4}%` }} />}
      {drag && <i className="sc-drag" style={{ top: `${low! / 14.4}%`, height: `${(high! - low!) / 14.4}%` }}>{clockOf(low!)}–{clockOf(Math.min(high!, 1439))}</i>}
      {moving?.live?.spot.day === day && <i className="sc-drag" style={{ top: `${moving.live.spot.from / 14.4}%`, height: `${(moving.live.spot.to - moving.live.spot.from) / 14.4}%` }}>{clockOf(moving.live.spot.from)}–{clockOf(moving.live.spot.to % 1440)}</i>}
      {items.map((i, n) => (
        <div key={i.key} className="sc-block" data-moving={moving?.live?.hold.key === i.key || undefined} data-movable={(moving && movable(i)) || undefined} title={moving && movable(i) ? ts('dragHint') : undefined}
          onPointerDown={moving && movable(i) ? event => moving.begin(event, { key: i.key, what: (event.target as HTMLElement).classList.contains('sc-edge') ? 'end' : 'move', from: minuteOf(i.from), to: minuteOf(i.to) || 1440, day }) : undefined}
          onClickCapture={event => { if (moving?.wasDrag()) { event.stopPropagation(); event.preventDefault() } }} data-short={blocks[n]!.to - blocks[n]!.from < 45 || undefined} style={{ top: `${blocks[n]!.from / 14.4}%`, height: `${(blocks[n]!.to - blocks[n]!.from) / 14.4}%`, left: `${(lanes[n]!.lane / lanes[n]!.lanes) * 100}%`, width: `${100 / lanes[n]!.lanes}%` }}>
          <Chip item={i} onOpen={onOpen} time />
          {moving && movable(i) && <i className="sc-edge" aria-hidden />}
        </div>))}
    </div>
  )
}
