import { useEffect, useRef, useState } from 'react'

/** What is dragged: the whole event, or its lower edge. Minutes of the day; `over`: the day under the pointer. */
export type Hold = { key: string, what: 'move' | 'end', from: number, to: number, day: string, grab: number }
export type Spot = { day: string, from: number, to: number }
export const STEP = 15

const snapped = (minute: number): number => Math.round(minute / STEP) * STEP

/** Where a dragged event lies when the pointer is at a minute of a day: as long as it was, inside one day; by its edge, at least a quarter of an hour. */
export function spotAt(hold: Hold, day: string, minute: number): Spot {
  if (hold.what === 'end') return { day: hold.day, from: hold.from, to: Math.min(1440, Math.max(hold.from + STEP, snapped(minute))) }
  const long = hold.to - hold.from, from = Math.max(0, Math.min(1440 - long, snapped(minute - hold.grab)))
  return { day, from, to: from + long }
}

/** The day and the minute under a point of the screen: the nearest column where the point lies beside the grid. */
function under(x: number, y: number): { day: string, minute: number } | null {
  const columns = [...document.querySelectorAll<HTMLElement>('.sc-day[data-day]')].map(column => ({ day: column.dataset.day!, box: column.getBoundingClientRect() }))
  const at = columns.find(c => x >= c.box.left && x < c.box.right) ?? (columns[0] && x < columns[0].box.left ? columns[0] : columns.at(-1))
  return at ? { day: at.day, minute: Math.max(0, Math.min(1440, ((y - at.box.top) / at.box.height) * 1440)) } : null
}

/** Dragging with the mouse; a press without a move is a click, Escape lets go. */
export function useDrag(onDrop: (key: string, spot: Spot) => void) {
  const [live, setLive] = useState<{ hold: Hold, spot: Spot } | null>(null), press = useRef<{ hold: Hold, x: number, y: number } | null>(null), dragged = useRef(false), drop = useRef(onDrop)
  useEffect(() => { drop.current = onDrop })
  useEffect(() => {
    let now: { hold: Hold, spot: Spot } | null = null
    const release = (): void => { press.current = null; now = null; setLive(null) }
    const move = (event: PointerEvent): void => {
      const held = press.current
      if (!held || (!now && Math.hypot(event.clientX - held.x, event.clientY - held.y) < 5)) return
      const place = under(event.clientX, event.clientY)
      if (!place) return
      event.preventDefault()
      dragged.current = true
      now = { hold: held.hold, spot: spotAt(held.hold, place.day, place.minute) }
      setLive(now)
    }
    const up = (): void => {
      const done = now
      release()
      if (done && (done.spot.day !== done.hold.day || done.spot.from !== done.hold.from || done.spot.to !== done.hold.to)) drop.current(done.hold.key, done.spot)
      // the click that the browser makes of it comes before the next task
      setTimeout(() => { dragged.current = false })
    }
    const key = (event: KeyboardEvent): void => { if (event.key === 'Escape' && now) { event.preventDefault(); release() } }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', release)
    window.addEventListener('keydown', key)
    return () => { window.removeEventListener('pointermove', move); window.removeEventListener('pointerup', up); window.removeEventListener('pointercancel', release); window.removeEventListener('keydown', key) }
  }, [])
  const begin = (event: React.PointerEvent, hold: Omit<Hold, 'grab'>): void => {
    if (event.button !== 0 || event.pointerType !== 'mouse') return
    const place = under(event.clientX, event.clientY)
    if (place) press.current = { hold: { ...hold, grab: place.minute - hold.from }, x: event.clientX, y: event.clientY }
  }
  return { live, begin, /** was this click the end of a drag? */ wasDrag: () => dragged.current }
}
export type Drag = ReturnType<typeof useDrag>
