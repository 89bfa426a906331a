import './voice.css'
import { api, CopyText, EmptyState, ErrorState, Icon, listHref, PageFrame, QrCode, Skeleton, useLive, useSession, type Filter, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Modal, Segmented, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { since, SPANS } from './Figures.tsx'
import { text } from './shared.tsx'
import { tv } from './texts.ts'

type Line = { count: number, mean: string | null, satisfied: number | null, spread: number[], filter: Filter }
type Answer = { total: Line, lines: Array<Line & { key: string, name: string, unitName: string | null }> }
const BY = [['counter', 'byCounter'], ['person', 'byPerson'], ['unit', 'byUnit']] as const

/** 台席评分 by counter, person and station; each figure opens its ratings (BH-2.3). */
export default function Ratings() {
  const [params, setParams] = useSearchParams()
  const by = params.get('by') ?? 'counter', days = params.get('days') ?? '30'
  const [codes, setCodes] = useState(false)
  const read = useQuery({ queryKey: ['rating-figures', by, days], queryFn: ({ signal }) => api.get<Answer>('/counter-ratings/figures', { query: { by, from: since(days) }, signal }) })
  useLive('counterRating', () => void read.refetch())
  const set = (name: string, value: string) => setParams(before => { const next = new URLSearchParams(before); next.set(name, value); return next }, { replace: true })
  return (
    <PageFrame title={tv('ratings')} subtitle={tv('ratingsLead')} actions={<><button type="button" className="qc-button" onClick={() => setCodes(true)}><Icon name="ticket" />{tv('codes')}</button><Link className="qc-button" to={listHref('counter-ratings')}>{tv('rows')}</Link></>}
      bar={<div className="qc-row"><Segmented value={by} onChange={v => set('by', v)} options={BY.map(([value, name]) => ({ value, label: tv(name) }))} /><Segmented value={days} onChange={v => set('days', v)} options={SPANS.map(([value, name]) => ({ value, label: tv(name) }))} /></div>}>
      {read.isPending ? <section className="qc-panel"><Skeleton lines={6} /></section> : read.isError ? <section className="qc-panel"><ErrorState error={read.error} onRetry={() => void read.refetch()} /></section>
        : read.data.total.count === 0 ? <section className="qc-panel"><EmptyState icon="star" title={tv('noRatings')} hint={tv('noRatingsHint')} /></section> : <Shown {...read.data} />}
      {codes && <Codes onClose={() => setCodes(false)} />}
    </PageFrame>
  )
}

const href = (filter: Filter, more: Filter = {}): string => listHref('counter-ratings', { ...filter, ...more })

function Shown({ total, lines }: Answer) {
  return (
    <div className="qc-stack">
      <section className="qc-panel qc-panel-pad vo-total">
        <Link to={href(total.filter)}><span className="qc-soft">{tv('mean')}</span><b>{total.mean}</b></Link><Link to={href(total.filter, { score: { gte: 4 } })}><span className="qc-soft">{tv('good')}</span><b>{total.satisfied}%</b></Link><Link to={href(total.filter)}><span className="qc-soft">{tv('rated')}</span><b>{total.count}</b></Link>
      </section>
      <section className="qc-panel vo-wrap"><table className="vo-table">
        <thead><tr><th>{tv('line')}</th><th>{tv('rated')}</th><th>{tv('mean')}</th><th>{tv('good')}</th>{[1, 2, 3, 4, 5].map(n => <th key={n} className="vo-less">{tv('points', { n })}</th>)}</tr></thead>
        <tbody>{lines.map(l => <tr key={l.key}><td>{l.name}</td><td><Link to={href(l.filter)}>{l.count}</Link></td><td><Link to={href(l.filter)}>{l.mean}</Link></td><td><Link to={href(l.filter, { score: { gte: 4 } })}>{l.satisfied}%</Link></td>{l.spread.map((n, i) => <td key={i} className="vo-less">{n ? <Link to={href(l.filter, { score: i + 1 })}>{n}</Link> : '·'}</td>)}</tr>)}</tbody>
      </table></section>
    </div>
  )
}

/** The code for one counter, to print and put there. */
function Codes({ onClose }: { onClose: () => void }) {
  const session = useSession()
  const stations = useQuery({ queryKey: ['voice-stations'], queryFn: ({ signal }) => api.get<Page<Row>>('/units', { query: { filter: JSON.stringify({ kind: 'station' }), limit: '200' }, signal }) })
  const items = stations.data?.items ?? []
  const [picked, setPicked] = useState<string | null>(null)
  const [counter, setCounter] = useState('1')
  const station = items.find(u => u.id === picked) ?? items.find(u => u.id === session.user.unitId) ?? items[0]
  const address = station && counter.trim() ? `${location.origin}/rate/${text(station.code)}/${encodeURIComponent(counter.trim())}?tenant=${session.tenant.code}` : null
  return (
    <Modal open title={tv('codes')} footer={null} onCancel={onClose}>
      <div className="vo-form"><label htmlFor="vo-station"><span>{tv('station')}</span><Select id="vo-station" value={station?.id ?? null} onChange={setPicked} options={items.map(u => ({ value: u.id, label: text(u.name) }))} /></label><label htmlFor="vo-counter"><span>{tv('counter')}</span><Input id="vo-counter" autoFocus maxLength={12} value={counter} onChange={event => setCounter(event.target.value)} /></label></div>
      {address && <div className="vo-code"><QrCode text={address} size={168} label={tv('codes')} /><div className="qc-grow"><p className="qc-soft">{tv('codeHint')}</p><CopyText value={address} /><p><a href={address} target="_blank" rel="noreferrer">{tv('openPage')}</a></p></div></div>}
    </Modal>
  )
}
