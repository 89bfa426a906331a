import { api, dateText, dateTimeText, durationText, EmptyState, ErrorState, Icon, series, Skeleton, tokens, usePhone } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { linesOf, marksOf, SORTS, spanOf, type Dots, type DotSort, type DotTime } from './dots.ts'
import type { Filter } from './HeatPicture.tsx'
import { tp } from './texts.ts'
import type { CaseQuestion } from './types.ts'

type Props = { processKey: string, filter: Filter, log: boolean, onCases: (question: CaseQuestion) => void }

/** Ten thousand cases, a line each, a dot a completion: waves, gaps and batches show. Drawn on a canvas; dragging moves, the wheel and the buttons zoom. */
export function DottedChart({ processKey, filter, log, onCases }: Props) {
  const [sort, setSort] = useState<DotSort>('start'), [time, setTime] = useState<DotTime>('absolute')
  const read = useQuery({ queryKey: ['processes', processKey, 'dots', filter], queryFn: ({ signal }) => api.get<Dots>(`/processes/${encodeURIComponent(processKey)}/dots`, { query: filter, signal, timeoutMs: 120_000 }), placeholderData: previous => previous })
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (!read.data) return <Skeleton lines={10} height={20} />
  if (read.data.at.length === 0) return <EmptyState icon="chart" title={tp('nothing')} hint={tp('nothingHint')} />
  return (
    <>
      <div className="sp-bar sp-dots-bar">
        <label>{tp('sortBy')} <Select aria-label={tp('sortBy')} value={sort} onChange={setSort} options={SORTS.map(value => ({ value, label: tp(`sort_${value}`) }))} /></label>
        <label>{tp('timeAxis')} <Select aria-label={tp('timeAxis')} value={time} onChange={setTime} options={(['absolute', 'relative'] as const).map(value => ({ value, label: tp(value) }))} /></label>
        <span className="qc-faint sp-hint">{tp(read.data.shown < read.data.total ? 'dotsSome' : 'dotsAll', { n: read.data.total, shown: read.data.shown })}</span>
      </div>
      <Canvas key={`${sort} ${time} ${read.data.ids[0]} ${read.data.shown}`} dots={read.data} sort={sort} time={time} log={log} onCases={onCases} />
    </>
  )
}

interface View { x0: number; x1: number; y0: number; y1: number }
const AXIS = 26

function Canvas({ dots, sort, time, log, onCases }: { dots: Dots, sort: DotSort, time: DotTime, log: boolean, onCases: (question: CaseQuestion) => void }) {
  const navigate = useNavigate(), phone = usePhone(), height = phone ? 460 : 520
  const canvas = useRef<HTMLCanvasElement>(null), box = useRef<HTMLDivElement>(null)
  const lines = useMemo(() => linesOf(dots, sort), [dots, sort]), span = useMemo(() => spanOf(dots, time), [dots, time])
  const whole = useMemo((): View => ({ x0: span[0], x1: span[1], y0: 0, y1: Math.max(1, lines.length) }), [span, lines])
  const [view, setView] = useState(whole), [width, setWidth] = useState(800), [over, setOver] = useState<{ x: number, y: number, line: number, dot: number } | null>(null), [hidden, setHidden] = useState<ReadonlySet<number>>(new Set())
  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [])
  const room = height - AXIS
  const xOf = (n: number, i: number): number => ((time === 'relative' ? dots.at[i]! : dots.starts[n]! + dots.at[i]!) - view.x0) / (view.x1 - view.x0) * width
  const yOf = (line: number): number => (line + 0.5 - view.y0) / (view.y1 - view.y0) * room
  useEffect(() => {
    const element = canvas.current, pen = element?.getContext('2d')
    if (!element || !pen) return
    const sharp = window.devicePixelRatio || 1
    element.width = width * sharp
    element.height = height * sharp
    pen.setTransform(sharp, 0, 0, sharp, 0, 0)
    pen.clearRect(0, 0, width, height)
    pen.font = `12px ${getComputedStyle(element).fontFamily}`
    pen.fillStyle = tokens.textSoft
    pen.strokeStyle = tokens.lineSoft
    for (const mark of marksOf([view.x0, view.x1], width / 110)) {
      const x = (mark - view.x0) / (view.x1 - view.x0) * width
      pen.beginPath(); pen.moveTo(x, 0); pen.lineTo(x, room); pen.stroke()
      const text = time === 'relative' ? durationText(mark / 60) : view.x1 - view.x0 < 3 * 86_400 ? dateTimeText(new Date(mark * 1000)).slice(5) : dateText(new Date(mark * 1000))
      pen.textAlign = x < 40 ? 'left' : x > width - 40 ? 'right' : 'center'
      pen.fillText(text, Math.min(width - 2, Math.max(2, x)), height - 8)
    }
    const perLine = room / (view.y1 - view.y0), size = Math.max(1.6, Math.min(phone ? 7 : 6, perLine * 0.8))
    const from = Math.max(0, Math.floor(view.y0)), to = Math.min(lines.length, Math.ceil(view.y1))
    pen.globalAlpha = perLine < 2 ? 0.6 : 0.9
    // one colour after the other: changing it for every dot costs more than the dots
    for (let color = 0; color < dots.activities.length; color++) {
      if (hidden.has(color)) continue
      pen.fillStyle = series[color % series.length]!
      const round = Math.floor(color / series.length) % 2 === 0
      for (let line = from; line < to; line++) {
        const n = lines[line]!, y = yOf(line)
        for (let i = dots.first[n]!; i < dots.first[n + 1]!; i++) {
          if (dots.activity[i] !== color) continue
          const x = xOf(n, i)
          if (x < -size || x > width + size) continue
          if (round && size > 3) { pen.beginPath(); pen.arc(x, y, size / 2, 0, 7); pen.fill() } else pen.fillRect(x - size / 2, y - size / 2, size, size)
        }
      }
    }
    pen.globalAlpha = 1
    if (over) { pen.strokeStyle = tokens.text; pen.strokeRect(0.5, yOf(over.line) - Math.max(2, perLine / 2), width - 1, Math.max(4, perLine)); pen.beginPath(); pen.arc(over.x, over.y, size / 2 + 3, 0, 7); pen.stroke() }
  })

  /** The dot under the pointer, or the nearest of its line within reach. */
  const nearest = (px: number, py: number): { line: number, dot: number, x: number, y: number } | null => {
    const middle = Math.floor(view.y0 + py / room * (view.y1 - view.y0)), reach = Math.ceil(8 / Math.max(0.001, room / (view.y1 - view.y0)))
    let best: { line: number, dot: number, x: number, y: number, d: number } | null = null
    for (let line = Math.max(0, middle - Math.min(reach, 60)); line <= Math.min(lines.length - 1, middle + Math.min(reach, 60)); line++) {
      const n = lines[line]!, y = yOf(line)
      for (let i = dots.first[n]!; i < dots.first[n + 1]!; i++) {
        if (hidden.has(dots.activity[i]!)) continue
        const x = xOf(n, i), d = Math.hypot(x - px, y - py)
        if (d < 12 && (!best || d < best.d)) best = { line, dot: i, x, y, d }
      }
    }
    return best
  }
  const zoom = (factor: number, px = width / 2, py = room / 2) => setView(v => {
    const fx = px / width, fy = py / room
    const x = clamp(v.x0 + (v.x1 - v.x0) * fx, (v.x1 - v.x0) / factor, fx, whole.x0, whole.x1, 30), y = clamp(v.y0 + (v.y1 - v.y0) * fy, (v.y1 - v.y0) / factor, fy, whole.y0, whole.y1, Math.min(6, whole.y1))
    return { x0: x[0], x1: x[1], y0: y[0], y1: y[1] }
  })
  useEffect(() => {
    const element = canvas.current
    // the page scrolls with the wheel as everywhere; with Ctrl it zooms, as on the maps
    const wheel = (event: WheelEvent) => { if (!event.ctrlKey && !event.metaKey) return; event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, event.offsetX, event.offsetY) }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  })
  const drag = useRef<{ x: number, y: number, view: View, moved: boolean } | null>(null)
  const open = (hit: { line: number }) => {
    const id = dots.ids[lines[hit.line]!]!
    if (log) onCases({ title: tp('sameWay'), like: id })
    else void navigate(`/cases/${id}`)
  }
  const hit = over && { n: lines[over.line]!, i: over.dot }
  return (
    <div ref={box} className="sp-dots">
      <canvas ref={canvas} style={{ width: '100%', height, touchAction: 'pan-y' }} role="img" aria-label={tp('dotsLabel', { n: dots.shown, list: dots.activities.slice(0, 20).join('，') })}
        onPointerDown={event => { drag.current = { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY, view, moved: false } }}
        onPointerMove={event => {
          const { offsetX, offsetY } = event.nativeEvent, from = drag.current
          if (from && (from.moved || Math.hypot(offsetX - from.x, offsetY - from.y) > 4)) {
            from.moved = true
            const w = from.view.x1 - from.view.x0, h = from.view.y1 - from.view.y0
            const x = Math.min(whole.x1 - w, Math.max(whole.x0, from.view.x0 - (offsetX - from.x) / width * w)), y = Math.min(whole.y1 - h, Math.max(whole.y0, from.view.y0 - (offsetY - from.y) / room * h))
            setView({ x0: x, x1: x + w, y0: y, y1: y + h })
            setOver(null)
          } else if (!from) setOver(nearest(offsetX, offsetY))
        }}
        onPointerUp={event => { const from = drag.current; drag.current = null; if (from && !from.moved) { const at = nearest(event.nativeEvent.offsetX, event.nativeEvent.offsetY); if (at) open(at) } }}
        onPointerLeave={() => { drag.current = null; setOver(null) }} />
      {hit && over && <p className="sp-dot-tip" style={{ left: Math.min(over.x + 12, width - 210), top: Math.max(0, over.y - 58) }}><b>{dots.activities[dots.activity[hit.i]!]}</b><br />{dateTimeText(new Date((dots.starts[hit.n]! + dots.at[hit.i]!) * 1000))}<br />{tp('sinceBegin', { d: durationText(dots.at[hit.i]! / 60) })}</p>}
      <div className="qc-row sp-dots-tools">
        <button type="button" className="qc-icon-button" aria-label={tp('zoomOut')} onClick={() => zoom(0.6)}><Icon name="minus" /></button>
        <button type="button" className="qc-icon-button" aria-label={tp('zoomIn')} onClick={() => zoom(1.6)}><Icon name="plus" /></button>
        <button type="button" className="qc-button" onClick={() => setView(whole)}>{tp('wholeChart')}</button>
        <span className="qc-faint sp-hint">{tp(log ? 'dotsHowLog' : 'dotsHow')}</span>
      </div>
      <p className="sp-dot-legend">{dots.activities.map((name, n) => <button key={name} type="button" aria-pressed={!hidden.has(n)} onClick={() => setHidden(before => { const next = new Set(before); if (!next.delete(n)) next.add(n); return next })}><i style={{ background: series[n % series.length], borderRadius: Math.floor(n / series.length) % 2 === 0 ? '50%' : 0 }} aria-hidden />{name}</button>)}</p>
    </div>
  )
}

/** A stretch of `length` with a point of it kept in place, inside the whole and never shorter than `least`. */
function clamp(at: number, length: number, share: number, from: number, to: number, least: number): [number, number] {
  const size = Math.min(to - from, Math.max(least, length)), begin = Math.min(to - size, Math.max(from, at - size * share))
  return [begin, begin + size]
}
