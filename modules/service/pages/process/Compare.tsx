import { EmptyState, ErrorState, Skeleton, tokens } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { beside } from './beside.ts'
import { shapesOf, upright, type Box, type Drawing } from './drawing.ts'
import { useConformance, xmlUrl, type Filter } from './HeatPicture.tsx'
import { tp } from './texts.ts'
import type { CaseQuestion, Deviation, Statistics } from './types.ts'

const START = '__start__', END = '__end__'
type Props = { processKey: string, filter: Filter, statistics: Statistics, onCases: (question: CaseQuestion) => void }

/** The drawn model and what really happened, side by side, the same step on the same height; where cases left the drawing is red and dashed. */
export function Compare({ processKey, filter, statistics, onCases }: Props) {
  const [hot, setHot] = useState<string | null>(null)
  const fit = useConformance(processKey, filter), version = fit.data?.version ?? statistics.process.version
  const xml = useQuery({ queryKey: ['bpmn', 'text', processKey, version], enabled: fit.data !== undefined, staleTime: Infinity, queryFn: async ({ signal }) => { const response = await fetch(`/api${xmlUrl(processKey, version)}`, { credentials: 'same-origin', signal }); if (!response.ok) throw new Error(tp('noPicture')); return response.text() } })
  const drawing = useMemo(() => xml.data ? upright(shapesOf(xml.data)) : null, [xml.data])
  const found = useMemo(() => drawing && fit.data ? beside(statistics.dfg, drawing, fit.data.breaks) : null, [drawing, fit.data, statistics.dfg])
  if (fit.isError || xml.isError) return <ErrorState error={fit.error ?? xml.error} onRetry={() => { void fit.refetch(); void xml.refetch() }} />
  if (!drawing || !found || !fit.data) return <Skeleton lines={10} height={20} />
  if (drawing.boxes.length === 0) return <EmptyState icon="flow" title={tp('noPicture')} />
  const activity = (name: string) => onCases({ title: `${name} · ${tp('cases')}`, activity: name, by: 'total' })
  const called = (name: string): string => name === START ? tp('begin') : name === END ? tp('finish') : name
  const way = (from: string, to: string) => onCases({ title: `${called(from)} → ${called(to)}`, after: from, next: to })
  const broken = found.ways.filter(each => each.broken > 0)
  return (
    <>
      <div className="sp-beside">
        <figure><figcaption>{tp('drawn')} <span className="qc-faint">v{version}</span></figcaption><Drawn drawing={drawing} deviations={fit.data.deviations} hot={hot} onHot={setHot} onSelect={activity} /></figure>
        <figure><figcaption>{tp('map')} <span className="qc-faint">{tp('casesN', { n: statistics.counts.cases })}</span></figcaption>
          <svg viewBox={`0 0 ${found.width} ${found.height}`} role="img" aria-label={tp('besideLabel', { n: broken.length })}>
            <Arrow />
            {found.ways.map(each => {
              const strong = Math.sqrt(each.count / Math.max(1, ...found.ways.map(other => other.count))), dim = hot !== null && hot !== each.from && hot !== each.to
              return (
                <g key={`${each.from}>${each.to}`} opacity={dim ? 0.2 : 1} className="sp-way-line" onClick={() => way(each.from, each.to)}>
                  <path d={each.path} fill="none" stroke="transparent" strokeWidth={12} />
                  <path d={each.path} fill="none" stroke={each.broken ? tokens.danger : '#5c7476'} strokeOpacity={each.broken ? 1 : 0.35 + 0.65 * strong} strokeDasharray={each.broken ? '6 3' : undefined} strokeWidth={1 + 3.5 * strong} markerEnd={`url(#sp-${each.broken ? 'red' : 'grey'})`} />
                  <text x={each.label.x} y={each.label.y + 4} textAnchor="middle" paintOrder="stroke" stroke="#fff" strokeWidth={3} fontSize={11} fill={each.broken ? tokens.danger : tokens.textSoft}>{each.count}</text>
                </g>
              )
            })}
            {found.nodes.map(node => <Node key={node.id} box={node} text={node.kind === 'event' ? '' : node.name} small={node.kind === 'event' ? '' : String(node.count)} hot={hot === node.id} strange={!node.drawn} onHot={setHot} id={node.id} {...(node.kind === 'task' ? { onSelect: () => activity(node.id) } : {})} />)}
          </svg>
        </figure>
      </div>
      <p className="qc-faint sp-hint">{tp('besideHint')}</p>
      {broken.length === 0 ? <p className="qc-soft">{tp('allFit')}</p> : (
        <div className="sv-table-wrap"><table className="sv-table"><thead><tr><th>{tp('leftAt')}</th><th className="sv-right">{tp('cases')}</th><th className="sv-right">{tp('timesHead')}</th></tr></thead>
          <tbody>{fit.data.breaks.map(each => <tr key={`${each.from}>${each.to}`}><th scope="row"><button type="button" className="qc-link" onClick={() => way(each.from, each.to)}>{called(each.from)} → {called(each.to)}</button></th><td className="sv-right">{each.cases}</td><td className="sv-right">{each.times}</td></tr>)}</tbody></table></div>
      )}
    </>
  )
}

function Drawn({ drawing, deviations, hot, onHot, onSelect }: { drawing: Drawing, deviations: Deviation[], hot: string | null, onHot: (name: string | null) => void, onSelect: (name: string) => void }) {
  const left = new Map<string, number>()
  for (const each of deviations) left.set(each.nodeId, (left.get(each.nodeId) ?? 0) + each.cases)
  return (
    <svg viewBox={`0 0 ${Math.max(drawing.width, 320) + 40} ${drawing.height + 44}`} role="img" aria-label={tp('drawn')}>
      <Arrow />
      {drawing.flows.map(flow => <polyline key={flow.id} points={flow.points.map(p => `${p.x},${p.y}`).join(' ')} fill="none" stroke="#8fa3a4" strokeWidth={1.3} markerEnd="url(#sp-grey)" />)}
      {drawing.boxes.map(box => <Node key={box.id} id={box.kind === 'task' ? box.name : ''} box={box} text={box.kind === 'task' ? box.name : ''} small={left.has(box.id) ? tp('leftHere', { n: left.get(box.id)! }) : ''} bad={left.has(box.id)} hot={box.kind === 'task' && hot === box.name} onHot={onHot} {...(box.kind === 'task' ? { onSelect: () => onSelect(box.name) } : {})} />)}
    </svg>
  )
}

type NodeProps = { id: string, box: Box, text: string, small: string, hot: boolean, bad?: boolean, strange?: boolean, onHot: (name: string | null) => void, onSelect?: () => void }

function Node({ id, box, text, small, hot, bad = false, strange = false, onHot, onSelect }: NodeProps) {
  const { x, y, width, height } = box, line = bad || strange ? tokens.danger : hot ? tokens.accentDeep : tokens.accent
  const shape = { fill: hot ? '#cfe6e4' : bad || strange ? tokens.dangerSoft : box.kind === 'task' ? tokens.accentSoft : '#fff', stroke: box.kind === 'task' ? line : '#8fa3a4', strokeWidth: hot ? 2.5 : 1.2, ...(strange ? { strokeDasharray: '5 3' } : {}) }
  return (
    <g {...(onSelect ? { role: 'button', tabIndex: 0, 'aria-label': `${text} ${small}`, style: { cursor: 'pointer' }, onClick: onSelect, onKeyDown: (event: React.KeyboardEvent) => { if (event.key === 'Enter') onSelect() } } : {})} onMouseEnter={() => id && onHot(id)} onMouseLeave={() => onHot(null)} onFocus={() => id && onHot(id)} onBlur={() => onHot(null)}>
      {box.kind === 'task' ? <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={5} {...shape} /> : box.kind === 'event' ? <circle cx={x} cy={y} r={Math.min(width, height) / 2} {...shape} /> : <path d={`M${x} ${y - height / 2}l${width / 2} ${height / 2}l${-width / 2} ${height / 2}l${-width / 2} ${-height / 2}z`} {...shape} />}
      {text && <text x={x} y={y + (small ? -2 : 5)} textAnchor="middle" fontSize={text.length > 6 ? 11 : 14}>{text.length > 9 ? `${text.slice(0, 8)}…` : text}</text>}
      {text && small && <text x={x} y={y + 14} textAnchor="middle" fontSize={11} fill={bad ? tokens.danger : tokens.textSoft}>{small}</text>}
    </g>
  )
}

const Arrow = () => <defs>{([['grey', '#5c7476'], ['red', tokens.danger]] as const).map(([name, color]) => <marker key={name} id={`sp-${name}`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill={color} /></marker>)}</defs>
