import './journey.css'
import { api, can, EmptyState, ErrorState, PageFrame, Skeleton, Tag, useLive, useSay, When, type Page, type Row } from '@quancheng/ui'
import { useQuery } from '@tanstack/react-query'
import { Input, Select } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { tj } from './texts.ts'

interface Offer { topic: string, value: string }
interface Data { point: { id: string, code: string, name: string, standard: string }, items: Array<{ customerId: string, name: string, occasion: string | null, last: string, lastPoint: string, offer: Offer[], ask: string[] }> }
type Journeys = { items: Array<{ id: string, name: string }> }

export const Offers = ({ offer, ask }: { offer: Offer[], ask: string[] }) => (offer.length || ask.length ? <div className="jo-offers">{offer.map(o => <Tag key={o.topic} color="blue">{o.topic}：{o.value}</Tag>)}{ask.length > 0 && <span className="qc-soft">{tj('ask', { topics: ask.join('、') })}</span>}</div> : null)

/** Who is on the way to a point and what they prefer: the list for those who work there (TP-03). */
export default function Expected() {
  const [params, setParams] = useSearchParams(), [words, setWords] = useState(params.get('occasion') ?? ''), occasion = params.get('occasion') ?? ''
  const journeys = useQuery({ queryKey: ['journeys'], queryFn: ({ signal }) => api.get<Journeys>('/journeys', { signal }) })
  const points = useQuery({ queryKey: ['journey-points'], queryFn: ({ signal }) => api.get<Page<Row>>('/touch-points', { query: { limit: 200, sort: 'position' }, signal }) })
  const point = params.get('point') ?? points.data?.items[0]?.id ?? null
  const read = useQuery({ queryKey: ['expected', point, occasion], enabled: point !== null, queryFn: ({ signal }) => api.get<Data>(`/touch-points/${point!}/expected`, { query: { occasion: occasion || undefined }, signal }) })
  useLive('touchEvent', () => void read.refetch())
  const set = (name: string, value: string): void => setParams(before => { const next = new URLSearchParams(before); if (value) next.set(name, value); else next.delete(name); return next }, { replace: true })
  const groups = (journeys.data?.items ?? []).map(j => ({ label: j.name, options: (points.data?.items ?? []).filter(p => p.journeyId === j.id).map(p => ({ value: p.id, label: String(p.name) })) }))
  return (
    <PageFrame title={tj('expected')} subtitle={tj('expectedLead')} bar={<div className="jo-filters"><Select showSearch optionFilterProp="label" aria-label={tj('point')} value={point} onChange={v => set('point', v)} options={groups} /><Input.Search allowClear aria-label={tj('occasion')} placeholder={tj('occasion')} maxLength={80} value={words} onChange={event => { setWords(event.target.value); if (!event.target.value) set('occasion', '') }} onSearch={v => set('occasion', v.trim())} /></div>}>
      <section className="qc-panel">
        {points.data && !points.data.items.length ? <EmptyState icon="flow" title={tj('none')} hint={tj('noneHint')} /> : read.isPending ? <Skeleton lines={6} /> : read.isError ? <ErrorState error={read.error} onRetry={() => void read.refetch()} />
          : <><div className="qc-panel-pad"><b>{read.data.point.name}</b> <span className="qc-soft">{read.data.point.standard}</span></div>{!read.data.items.length ? <EmptyState icon="list" title={tj('nobody')} hint={tj('nobodyHint')} /> : <People data={read.data} points={points.data?.items ?? []} again={() => void read.refetch()} />}</>}
      </section>
    </PageFrame>
  )
}

function People({ data, points, again }: { data: Data, points: Row[], again: () => void }) {
  const say = useSay(), mayPost = can('touchEvent:post')
  const channels = points.find(p => p.id === data.point.id)?.channels as string[] | null | undefined
  const arrived = async (p: Data['items'][number]): Promise<void> => {
    try { await api.post('/touch-events/post', { point: data.point.code, channel: channels?.[0] ?? 'onSite', customerId: p.customerId, occasion: p.occasion ?? undefined }); say.ok(tj('arrivedDone', { name: p.name })); again() } catch (error) { say.error(error) }
  }
  return (
    <ul className="jo-people">{data.items.map(p => (
      <li key={`${p.customerId}${p.occasion ?? ''}${p.last}`}>
        <div><Link to={`/e/customers/${p.customerId}`}>{p.name}</Link> <span className="qc-soft">{tj('came', { point: p.lastPoint, when: '' })}<When at={p.last} /></span><Offers offer={p.offer} ask={p.ask} /></div>
        {mayPost && <button type="button" className="qc-button" onClick={() => void arrived(p)}>{tj('arrived')}</button>}
      </li>
    ))}</ul>
  )
}
