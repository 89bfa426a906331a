import './journey.css'
import { api, can, EmptyState, ErrorState, forget, listHref, PageFrame, Skeleton, useLive, useSay, type Filter } from '@quancheng/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Segmented, Select } from 'antd'
import { Link, useSearchParams } from 'react-router'
import { tj } from './texts.ts'

interface Rows { label: string, plural: string, filter: Filter, count: number, scored: Filter | null }
interface Point { id: string, code: string, name: string, department: string, standard: string, target: number, volume: number, rated: number, score: number | null, gap: number | null, colour: string, rows: Rows[] }
interface MapData { journey: { id: string, name: string }, phases: Array<{ name: string, points: Point[] }>, worst: Point[] }
interface Journeys { items: Array<{ id: string, name: string }>, templates: Array<{ key: string, name: string, note: string, points: number }> }
const SPANS = [['30', 'days30'], ['90', 'days90'], ['365', 'days365']] as const

const signed = (n: number | null): string => (n === null ? '—' : n > 0 ? `+${n}` : String(n).replace('-', '−'))

/** Phases × points of one journey with their scores, and the five that are furthest below; each figure opens its rows (TP-01, TP-04). */
export default function JourneyMap() {
  const [params, setParams] = useSearchParams(), days = params.get('days') ?? '90'
  const all = useQuery({ queryKey: ['journeys'], queryFn: ({ signal }) => api.get<Journeys>('/journeys', { signal }) })
  const id = params.get('journey') ?? all.data?.items[0]?.id ?? null
  const map = useQuery({ queryKey: ['journeys', id, days], enabled: id !== null, queryFn: ({ signal }) => api.get<MapData>(`/journeys/${id!}/map`, { query: { days }, signal }) })
  useLive('touchEvent', () => void map.refetch())
  const set = (name: string, value: string): void => setParams(before => { const next = new URLSearchParams(before); next.set(name, value); return next }, { replace: true })
  return (
    <PageFrame title={tj('map')} subtitle={tj('mapLead')} actions={id && can('touchPoint:update') ? <Link className="qc-button" to={listHref('touch-points', { journeyId: id })}>{tj('setUp')}</Link> : undefined}
      bar={<div className="jo-filters">{all.data && all.data.items.length > 1 && <Select aria-label={tj('line')} value={id} onChange={v => set('journey', v)} options={all.data.items.map(j => ({ value: j.id, label: j.name }))} />}<Segmented value={days} onChange={v => set('days', v)} options={SPANS.map(([value, name]) => ({ value, label: tj(name) }))} /></div>}>
      <div className="qc-stack">
        {all.isPending || (id && map.isPending) ? <section className="qc-panel"><Skeleton lines={8} /></section> : all.isError || map.isError ? <section className="qc-panel"><ErrorState error={all.error ?? map.error} onRetry={() => { void all.refetch(); void map.refetch() }} /></section>
          : !map.data ? <section className="qc-panel"><EmptyState icon="flow" title={tj('none')} hint={tj('noneHint')} /></section> : <Shown data={map.data} />}
        {all.data && can('journeyTemplate:create') && all.data.templates.length > 0 && <Templates templates={all.data.templates} />}
      </div>
    </PageFrame>
  )
}

function Shown({ data }: { data: MapData }) {
  if (!data.phases.length) return <section className="qc-panel"><EmptyState icon="flow" title={tj('noPoints')} hint={tj('noPointsHint')} /></section>
  return (
    <>
      <Worst data={data} />
      <p className="qc-soft">{tj('legend')}</p>
      <div className="jo-phases">{data.phases.map(phase => (
        <section key={phase.name} className="jo-phase" aria-label={phase.name}><h2>{phase.name} <span className="qc-soft">{phase.points.length}</span></h2><ol>{phase.points.map(p => <li key={p.id}><PointCard {...p} /></li>)}</ol></section>
      ))}</div>
    </>
  )
}

function PointCard(p: Point) {
  return (
    <div className="jo-point" data-colour={p.colour} title={p.standard}>
      <Link to={`/e/touch-points/${p.id}`}>{p.name}</Link>
      <div className="jo-figures">{p.score !== null && <><b>{p.score}</b><span className={p.gap! < 0 ? 'qc-danger' : 'qc-soft'}>{signed(p.gap)}</span></>}{p.rows.map(r => <Link key={r.plural} to={listHref(r.plural, r.filter)} title={r.label}>{tj('times', { n: r.count })}</Link>)}</div>
      <p className="qc-soft">{p.department} · <Link to={`/journeys/expected?point=${p.id}`}>{tj('expectedHere')}</Link></p>
    </div>
  )
}

function Worst({ data }: { data: MapData }) {
  const any = data.phases.some(phase => phase.points.some(p => p.rated > 0))
  return (
    <section className="qc-panel"><header><h2>{tj('worst')}</h2></header>
      {!data.worst.length ? <EmptyState icon={any ? 'check' : 'chart'} title={tj(any ? 'allGood' : 'noScores')} hint={any ? '' : tj('noScoresHint')} /> : (
        <table className="jo-table"><thead><tr><th>{tj('point')}</th><th className="jo-n">{tj('score')}</th><th className="jo-n jo-less">{tj('standard')}</th><th className="jo-n">{tj('gap')}</th><th className="jo-n">{tj('rated')}</th><th className="jo-less">{tj('department')}</th></tr></thead>
          <tbody>{data.worst.map(p => <tr key={p.id}><td><Link to={`/e/touch-points/${p.id}`}>{p.name}</Link></td><td className="jo-n">{p.score}</td><td className="jo-n jo-less">{p.target}</td><td className="jo-n qc-danger">{signed(p.gap)}</td><td className="jo-n"><Rated point={p} /></td><td className="jo-less">{p.department}</td></tr>)}</tbody></table>
      )}
    </section>
  )
}

/** Of several kinds of records, the first that has scores. */
function Rated({ point }: { point: Point }) {
  const rows = point.rows.find(r => r.scored)
  return rows?.scored ? <Link to={listHref(rows.plural, rows.scored)}>{point.rated}</Link> : <>{point.rated}</>
}

function Templates({ templates }: { templates: Journeys['templates'] }) {
  const say = useSay(), client = useQueryClient(), [, setParams] = useSearchParams()
  const install = async (key: string): Promise<void> => {
    try {
      const { id } = await api.post<{ id: string }>('/journeys/install', { key })
      say.ok(tj('installed'))
      await forget('journeyTemplate', 'touchPoint')
      await client.invalidateQueries({ queryKey: ['journeys'] })
      setParams({ journey: id }, { replace: true })
    } catch (error) { say.error(error) }
  }
  return <section className="qc-panel"><ul className="jo-people">{templates.map(t => <li key={t.key}><div><b>{t.name}</b> <span className="qc-soft">{tj('points', { n: t.points })} · {t.note}</span></div><button type="button" className="qc-button" onClick={() => void install(t.key)}>{tj('install')}</button></li>)}</ul></section>
}
