import '../styles/process.css'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { EmptyState, Skeleton } from '../frame/States.tsx'
import { Icon } from '../icons.tsx'
import { durationText } from '../time/format.ts'
import { tokens } from '../tokens.ts'
import { countText, isEnd, isStart, simplify, weight, type Dfg } from './dfg.ts'
import type { Placed } from './dfgLayout.ts'
import { tr } from './texts.ts'

type Props = {
  graph: Dfg, height?: number
  /** present shares 0…1; without `onShares` the view simplifies by itself */
  activities?: number, paths?: number
  onShares?: (shares: { activities: number, paths: number }) => void
  onSelectNode?: (id: string) => void
  onSelectEdge?: (from: string, to: string) => void
}

/** The process as it really ran: activities and the ways between them, by how often or how long. */
export function DfgView({ graph, height = 520, activities: givenActivities, paths: givenPaths, onShares, onSelectNode, onSelectEdge }: Props) {
  const [own, setOwn] = useState({ activities: 1, paths: graph.edges.length > 40 ? 0.4 : 1 })
  const shares = { activities: givenActivities ?? own.activities, paths: givenPaths ?? own.paths }
  const [measure, setMeasure] = useState<'count' | 'time'>('count')
  const shown = useMemo(() => onShares ? graph : simplify(graph, shares.activities, shares.paths), [graph, onShares, shares.activities, shares.paths])
  const [placed, setPlaced] = useState<Placed | null>(null)
  useEffect(() => {
    let gone = false
    void import('./dfgLayout.ts').then(({ place }) => { if (!gone) setPlaced(place(shown)) })
    return () => { gone = true }
  }, [shown])
  const change = (patch: Partial<typeof shares>) => { const next = { ...shares, ...patch }; setOwn(next); onShares?.(next) }
  if (graph.nodes.length === 0) return <EmptyState icon="flow" title={tr('nothing')} />
  return (
    <div className="qc-dfg">
      <div className="qc-dfg-tools qc-no-print">
        {(['activities', 'paths'] as const).map(name => <label key={name}>{tr(name)}<input type="range" min={5} max={100} step={5} value={Math.round(shares[name] * 100)} onChange={event => change({ [name]: Number(event.target.value) / 100 })} /><span className="qc-number">{Math.round(shares[name] * 100)}%</span></label>)}
        <label><input type="radio" checked={measure === 'count'} onChange={() => setMeasure('count')} />{tr('frequency')}</label>
        <label><input type="radio" checked={measure === 'time'} onChange={() => setMeasure('time')} />{tr('time')}</label>
      </div>
      {placed ? <Drawing graph={shown} placed={placed} measure={measure} height={height} onSelectNode={onSelectNode} onSelectEdge={onSelectEdge} /> : <Skeleton lines={8} />}
    </div>
  )
}

/** Below this scale the smallest text is under 11 px. */
const READABLE = 0.92
/** A pointer that moved further than this, px, has dragged and not clicked. */
const STILL = 4

type DrawingProps = { graph: Dfg, placed: Placed, measure: 'count' | 'time', height: number, onSelectNode: Props['onSelectNode'], onSelectEdge: Props['onSelectEdge'] }

function Drawing({ graph, placed, measure, height, onSelectNode, onSelectEdge }: DrawingProps) {
  const canvas = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ x: 0, y: 0, scale: 1 })
  const drag = useRef<{ x: number, y: number } | null>(null)
  const pressed = useRef({ x: 0, y: 0, moved: false })
  const click = (act: () => void) => { if (!pressed.current.moved) act() }
  const width = () => canvas.current?.clientWidth ?? 800
  const fit = useCallback(() => {
    // Whole when its text stays readable; else at a readable size with the start in the middle above, to be moved by hand.
    const wide = canvas.current?.clientWidth ?? 800
    const whole = Math.min(1.1, wide / placed.width, height / placed.height)
    const start = placed.nodes.find(node => isStart(node.id))
    if (whole >= READABLE) setView({ scale: whole, x: (wide - placed.width * whole) / 2, y: 0 })
    else setView({ scale: READABLE, x: placed.width * READABLE <= wide ? (wide - placed.width * READABLE) / 2 : wide / 2 - (start?.x ?? placed.width / 2) * READABLE, y: 0 })
  }, [placed, height])
  const overview = useCallback(() => {
    const wide = canvas.current?.clientWidth ?? 800
    const scale = Math.min(1.1, wide / placed.width, height / placed.height)
    setView({ scale, x: (wide - placed.width * scale) / 2, y: (height - placed.height * scale) / 2 })
  }, [placed, height])
  useEffect(() => {
    const frame = requestAnimationFrame(fit)
    return () => cancelAnimationFrame(frame)
  }, [fit])
  const zoom = (factor: number, cx = width() / 2, cy = height / 2) => setView(v => {
    const scale = Math.min(4, Math.max(0.1, v.scale * factor)), f = scale / v.scale
    return { scale, x: cx - (cx - v.x) * f, y: cy - (cy - v.y) * f }
  })
  useEffect(() => {
    const element = canvas.current
    const wheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      zoom(event.deltaY < 0 ? 1.12 : 1 / 1.12, event.offsetX, event.offsetY)
    }
    element?.addEventListener('wheel', wheel, { passive: false })
    return () => element?.removeEventListener('wheel', wheel)
  })
  const maxNode = Math.max(...graph.nodes.map(node => node.count)), maxEdge = Math.max(1, ...graph.edges.map(edge => edge.count))
  const slowest = Math.max(1, ...graph.edges.map(edge => edge.medianMinutes ?? 0))
  return (
    <>
      <div ref={canvas} className="qc-dfg-canvas" style={{ height }}
        onPointerDown={event => { drag.current = { x: event.clientX - view.x, y: event.clientY - view.y }; pressed.current = { x: event.clientX, y: event.clientY, moved: false } }}
        onPointerMove={event => { const from = drag.current, down = pressed.current; if (from && Math.hypot(event.clientX - down.x, event.clientY - down.y) > STILL) down.moved = true; if (from && down.moved) setView(v => ({ ...v, x: event.clientX - from.x, y: event.clientY - from.y })) }}
        onPointerUp={() => { drag.current = null }} onPointerLeave={() => { drag.current = null }}>
        <svg role="img" aria-label={tr('mapLabel', { nodes: graph.nodes.length, edges: graph.edges.length })}>
          <defs><marker id="qc-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5c7476" /></marker></defs>
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            {placed.edges.map(edge => {
              const data = graph.edges.find(each => each.from === edge.from && each.to === edge.to)
              if (!data) return null
              const share = measure === 'count' ? weight(data.count, maxEdge) : weight(data.medianMinutes ?? 0, slowest)
              const text = measure === 'count' ? countText(data.count) : data.medianMinutes === null || data.medianMinutes === undefined ? '' : durationText(data.medianMinutes)
              return (
                <g key={`${edge.from}>${edge.to}`} onClick={() => click(() => onSelectEdge?.(edge.from, edge.to))} style={onSelectEdge ? { cursor: 'pointer' } : undefined}>
                  <path d={edge.loop ?? curve(edge.points)} fill="none" stroke={measure === 'time' && share > 0.75 ? tokens.danger : '#5c7476'} strokeOpacity={0.35 + 0.65 * share} strokeWidth={1 + 4 * share} markerEnd="url(#qc-arrow)" />
                  <text className="qc-dfg-small" x={edge.label.x} y={edge.label.y + 4} textAnchor="middle" paintOrder="stroke" stroke="#fff" strokeWidth={4}>{text}</text>
                </g>
              )
            })}
            {placed.nodes.map(node => {
              const data = graph.nodes.find(each => each.id === node.id)
              if (!data) return null
              const end = isStart(node.id) || isEnd(node.id)
              const name = isStart(node.id) ? tr('start') : isEnd(node.id) ? tr('end') : data.name ?? data.label ?? node.id
              const share = weight(data.count, maxNode)
              return (
                <g key={node.id} tabIndex={onSelectNode ? 0 : undefined} role={onSelectNode ? 'button' : undefined} aria-label={name} onClick={() => click(() => onSelectNode?.(node.id))} onKeyDown={event => { if (event.key === 'Enter') onSelectNode?.(node.id) }} style={onSelectNode ? { cursor: 'pointer' } : undefined}>
                  <rect x={node.x - node.width / 2} y={node.y - node.height / 2} width={node.width} height={node.height} rx={end ? 13 : 5} fill={end ? '#eef2f2' : `rgba(11,110,110,${0.08 + 0.4 * share})`} stroke={end ? '#9db0b0' : tokens.accent} />
                  <text x={node.x} y={node.y + (end ? 4 : -3)} textAnchor="middle">{name}</text>
                  {!end && <text className="qc-dfg-small" x={node.x} y={node.y + 14} textAnchor="middle">{measure === 'count' ? countText(data.count) : data.medianMinutes === null || data.medianMinutes === undefined ? '—' : durationText(data.medianMinutes)}</text>}
                </g>
              )
            })}
          </g>
        </svg>
      </div>
      <div className="qc-row qc-no-print" style={{ paddingTop: 6 }}>
        <button type="button" className="qc-icon-button" aria-label={tr('zoomOut')} onClick={() => zoom(1 / 1.25)}><Icon name="minus" /></button>
        <button type="button" className="qc-icon-button" aria-label={tr('zoomIn')} onClick={() => zoom(1.25)}><Icon name="plus" /></button>
        <button type="button" className="qc-button" onClick={fit}>{tr('readable')}</button>
        <button type="button" className="qc-button" onClick={overview}>{tr('whole')}</button>
      </div>
      <table className="qc-sr"><caption>{tr('paths')}</caption><thead><tr><th>{tr('from')}</th><th>{tr('to')}</th><th>{tr('frequency')}</th></tr></thead>
        <tbody>{graph.edges.map(edge => <tr key={`${edge.from}>${edge.to}`}><td>{edge.from}</td><td>{edge.to}</td><td>{edge.count}</td></tr>)}</tbody></table>
    </>
  )
}

/** A smooth line through the points that the layout gives. */
function curve(points: Array<{ x: number, y: number }>): string {
  const [first, ...rest] = points
  if (!first) return ''
  if (rest.length < 2) return `M${first.x} ${first.y}` + rest.map(p => `L${p.x} ${p.y}`).join('')
  let path = `M${first.x} ${first.y}`
  for (let i = 0; i < rest.length - 1; i++) {
    const p = rest[i]!, q = rest[i + 1]!
    const end = i === rest.length - 2 ? q : { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }
    path += `Q${p.x} ${p.y} ${end.x} ${end.y}`
  }
  return path
}
