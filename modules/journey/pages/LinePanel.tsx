import './journey.css'
import { api, dateText, Skeleton, useLive, type PanelProps } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { Offers } from './Expected.tsx'
import { tj } from './texts.ts'

interface Touch { at: string, channel: string, text: string, label: string, opens: { plural: string, id: string } | null }
interface Point { id: string, name: string, phase: string, state: 'done' | 'gap' | 'skipped' | 'ahead', touches: Touch[] }
interface Line { journeyId: string, name: string, occasion: string | null, first: string, last: string, events: number, channels: number, gaps: number, points: Point[], next: { id: string, name: string, offer: { topic: string, value: string }[], ask: string[] } | null }
const STATES = { done: 'done', gap: 'gapState', skipped: 'skipped', ahead: 'ahead' } as const

/** On the customer's page: each run through a journey as one line, with what was missed and what comes next (TP-02). */
export default function LinePanel({ row: customer }: PanelProps) {
  const read = useQuery({ queryKey: ['customer', customer.id, 'journeys'], queryFn: ({ signal }) => api.get<{ items: Line[] }>(`/customers/${customer.id}/journeys`, { signal }) })
  useLive('touchEvent', () => void read.refetch())
  return (
    <section className="qc-panel"><header><h2>{tj('line')}</h2></header><div className="qc-panel-pad">
      {read.isPending ? <Skeleton lines={3} /> : read.isError ? <p className="qc-soft">—</p> : !read.data.items.length ? <p className="qc-soft">{tj('noLine')}：{tj('noLineHint')}</p> : read.data.items.map(line => <Run key={`${line.journeyId}${line.occasion ?? line.first}`} line={line} />)}
    </div></section>
  )
}

function Run({ line }: { line: Line }) {
  const gaps = line.points.filter(p => p.state === 'gap')
  return (
    <article className="jo-run">
      <h3>{line.name} <span className="qc-soft">{dateText(line.first)} – {dateText(line.last)}</span></h3>
      <p className="qc-soft">{tj('events', { n: line.events, c: line.channels })}{line.gaps > 0 && <b className="qc-danger"> · {tj('gaps', { n: line.gaps })}</b>}</p>
      <ul className="jo-track">{[...Map.groupBy(line.points, p => p.phase)].map(([phase, points]) => <li key={phase}><span className="qc-soft">{phase}</span><span className="jo-dots">{points.map(p => <Dot key={p.id} point={p} />)}</span></li>)}</ul>
      {gaps.length > 0 && <p className="qc-soft">{tj('missed', { names: gaps.map(p => p.name).join('、') })}</p>}
      {line.next && <><p><Link to={`/journeys/expected?point=${line.next.id}`}>{tj('next', { name: line.next.name })}</Link></p><Offers offer={line.next.offer} ask={line.next.ask} /></>}
    </article>
  )
}

/** One point; what happened there is read by pointing at it, and opens with a click. */
function Dot({ point: p }: { point: Point }) {
  const last = p.touches.at(-1), what = `${p.name}：${last ? p.touches.map(t => `${dateText(t.at)} ${t.channel} ${t.text || t.label}`).join('；') : tj(STATES[p.state])}`
  return last?.opens ? <Link data-state={p.state} to={`/e/${last.opens.plural}/${last.opens.id}`} title={what} aria-label={what} /> : <span data-state={p.state} role="img" title={what} aria-label={what} />
}
